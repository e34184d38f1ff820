"""The terms of a round in words, what is wrong with one, and what differs between two."""

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from django.utils import translation

from tests.core.sound_method import with_stage
from tests.core.test_method_round import NOW, standing, without
from yishi.core.method.check import check
from yishi.core.method.compare import compare
from yishi.core.method.language import BY_PROJECT, LEADS_TO, Edge, StageKind
from yishi.core.method.measure import Count
from yishi.core.method.round import Payer, Round
from yishi.core.refusal import Refusal
from yishi.phrases.method import say_edge
from yishi.phrases.method_difference import say_fields
from yishi.phrases.method_fault import say_fault
from yishi.phrases.method_round import say_list, say_payer, say_round
from yishi.phrases.method_text import say_method
from yishi.phrases.money import say_yuan
from yishi.phrases.refusal import say_refusal
from yishi.phrases.topic_need import say_needs
from yishi.phrases.topic_passage import say_left, say_numbers
from yishi.phrases.topic_refusal import names_of
from yishi.rulebook.kinds import method_of
from yishi.rulebook.shipped import shipped_bundle

SHIPPED = method_of(shipped_bundle("methods", "weishi"))
COURSE = SHIPPED.procedures[0]
METHOD = replace(SHIPPED, procedures=(COURSE,), sizes=SHIPPED.sizes[:1])
assert COURSE.round is not None
TERMS: Round = COURSE.round


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("amount_fen", "said"),
    [
        (0, "0 元"),
        (5, "0.05 元"),
        (100, "1 元"),
        (3_000_000, "30,000 元"),
        (417_420_050, "4,174,200.50 元"),
        (-150, "-1.50 元"),
    ],
)
def test_fen_are_said_in_yuan_to_the_fen(amount_fen: int, said: str) -> None:
    assert say_yuan(amount_fen) == said


def test_the_terms_are_read_line_by_line() -> None:
    lines = list(say_round(TERMS))
    assert lines[:3] == [
        "项目种类和上限：",
        "· 工程类，每个最多用专项资金500,000 元（珠海：工程类单个项目上限）",
        "· 服务和货物类，每个最多用专项资金200,000 元（珠海：服务和货物类单个项目上限）",
    ]
    assert "· 居民自筹，属于居民自己的钱（鼓楼区：参与式预算微实事）" in lines
    assert lines[-7:] == [
        "每人申报：这一轮最多5件（自定，可由本地改定）",
        "询价比选：至少3家（我们自己定的：货比三家）",
        "多少起比选：造价5,000 元起（自定，可由本地改定）",
        "居民自建：50,000 元以内（自定，可由本地改定）",
        "一个项目的节点：最多20个节点（自定，可由本地改定）",
        "施工时去看：每人每天最多3次（自定，可由本地改定）",
        "结余退回：次年3月底（我们自己定的：次年一季度末）",
    ]
    assert "     结余退回：次年3月底（我们自己定的：次年一季度末）" in list(say_method(METHOD))
    none = list(say_round(replace(TERMS, positive=(), self_built_fen=0)))
    assert "支持做的（正面清单）：" not in none
    assert "居民自建：不可以（自定，可由本地改定）" in none


def test_every_part_of_the_terms_and_every_payer_has_words() -> None:
    bare = [one.name for one in fields(Round) if say_list(one.name) == one.name]
    assert bare == ["sources"]
    assert [say_payer(payer) for payer in Payer] == [
        "专项资金", "财政资金", "社会资金", "居民自己的钱",
    ]  # fmt: skip


def test_what_differs_between_two_rounds_is_said() -> None:
    works, services = TERMS.kinds
    lower = replace(works, cap_fen=30_000_000, source="街道通知")
    after = replace(
        TERMS,
        kinds=(lower, services),
        negative=TERMS.negative[:-1],
        quotes=2,
        sources={**TERMS.sources, "quotes": "街道通知"},
    )
    changed = replace(METHOD, procedures=(replace(COURSE, round=after),))
    (difference,) = compare(METHOD, changed)
    assert list(say_fields(difference, METHOD, changed)) == [
        "项目种类和上限：工程类，每个最多用专项资金500,000 元（珠海：工程类单个项目上限）"
        " → 工程类，每个最多用专项资金300,000 元（街道通知）",
        "不支持做的（负面清单）：把一个项目拆开来躲上限（自定，可由本地改定） → 未写明",
        "询价比选：至少3家 → 至少2家",
        "询价比选：出处：ours：货比三家 → 街道通知",
    ]


def test_what_is_wrong_with_a_round_says_what_to_do() -> None:
    (first, *_) = [
        fault for fault in check(without("screen", "discuss")) if fault.code == "round_lacks"
    ]
    assert say_fault(first, METHOD) == (
        "议事程序“恳谈议定的一轮”：一轮微实事少不了“审查”，这里没有。"
        "要有：征集、审查、商议、公示、实施、公布结果。"
    )
    (late,) = [
        fault
        for fault in check(with_stage(METHOD, "terms", to={"pass": "screen"}))
        if fault.code == "round_terms_late"
    ]
    assert "这里从“规矩公示”开始，再到“初审”" in say_fault(late, METHOD)
    (heads,) = check(with_stage(METHOD, "call", least=Count(10, "ours")))
    assert "说了别的步骤才有的“至少多少人”" in say_fault(heads, METHOD)


def test_why_a_round_leaves_a_stage_is_said_of_its_projects() -> None:
    for kind in BY_PROJECT:
        for edge in LEADS_TO[kind]:
            assert say_edge(kind, edge, by_project=True), (kind, edge)
    assert say_edge(StageKind.SCREEN, Edge.FAIL, by_project=True) == "都审过，没有一个通过"
    facts = {"going": 7, "stopped": 5}
    screen, call = COURSE.stage("screen"), COURSE.stage("call")
    assert say_left("screen", "pass", facts) == "都审过，有的通过"
    assert say_left("screen", "pass", {}) != say_left("screen", "pass", facts)
    assert say_numbers("screen", facts, screen, {}) == ["7个项目往下走，5个没有"]
    assert say_numbers("collect", {"going": 12, "stopped": 0}, call, {}) == ["收到12件申报"]


@pytest.mark.parametrize(
    ("stage", "needs"),
    [
        ("terms", ["要张贴7 天，还没有贴出来（自定，可由本地改定）"]),
        ("call", ["接受申报30 天（自定，可由本地改定）"]),
        ("screen", ["这一轮的每个项目都要走完这一步", "还要附上：会议记录"]),
        ("discuss", [
            "这一轮的每个项目都要走完这一步",
            "到会和同意的人数，一个项目一个项目算",
            "还要附上：会议记录、签到表",
        ]),
    ],
)  # fmt: skip
def test_what_a_round_still_needs(stage: str, needs: list[str]) -> None:
    found = COURSE.stage(stage)
    assert found is not None
    assert say_needs(found, standing(stage), (), NOW) == needs


def test_why_a_stage_of_a_round_is_not_ended_is_said_with_numbers() -> None:
    names = names_of(METHOD, "talked")
    waits = say_refusal(Refusal("projects_waiting", 0, 2, "project", "screen"), names)
    assert (waits["title"], waits["missing"]) == (
        "还有项目没走完这一步",
        "这一轮还有2个项目没走完。",
    )
    assert (waits["need"], waits["have"]) == ("", "")
    assert waits["next"] == "打开还没走完的项目，一个个填上结果，再结束这一步。"
    runs = say_refusal(
        Refusal("call_runs", "2026-03-31T16:00:00+00:00", "2026-03-30T01:00:00+00:00", "moment"),
        names,
    )
    assert runs["title"] == "征集还没到期"
    assert "3月31日" in runs["need"]
    scores = say_refusal(
        Refusal("scores_run", "2026-03-31T16:00:00+00:00", 2, "project", "score"), names
    )
    assert scores["title"] == "打分还没到期"
    assert "2个项目" in scores["missing"] and "3月31日" in scores["missing"]
    assert (scores["need"], scores["have"]) == ("", "")
    other = say_refusal(Refusal("done_by_project", "call", "topic.collect", "act", "call"), names)
    assert other["title"] == "这一步不是这样走的"
    assert (other["need"], other["have"]) == ("", "")
