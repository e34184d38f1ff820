"""Every fault of a method, and everything a method may say, has words."""

import ast
from dataclasses import fields
from pathlib import Path

import pytest
from django.utils.translation import override

from tests.core.sound_method import sound, with_stage
from yishi.core.method.adoption import fit
from yishi.core.method.check import check
from yishi.core.method.compare import Difference, Field, Part, Way, compare
from yishi.core.method.fault import Fault
from yishi.core.method.language import (
    ANY_KIND,
    LEADS_TO,
    End,
    Entry,
    Every,
    Fallback,
    Layer,
    Method,
    Paper,
    Publicity,
    Rhythm,
    Size,
    Stage,
    StageKind,
    Tie,
)
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.phrases.method import (
    say_edge,
    say_every,
    say_fallback,
    say_layer,
    say_paper,
    say_publicity,
    say_stage_kind,
    say_tie,
)
from yishi.phrases.method_difference import say_difference, say_field, say_fields
from yishi.phrases.method_fault import say_fault
from yishi.phrases.place import say_kind
from yishi.phrases.refusal import say_refusal

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yishi" / "core" / "method"
METHOD = sound()
BARS = ("quorum", "threshold")


def codes() -> set[str]:
    """Every code of a fault in the sources; those of a bar are put together there."""
    found = set()
    core = SOURCE.parent
    names = ("check", "order", "keeping", "adoption", "room")
    for path in (*(SOURCE / f"{name}.py" for name in names), core / "vote" / "sound.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            first: ast.expr | None = None
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fault":
                first = node.args[0]
            elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                first = node.value.elts[0]
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                first = node.value.elts[0] if node.value.elts else None
            if isinstance(first, ast.Constant):
                found.add(str(first.value))
    made = {f"{bar}_{rest}" for bar in BARS for rest in ("of_other", "below_floor")}
    return found | made | {f"vote_without_{bar}" for bar in BARS}


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_fault_has_a_sentence_with_its_stage_or_its_way(code: str) -> None:
    said = say_fault(Fault(code, "major", "resolve", ("collect", "screen"), "done"), METHOD)
    assert "代表会议表决" in said or "征集→初审" in said or "已办成" in said
    assert "%(" not in said


def test_no_code_of_a_fault_is_overlooked() -> None:
    assert len(codes()) == 57


def test_a_fault_is_one_kind_sentence() -> None:
    fault = check(with_stage(METHOD, "accept", lead=BodyKind.RESIDENTS_COMMITTEE))[0]
    assert say_fault(fault, METHOD) == (
        "议事程序“大议”：“验收”由居委会主持，实施的也是它（实施→验收）。"
        "谁实施，谁不验收：请换一家来主持。"
    )
    unknown = check(with_stage(METHOD, "talk", to={"fail": "court"}))[0]
    assert say_fault(unknown, METHOD) == (
        "议事程序“小议”：“坐下来谈”没有谈妥后要去“court”，可是没有这个环节或结局"
        "（坐下来谈→court）。可以去：坐下来谈、公布、议定了。"
    )
    with override("en"):
        missing = fit(METHOD, {kind: 1 for kind in BodyKind if kind != "property_firm"})
        assert say_fault(missing[0], METHOD) == (
            "Procedure 小议: “坐下来谈” (坐下来谈) needs Property firm, and there is none here. "
            "Enter it first, or name another body."
        )
    assert say_fault(Fault("who_knows", "major", "screen"), METHOD) == "who_knows: major screen"


def test_a_refusal_to_publish_says_the_fault() -> None:
    method = with_stage(METHOD, "resolve", quorum=None)
    said = say_refusal(Refusal("method_faulty", have=(check(method)[0], method)))
    assert (said["title"], said["have"]) == (
        "这份工作法还不能发布",
        "议事程序“大议”：“代表会议表决”（征集→初审→两委商议→征求意见→代表会议表决）"
        "没有定下多少人到会才算数。请定下到会要求。",
    )


def test_everything_a_method_may_say_has_words() -> None:
    for kind in StageKind:
        assert say_stage_kind(kind)
        assert all(say_edge(kind, edge) for edge in (*LEADS_TO[kind], *ANY_KIND))
    assert all(say_tie(one) for one in Tie)
    assert all(say_fallback(one) for one in Fallback)
    assert all(say_publicity(one) for one in Publicity)
    assert all(say_paper(one) for one in Paper)
    assert all(say_layer(one) for one in Layer)
    assert all(say_every(one, 10) for one in Every)
    assert [kind for kind in BodyKind if say_kind(kind) == kind] == []


def test_every_field_that_may_differ_has_words() -> None:
    difference = Difference(Part.STAGE, Way.CHANGED, "major", "screen")
    names = {one.name for kind in (Method, Stage, End, Entry, Size, Rhythm) for one in fields(kind)}
    told = names - {"id", "code", "version", "sha256", "valid_from", "procedures", "catalogue"}
    told -= {"sizes", "rhythm", "to"}
    bare = [one for one in told if say_field(difference, Field(one, "", ""), METHOD) == one]
    assert bare == []


def test_a_difference_is_said_with_before_and_after() -> None:
    changed = with_stage(
        METHOD, "comment", parties=(), to={"late": "tell_dropped"}, carry=BodyKind.SERVICE_CENTRE
    )
    (difference,) = compare(METHOD, changed)
    assert say_difference(difference, METHOD, changed) == "议事程序“大议”：改动环节“征求意见”"
    assert list(say_fields(difference, METHOD, changed)) == [
        "超过时限：未写明 → 公布不办的理由",
        "承办：未写明 → 党群服务中心",
        "参加：物业服务企业 → 未写明",
    ]
