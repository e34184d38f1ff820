"""Many at a round's money at once, in real processes: nothing twice, nothing that is not there."""

from collections.abc import Iterator

import pytest

from tests.acts.hall import DESK, SECRETARY, Hall
from tests.acts.paid import YUAN, agreed, announced, costed, funded, pledged
from tests.acts.rounds import begun, round_at, taken_to
from tests.acts.test_project_money import first
from tests.acts.test_race import race
from tests.acts.world import World, make_world
from yishi.core.ledger import Moved, Movement, balances
from yishi.core.method.round import Payer
from yishi.core.person import Role
from yishi.records.models import Account, Pledge, Project, Transfer

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = "社区小吴"


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that other processes see it."""
    made = make_world()
    made.appoint(OTHER, Role.COMMUNITY_DESK, "柳荫社区", "柳荫社区居委会")
    yield made


def holds() -> None:
    """Every account as its movements say: none below nothing but the outside, all together none."""
    rows = Transfer.objects.values_list("moved", "source__uid", "target__uid", "amount_fen")
    held = balances(Movement(Moved(moved), *rest) for moved, *rest in rows)
    kinds = dict(Account.objects.values_list("uid", "kind"))
    assert sum(held.values()) == 0
    assert all(n >= 0 for uid, n in held.items() if kinds[uid] != "outside")


def kinds(answers: list[dict[str, object]]) -> list[str]:
    return sorted(str(one["kind"]) for one in answers)


def codes(answers: list[dict[str, object]]) -> set[object]:
    return {one["code"] for one in answers if one["kind"] == "Refusal"}


@pytest.fixture
def works(world: World) -> tuple[Hall, str, str]:
    """A hall, a project that is being built with 180,000 of the fund, and that funder."""
    hall, uid = round_at(world, "works")
    project = first(uid)
    funded(hall, project)
    Project.objects.filter(uid=project).update(state="under_way")
    return hall, project, Pledge.objects.get().uid


def pay(works: tuple[Hall, str, str], yuan: int, voucher: str, who: str = DESK) -> dict[str, str]:
    hall, project, pledge = works
    return {
        "act": "pay",
        "who": who,
        "project": project,
        "pledge": pledge,
        "amount": str(yuan * YUAN),
        "voucher": voucher,
        "now": hall.now.isoformat(),
        "key": f"{who}-{voucher}-{yuan}",
    }


def test_payments_at_once_never_overspend_a_funder(works: tuple[Hall, str, str]) -> None:
    orders = [pay(works, 100_000, f"v{n}", who) for n, who in enumerate((DESK, OTHER) * 2)]
    answers = race(orders)
    assert kinds(answers) == ["Done", "Refusal", "Refusal", "Refusal"]
    assert codes(answers) <= {"pledge_left", "stale", "busy"}
    assert Transfer.objects.filter(moved="paid").count() == 1
    holds()


def test_one_voucher_at_once_is_paid_once(works: tuple[Hall, str, str]) -> None:
    orders = [{**pay(works, 10_000, "v1", who), "key": f"k{who}"} for who in (DESK, OTHER)]
    answers = race(orders)
    assert kinds(answers) == ["Done", "Refusal"]
    assert codes(answers) <= {"voucher_used", "stale", "busy"}
    assert Transfer.objects.filter(moved="paid").count() == 1
    holds()


def test_one_voucher_at_once_in_two_rounds_is_paid_once(works: tuple[Hall, str, str]) -> None:
    hall = works[0]
    uid = begun(hall, "2026年第二轮微实事")
    taken_to(hall, uid, "works")
    other = first(uid)
    funded(hall, other)
    Project.objects.filter(uid=other).update(state="under_way")
    theirs = (hall, other, Pledge.objects.get(project__uid=other).uid)
    for voucher in ("v1", "v2", "v3"):
        orders = [pay(works, 10_000, voucher), pay(theirs, 20_000, voucher, OTHER)]
        answers = race(orders)
        assert kinds(answers) == ["Done", "Refusal"]
        assert codes(answers) <= {"voucher_used", "busy"}
        assert Transfer.objects.filter(voucher_no=voucher.upper()).count() == 1
    holds()


def reverse(works: tuple[Hall, str, str], who: str) -> dict[str, str]:
    payment = Transfer.objects.get(moved="paid").uid
    return {**pay(works, 1, "", who), "act": "reverse_payment", "payment": payment}


def test_one_payment_at_once_is_reversed_once(world: World, works: tuple[Hall, str, str]) -> None:
    world.appoint("街道副主任", Role.LEADER, "望江街道", "望江街道办事处")
    assert kinds(race([pay(works, 10_000, "v1")])) == ["Done"]
    answers = race([reverse(works, who) for who in ("街道主任", "街道副主任", OTHER)])
    assert kinds(answers) == ["Done", "Refusal", "Refusal"]
    assert codes(answers) <= {"payment_reversed", "stale", "busy"}
    assert Transfer.objects.filter(moved="reversed").count() == 1
    holds()


def test_one_press_sent_twice_pays_once(works: tuple[Hall, str, str]) -> None:
    answers = race([pay(works, 10_000, "v1"), pay(works, 10_000, "v1")])
    assert "Done" in kinds(answers)
    assert codes(answers) <= {"voucher_used", "stale", "busy"}
    assert Transfer.objects.filter(moved="paid").count() == 1


def confirm(hall: Hall, project: str, pledge: str, yuan: int, who: str) -> dict[str, str]:
    return {
        "act": "confirm_pledge",
        "who": who,
        "project": project,
        "pledge": pledge,
        "amount": str(yuan * YUAN),
        "now": hall.now.isoformat(),
        "key": f"{who}-{pledge}",
    }


def test_two_projects_at_once_do_not_take_the_same_money_of_a_fund(world: World) -> None:
    hall, uid = round_at(world)
    fund = announced(hall, uid, 150_000)
    taken_to(hall, uid, "discuss")
    orders = []
    for row in Project.objects.filter(topic__uid=uid).order_by("id"):
        costed(hall, row.uid, 100_000)
        pledge = pledged(hall, row.uid, 100_000, Payer.FUND, fund=fund, confirm=False)
        orders.append(confirm(hall, row.uid, pledge, 100_000, SECRETARY))
    answers = race(orders)
    assert kinds(answers) == ["Done", "Refusal"]
    assert codes(answers) <= {"account_short", "stale", "busy"}
    assert sorted(Pledge.objects.values_list("state", flat=True)) == ["confirmed", "offered"]
    holds()


def test_funders_confirmed_at_once_never_give_more_than_it_costs(world: World) -> None:
    hall, uid = round_at(world, "discuss")
    project = first(uid)
    costed(hall, project, 100_000)
    agreed(hall, project)
    orders = []
    for n, who in enumerate((SECRETARY, OTHER)):
        pledge = pledged(hall, project, 60_000, name=f"公司{n}", confirm=False)
        orders.append(confirm(hall, project, pledge, 60_000, who))
    answers = race(orders)
    assert kinds(answers) == ["Done", "Refusal"]
    assert codes(answers) <= {"funders_over", "stale", "busy"}
    assert Pledge.objects.filter(state="confirmed").count() == 1
    holds()


def test_found_and_declined_at_once_is_one_of_the_two(world: World) -> None:
    hall, uid = round_at(world, "works")
    project = first(uid)
    pledge = pledged(hall, project, 180_000)
    known = {"project": project, "pledge": pledge, "now": hall.now.isoformat()}
    answers = race(
        [
            {**known, "act": "fund", "who": DESK, "key": "a"},
            {**known, "act": "decline_pledge", "who": SECRETARY, "key": "b"},
        ]
    )
    assert kinds(answers) == ["Done", "Refusal"]
    row = Project.objects.get(uid=project)
    confirmed = Pledge.objects.filter(project=row, state="confirmed").count()
    assert (row.state, confirmed) in {("funded", 1), ("chosen", 0)}
    holds()
