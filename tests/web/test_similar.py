"""同类诉求 while writing: offered with why, joined by one tap, and never another's words."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.acts.world import NOW, World
from tests.web.staff import Desk, at
from tests.web.test_report import upload
from tests.web.town import picture, signed_in
from yishi.acts import report
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.records.models import Adoption, Attachment, Case, Link, Report
from yishi.web.similar import SALT, SCRIPT

pytestmark = pytest.mark.django_db
MINE = "消防通道被停车占了，车出不来"
THEIRS = "王桂英说消防通道天天停车占满，出不来，电话 13800000001，找3栋502室老张"


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world, NOW)


def raised(w: World, text: str = THEIRS, who: str = "王桂英", hours: int = 30) -> str:
    place = w.buildings["柳荫1栋"].uid
    done = report.file(w.ask(who, NOW - timedelta(hours=hours)), Words(text, building=place))
    assert isinstance(done, Done), done
    return done.uid


def form(text: str = MINE, **more: Any) -> dict[str, Any]:
    return {"key": "k-similar", "text": text, "nature": "complaint", "spot": "", **more}


def look(client: Client, text: str = MINE, **more: Any) -> str:
    """What the script is answered while somebody writes at 柳荫1栋's poster."""
    answer = client.post("/b/L0", form(text, similar="1"), headers={SCRIPT: "1"})
    assert answer.status_code == 200
    return answer.content.decode()


def token(page: str) -> str:
    return page.split('name="join" value="')[1].split('"')[0]


def test_it_is_offered_with_its_kind_place_age_and_why(world: World) -> None:
    raised(world)
    page = look(signed_in(world, "李建国"))
    assert "<html" not in page
    for words in (
        "投诉",
        "柳荫社区 · 柳荫1栋",
        "1 位居民反映",
        "同一栋楼",
        "1 天前",
        "我们已经收到",
    ):
        assert words in page, words


def test_nothing_of_anybody_else_is_shown(world: World) -> None:
    raised(world)
    for text in (MINE, THEIRS, "消防通道停车 王桂英 老张 13800000001 502"):
        page = look(signed_in(world, "李建国"), text)
        assert 'name="join"' in page
        for secret in ("王桂英", "13800000001", "138", "502", "老张", "天天", "占满", "找3栋"):
            assert secret not in page, secret
        assert not any(row.number in page for row in Report.objects.all())


def test_a_word_is_told_where_three_matters_say_it(world: World) -> None:
    raised(world, "消防通道又停车了")
    raised(world, "消防通道停车没人管")
    assert "都说到" not in look(signed_in(world, "李建国"))
    raised(world, "消防通道停车堵死了")
    assert "都说到“消防通道”" in look(signed_in(world, "李建国"))


@pytest.mark.parametrize("text", ["停车", "", "  "])
def test_before_four_letters_nothing_is_looked_for(world: World, text: str) -> None:
    raised(world)
    assert 'name="join"' not in look(signed_in(world, "李建国"), text)


def test_at_most_five_are_offered(world: World) -> None:
    for _ in range(7):
        raised(world)
    assert look(signed_in(world, "李建国")).count('name="join"') == 5


def test_elsewhere_private_or_closed_is_not_offered(world: World) -> None:
    private = raised(world, "消防通道停车占了出不来，为此和邻居打架")
    old = raised(world, hours=24 * 32)
    page = look(signed_in(world, "李建国"))
    assert (private != old, 'name="join"' in page) == (True, False)
    other = raised(world)
    assert 'name="join"' in look(signed_in(world, "李建国"))
    Case.objects.filter(uid=other).update(place=world.places["石桥社区"])
    assert 'name="join"' not in look(signed_in(world, "李建国"))


def test_one_tap_gives_ones_own_number_and_keeps_words_and_photos(world: World) -> None:
    main = raised(world)
    client = signed_in(world, "李建国")
    sent = form(join=token(look(client)), photos=[upload(picture())])
    answer = client.post("/b/L0", sent)
    own = Report.objects.get(words=MINE)
    assert (answer.status_code, answer["Location"]) == (302, f"/reports/{own.uid}/filed")
    assert Link.objects.get(report=own, until_at=None).case.uid == main
    assert Attachment.objects.get().report == own
    page = client.get(answer["Location"]).content.decode()
    assert "和另外1件同类诉求一起办" in page
    # The first resident's words stay theirs.
    story = client.get(f"/reports/{own.uid}").content.decode()
    assert THEIRS not in story and "王桂英" not in story


def test_ones_own_matter_is_shown_and_not_joined(world: World) -> None:
    main = raised(world)
    own = Report.objects.get(links__case__uid=main)
    page = look(signed_in(world, "王桂英"))
    assert f"/reports/{own.uid}" in page and 'name="join"' not in page


def test_without_scripts_a_button_shows_them_and_loses_nothing(world: World) -> None:
    raised(world)
    client = signed_in(world, "李建国")
    assert "看看有没有" in client.get("/b/L0").content.decode()
    sent = form(similar="1", photos=[upload(picture())], nature="help", spot="东门")
    page = client.post("/b/L0", sent)
    text = page.content.decode()
    assert page.status_code == 200
    for kept in (MINE, "东门", 'name="kept_photos"', 'name="join"', 'value="k-similar"'):
        assert kept in text, kept
    assert Report.objects.count() == 1
    # Enter in a line of the form sends it; the first button of a form is the one Enter presses.
    buttons = [part.split(">")[0] for part in text.split("<form")[-1].split("<button")[1:]]
    assert 'name="' not in buttons[0]
    kept = text.split('name="kept_photos" value="')[1].split('"')[0]
    client.post("/b/L0", form(join=token(text), kept_photos=kept))
    assert Attachment.objects.filter(report__words=MINE).count() == 1


def test_one_that_has_moved_on_loses_no_words(world: World) -> None:
    main = raised(world)
    client = signed_in(world, "李建国")
    chosen = token(look(client))
    Case.objects.filter(uid=main).update(state="checking")
    answer = client.post("/b/L0", form(join=chosen, photos=[upload(picture())]))
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (MINE, "加入不了", 'name="kept_photos"'):
        assert words in page, words
    assert Report.objects.count() == 1
    assert client.post("/b/L0", form(key="k-2")).status_code == 302


def test_only_what_was_offered_to_this_person_is_joined(world: World) -> None:
    main = raised(world)
    lis = token(look(signed_in(world, "李建国")))
    wang = signed_in(world, "王桂英")
    forged = signing.dumps([world.people["李建国"].pk, main], salt="yishi.other")
    for client, given in ((wang, lis), (signed_in(world, "李建国"), main), (wang, forged)):
        assert client.post("/b/L0", form(join=given, key=f"k{given}"[:60])).status_code == 422
    assert Report.objects.count() == 1
    elsewhere = signing.dumps([world.people["李建国"].pk, main], salt=SALT)
    Case.objects.filter(uid=main).update(place=world.places["石桥社区"])
    assert signed_in(world, "李建国").post("/b/L0", form(join=elsewhere)).status_code == 422


def test_what_was_filed_a_moment_ago_is_known(world: World) -> None:
    client = signed_in(world, "李建国")
    assert 'name="join"' not in look(client)
    raised(world, hours=0)
    assert 'name="join"' in look(client)


def test_without_the_rules_the_form_is_as_it_was(world: World) -> None:
    Adoption.objects.filter(kind="similar").delete()
    raised(world)
    client = signed_in(world, "李建国")
    page = client.get("/b/L0").content.decode()
    assert "data-similar" not in page and 'name="similar"' not in page
    assert 'name="join"' not in look(client)


def test_staff_see_number_words_and_a_link(world: World, desk: Desk) -> None:
    main = raised(world)
    where = f"building:{world.buildings['柳荫1栋'].uid}"
    browser = desk.browser("网格员小陈")
    typed = {"words": MINE, "where": where, "similar": "1", "key": "k"}
    page = browser.post("/work/file", typed, headers={SCRIPT: "1"}).content.decode()
    assert f"/cases/{main}" in page and 'name="join"' not in page
    whole = browser.post("/work/file", typed).content.decode()
    assert f"/cases/{main}" in whole and MINE in whole
    Case.objects.filter(uid=main).update(grid=world.grids["柳荫第二网格"])
    assert f"/cases/{main}" not in browser.post("/work/file", typed).content.decode()
    assert Report.objects.count() == 1


def test_looking_asks_twelve_times_at_most_however_many_there_are(world: World) -> None:
    client = signed_in(world, "李建国")

    def asked() -> int:
        look(client)
        with CaptureQueriesContext(connection) as found:
            look(client)
        return len(found)

    raised(world)
    few = asked()
    for _ in range(12):
        raised(world)
    assert (asked(), few <= 12) == (few, True)
