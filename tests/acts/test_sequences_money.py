"""Random lives of a round's money through the door: after every act each balance, worked out from
what moved, holds what core promises and is what the accounts say."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import pytest
from django.db import connection

from tests.acts.hall import DESK, SECRETARY, Hall
from tests.acts.paid import YUAN, agreed, announced, confirmed, costed, paid, paper, talked
from tests.acts.rounds import round_at, taken_to
from tests.acts.world import World
from yishi.acts.door import Done
from yishi.acts.project import deciding, funding, paying, settling
from yishi.core.ledger import BETWEEN, AccountKind, Moved, Movement, balances
from yishi.core.method.round import Payer
from yishi.core.project.now import PAID_FOR, Form
from yishi.core.refusal import Refusal
from yishi.records.models import Account, Fund, Pledge, Project, Topic, Transfer
from yishi.records.queries.accounts import (
    every_funder,
    every_payment,
    every_project,
    fund_lines,
    whole_of,
)

SEEDS = 6 if connection.vendor == "sqlite" else 2
ACTS_EACH = 60
AMOUNTS = (1, 1_000, 30_000, 45_000, 90_000, 180_000, 500_001)
Answer = Done | Refusal
ENDING = ("settled", "handed_over")
LEADER = "街道主任"


@dataclass
class Life:
    """Rounds of one community whose projects are paid for at random."""

    hall: Hall
    rounds: list[str]
    chance: Random
    done: Counter[str] = field(default_factory=Counter)
    vouchers: int = 0

    def project(self) -> str:
        rows = Project.objects.filter(topic__uid__in=self.rounds).order_by("id")
        return self.chance.choice(list(rows.values_list("uid", flat=True)))

    def pledge(self, project: str, state: str) -> str:
        """A funder of a project, mostly one in that state; sometimes none at all."""
        rows = Pledge.objects.filter(project__uid=project).order_by("id")
        if self.chance.random() < 0.8:
            rows = rows.filter(state=state)
        return self.chance.choice([*rows.values_list("uid", flat=True), "none"])

    def act(self) -> tuple[str, Answer]:
        # Funders come and go for a while before the works can begin.
        early = self.done.total() < ACTS_EACH // 2
        name = self.chance.choice([one for one in ACTS if not (early and one == "fund")])
        return name, ACTS[name](self, self.project())


def offer(life: Life, project: str) -> Answer:
    payer = life.chance.choice((Payer.FUND, Payer.SOCIETY, Payer.RESIDENTS, Payer.GOVERNMENT))
    fund = Fund.objects.get(topic__projects__uid=project).uid if payer is Payer.FUND else ""
    form = Form.MONEY if fund else life.chance.choice(tuple(Form))
    amount = life.chance.choice(AMOUNTS) * YUAN
    made = funding.Offer(payer, form, amount, "认领一部分", "" if fund else f"{payer}", fund)
    return funding.offer(life.hall.world.ask(DESK, life.hall.now), project, made)


def confirm(life: Life, project: str) -> Answer:
    uid = life.pledge(project, "offered")
    row = Pledge.objects.filter(uid=uid).first()
    value = funding.Value(row.amount_fen if row else 1, 3, 1, paper("决议"))
    ask = life.hall.world.ask(SECRETARY, life.hall.now)
    return funding.confirm_pledge(ask, project, uid, value)


def decline(life: Life, project: str) -> Answer:
    ask = life.hall.world.ask(SECRETARY, life.hall.now)
    return funding.decline_pledge(ask, project, life.pledge(project, "confirmed"), "不合适")


def withdraw(life: Life, project: str) -> Answer:
    ask = life.hall.world.ask(DESK, life.hall.now)
    return funding.withdraw_pledge(ask, project, life.pledge(project, "offered"))


def fund(life: Life, project: str) -> Answer:
    """Filled up by one who gives exactly the rest, half of the time."""
    row = Project.objects.get(uid=project)
    sums = Pledge.objects.filter(project=row, state="confirmed")
    left = (row.cost_fen or 0) - sum(sums.values_list("amount_fen", flat=True))
    if life.chance.random() < 0.25 and left > 0 and row.state == "chosen":
        made = funding.Offer(Payer.SOCIETY, Form.MONEY, left, "", "补齐的单位")
        ask = life.hall.world.ask(DESK, life.hall.now)
        assert isinstance(funding.offer(ask, project, made), Done)
        confirmed(life.hall, project, Pledge.objects.latest("id").uid, left // YUAN)
    answer = funding.fund(life.hall.world.ask(DESK, life.hall.now), project)
    if isinstance(answer, Done):
        # How the works begin is another test's.
        Project.objects.filter(uid=project).update(state="under_way")
    return answer


def pay(life: Life, project: str) -> Answer:
    life.vouchers += life.chance.random() < 0.9
    yuan = life.chance.choice(AMOUNTS)
    answer = paid(life.hall, project, life.pledge(project, "confirmed"), yuan, f"v{life.vouchers}")
    assert isinstance(answer, Done | Refusal)
    return answer


def reverse(life: Life, project: str) -> Answer:
    """A payment, one that was reversed before, what reversed it, or none at all."""
    rows = Transfer.objects.filter(project__uid=project, moved__in=("paid", "reversed"))
    uid = life.chance.choice([*rows.order_by("id").values_list("uid", flat=True), "none"])
    who = life.chance.choice((LEADER, LEADER, DESK))
    ask = life.hall.world.ask(who, life.hall.now)
    return paying.reverse_payment(ask, project, uid, "录错了")


def stop(life: Life, project: str) -> Answer:
    return settling.stop(life.hall.world.ask(SECRETARY, life.hall.now), project, "不做了")


ACTS: dict[str, Callable[[Life, str], Answer]] = {
    "offer": offer,
    "offer again": offer,
    "confirm": confirm,
    "confirm again": confirm,
    "decline": decline,
    "withdraw": withdraw,
    "fund": fund,
    "pay": pay,
    "pay again": pay,
    "reverse": reverse,
}


def holds(life: Life) -> None:
    """Every promise of the ledger, for each round."""
    for uid in life.rounds:
        holds_of(life.hall.topic(uid))


def holds_of(topic: Topic) -> None:
    """Worked out from what moved in a round."""
    moved = [
        (Moved(why), source, target, amount)
        for why, source, target, amount in Transfer.objects.filter(topic=topic).values_list(
            "moved", "source__uid", "target__uid", "amount_fen"
        )
    ]
    kinds = {one.uid: AccountKind(one.kind) for one in Account.objects.filter(topic=topic)}
    held = balances(Movement(*one) for one in moved)
    assert sum(held.values()) == 0
    assert all(n >= 0 for uid, n in held.items() if kinds[uid] is not AccountKind.OUTSIDE)
    assert all(BETWEEN[why] == (kinds[source], kinds[to]) for why, source, to, _ in moved)
    by_kind: Counter[AccountKind] = Counter()
    for uid, amount in held.items():
        by_kind[kinds[uid]] += amount
    whole = whole_of(topic)
    assert by_kind[AccountKind.FUND] == whole.in_funds_fen
    assert by_kind[AccountKind.FUND] == sum(one.left_fen for one in fund_lines(topic))
    assert by_kind[AccountKind.PLEDGE] == whole.set_aside_fen
    assert by_kind[AccountKind.SPENT] == whole.spent_fen
    assert by_kind[AccountKind.SWEPT] == whole.swept_fen
    _lists_agree(topic, held)
    _pays_what_it_says(topic)


def _lists_agree(topic: Topic, held: dict[str, int]) -> None:
    """What the lists say of each project and each funder is what the accounts hold."""
    whole, lines = whole_of(topic), every_project(topic)
    assert sum(one.left_fen for one in lines) == whole.set_aside_fen
    assert sum(one.spent_fen for one in lines) == whole.spent_fen
    funders = every_funder(topic)
    assert sum(one.left_fen for one in funders) == whole.set_aside_fen
    assert sum(one.spent_fen for one in funders) == whole.spent_fen
    assert all(one.given_fen > 0 and one.projects > 0 for one in funders)
    for payer in Payer:
        of_projects = sum(line.given[payer] for line in lines)
        assert of_projects == whole.given[payer]
        assert of_projects == sum(one.given_fen for one in funders if one.payer == payer)
    assert sum(one.committed_fen for one in fund_lines(topic)) == whole.given[Payer.FUND]
    for line in lines:
        row = Project.objects.get(uid=line.uid)
        own = Account.objects.filter(pledge__project=row, kind=AccountKind.PLEDGE)
        assert sum(held.get(one.uid, 0) for one in own) == line.left_fen
        spent = Account.objects.filter(project=row)
        assert sum(held.get(one.uid, 0) for one in spent) == line.spent_fen
        together = sum(line.given.values())
        assert together == line.spent_fen + line.left_fen
        assert line.leverage.whole_fen == together
        if row.state in (*ENDING, "stopped"):
            assert line.left_fen == 0
        elif row.state in PAID_FOR:
            assert together == line.cost_fen
        if row.state in ENDING:
            assert line.spent_fen == row.settled_fen
        if row.state in PAID_FOR:
            assert line.spent_fen <= (line.cost_fen or 0)
        assert line.given[Payer.FUND] <= 50_000_000


def _pays_what_it_says(topic: Topic) -> None:
    """Payment by payment it is what was spent; a voucher stands for one payment at a time."""
    lines = every_payment(topic)
    assert sum(one.amount_fen for one in lines) == whole_of(topic).spent_fen
    undone = [one.reverses for one in lines if one.reverses]
    assert len(undone) == len(set(undone))
    paid_on = Transfer.objects.filter(topic__place=topic.place, moved="paid", reversed_by=None)
    numbers = list(paid_on.values_list("voucher_no", flat=True))
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_balance_holds_after_every_act(world: World, seed: int) -> None:
    hall, uid = round_at(world)
    announced(hall, uid, 200_000)
    taken_to(hall, uid, "discuss")
    for n, row in enumerate(Project.objects.filter(topic__uid=uid).order_by("id")):
        costed(hall, row.uid, (180_000, 60_000)[n % 2])
        agreed(hall, row.uid)
    taken_to(hall, uid, "works")
    life = Life(hall, [uid], Random(seed))
    for _ in range(ACTS_EACH):
        name, answer = life.act()
        what = "done" if isinstance(answer, Done) else "refused"
        life.done[f"{name.removesuffix(' again')} {what}"] += 1
        holds(life)
    for name in ("offer done", "confirm done", "confirm refused", "pay refused"):
        assert life.done[name], (name, life.done)
    nothing_left(life)


def nothing_left(life: Life) -> None:
    """Every project is stopped, and every payment for it was a mistake: all goes back."""
    for row in Project.objects.filter(topic__uid__in=life.rounds).order_by("id"):
        if row.state != "stopped":
            assert isinstance(stop(life, row.uid), Done)
        holds(life)
    wrong = Transfer.objects.filter(topic__uid__in=life.rounds, moved="paid", reversed_by=None)
    for uid, project in list(wrong.order_by("id").values_list("uid", "project__uid")):
        ask = life.hall.world.ask(LEADER, life.hall.now)
        life.hall.did(paying.reverse_payment(ask, project, uid, "录错了"))
        holds(life)
    for uid in life.rounds:
        whole = whole_of(life.hall.topic(uid))
        assert (whole.spent_fen, whole.set_aside_fen) == (0, 0)
        assert whole.in_funds_fen + whole.swept_fen == whole.granted_fen


def test_what_is_not_agreed_on_leaves_nothing_behind(world: World) -> None:
    hall, uid = round_at(world, "discuss")
    life = Life(hall, [uid], Random(1))
    for row in Project.objects.filter(topic__uid=uid).order_by("id"):
        costed(hall, row.uid)
    for _ in range(30):
        name = life.chance.choice(("offer", "confirm", "decline"))
        ACTS[name](life, life.project())
        holds(life)
    for row in Project.objects.filter(topic__uid=uid):
        ask = hall.world.ask(DESK, hall.now)
        hall.did(deciding.decide(ask, row.uid, talked(hall, yes=2)))
        holds(life)
    assert whole_of(hall.topic(uid)).set_aside_fen == 0
