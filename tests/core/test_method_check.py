"""What the checker proves: each planted fault, one small change away from a sound method, is
named by its code, its stage and the way there."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.core.sound_method import sound, with_stage
from yishi.core.calendar import Span, SpanKind
from yishi.core.caserules import Text
from yishi.core.method.adoption import fit, may_lack
from yishi.core.method.check import check
from yishi.core.method.fault import Fault
from yishi.core.method.floors import BodyFloor, Floors
from yishi.core.method.graph import cycles
from yishi.core.method.keeping import is_as_strict, keeps
from yishi.core.method.language import Edge, End, Layer, Method, Procedure
from yishi.core.method.measure import Bar, Count, Limit, Of
from yishi.core.place import BodyKind

METHOD = sound()
SCREENED = ("collect", "screen")
VOTED = (*SCREENED, "confer", "comment", "resolve")
WORKED = (*VOTED, "announce", "work")
MAJOR_IDS = (*WORKED, "accept", "tell_done", "tell_dropped", "done", "dropped")
HALF = Bar(Fraction(1, 2), Of.PRESENT, False, "ours")
ALL = Bar(Fraction(1), Of.PRESENT, True, "ours")
PRESENT = Bar(Fraction(2, 3), Of.PRESENT, False, "ours")
TWENTY_DAYS = Limit(Span(20, SpanKind.DAY), "ours")
FIFTEEN_DAYS = Limit(Span(15, SpanKind.DAY), "ours")
FOUR = Count(4, "ours")


def test_a_sound_method_has_no_fault() -> None:
    assert check(METHOD) == ()


PLANTED = [
    (
        "it leads to a stage nobody wrote",
        with_stage(METHOD, "screen", to={"pass": "meeting"}),
        Fault(
            "target_unknown", "major", "screen", (*SCREENED, "meeting"), ("pass", "meeting"),
            MAJOR_IDS,
        ),
    ),
    (
        "no way leads to a stage",
        with_stage(METHOD, "accept", to={"pass": "tell_dropped", "fail": "resolve"}),
        Fault("stage_unreached", "major", "tell_done", ("tell_done",)),
    ),
    (
        "it ends without a word",
        with_stage(METHOD, "screen", to={"fail": "dropped"}),
        Fault(
            "end_unpublished", "major", "screen", (*SCREENED, "dropped"), ("screen", "fail"),
            ("tell_done", "tell_dropped"),
        ),
    ),
    (
        "lateness lets it end before it is published",
        with_stage(METHOD, "tell_dropped", to={"late": "dropped"}),
        Fault(
            "end_unpublished", "major", "tell_dropped", (*SCREENED, "tell_dropped", "dropped"),
            ("publish", "late"), ("tell_done", "tell_dropped"),
        ),
    ),
    (
        "it goes round for ever",
        with_stage(METHOD, "confer", to={"fail": "screen"}),
        Fault(
            "loop_unbounded", "major", "screen", ("screen", "confer", "screen"), None,
            ("screen", "confer"),
        ),
    ),
    (
        "it stays where it is for ever",
        with_stage(METHOD, "comment", to={"late": "comment"}),
        Fault("loop_unbounded", "major", "comment", ("comment", "comment"), None, ("comment",)),
    ),
    (
        "where the times are used up it comes back",
        with_stage(METHOD, "resolve", to={"exhausted": "comment"}),
        Fault("exhausted_returns", "major", "resolve", ("resolve", "comment", "resolve")),
    ),
    (
        "so often, and then?",
        with_stage(METHOD, "resolve", to={"exhausted": None}),
        Fault("exhausted_missing", "major", "resolve", VOTED, 4, ("exhausted",)),
    ),
    (
        "used up after how often?",
        with_stage(METHOD, "comment", to={"exhausted": "tell_dropped"}),
        Fault("times_missing", "major", "comment", VOTED[:-1], "tell_dropped", ("times",)),
    ),
    (
        "no limit and no word why",
        with_stage(METHOD, "talk", unlimited=None),
        Fault("limit_missing", "minor", "talk", ("talk",), None, ("limit", "unlimited")),
    ),
    (
        "a limit, and a word why there is none",
        with_stage(METHOD, "comment", unlimited=Text("慢慢来")),
        Fault(
            "limit_and_none", "major", "comment", VOTED[:-1], FIFTEEN_DAYS, ("limit", "unlimited"),
        ),
    ),
    (
        "late without a limit",
        with_stage(METHOD, "talk", to={"late": "tell"}),
        Fault("late_without_limit", "minor", "talk", ("talk",), "tell", ("limit",)),
    ),
    (
        "a vote of however many come",
        with_stage(METHOD, "resolve", quorum=None),
        Fault("vote_without_quorum", "major", "resolve", VOTED, None, ("quorum",)),
    ),
    (
        "a vote that nothing passes",
        with_stage(METHOD, "resolve", threshold=None),
        Fault("vote_without_threshold", "major", "resolve", VOTED, None, ("threshold",)),
    ),
    (
        "more than all of them",
        with_stage(METHOD, "resolve", threshold=ALL),
        Fault("bar_empty", "major", "resolve", VOTED, ALL),
    ),
    (
        "two thirds of those who came have to come",
        with_stage(METHOD, "resolve", quorum=PRESENT),
        Fault("quorum_of_present", "major", "resolve", VOTED, PRESENT, ("seats",)),
    ),
    (
        "a notice that outlasts its limit",
        with_stage(METHOD, "comment", period=TWENTY_DAYS),
        Fault("period_longer", "major", "comment", VOTED[:-1], TWENTY_DAYS, (FIFTEEN_DAYS,)),
    ),
    (
        "who observes votes",
        with_stage(METHOD, "resolve", observers=(BodyKind.REPRESENTATIVES,)),
        Fault("observer_decides", "major", "resolve", VOTED, BodyKind.REPRESENTATIVES),
    ),
    (
        "whether it is good or not",
        with_stage(METHOD, "accept", to={"fail": "tell_done"}),
        Fault("verdict_ignored", "major", "accept", (*WORKED, "accept"), ("fail", "tell_done")),
    ),
    (
        "an objection that changes nothing",
        with_stage(METHOD, "announce", to={"objection": "work"}),
        Fault("verdict_ignored", "major", "announce", WORKED[:-1], ("objection", "work")),
    ),
    (
        "voted upon before anybody deliberated",
        with_stage(METHOD, "screen", to={"fail": "resolve"}),
        Fault(
            "vote_undeliberated", "major", "resolve", (*SCREENED, "resolve"), None,
            ("confer", "comment"), "practice C3",
        ),
    ),
    (
        "carried out because nobody voted in time",
        with_stage(METHOD, "resolve", to={"late": "work"}),
        Fault(
            "carried_undecided", "major", "work", (*VOTED, "work"), None, ("confer", "resolve"),
            "practice C3",
        ),
    ),
    (
        "carried out though they did not agree",
        with_stage(METHOD, "confer", to={"fail": "work"}),
        Fault(
            "carried_undecided", "major", "work", (*SCREENED, "confer", "work"), None,
            ("confer", "resolve"), "practice C3",
        ),
    ),
    (
        "accepted before it is done",
        with_stage(METHOD, "announce", to={"pass": "accept"}),
        Fault("accepted_undone", "major", "accept", (*WORKED[:-1], "accept"), None, ("work",)),
    ),
    (
        "who does the work accepts it",
        with_stage(METHOD, "accept", lead=BodyKind.RESIDENTS_COMMITTEE),
        Fault(
            "accepted_by_doer", "major", "accept", ("work", "accept"),
            BodyKind.RESIDENTS_COMMITTEE, (), "norms.md §1 Independence",
        ),
    ),
    (
        "what cannot be done does not come back to whoever decided",
        with_stage(METHOD, "work", to={"fail": "tell_dropped"}),
        Fault(
            "fallback_undecided", "major", "work", (*WORKED, "tell_dropped"), "tell_dropped",
            ("confer", "resolve"), "practice C4",
        ),
    ),
    (
        "done, though nothing was",
        with_stage(METHOD, "screen", to={"fail": "tell_done"}),
        Fault(
            "end_not_carried_out", "major", "done", (*SCREENED, "tell_done", "done"), None,
            ("work",),
        ),
    ),
    (
        "a size that takes a procedure nobody wrote",
        replace(METHOD, sizes=(*METHOD.sizes, replace(METHOD.sizes[0], code="urgent",
                                                      procedure="at_once"))),
        Fault("size_leads_nowhere", "at_once", "", (), "urgent", ("major", "minor")),
    ),
    (
        "a procedure nothing takes",
        replace(METHOD, sizes=METHOD.sizes[:1]),
        Fault("procedure_unchosen", "minor", "", (), "minor", ("large",)),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("method", "fault"), [row[1:] for row in PLANTED],
                         ids=[row[0] for row in PLANTED])  # fmt: skip
def test_a_planted_fault_is_named_with_its_stage_and_the_way_there(
    method: Method, fault: Fault
) -> None:
    found = check(method)
    assert found[0] == fault
    assert [other.code for other in found[1:]] == FOLLOWS.get(fault.code, [])


# What one change breaks besides: a stage cut off takes its end with it; what is accepted undone
# ends as done.
FOLLOWS = {
    "stage_unreached": ["end_unreached"],
    "accepted_undone": ["end_not_carried_out"],
}


def test_an_end_nobody_comes_to() -> None:
    major, minor = METHOD.procedures
    never = End("never", Text("从来没有"), False)
    method = replace(METHOD, procedures=(replace(major, ends=(*major.ends, never)), minor))
    assert check(method) == (Fault("end_unreached", "major", "never", ("never",)),)


def test_a_stage_nothing_leads_out_of() -> None:
    stuck = with_stage(METHOD, "tell_dropped", to={"pass": None})
    assert check(stuck) == (
        Fault("end_unreached", "major", "dropped", ("dropped",)),
        Fault(
            "no_way_out",
            "major",
            "tell_dropped",
            (*SCREENED, "tell_dropped"),
            None,
            ("done", "dropped"),
        ),
    )


def test_a_loop_is_bounded_by_any_one_of_its_stages() -> None:
    back = with_stage(METHOD, "confer", to={"fail": "screen"})
    assert check(back) != ()
    for stage in ("screen", "confer"):
        assert check(with_stage(back, stage, times=FOUR, to={"exhausted": "tell_dropped"})) == ()


def test_two_bounded_stages_may_not_send_a_topic_to_each_other() -> None:
    both = with_stage(METHOD, "work", to={"exhausted": "resolve"})
    assert check(both) == ()
    both = with_stage(both, "resolve", to={"exhausted": "work"})
    assert [(fault.code, fault.stage, fault.path) for fault in check(both)] == [
        ("exhausted_returns", "resolve", ("resolve", "work", "resolve")),
        ("carried_undecided", "work", (*VOTED, "work")),
    ]


def test_every_loop_is_found_though_they_share_a_stage() -> None:
    assert cycles({"a": ("b",), "b": ("a", "c"), "c": ("b",), "d": ("a",)}) == (
        ("a", "b", "a"),
        ("c", "b", "c"),
    )


def test_a_working_day_is_not_measured_against_days() -> None:
    working = Limit(Span(20, SpanKind.WORKING_DAY), "ours")
    assert check(with_stage(METHOD, "comment", period=working)) == ()
    hours = Limit(Span(15 * 24 + 1, SpanKind.HOUR), "ours")
    assert [fault.code for fault in check(with_stage(METHOD, "comment", period=hours))] == [
        "period_longer"
    ]
    just = Limit(Span(15 * 24, SpanKind.HOUR), "ours")
    assert check(with_stage(METHOD, "comment", period=just)) == ()


TWO_THIRDS = Bar(Fraction(2, 3), Of.SEATS, False, "居民代表会议的规定")
OVER_HALF = Bar(Fraction(1, 2), Of.PRESENT, True, "居民代表会议的规定")
FIVE_DAYS = Limit(Span(5, SpanKind.DAY), "公示的规定")
LAW = Floors(
    "law", "1", Layer.LAW, (BodyFloor(BodyKind.REPRESENTATIVES, TWO_THIRDS, OVER_HALF),), FIVE_DAYS
)


def test_a_method_keeps_what_it_equals_or_exceeds() -> None:
    assert keeps(METHOD, (LAW,)) == ()
    stricter = replace(TWO_THIRDS, share=Fraction(3, 4), source="ours")
    assert keeps(with_stage(METHOD, "resolve", quorum=stricter), (LAW,)) == ()
    assert keeps(METHOD, ()) == ()


@pytest.mark.parametrize(
    ("stage", "changes", "code", "need"),
    [
        ("resolve", {"quorum": replace(TWO_THIRDS, share=Fraction(65, 100))},
         "quorum_below_floor", TWO_THIRDS),
        ("resolve", {"quorum": None}, "quorum_below_floor", TWO_THIRDS),
        ("resolve", {"quorum": PRESENT}, "quorum_of_other", TWO_THIRDS),
        ("resolve", {"threshold": HALF}, "threshold_below_floor", OVER_HALF),
        ("resolve", {"threshold": replace(OVER_HALF, of=Of.SEATS)}, "threshold_of_other",
         OVER_HALF),
        ("announce", {"period": Limit(Span(4, SpanKind.DAY), "ours")}, "notice_below_floor",
         FIVE_DAYS),
        ("announce", {"period": Limit(Span(9, SpanKind.WORKING_DAY), "ours")},
         "notice_other_kind", FIVE_DAYS),
    ],
)  # fmt: skip
def test_what_is_below_a_floor_is_named_with_the_law(
    stage: str, changes: dict[str, object], code: str, need: Bar | Limit
) -> None:
    (have,) = changes.values()
    path = VOTED if stage == "resolve" else WORKED[:-1]
    assert keeps(with_stage(METHOD, stage, **changes), (LAW,)) == (
        Fault(code, "major", stage, path, have, (need,), need.source),
    )


@pytest.mark.parametrize(
    ("share", "more_than", "strict"),
    [
        ("1/2", False, False),
        ("1/2", True, True),
        ("51/100", False, True),
        ("49/100", True, False),
        ("500000001/1000000000", False, True),
    ],
)
def test_more_than_half_is_kept_exactly(share: str, more_than: bool, strict: bool) -> None:
    assert is_as_strict(Bar(Fraction(share), Of.PRESENT, more_than, "ours"), OVER_HALF) is strict


SEATS = {
    BodyKind.RESIDENTS_COMMITTEE: 7,
    BodyKind.PARTY_COMMITTEE: 5,
    BodyKind.REPRESENTATIVES: 40,
    BodyKind.SUPERVISORY_COMMITTEE: 3,
    BodyKind.PROPERTY_FIRM: 1,
    BodyKind.ADVISERS: 0,
}


def test_a_place_fits_where_everybody_needed_is_appointed() -> None:
    assert fit(METHOD, SEATS) == ()
    assert may_lack(METHOD, SEATS) == ()


def test_nobody_is_appointed_or_no_such_body_is_there() -> None:
    empty = {**SEATS, BodyKind.REPRESENTATIVES: 0}
    assert fit(METHOD, empty) == (
        Fault("seat_empty", "major", "resolve", VOTED, BodyKind.REPRESENTATIVES),
    )
    nobody = {body: seats for body, seats in SEATS.items() if body is not BodyKind.PROPERTY_FIRM}
    assert fit(METHOD, nobody) == (
        Fault("body_missing", "minor", "talk", ("talk",), BodyKind.PROPERTY_FIRM),
    )
    assert may_lack(METHOD, nobody) == (
        Fault("party_missing", "major", "comment", VOTED[:-1], BodyKind.PROPERTY_FIRM),
    )


def test_a_procedure_of_one_stage_is_the_smallest() -> None:
    tell = METHOD.procedures[1].stages[1]
    only = Procedure("only", Text("只公布"), (tell,), METHOD.procedures[1].ends)
    assert tell.to == {Edge.PASS: "settled"}
    size = replace(METHOD.sizes[0], procedure="only")
    assert check(replace(METHOD, procedures=(only,), sizes=(size,))) == ()
