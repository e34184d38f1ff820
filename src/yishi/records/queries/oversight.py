"""What the affairs supervisory committee may draw, look at and has written."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yishi.core.oversight import FINISHED, RECENT, Found
from yishi.core.permit import Permitted, Subject, permit, reach
from yishi.core.person import Actor
from yishi.records.models import Case, Inspection, Opinion, Place
from yishi.records.queries.ledger import Span, narrowed, places_in, visible_at
from yishi.records.queries.permit import visible

LOOK = (
    "uid",
    "way",
    "found",
    "words",
    "drawn_by_id",
    "drawn_at",
    "looked_at",
    "place__name",
    "case__uid",
    "case__number",
    "case__line",
    "case__item_title",
    "case__state",
    "case__lead__name",
)
OPINION = (
    "uid",
    "words",
    "written_at",
    "replied_at",
    "reply",
    "place__name",
    "body__name",
    "case__uid",
    "case__number",
)
OBJECTION = ("uid", "number", "line", "item_title", "dissatisfied", "state", "lead__name",
             "place__name", "answered_at")  # fmt: skip


def pool(place: Place, now: datetime) -> QuerySet[Case]:
    """Cases of a community that were finished in the last 90 days and never drawn or looked at.

    What was taken over from another system is left out: it was not handled here.
    """
    return _pool(now).filter(place=place).order_by("number")


def pools(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Communities the actor may draw in, with the size of each pool: {uid, name, pool}.

    Two statements; none for who may not draw.
    """
    if not reach(actor, "oversight.sample"):
        return []
    places = places_in(actor, "oversight.sample")
    counted = _pool(now).filter(place__uid__in=[place["uid"] for place in places])
    sizes = dict(counted.order_by().values_list("place__uid").annotate(many=Count("pk")))
    return [{**place, "pool": sizes.get(place["uid"], 0)} for place in places]


def standing(actor: Actor) -> dict[str, int]:
    """How many draws wait, and how many looks found what: `to_look` and each of `Found`."""
    wanted = {str(found): Count("pk", filter=Q(found=found)) for found in Found}
    waits = Count("pk", filter=Q(looked_at__isnull=True))
    return Inspection.objects.filter(_seen_by(actor)).aggregate(to_look=waits, **wanted)


def to_look(actor: Actor) -> QuerySet[Inspection, Any]:
    """Drawn and still to be looked at, the oldest draw first, as dicts of `LOOK`."""
    found = Inspection.objects.filter(_seen_by(actor), looked_at__isnull=True)
    return found.order_by("drawn_at", "id").values(*LOOK)


def looked(actor: Actor, found: str = "") -> QuerySet[Inspection, Any]:
    """What the committee looked at, newest first; `found` narrows to one outcome."""
    rows = Inspection.objects.filter(_seen_by(actor), looked_at__isnull=False)
    if found:
        rows = rows.filter(found=found)
    return rows.order_by("-looked_at", "-id").values(*LOOK)


def opinions(actor: Actor, state: str = "", month: str = "") -> QuerySet[Opinion, Any]:
    """Opinions the actor may read, newest first; `state` "open" or "replied", `month` 2026-03."""
    rows = Opinion.objects.filter(visible_at(actor, "opinion.list"))
    if state in ("open", "replied"):
        rows = rows.filter(replied_at__isnull=state == "open")
    rows = narrowed(rows, Span("place", "body", "written_at", month=month))
    return rows.order_by("-written_at", "-id").values(*OPINION)


def opinion_for(actor: Actor, uid: str) -> Opinion | None:
    """One opinion, or None where there is none or it is not the actor's to read."""
    rows = Opinion.objects.filter(visible_at(actor, "opinion.list"), uid=uid)
    return rows.select_related("place", "body", "case", "written_by", "replied_by").first()


def may_reply(actor: Actor, row: Opinion) -> bool:
    """Whether the actor speaks for the body an unanswered opinion was written to."""
    about = Subject(path=row.place.ids, units=frozenset({row.body_id}))
    allowed = isinstance(permit(actor, "opinion.reply", about), Permitted)
    return row.replied_at is None and allowed


def objections(actor: Actor, now: datetime) -> QuerySet[Case, Any]:
    """Matters whose answer a resident contested, in the last 90 days or still open."""
    recent = Q(is_open=True) | Q(answered_at__gt=now - RECENT)
    found = Case.objects.filter(visible(actor, "case.list"), recent, dissatisfied__gte=1)
    return found.order_by("-dissatisfied", "-answered_at", "-id").values(*OBJECTION)


def _seen_by(actor: Actor) -> Q:
    return visible_at(actor, "oversight.view")


def _pool(now: datetime) -> QuerySet[Case]:
    seen = Inspection.objects.filter(case=OuterRef("pk"))
    return Case.objects.filter(
        ~Exists(seen), state__in=FINISHED, answered_at__gt=now - RECENT, is_imported=False
    )
