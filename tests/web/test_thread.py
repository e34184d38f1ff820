"""A resident while the matter is open: urge, add, withdraw, and their own story across a merge."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.acts.world import NOW, World
from tests.web.many import carried, done, neighbours, raised, report_of, together
from tests.web.staff import at, jpeg
from tests.web.town import STARS, page_of, signed_in
from yishi.acts.case import closing, handling, intake, merging, stretching
from yishi.acts.report import thread
from yishi.core.case.closing import Rating as Word
from yishi.core.number import show_number
from yishi.records.models import Attachment, Case, Message, Rating, Report, Request

ZHAO, ZHOU = "分拨员老赵", "社区小周"
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, LATER)


def read(world: World, who: str) -> str:
    answer = signed_in(world, who).get(page_of(report_of(world, who)))
    assert answer.status_code == 200
    return answer.content.decode()


def send(world: World, who: str, act: str, own: Report, **fields: object) -> int:
    form = {"key": f"{act}-1", **fields}
    return int(signed_in(world, who).post(f"/reports/{own.uid}/{act}", form).status_code)


@pytest.mark.usefixtures("clock")
def test_urging_is_passed_on_once_a_period_and_says_when_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = raised(world, "住户1", "停水了")
    own = report_of(world, "住户1")
    assert "/urge" in read(world, "住户1")
    for _press in (1, 2):
        assert send(world, "住户1", "urge", own, words="家里有老人") == 302
    page = read(world, "住户1")
    assert "/urge" not in page
    assert "家里有老人" in page
    # Wednesday 11:00; one working day counts from Thursday on.
    assert "周五00:00" in page.replace(" ", "")
    assert send(world, "住户1", "urge", own, key="again") == 422
    at(monkeypatch, NOW + timedelta(days=2))
    assert "/urge" in read(world, "住户1")
    assert case.uid not in page


@pytest.mark.usefixtures("clock")
def test_more_words_and_photos_are_added_and_nothing_typed_is_lost(world: World) -> None:
    raised(world, "住户1", "停水了")
    own = report_of(world, "住户1")
    photos = [jpeg("red"), jpeg("blue")]
    assert send(world, "住户1", "supplement", own, words="二楼也停了", photos=photos) == 302
    page = read(world, "住户1")
    assert "二楼也停了" in page
    assert Attachment.objects.filter(report=own, part="photo").count() == 2
    assert send(world, "住户1", "supplement", own, key="none", words=" ") == 422
    many = [jpeg(colour) for colour in ("red", "blue", "green", "gray", "black", "white", "pink")]
    many += [jpeg(colour) for colour in ("gold", "navy", "lime")]
    form = {"key": "many", "words": "还有这些", "photos": many}
    answer = signed_in(world, "住户1").post(f"/reports/{own.uid}/supplement", form)
    assert answer.status_code == 422
    assert "还有这些" in answer.content.decode()


@pytest.mark.usefixtures("clock")
def test_it_is_withdrawn_after_a_page_that_says_what_that_means(world: World) -> None:
    case = raised(world, "住户1", "停水了")
    own = report_of(world, "住户1")
    browser = signed_in(world, "住户1")
    page = browser.get(f"/reports/{own.uid}/withdraw").content.decode()
    assert "撤回后不再办理" in page
    for _press in (1, 2):
        assert send(world, "住户1", "withdraw", own, words="来水了") == 302
    case.refresh_from_db()
    assert case.state == "withdrawn"
    page = read(world, "住户1")
    assert "已撤回" in page
    assert not re.search(r"/(urge|supplement|withdraw)\"", page)
    assert "已撤回" in browser.get("/reports").content.decode()
    assert browser.get(f"/reports/{own.uid}/withdraw").status_code == 422


@pytest.mark.usefixtures("clock")
def test_once_a_unit_has_it_it_is_not_withdrawn(world: World) -> None:
    case = raised(world, "住户1", "停水了")
    done(intake.dispatch(world.ask(ZHAO), case.uid, world.duties["楼道堆物"].uid))
    own = report_of(world, "住户1")
    assert "/withdraw" not in read(world, "住户1")
    assert send(world, "住户1", "withdraw", own) == 422


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("act", ["urge", "supplement", "withdraw", "rate"])
def test_nobody_acts_on_anothers_report(world: World, act: str) -> None:
    neighbours(world, 2)
    own = report_of(world, "住户1")
    before = Report.objects.values_list("urged_at", "withdrawn_at").order_by("id")
    assert send(world, "住户2", act, own, words="替他催") == 404
    assert set(before) == {(None, None)}
    answer = Client().post(f"/reports/{own.uid}/{act}", {"key": "x"})
    assert (answer.status_code, answer["Location"][:9]) == (302, "/sign-in?")


@pytest.mark.usefixtures("clock")
def test_the_story_goes_on_across_a_merge_and_holds_only_ones_own(world: World) -> None:
    one, two, three = neighbours(world, 3)
    ask = world.ask
    done(intake.accept(ask(ZHAO), one.uid, world.duties["楼道堆物"].uid))
    done(thread.supplement(ask("住户1"), report_of(world, "住户1").uid, one.uid, "只有一号家知道"))
    done(thread.supplement(ask("住户2"), report_of(world, "住户2").uid, two.uid, "二号家自己的话"))
    for answer in merging.merge(ask(ZHAO), one.uid, [two.uid, three.uid], "同一根管子"):
        done(answer)
    done(thread.supplement(ask("住户3"), report_of(world, "住户3").uid, one.uid, "三号家的秘密"))
    duty = world.duties["楼道堆物"].uid
    done(intake.dispatch(ask(ZHAO), one.uid, duty))
    page = read(world, "住户2")
    assert "二号家自己的话" in page
    assert "只有一号家知道" not in page
    assert "三号家的秘密" not in page
    assert "同一根管子" not in page
    # What happened to the main one before is not this resident's story; what comes after is.
    story = page[page.index('class="story"') :]
    assert "立案" not in story
    assert "柳荫社区居委会" in story
    assert "和另外2件同类诉求一起办" in page
    for other in ("住户1", "住户3"):
        assert show_number(report_of(world, other).number) not in page
        assert report_of(world, other).words not in page


@pytest.mark.usefixtures("clock")
def test_taken_out_again_the_story_leaves_the_main_one(world: World) -> None:
    one, two = neighbours(world, 2)
    ask = world.ask
    done(*merging.merge(ask(ZHAO), one.uid, [two.uid]))
    done(merging.unmerge(ask(ZHAO), two.uid, "不是同一根管子"))
    done(intake.dispatch(ask(ZHAO), one.uid, world.duties["楼道堆物"].uid))
    page = read(world, "住户2")
    assert "居委会" not in page[page.index('class="story"') :]
    assert "同类诉求一起办" not in page


@pytest.mark.usefixtures("clock")
def test_a_merged_residents_own_photo_stays_theirs_to_see(world: World) -> None:
    one, two = neighbours(world, 2)
    own = report_of(world, "住户2")
    send(world, "住户2", "supplement", own, photos=[jpeg()])
    done(*merging.merge(world.ask(ZHAO), one.uid, [two.uid]))
    photo = Attachment.objects.get(report=own)
    address = re.findall(rf'href="([^"]*{photo.uid}[^"]*)"', read(world, "住户2"))[0]
    assert signed_in(world, "住户2").get(address).status_code == 200
    assert signed_in(world, "住户1").get(address).status_code == 404
    assert signed_in(world, ZHAO).get(address).status_code == 200
    done(intake.dispatch(world.ask(ZHAO), one.uid, world.duties["井盖缺失"].uid))
    # The unit of the main one handles this as well.
    assert signed_in(world, "城管小孙").get(address).status_code == 200


@pytest.mark.usefixtures("clock")
def test_each_rates_their_own_and_nobody_stands_in_anybodys_way(world: World) -> None:
    main = together(world, 3)
    carried(world, main, LATER)
    words = {"solved": "yes", "satisfaction": "satisfied", "words": "", **STARS}
    pages = {who: read(world, who) for who in ("住户1", "住户2", "住户3")}
    for who, page in pages.items():
        version, answered = (
            re.findall(rf'name="{name}" value="([^"]*)"', page)[0]
            for name in ("version", "answered")
        )
        form = {"key": f"rate {who}", "version": version, "answered": answered, **words}
        own = report_of(world, who)
        assert signed_in(world, who).post(f"/reports/{own.uid}/rate", form).status_code == 302
    main.refresh_from_db()
    assert (main.state, Rating.objects.count()) == ("called_back", 3)


@pytest.mark.usefixtures("clock")
def test_a_redo_for_one_neighbour_is_told_without_their_words(world: World) -> None:
    main = together(world, 3)
    carried(world, main, LATER)
    stars = {axis: int(value) for axis, value in STARS.items()}
    unhappy = Word(report_of(world, "住户3").uid, False, "dissatisfied", stars, "我家还没有水")
    done(closing.call_back(world.ask("回访员小郑", LATER), main.uid, unhappy))
    page = read(world, "住户2")
    assert "我家还没有水" not in page
    assert "重办" in page
    told = Message.objects.get(recipient=world.people["住户2"], template="case.redo_shared")
    listed = signed_in(world, "住户2").get("/messages").content.decode()
    assert show_number(told.about) in listed
    assert show_number(report_of(world, "住户3").number) not in listed


@pytest.mark.usefixtures("clock")
def test_where_the_time_stands_still_it_says_why(world: World) -> None:
    case = raised(world, "住户1", "停水了")
    done(intake.dispatch(world.ask(ZHAO), case.uid, world.duties["楼道堆物"].uid))
    ask = world.ask
    done(handling.sign(ask(ZHOU), case.uid))
    until = NOW + timedelta(days=5)
    done(stretching.ask_suspension(ask(ZHOU), case.uid, "works", until, "等管材到货"))
    asked = Request.objects.get().uid
    done(stretching.decide_suspension(ask(ZHAO), case.uid, asked, True, "等管材"))
    page = read(world, "住户1")
    assert "停表原因：" in page
    assert "已反映1天" in page


@pytest.mark.usefixtures("clock")
def test_messages_about_a_merged_report_are_read_on_its_page(world: World) -> None:
    one, two = neighbours(world, 2)
    done(*merging.merge(world.ask(ZHAO, LATER), one.uid, [two.uid]))
    assert Message.objects.filter(read_at=None).count() == 1
    read(world, "住户1")
    assert Message.objects.filter(read_at=None).count() == 1
    read(world, "住户2")
    assert not Message.objects.filter(read_at=None).exists()


@pytest.mark.usefixtures("clock")
def test_who_withdrew_sees_nothing_that_came_after(world: World) -> None:
    one, two = neighbours(world, 2)
    done(*merging.merge(world.ask(ZHAO), one.uid, [two.uid]))
    own = report_of(world, "住户2")
    assert send(world, "住户2", "withdraw", own) == 302
    one.refresh_from_db()
    assert one.state == "submitted"
    done(intake.dispatch(world.ask(ZHAO), one.uid, world.duties["楼道堆物"].uid))
    page = read(world, "住户2")
    assert "已撤回" in page
    assert "居委会" not in page[page.index('class="story"') :]
    assert Case.objects.get(pk=two.pk).state == "merged"
