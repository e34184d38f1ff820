"""Who builds, gives or only sits in a body decides on nothing of a project that is theirs."""

from datetime import timedelta

import pytest

from tests.acts.hall import COMMUNITY, CONVENER, DESK, OVERSEER, SECRETARY
from tests.acts.paid import costed
from tests.acts.rounds import CENTRE, begun, round_hall, taken_to
from tests.acts.works import (
    BUILDER,
    COMMITTEE,
    COST,
    REVIEWER,
    YUAN,
    Works,
    built,
    chosen,
    funded,
    in_talks,
    paper,
    under_way,
)
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.acts.project import (
    accepting,
    building,
    changing,
    costing,
    funding,
    paying,
    settling,
    watching,
)
from yishi.acts.round import announcing
from yishi.core.method.round import Payer
from yishi.core.person import Role
from yishi.core.project.now import Form, OpinionOn
from yishi.core.refusal import Refusal
from yishi.records.models import Fund, Pledge, Project

pytestmark = pytest.mark.django_db
OF_BUILDER = f"{BUILDER}{CONVENER}"
OF_CENTRE = f"{CENTRE}{CONVENER}"
TEAM = "柳荫志愿服务队"
OF_TEAM = f"{TEAM}{CONVENER}"


@pytest.fixture
def world() -> World:
    return make_world()


def refused(answer: Done | Refusal) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def contract(w: Works, who: str, contractor: str, builder: str = "") -> Done | Refusal:
    """By that person, to that firm."""
    begins, sum_ = w.today + timedelta(days=1), 40_000 * YUAN
    entered = building.Contract(contractor, sum_, begins, begins, paper("合同"), builder, "只包工")
    return building.contract(w.ask(who), w.uid, entered)


def offered(w: Works, giver: str, who: str, yuan: int = 100) -> str:
    """That body would give money; the uid of its pledge."""
    made = funding.Offer(Payer.SOCIETY, Form.MONEY, yuan * YUAN, body=w.body(giver))
    w.hall.did(funding.offer(w.ask(who), w.uid, made))
    return Pledge.objects.latest("id").uid


# Who builds it


def test_who_builds_it_reports_its_steps_and_decides_on_nothing(world: World) -> None:
    w = under_way(world, BUILDER)
    ask = lambda: w.ask(OF_BUILDER)  # noqa: E731
    w.hall.did(building.plan_milestones(ask(), w.uid, [("铺沥青", w.today + timedelta(days=9))]))
    dearer = changing.ask_change(w.ask(), w.uid, COST + 5_000 * YUAN, "地下有旧管")
    w.hall.did(dearer)
    assert refused(changing.decide_change(ask(), w.uid, 1, "同意", yes=True)) == "not_yours"
    pay = paying.pay(ask(), w.uid, w.pledges[0], 100 * YUAN, "2026-001", paper(), "付自己")
    assert refused(pay) == "not_yours"
    assert refused(settling.stop(ask(), w.uid, "不干了")) == "not_yours"
    w.hall.did(changing.decide_change(w.ask(SECRETARY), w.uid, 1, "同意", yes=True))
    # The works wait for money: the one who builds it neither confirms nor lowers what comes.
    more = offered(w, "柳荫小学", DESK, 5_000)
    value = funding.Value(5_000 * YUAN)
    assert refused(funding.confirm_pledge(ask(), w.uid, more, value)) == "not_yours"
    assert refused(funding.decline_pledge(ask(), w.uid, more, "不要")) == "not_yours"
    assert refused(changing.lower_pledge(ask(), w.uid, w.pledges[0], 1)) == "not_yours"


def test_a_body_of_the_stage_that_builds_it_decides_on_nothing_either(world: World) -> None:
    w = under_way(world, CENTRE)
    ask = lambda: w.ask(OF_CENTRE)  # noqa: E731
    w.hall.did(changing.ask_change(w.ask(), w.uid, COST + 5_000 * YUAN, "地下有旧管"))
    decide = changing.decide_change
    assert refused(decide(ask(), w.uid, 1, "同意", yes=True)) == "not_independent"
    pay = paying.pay(ask(), w.uid, w.pledges[0], 100 * YUAN, "2026-001", paper(), "付自己")
    assert refused(pay) == "not_independent"
    w.hall.did(decide(w.ask(SECRETARY), w.uid, 1, "同意", yes=True))
    more = offered(w, "柳荫小学", DESK, 5_000)
    value = funding.Value(5_000 * YUAN)
    assert refused(funding.confirm_pledge(ask(), w.uid, more, value)) == "not_independent"
    assert refused(funding.decline_pledge(ask(), w.uid, more, "不要")) == "not_independent"
    lower = changing.lower_pledge(ask(), w.uid, w.pledges[0], 1)
    assert refused(lower) == "not_independent"
    w.hall.did(funding.confirm_pledge(w.ask(SECRETARY), w.uid, more, value))
    assert refused(funding.fund(ask(), w.uid)) == "not_independent"
    w.fund()
    assert refused(contract(w, OF_CENTRE, "清河路桥公司")) == "not_independent"


def test_who_builds_it_does_not_stop_it_before_anybody_has_looked_at_it(world: World) -> None:
    w = built(world, CENTRE)
    w.pay_all()
    # Paid in full, and stopped: nobody would accept it, nobody review its account.
    assert refused(settling.stop(w.ask(OF_CENTRE), w.uid, "不干了")) == "not_independent"
    w.hall.did(settling.stop(w.ask(SECRETARY), w.uid, "质量太差，收回重做"))
    assert w.row.state == "stopped"


def test_nobody_gives_the_works_to_the_body_they_sit_in(world: World) -> None:
    w = funded(world)
    assert refused(contract(w, OF_CENTRE, CENTRE, w.body(CENTRE))) == "not_independent"
    # Named in letters alone it is the same body.
    assert refused(contract(w, OF_CENTRE, CENTRE)) == "not_independent"
    w.hall.did(contract(w, SECRETARY, CENTRE))
    assert w.row.builder == world.bodies[CENTRE]


def test_nobody_enters_their_own_body_as_the_one_that_builds_it_itself(world: World) -> None:
    w = _small(world)
    days = (w.today, w.today + timedelta(days=30))
    own = building.build_selves(w.ask(OF_CENTRE), w.uid, w.body(CENTRE), *days)
    assert refused(own) == "not_independent"
    w.hall.did(building.build_selves(w.ask(OF_CENTRE), w.uid, w.body(TEAM), *days))


def test_a_keeper_takes_it_over_by_who_answers_for_it(world: World) -> None:
    w = built(world)
    w.accept()
    w.pay_all()
    w.settle()
    until = w.today + timedelta(days=700)
    hand = settling.hand_over
    w.hall.did(hand(w.ask(), w.uid, w.body(BUILDER), until, "合同第九条", paper("移交")))
    # Of the keeper only a member; that they convene another body does not help.
    world.appoint(OF_CENTRE, Role.MEMBER, COMMUNITY, BUILDER)
    assert refused(settling.take_over(w.ask(OF_CENTRE), w.uid)) == "not_yours"
    w.hall.did(settling.take_over(w.ask(OF_BUILDER), w.uid))


def test_who_built_it_does_not_say_how_long_it_answers_for_it(world: World) -> None:
    w = built(world, CENTRE)
    w.accept()
    w.pay_all()
    w.settle()
    hand = settling.hand_over
    own = hand(w.ask(OF_CENTRE), w.uid, w.body(TEAM), None, "没有人", paper("移交"))
    assert refused(own) == "not_independent"


# Who built it before


def test_who_built_it_under_an_earlier_contract_stays_one_who_built_it(world: World) -> None:
    w = under_way(world, BUILDER)
    _dearer(w)
    w.hall.did(contract(w, DESK, "清河路桥公司"))
    assert w.row.builder is None
    w.build()
    _of_those_who_built(w, BUILDER, OF_BUILDER)


def test_who_began_it_themselves_stays_one_who_built_it(world: World) -> None:
    w = _small(world)
    days = (w.today, w.today + timedelta(days=30))
    w.hall.did(building.build_selves(w.ask(), w.uid, w.body(TEAM), *days))
    _dearer(w)
    w.hall.did(contract(w, DESK, "清河路桥公司"))
    w.build()
    _of_those_who_built(w, TEAM, OF_TEAM)


def _of_those_who_built(w: Works, body: str, person: str) -> None:
    """It is built: neither that body nor who sits in it looks on, accepts, settles."""
    w.world.appoint(OVERSEER, Role.MEMBER, COMMUNITY, body)
    assert refused(watching.watch(w.ask(person), w.uid, "都好")) == "not_independent"
    accept = accepting.accept
    own = accept(w.ask(OVERSEER), w.uid, [w.body(COMMITTEE)], [], "好", fit=True)
    assert refused(own) == "not_independent"
    w.world.appoint("监督委员老何二", Role.OVERSEER, COMMUNITY, COMMITTEE)
    both = [w.body(COMMITTEE), w.body(body)]
    with_it = accept(w.ask("监督委员老何二"), w.uid, both, [], "好", fit=True)
    assert refused(with_it) == "inspector_built"
    w.hall.did(accept(w.ask("监督委员老何二"), w.uid, [w.body(COMMITTEE)], [], "好", fit=True))
    settle = settling.settle(w.ask(SECRETARY), w.uid, 0, w.body(body), paper())
    assert refused(settle) == "reviewer_built"
    w.world.appoint("街道主任", Role.MEMBER, COMMUNITY, body)
    settle = settling.settle(w.ask("街道主任"), w.uid, 0, w.body(REVIEWER), paper())
    assert refused(settle) == "not_independent"


def _dearer(w: Works) -> None:
    """5,000 more, and found."""
    cost = w.row.cost_fen
    assert cost is not None
    w.hall.did(changing.ask_change(w.ask(), w.uid, cost + 5_000 * YUAN, "地下有旧管"))
    w.hall.did(changing.decide_change(w.ask(SECRETARY), w.uid, 1, "同意", yes=True))
    w.pledge("society", Form.MONEY, 5_000)
    w.fund()


def _small(world: World) -> Works:
    """A project of 40,000, every yuan of it found."""
    w = chosen(world, 40_000 * YUAN)
    w.pledge("fund", Form.MONEY, 40_000)
    w.fund()
    return w


# Who gives


def test_a_member_offers_nothing_of_their_body_and_takes_nothing_back(world: World) -> None:
    w = in_talks(world)
    w.cost()
    world.appoint("王桂英", Role.MEMBER, COMMUNITY, "柳荫小学")
    made = funding.Offer(Payer.SOCIETY, Form.MONEY, 100, body=w.body("柳荫小学"))
    assert refused(funding.offer(w.ask("王桂英"), w.uid, made)) == "not_yours"
    pledge = offered(w, "柳荫小学", DESK)
    assert refused(funding.withdraw_pledge(w.ask("王桂英"), w.uid, pledge)) == "not_yours"
    chair = w.ask(f"柳荫小学{CONVENER}")
    assert isinstance(funding.withdraw_pledge(chair, w.uid, pledge), Done)
    again = funding.offer(w.ask(f"柳荫小学{CONVENER}"), w.uid, made)
    assert isinstance(again, Done)


def test_a_member_gives_nothing_out_of_the_fund_of_their_body(world: World) -> None:
    hall = round_hall(world)
    ask = lambda who: world.ask(who, hall.now)  # noqa: E731
    uid, school = begun(hall), world.bodies["柳荫小学"].uid
    hall.did(announcing.announce_fund(ask(DESK), uid, "society", "柳荫小学", 9_000, school))
    taken_to(hall, uid, "discuss")
    project = Project.objects.filter(topic__uid=uid).earliest("id").uid
    costed(hall, project)
    world.appoint("王桂英", Role.MEMBER, COMMUNITY, "柳荫小学")
    made = funding.Offer(
        Payer.SOCIETY, Form.MONEY, 9_000, fund=Fund.objects.get(body__uid=school).uid
    )
    assert refused(funding.offer(ask("王桂英"), project, made)) == "not_yours"
    hall.did(funding.offer(ask(f"柳荫小学{CONVENER}"), project, made))


def test_a_body_confirms_and_declines_nothing_that_it_gives(world: World) -> None:
    w = in_talks(world)
    w.cost()
    value, words = funding.Value(100 * YUAN), "手续不全"
    confirm, decline = funding.confirm_pledge, funding.decline_pledge
    # Of a body that has no part in the stage: being the giver gives it none.
    school = offered(w, "柳荫小学", DESK)
    chair = f"柳荫小学{CONVENER}"
    assert refused(confirm(w.ask(chair), w.uid, school, value)) == "not_yours"
    assert refused(decline(w.ask(chair), w.uid, school, words)) == "not_yours"
    # Of one that has: somebody else does it.
    centre = offered(w, CENTRE, DESK)
    assert refused(confirm(w.ask(OF_CENTRE), w.uid, centre, value)) == "not_independent"
    w.hall.did(confirm(w.ask(SECRETARY), w.uid, centre, value))
    # Confirmed it is bound: its giver does not take it back by declining it.
    assert refused(decline(w.ask(OF_CENTRE), w.uid, centre, words)) == "not_independent"
    w.hall.did(decline(w.ask(SECRETARY), w.uid, centre, words))
    w.hall.did(confirm(w.ask(OF_CENTRE), w.uid, school, value))


def test_a_body_lowers_nothing_that_it_gives(world: World) -> None:
    w = chosen(world)
    own = offered(w, CENTRE, DESK, 90_000)
    value = funding.Value(90_000 * YUAN)
    w.hall.did(funding.confirm_pledge(w.ask(SECRETARY), w.uid, own, value))
    w.pledge("society", Form.MONEY, 90_000)
    w.fund()
    w.contract()
    w.hall.did(changing.ask_change(w.ask(), w.uid, COST - 5_000 * YUAN, "少铺一段"))
    w.hall.did(changing.decide_change(w.ask(SECRETARY), w.uid, 1, yes=True))
    lower, less = changing.lower_pledge, 85_000 * YUAN
    assert refused(lower(w.ask(OF_CENTRE), w.uid, own, less)) == "not_independent"
    w.hall.did(lower(w.ask(SECRETARY), w.uid, own, less))


def test_who_sits_in_a_body_writes_its_opinion_down_with_its_paper(world: World) -> None:
    w = in_talks(world)
    world.appoint(DESK, Role.MEMBER, COMMUNITY, CENTRE)
    said = costing.Said(OpinionOn.FEASIBLE, True, "可以做")
    told = costing.add_opinion(w.ask(DESK), w.uid, w.body(CENTRE), said)
    assert refused(told) == "opinion_paper_missing"
    w.hall.did(costing.add_opinion(w.ask(OF_CENTRE), w.uid, w.body(CENTRE), said))
