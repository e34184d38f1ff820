"""Who the demo lets anybody be. Two statements, however many people there are."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from yishi.core.person import Role
from yishi.records.models import Appointment, Person
from yishi.records.queries.actor import in_force_on

MOST = 200


def demo_people(prefix: str, today: date) -> list[dict[str, Any]]:
    """{login, name, role, at} for each role of each person whose login begins with `prefix`.

    `at` is the office, else the place, else the home, of somebody who holds the role more than
    once the first; a person without an appointment in force is a resident. At most MOST people.
    """
    people = list(
        Person.objects.filter(login__startswith=prefix, is_active=True)
        .order_by("login")
        .values("id", "login", "name", "home__name")[:MOST]
    )
    seats: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in (
        Appointment.objects.filter(
            in_force_on(today), person_id__in=[person["id"] for person in people]
        )
        .order_by("id")
        .values("person_id", "role", "office", "place__name", "grouping__name")
    ):
        seats[row["person_id"]].append(row)
    return [
        {"login": person["login"], "name": person["name"], **seat}
        for person in people
        for seat in _seats(person, seats[person["id"]])
    ]


def _seats(person: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> list[dict[str, str]]:
    if not rows:
        return [{"role": Role.RESIDENT, "at": person["home__name"] or ""}]
    first = {row["role"]: row for row in reversed(rows)}
    return [
        {
            "role": row["role"],
            "at": " · ".join(
                dict.fromkeys(
                    filter(None, (row["place__name"], row["office"], row["grouping__name"]))
                )
            ),
        }
        for row in reversed(first.values())
    ]
