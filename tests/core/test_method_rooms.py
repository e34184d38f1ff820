"""What the rooms of a method have to say: each planted fault, one small change away from a sound
method, is named by its code, its stage and what is allowed; and a difference in a room is told."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.core.sound_method import sound, with_stage
from yishi.core.calendar import Span, SpanKind
from yishi.core.method.adoption import fit
from yishi.core.method.check import check
from yishi.core.method.compare import Field, compare
from yishi.core.method.language import Choose, Method, StageKind, Unit, Voting
from yishi.core.method.measure import Bar, Count, Limit, Of
from yishi.core.place import BodyKind

METHOD = sound()
SEVEN = Limit(Span(7, SpanKind.DAY), "ours")
FORTY = Limit(Span(40, SpanKind.DAY), "ours")
BY_ROLL = Voting(Unit.DELEGATE, ("paper", "online"), True, Choose.EACH, SEVEN, SEVEN)
THIRDS = Bar(Fraction(2, 3), Of.SEATS, False, "民法典 278")


def test_a_vote_by_roll_is_sound() -> None:
    assert check(with_stage(METHOD, "resolve", voting=BY_ROLL)) == ()


PLANTED: list[tuple[str, str, dict[str, Any], str, object, tuple[object, ...]]] = [
    ("open longer than the stage may take", "resolve",
     {"voting": replace(BY_ROLL, period=FORTY)}, "period_longer", FORTY,
     (Limit(Span(30, SpanKind.DAY), "ours"),)),
    ("the roll is on view longer than the stage may take", "resolve",
     {"voting": replace(BY_ROLL, roll=FORTY)}, "period_longer", FORTY,
     (Limit(Span(30, SpanKind.DAY), "ours"),)),
    ("no way to vote", "resolve", {"voting": replace(BY_ROLL, ways=())}, "voting_ways_missing",
     None, ("online", "paper", "door", "hands")),
    ("secret by a show of hands", "resolve", {"voting": replace(BY_ROLL, ways=("hands", "paper"))},
     "voting_secret_hands", "hands", ("paper",)),
    ("owners in another body", "resolve",
     {"voting": replace(BY_ROLL, unit=Unit.OWNER, secret=False)}, "voting_owner_body",
     (BodyKind.REPRESENTATIVES,), (BodyKind.OWNERS_ASSEMBLY,)),
    ("by roll without a threshold", "resolve", {"voting": BY_ROLL, "threshold": None},
     "vote_without_threshold", None, ("threshold",)),
    ("a roll where nothing is voted on", "confer", {"voting": BY_ROLL}, "key_misplaced", "voting",
     ("vote",)),
    ("called back where nothing is accepted", "work", {"calls": Count(3, "ours")}, "key_misplaced",
     "calls", ("accept",)),
    ("carried to the doors where nothing hangs out", "confer", {"doors": True}, "key_misplaced",
     "doors", ("comment", "notice")),
    ("rules agreed first where people only come together", "talk", {"rules_first": True},
     "key_misplaced", "rules_first", ("confer",)),
    ("looked on where nothing is done", "confer", {"watch": (BodyKind.SUPERVISORY_COMMITTEE,)},
     "key_misplaced", "watch", ("carry_out",)),
    ("a notice without a period", "announce", {"period": None}, "period_missing", None,
     ("period",)),
    ("a conference of a form it cannot have", "confer", {"form": "appraisal"}, "form_unknown",
     "appraisal", ("deliberation", "joint", "assembly")),
    ("a hearing that hears one side", "talk", {"form": "hearing"}, "hearing_one_sided", 1, (2,)),
    ("a consultation that settles", "talk",
     {"form": "consultation", "to": {"settled": "tell"}}, "form_decides", "consultation", ()),
    ("who does the work looks on", "work", {"watch": (BodyKind.RESIDENTS_COMMITTEE,)},
     "watched_by_doer", BodyKind.RESIDENTS_COMMITTEE, ()),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "changes", "code", "have", "allowed"),
                         [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])  # fmt: skip
def test_a_planted_fault_is_named(
    stage: str, changes: dict[str, Any], code: str, have: object, allowed: tuple[object, ...]
) -> None:
    (fault,) = check(with_stage(METHOD, stage, **changes))
    assert (fault.code, fault.stage, fault.have, fault.allowed) == (code, stage, have, allowed)


def text(method: Method) -> Method:
    """The larger procedure settles a charter."""
    major, minor = method.procedures
    return replace(method, procedures=(replace(major, text="charter"), minor))


def test_a_text_is_voted_on_before_it_is_in_force() -> None:
    assert check(text(METHOD)) == ()
    hands = with_stage(METHOD, "confer", to={"pass": "announce"})
    assert [(fault.code, fault.stage) for fault in check(text(hands))] == [
        ("stage_unreached", "comment"),
        ("text_unvoted", "done"),
    ]


def test_a_text_that_is_never_in_force() -> None:
    major, minor = text(METHOD).procedures
    ends = tuple(replace(end, carried_out=False) for end in major.ends)
    never = replace(METHOD, procedures=(replace(major, ends=ends), minor))
    assert [(fault.code, fault.stage) for fault in check(never)] == [
        ("text_not_adopted", "collect")
    ]


def test_adopting_a_text_is_doing_it() -> None:
    """Without anything to carry out the charter is in force; any other matter would not be done."""
    major, minor = METHOD.procedures
    without = tuple(one for one in major.stages if one.id not in ("work", "accept"))
    short = replace(METHOD, procedures=(replace(major, stages=without), minor))
    short = with_stage(short, "announce", to={"pass": "tell_done"})
    assert [fault.code for fault in check(short)] == ["end_not_carried_out"]
    assert check(text(short)) == ()


def test_what_only_advises_has_not_decided() -> None:
    """A consultation before the work is no decision to do it."""
    major, minor = METHOD.procedures
    heard = replace(METHOD, procedures=(major, minor))
    assert check(heard) == ()
    advised = with_stage(heard, "confer", form="joint", to={"pass": "work"})
    codes = [fault.code for fault in check(advised)]
    assert "carried_undecided" not in codes
    met = tuple(
        replace(one, kind=StageKind.MEET, form="consultation", to={**one.to}) if one.id == "confer"
        else one
        for one in advised.procedures[0].stages
    )  # fmt: skip
    only = replace(METHOD, procedures=(replace(major, stages=met), minor))
    assert "carried_undecided" in [fault.code for fault in check(only)]


def test_agreeing_the_rules_of_choosing_has_chosen_nothing() -> None:
    """Works may follow a conference that decides, not one that only agrees how to decide."""
    talked = with_stage(METHOD, "confer", to={"pass": "work"})
    assert "carried_undecided" not in [fault.code for fault in check(talked)]
    ruled = with_stage(talked, "confer", rules_first=True)
    assert "carried_undecided" in [fault.code for fault in check(ruled)]


def test_how_a_vote_differs_is_told_part_by_part() -> None:
    old = with_stage(METHOD, "resolve", voting=BY_ROLL)
    new = with_stage(METHOD, "resolve", voting=replace(BY_ROLL, secret=False, ways=("hands",)))
    (difference,) = compare(old, new)
    assert difference.fields == (
        Field("voting.ways", ("paper", "online"), ("hands",)),
        Field("voting.secret", True, False),
    )
    (difference,) = compare(METHOD, old)
    assert difference.fields == (Field("voting", None, BY_ROLL),)


def test_who_looks_on_who_is_called_and_the_doors_differ() -> None:
    watched = with_stage(METHOD, "work", watch=(BodyKind.SUPERVISORY_COMMITTEE,))
    called = with_stage(watched, "accept", calls=Count(3, "ours"))
    carried = with_stage(called, "announce", doors=True)
    assert [(one.id, one.fields[0].name) for one in compare(METHOD, carried)] == [
        ("announce", "doors"),
        ("work", "watch"),
        ("accept", "calls"),
    ]
    assert [one.fields[0].name for one in compare(METHOD, text(METHOD))] == ["text"]


SEATS = {
    BodyKind.RESIDENTS_COMMITTEE: 7,
    BodyKind.PARTY_COMMITTEE: 5,
    BodyKind.REPRESENTATIVES: 0,
    BodyKind.SUPERVISORY_COMMITTEE: 3,
    BodyKind.PROPERTY_FIRM: 1,
}


def test_a_roll_of_households_needs_no_seats_and_one_of_delegates_does() -> None:
    by_household = with_stage(METHOD, "resolve", voting=replace(BY_ROLL, unit=Unit.HOUSEHOLD))
    assert fit(by_household, SEATS) == ()
    by_delegate = with_stage(METHOD, "resolve", voting=BY_ROLL)
    assert [(fault.code, fault.have) for fault in fit(by_delegate, SEATS)] == [
        ("seat_empty", BodyKind.REPRESENTATIVES)
    ]


def test_who_looks_on_has_to_be_there_or_the_work_never_ends() -> None:
    watched = with_stage(METHOD, "work", watch=(BodyKind.VOLUNTEERS,))
    seats = {**SEATS, BodyKind.REPRESENTATIVES: 30}
    assert [(fault.code, fault.stage, fault.have) for fault in fit(watched, seats)] == [
        ("body_missing", "work", BodyKind.VOLUNTEERS)
    ]
    assert fit(watched, {**seats, BodyKind.VOLUNTEERS: 1}) == ()
