"""What the database itself holds of a round's money, whoever writes: each test fails without its
guard, and one drops the triggers to show that nothing else held it."""

from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from tests.acts.hall import Hall
from tests.acts.paid import YUAN, agreed, costed, funded, paid, pledged
from tests.acts.rounds import round_at, taken_to
from tests.acts.test_project_money import first
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.records.models import Account, Fund, Place, Pledge, Project, Quotation, Topic, Transfer

pytestmark = pytest.mark.django_db
Break = Callable[[], object]


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def project(world: World) -> Iterator[tuple[Hall, Project]]:
    """A project under way that costs 180,000 and has paid 100,000, and one more that is agreed."""
    hall, uid = round_at(world, "discuss")
    for row in Project.objects.filter(topic__uid=uid).order_by("id"):
        costed(hall, row.uid)
        agreed(hall, row.uid)
    taken_to(hall, uid, "works")
    own = first(uid)
    funded(hall, own)
    Project.objects.filter(uid=own).update(state="under_way")
    assert isinstance(paid(hall, own, Pledge.objects.get().uid, 100_000, "1"), Done)
    yield hall, Project.objects.get(uid=own)


def refused(breaks: Break) -> None:
    """The database does not let it."""
    with pytest.raises(IntegrityError), transaction.atomic():
        breaks()


def moved(project: Project, amount_fen: int, **other: object) -> Transfer:
    """A movement out of the project's one funder, written past every act."""
    source = Account.objects.get(pledge__project=project)
    target = Account.objects.get(project=project)
    values = {
        "uid": f"t{amount_fen}",
        "topic": project.topic,
        "no": 99,
        "moved": "paid",
        "source": source,
        "target": target,
        "amount_fen": amount_fen,
        "project": project,
        "at": project.at,
        **other,
    }
    return Transfer.objects.create(**values)


def back(project: Project, payment: Transfer, amount_fen: int, **other: object) -> Transfer:
    """A counter-entry of a payment, written past every act."""
    values: dict[str, object] = {
        "uid": f"r{amount_fen}",
        "moved": "reversed",
        "source": payment.target,
        "target": payment.source,
        "reverses": payment,
        "no": 98,
        **other,
    }
    return moved(project, amount_fen, **values)


def all_guards(project: Project) -> dict[str, Break]:
    """What a trigger of the migration stands against: by its name, how it would be broken."""
    paid_row = Transfer.objects.filter(project=project).latest("id")
    pledges = Pledge.objects.filter(project=project)
    rows = Project.objects.filter(pk=project.pk)
    return {
        "account_below_nothing": lambda: moved(project, 80_001 * YUAN),
        "movement_changed": lambda: Transfer.objects.filter(pk=paid_row.pk).update(amount_fen=1),
        "words_changed": lambda: Transfer.objects.filter(pk=paid_row.pk).update(words="张三"),
        "more_than_words_gone": lambda: Transfer.objects.filter(pk=paid_row.pk).update(
            words="", no=77
        ),
        "cost_changed_alone": lambda: rows.update(cost_fen=18_000_001),
        "voucher_paid_on_twice": lambda: moved(project, 1, voucher_no="1"),
        "reversed_by_less": lambda: back(project, paid_row, 1),
        "funder_gone": lambda: pledges.update(state="declined"),
        "funder_changed": lambda: pledges.update(amount_fen=1),
        "funder_more": lambda: Pledge.objects.create(
            uid="more",
            project=project,
            payer="society",
            name="惠民",
            form="money",
            amount_fen=1,
            state="confirmed",
            at=project.at,
        ),
        "paid_for_without_funders": lambda: Project.objects.filter(state="chosen").update(
            state="funded"
        ),
    }


GUARDS = (
    "account_below_nothing",
    "movement_changed",
    "words_changed",
    "more_than_words_gone",
    "cost_changed_alone",
    "voucher_paid_on_twice",
    "reversed_by_less",
    "funder_gone",
    "funder_changed",
    "funder_more",
    "paid_for_without_funders",
)


@pytest.mark.parametrize("guard", GUARDS)
def test_the_database_refuses_it(project: tuple[Hall, Project], guard: str) -> None:
    refused(all_guards(project[1])[guard])


@pytest.mark.parametrize("guard", GUARDS)
def test_without_the_triggers_nothing_would(project: tuple[Hall, Project], guard: str) -> None:
    """So a test above stands and falls with its trigger."""
    breaks = all_guards(project[1])[guard]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table with deferred checks still to come is not altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("transfer", "project", "pledge"):
                cursor.execute(f"ALTER TABLE records_{table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    breaks()


def test_the_words_of_a_movement_may_go(project: tuple[Hall, Project]) -> None:
    payment = Transfer.objects.filter(project=project[1]).latest("id")
    assert payment.words != ""
    Transfer.objects.filter(pk=payment.pk).update(words="")
    gone = Transfer.objects.get(pk=payment.pk)
    assert (gone.words, gone.amount_fen, gone.no) == ("", payment.amount_fen, payment.no)


def test_exactly_what_is_left_may_be_paid(project: tuple[Hall, Project]) -> None:
    moved(project[1], 80_000 * YUAN)
    refused(lambda: moved(project[1], 1))


def other_round(topic: Topic, place: Place) -> dict[str, object]:
    """Another round at that place, with two accounts to move something between."""
    other = Topic.objects.get(pk=topic.pk)
    other.pk, other.uid, other.number, other.place = None, place.code, place.code, place
    other.save(force_insert=True)
    rows = [
        Account.objects.create(uid=f"{place.code}{kind}", topic=other, kind=kind)
        for kind in ("outside", "swept")
    ]
    return {"topic": other, "source": rows[0], "target": rows[1]}


def test_a_voucher_is_paid_on_once_in_all_rounds_of_a_community(
    project: tuple[Hall, Project],
) -> None:
    hall, row = project
    file = Transfer.objects.get(voucher_no="1").voucher
    own, far = hall.world.places["柳荫社区"], hall.world.places["石桥社区"]
    here, there = other_round(row.topic, own), other_round(row.topic, far)
    refused(lambda: moved(row, 1, voucher_no="1"))
    refused(lambda: moved(row, 1, voucher_no="2", voucher=file))
    refused(lambda: moved(row, 1, voucher_no="1", **here))
    refused(lambda: moved(row, 1, voucher_no="2", voucher=file, **here))
    moved(row, 1, voucher_no="1", voucher=file, **there)
    moved(row, 2, voucher_no="2", no=100)


def test_a_payment_is_reversed_once_by_what_undoes_it(project: tuple[Hall, Project]) -> None:
    row = project[1]
    payment = Transfer.objects.get(voucher_no="1")
    whole = payment.amount_fen
    refused(lambda: back(row, payment, whole, reverses=None))
    refused(lambda: back(row, payment, whole - 1))
    refused(lambda: back(row, payment, whole, moved="returned"))
    outside = Account.objects.get(kind="outside")
    refused(lambda: back(row, payment, whole, target=outside))
    granted = Transfer.objects.get(moved="granted")
    refused(lambda: back(row, payment, granted.amount_fen, reverses=granted))
    undone = back(row, payment, whole)
    refused(lambda: back(row, payment, whole, uid="again", no=97))
    refused(lambda: back(row, undone, whole, uid="undone", no=97))
    # The paper exists: what it was really paid for may be paid on it.
    again = moved(row, 1, voucher_no="1", voucher=payment.voucher)
    refused(lambda: moved(row, 2, voucher_no="1", no=100))
    assert again.voucher == payment.voucher


def test_a_movement_has_a_number_of_its_own_an_amount_and_two_accounts(
    project: tuple[Hall, Project],
) -> None:
    row = project[1]
    known = Transfer.objects.filter(topic=row.topic).latest("no").no
    refused(lambda: moved(row, 1, no=known))
    refused(lambda: moved(row, 0))
    refused(lambda: moved(row, -1))
    own = Account.objects.get(pledge__project=row)
    refused(lambda: moved(row, 1, source=own, target=own))


def test_a_round_has_one_outside_and_each_funder_one_account(
    project: tuple[Hall, Project],
) -> None:
    topic, pledge = project[1].topic, Pledge.objects.get()
    refused(lambda: Account.objects.create(uid="a", topic=topic, kind="outside"))
    refused(lambda: Account.objects.create(uid="a", topic=topic, kind="pledge", pledge=pledge))
    fund = Fund.objects.get()
    refused(lambda: Account.objects.create(uid="a", topic=topic, kind="fund", fund=fund))


def test_a_fund_a_funder_and_a_quotation_are_of_something(project: tuple[Hall, Project]) -> None:
    hall, row = project
    fund = Fund.objects.get()
    refused(lambda: Fund.objects.filter(pk=fund.pk).update(amount_fen=0))
    other = Project.objects.exclude(pk=row.pk).get()
    uid = pledged(hall, other.uid, 1, confirm=False)
    refused(lambda: Pledge.objects.filter(uid=uid).update(amount_fen=0))
    quoted = Quotation.objects.filter(project=row)
    refused(lambda: quoted.update(is_taken=True))
    refused(lambda: quoted.update(amount_fen=0))
