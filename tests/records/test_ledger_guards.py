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
from yishi.records.models import Account, Fund, Pledge, Project, Quotation, Transfer

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


def all_guards(project: Project) -> dict[str, Break]:
    """What a trigger of the migration stands against: by its name, how it would be broken."""
    paid_row = Transfer.objects.filter(project=project).latest("id")
    pledges = Pledge.objects.filter(project=project)
    rows = Project.objects.filter(pk=project.pk)
    return {
        "account_below_nothing": lambda: moved(project, 80_001 * YUAN),
        "movement_changed": lambda: Transfer.objects.filter(pk=paid_row.pk).update(amount_fen=1),
        "cost_changed_alone": lambda: rows.update(cost_fen=18_000_001),
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
    "cost_changed_alone",
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


def test_exactly_what_is_left_may_be_paid(project: tuple[Hall, Project]) -> None:
    moved(project[1], 80_000 * YUAN)
    refused(lambda: moved(project[1], 1))


def test_a_voucher_is_paid_on_once_in_a_round(project: tuple[Hall, Project]) -> None:
    refused(lambda: moved(project[1], 1, voucher_no="1"))
    moved(project[1], 1, voucher_no="2")


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
