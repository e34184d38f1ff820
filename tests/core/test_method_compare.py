"""What differs between two methods, part by part; and where a running topic may be moved."""

from dataclasses import replace
from fractions import Fraction

from tests.core.sound_method import SOUND, sound, with_stage
from yishi.core.calendar import Span, SpanKind
from yishi.core.caserules import Text
from yishi.core.method.compare import Difference, Field, Part, Way, compare, touched
from yishi.core.method.language import Entry, Procedure, StageKind
from yishi.core.method.measure import Limit
from yishi.core.place import BodyKind
from yishi.rulebook.kinds import method_of
from yishi.rulebook.shipped import shipped_bundle

METHOD = sound()
MAJOR, MINOR = METHOD.procedures


def major(**changes: object) -> Procedure:
    return replace(MAJOR, **changes)  # type: ignore[arg-type]


def test_the_same_method_does_not_differ_and_neither_does_its_next_version() -> None:
    assert compare(METHOD, METHOD) == ()
    assert compare(METHOD, sound(SOUND.replace('version = "1"', 'version = "2"'))) == ()


def test_a_changed_stage_names_its_fields_before_and_after() -> None:
    quorum = METHOD.procedures[0].stages[4].quorum
    assert quorum is not None
    higher = replace(quorum, share=Fraction(3, 4))
    changed = with_stage(
        METHOD, "resolve", quorum=higher, to={"fail": "confer", "late": "tell_dropped"}
    )
    assert compare(METHOD, changed) == (
        Difference(
            Part.STAGE,
            Way.CHANGED,
            "major",
            "resolve",
            (
                Field("to.fail", "tell_dropped", "confer"),
                Field("to.late", "", "tell_dropped"),
                Field("quorum", quorum, higher),
            ),
        ),
    )


def test_a_stage_and_an_end_are_added_and_removed() -> None:
    hearing = replace(MAJOR.stages[3], id="hearing", name=Text("听证"))
    stages = (*MAJOR.stages[:3], hearing, *MAJOR.stages[4:])
    ends = (replace(MAJOR.ends[0], name=Text("办好了")),)
    after = replace(METHOD, procedures=(major(stages=stages, ends=ends), MINOR))
    assert compare(METHOD, after) == (
        Difference(Part.STAGE, Way.ADDED, "major", "hearing"),
        Difference(Part.STAGE, Way.REMOVED, "major", "comment"),
        Difference(
            Part.END, Way.CHANGED, "major", "done", (Field("name", Text("已办成"), Text("办好了")),)
        ),
        Difference(Part.END, Way.REMOVED, "major", "dropped"),
    )


def test_where_a_procedure_begins_is_told_and_the_order_of_the_rest_is_none() -> None:
    first, second, *others = MAJOR.stages
    after = replace(METHOD, procedures=(major(stages=(second, first, *others)), MINOR))
    assert compare(METHOD, after) == (
        Difference(
            Part.PROCEDURE, Way.CHANGED, "major", "major", (Field("first", "collect", "screen"),)
        ),
    )
    turned = replace(METHOD, procedures=(major(stages=(first, *others, second)), MINOR))
    assert compare(METHOD, turned) == ()


def test_procedures_sizes_catalogue_and_rhythm() -> None:
    at_once = replace(MINOR, id="at_once", name=Text("急议"))
    urgent = replace(METHOD.sizes[1], procedure="at_once")
    after = replace(
        METHOD,
        name=Text("新小议"),
        procedures=(MAJOR, at_once),
        sizes=(METHOD.sizes[0], urgent, METHOD.sizes[2]),
        catalogue=(METHOD.catalogue[0], Entry("safety", Text("公共安全"), ())),
        rhythm=(replace(METHOD.rhythm[0], day=20),),
    )
    assert compare(METHOD, after) == (
        Difference(
            Part.METHOD,
            Way.CHANGED,
            "",
            "small",
            (Field("name", Text("小议", "Small"), Text("新小议")),),
        ),
        Difference(Part.PROCEDURE, Way.ADDED, "at_once", "at_once"),
        Difference(Part.PROCEDURE, Way.REMOVED, "minor", "minor"),
        Difference(Part.SIZE, Way.CHANGED, "", "little", (Field("procedure", "minor", "at_once"),)),
        Difference(Part.ENTRY, Way.ADDED, "", "safety"),
        Difference(Part.ENTRY, Way.REMOVED, "", "culture"),
        Difference(Part.RHYTHM, Way.CHANGED, "", "quarter", (Field("day", 10, 20),)),
    )


def test_a_stage_is_touched_by_anything_at_all() -> None:
    assert touched(MAJOR, MAJOR) == frozenset()
    changes: list[dict[str, object]] = [
        {"name": Text("投票表决")},
        {"lead": BodyKind.PARTY_COMMITTEE},
        {"limit": Limit(Span(31, SpanKind.DAY), "ours")},
        {"limit": Limit(Span(30, SpanKind.DAY), "另有依据")},
        {"rules": (Text("先到先说"),)},
        {"kind": StageKind.CONFER},
        {"to": {"fail": "comment"}},
    ]
    for change in changes:
        after = with_stage(METHOD, "resolve", **change).procedures[0]
        assert touched(MAJOR, after) == {"resolve"}


def test_what_is_new_or_gone_is_touched_and_ends_are_not() -> None:
    hearing = replace(MAJOR.stages[3], id="hearing")
    after = major(stages=(*MAJOR.stages[:3], hearing, *MAJOR.stages[4:]), ends=MAJOR.ends[:1])
    assert touched(MAJOR, after) == {"comment", "hearing"}
    assert touched(after, MAJOR) == {"comment", "hearing"}


def test_the_terms_of_a_round_differ_entry_by_entry() -> None:
    weishi = method_of(shipped_bundle("methods", "weishi"))
    course, *others = weishi.procedures
    terms = course.round
    assert terms is not None
    works, services = terms.kinds
    lower = replace(works, cap_fen=30_000_000)
    goods = replace(services, code="goods", name=Text("货物类"))
    sources = {**terms.sources, "quotes": "街道通知"}
    after = replace(terms, kinds=(lower, goods), quotes=2, sources=sources)
    changed = replace(weishi, procedures=(replace(course, round=after), *others))
    assert compare(weishi, changed) == (
        Difference(
            Part.PROCEDURE,
            Way.CHANGED,
            "talked",
            "talked",
            (
                Field("round.kinds.works", works, lower),
                Field("round.kinds.goods", None, goods),
                Field("round.kinds.services", services, None),
                Field("round.quotes", 3, 2),
                Field("round.sources.quotes", "ours：货比三家", "街道通知"),
            ),
        ),
    )


def test_a_course_that_becomes_a_round_is_told_as_a_whole() -> None:
    weishi = method_of(shipped_bundle("methods", "weishi"))
    course, *others = weishi.procedures
    plain = replace(weishi, procedures=(replace(course, round=None), *others))
    (difference,) = compare(plain, weishi)
    assert difference.fields == (Field("round", None, course.round),)
