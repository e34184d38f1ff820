"""A figure knows its lists: every number is as long as the list it opens."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.acts.world import NOW, World
from tests.web.many import carried, done, neighbours, report_of
from tests.web.scattered import scatter
from yishi.acts import report
from yishi.acts.case import intake, merging
from yishi.acts.door import Done
from yishi.acts.report import Words, thread
from yishi.core.case.state import CaseState
from yishi.core.figures import BY_ID, FIGURES, Dimension, Slice, Which, growth, share
from yishi.core.figures_case import CaseFacts, belongs
from yishi.core.period import Grain, Period, Span, period_span, span_at
from yishi.core.refusal import Refusal
from yishi.phrases.figures import say_figure, say_out_of
from yishi.records.models import Case
from yishi.records.queries import figures
from yishi.records.queries.figures import Counts
from yishi.records.queries.figures_book import forget
from yishi.records.queries.rule import today_of, zone
from yishi.web.figures_compare import narrowing

DUE = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


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


def test_small_sums() -> None:
    assert [share(6236, 6952), share(1, 2), share(0, 0), share(1, 3)] == [897, 500, 0, 333]
    assert [growth(13, 12), growth(11, 12), growth(5, 5), growth(3, 0)] == [83, -83, 0, None]
    assert len(BY_ID) == len(FIGURES) == 26
    assert all(say_figure(figure.id) for figure in FIGURES)
    assert all(bool(say_out_of(figure.id)) == bool(figure.of) for figure in FIGURES)


def seen(world: World, part: Slice, who: str = "街道主任", now: datetime = NOW) -> Counts:
    found = figures.counted(world.actor(who), part, now)
    assert isinstance(found, Counts), found
    return found


def uids(counts: Counts, which: Which) -> list[str]:
    return [row["uid"] for row in figures.rows_of(counts.ids(which))]


def test_every_figure_is_as_long_as_its_list_for_every_filter(world: World) -> None:
    facts = scatter(world, 200, seed=5)
    street, water = world.places["望江街道"].uid, world.bodies["区水务公司"].uid
    filters = [
        Slice(),
        Slice(place=world.places["柳荫社区"].uid),
        Slice(unit=water),
        Slice(unit="none"),
        Slice(item="D1"),
        Slice(item="none"),
        Slice(item="of no case"),
        Slice(channel="web"),
        Slice(time="2026-02"),
        Slice(time="2025-Q4"),
        Slice(time="2026-W10"),
        Slice(place=street, unit=water),
        Slice(place=street, channel="grid", item="D2"),
        Slice(unit=water, time="2026-01", channel="web"),
        Slice(Span(date(2025, 12, 20), date(2026, 1, 10)), item="D1"),
        *(Slice(period_span(period, today_of(NOW))) for period in Period),
    ]
    lengths = set()
    for part in filters:
        counts = seen(world, part)
        within = set(uids(counts, Which.RECEIVED))
        for which in Which:
            listed = uids(counts, which)
            assert counts.total.count(which) == len(listed) == len(set(listed)), (part, which)
            assert set(listed) == {uid for uid in within if belongs(which, facts[uid], NOW)}, which
            pages = figures.page_of(counts, which, 1, size=7)
            assert (pages.total, [row["uid"] for row in pages.rows]) == (len(listed), listed[:7])
            lengths.add((which, bool(listed)))
    # Nothing above was true only because there was nothing.
    assert {which for which in Which if (which, True) not in lengths} == set()


@pytest.mark.parametrize("who", ["街道主任", "督查员老冯", "社区小周"])
def test_every_comparison_sums_to_the_whole_and_opens_its_lists(world: World, who: str) -> None:
    scatter(world, 80, seed=2)
    counts = seen(world, Slice(), who)
    for dimension in Dimension:
        lines = counts.lines(dimension)
        shown = lines[: len(lines)]
        assert sum(line.tally.received for line in shown) == counts.total.received
        for line in (line for line in shown if line.key):
            asked: dict[str, Any] = {narrowing(dimension): line.key}
            deeper = seen(world, Slice(**asked), who)
            for figure in FIGURES:
                for which in (figure.counts, figure.of):
                    if which is not None:
                        listed = len(deeper.ids(which))
                        assert listed == line.tally.count(which), (dimension, line.key, which)
            assert deeper.total.handling == line.tally.handling


def test_a_group_counts_its_residents_and_its_clocks_once(world: World) -> None:
    first, given, fresh, gone = neighbours(world, 4)
    zhao, duty = world.ask("分拨员老赵"), world.duties["楼道堆物"].uid
    for case in (first, given):
        done(intake.dispatch(world.ask("分拨员老赵"), case.uid, duty))
    for answer in merging.merge(zhao, first.uid, [given.uid, fresh.uid]):
        done(answer)
    own = report_of(world, "住户4")
    done(thread.withdraw(world.ask("住户4"), own.uid, gone.uid))
    counts = seen(world, Slice()).total
    expected = {W.RECEIVED: 4, W.OPEN: 3, W.MERGED: 2, W.WITHDRAWN: 1}
    assert {which: counts.count(which) for which in expected} == expected
    first.refresh_from_db()
    later = NOW + timedelta(hours=1)
    carried(world, first, later)
    counts = seen(world, Slice(unit=world.bodies["柳荫社区居委会"].uid), now=later).total
    # All three are settled; two of them had a clock of their own, and each was met.
    expected = {W.RECEIVED: 3, W.SETTLED: 3, W.ON_TIME: 2, W.OVERDUE: 0, W.COMMUNITY_LED: 3}
    assert {which: counts.count(which) for which in expected} == expected


W = Which


def test_handling_time_is_of_the_lead_clocks_that_ended(world: World) -> None:
    facts = scatter(world, 60, seed=3)
    counts = seen(world, Slice())
    took = sorted(
        (ended - row["filed_at"]).total_seconds()
        for row in figures.rows_of(counts.ids(Which.HANDLED))
        if (ended := facts[row["uid"]].ended_at) is not None
    )
    assert len(took) > 5
    found = counts.total.handling
    assert found is not None
    assert found.mean == pytest.approx(sum(took) / len(took))
    assert found.ninety == took[-(-9 * len(took) // 10) - 1]


def test_the_reader_sees_their_own_place_only(world: World) -> None:
    scatter(world, 60, seed=4)
    counts = seen(world, Slice(), "社区小周")
    places = {row["place_id"] for row in figures.rows_of(counts.ids(Which.RECEIVED))}
    assert places == {world.places["柳荫社区"].id}
    desk = world.actor("社区小周")
    elsewhere = figures.counted(desk, Slice(place=world.places["石桥社区"].uid), NOW)
    assert elsewhere == Refusal("not_found", have="place")
    assert figures.counted(desk, Slice(unit="x"), NOW) == Refusal("not_found", have="unit")
    wrong = figures.counted(desk, Slice(time="2026-00"), NOW)
    assert wrong == Refusal("period_wrong", have="2026-00")
    nobody = seen(world, Slice(), "王桂英")
    assert [nobody.total.count(which) for which in Which] == [0] * len(Which)
    assert [len(nobody.lines(dimension)) for dimension in Dimension] == [0] * len(Dimension)


def put_at(world: World, *moments: datetime) -> None:
    """One case filed at each of these moments."""
    scatter(world, len(moments))
    for case, moment in zip(Case.objects.order_by("id"), moments, strict=True):
        Case.objects.filter(pk=case.pk).update(filed_at=moment, place=world.places["柳荫社区"])
    forget()


def test_a_day_begins_at_our_midnight_and_ends_before_the_next(world: World) -> None:
    midnight = datetime(2026, 2, 28, 16, 0, tzinfo=UTC)
    assert midnight.astimezone(zone()).date() == date(2026, 3, 1)
    put_at(world, midnight - timedelta(microseconds=1), midnight, midnight + timedelta(days=1))
    march = span_at(Grain.MONTH, date(2026, 3, 1))
    assert seen(world, Slice(march)).total.received == 2
    assert seen(world, Slice(time="2026-03-01")).total.received == 1
    assert seen(world, Slice(time="2026-02")).total.received == 1
    assert seen(world, Slice(march, time="2026-02")).total.received == 0
    lines = seen(world, Slice()).lines(Dimension.MONTH)
    assert [(line.key, line.tally.received) for line in lines[:]] == [
        ("2026-02", 1),
        ("2026-03", 2),
    ]
    assert [(line.key, line.tally.received) for line in seen(world, Slice()).lines(D.DAY)[:]] == [
        ("2026-02-28", 1),
        ("2026-03-01", 1),
        ("2026-03-02", 1),
    ]


D = Dimension


def test_a_month_beside_the_month_before_and_the_year_before(world: World) -> None:
    def at(year: int, month: int, day: int) -> datetime:
        return datetime(year, month, day, 2, tzinfo=UTC)

    put_at(
        world,
        *(at(2026, 2, day) for day in (1, 14, 28)),
        *(at(2026, 1, day) for day in (1, 31)),
        at(2025, 2, 28),
        at(2024, 2, 29),
    )
    counts = seen(world, Slice(span_at(Grain.MONTH, date(2026, 2, 1))))
    assert counts.before is not None
    assert counts.year_before is not None
    received = (counts.total, counts.before.tally, counts.year_before.tally)
    assert [tally.received for tally in received] == [3, 2, 1]
    # The leap day belongs to the February it is in, and is compared with the day before it.
    leap = seen(world, Slice(span_at(Grain.MONTH, date(2025, 2, 1)))).year_before
    assert leap is not None
    assert (leap.span, leap.tally.received) == (span_at(Grain.MONTH, date(2024, 2, 1)), 1)
    day = seen(world, Slice(time="2024-02-29"))
    assert day.total.received == 1
    assert day.year_before is not None
    assert day.year_before.span == Span(date(2023, 2, 28), date(2023, 3, 1), Grain.DAY)
    assert seen(world, Slice()).before is None


def test_an_act_is_counted_at_once(world: World) -> None:
    scatter(world, 5)
    assert seen(world, Slice(), "督查员老冯").total.received == 5
    filed = report.file(world.ask("王桂英"), Words("井盖没了", place=world.places["柳荫社区"].uid))
    assert isinstance(filed, Done)
    counts = seen(world, Slice(), "督查员老冯")
    assert counts.total.received == 6
    assert filed.uid in uids(counts, Which.OPEN)
    duty = world.duties["井盖缺失"].uid
    done(intake.dispatch(world.ask("分拨员老赵"), filed.uid, duty))
    led = Slice(unit=world.bodies["区城市管理局"].uid)
    assert filed.uid in uids(seen(world, led, "督查员老冯"), Which.RECEIVED)
