"""Calls for help a body may claim: what is needed and where, and nothing of any resident."""

from typing import Any

from django.db.models import Q, QuerySet

from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.records.models import Assignment, Call, Case
from yishi.records.queries.permit import visible


def list_calls(actor: Actor) -> QuerySet[Call, Any]:
    """Open calls in the actor's place that may be claimed now, the oldest first, as dicts.

    Without the case's words, number, building or residents: whoever claims one sees the case.
    A call whose case the actor's own body works on already is not among them.
    """
    bodies = [seat.body_id for _, seat in reach(actor, "case.claim") if seat and seat.body_id]
    busy = Assignment.objects.filter(unit_id__in=bodies, ended_at=None)
    open_to = Case.objects.filter(visible(actor, "call.list"), visible(actor, "case.claim"))
    return (
        Call.objects.filter(closed_at=None, case__in=open_to)
        .exclude(case__in=busy.values("case_id"))
        .order_by("called_at", "id")
        .values(
            "uid",
            "words",
            "called_at",
            "case__uid",
            "case__version",
            "case__place__name",
            "case__item_title",
            "case__urgent",
            "case__lead__name",
        )
    )


def closed_near(actor: Actor, uid: str) -> bool:
    """Whether this call was open to the actor's bodies and is closed by now."""
    near = Q(pk__in=())
    for _, seat in reach(actor, "case.claim"):
        if seat is not None:
            near |= Q(case__place__line__startswith=seat.line)
    return Call.objects.filter(near, uid=uid, closed_at__isnull=False).exists()
