"""Random lives of the works and their money, two rounds in one community at once: after every act
each balance and every number of the accounts, worked out from what moved."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from tests.acts.hall import COMMUNITY, DESK, OVERSEER, SECRETARY
from tests.acts.paid import YUAN, agreed, announced, costed, paper
from tests.acts.rounds import begun, round_hall, taken_to
from tests.acts.test_sequences_money import (
    Answer,
    Life,
    confirm,
    holds,
    holds_of,
    offer,
    pay,
    reverse,
    stop,
)
from tests.acts.works import COMMITTEE, KEEPER, REVIEWER, photo
from tests.acts.world import World
from yishi.acts.door import Ask, Done
from yishi.acts.project import accepting, building, changing, funding, settling
from yishi.acts.round import sweeping
from yishi.core.method.round import Payer
from yishi.core.person import SYSTEM
from yishi.core.project.now import Form
from yishi.records.models import Change, Milestone, Pledge, Project, Transfer
from yishi.records.queries.project_money import money_paid

SEEDS = 2
ACTS_EACH = 80
AFTER = datetime(2027, 3, 31, 16, 0, tzinfo=UTC)


def ask(life: Life, who: str = DESK) -> Ask:
    return life.hall.world.ask(who, life.hall.now)


def body(life: Life, name: str) -> str:
    return life.hall.world.bodies[name].uid


def left(project: str) -> int:
    """What its funders do not give yet, in fen."""
    row = Project.objects.get(uid=project)
    sums = Pledge.objects.filter(project=row, state="confirmed")
    return (row.cost_fen or 0) - sum(sums.values_list("amount_fen", flat=True))


def fill(life: Life, project: str) -> Answer:
    """One who gives exactly the rest, in money or in kind, and is confirmed."""
    form = life.chance.choice((Form.MONEY, Form.MONEY, Form.KIND))
    made = funding.Offer(Payer.SOCIETY, form, left(project), "出沥青", "补齐的单位")
    answer = funding.offer(ask(life), project, made)
    if not isinstance(answer, Done):
        return answer
    pledge = Pledge.objects.latest("id")
    value = funding.Value(pledge.amount_fen)
    return funding.confirm_pledge(ask(life, SECRETARY), project, pledge.uid, value)


def fund(life: Life, project: str) -> Answer:
    return funding.fund(ask(life), project)


def contract(life: Life, project: str) -> Answer:
    begins = life.hall.now.date() + timedelta(days=1)
    amount = life.chance.choice((40_000, 60_000, 150_000, 180_000)) * YUAN
    entered = building.Contract(
        "柳荫市政工程公司", amount, begins, begins + timedelta(days=60), paper("合同"), "", "议定"
    )
    return building.contract(ask(life), project, entered)


def build_selves(life: Life, project: str) -> Answer:
    begins = life.hall.now.date() + timedelta(days=1)
    builder = body(life, "柳荫志愿服务队")
    return building.build_selves(ask(life), project, builder, begins, begins + timedelta(days=9))


def plan(life: Life, project: str) -> Answer:
    day = life.hall.now.date() + timedelta(days=5)
    return building.plan_milestones(ask(life), project, [("铺路面", day)])


def reach(life: Life, project: str) -> Answer:
    no = life.chance.choice((1, 1, 2))
    return building.reach_milestone(ask(life), project, no, "", photo(f"第{no}步"))


def report_built(life: Life, project: str) -> Answer:
    return building.report_built(ask(life), project, "修平了", photo("修好的路"))


def ask_change(life: Life, project: str) -> Answer:
    to = life.chance.choice((50_000, 60_000, 150_000, 200_000)) * YUAN
    return changing.ask_change(ask(life), project, to, "地下有管线")


def decide_change(life: Life, project: str) -> Answer:
    no = Change.objects.filter(project__uid=project).count()
    yes = life.chance.random() < 0.7
    return changing.decide_change(ask(life, SECRETARY), project, no, "看过了", yes=yes)


def lower(life: Life, project: str) -> Answer:
    """Somebody gives less, mostly by exactly what is over."""
    uid = life.pledge(project, "confirmed")
    pledge = Pledge.objects.filter(uid=uid).first()
    less = -left(project) if life.chance.random() < 0.8 else 1_000 * YUAN
    to = max(pledge.amount_fen - less, 1) if pledge else 1
    return changing.lower_pledge(ask(life), project, uid, to)


def accept(life: Life, project: str) -> Answer:
    fit = life.chance.random() < 0.8
    bodies = [body(life, COMMITTEE)]
    return accepting.accept(
        ask(life, OVERSEER), project, bodies, ["王桂英"], "看过了", photo(), fit=fit
    )


def settle(life: Life, project: str) -> Answer:
    """At what was spent, mostly."""
    spent = Transfer.objects.filter(project__uid=project, moved__in=("paid", "delivered"))
    back = Transfer.objects.filter(project__uid=project, moved="reversed")
    fen = sum(spent.values_list("amount_fen", flat=True))
    fen -= sum(back.values_list("amount_fen", flat=True))
    fen += life.chance.choice((0, 0, 0, 1))
    return settling.settle(ask(life, SECRETARY), project, fen, body(life, REVIEWER), paper("审核"))


def hand_over(life: Life, project: str) -> Answer:
    keeper = body(life, KEEPER)
    return settling.hand_over(ask(life), project, keeper, None, "不设质保", paper("移交"))


def take_over(life: Life, project: str) -> Answer:
    return settling.take_over(ask(life, "城管小孙"), project)


Act = Callable[[Life, str], Answer]
# What is likely where a project stands; now and then anything is tried.
LIKELY: dict[str, tuple[Act, ...]] = {
    "chosen": (offer, confirm, fill, fill, lower, lower, fund, fund, fund, reverse),
    "funded": (contract, contract, contract, build_selves, ask_change, decide_change, reverse),
    "under_way": (
        plan, plan, reach, reach, report_built, report_built, pay, pay, pay, reverse,
        ask_change, decide_change,
    ),
    "built": (pay, pay, accept, reverse),
    "accepted": (pay, pay, reverse, settle, settle),
    "settled": (hand_over, take_over),
    "stopped": (reverse,),
}  # fmt: skip
ALL = tuple({act: None for acts in LIKELY.values() for act in acts})
ENDED = ("handed_over", "stopped")


def ready(project: str, state: str) -> Act:
    """What leads it on from where it stands."""
    steps = Milestone.objects.filter(project__uid=project)
    if state == "chosen":
        rest = left(project)
        return fill if rest > 0 else lower if rest < 0 else fund
    if state == "under_way":
        open_ = steps.filter(done_at=None).exists()
        return reach if open_ else report_built if steps.exists() else plan
    if state == "settled":
        named = Project.objects.filter(uid=project, keeper__isnull=False).exists()
        return take_over if named else hand_over
    return {"funded": contract, "built": accept, "accepted": settle, "stopped": reverse}[state]


def step(life: Life, project: str) -> str:
    """One act on a project, mostly one it is ready for; its name, done or refused."""
    state = Project.objects.get(uid=project).state
    rare = life.chance.random()
    if rare < 0.015:
        act: Act = stop
    elif rare < 0.12 or state not in LIKELY:
        act = life.chance.choice(ALL)
    else:
        act = life.chance.choice((*LIKELY[state], *[ready(project, state)] * 6))
    answer = act(life, project)
    return f"{act.__name__} {'done' if isinstance(answer, Done) else 'refused'}"


def two_rounds(world: World) -> Life:
    """Two rounds of one community whose projects are chosen, and a fund of 200,000 in each."""
    hall = round_hall(world)
    rounds = []
    for title in ("2026年第一轮微实事", "2026年第二轮微实事"):
        uid = begun(hall, title)
        announced(hall, uid, 200_000)
        taken_to(hall, uid, "discuss")
        for n, row in enumerate(Project.objects.filter(topic__uid=uid).order_by("id")):
            costed(hall, row.uid, (180_000, 60_000)[n % 2])
            agreed(hall, row.uid)
        taken_to(hall, uid, "works")
        rounds.append(uid)
    return Life(hall, rounds, Random(0))


@pytest.mark.slow
def test_every_figure_holds_after_every_act_of_the_works(world: World) -> None:
    life = two_rounds(world)
    assert life.hall.world.places[COMMUNITY] == life.hall.topic(life.rounds[1]).place
    for seed in range(SEEDS):
        life.chance = Random(seed)
        for _ in range(ACTS_EACH):
            project = life.project()
            life.done[step(life, project)] += 1
            life.hall.now += timedelta(minutes=1)
            holds_of(Project.objects.get(uid=project).topic)
            for row in Project.objects.filter(contract_fen__isnull=False, state="under_way"):
                assert money_paid(row) <= (row.contract_fen or 0)
    swept(life)
    seen = {name for name in life.done if name.endswith(" done")}
    wanted = {f"{act.__name__} done" for act in (fill, fund, contract, plan, pay, accept)}
    assert wanted <= seen, life.done


def swept(life: Life) -> None:
    """Once the funds' day is over what they have left is swept, and what comes back is later."""
    life.hall.now = AFTER + timedelta(days=1)
    for uid in life.rounds:
        life.hall.did(sweeping.sweep(ask(life, SYSTEM), uid))
    holds(life)
    for row in Project.objects.exclude(state__in=ENDED):
        life.hall.now += timedelta(minutes=1)
        stop(life, row.uid)
        reverse(life, row.uid)
        holds(life)
    for uid in life.rounds:
        life.hall.now += timedelta(minutes=1)
        sweeping.sweep(ask(life, SYSTEM), uid)
    holds(life)
