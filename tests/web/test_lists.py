"""Lists of cases and of the audit table: filters, pages, and a constant number of statements."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acts.world import World
from tests.web.staff import Desk, at
from yishi.acts.case import intake
from yishi.core.case.state import CaseState
from yishi.core.person import Role
from yishi.phrases.stage import say_stages
from yishi.records.audit import note
from yishi.records.models import Case
from yishi.records.queries.case_list import STAGES, Filters, case_page, order_of
from yishi.records.queries.permit import visible


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning."""
    return Desk(world, at(monkeypatch))


def numbers(page: str) -> int:
    """How many rows a page of a list has."""
    return page.count('class="row-line"')


def test_ten_rows_and_two_hundred_ask_the_same(desk: Desk) -> None:
    asked = []
    for more in (10, 190):
        desk.many(more)
        browser = desk.browser("分拨员老赵")
        browser.get("/cases")
        with CaptureQueriesContext(connection) as seen:
            page = browser.get("/cases").content.decode()
        asked.append(len(seen))
        assert numbers(page) == min(30, more)
    assert asked[0] == asked[1]
    assert asked[0] <= 12


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", 4),
        ("stage=intake", 2),
        ("stage=sign", 1),
        ("stage=topic", 1),
        ("stage=closed", 0),
        ("open=yes", 4),
        ("open=no", 0),
        ("colour=late", 0),
        ("colour=waiting", 0),
        ("q=路灯", 1),
        ("q=没有这句话", 0),
        ("month=2026-03", 4),
        ("month=2026-04", 0),
        ("month=nonsense", 4),
        ("month=9999-12", 4),
        ("stage=nonsense&colour=nonsense&open=perhaps", 4),
        ("item=D0", 1),
        ("page=99", 4),
        ("page=minus", 4),
    ],
)
def test_filters_narrow(desk: Desk, query: str, rows: int) -> None:
    desk.filed("一号楼下井盖松动")
    desk.filed("路灯不亮", "柳荫2栋")
    topic = desk.filed("停车位不够")
    intake.set_aside(desk.world.ask("社区小周", desk.now), topic.uid, "多数人的事")
    desk.dispatched("井盖不见了")
    assert numbers(desk.get("分拨员老赵", f"/cases?{query}")) == rows


def test_filters_by_place_unit_and_number(desk: Desk) -> None:
    case = desk.dispatched("井盖不见了")
    desk.filed("路灯不亮")
    community, other = desk.world.places["柳荫社区"].code, desk.world.places["石桥社区"].code
    unit = desk.world.bodies["区城市管理局"].code
    for query, rows in (
        (f"place={community}", 2),
        (f"place={other}", 0),
        (f"unit={unit}", 1),
        (f"q={case.number}", 1),
        (f"q={case.number[:4]}-{case.number[4:8]}", 1),
    ):
        assert numbers(desk.get("分拨员老赵", f"/cases?{query}")) == rows, query


def test_late_and_amber_are_seen(desk: Desk) -> None:
    case = desk.filed("井盖不见了")
    Case.objects.filter(pk=case.pk).update(due_at=desk.now, amber_at=desk.now)
    assert numbers(desk.get("分拨员老赵", "/cases?colour=late")) == 1
    assert numbers(desk.get("分拨员老赵", "/cases?colour=soon")) == 0


def test_a_list_shows_only_what_its_reader_may_see(desk: Desk) -> None:
    desk.filed("一号楼下井盖松动")
    desk.filed("二号楼路灯不亮", "柳荫2栋")
    desk.dispatched("井盖不见了")
    seen = {who: numbers(desk.get(who, "/cases")) for who in ("网格员小陈", "城管小孙", "街道主任")}
    assert seen == {"网格员小陈": 2, "城管小孙": 1, "街道主任": 3}
    assert desk.browser("管理员").get("/cases").status_code == 403
    assert desk.browser("王桂英").get("/cases").status_code == 403


def test_pages_hold_all_rows_once(desk: Desk) -> None:
    desk.many(65)
    pages = [desk.get("分拨员老赵", f"/cases?open=yes&page={page}") for page in (1, 2, 3)]
    assert [numbers(page) for page in pages] == [30, 30, 5]
    assert "open=yes&amp;page=2" in pages[0]


def test_a_list_of_many_has_the_rows_of_a_list_of_few(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.many(40)
    desk.dispatched("井盖不见了")

    def rows() -> list[list[dict[str, Any]]]:
        return [
            case_page(desk.world.actor(who), Filters(open=chosen), desk.now, 2, per_page=7).rows
            for who in ("网格员小陈", "分拨员老赵", "城管小孙", "督查员老冯")
            for chosen in ("", "yes")
        ]

    few = rows()
    monkeypatch.setattr("yishi.records.queries.case_list.CAP", 20)
    assert rows() == few
    assert [len(page) for page in few] == [7, 7, 7, 7, 1, 1, 7, 7]


@pytest.mark.parametrize(
    ("filters", "index"),
    [(Filters(), "case_filed"), (Filters(open="yes"), "case_open_due")],
)
def test_a_page_of_many_is_read_in_the_order_of_an_index(
    desk: Desk, filters: Filters, index: str
) -> None:
    actor = desk.world.actor("分拨员老赵")
    found = Case.objects.filter(
        visible(actor, "case.list", each=True), filters.condition(desk.now)
    ).order_by(*order_of(filters))
    plan = found.explain()
    if connection.vendor == "sqlite":
        assert f"USING INDEX {index}" in plan
        assert "TEMP B-TREE" not in plan


def test_the_auditor_reads_the_audit_table(desk: Desk) -> None:
    person = desk.world.people["分拨员老赵"]
    note(desk.now, person, "report.read_contact", "case-1", True, "10.0.0.7", "26031234565")
    note(desk.now, None, "sign_in", "", False, "10.0.0.8")
    page = desk.get("审计员", "/audit")
    assert "10.0.0.7" in page
    assert "分拨员老赵" in page
    page = desk.get("审计员", "/audit?success=no&day=2026-03-11")
    assert "10.0.0.7" not in page
    assert "10.0.0.8" in page
    assert "10.0.0.8" not in desk.get("审计员", "/audit?login=分拨员老赵")
    for who in ("分拨员老赵", "管理员", "街道主任"):
        assert desk.browser(who).get("/audit").status_code == 403


def test_an_auditor_below_the_district_reads_what_people_of_that_place_did(desk: Desk) -> None:
    """The dispatcher serves in the sub-district, 李建国 lives there; the others do not."""
    world = desk.world
    world.appoint("街道审计员", Role.AUDITOR, "望江街道")
    person = world.people["李建国"]
    person.home = world.buildings["柳荫1栋"]
    person.save()
    for number, who in enumerate(("分拨员老赵", "李建国", "城管小孙", "王桂英", None), 1):
        by = world.people[who] if who else None
        note(desk.now, by, f"act.{number}", address=f"10.0.0.{number}")
    part, whole = desk.get("街道审计员", "/audit"), desk.get("审计员", "/audit")
    for number, shown in enumerate((True, True, False, False, False), 1):
        assert (f"10.0.0.{number}" in part, f"10.0.0.{number}" in whole) == (shown, True)
        assert (f'value="act.{number}"' in part) == shown
    said = "这里只列在望江街道居住或任职的人的记录"
    assert (said in part, said in whole) == (True, False)
    narrowed = desk.get("街道审计员", "/audit?login=城管小孙")
    assert "10.0.0.3" not in narrowed


def test_the_audit_list_asks_the_same_for_any_length(desk: Desk) -> None:
    asked = []
    for more in (10, 190):
        for _ in range(more):
            note(desk.now, desk.world.people["分拨员老赵"], "sign_in")
        browser = desk.browser("审计员")
        browser.get("/audit")
        with CaptureQueriesContext(connection) as seen:
            browser.get("/audit")
        asked.append(len(seen))
    assert asked[0] == asked[1]
    assert asked[0] <= 12


def test_every_state_is_in_one_stage_and_every_stage_has_its_word() -> None:
    found = [state for states in STAGES.values() for state in states]
    assert sorted(found) == sorted(CaseState)
    assert list(say_stages()) == list(STAGES)
