"""The shipped law, a district's additions and the methods say what the norms say, in both
languages, and say of every number where it comes from."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from yishi.core.calendar import Span, SpanKind
from yishi.core.method.floors import hinted, matter_of
from yishi.core.method.language import (
    Competence,
    Edge,
    Fallback,
    Layer,
    Method,
    Stage,
    StageKind,
    Tie,
)
from yishi.core.method.measure import Bar, Of
from yishi.core.place import BodyKind
from yishi.rulebook.kinds import floors_of, method_of
from yishi.rulebook.load import Bundle, usable_on
from yishi.rulebook.shipped import ADOPTED, shipped, shipped_bundle

LAW = floors_of(shipped_bundle("law", "residents"))
FLOORS = floors_of(shipped_bundle("floors", "standard"))
SIYI = method_of(shipped_bundle("methods", "siyi"))
C4321 = method_of(shipped_bundle("methods", "c4321"))
DELIBERATION = [one for one in shipped() if one.kind in ("law", "floors", "methods")]
METHODS = [method_of(one) for one in DELIBERATION if one.kind == "methods"]
HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


def numbers(bar: Bar | None) -> tuple[Fraction, Of, bool] | None:
    """A bar without its source."""
    return (bar.share, bar.of, bar.more_than) if bar else None


MORE_OF_SEATS, MORE_OF_PRESENT = (HALF, Of.SEATS, True), (HALF, Of.PRESENT, True)


def test_what_a_vote_of_each_body_needs() -> None:
    assert {one.body: (numbers(one.quorum), numbers(one.threshold)) for one in LAW.bodies} == {
        BodyKind.RESIDENTS_ASSEMBLY: (MORE_OF_SEATS, MORE_OF_PRESENT),
        BodyKind.REPRESENTATIVES: ((TWO_THIRDS, Of.SEATS, False), MORE_OF_PRESENT),
        BodyKind.RESIDENTS_COMMITTEE: (None, MORE_OF_PRESENT),
        BodyKind.OWNERS_ASSEMBLY: ((TWO_THIRDS, Of.SEATS, False), MORE_OF_PRESENT),
    }
    assert (LAW.layer, LAW.notice) == (Layer.LAW, None)


def test_the_law_says_of_the_owners_that_area_and_heads_are_both_counted() -> None:
    owners = next(one for one in LAW.bodies if one.body is BodyKind.OWNERS_ASSEMBLY)
    assert owners.quorum is not None and owners.threshold is not None
    assert (owners.quorum.source, owners.threshold.source) == (
        "民法典第二百七十八条第二款：参与表决的专有部分面积与人数都要达到，两样分开各算一次",
        "民法典第二百七十八条：面积与人数都要过半；第六至八项各须四分之三以上",
    )


def test_what_the_district_adds() -> None:
    assert {one.body: (numbers(one.quorum), numbers(one.threshold)) for one in FLOORS.bodies} == {
        BodyKind.PARTY_COMMITTEE: ((HALF, Of.SEATS, False), None),
        BodyKind.PARTY_MEMBERS: ((HALF, Of.SEATS, False), MORE_OF_SEATS),
        BodyKind.RESIDENTS_COMMITTEE: (MORE_OF_SEATS, None),
        BodyKind.GROUP_LEADERS: (MORE_OF_SEATS, MORE_OF_PRESENT),
        BodyKind.DELIBERATION_COMMITTEE: (MORE_OF_SEATS, MORE_OF_PRESENT),
    }
    assert FLOORS.notice is not None
    assert FLOORS.notice.span == Span(5, SpanKind.DAY)
    assert FLOORS.notice.source.startswith("ours")
    assert FLOORS.layer is Layer.DISTRICT


def test_what_rests_on_a_repealed_or_another_law_is_marked_a_model() -> None:
    bars = [bar for one in LAW.bodies for bar in (one.quorum, one.threshold) if bar]
    sources = [*(bar.source for bar in bars), *(one.source for one in LAW.matters)]
    models = [source for source in sources if "居民委员会组织法" in source or "村民" in source]
    assert len(models) == 7
    assert all(source.startswith("参照") for source in models)


def test_law_and_floors_hold_from_the_first_day_and_a_method_is_adopted_by_a_community() -> None:
    assert {"law", "floors"} <= set(ADOPTED)
    assert "methods" not in ADOPTED
    first = [bundle for bundle in DELIBERATION if bundle.version == "1"]
    assert {usable_on(bundle, date(2026, 1, 1)) for bundle in first} == {None}
    assert {usable_on(bundle, date(2026, 11, 1)) for bundle in DELIBERATION} == {None}


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("动用维修资金修电梯", ["repair_fund"]),
        ("续筹维修资金", ["repair_fund", "repair_fund_raise"]),
        ("给6号楼加装电梯", ["rebuild"]),
        ("换物业", ["property_firm"]),
        ("楼前路灯不亮", ["city_road"]),
        ("顶楼的违建", ["illegal_building"]),
        ("每户出二十元修大门", ["raise_money"]),
        ("办一个老年食堂", []),
    ],
)
def test_what_a_title_hints_at(words: str, codes: list[str]) -> None:
    assert [matter.code for matter in hinted((LAW, FLOORS), words)] == codes


def test_the_repair_fund_is_the_owners_and_has_an_emergency_route() -> None:
    matter = matter_of((LAW, FLOORS), "repair_fund")
    assert matter is not None
    assert (matter.competence, matter.source) == (
        Competence.OWNERS,
        "民法典第二百七十八条第一款第五项、第二百八十一条",
    )
    assert "三分之二以上" in matter.route.zh
    assert "应急" in matter.route.zh


def test_whose_each_matter_is() -> None:
    whose = {one: [m.code for m in LAW.matters if m.competence is one] for one in Competence}
    assert whose == {
        Competence.OWNERS: [
            "repair_fund",
            "repair_fund_raise",
            "rebuild",
            "common_parts",
            "property_firm",
            "owners_committee",
            "owners_rules",
        ],
        Competence.DUTY: ["city_road", "drains", "illegal_building", "fire_safety"],
        Competence.RESIDENTS: ["common_affairs", "raise_money"],
    }


def test_four_deliberations_in_their_order() -> None:
    four = SIYI.procedures[0]
    kinds = [(stage.kind, stage.lead, stage.decides) for stage in four.stages[:4]]
    party, committee = BodyKind.PARTY_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE
    assert kinds == [
        (StageKind.COLLECT, BodyKind.REPRESENTATIVES, ()),
        (StageKind.CONFER, party, (party, committee)),
        (StageKind.CONFER, party, (BodyKind.PARTY_MEMBERS,)),
        (StageKind.VOTE, committee, (BodyKind.RESIDENTS_ASSEMBLY,)),
    ]
    assert main_line(four.stages) == [
        "propose",
        "discuss",
        "review",
        "resolve",
        "notice",
        "carry_out",
        "accept",
        "tell_done",
    ]
    assert (four.stages[3].tie, four.stages[5].fallback) == (Tie.FAILS, Fallback.RANKED)


def test_seven_steps_in_their_order_and_back_to_the_representatives() -> None:
    seven = C4321.procedures[0]
    assert main_line(seven.stages) == [
        "propose",
        "discuss",
        "review",
        "resolve",
        "announce",
        "carry_out",
        "accept",
        "tell_done",
    ]
    work, vote, look = seven.stage("carry_out"), seven.stage("resolve"), seven.stage("accept")
    assert work is not None
    assert vote is not None
    assert look is not None
    assert (work.fallback, work.to[Edge.FAIL]) == (Fallback.BODY, "resolve")
    assert (numbers(vote.quorum), vote.decides) == (
        (TWO_THIRDS, Of.SEATS, False),
        (BodyKind.REPRESENTATIVES,),
    )
    watching = {BodyKind.DELIBERATION_COMMITTEE, BodyKind.SUPERVISORY_COMMITTEE}
    assert watching <= set(work.bodies)
    assert watching <= set(look.bodies)


def main_line(stages: tuple[Stage, ...]) -> list[str]:
    """The stages on the way of passing everything."""
    by_id = {stage.id: stage for stage in stages}
    line = [stages[0].id]
    while (target := by_id[line[-1]].to[Edge.PASS]) in by_id:
        line.append(target)
    return line


def test_size_chooses_the_procedure() -> None:
    assert {one.name.zh: one.procedure for one in SIYI.sizes} == {
        "大事": "four",
        "小事": "small",
        "急事": "urgent",
    }
    assert {one.name.zh: one.procedure for one in C4321.sizes} == {
        "大事": "seven",
        "小事": "small",
        "私事": "",
        "年终评议": "appraisal",
    }


def test_the_catalogue_and_the_rhythm() -> None:
    assert [entry.name.zh for entry in SIYI.catalogue] == [
        "基础设施建设",
        "矛盾排查化解",
        "文化服务",
        "民生服务",
    ]
    assert all(entry.calls for entry in (*SIYI.catalogue, *C4321.catalogue))
    assert [(one.every.value, one.day) for one in SIYI.rhythm] == [("month", 10)]
    assert [one.every.value for one in C4321.rhythm] == ["month", "quarter", "half_year", "year"]
    assert all(one.collects for one in C4321.rhythm)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: f"{method.id}-{method.version}")
def test_every_stage_has_working_rules_for_the_wall(method: Method) -> None:
    stages = [stage for one in method.procedures for stage in one.stages]
    assert method.rules
    assert [stage.id for stage in stages if not stage.rules] == []
    longest = max((rule.zh for stage in stages for rule in stage.rules), key=len)
    assert len(longest) <= 45, longest


def texts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """(path, text) of every text of a file."""
    if isinstance(value, dict):
        if "zh" in value:
            yield path, value
            return
        for key, item in value.items():
            yield from texts(item, f"{path}.{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from texts(item, f"{path}.{number}")


@pytest.mark.parametrize("bundle", DELIBERATION, ids=lambda bundle: f"{bundle.kind}-{bundle.id}")
def test_every_text_is_there_in_both_languages(bundle: Bundle) -> None:
    bare = [path for path, text in texts(dict(bundle.data)) if not text.get("en", "").strip()]
    assert bare == []
