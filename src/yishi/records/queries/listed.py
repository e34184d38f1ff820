"""限期整改清单: entries for staff and for the public, and those that are late."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from yishi.core.person import Actor
from yishi.records.models import Hand, Listed
from yishi.records.queries.ledger import Span, bodies_named, narrowed, visible_at

ROW = (
    "uid",
    "number",
    "title",
    "due_at",
    "opened_at",
    "done_at",
    "closed_at",
    "body__name",
    "place__name",
    "case__uid",
    "case__number",
)
PUBLIC = ("number", "title", "due_at", "opened_at", "closed_at", "body__name", "place__name")
STATES = ("open", "late", "done", "closed")


@dataclass(frozen=True)
class Filters:
    """`state`: one of `STATES` ("done": reported done, not closed yet); codes of a body and a
    place; a month, by the day of opening."""

    state: str = ""
    unit: str = ""
    place: str = ""
    month: str = ""


def standing(now: datetime) -> dict[str, Q]:
    """State → condition. A due moment is exclusive; `open` holds the late ones too."""
    return {
        "open": Q(closed_at__isnull=True),
        "late": Q(closed_at__isnull=True, due_at__lte=now),
        "done": Q(closed_at__isnull=True, done_at__isnull=False),
        "closed": Q(closed_at__isnull=False),
    }


def standing_of(
    due_at: datetime, done_at: datetime | None, closed_at: datetime | None, now: datetime
) -> str:
    """How one entry stands, in a word for each: closed, done, late, else open."""
    if closed_at is not None:
        return "closed"
    if done_at is not None:
        return "done"
    return "late" if due_at <= now else "open"


def entries(actor: Actor, asked: Filters, now: datetime) -> QuerySet[Listed]:
    """Entries the actor may read within the filters."""
    found = narrowed(
        _visible(actor), Span("place", "body", "opened_at", asked.place, asked.unit, asked.month)
    )
    return found.filter(standing(now)[asked.state]) if asked.state in STATES else found


def entry_rows(found: QuerySet[Listed]) -> QuerySet[Listed, Any]:
    """Open ones first, the earliest due moment first; closed ones newest first."""
    return found.order_by("closed_at", "due_at", "id").values(*ROW)


def counts(found: QuerySet[Listed], now: datetime) -> dict[str, int]:
    """State → how many. One statement."""
    wanted = {name: Count("pk", filter=how) for name, how in standing(now).items()}
    return found.aggregate(**wanted)


def entry_for(actor: Actor, uid: str) -> Listed | None:
    """One entry, or None where there is none or it is not the actor's to read."""
    rows = _visible(actor).filter(uid=uid)
    people = ("opened_by", "done_by", "closed_by")
    return rows.select_related("place", "body", "case", *people).first()


def parties_of(row: Listed) -> dict[str, frozenset[int]]:
    """Part → persons who had it in the entry. One statement."""
    found: dict[str, frozenset[int]] = {}
    for part, person in Hand.objects.filter(subject_uid=row.uid).values_list("part", "person_id"):
        found[part] = found.get(part, frozenset()) | {person}
    return found


def bodies(actor: Actor) -> list[dict[str, Any]]:
    """The bodies that have or had an entry, for the filter. One statement."""
    return bodies_named(_visible(actor), "body_id")


def public_entries(place: str = "") -> QuerySet[Listed, Any]:
    """What anyone may read: titles, bodies and days. `place` is a place's uid, "" for all."""
    found = Listed.objects.all()
    if place:
        found = found.filter(place__uid=place)
    return found.order_by("closed_at", "due_at", "id").values(*PUBLIC)


def public_places() -> QuerySet[Listed, Any]:
    """The places that have an entry."""
    rows = Listed.objects.order_by("place__code")
    return rows.values("place__uid", "place__name").distinct()


def _visible(actor: Actor) -> QuerySet[Listed]:
    return Listed.objects.filter(visible_at(actor, "listed.list"))
