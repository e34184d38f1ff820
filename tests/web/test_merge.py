"""并案 on the desk: cases of one kind side by side, put together kindly, taken out again."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.acts.world import NOW, World
from tests.web.many import asked, carried, done, neighbours, raised, report_of, together
from tests.web.staff import Desk, at
from yishi.acts.case import intake, merging
from yishi.core.number import show_number
from yishi.core.person import Role
from yishi.records.models import Case, Link, Merge, Message, Rating, Report

LATER = NOW + timedelta(hours=2)
ZHAO, ZHOU, CHEN = "分拨员老赵", "社区小周", "网格员小陈"
# A case page with cases merged into it: as many statements as any other.
CASE_MOST = 10
# A merged one asks once more: who went along with it.
MERGED_MOST = 11


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, at(monkeypatch, LATER))


def chosen(*cases: Case) -> str:
    return f"{reverse('merge')}?" + "&".join(f"case={case.uid}" for case in cases)


def sent(main: Case, *cases: Case, key: str = "form-1", **more: object) -> dict[str, object]:
    uids = [main.uid, *(case.uid for case in cases)]
    return {"key": key, "main": main.uid, "case": uids, "why": "同一处", **more}


def test_cases_like_it_are_found_with_their_words_the_newest_first(desk: Desk) -> None:
    first, second = neighbours(desk.world, 2)
    old = raised(desk.world, "住户8", "去年也停过水", NOW - timedelta(days=31))
    far = raised(desk.world, "住户9", "二栋也停水", NOW, building="柳荫2栋")
    shut = raised(desk.world, "住户7", "不归这里管", NOW)
    done(intake.refuse(desk.world.ask(ZHAO, LATER), shut.uid, "out_of_scope", "不归"))
    page = desk.get(ZHAO, reverse("case_merge", args=[first.uid]))
    found = re.findall(r'name="case" value="(\w+)" id="alike', page)
    # 2栋 lies in the same community, and nobody has sorted either yet.
    assert found == [second.uid, far.uid]
    assert old.uid not in page
    assert "停水了，第2家" in page


def test_another_item_is_the_same_only_in_the_same_building(desk: Desk) -> None:
    here, near, far = (
        raised(desk.world, "住户1", "一", NOW),
        raised(desk.world, "住户2", "二", NOW),
        raised(desk.world, "住户3", "三", NOW, building="柳荫2栋"),
    )
    done(intake.accept(desk.world.ask(ZHAO, LATER), here.uid, desk.world.duties["楼道堆物"].uid))
    page = desk.get(ZHAO, reverse("case_merge", args=[here.uid]))
    assert near.uid in page
    assert far.uid not in page


def test_side_by_side_the_one_furthest_along_is_suggested(desk: Desk) -> None:
    first, second, third = neighbours(desk.world, 3)
    duty = desk.world.duties["楼道堆物"].uid
    done(intake.dispatch(desk.world.ask(ZHAO, LATER), second.uid, duty))
    page = desk.get(ZHAO, chosen(first, second, third))
    assert re.findall(r'name="main" value="(\w+)"[^>]* checked', page) == [second.uid]
    assert all(show_number(case.number) in page for case in (first, second, third))


def test_they_are_put_together_and_everybody_keeps_what_is_theirs(desk: Desk) -> None:
    main, *others = neighbours(desk.world, 3)
    answer = desk.browser(ZHAO).post(reverse("merge"), sent(main, *others))
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{main.uid}")
    assert {case.state for case in Case.objects.filter(main=main)} == {"merged"}
    assert Link.objects.filter(case=main, until_at=None).count() == 3
    told = Message.objects.filter(template="case.merged").values_list("recipient__name", flat=True)
    assert set(told) == {"住户2", "住户3"}
    page = desk.get(ZHAO, f"/cases/{main.uid}")
    assert all(show_number(case.number) in page for case in others)
    assert "停水了，第2家" in page
    gone = desk.get(ZHAO, f"/cases/{others[0].uid}")
    assert f'href="/cases/{main.uid}"' in gone
    assert "停水了，第2家" in gone


def test_sent_twice_it_is_done_once(desk: Desk) -> None:
    main, *others = neighbours(desk.world, 3)
    form = sent(main, *others)
    first = desk.browser(ZHAO).post(reverse("merge"), form)
    again = desk.browser(ZHAO).post(reverse("merge"), form)
    assert (first.status_code, again.status_code) == (302, 302)
    assert Merge.objects.count() == 2


def test_what_one_refuses_stops_no_other_and_each_is_told(desk: Desk) -> None:
    main, good, given = neighbours(desk.world, 3)
    duty = desk.world.duties["楼道堆物"].uid
    done(intake.dispatch(desk.world.ask(ZHAO, LATER), given.uid, duty))
    answer = desk.browser(ZHAO).post(reverse("merge"), sent(main, good, given))
    page = answer.content.decode()
    assert answer.status_code == 200
    good.refresh_from_db()
    given.refresh_from_db()
    assert (good.state, given.state) == ("merged", "dispatched")
    assert show_number(given.number) in page
    assert "请以进度靠前的一件为主件" in page


def test_where_none_goes_in_the_form_is_kept(desk: Desk) -> None:
    main, given = neighbours(desk.world, 2)
    duty = desk.world.duties["楼道堆物"].uid
    done(intake.dispatch(desk.world.ask(ZHAO, LATER), given.uid, duty))
    answer = desk.browser(ZHAO).post(reverse("merge"), sent(main, given, why="看着像一件事"))
    assert answer.status_code == 422
    assert "看着像一件事" in answer.content.decode()


@pytest.mark.parametrize("key", ["", None])
def test_without_a_key_nothing_is_done(desk: Desk, key: str | None) -> None:
    main, other = neighbours(desk.world, 2)
    form = sent(main, other)
    form.pop("key") if key is None else form.update(key=key)
    assert desk.browser(ZHAO).post(reverse("merge"), form).status_code == 422
    assert not Merge.objects.exists()


def test_one_alone_cannot_be_put_together(desk: Desk) -> None:
    (only,) = neighbours(desk.world, 1)
    assert desk.browser(ZHAO).get(chosen(only)).status_code == 422


def test_a_dispatcher_elsewhere_sees_and_does_nothing(desk: Desk) -> None:
    world = desk.world
    world.appoint("分拨员老钱", Role.DISPATCHER, "石桥社区")
    main, other = neighbours(world, 2)
    browser = desk.browser("分拨员老钱")
    assert browser.get(reverse("case_merge", args=[main.uid])).status_code == 404
    assert browser.get(chosen(main, other)).status_code == 422
    assert browser.post(reverse("merge"), sent(main, other)).status_code == 422
    done(*merging.merge(world.ask(ZHAO, LATER), main.uid, [other.uid]))
    assert browser.get(reverse("case_unmerge", args=[other.uid])).status_code == 404
    assert Merge.objects.filter(undone_at=None).count() == 1


@pytest.mark.parametrize("who", [ZHOU, CHEN, "城管小孙", "街道主任"])
def test_only_a_dispatcher_puts_cases_together(desk: Desk, who: str) -> None:
    main, other = neighbours(desk.world, 2)
    assert desk.browser(who).post(reverse("merge"), sent(main, other)).status_code == 403
    assert 'name="case"' not in desk.get(who, reverse("case_list"))


def test_boxes_in_the_list_lead_to_the_side_by_side_page(desk: Desk) -> None:
    main, other = neighbours(desk.world, 2)
    page = desk.get(ZHAO, reverse("case_list"))
    assert set(re.findall(r'type="checkbox" name="case" value="(\w+)"', page)) == {
        main.uid,
        other.uid,
    }
    assert f'action="{reverse("merge")}"' in page


def test_taken_out_again_with_its_reason(desk: Desk) -> None:
    main = together(desk.world, 3)
    case = Case.objects.filter(main=main).order_by("id").first()
    assert case is not None
    address = reverse("case_unmerge", args=[case.uid])
    assert "住户" not in desk.get(ZHAO, address)
    form = {"key": "out-1", "version": case.version, "why": ""}
    assert desk.browser(ZHAO).post(address, form).status_code == 422
    form = {"key": "out-2", "version": case.version - 1, "why": "另有原因"}
    assert desk.browser(ZHAO).post(address, form).status_code == 422
    form = {"key": "out-3", "version": case.version, "why": "另有原因"}
    for _press in (1, 2):
        answer = desk.browser(ZHAO).post(address, form)
        assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.uid}")
    case.refresh_from_db()
    assert (case.state, case.main) == ("submitted", None)
    assert desk.browser(ZHAO).get(address).status_code == 422


def test_the_pages_of_merging_ask_as_often_for_many_as_for_a_few(desk: Desk) -> None:
    few = neighbours(desk.world, 3)
    like, chose = reverse("case_merge", args=[few[0].uid]), chosen(*few)
    counted = [asked(desk, ZHAO, address) for address in (like, chose)]
    many = [raised(desk.world, "住户1", f"又停水了 {n}", NOW) for n in range(20)]
    assert [asked(desk, ZHAO, address) for address in (like, chosen(*few, *many))] == counted
    assert max(counted) <= 12


def test_fifty_five_on_one_case(desk: Desk) -> None:
    world = desk.world
    main = together(world, 55)
    address = f"/cases/{main.uid}"
    page = desk.get(ZHAO, address)
    assert page.count("<blockquote") == 30
    assert desk.get(ZHAO, f"{address}?reports=2").count("<blockquote") == 25
    assert page.count('href="/cases/') - page.count("clocks") >= 20
    # Put together in one go, they are one step of the story.
    assert page.count("件同类诉求，现共") == 1
    assert "reports=2" in page
    assert "merged=2" in page
    assert asked(desk, ZHAO, address) <= CASE_MOST
    merged = Case.objects.filter(main=main).order_by("id")[0]
    assert asked(desk, ZHAO, f"/cases/{merged.uid}") <= MERGED_MOST
    carried(world, main, LATER)
    assert Report.objects.filter(answer="已经恢复供水。").count() == 55
    assert Message.objects.filter(template="case.answered").count() == 55
    assert asked(desk, "回访员小郑", address) <= CASE_MOST


def test_each_of_a_group_is_called_in_turn_and_has_their_own_rating(desk: Desk) -> None:
    world = desk.world
    main = together(world, 3)
    carried(world, main, LATER)

    def next_up() -> list[str]:
        page = desk.get("回访员小郑", f"/cases/{main.uid}")
        return re.findall(r'<option value="(\w+)"', page)

    one, two, three = (report_of(world, f"住户{n}").uid for n in (1, 2, 3))
    assert next_up() == [one, two, three]
    call = {"report": one, **desk.content(), "reached": "no"}
    desk.post("回访员小郑", main, "call-back", **call)
    assert next_up() == [two, three, one]
    desk.post("回访员小郑", main, "call-back", report=two, **desk.content())
    assert next_up() == [three, one]
    unhappy = {**desk.content(), "solved": "no", "words": "三楼还没有水"}
    desk.post("回访员小郑", main, "call-back", report=three, **unhappy)
    main.refresh_from_db()
    assert (main.state, main.dissatisfied) == ("redo", 1)
    assert Message.objects.get(template="case.redo").about == report_of(world, "住户3").number
    assert Message.objects.get(template="case.redo_shared").recipient.name == "住户1"
    carried(world, main, LATER + timedelta(hours=1), "三楼也通水了。")
    # Who was content has had the last word: the other answer is not theirs.
    assert report_of(world, "住户2").answer == "已经恢复供水。"
    assert next_up() == [one, three]
    desk.post("回访员小郑", main, "call-back", report=one, **desk.content())
    desk.post("回访员小郑", main, "call-back", report=three, **desk.content())
    main.refresh_from_db()
    assert main.state == "called_back"
    assert sorted(Rating.objects.values_list("report__uid", "round")) == sorted(
        [(one, 2), (two, 1), (three, 1), (three, 2)]
    )


def test_a_report_that_was_rated_elsewhere_before_can_be_rated_here(desk: Desk) -> None:
    """A case done again is merged into one in its first round: rounds never collide."""
    world = desk.world
    main, again = neighbours(world, 2)
    duty = world.duties["楼道堆物"].uid
    for case in (main, again):
        done(intake.dispatch(world.ask(ZHAO, LATER), case.uid, duty))
        case.refresh_from_db()
    carried(world, again, LATER)
    own = report_of(world, "住户2")
    no = {**desk.content(), "solved": "no"}
    desk.post("回访员小郑", again, "call-back", report=own.uid, **no)
    done(*merging.merge(world.ask(ZHAO, LATER), main.uid, [again.uid]))
    main.refresh_from_db()
    carried(world, main, LATER)
    desk.post("回访员小郑", main, "call-back", report=own.uid, **no)
    assert sorted(Rating.objects.values_list("round", flat=True)) == [1, 2]
    # Twice for the same resident: the supervisory order goes out.
    assert main.orders.count() == 1
