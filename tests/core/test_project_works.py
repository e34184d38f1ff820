"""The works of a project as decisions: contracted, built, changed, watched, accepted, settled,
handed over, at every edge."""

from dataclasses import replace
from datetime import date

import pytest

from yishi.core.ledger import Moved
from yishi.core.method.round import Most, Round
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.project import accepting, building, settling
from yishi.core.project.accepting import Inspector
from yishi.core.project.building import Contracted, Step
from yishi.core.project.now import ChangeState, Form, ProjectNow, ProjectState
from yishi.core.project.settling import Held
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState

YUAN = 100
COST = 180_000 * YUAN
MAY, JUNE = date(2026, 5, 6), date(2026, 6, 30)
TERMS = Round(
    kinds=(),
    positive=(),
    negative=(),
    funds=(),
    quotes=3,
    quotes_from_fen=5_000 * YUAN,
    self_built_fen=0,
    sweep_month=3,
    sources={"quotes": "货比三家"},
)
NOW = ProjectNow(
    "p", ProjectState.UNDER_WAY, TopicState.RUNNING, "carry_out", "works", 500_000 * YUAN,
    cost_fen=COST, confirmed_fen=COST, paid_fen=60_000 * YUAN,
)  # fmt: skip
STEPS = [Step(1, "挖开旧路面", reached=True), Step(2, "铺沥青", reached=True)]
ELSEWHERE = replace(NOW, stage="notice")


def said(answer: Event | Refusal) -> str:
    return answer.code


# By contract or by themselves

SIGNED = Contracted("柳荫市政工程公司", 150_000 * YUAN, MAY, JUNE, 150_000 * YUAN, "", True)


@pytest.mark.parametrize(
    ("now", "facts", "code"),
    [
        (NOW, SIGNED, "project.contracted"),
        (NOW, replace(SIGNED, amount_fen=COST, taken_fen=COST), "project.contracted"),
        (NOW, replace(SIGNED, amount_fen=COST + 1, taken_fen=COST + 1), "contract_over"),
        (NOW, replace(SIGNED, amount_fen=0, taken_fen=0), "amount_wrong"),
        (NOW, replace(SIGNED, money_paid_fen=150_000 * YUAN), "project.contracted"),
        (NOW, replace(SIGNED, money_paid_fen=150_000 * YUAN + 1), "contract_below_paid"),
        (NOW, replace(SIGNED, amount_fen=149_999 * YUAN), "contract_differs"),
        (NOW, replace(SIGNED, amount_fen=149_999 * YUAN, why="又谈低了一元"),
         "project.contracted"),
        (NOW, replace(SIGNED, taken_fen=None), "contract_differs"),
        (NOW, replace(SIGNED, taken_fen=None, why="只有一家能修这种门"), "project.contracted"),
        (NOW, replace(SIGNED, contractor=" "), "contractor_missing"),
        (NOW, replace(SIGNED, begins_on=JUNE), "project.contracted"),
        (NOW, replace(SIGNED, begins_on=date(2026, 7, 1)), "days_wrong"),
        (NOW, replace(SIGNED, has_paper=False), "contract_paper_missing"),
        (ELSEWHERE, SIGNED, "round_elsewhere"),
    ],
)  # fmt: skip
def test_a_contract_is_within_the_cost_and_as_the_quotation_that_was_taken(
    now: ProjectNow, facts: Contracted, code: str
) -> None:
    assert said(building.contract(now, facts)) == code


def test_a_contract_says_need_and_have() -> None:
    over = building.contract(NOW, replace(SIGNED, amount_fen=COST + 1, taken_fen=COST + 1))
    assert over == Refusal("contract_over", 18_000_000, 18_000_001, "fen", "norms.md §3")
    done = building.contract(NOW, SIGNED)
    assert isinstance(done, Event) and done.facts == {"amount": 15_000_000}


@pytest.mark.parametrize(
    ("most", "builder", "begins", "code"),
    [
        (COST, "柳荫志愿服务队", MAY, "project.self_built"),
        (COST - 1, "柳荫志愿服务队", MAY, "self_built_over"),
        (0, "柳荫志愿服务队", MAY, "self_built_over"),
        (COST, "", MAY, "builder_missing"),
        (COST, "柳荫志愿服务队", date(2026, 7, 1), "days_wrong"),
    ],
)
def test_residents_build_what_is_small_enough(
    most: int, builder: str, begins: date, code: str
) -> None:
    assert said(building.build_selves(NOW, most, builder, begins, JUNE)) == code


# Steps


@pytest.mark.parametrize(
    ("known", "planned", "code"),
    [
        ([], [("挖开旧路面", MAY), ("铺沥青", JUNE)], "project.milestones_planned"),
        ([], [], "milestones_missing"),
        ([], [("  ", MAY)], "milestones_missing"),
        ([], [("铺沥青", MAY), ("铺沥青", JUNE)], "milestone_twice"),
        (STEPS, [("铺沥青", JUNE)], "milestone_twice"),
        (STEPS, [("划车位", JUNE)], "project.milestones_planned"),
        ([], [("挖开旧路面", date(2026, 5, 5))], "milestone_early"),
        ([], [(f"第{no}步", MAY) for no in range(20)], "project.milestones_planned"),
        ([], [(f"第{no}步", MAY) for no in range(21)], "milestones_many"),
        ([], [("长" * 80, MAY)], "project.milestones_planned"),
        ([], [("长" * 81, MAY)], "words_too_long"),
    ],
)  # fmt: skip
def test_steps_are_planned_once_each_and_not_before_the_works(
    known: list[Step], planned: list[tuple[str, date]], code: str
) -> None:
    assert said(building.plan_milestones(NOW, known, planned, MAY)) == code


OPEN = [STEPS[0], Step(2, "铺沥青")]


@pytest.mark.parametrize(
    ("no", "photos", "code"),
    [
        (2, 1, "project.milestone_reached"),
        (2, 0, "proof_missing"),
        (1, 1, "milestone_reached"),
        (3, 1, "milestone_unknown"),
    ],
)
def test_a_step_is_reached_once_and_with_a_photo(no: int, photos: int, code: str) -> None:
    assert said(building.reach_milestone(NOW, OPEN, no, "铺好了", photos)) == code


@pytest.mark.parametrize(
    ("steps", "is_open", "words", "photos", "code"),
    [
        (STEPS, False, "全部做完", 1, "project.built"),
        (OPEN, False, "全部做完", 1, "milestones_open"),
        ([], False, "全部做完", 1, "milestones_missing"),
        (STEPS, True, "全部做完", 1, "change_open"),
        (STEPS, False, " ", 1, "words_missing"),
        (STEPS, False, "全部做完", 0, "proof_missing"),
    ],
)
def test_it_is_built_when_every_step_is_reached(
    steps: list[Step], is_open: bool, words: str, photos: int, code: str
) -> None:
    assert said(building.report_built(NOW, steps, is_open, words, photos)) == code


def test_what_is_open_is_counted() -> None:
    answer = building.report_built(NOW, OPEN, False, "做完", 1)
    assert answer == Refusal("milestones_open", 2, 1, "milestone", "norms.md §3")


# Changes of the cost


@pytest.mark.parametrize(
    ("to", "is_open", "why", "code"),
    [
        (COST + 1, False, "地下有旧管", "project.change_asked"),
        (60_000 * YUAN, False, "少铺一段", "project.change_asked"),
        (60_000 * YUAN - 1, False, "少铺一段", "change_below_paid"),
        (COST, False, "一样", "change_same"),
        (0, False, "不要钱", "amount_wrong"),
        (COST + 1, True, "地下有旧管", "change_open"),
        (COST + 1, False, " ", "why_missing"),
    ],
)
def test_a_change_names_another_cost_and_why(to: int, is_open: bool, why: str, code: str) -> None:
    assert said(building.ask_change(NOW, is_open, to, why)) == code


@pytest.mark.parametrize(
    ("change", "words", "yes", "code"),
    [
        ((COST, COST + 1, ChangeState.ASKED), "", True, "project.change_approved"),
        ((COST, COST + 1, ChangeState.ASKED), "", False, "words_missing"),
        ((COST, COST + 1, ChangeState.ASKED), "钱不够", False, "project.change_refused"),
        ((COST, COST + 1, ChangeState.REFUSED), "", True, "change_decided"),
        ((COST - 1, COST + 1, ChangeState.ASKED), "", True, "change_stale"),
        ((COST, 59_999 * YUAN, ChangeState.ASKED), "", True, "change_below_paid"),
    ],
)
def test_a_change_is_decided_once_and_refused_with_a_reason(
    change: tuple[int, int, ChangeState], words: str, yes: bool, code: str
) -> None:
    assert said(building.decide_change(NOW, change, words, TERMS, 3, yes=yes)) == code


@pytest.mark.parametrize(
    ("from_yuan", "to_yuan", "quotations", "code"),
    [
        (4_000, 4_999, 0, "project.change_approved"),
        (4_000, 5_000, 2, "quotes_few"),
        (4_000, 5_000, 3, "project.change_approved"),
        (80_000, 90_000, 2, "quotes_few"),
        # What comes to cost less waits for nobody.
        (90_000, 80_000, 0, "project.change_approved"),
    ],
)
def test_a_dearer_cost_is_compared_as_the_first_one(
    from_yuan: int, to_yuan: int, quotations: int, code: str
) -> None:
    now = replace(NOW, cost_fen=from_yuan * YUAN, paid_fen=0)
    change = (from_yuan * YUAN, to_yuan * YUAN, ChangeState.ASKED)
    answer = building.decide_change(now, change, "同意", TERMS, quotations, yes=True)
    assert said(answer) == code


LESS = replace(NOW, cost_fen=170_000 * YUAN)
PART = Held("a", Form.MONEY, 20_000 * YUAN, of_fund=True)


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (20_000, "project.pledge_lowered"),
        (29_999, "project.pledge_lowered"),
        (30_000, "pledge_not_lower"),
        (19_999, "funders_not_over"),
        (9_999, "pledge_spent_more"),
        (0, "amount_wrong"),
    ],
)
def test_a_funder_gives_less_down_to_what_was_spent_and_no_more_than_is_over(
    to: int, code: str
) -> None:
    """30,000 confirmed, 10,000 of it spent, 10,000 over in all."""
    assert said(settling.lower(LESS, PART, 30_000 * YUAN, to * YUAN)) == code


# Looking on, stopping


@pytest.mark.parametrize(
    ("words", "today", "code"),
    [
        ("雨天没有停工", 0, "project.watched"),
        ("雨天没有停工", 2, "project.watched"),
        ("雨天没有停工", 3, "looks_many"),
        ("", 0, "words_missing"),
    ],
)
def test_somebody_looks_on_three_times_a_day_at_most(words: str, today: int, code: str) -> None:
    assert said(building.watch(NOW, words, today)) == code


def test_the_terms_say_how_often_one_person_looks_on_and_how_many_steps_there_are() -> None:
    once, one = Most(1, "街道通知"), Most(1, "街道通知")
    assert building.watch(NOW, "雨天没有停工", 1, once) == Refusal(
        "looks_many", 1, 1, "look", "街道通知"
    )
    planned = [("挖沟", MAY), ("回填", MAY)]
    assert building.plan_milestones(NOW, [], planned, MAY, one) == Refusal(
        "milestones_many", 1, 2, "milestone", "街道通知"
    )


def test_stopping_says_why_and_what_goes_back() -> None:
    assert said(building.stop(NOW, " ", {})) == "why_missing"
    done = building.stop(NOW, "地下是主管道，不能挖", {"a": 100, "b": 20})
    assert isinstance(done, Event)
    assert done.facts == {"spent": 6_000_000, "back": 120}
    # At any stage of its round, works or not.
    assert said(building.stop(ELSEWHERE, "不做了", {})) == "project.stopped"


# Accepting

OLD_HE = Inspector("居务监督委员会", BodyKind.SUPERVISORY_COMMITTEE)
WANG, FIRM = Inspector("王桂英"), Inspector("物业", BodyKind.PROPERTY_FIRM, built=True)


@pytest.mark.parametrize(
    ("inspectors", "words", "fit", "code"),
    [
        ([OLD_HE], "与议定一致", True, "project.accepted"),
        ([OLD_HE, WANG], "路面不平", False, "project.not_accepted"),
        ([WANG], "与议定一致", True, "inspector_of_committee"),
        ([], "与议定一致", True, "inspectors_missing"),
        ([OLD_HE, FIRM], "与议定一致", True, "inspector_built"),
        ([OLD_HE], " ", True, "words_missing"),
        ([OLD_HE] * 20, "一致", True, "project.accepted"),
        ([OLD_HE] * 21, "一致", True, "inspectors_many"),
    ],
)
def test_the_committee_accepts_and_never_who_built(
    inspectors: list[Inspector], words: str, fit: bool, code: str
) -> None:
    assert said(accepting.accept(NOW, inspectors, words, fit=fit)) == code


@pytest.mark.parametrize(
    ("stage", "resident", "scored", "score", "code"),
    [
        ("appraise", True, False, "satisfied", "project.scored"),
        ("appraise", True, True, "satisfied", "scored_before"),
        ("appraise", False, False, "satisfied", "not_resident_here"),
        ("appraise", True, False, "unreached", "score_unknown"),
        ("carry_out", True, False, "satisfied", "round_elsewhere"),
    ],
)
def test_residents_score_once_each_when_it_is_time(
    stage: str, resident: bool, scored: bool, score: str, code: str
) -> None:
    now = replace(NOW, stage=stage, state=ProjectState.HANDED_OVER)
    assert said(accepting.score(now, resident, scored, score)) == code


# The money

PARTS = [
    Held("fund", Form.MONEY, 500, of_fund=True),
    Held("firm", Form.KIND, 4_000, of_fund=False),
    Held("school", Form.CLAIM, 0, of_fund=False),
    Held("residents", Form.MONEY, 20, of_fund=False),
]


def test_what_was_given_in_kind_is_spent_when_it_is_accepted() -> None:
    assert settling.delivered(PARTS) == (("firm", 4_000),)


def test_what_is_over_goes_back_to_where_it_came_from() -> None:
    assert settling.goes_back([PARTS[0], PARTS[2], PARTS[3]]) == (
        ("fund", Moved.RELEASED, 500),
        ("residents", Moved.RETURNED, 20),
    )


PAID = replace(NOW, paid_fen=175_000 * YUAN)


@pytest.mark.parametrize(
    ("fen", "reviewer", "built", "papers", "code"),
    [
        (175_000 * YUAN, "望江街道办事处", False, 1, "project.settled"),
        (175_000 * YUAN - 1, "望江街道办事处", False, 1, "settled_unpaid"),
        (175_000 * YUAN + 1, "望江街道办事处", False, 1, "settled_unpaid"),
        (COST, "望江街道办事处", False, 1, "settled_unpaid"),
        (COST + 1, "望江街道办事处", False, 1, "settled_over"),
        (-1, "望江街道办事处", False, 1, "amount_wrong"),
        (175_000 * YUAN, "", False, 1, "reviewer_missing"),
        (175_000 * YUAN, "柳荫物业公司", True, 1, "reviewer_built"),
        (175_000 * YUAN, "望江街道办事处", False, 0, "review_paper_missing"),
    ],
)
def test_the_final_sum_is_what_was_spent_to_the_fen(
    fen: int, reviewer: str, built: bool, papers: int, code: str
) -> None:
    assert said(settling.settle(PAID, fen, reviewer, built, papers, [])) == code


def test_an_unpaid_sum_says_what_was_paid() -> None:
    answer = settling.settle(PAID, 175_000 * YUAN + 1, "街道", False, 1, [])
    assert answer == Refusal("settled_unpaid", 17_500_001, 17_500_000, "fen", "norms.md §3")


TODAY = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("keeper", "until", "words", "papers", "code"),
    [
        ("柳荫物业公司", date(2028, 8, 1), "合同第九条，保修两年", 1, "project.handed"),
        ("柳荫物业公司", TODAY, "合同第九条", 1, "project.handed"),
        ("柳荫物业公司", date(2026, 7, 31), "合同第九条", 1, "liable_past"),
        ("柳荫物业公司", None, "居民自己建的，没有保修", 1, "project.handed"),
        ("", None, "没有保修", 1, "keeper_missing"),
        ("柳荫物业公司", None, "", 1, "words_missing"),
        ("柳荫物业公司", None, "没有保修", 0, "handing_paper_missing"),
    ],
)
def test_it_is_handed_to_somebody_with_a_paper(
    keeper: str, until: date | None, words: str, papers: int, code: str
) -> None:
    assert said(settling.hand_over(NOW, keeper, until, words, papers, TODAY)) == code


def test_nobody_takes_over_what_was_handed_to_nobody() -> None:
    assert said(settling.take_over(NOW, "")) == "keeper_missing"
    assert said(settling.take_over(NOW, "柳荫物业公司")) == "project.taken_over"
