"""What was kept from being pushed down to communities: counted by who tried, and as a list."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet

from yishi.core.person import Actor
from yishi.records.models import Pushed
from yishi.records.queries.ledger import Span, bodies_named, narrowed, places_in, visible_at

BODIES = 60
COLUMNS = (
    "uid",
    "code",
    "at",
    "case__uid",
    "case__number",
    "case__place__name",
    "community__name",
    "sender_body__name",
    "duty__uid",
    "duty__title",
    "duty__grade",
    "duty__lead",
    "duty__community_may",
    "duty__bundle__name",
    "duty__bundle__version",
)


def burden_counts(actor: Actor, month: str) -> list[dict[str, Any]]:
    """How often each body tried, most first: {code, name, times}; code "" for no body. One
    statement. Units are compared, never persons."""
    rows = narrowed(_seen(actor), Span("case__place", "sender_body", "at", month=month))
    counted = rows.order_by().values("sender_body__code", "sender_body__name")
    found = counted.annotate(times=Count("id")).order_by("-times", "sender_body__name")[:BODIES]
    return [
        {
            "code": row["sender_body__code"] or "",
            "name": row["sender_body__name"] or "",
            "times": row["times"],
        }
        for row in found
    ]


def burden_rows(
    actor: Actor, place: str, unit: str, month: str
) -> "QuerySet[Pushed, Mapping[str, Any]]":
    """The list itself: one row for each attempt."""
    rows = narrowed(_seen(actor), Span("case__place", "sender_body", "at", place, unit, month))
    return rows.order_by("-at", "-id").values(*COLUMNS)


def burden_filters(actor: Actor) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The places and the senders there are to choose from. Two statements."""
    return places_in(actor, "burden.list"), bodies_named(_seen(actor), "sender_body")


def _seen(actor: Actor) -> QuerySet[Pushed]:
    return Pushed.objects.filter(visible_at(actor, "burden.list", "case__place", "sender_body_id"))
