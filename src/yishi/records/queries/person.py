"""People as their administrator sees them: names, masked phones, what they hold."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from yishi.core.person import Actor
from yishi.core.phone import mask_phone, read_phone
from yishi.core.refusal import Refusal
from yishi.records.models import Appointment, Person
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.paging import Listed, listed, plain
from yishi.records.queries.place import below, seats_for

STAFF, RESIDENTS = "staff", "residents"


def visible_people(actor: Actor, act: str = "person.list", *, with_untied: bool = True) -> Q:
    """People who live or serve in the actor's place, and those who are tied to none yet."""
    lines = seats_for(actor, act)
    if not lines:
        return Q(pk__in=())
    posts = Appointment.objects.filter(person_id=OuterRef("pk"))
    here = Exists(posts.filter(below(lines, "place__line")))
    lives = below(lines, "home__community__line")
    tied = Q(lives) | Q(here)
    nowhere = Q(home__isnull=True) & ~Exists(posts)
    return tied | Q(nowhere) if with_untied else tied


def people(actor: Actor, day: date, words: str, which: str, page: int) -> Listed:
    """A page of people with what they hold on `day`. Three statements.

    `words`: a whole phone number or a sign-in name, for names are kept encrypted. `which`:
    `staff`, `residents` or "".
    """
    rows = Person.objects.filter(visible_people(actor))
    if words:
        rows = rows.filter(_named(words))
    if which in (STAFF, RESIDENTS):
        serving = Appointment.objects.filter(in_force_on(day), person_id=OuterRef("pk"))
        rows = rows.filter(Exists(serving) if which == STAFF else ~Exists(serving))
    columns = ("id", "uid", "name", "phone", "level", "login", "is_active", "is_staff_member")
    found = listed(rows.order_by("-id").values(*columns, "home__name"), page)
    posts = Appointment.objects.filter(
        in_force_on(day), person_id__in=[row["id"] for row in found.rows]
    ).order_by("id")
    held: dict[int, list[dict[str, Any]]] = {}
    for post in plain(posts.values("person_id", "role", "office")):
        held.setdefault(post["person_id"], []).append(post)
    for row in found.rows:
        row["phone"] = mask_phone(row["phone"])
        row["posts"] = held.get(row["id"], [])
    return found


def person_for(actor: Actor, uid: str, act: str = "person.list") -> Person | None:
    """The person, or None where there is none or `actor` may not see them."""
    rows = Person.objects.filter(visible_people(actor, act), uid=uid)
    return rows.select_related("home").first()


def person_named(actor: Actor, words: str, act: str) -> Person | None:
    """The one person of that phone or sign-in name whom `actor` may see."""
    if not words.strip():
        return None
    return Person.objects.filter(visible_people(actor, act) & _named(words.strip())).first()


def _named(words: str) -> Q:
    phone = read_phone(words)
    if isinstance(phone, Refusal):
        return Q(login=words.lower(), is_staff_member=True)
    found = Person.objects.with_phone(phone)
    return Q(pk=found.pk if found else None)
