"""Ballots of the projects of a round: how they are filled in and counted, and what is wrong with a
vote on projects a method describes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yishi.core.method.ballot import BallotKind, Counting, CountRule
from yishi.counting.budget.counted import Rule
from yishi.phrases.budget import say_rule


def say_ballot(kind: str) -> str:
    """How a ballot is filled in, in a few words."""
    return {
        BallotKind.APPROVAL: _("projects are chosen"),
        BallotKind.KNAPSACK: _("projects are chosen within the money"),
        BallotKind.RANKING: _("projects are put in order"),
        BallotKind.POINTS: _("points are given to projects"),
    }[BallotKind(kind)]


def say_most(kind: str, most: int) -> str:
    """How much of it there is to give; "" where there is no bound."""
    words = {
        BallotKind.APPROVAL: ngettext(
            "Choose up to %(n)s project.", "Choose up to %(n)s projects.", most
        ),
        BallotKind.KNAPSACK: ngettext(
            "Choose up to %(n)s project, as far as the money goes.",
            "Choose up to %(n)s projects, as far as the money goes.",
            most,
        ),
        BallotKind.RANKING: ngettext(
            "Put up to %(n)s project in order.",
            "Put up to %(n)s projects in order, the best first.",
            most,
        ),
        BallotKind.POINTS: ngettext(
            "Give out up to %(n)s point.", "Give out up to %(n)s points.", most
        ),
    }
    if most:
        return words[BallotKind(kind)] % {"n": most}
    if kind == BallotKind.KNAPSACK:
        return _("Choose as many as the money pays for.")
    return _("Choose as many as you like.")


def say_mark(kind: str, mark: int) -> str:
    """What a ballot says of one project it names."""
    if kind == BallotKind.RANKING:
        return _("place %(n)s") % {"n": mark}
    if kind == BallotKind.POINTS:
        return ngettext("%(n)s point", "%(n)s points", mark) % {"n": mark}
    return _("I choose it")


def say_marks(kind: str, marks: Iterable[tuple[int, int]]) -> str:
    """A ballot in words: the numbers of the projects it names, each with what it says of it."""
    pairs = sorted(marks, key=lambda one: one[1] if kind == BallotKind.RANKING else 0)
    if not pairs:
        return _("blank")
    if kind in (BallotKind.APPROVAL, BallotKind.KNAPSACK):
        return _(", ").join(str(no) for no, _mark in pairs)
    return _("; ").join(f"{no} {say_mark(kind, mark)}" for no, mark in pairs)


def say_counting(counting: Counting) -> str:
    """By which rule and version projects win."""
    said = say_rule(Rule(f"{counting.rule}/{counting.version}"))
    if counting.least is None:
        return said
    return _("%(rule)s (%(n)s)") % {"rule": said, "n": counting.least.number}


def say_count_rule(rule: str) -> str:
    """A counting rule without its version."""
    return {
        CountRule.GREEDY: _("most votes first"),
        CountRule.EQUAL_SHARES: _("equal shares"),
        CountRule.PHRAGMEN: _("sequential Phragmén"),
    }[CountRule(rule)]


def say_version(version: str) -> str:
    """A version of a counting rule."""
    return {
        "skip": _("what is too dear is passed over"),
        "no_skip": _("ends at the first that is too dear"),
        "threshold": _("from a least number of points on"),
        "plain": _("nothing is added"),
        "until_overspent": _("completed until a step would overspend"),
        "until_exhaustive": _("completed until nothing more fits"),
        "sequential": _("one after the other"),
    }.get(version, version)


def sentences() -> dict[str, str]:
    """Faults of a vote on projects: code → sentence, as `phrases.method_fault` fills it in."""
    return {
        "ballot_missing": _(
            "“%(stage)s” (%(path)s) is a vote in a round of small works and does not say how a "
            "ballot of its projects is filled in. It is by roll, and one of: %(allowed)s."
        ),
        "ballot_round": _(
            "“%(stage)s” (%(path)s) has a ballot of projects, and only a round of small works has "
            "projects. Take it out."
        ),
        "ballot_needs": _("“%(stage)s” (%(path)s) does not say: %(have)s."),
        "ballot_spare": _(
            "“%(stage)s” (%(path)s) votes on projects, where this says nothing: %(have)s. Take it "
            "out; of a tie, say that the order decides, which is drawn before."
        ),
        "ballot_rule": _(
            "In “%(stage)s” (%(path)s) ballots say more of one project than of another, and "
            "“%(have)s” asks only whether it was chosen. Count by: %(allowed)s."
        ),
        "ballot_version": _(
            "The counting rule of “%(stage)s” (%(path)s) has no version “%(have)s”. It has: "
            "%(allowed)s."
        ),
        "ballot_ways": _(
            "“%(stage)s” (%(path)s) votes on projects, and this brings no ballots to count: "
            "%(have)s. Take it out."
        ),
    }


def say_in_fault(value: str) -> str:
    """What such a fault names: a part of how it is voted, a ballot, a rule, a version."""
    named = {
        "most": _("how many, or how many points"),
        "counting": _("by which rule it is counted"),
        "least": _("the fewest points to take part"),
        "threshold": _("a threshold"),
        "choose": _("that one is chosen"),
        "each": _("each by itself"),
        "tie": _("as many votes"),
        "order": _("the order decides"),
        "owner": _("owners, by area"),
        "hands": _("a show of hands"),
        "handed": _("the city's own system"),
    }
    if value in named:
        return named[value]
    if value in tuple(BallotKind):
        return say_ballot(value)
    return say_count_rule(value) if value in tuple(CountRule) else say_version(value)
