"""Many residents on one case: each is answered, called and heard, and nobody twice."""

from dataclasses import replace

import pytest

from tests.core.test_case import NOW, STARS, TERMS, case, clock, code, yes
from yishi.core.case import closing
from yishi.core.case.merging import main_of
from yishi.core.case.now import CaseNow, ReportNow
from yishi.core.case.state import CaseState
from yishi.core.clock import ClockKind as K

S = CaseState


def group(state: CaseState, many: int = 55, **more: object) -> CaseNow:
    """A case with that many residents' reports: r1, r2, …"""
    reports = tuple(ReportNow(f"r{n}", f"{n:011}", 100 + n) for n in range(1, many + 1))
    return case(state, reports=reports, **more)


def said(held: CaseNow, report: str, **more: object) -> CaseNow:
    """The case after something was noted of one report."""
    reports = tuple(replace(r, **more) if r.uid == report else r for r in held.reports)  # type: ignore[arg-type]
    return replace(held, reports=reports)


def word(report: str, content: bool) -> closing.Rating:
    return closing.Rating(report, content, "satisfied" if content else "dissatisfied", STARS)


def test_one_answer_reaches_all_fifty_five() -> None:
    told = yes(closing.answer(group(S.SETTLED), "已换好", TERMS, NOW))
    assert len([c for c in told.changes if c.values["answer"] == "已换好"]) == 55
    assert len({n.about for n in told.notices}) == 55


def test_who_was_content_keeps_their_answer_and_is_not_asked_again() -> None:
    told = yes(closing.answer(said(group(S.SETTLED, 3), "r2", rated=True), "又换了", TERMS, NOW))
    assert [c.uid for c in told.changes] == ["r1", "r3"]
    assert [n.to for n in told.notices] == [101, 103]


def test_the_case_closes_with_the_last_word() -> None:
    held = group(S.ANSWERED, 3, clocks=(clock(K.CALL_BACK),))
    one = yes(closing.call_back(held, word("r1", True), TERMS, NOW, by_resident=True))
    assert (one.state, one.sets) == (S.ANSWERED, ())
    left = said(said(held, "r1", rated=True), "r2", attempts=3)
    last = yes(closing.call_back(left, word("r3", True), TERMS, NOW, by_resident=True))
    assert (last.state, [s.uid for s in last.sets]) == (S.CALLED_BACK, ["call_back"])


def test_one_who_is_not_content_has_it_done_again_and_those_who_wait_are_told() -> None:
    held = said(group(S.ANSWERED, 4), "r1", rated=True)
    told = yes(closing.call_back(held, word("r3", False), TERMS, NOW, by_resident=True))
    assert told.state == S.REDO
    assert [(n.template, n.to) for n in told.notices] == [
        ("case.redo", 103),
        ("case.redo_shared", 102),
        ("case.redo_shared", 104),
    ]
    # Nothing one resident said goes to another.
    assert {frozenset(n.params) for n in told.notices[1:]} == {frozenset({"number", "unit", "due"})}


@pytest.mark.parametrize(("before", "unhappy", "ordered"), [(0, 0, 0), (0, 1, 1), (1, 0, 1)])
def test_whoever_is_merged_brings_their_earlier_discontent(
    before: int, unhappy: int, ordered: int
) -> None:
    held = said(group(S.ANSWERED, 2, dissatisfied=before), "r2", unhappy=unhappy)
    told = yes(closing.call_back(held, word("r2", False), TERMS, NOW, by_resident=True))
    assert told.event.facts["ordered"] == ordered


def test_whom_to_call_next() -> None:
    held = said(said(group(S.ANSWERED, 4), "r1", attempts=1), "r3", rated=True)
    assert [r.uid for r in held.to_call(3)] == ["r2", "r4", "r1"]
    missed = yes(closing.not_reached(held, TERMS, NOW))
    assert [(c.uid, c.values["attempts"]) for c in missed.changes][1:] == [("r2", 1)]


def test_three_missed_calls_to_one_do_not_close_it_for_the_others() -> None:
    held = said(group(S.ANSWERED, 3, clocks=(clock(K.CALL_BACK),)), "r1", attempts=2)
    third = yes(closing.not_reached(held, TERMS, NOW, "r1"))
    assert (third.state, third.sets) == (S.ANSWERED, ())
    alone = said(said(held, "r2", attempts=3), "r3", rated=True)
    assert yes(closing.not_reached(alone, TERMS, NOW, "r1")).state == S.CALLED_BACK


@pytest.mark.parametrize(("report", "answer"), [("r9", "not_found"), ("r2", "already_rated")])
def test_a_call_names_somebody_who_is_waited_for(report: str, answer: str) -> None:
    held = said(group(S.ANSWERED, 3), "r2", rated=True)
    assert code(closing.not_reached(held, TERMS, NOW, report)) == answer


@pytest.mark.parametrize(
    ("cases", "main"),
    [
        ([("a", S.SUBMITTED, 0), ("b", S.HANDLING, 0), ("c", S.SIGNED, 0)], "b"),
        ([("a", S.SUBMITTED, 0), ("b", S.SUBMITTED, 0)], "a"),
        ([("a", S.FILED, 0), ("b", S.SUBMITTED, 2)], "b"),
        ([("a", S.ARCHIVED, 0), ("b", S.SUBMITTED, 0)], "b"),
    ],
)
def test_the_main_one_is_the_furthest_else_the_oldest(
    cases: list[tuple[str, CaseState, int]], main: str
) -> None:
    """Given from the oldest on: uid, state, how many are merged into it already."""
    assert main_of(cases) == main
