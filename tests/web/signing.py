"""Steps that several tests of signing in share."""

import re
from pathlib import Path

from django.conf import settings
from django.test import Client

from tests.acts.world import NOW, World
from yishi.records.models import Audit, Person

PASSWORD = "Willow-Bank-7"


def last_code() -> str:
    """The code that the console channel wrote last."""
    lines = (Path(settings.YISHI_LOG_DIR) / "codes.txt").read_text("utf-8").splitlines()
    found = re.search(r"(?<!\d)\d{6}(?!\d)", lines[-1].partition(" ")[2])
    assert found, lines
    return found[0]


def with_password(world: World, who: str, password: str = PASSWORD) -> Person:
    """`who` with a password set today, by the clock of the machine."""
    from yishi.records.wallclock import now

    person = world.people[who]
    person.phone = person.phone if person.phone.startswith("+86") else f"+86{person.phone}"
    person.set_password(password)
    person.password_set_at = now()
    person.save()
    return person


def newcomer(phone: str, login: str = "somebody") -> Person:
    """A resident with this phone."""
    return Person.objects.create(uid=login, login=login, name="何秀兰", phone=phone, joined_at=NOW)


def sign_in(client: Client, phone: str = "13900001111", onward: str = "") -> None:
    """The whole residents' way."""
    client.post("/sign-in", {"phone": phone, "next": onward})
    client.post("/sign-in/code", {"code": last_code()})


def staff_in(client: Client, who: str, password: str = PASSWORD) -> None:
    """The whole staff way with a code by message."""
    client.post("/staff/sign-in", {"login": who, "password": password})
    client.post("/staff/sign-in/second", {"code": last_code()})


def who_is(client: Client) -> str:
    """The login of whoever is signed in, or empty."""
    pk = client.session.get("_auth_user_id")
    return Person.objects.get(pk=pk).login if pk else ""


def audited(what: str) -> list[tuple[bool, str]]:
    """(success, detail) of every audit row of this kind, oldest first."""
    return list(Audit.objects.filter(what=what).order_by("id").values_list("success", "detail"))
