"""The administrator's lists ask the database the same whether they hold 10 rows or 200."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.acts.world import NOW, World
from tests.web.test_admin_pages import sign_in
from yishi.core.person import Role
from yishi.core.place import PlaceKind
from yishi.records.models import Appointment, Building, BundleRow, DutyRow, Person

CEILING = 12


def fill(world: World, start: int, end: int) -> None:
    """More of everything that is listed."""
    bundle = BundleRow.objects.filter(kind="casework").first()
    for number in range(start, end):
        world.place(f"社区{number}", PlaceKind.COMMUNITY, "望江街道")
        person = Person.objects.create(
            uid=world.uid(),
            login=f"staff{number}",
            name=f"工作人员{number}",
            phone=f"+861360000{number:04}",
            joined_at=NOW,
        )
        Appointment.objects.create(
            uid=world.uid(),
            person=person,
            role=Role.LEADER,
            place=world.places["柳荫社区"],
            from_on=date(2026, 1, 1),
            given_at=NOW,
        )
        Building.objects.create(
            uid=world.uid(),
            code=f"N{number}",
            name=f"新{number}栋",
            community=world.places["柳荫社区"],
        )
        DutyRow.objects.create(
            uid=world.uid(),
            bundle=bundle,
            place=world.places["清河区"],
            code=f"N{number}",
            title=f"事项{number}",
            lead="区城市管理局",
            position=number + 100,
            valid_from=date(2026, 1, 1),
        )
        BundleRow.objects.create(
            kind="mapping",
            name=f"map{number}",
            version="1",
            sha256=f"{number:064}",
            valid_from=date(2026, 1, 1),
            source="",
            files={},
            loaded_at=NOW,
        )


LISTS = ["/places/p1", "/places/p2", "/people", "/appointments", "/rules", "/rules/duties"]


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_the_same_for_ten_rows_and_for_two_hundred(
    world: World, client: Client, address: str
) -> None:
    sign_in(world, client)
    asked = []
    for start, end in ((0, 10), (10, 200)):
        fill(world, start, end)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(address).status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]
    assert asked[1] <= CEILING


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_paged(world: World, client: Client, address: str) -> None:
    sign_in(world, client)
    fill(world, 0, 60)
    first = client.get(address)
    assert first.context["pager"]["pages"] >= 2
    second = client.get(f"{address}?page=2")
    assert second.context["pager"]["page"] == 2
    last = client.get(f"{address}?page=99999")
    assert last.context["pager"]["page"] == last.context["pager"]["pages"]
