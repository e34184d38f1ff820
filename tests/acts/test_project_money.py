"""东大路160号: a project is costed, agreed on and paid for by many, to the fen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.acts.hall import DESK, SECRETARY, Hall
from tests.acts.paid import (
    YUAN,
    agreed,
    announced,
    costed,
    funded,
    paper,
    pledged,
    talked,
)
from tests.acts.rounds import round_at, taken_to
from tests.acts.works import live_at
from tests.acts.world import World
from yishi.acts.door import Done
from yishi.acts.project import costing, deciding, funding
from yishi.acts.round import announcing
from yishi.acts.topic import staging
from yishi.core.method.round import Payer
from yishi.core.project.now import Form, OpinionOn
from yishi.core.refusal import Refusal
from yishi.records.models import Fund, Pledge, Project, Quotation, Transfer
from yishi.records.queries.accounts import fund_lines, project_line, whole_of


def first(uid: str) -> str:
    """The first project of a round."""
    return Project.objects.filter(topic__uid=uid).earliest("id").uid


def state(project: str) -> str:
    return Project.objects.get(uid=project).state


def refused(answer: object) -> tuple[str, object, object]:
    assert isinstance(answer, Refusal), answer
    return answer.code, answer.need, answer.have


@pytest.fixture
def talks(world: World) -> tuple[Hall, str, str]:
    """A hall, a round in its talks, and its first project."""
    hall, uid = round_at(world, "discuss")
    return hall, uid, first(uid)


def test_terms_are_posted_with_whose_money_there_is(world: World) -> None:
    hall, uid = round_at(world)
    assert refused(staging.post(world.ask(DESK, hall.now), uid, "各楼道口"))[0] == "funds_missing"
    fund = announced(hall, uid)
    hall.did(staging.post(world.ask(DESK, hall.now), uid, "各楼道口"))
    late = announcing.correct_fund(world.ask(DESK, hall.now), uid, fund, "专项资金", 1)
    assert refused(late)[0] == "terms_fixed"


@pytest.mark.parametrize("yuan", [320_000, 280_000])
def test_a_fund_is_put_right_before_the_terms_are_posted(world: World, yuan: int) -> None:
    hall, uid = round_at(world)
    fund = announced(hall, uid, 300_000)
    again = announcing.announce_fund(
        world.ask(DESK, hall.now), uid, "fund", Fund.objects.get().name, 1
    )
    assert refused(again)[0] == "fund_twice"
    hall.did(announcing.correct_fund(world.ask(DESK, hall.now), uid, fund, "专项资金", yuan * YUAN))
    (line,) = fund_lines(hall.topic(uid))
    assert (line.name, line.granted_fen, line.left_fen) == ("专项资金", yuan * YUAN, yuan * YUAN)


def test_a_cost_is_what_a_named_body_worked_out_and_three_quoted(
    talks: tuple[Hall, str, str],
) -> None:
    hall, _, project = talks
    ask, centre = hall.world.ask, hall.world.bodies["柳荫社区党群服务中心"].uid
    cost = lambda fen: costing.cost(ask(DESK, hall.now), project, centre, fen, 2, 120)  # noqa: E731
    assert refused(cost(180_000 * YUAN))[0] == "cost_opinion_missing"
    said = costing.Said(OpinionOn.COST, True, "量过了", 180_000 * YUAN)
    told = costing.add_opinion(ask(DESK, hall.now), project, centre, said)
    assert refused(told)[0] == "opinion_paper_missing"
    hall.did(
        costing.add_opinion(
            ask(DESK, hall.now),
            project,
            centre,
            costing.Said(OpinionOn.COST, True, "量过了", 180_000 * YUAN, paper("测算")),
        )
    )
    assert refused(cost(170_000 * YUAN)) == ("cost_differs", 180_000 * YUAN, 170_000 * YUAN)
    assert refused(cost(180_000 * YUAN)) == ("quotes_few", 3, 0)
    costed(hall, project)
    assert (state(project), Project.objects.get(uid=project).cost_fen) == ("costed", 180_000 * YUAN)


def test_a_dearer_quotation_is_taken_with_a_reason(talks: tuple[Hall, str, str]) -> None:
    hall, _, project = talks
    costed(hall, project)
    low, dear, _ = Quotation.objects.filter(project__uid=project).order_by("amount_fen")
    ask = hall.world.ask
    silent = costing.take_quotation(ask(DESK, hall.now), project, dear.uid)
    assert refused(silent)[0] == "quotation_why_missing"
    hall.did(costing.take_quotation(ask(DESK, hall.now), project, dear.uid, "质保两年"))
    hall.did(costing.take_quotation(ask(DESK, hall.now), project, low.uid))
    assert list(Quotation.objects.filter(is_taken=True).values_list("uid", "why")) == [
        (low.uid, "")
    ]


def test_it_is_agreed_on_by_each_body_and_chosen_where_no_vote_follows(
    talks: tuple[Hall, str, str],
) -> None:
    hall, _, project = talks
    ask = hall.world.ask
    early = deciding.decide(ask(DESK, hall.now), project, talked(hall))
    assert refused(early)[0] == "not_costed"
    costed(hall, project)
    hall.did(deciding.decide(ask(DESK, hall.now), project, talked(hall, yes=10)))
    assert state(project) == "not_agreed"
    assert Project.objects.get(uid=project).ended_at == hall.now
    hall.did(deciding.reopen(ask(DESK, hall.now), project, "算错了户数，再议一次"))
    hall.did(deciding.decide(ask(DESK, hall.now), project, talked(hall, yes=11)))
    row = Project.objects.get(uid=project)
    assert row.ended_at is None
    assert (row.state, row.decided["bodies"][1]) == (
        "chosen",
        {"body": "representatives", "seats": 21, "present": 21, "agreed": 11},
    )


def test_the_legal_advisers_word_against_it_is_answered_first(
    talks: tuple[Hall, str, str],
) -> None:
    hall, _, project = talks
    costed(hall, project)
    adviser = hall.world.bodies["柳荫社区法律顾问室"].uid
    said = costing.Said(OpinionOn.LEGAL, False, "这段路权属不清", None, paper("法律意见"))
    hall.did(costing.add_opinion(hall.world.ask(DESK, hall.now), project, adviser, said))
    ask = hall.world.ask(DESK, hall.now)
    assert refused(deciding.decide(ask, project, talked(hall))) == (
        "opinion_against",
        "",
        (OpinionOn.LEGAL,),
    )
    answered = talked(hall, answer="街道确认是社区公共道路")
    hall.did(deciding.decide(hall.world.ask(DESK, hall.now), project, answered))
    assert state(project) == "chosen"


def dongdalu(hall: Hall, project: str) -> dict[str, str]:
    """A firm repaves, an institute claims the wall, residents pay the gate, the fund a sixth."""
    fund = Fund.objects.get(topic__projects__uid=project).uid
    return {
        "firm": pledged(hall, project, 90_000, form=Form.KIND, words="重铺院内路面"),
        "institute": pledged(
            hall, project, 45_000, form=Form.CLAIM, name="省设计研究院", words="认领围墙改造"
        ),
        "residents": pledged(hall, project, 15_000, Payer.RESIDENTS, name="160号院居民"),
        "fund": pledged(hall, project, 30_000, Payer.FUND, fund=fund),
    }


def test_many_pay_together_what_it_costs_and_the_fund_a_sixth(
    talks: tuple[Hall, str, str],
) -> None:
    hall, uid, project = talks
    costed(hall, project)
    agreed(hall, project)
    dongdalu(hall, project)
    row = Project.objects.get(uid=project)
    line = project_line(row)
    assert str(line.leverage.share) == "1/6"
    assert line.given == {
        "fund": 3_000_000,
        "government": 0,
        "society": 13_500_000,
        "residents": 1_500_000,
    }
    taken_to(hall, uid, "works")
    hall.did(funding.fund(hall.world.ask(DESK, hall.now), project))
    assert state(project) == "funded"
    whole = whole_of(hall.topic(uid))
    assert (whole.in_funds_fen, whole.set_aside_fen) == (27_000_000, 18_000_000)


def test_works_begin_when_every_yuan_is_found(talks: tuple[Hall, str, str]) -> None:
    hall, uid, project = talks
    costed(hall, project)
    agreed(hall, project)
    early = funding.fund(hall.world.ask(DESK, hall.now), project)
    assert refused(early)[0] == "round_elsewhere"
    taken_to(hall, uid, "works")
    pledged(hall, project, 179_999)
    short = funding.fund(hall.world.ask(DESK, hall.now), project)
    assert refused(short) == ("funders_short", 18_000_000, 17_999_900)
    funded(hall, project)
    assert state(project) == "funded"


def test_who_offers_does_not_confirm(talks: tuple[Hall, str, str]) -> None:
    hall, _, project = talks
    costed(hall, project)
    uid = pledged(hall, project, 10_000, confirm=False)
    ask, value = hall.world.ask, funding.Value(10_000 * YUAN)
    own = funding.confirm_pledge(ask(DESK, hall.now), project, uid, value)
    assert refused(own)[0] == "not_independent"
    hall.did(funding.confirm_pledge(ask(SECRETARY, hall.now), project, uid, value))
    twice = funding.confirm_pledge(ask(SECRETARY, hall.now), project, uid, value)
    assert refused(twice)[0] == "pledge_closed"


def test_a_resident_offers_for_themselves_and_nobody_else(talks: tuple[Hall, str, str]) -> None:
    hall, _, project = talks
    costed(hall, project)
    live_at(hall.world, "柳荫1栋", "王桂英")
    ask = hall.world.ask
    firm = funding.Offer(Payer.SOCIETY, Form.MONEY, 100, name="别人的公司")
    assert refused(funding.offer(ask("王桂英", hall.now), project, firm))[0] == "not_yours"
    hall.did(
        funding.offer(
            ask("王桂英", hall.now), project, funding.Offer(Payer.RESIDENTS, Form.MONEY, 50_000)
        )
    )
    row = Pledge.objects.get()
    assert (row.name, row.person) == ("", hall.world.people["王桂英"])
    other = funding.withdraw_pledge(ask("李建国", hall.now), project, row.uid)
    assert refused(other)[0] == "not_yours"
    assert isinstance(funding.withdraw_pledge(ask("王桂英", hall.now), project, row.uid), Done)


def test_whoever_lives_elsewhere_offers_nothing(talks: tuple[Hall, str, str]) -> None:
    hall, _, project = talks
    costed(hall, project)
    mine = funding.Offer(Payer.RESIDENTS, Form.MONEY, 50_000)
    assert refused(funding.offer(hall.world.ask("王桂英", hall.now), project, mine))[0] == (
        "not_resident_here"
    )
    live_at(hall.world, "柳荫1栋", "王桂英")
    hall.did(funding.offer(hall.world.ask("王桂英", hall.now), project, mine))


def test_three_offers_of_one_giver_wait_and_no_more_come_that_day(
    talks: tuple[Hall, str, str],
) -> None:
    hall, _, project = talks
    costed(hall, project)
    live_at(hall.world, "柳荫1栋", "王桂英", "李建国")
    mine = funding.Offer(Payer.RESIDENTS, Form.MONEY, 50_000)

    def offers(who: str = "王桂英") -> object:
        return funding.offer(hall.world.ask(who, hall.now), project, mine)

    for _no in range(3):
        assert isinstance(offers(), Done)
    assert refused(offers()) == ("pledges_many", 3, 3)
    assert isinstance(offers("李建国"), Done)
    first_of = Pledge.objects.filter(person=hall.world.people["王桂英"]).earliest("id").uid
    hall.did(funding.withdraw_pledge(hall.world.ask("王桂英", hall.now), project, first_of))
    assert refused(offers())[0] == "pledges_many"
    hall.now += timedelta(days=1)
    assert isinstance(offers(), Done)
    assert refused(offers())[0] == "pledges_many"


@pytest.mark.parametrize("where", ["name", "words"])
def test_a_phone_in_an_offer_is_refused_as_everybody_reads_it(
    talks: tuple[Hall, str, str], where: str
) -> None:
    hall, _, project = talks
    costed(hall, project)
    live_at(hall.world, "柳荫1栋", "王桂英")
    mine = funding.Offer(Payer.RESIDENTS, Form.KIND, 50_000, "一袋水泥", "160号院王家")
    said = replace(mine, **{where: "水泥找我13800138000"})
    answer = funding.offer(hall.world.ask("王桂英", hall.now), project, said)
    assert refused(answer) == ("words_personal", None, where)
    assert not Pledge.objects.exists()


def test_many_offer_at_once_and_none_is_told_it_has_changed(talks: tuple[Hall, str, str]) -> None:
    hall, _, project = talks
    costed(hall, project)
    live_at(hall.world, "柳荫1栋", "王桂英", "李建国")
    mine = funding.Offer(Payer.RESIDENTS, Form.MONEY, 50_000)
    seen = Project.objects.get(uid=project).version
    for who in ("王桂英", "李建国"):
        hall.did(funding.offer(hall.world.ask(who, hall.now, version=seen), project, mine))
    hall.did(
        funding.withdraw_pledge(
            hall.world.ask("王桂英", hall.now, version=seen - 1),
            project,
            Pledge.objects.earliest("id").uid,
        )
    )
    assert Project.objects.get(uid=project).version == seen


@pytest.mark.parametrize(
    ("value", "lacking"),
    [
        (funding.Value(1_500_000, 32, 2), ("resolution",)),
        (funding.Value(1_500_000, 0, 2), ("resolution", "willing")),
        (funding.Value(1_500_000), ("resolution", "willing", "units")),
    ],
)
def test_residents_money_needs_their_will(
    talks: tuple[Hall, str, str], value: funding.Value, lacking: tuple[str, ...]
) -> None:
    hall, _, project = talks
    costed(hall, project)
    uid = pledged(hall, project, 15_000, Payer.RESIDENTS, name="160号院居民", confirm=False)
    said = funding.confirm_pledge(hall.world.ask(SECRETARY, hall.now), project, uid, value)
    assert refused(said) == ("residents_consent", lacking, "")


def test_the_fund_gives_no_more_than_its_cap_and_no_more_than_it_has(world: World) -> None:
    hall, uid = round_at(world)
    fund = announced(hall, uid, 550_000)
    taken_to(hall, uid, "discuss")
    one, two = Project.objects.filter(topic__uid=uid).order_by("id").values_list("uid", flat=True)
    costed(hall, one, 600_000)
    costed(hall, two, 100_000)
    pledged(hall, one, 499_999, Payer.FUND, fund=fund)
    over = pledged(hall, one, 2, Payer.FUND, fund=fund, confirm=False)
    ask, value = hall.world.ask, funding.Value(2 * YUAN)
    said = funding.confirm_pledge(ask(SECRETARY, hall.now), one, over, value)
    assert refused(said) == ("cap_exceeded", 50_000_000, 50_000_100)
    much = pledged(hall, two, 50_002, Payer.FUND, fund=fund, confirm=False)
    said = funding.confirm_pledge(ask(SECRETARY, hall.now), two, much, funding.Value(50_002 * YUAN))
    assert refused(said) == ("account_short", 5_000_200, 5_000_100)
    assert Pledge.objects.get(uid=much).state == "offered"


def test_of_a_project_that_is_not_agreed_on_funders_have_theirs_back(
    talks: tuple[Hall, str, str],
) -> None:
    hall, uid, project = talks
    costed(hall, project)
    dongdalu(hall, project)
    hall.did(deciding.decide(hall.world.ask(DESK, hall.now), project, talked(hall, yes=3)))
    whole = whole_of(hall.topic(uid))
    assert (whole.in_funds_fen, whole.set_aside_fen, sum(whole.given.values())) == (
        30_000_000,
        0,
        0,
    )
    assert sorted(Transfer.objects.values_list("moved", flat=True)) == [
        "committed",
        "given",
        "given",
        "given",
        "granted",
        "released",
        "returned",
        "returned",
        "returned",
    ]


def test_funders_never_give_more_than_it_costs(talks: tuple[Hall, str, str]) -> None:
    hall, _, project = talks
    costed(hall, project)
    pledged(hall, project, 179_999)
    uid = pledged(hall, project, 2, confirm=False)
    said = funding.confirm_pledge(
        hall.world.ask(SECRETARY, hall.now), project, uid, funding.Value(200)
    )
    assert refused(said) == ("funders_over", 18_000_000, 18_000_100)
