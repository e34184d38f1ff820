"""A method's file: what it may not say, each named by file, key and the allowed keys; what is
shipped is sound and keeps the law."""

from dataclasses import replace
from datetime import date

import pytest

from tests.core.sound_method import SOUND, sound, sound_bundle, with_stages
from yishi.core.method.check import check
from yishi.core.method.keeping import keeps
from yishi.core.method.language import Edge, Method, StageKind
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.rulebook.diff import ChangeKind, Difference, diff
from yishi.rulebook.kinds import floors_of, method_of
from yishi.rulebook.kinds.methods import stage_table
from yishi.rulebook.load import Bundle, read_bundle, usable_on
from yishi.rulebook.problem import RuleFileError
from yishi.rulebook.shipped import shipped

COMMENT = tuple(stage_table(StageKind.COMMENT).fields)
VOTE = tuple(stage_table(StageKind.VOTE).fields)
KINDS = tuple(kind.value for kind in StageKind)


@pytest.mark.parametrize(
    ("change", "key", "problem", "allowed"),
    [
        (('layer = "community"', 'layer = "community"\nopen = true'), "open",
         "is not a key of this rule file",
         ("kind", "id", "version", "valid_from", "repealed_on", "source", "layer", "based_on",
          "name", "about", "rules", "catalogue", "sizes", "rhythm", "procedures")),
        (('id = "comment"', 'id = "comment"\nwho = "all"'), "procedures.1.stages.4.who",
         "is not a key of this rule file", COMMENT),
        # A key of the language, and of another kind of stage.
        (('id = "comment"', 'id = "comment"\ntie = "fails"'), "procedures.1.stages.4.tie",
         "is not a key of this rule file", COMMENT),
        (('period = { length = 7, kind = "day", source = "ours" }', ""),
         "procedures.1.stages.4.period", "is missing", COMMENT),
        (('pass = "announce"', ""), "procedures.1.stages.5.pass", "is missing", VOTE),
        (('kind = "vote"', 'kind = "ballot"'), "procedures.1.stages.5.kind",
         "is not one of the allowed values", KINDS),
        (('kind = "vote"', ""), "procedures.1.stages.5.kind", "is missing", KINDS),
        (('layer = "community"', 'layer = "law"'), "layer", "is not one of the allowed values",
         ("district", "community")),
        (('lead = "supervisory_committee"', 'lead = "watchers"'), "procedures.1.stages.8.lead",
         "is not one of the allowed values", tuple(kind.value for kind in BodyKind)),
        (('share = "2/3"', 'share = "3/2"'), "procedures.1.stages.5.quorum.share",
         "must be a share from 0 to 1 such as \"4/5\"", ()),
        (('least = { number = 2, source = "ours" }', "least = 2"), "procedures.1.stages.8.least",
         "must be a table of keys and values", ()),
        (('id = "screen"', 'id = "collect"'), "procedures.1.stages.2.id", "is there twice", ()),
        (('id = "dropped"', 'id = "confer"'), "procedures.1.ends.2.id", "is there twice", ()),
    ],
)  # fmt: skip
def test_what_a_method_may_not_say(
    change: tuple[str, str], key: str, problem: str, allowed: tuple[str, ...]
) -> None:
    assert change[0] in SOUND
    with pytest.raises(RuleFileError) as refused:
        sound(SOUND.replace(*change, 1))
    found = refused.value
    assert (found.file, found.key, found.problem, found.allowed) == (
        "methods/small.toml",
        key,
        problem,
        allowed,
    )


def test_a_stage_says_only_what_its_kind_knows() -> None:
    assert "quorum" in VOTE
    assert "quorum" not in COMMENT
    assert [kind for kind in StageKind if "objection" in stage_table(kind).fields] == [
        StageKind.NOTICE
    ]
    assert [kind for kind in StageKind if "settled" in stage_table(kind).fields] == [StageKind.MEET]
    for kind in StageKind:
        assert {"late", "exhausted", "times", "limit"} <= stage_table(kind).fields.keys()


def test_who_leads_decides_where_nobody_else_is_named() -> None:
    talk = sound().procedures[1].stages[0]
    assert talk.decides == (BodyKind.RESIDENTS_COMMITTEE,)
    assert talk.to == {Edge.PASS: "tell", Edge.FAIL: "tell"}


def test_a_method_is_refused_from_the_day_its_source_is_repealed() -> None:
    repealed = sound_bundle(
        SOUND.replace(
            "valid_from = 2026-01-01", "valid_from = 2026-01-01\nrepealed_on = 2026-07-01"
        )
    )
    assert check(method_of(repealed)) == ()
    assert usable_on(repealed, date(2026, 6, 30)) is None
    assert usable_on(repealed, date(2026, 7, 1)) == Refusal(
        "rule_repealed", date(2026, 7, 1), date(2026, 7, 1), "day", "ours"
    )


def test_a_stage_that_is_put_in_leaves_the_others_as_they_are() -> None:
    end = '{ id = "dropped", name = { zh = "不办了" }, carried_out = false },'
    more = SOUND.replace(
        end, '{ id = "early", name = { zh = "早已办好" }, carried_out = false },\n  ' + end
    )
    assert diff(sound_bundle(), sound_bundle(more)) == (
        Difference("procedures[major].ends[early].carried_out", ChangeKind.ADDED, "", "False"),
        Difference("procedures[major].ends[early].id", ChangeKind.ADDED, "", "early"),
        Difference("procedures[major].ends[early].name.zh", ChangeKind.ADDED, "", "早已办好"),
    )


METHODS = [bundle for bundle in shipped() if bundle.kind == "methods"]
LAYERS = [floors_of(bundle) for bundle in shipped() if bundle.kind in ("law", "floors")]


@pytest.mark.parametrize("bundle", METHODS, ids=lambda bundle: bundle.id)
def test_every_shipped_method_is_sound_and_keeps_the_law(bundle: Bundle) -> None:
    method: Method = method_of(bundle)
    assert check(method) == ()
    assert keeps(method, LAYERS) == ()


@pytest.mark.parametrize("bundle", METHODS, ids=lambda bundle: bundle.id)
def test_no_shipped_method_would_end_without_its_bounds(bundle: Bundle) -> None:
    unbounded = with_stages(
        method_of(bundle),
        lambda stage: replace(
            stage,
            times=None,
            to={edge: to for edge, to in stage.to.items() if edge is not Edge.EXHAUSTED},
        ),
    )
    assert "loop_unbounded" in {fault.code for fault in check(unbounded)}


def test_methods_are_read_by_their_own_kind_alone() -> None:
    with pytest.raises(RuleFileError) as refused:
        read_bundle("law", {"small.toml": SOUND.encode()})
    assert (refused.value.key, refused.value.allowed) == ("kind", ("law",))
