"""秒回 on the pages: drafted, looked at, approved by somebody else; the resident's two answers."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.acts.test_instant import WATER, drafted, filed, in_force_there
from tests.acts.world import NOW, World
from tests.web.staff import Desk, at
from tests.web.test_ceilings import LIST_MOST, statements
from yishi.acts.report import thread
from yishi.core.case.state import CaseState as S
from yishi.core.person import Role
from yishi.records.models import Case, InstantAnswer, Report

DISPATCHER, LEADER = "分拨员老赵", "街道主任"
FORM = {
    "title": "停水通知",
    "words": "停水、没水\n水＋停了",
    "unless": "-水费",
    "answer": "主管抢修，今晚八点恢复供水。",
    "until_at": "2026-03-20T20:00",
    "item": "",
}


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, at(monkeypatch))


def form(desk: Desk, **more: str) -> dict[str, str]:
    desk.keys += 1
    return {"key": f"k{desk.keys}", "place": desk.world.places["望江街道"].uid, **FORM, **more}


def post(desk: Desk, who: str, address: str, **fields: str) -> str:
    """Posts what must succeed; where it leads."""
    desk.keys += 1
    answer = desk.browser(who).post(address, {"key": f"p{desk.keys}", **fields})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer["Location"])


def test_a_text_is_drafted_looked_at_and_approved_by_somebody_else(desk: Desk) -> None:
    to = post(desk, DISPATCHER, "/instant/new", **form(desk))
    row = InstantAnswer.objects.get()
    assert to == f"/instant/{row.uid}"
    assert row.words == ["停水", "没水", "水+停了", "-水费"]
    assert row.until_at.isoformat() == "2026-03-20T12:00:00+00:00"
    assert "/approve" not in desk.get(DISPATCHER, to)
    page = desk.get(LEADER, to)
    for shown in ("停水、没水、水…停了", "水费", "望江街道", "分拨员老赵", "今晚八点", "/approve"):
        assert shown in page
    assert "/instant?state=draft" in desk.get(LEADER, "/work")
    post(desk, LEADER, f"{to}/approve")
    row.refresh_from_db()
    assert row.state == "approved"
    assert "/instant?state=draft" not in desk.get(LEADER, "/work")


def test_the_preview_counts_and_shows_what_it_would_have_answered(desk: Desk) -> None:
    filed(desk.world, "家里停水了，找13812345678", NOW - timedelta(days=1))
    filed(desk.world, "井盖不见了", NOW - timedelta(days=1))
    answer = desk.browser(DISPATCHER).post("/instant/new", form(desk, preview="1"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "最近30天的2件诉求里，有1件" in page
    assert "138****5678" in page and "13812345678" not in page
    assert InstantAnswer.objects.count() == 0
    # What was typed is still there.
    assert "主管抢修" in page


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"words": "水"}, "2"),
        ({"words": "-"}, ""),
        ({"until_at": "2026-03-11T08:59"}, ""),
        ({"until_at": "昨天"}, ""),
        ({"answer": ""}, ""),
        ({"place": "nowhere"}, ""),
        ({"item": "D999"}, ""),
    ],
)
def test_a_draft_that_lacks_something_is_told_and_kept(
    desk: Desk, more: dict[str, str], told: str
) -> None:
    answer = desk.browser(DISPATCHER).post("/instant/new", form(desk, **more))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert InstantAnswer.objects.count() == 0


def test_not_approving_and_ending_take_a_reason(desk: Desk) -> None:
    refused, running = drafted(desk.world), in_force_there(desk.world)
    for who, address in (
        (LEADER, f"/instant/{refused}/refuse"),
        (LEADER, f"/instant/{running}/end"),
    ):
        assert desk.browser(who).post(address, {"key": "k", "why": " "}).status_code == 422
    post(desk, LEADER, f"/instant/{refused}/refuse", why="时间没说准")
    post(desk, DISPATCHER, f"/instant/{running}/end", why="已恢复供水")
    assert "时间没说准" in desk.get(DISPATCHER, f"/instant/{refused}")
    assert "已恢复供水" in desk.get(DISPATCHER, f"/instant/{running}")


def test_two_leaders_at_one_draft_one_approves_and_the_other_is_told(desk: Desk) -> None:
    text = drafted(desk.world)
    post(desk, LEADER, f"/instant/{text}/approve")
    late = desk.browser("督查员老冯").post(f"/instant/{text}/approve", {"key": "z"})
    assert late.status_code == 422
    assert InstantAnswer.objects.get().decided_by == desk.world.people[LEADER]


def test_the_list_counts_what_was_sent_and_what_was_not_enough(desk: Desk) -> None:
    text = in_force_there(desk.world)
    stands, _ = filed(desk.world)
    case, own = filed(desk.world)
    thread.still_unsolved(desk.world.ask("王桂英"), own.uid, case.uid)
    page = desk.get(DISPATCHER, "/instant")
    row = page[page.index("<tbody") :]
    cells = [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
    assert cells[0] == "停水通知"
    assert cells[4:7] == ["2", "1", "50.0%"]
    assert "停水通知" not in desk.get(DISPATCHER, "/instant?state=expired")
    unsolved = desk.get(DISPATCHER, f"/instant/{text}?show=unsolved")
    assert f"/cases/{case.uid}" in unsolved
    assert f"/cases/{stands.uid}" not in unsolved
    assert desk.browser(DISPATCHER).get("/instant.xlsx").status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [("王桂英", 403), ("城管小孙", 403), ("社区小周", 200), (DISPATCHER, 200), (LEADER, 200)],
)
def test_the_list_is_for_those_who_draft_and_approve(desk: Desk, who: str, status: int) -> None:
    assert desk.browser(who).get("/instant").status_code == status


def test_a_text_of_another_area_is_not_there(desk: Desk) -> None:
    text = in_force_there(desk.world, "石桥社区")
    assert desk.browser("社区小周").get(f"/instant/{text}").status_code == 404
    assert (
        desk.browser("社区小周").post(f"/instant/{text}/end", {"key": "k", "why": "x"}).status_code
        == 404
    )


def file_at_home(desk: Desk, words: str) -> tuple[Client, Report]:
    browser = desk.browser("王桂英")
    building = desk.world.buildings["柳荫1栋"]
    given = {"key": f"f{words}", "text": words, "nature": "complaint", "spot": ""}
    answer = browser.post(f"/b/{building.code}", given)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    own = Report.objects.order_by("-id").first()
    assert own is not None and answer["Location"] == f"/reports/{own.uid}/filed"
    return browser, own


def test_the_resident_reads_the_answer_at_once_and_says_still_unsolved(desk: Desk) -> None:
    in_force_there(desk.world)
    browser, own = file_at_home(desk, "家里停水了")
    page = browser.get(f"/reports/{own.uid}/filed").content.decode()
    assert WATER.answer in page and f"/reports/{own.uid}/unsolved" in page
    assert f"/reports/{own.uid}#rate" in page
    shown = browser.get(f"/reports/{own.uid}").content.decode()
    assert WATER.answer in shown and "停水通知" in shown and "/unsolved" in shown
    answer = browser.post(f"/reports/{own.uid}/unsolved", {"key": "u1"})
    assert answer["Location"] == f"/reports/{own.uid}"
    case = Case.objects.get(links__report=own)
    assert case.state == S.SUBMITTED
    after = browser.get(f"/reports/{own.uid}").content.decode()
    assert "/unsolved" not in after and 'id="rate"' not in after
    # The story still holds what was sent; the dispatcher's queue says why it is there.
    assert WATER.answer in after
    assert "秒回后仍未解决" in desk.get(DISPATCHER, "/work")
    assert "停水通知" in desk.get(DISPATCHER, f"/cases/{case.uid}")


def test_the_resident_may_rate_it_as_any_answer(desk: Desk) -> None:
    in_force_there(desk.world)
    browser, own = file_at_home(desk, "家里停水了")
    axes = dict.fromkeys(("speed", "result", "service", "answer"), "5")
    case = Case.objects.get(links__report=own)
    given = {"key": "r", "version": str(case.version), "solved": "yes", "satisfaction": "satisfied"}
    assert browser.post(f"/reports/{own.uid}/rate", given | axes).status_code == 302
    case.refresh_from_db()
    assert case.state == S.CALLED_BACK


def test_a_second_tap_and_somebody_elses_hand_change_nothing(desk: Desk) -> None:
    in_force_there(desk.world)
    browser, own = file_at_home(desk, "家里停水了")
    assert (
        desk.browser("李建国").post(f"/reports/{own.uid}/unsolved", {"key": "o"}).status_code == 404
    )
    for _ in range(2):
        assert browser.post(f"/reports/{own.uid}/unsolved", {"key": "same"}).status_code == 302
    assert browser.post(f"/reports/{own.uid}/unsolved", {"key": "other"}).status_code == 422


def test_the_call_back_officer_is_not_kept_busy_but_may_say_it(desk: Desk) -> None:
    in_force_there(desk.world)
    case, _ = filed(desk.world)
    assert f"/cases/{case.uid}" not in desk.get("回访员小郑", "/work")
    assert "秒回" in desk.get("回访员小郑", "/cases")
    desk.post("回访员小郑", case, "unsolved", words="六楼还是没水")
    case.refresh_from_db()
    assert case.state == S.SUBMITTED


def test_a_seat_of_two_roles_still_never_approves_its_own(desk: Desk) -> None:
    text = drafted(desk.world)
    desk.world.appoint(DISPATCHER, Role.LEADER, "望江街道")
    assert "/approve" not in desk.get(DISPATCHER, f"/instant/{text}")


def test_the_page_of_a_text_asks_as_often_for_many_matters_as_for_one(desk: Desk) -> None:
    text, draft = in_force_there(desk.world), drafted(desk.world)
    filed(desk.world)
    pages = (f"/instant/{text}", f"/instant/{draft}", "/instant/new")
    few = [statements(desk.browser(LEADER), page) for page in pages[:2]]
    for _ in range(30):
        filed(desk.world)
    many = [statements(desk.browser(LEADER), page) for page in pages[:2]]
    assert few == many
    assert max(*many, statements(desk.browser(DISPATCHER), pages[2])) <= LIST_MOST
