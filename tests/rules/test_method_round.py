"""The terms of a round in a method's file: what they may not say, and what they become."""

import pytest

from yishi.core.caserules import Text
from yishi.core.method.language import Method
from yishi.core.method.round import Listed, Payer
from yishi.rulebook.kinds import method_of
from yishi.rulebook.load import read_bundle
from yishi.rulebook.problem import RuleFileError
from yishi.rulebook.shipped import FOLDER, shipped_bundle

WEISHI = (FOLDER / "methods" / "weishi.toml").read_text(encoding="utf-8")
TERMS = ("kinds", "positive", "negative", "funds", "quotes", "quotes_from_yuan",
         "self_built_yuan", "sweep_month", "wishes_each", "looks_a_day", "milestones")  # fmt: skip


def read(toml: str = WEISHI) -> Method:
    return method_of(read_bundle("methods", {"weishi.toml": toml.encode()}))


def test_yuan_become_fen_and_keep_their_source() -> None:
    terms = read().procedures[0].round
    assert terms is not None
    assert [(one.code, one.cap_fen, one.source) for one in terms.kinds] == [
        ("works", 50_000_000, "珠海：工程类单个项目上限"),
        ("services", 20_000_000, "珠海：服务和货物类单个项目上限"),
    ]
    assert (terms.quotes, terms.quotes_from_fen, terms.self_built_fen) == (3, 500_000, 5_000_000)
    assert terms.sweep_month == 3
    assert terms.sources == {
        "quotes": "ours：货比三家",
        "quotes_from_yuan": "ours",
        "self_built_yuan": "ours",
        "sweep_month": "ours：次年一季度末",
    }
    assert [fund.payer for fund in terms.funds] == list(Payer)
    assert terms.positive[0] == Listed(
        "road",
        Text("道路、围墙、路灯、门岗", "Roads, walls, lamps, gates"),
        "鼓楼区：参与式预算微实事",
    )
    assert [one.code for one in terms.negative] == [
        "private", "liable", "duty", "planned", "owners", "split",
    ]  # fmt: skip


def test_limits_that_a_method_leaves_out_are_ours_and_the_second_version_says_them() -> None:
    first = read().procedures[0].round
    second = method_of(shipped_bundle("methods", "weishi", "2")).procedures[0].round
    assert first is not None and second is not None
    for terms in (first, second):
        assert (terms.wishes_each, terms.looks_a_day, terms.milestones) == (5, 3, 20)
    assert first.source("wishes_each") == "ours"
    assert second.source("wishes_each") == "ours：给每家留出余地"
    fewer = WEISHI.replace(
        "sweep_month = {", 'wishes_each = { number = 2, source = "街道通知" }\nsweep_month = {'
    )
    changed = read(fewer).procedures[0].round
    assert changed is not None
    assert (changed.wishes_each, changed.source("wishes_each")) == (2, "街道通知")


@pytest.mark.parametrize(
    ("change", "key", "problem", "allowed"),
    [
        (("sweep_month = {", "colour = \"red\"\nsweep_month = {"), "colour",
         "is not a key of this rule file", TERMS),
        (('quotes = { number = 3, source = "ours：货比三家" }', ""), "quotes", "is missing", TERMS),
        (("number = 500000,", "number = 500000.5,"), "kinds.1.cap_yuan.number",
         "must be a whole number within the limits", ()),
        (("number = 500000,", "number = -1,"), "kinds.1.cap_yuan.number",
         "must be a whole number within the limits", ("0…1000000000",)),
        (('sweep_month = { number = 3,', 'sweep_month = { number = 13,'), "sweep_month.number",
         "must be a whole number within the limits", ("1…12",)),
        (('payer = "society"', 'payer = "bank"'), "funds.3.payer",
         "is not one of the allowed values", ("fund", "government", "society", "residents")),
        (('{ code = "services", name = { zh = "服务和货物类"',
          '{ code = "works", name = { zh = "服务和货物类"'), "kinds.2.code", "is there twice", ()),
        (('en = "Roads, walls, lamps, gates" }, source = "鼓楼区：参与式预算微实事" }',
          'en = "Roads, walls, lamps, gates" } }'), "positive.1.source", "is missing",
         ("code", "name", "source")),
    ],
)  # fmt: skip
def test_what_the_terms_of_a_round_may_not_say(
    change: tuple[str, str], key: str, problem: str, allowed: tuple[str, ...]
) -> None:
    assert change[0] in WEISHI
    with pytest.raises(RuleFileError) as refused:
        read(WEISHI.replace(*change, 1))
    found = refused.value
    assert (found.key, found.problem, found.allowed) == (
        f"procedures.1.round.{key}",
        problem,
        allowed,
    )


def test_a_list_may_be_empty_and_a_round_without_kinds_or_funds_may_not() -> None:
    start, _, rest = WEISHI.partition("positive = [")
    none = start + "positive = []\n" + rest.partition("\n]\n")[2]
    terms = read(none).procedures[0].round
    assert terms is not None and terms.positive == () and len(terms.negative) == 6
    start, _, rest = WEISHI.partition("funds = [")
    with pytest.raises(RuleFileError) as refused:
        read(start + "funds = []\n" + rest.partition("\n]\n")[2])
    assert refused.value.key == "procedures.1.round.funds"


def test_only_the_procedure_that_says_so_is_a_round() -> None:
    """A method may have a round beside other courses, whose stages stay as they are."""
    course, _, _ = WEISHI.partition("[procedures.round]")
    one, _, _ = WEISHI.partition("# ════ 投票定")
    _, _, stages = one.partition("[[procedures.stages]]")
    other = course.partition("[[procedures]]")[2].replace('id = "talked"', 'id = "plain"')
    both = one + f"\n[[procedures]]{other}\n[[procedures.stages]]{stages}"
    round_, plain = read(both).procedures
    assert (round_.round is not None, plain.round) == (True, None)
    assert all(stage.in_round for stage in round_.stages)
    assert not any(stage.in_round or stage.by_project for stage in plain.stages)
