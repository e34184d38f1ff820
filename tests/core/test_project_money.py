"""A round's money, case by case: at the edge, one fen over it, one under it, nothing."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from yishi.core.caserules import Text
from yishi.core.ledger import BETWEEN, AccountKind, Moved, Movement, balances, must_cover
from yishi.core.method.language import Edge, Stage, StageKind
from yishi.core.method.measure import Bar, Of
from yishi.core.method.round import FundKind, Payer, Round
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.project import costing, deciding, funding, paying
from yishi.core.project.costing import Costed, OpinionNow, QuotationNow
from yishi.core.project.now import Form, OpinionOn, PledgeState, ProjectNow, ProjectState
from yishi.core.refusal import Refusal
from yishi.core.round import announcing
from yishi.core.topic.now import TopicState

S, B = ProjectState, BodyKind
TERMS = Round(
    kinds=(),
    positive=(),
    negative=(),
    funds=(FundKind("fund", Text("专项资金"), Payer.FUND, "ours"),),
    quotes=3,
    quotes_from_fen=500_000,
    self_built_fen=0,
    sweep_month=3,
    sources={"quotes": "货比三家"},
)
PROJECT = ProjectNow(
    "p", S.COSTED, TopicState.RUNNING, "confer", "works", 50_000_000, cost_fen=18_000_000
)
TODAY = date(2026, 5, 1)
HALF = Bar(Fraction(1, 2), Of.SEATS, more_than=True, source="ours")
STAGE = Stage(
    "discuss",
    StageKind.CONFER,
    Text("恳谈"),
    B.RESIDENTS_COMMITTEE,
    {Edge.PASS: "result"},
    decides=(B.RESIDENTS_COMMITTEE, B.REPRESENTATIVES),
    quorum=HALF,
    threshold=replace(HALF, of=Of.PRESENT),
)
SEATS = {B.RESIDENTS_COMMITTEE: 5, B.REPRESENTATIVES: 20}


def said(answer: object) -> object:
    """The code of a refusal with what it needs and has; "yes" for what may be done."""
    if isinstance(answer, Refusal):
        return answer.code, answer.need, answer.have
    return "yes" if isinstance(answer, Event) else answer


@pytest.mark.parametrize(
    ("cost", "opinion", "quotations", "confirmed", "answer"),
    [
        (18_000_000, 18_000_000, 3, 0, "yes"),
        (18_000_000, 18_000_000, 2, 0, ("quotes_few", 3, 2)),
        (500_000, 500_000, 2, 0, ("quotes_few", 3, 2)),
        (499_999, 499_999, 0, 0, "yes"),
        (18_000_000, None, 3, 0, ("cost_opinion_missing", 1, 0)),
        (18_000_000, 18_000_001, 3, 0, ("cost_differs", 18_000_001, 18_000_000)),
        (0, 0, 3, 0, ("amount_wrong", 1, 0)),
        (18_000_000, 18_000_000, 3, 18_000_000, "yes"),
        (18_000_000, 18_000_000, 3, 18_000_001, ("funders_over", 18_000_000, 18_000_001)),
    ],
)
def test_what_a_project_is_to_cost(
    cost: int, opinion: int | None, quotations: int, confirmed: int, answer: object
) -> None:
    project = replace(PROJECT, state=S.SCREENED, confirmed_fen=confirmed)
    costed = Costed("centre", cost, 2, 120)
    assert said(costing.cost(project, TERMS, costed, opinion, quotations)) == answer


@pytest.mark.parametrize(("urgency", "households"), [(0, 1), (4, 1), (1, 0), (3, -1)])
def test_urgency_and_who_benefits_are_said(urgency: int, households: int) -> None:
    costed = Costed("centre", 100, urgency, households)
    answer = said(costing.cost(PROJECT, TERMS, costed, 100, 0))
    assert answer[0] in ("urgency_wrong", "households_wrong")  # type: ignore[index]


@pytest.mark.parametrize(
    ("on", "amount", "own", "paper", "answer"),
    [
        (OpinionOn.COST, 100, True, False, "yes"),
        (OpinionOn.COST, 100, False, True, "yes"),
        (OpinionOn.COST, 100, False, False, ("opinion_paper_missing", 1, 0)),
        (OpinionOn.COST, None, True, False, ("amount_wrong", 1, 0)),
        (OpinionOn.COST, 0, True, False, ("amount_wrong", 1, 0)),
        (OpinionOn.LEGAL, None, True, False, "yes"),
        (OpinionOn.LEGAL, 100, True, False, ("amount_wrong", 1, 100)),
    ],
)
def test_an_opinion(
    on: OpinionOn, amount: int | None, own: bool, paper: bool, answer: object
) -> None:
    opinion = OpinionNow(on, "b", True, "看过了", amount, paper=paper, own=own)
    assert said(costing.add_opinion(PROJECT, opinion)) == answer
    elsewhere = costing.add_opinion(replace(PROJECT, stage="screen"), opinion)
    assert said(elsewhere) == ("round_elsewhere", "confer", "screen")


def test_the_last_word_of_a_body_counts() -> None:
    against = OpinionNow(OpinionOn.LEGAL, "a", False, "不行")
    assert costing.standing_against([against]) == (OpinionOn.LEGAL,)
    assert costing.standing_against([against, replace(against, is_favourable=True)]) == ()
    other = replace(against, body="b", is_favourable=True)
    assert costing.standing_against([against, other]) == (OpinionOn.LEGAL,)
    dear = OpinionNow(OpinionOn.COST, "a", False, "太贵", 1)
    assert costing.standing_against([dear]) == ()


QUOTES = tuple(QuotationNow(str(n), f"公司{n}", 500_000 + n) for n in range(3))


@pytest.mark.parametrize(
    ("uid", "many", "why", "answer"),
    [
        ("0", 3, "", "yes"),
        ("2", 3, "质保两年", "yes"),
        ("2", 3, " ", ("quotation_why_missing", 500_000, 500_002)),
        ("0", 2, "", ("quotes_few", 3, 2)),
        ("9", 3, "", ("quotation_unknown", None, None)),
    ],
)
def test_which_quotation_is_taken(uid: str, many: int, why: str, answer: object) -> None:
    assert said(costing.take_quotation(PROJECT, uid, QUOTES[:many], TERMS, why)) == answer


@pytest.mark.parametrize(
    ("here", "yes", "answer"),
    [
        ((3, 11), (2, 6), S.CHOSEN),
        ((3, 11), (2, 5), S.NOT_AGREED),
        ((4, 11), (2, 11), S.NOT_AGREED),
        ((2, 20), (2, 20), ("quorum_missed", 3, 2)),
        ((3, 10), (3, 10), ("quorum_missed", 11, 10)),
        ((6, 20), (6, 20), ("present_wrong", 5, 6)),
        ((3, 11), (4, 11), ("votes_wrong", 3, 4)),
    ],
)
def test_each_body_decides_in_number(
    here: tuple[int, int], yes: tuple[int, int], answer: object
) -> None:
    talked = deciding.Talked(
        dict(zip(SEATS, here, strict=True)), dict(zip(SEATS, yes, strict=True)), "议过了"
    )
    made = deciding.decide(PROJECT, STAGE, SEATS, talked, (), is_voted_on=False)
    assert (made.state if isinstance(made, deciding.Decided) else said(made)) == answer


def test_where_a_vote_follows_it_is_agreed_and_not_yet_chosen() -> None:
    talked = deciding.Talked(SEATS, SEATS, "议过了")
    made = deciding.decide(PROJECT, STAGE, SEATS, talked, (), is_voted_on=True)
    assert isinstance(made, deciding.Decided) and made.state is S.AGREED
    early = deciding.decide(
        replace(PROJECT, state=S.SCREENED), STAGE, SEATS, talked, (), is_voted_on=True
    )
    assert said(early) == ("not_costed", 1, 0)


@pytest.mark.parametrize(
    ("yes", "answer", "state"),
    [("", "", "opinion_against"), ("", "有批复", "chosen"), ("no", "", "not_agreed")],
)
def test_what_a_body_has_against_it_is_answered_where_it_is_agreed(
    yes: str, answer: str, state: str
) -> None:
    agreed = dict.fromkeys(SEATS, 0) if yes else SEATS
    talked = deciding.Talked(SEATS, agreed, "议过了", answer=answer)
    made = deciding.decide(PROJECT, STAGE, SEATS, talked, (OpinionOn.LEGAL,), is_voted_on=False)
    assert (made.state if isinstance(made, deciding.Decided) else made.code) == state


OFFERED = funding.PledgeNow(PledgeState.OFFERED, Payer.SOCIETY, Form.MONEY, 1000)


@pytest.mark.parametrize(
    ("fund_fen", "confirmed", "amount", "answer"),
    [
        (0, 0, 50_000_000, "yes"),
        (0, 0, 50_000_001, ("cap_exceeded", 50_000_000, 50_000_001)),
        (49_999_999, 49_999_999, 1, "yes"),
        (50_000_000, 50_000_000, 1, ("cap_exceeded", 50_000_000, 50_000_001)),
        (0, 10_000_000, 50_000_001, ("cap_exceeded", 50_000_000, 50_000_001)),
        (0, 10_000_001, 50_000_000, ("funders_over", 60_000_000, 60_000_001)),
    ],
)
def test_the_cap_is_on_what_the_fund_gives(
    fund_fen: int, confirmed: int, amount: int, answer: object
) -> None:
    project = replace(PROJECT, cost_fen=60_000_000, fund_fen=fund_fen, confirmed_fen=confirmed)
    pledge = replace(OFFERED, payer=Payer.FUND, amount_fen=amount, fund_until=TODAY)
    assert said(funding.confirm(project, pledge, funding.Valued(amount), TODAY)) == answer


def test_a_fund_gives_until_the_end_of_its_last_day() -> None:
    pledge = replace(OFFERED, payer=Payer.FUND, fund_until=date(2026, 4, 30))
    value = funding.Valued(1000)
    assert said(funding.confirm(PROJECT, pledge, value, date(2026, 4, 30))) == "yes"
    late = funding.confirm(PROJECT, pledge, value, TODAY)
    assert said(late) == ("fund_over", date(2026, 4, 30), TODAY)


@pytest.mark.parametrize(
    ("form", "valued", "answer"),
    [
        (Form.MONEY, 1000, "yes"),
        (Form.MONEY, 999, ("money_differs", 1000, 999)),
        (Form.KIND, 999, "yes"),
        (Form.CLAIM, 1500, "yes"),
        (Form.CLAIM, 0, ("amount_wrong", 1, 0)),
    ],
)
def test_only_what_is_no_money_is_valued_anew(form: Form, valued: int, answer: object) -> None:
    pledge = replace(OFFERED, form=form)
    assert said(funding.confirm(PROJECT, pledge, funding.Valued(valued), TODAY)) == answer


@pytest.mark.parametrize("willing", [0, 1])
@pytest.mark.parametrize("units", [0, 1])
@pytest.mark.parametrize("resolution", [False, True])
def test_residents_money_needs_all_three(willing: int, units: int, resolution: bool) -> None:
    pledge = replace(OFFERED, payer=Payer.RESIDENTS)
    value = funding.Valued(1000, willing, units, resolution)
    answer = funding.confirm(PROJECT, pledge, value, TODAY)
    assert isinstance(answer, Event) == bool(willing and units and resolution)
    # What residents give in kind needs none of it.
    work = replace(pledge, form=Form.CLAIM)
    assert isinstance(funding.confirm(PROJECT, work, value, TODAY), Event)


@pytest.mark.parametrize(
    ("have", "answer"),
    [
        (18_000_000, "yes"),
        (17_999_999, ("funders_short", 18_000_000, 17_999_999)),
        (18_000_001, ("funders_over", 18_000_000, 18_000_001)),
        (0, ("funders_short", 18_000_000, 0)),
    ],
)
def test_every_fen_is_found_or_it_does_not_begin(have: int, answer: object) -> None:
    project = replace(PROJECT, state=S.CHOSEN, stage="carry_out", confirmed_fen=have)
    assert said(funding.fund(project)) == answer


MONEY = replace(OFFERED, state=PledgeState.CONFIRMED, amount_fen=1000, left_fen=1000)


@pytest.mark.parametrize(
    ("amount", "left", "contract", "paid", "all_paid", "answer"),
    [
        (1000, 1000, None, 0, 0, "yes"),
        (1001, 1000, None, 0, 0, ("pledge_left", 1000, 1001)),
        (0, 1000, None, 0, 0, ("amount_wrong", 1, 0)),
        (100, 1000, 500, 400, 400, "yes"),
        (101, 1000, 500, 400, 400, ("contract_exceeded", 500, 501)),
        (100, 1000, None, 0, 17_999_900, "yes"),
        (101, 1000, None, 0, 17_999_900, ("cost_exceeded", 18_000_000, 18_000_001)),
    ],
)
def test_a_payment_stays_within_its_bounds(
    amount: int, left: int, contract: int | None, paid: int, all_paid: int, answer: object
) -> None:
    project = replace(PROJECT, contract_fen=contract, paid_fen=all_paid)
    assert said(paying.pay(project, replace(MONEY, left_fen=left), amount, paid)) == answer


def test_nothing_is_paid_out_of_what_is_no_confirmed_money() -> None:
    kind = replace(MONEY, form=Form.KIND)
    assert said(paying.pay(PROJECT, kind, 1, 0)) == ("pledge_not_money", None, None)
    assert said(paying.pay(PROJECT, OFFERED, 1, 0)) == ("pledge_closed", "confirmed", "offered")


def test_a_fund_a_third_party_and_a_part_of_it() -> None:
    part = funding.Leverage(3_000_000, 18_000_000)
    assert (part.share, part.others_fen) == (Fraction(1, 6), 15_000_000)
    assert funding.Leverage(0, 0).share is None


@pytest.mark.parametrize(
    ("payer", "form", "name", "words", "from_fund", "answer"),
    [
        (Payer.SOCIETY, Form.MONEY, "公司", "", False, "yes"),
        (Payer.SOCIETY, Form.MONEY, " ", "", False, ("funder_missing", None, None)),
        (Payer.RESIDENTS, Form.MONEY, "", "", False, "yes"),
        (Payer.SOCIETY, Form.CLAIM, "院", " ", False, ("claim_missing", None, None)),
        (Payer.SOCIETY, Form.CLAIM, "院", "围墙", False, "yes"),
        (Payer.FUND, Form.MONEY, "资金", "", False, ("payer_wrong", None, None)),
        (Payer.FUND, Form.MONEY, "资金", "", True, "yes"),
        (Payer.FUND, Form.KIND, "资金", "物", True, ("payer_wrong", None, None)),
        (Payer.SOCIETY, Form.MONEY, "名" * 81, "", False, ("funder_long", 80, 81)),
    ],
)
def test_an_offer(
    payer: Payer, form: Form, name: str, words: str, from_fund: bool, answer: object
) -> None:
    made = funding.Offered(payer, form, 1, name, words, from_fund)
    assert said(funding.offer(PROJECT, made)) == answer


@pytest.mark.parametrize(
    ("code", "name", "amount", "answer"),
    [
        ("fund", "专项资金", 1, TERMS.funds[0]),
        ("other", "专项资金", 1, ("fund_unknown", ("fund",), "other")),
        ("fund", "  ", 1, ("fund_name_missing", None, None)),
        ("fund", "已有的", 1, ("fund_twice", None, None)),
        ("fund", "专项资金", 0, ("amount_wrong", 1, 0)),
        ("fund", "名" * 81, 1, ("fund_name_long", 80, 81)),
    ],
)
def test_a_fund_is_announced(code: str, name: str, amount: int, answer: object) -> None:
    assert said(announcing.announce_fund(TERMS, code, name, amount, ("已有的",))) == answer


def test_a_fund_is_over_the_day_after_its_last() -> None:
    assert TERMS.sweeps_on(date(2026, 2, 1)) == date(2027, 3, 31)
    assert not announcing.is_over(date(2027, 3, 31), date(2027, 3, 31))
    assert announcing.is_over(date(2027, 3, 31), date(2027, 4, 1))
    assert said(announcing.sweep(0, 0)) == ("nothing_to_sweep", 1, 0)


def test_every_movement_takes_what_it_gives() -> None:
    moves = [
        Movement(Moved.GRANTED, "outside", "fund", 30),
        Movement(Moved.COMMITTED, "fund", "pledge", 20),
        Movement(Moved.PAID, "pledge", "spent", 5),
    ]
    assert balances(moves) == {"outside": -30, "fund": 10, "pledge": 15, "spent": 5}
    assert sum(balances(moves).values()) == 0


@pytest.mark.parametrize("moved", list(Moved))
def test_a_movement_goes_between_its_accounts_and_never_below_nothing(moved: Moved) -> None:
    kinds = BETWEEN[moved]
    assert must_cover(moved, kinds, 10, 10) is None
    short = must_cover(moved, kinds, 10, 11)
    assert (short is None) == (kinds[0] is AccountKind.OUTSIDE)
    assert must_cover(moved, kinds, 10, 0) == Refusal("amount_wrong", 1, 0, "fen", "norms.md §3")
    with pytest.raises(ValueError, match="does not go"):
        must_cover(moved, (AccountKind.SWEPT, AccountKind.FUND), 10, 1)
