"""三率: the formula, what is left out of it, and who may ask for that until when."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from tests.acts.tables import code
from tests.core.course import TERMS
from yishi.core import exclusion
from yishi.core.exclusion import ExclusionState
from yishi.core.outcome import Event
from yishi.core.rates import RateCounts, Rates, rates
from yishi.rulebook.kinds import rate_rules
from yishi.rulebook.shipped import shipped_bundle

RULES = rate_rules(shipped_bundle("rates", "standard"))
F = Fraction

TABLE = [
    # valid contacted solved | valid for satisfaction, satisfied, basically | the rates
    ((0, 0, 0, 0, 0, 0), (None, None, None, None)),
    ((1, 1, 1, 1, 1, 0), (F(1), F(1), F(1), F(1))),
    ((1, 1, 1, 1, 0, 1), (F(1), F(1), F(9, 10), F(96, 100))),
    ((4, 3, 2, 4, 1, 1), (F(3, 4), F(1, 2), F(19, 40), F(515, 1000))),
    # One rating is left out of satisfaction alone.
    ((4, 4, 2, 3, 2, 0), (F(1), F(1, 2), F(2, 3), F(37, 60))),
    # All of them are: there is no satisfaction, so no score.
    ((2, 2, 2, 0, 0, 0), (F(1), F(1), None, None)),
]


@pytest.mark.parametrize(("counted", "expected"), TABLE)
def test_the_formula(counted: tuple[int, ...], expected: tuple[Fraction | None, ...]) -> None:
    valid, contacted, solved, for_satisfaction, satisfied, basically = counted
    counts = RateCounts(valid, contacted, solved, for_satisfaction, satisfied, basically)
    assert rates(counts, RULES) == Rates(*expected)


def test_counts_of_two_places_add_up() -> None:
    both = RateCounts(2, 2, 1, 2, 1, 1)
    both.add(RateCounts(3, 1, 3, 2, 2, 0, 1, 1))
    assert both == RateCounts(5, 3, 4, 4, 3, 1, 1, 1)


RATED = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)  # a Wednesday


def asked(reason: str = "enforcement", words: str = "对处罚结果不满", **more: object) -> object:
    given = {"rated_at": RATED, "now": RATED, "appeals": True, "stands": False}
    return exclusion.ask(
        reason, words, RULES, TERMS, number="n", unit="区城市管理局", **(given | more)
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (asked(), "exclusion.asked"),
        (asked(reason="bad_luck"), "exclusion_reason_unknown"),
        (asked(words=" "), "why_missing"),
        (asked(stands=True), "exclusion_stands"),
        # Five working days from Wednesday end with Wednesday 18 March, 24:00 in Shanghai.
        (asked(now=datetime(2026, 3, 18, 15, 59, 59, tzinfo=UTC)), "exclusion.asked"),
        (asked(now=datetime(2026, 3, 18, 16, 0, tzinfo=UTC)), "appeal_too_late"),
        # Staff may still ask then.
        (asked(now=datetime(2026, 3, 18, 16, 0, tzinfo=UTC), appeals=False), "exclusion.asked"),
    ],
)
def test_asking(answer: object, expected: str) -> None:
    assert (answer.code if isinstance(answer, Event) else code(answer)) == expected


@pytest.mark.parametrize(
    ("state", "words", "expected"),
    [
        (ExclusionState.ASKED, "有执法文书", "exclusion.decided"),
        (ExclusionState.ASKED, "", "why_missing"),
        (ExclusionState.APPROVED, "再看一次", "exclusion_decided"),
        (ExclusionState.REFUSED, "再看一次", "exclusion_decided"),
    ],
)
def test_deciding(state: ExclusionState, words: str, expected: str) -> None:
    answer = exclusion.decide(True, words, state=state, reason="enforcement", number="n")
    assert (answer.code if isinstance(answer, Event) else code(answer)) == expected
