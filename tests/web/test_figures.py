"""A figure knows its lists: every number on the page is as long as the list it opens."""

import io
import random
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.acts.world import NOW, World
from tests.web.many import carried, done, neighbours, report_of
from tests.web.staff import at
from yishi.acts import report
from yishi.acts.case import intake, merging
from yishi.acts.door import Done
from yishi.acts.report import Words, thread
from yishi.core.case.state import CaseState
from yishi.core.figures import (
    BY_ID,
    FIGURES,
    CaseFacts,
    Dimension,
    Period,
    Slice,
    Tally,
    Which,
    belongs,
    month_days,
    period_days,
    share,
)
from yishi.core.number import make_number
from yishi.core.refusal import Refusal
from yishi.phrases.figures import say_figure, say_out_of
from yishi.records.models import Assignment, Case, Clock, Source
from yishi.records.queries import figures
from yishi.records.queries.figures import View
from yishi.records.queries.rule import in_force, today_of, zone
from yishi.web.figures_shown import Page, groups

DUE = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NO_CLOCK = {"state": CaseState.ARCHIVED}


def clocked(due: datetime | None, ended: datetime | None) -> CaseFacts:
    return CaseFacts(CaseState.HANDLING, has_clock=True, due_at=due, ended_at=ended)


@pytest.mark.parametrize(
    ("case", "on_time", "overdue"),
    [
        (clocked(DUE, DUE - SECOND), True, False),
        (clocked(DUE, DUE), False, True),
        (clocked(NOW + SECOND, None), False, False),
        (clocked(NOW, None), False, True),
        (clocked(None, None), False, False),
        (clocked(None, DUE), False, False),
        (CaseFacts(CaseState.ARCHIVED, is_imported=True, asserted=False), False, False),
        # One that stands still is not judged until it goes on.
        (replace(clocked(NOW, None), stands=True), False, False),
        # A merged case is judged by its own clock, or not at all.
        (replace(clocked(DUE, DUE - SECOND), main=CaseState.HANDLING), True, False),
        (CaseFacts(CaseState.MERGED, main=CaseState.ARCHIVED), False, False),
    ],
)
def test_on_time_and_overdue_by_our_clocks(case: CaseFacts, on_time: bool, overdue: bool) -> None:
    assert belongs(Which.ON_TIME, case, NOW) is on_time
    assert belongs(Which.OVERDUE, case, NOW) is overdue
    assert belongs(Which.TIMED, case, NOW) is (on_time or overdue)


@pytest.mark.parametrize(
    ("state", "settled"),
    [
        (CaseState.CHECKING, False),
        (CaseState.SETTLED, True),
        (CaseState.ANSWERED, True),
        (CaseState.REDO, False),
        (CaseState.ARCHIVED, True),
        (CaseState.REFUSED, False),
    ],
)
def test_settled_is_past_settling(state: CaseState, settled: bool) -> None:
    assert belongs(Which.SETTLED, CaseFacts(state), NOW) is settled
    merged = CaseFacts(CaseState.MERGED, main=state)
    assert belongs(Which.SETTLED, merged, NOW) is settled
    assert belongs(Which.OPEN, merged, NOW) is state.is_open


@pytest.mark.parametrize("state", [CaseState.WITHDRAWN, CaseState.REFUSED])
def test_what_was_withdrawn_or_refused_is_neither_settled_nor_open(state: CaseState) -> None:
    case = CaseFacts(state)
    assert belongs(Which.WITHDRAWN, case, NOW) is (state == CaseState.WITHDRAWN)
    assert not belongs(Which.SETTLED, case, NOW)
    assert not belongs(Which.OPEN, case, NOW)


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period.ALL, (None, None)),
        (Period.THIS_MONTH, (date(2026, 1, 1), None)),
        (Period.LAST_MONTH, (date(2025, 12, 1), date(2026, 1, 1))),
        (Period.THIS_YEAR, (date(2026, 1, 1), None)),
        (Period.LAST_YEAR, (date(2025, 1, 1), date(2026, 1, 1))),
    ],
)
def test_periods_seen_from_january(period: Period, days: tuple[date | None, date | None]) -> None:
    assert period_days(period, date(2026, 1, 31)) == days


def test_small_sums() -> None:
    assert month_days("2026-12") == (date(2026, 12, 1), date(2027, 1, 1))
    assert [month_days(words) for words in ("", "2026-13", "2026-1", "x026-01")] == [None] * 4
    assert [share(6236, 6952), share(1, 2), share(0, 0), share(1, 3)] == [897, 500, 0, 333]
    assert Tally().mean_hours() is None
    assert Tally(handled=2, handled_seconds=10_800).mean_hours() == 1.5
    assert all(say_figure(figure.id) for figure in FIGURES)
    assert all(bool(say_out_of(figure.id)) == bool(figure.of) for figure in FIGURES)


def scatter(world: World, count: int, seed: int = 1) -> dict[str, CaseFacts]:
    """Random cases over a year, places, units, items and channels; uid → what decides figures."""
    chance = random.Random(seed)
    rules = in_force(world.places["清河区"], today_of(NOW)).row
    bodies = [*world.bodies.values(), None]
    facts = {}
    for index in range(count):
        filed = NOW - timedelta(minutes=chance.randrange(400 * 24 * 60))
        imported = chance.random() < 0.3
        state = CaseState.ARCHIVED if imported else chance.choice(list(CaseState))
        case = Case.objects.create(
            uid=world.uid(),
            number=make_number(today_of(filed), index),
            state=state,
            nature="complaint",
            place=chance.choice(list(world.places.values())),
            lead=chance.choice(bodies),
            item=chance.choice(["", "D0", "D1", "D2"]),
            item_title="井盖",
            channel=chance.choice(["web", "grid", "unknown"]),
            rules=rules,
            filed_at=filed,
            is_open=state.is_open,
            is_imported=imported,
        )
        asserted = chance.choice([True, False, None]) if imported else None
        due = ended = None
        has_clock = False
        if imported:
            Source.objects.create(
                source="s", their_id=str(index), case=case, asserted_on_time=asserted
            )
        elif chance.random() < 0.8:
            has_clock, due, ended = clocks(world, case, chance)
        stands = Clock.objects.filter(case=case, state="paused", assignment__is_lead=True).exists()
        facts[case.uid] = CaseFacts(state, imported, asserted, has_clock, due, ended, stands)
    return facts | merged_ones(facts, chance)


def merged_ones(facts: dict[str, CaseFacts], chance: random.Random) -> dict[str, CaseFacts]:
    """Every case in the state of a merged one gets a main case, of another place and unit."""
    mains = list(Case.objects.exclude(state="merged").order_by("id"))
    found = {}
    for case in Case.objects.filter(state="merged").order_by("id"):
        case.main = chance.choice(mains)
        case.save(update_fields=["main"])
        found[case.uid] = replace(facts[case.uid], main=CaseState(case.main.state))
    return found


def clocks(
    world: World, case: Case, chance: random.Random
) -> tuple[bool, datetime | None, datetime | None]:
    """A lead and a co-handler, each with a handling clock; only the lead's counts."""
    due = chance.choice([None, case.filed_at + timedelta(days=3), NOW + timedelta(days=9)])
    ended = chance.choice([None, due, case.filed_at + timedelta(days=chance.randrange(6))])
    running = chance.choice(["running", "running", "paused"])
    state = "stopped" if chance.random() < 0.1 else "done" if ended else running
    units = list(world.bodies.values())
    for lead, unit in ((True, units[0]), (False, units[1])):
        work = Assignment.objects.create(
            uid=world.uid(), case=case, unit=unit, is_lead=lead, dispatched_at=case.filed_at
        )
        for kind in ("handle", "sign"):
            Clock.objects.create(
                uid=world.uid(),
                case=case,
                assignment=work,
                kind=kind,
                state=state if lead else "done",
                started_at=case.filed_at,
                span_length=3,
                span_kind="day",
                due_at=due,
                rules=case.rules,
                ended_at=ended,
            )
    return state != "stopped", due, ended


def seen(world: World, part: Slice, who: str = "街道主任") -> View:
    view = figures.look(world.actor(who), part)
    assert isinstance(view, View), view
    return view


def test_every_figure_is_as_long_as_its_list_for_every_filter(world: World) -> None:
    facts = scatter(world, 120)
    street, water = world.places["望江街道"].uid, world.bodies["区水务公司"].uid
    filters = [
        Slice(),
        Slice(place=world.places["柳荫社区"].uid),
        Slice(unit=water),
        Slice(unit="none"),
        Slice(item="D1"),
        Slice(item="none"),
        Slice(channel="web"),
        Slice(month="2026-02"),
        Slice(place=street, unit=water),
        Slice(place=street, channel="grid", item="D2"),
        Slice(unit=water, month="2026-01", channel="web"),
        *(Slice(*period_days(period, today_of(NOW))) for period in Period),
    ]
    for part in filters:
        view = seen(world, part)
        total = figures.count(view, NOW).total
        within = set(figures.cases_of(view, Which.RECEIVED, NOW).values_list("uid", flat=True))
        for which in Which:
            listed = set(figures.cases_of(view, which, NOW).values_list("uid", flat=True))
            assert total.count(which) == len(listed), (part, which)
            assert listed == {uid for uid in within if belongs(which, facts[uid], NOW)}


def test_every_comparison_sums_to_the_whole_and_opens_its_lists(world: World) -> None:
    scatter(world, 80, seed=2)
    for who in ("街道主任", "督查员老冯", "社区小周"):
        part = Slice()
        view = seen(world, part, who)
        counts = figures.count(view, NOW)
        page = Page({}, part, view, counts, {})
        for dimension in Dimension:
            lines = groups(page, dimension)
            assert sum(line.tally.received for line in lines) == counts.total.received
            for line in (line for line in lines if line.key):
                deeper = seen(world, Slice(**{dimension.value: line.key}), who)
                for figure in FIGURES:
                    listed = figures.cases_of(deeper, figure.counts, NOW).count()
                    assert listed == line.tally.count(figure.counts), (dimension, line, figure)


def test_a_group_counts_its_residents_and_its_clocks_once(world: World) -> None:
    first, given, fresh, gone = neighbours(world, 4)
    zhao, duty = world.ask("分拨员老赵"), world.duties["楼道堆物"].uid
    for case in (first, given):
        done(intake.dispatch(world.ask("分拨员老赵"), case.uid, duty))
    for answer in merging.merge(zhao, first.uid, [given.uid, fresh.uid]):
        done(answer)
    own = report_of(world, "住户4")
    done(thread.withdraw(world.ask("住户4"), own.uid, gone.uid))
    counts = figures.count(seen(world, Slice()), NOW).total
    assert (counts.received, counts.open, counts.merged, counts.withdrawn) == (4, 3, 2, 1)
    first.refresh_from_db()
    carried(world, first, NOW + timedelta(hours=1))
    view = seen(world, Slice(unit=world.bodies["柳荫社区居委会"].uid))
    counts = figures.count(view, NOW + timedelta(hours=1)).total
    # All three are settled; two of them had a clock of their own, and each was met.
    assert (counts.received, counts.settled, counts.on_time, counts.overdue) == (3, 3, 2, 0)
    for which in Which:
        listed = figures.cases_of(view, which, NOW + timedelta(hours=1)).count()
        assert counts.count(which) == listed, which


def test_the_average_handling_time_is_of_the_lead_clocks_that_ended(world: World) -> None:
    facts = scatter(world, 60, seed=3)
    view = seen(world, Slice())
    listed = figures.cases_of(view, Which.HANDLED, NOW).values_list("uid", "filed_at")
    hours = [
        (ended - filed).total_seconds() / 3600
        for uid, filed in listed
        if (ended := facts[uid].ended_at) is not None
    ]
    assert len(hours) > 5
    mean = figures.count(view, NOW).total.mean_hours()
    assert mean == pytest.approx(sum(hours) / len(hours), abs=0.01)


def test_the_reader_sees_their_own_place_only(world: World) -> None:
    scatter(world, 60, seed=4)
    own = {world.places["柳荫社区"].id}
    view = seen(world, Slice(), "社区小周")
    places = set(figures.cases_of(view, Which.RECEIVED, NOW).values_list("place_id", flat=True))
    assert places == own
    elsewhere = figures.look(world.actor("社区小周"), Slice(place=world.places["石桥社区"].uid))
    assert elsewhere == Refusal("not_found", have="place")
    assert figures.look(world.actor("社区小周"), Slice(month="2026-00")) == Refusal(
        "month_wrong", have="2026-00"
    )
    nobody = seen(world, Slice(), "王桂英")
    assert figures.count(nobody, NOW).total == Tally()


def test_a_month_is_the_month_of_our_clock(world: World) -> None:
    scatter(world, 1)
    Case.objects.update(filed_at=datetime(2026, 1, 31, 16, 0, tzinfo=UTC))
    months = figures.count(seen(world, Slice(), "督查员老冯"), NOW).groups[Dimension.MONTH]
    assert list(months) == ["2026-02"]
    assert datetime(2026, 1, 31, 16, 0, tzinfo=UTC).astimezone(zone()).month == 2


@pytest.fixture
def leader(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser of the leader, within one minute: figures are counted again in the next."""
    at(monkeypatch)
    client.force_login(
        world.people["街道主任"], backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_the_numbers_on_the_page_open_lists_of_that_length(world: World, leader: Client) -> None:
    scatter(world, 90, seed=5)
    page = leader.get("/figures").content.decode()
    links = set(re.findall(r'href="(/figures/list\?[^"]+)">(\d+)', page))
    assert len(links) > 40
    for href, number in sorted(links)[::3]:
        answer = leader.get(href.replace("&amp;", "&"))
        assert answer.context["count"] == int(number), href


def test_statements_stay_the_same_for_ten_cases_and_many(
    world: World,
    leader: Client,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[list[object]]],
) -> None:
    addresses = ("/figures", "/figures/by/unit", "/figures/list?figure=received")
    leader.get("/figures")
    few: list[int] = []
    for count, seed in ((10, 6), (200, 7)):
        Source.objects.all().delete()
        Clock.objects.all().delete()
        Assignment.objects.all().delete()
        Case.objects.all().delete()
        scatter(world, count, seed)
        caches["local"].clear()
        made = []
        for address in addresses:
            with django_assert_max_num_queries(12) as statements:
                assert leader.get(address).status_code == 200
            made.append(len(statements))
        few = few or made
        assert made == few


def test_the_list_is_paged_and_can_be_taken_away(world: World, leader: Client) -> None:
    scatter(world, 150, seed=8)
    Case.objects.update(item_title='=HYPERLINK("http://x")')
    first = leader.get("/figures/list?figure=received")
    total = first.context["count"]
    assert total > 50
    assert len(first.context["table"]["rows"]) == 50
    pages = -(-total // 50)
    assert first.context["pager"]["pages"] == pages
    past = leader.get("/figures/list?figure=received&page=99").context
    assert (past["pager"]["page"], len(past["table"]["rows"])) == (pages, total - (pages - 1) * 50)
    answer = leader.get("/figures/list.xlsx?figure=received")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="received-')
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert len(rows) == total + 1
    assert rows[1][1] == '=HYPERLINK("http://x")'


def test_a_comparison_past_its_end_shows_its_last_page(world: World, leader: Client) -> None:
    scatter(world, 30, seed=10)
    whole = leader.get("/figures/by/item").context
    past = leader.get("/figures/by/item?page=99").context
    assert (past["pager"]["page"], past["pager"]["pages"]) == (1, 1)
    assert past["table"]["rows"] == whole["table"]["rows"] != []


def test_a_workbook_is_bounded_and_says_so(
    world: World, leader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scatter(world, 40, seed=9)
    monkeypatch.setattr("yishi.web.figures.ROWS_MAX", 10)
    page = leader.get("/figures/list?figure=received")
    assert page.context["too_many"] == 10
    answer = leader.get("/figures/list.xlsx?figure=received")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert len(rows) == 12
    assert str(page.context["count"]) in rows[-1][0]


def test_what_is_remembered_ends_with_the_next_entry(world: World) -> None:
    scatter(world, 5)
    actor = world.actor("督查员老冯")
    view = seen(world, Slice(), "督查员老冯")
    assert figures.counted(actor, Slice(), view, NOW).total.received == 5
    Case.objects.all().update(is_open=False)
    filed = report.file(world.ask("王桂英"), Words("井盖没了", place=world.places["柳荫社区"].uid))
    assert isinstance(filed, Done)
    fresh = figures.counted(actor, Slice(), view, NOW).total
    assert (fresh.received, fresh.open) == (6, 1)
    assert figures.counted(actor, Slice(), view, NOW).total == fresh


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/figures/list", 404),
        ("/figures/list?figure=x", 404),
        ("/figures/list?figure=received&part=of", 200),
        ("/figures?place=x", 404),
        ("/figures?unit=x", 404),
        ("/figures?month=2026-13", 422),
        ("/figures?period=x", 200),
        ("/figures/by/person", 404),
        ("/figures/list.xlsx?figure=x", 404),
        ("/figures/by/item?page=99", 200),
    ],
)
def test_an_address_that_asks_for_nothing_we_have(
    leader: Client, address: str, status: int
) -> None:
    assert leader.get(address).status_code == status


def test_those_without_a_place_to_answer_for_see_no_figures(world: World, client: Client) -> None:
    assert client.get("/figures").status_code == 302
    for who in ("王桂英", "城管小孙", "管理员", "网格员小陈"):
        client.force_login(world.people[who], backend="django.contrib.auth.backends.ModelBackend")
        for address in ("/figures", "/figures/list?figure=received", "/figures/by/unit"):
            assert client.get(address).status_code == 403


def test_each_figure_stands_once() -> None:
    assert len(BY_ID) == len(FIGURES) == 11
