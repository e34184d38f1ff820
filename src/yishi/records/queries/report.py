"""A resident's own reports, their messages and photos: nothing here opens another's."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from yishi.core.case.state import CaseState
from yishi.core.clock import OPEN, ClockKind
from yishi.core.person import Actor
from yishi.records.models import (
    Attachment,
    Building,
    Case,
    Clock,
    Link,
    Person,
    Place,
    Rating,
    Report,
)
from yishi.records.queries.case import CONTENT
from yishi.records.queries.permit import cases

ROW = {
    "state": F("links__case__state"),
    "case": F("links__case_id"),
    "unit": F("links__case__lead__name"),
    "community": F("place__name"),
    "at": F("building__name"),
}


def list_reports(actor: Actor) -> QuerySet[Report, Any]:
    """One's own reports, newest first, as dicts; `waits` where the answer is still unrated.

    `home` is the case it was filed as, where another one handles it now.
    """
    home = Case.objects.filter(number=OuterRef("number"), main=OuterRef("links__case"))
    return (
        _own(actor)
        .annotate(**ROW, waits=_waits(), home=Subquery(home.values("id")[:1]))
        .order_by("-filed_at", "-id")
        .values("uid", "number", "words", "filed_at", "withdrawn_at", "waits", "home", *ROW)
    )


def usual_building(actor: Actor) -> Building | None:
    """Where the person lives, else where they last raised something: most matters are near."""
    homes = Building.objects.select_related("community")
    home = homes.filter(
        pk__in=Person.objects.filter(pk=actor.person_id or 0).values("home_id")
    ).first()
    if home is not None:
        return home
    last = (
        Report.objects.filter(person_id=actor.person_id or 0, building__isnull=False)
        .order_by("-filed_at")
        .values_list("building_id", flat=True)
        .first()
    )
    return homes.filter(pk=last).first() if last else None


def list_to_rate(actor: Actor) -> QuerySet[Report, Any]:
    """Those of one's own that are answered and wait for the resident's word."""
    return list_reports(actor).filter(_waits())


def awaited(case_ids: Iterable[int]) -> dict[int, list[Clock]]:
    """case → its open clocks, for a page of a list. One query."""
    found: dict[int, list[Clock]] = {}
    for clock in Clock.objects.filter(case_id__in=tuple(case_ids), state__in=OPEN).order_by("id"):
        found.setdefault(clock.case_id, []).append(clock)
    return found


def due_of(clocks: Iterable[Clock], kinds: tuple[ClockKind, ...]) -> Clock | None:
    """The clock of `kinds` a resident waits on: the lead unit's or the case's own, the latest."""
    fitting = [clock for clock in clocks if clock.kind in kinds]
    return max(fitting, key=lambda c: (c.due_at is None, c.due_at or c.started_at), default=None)


def report_uid(actor: Actor, number: str) -> str | None:
    """The uid of one's own report by its number."""
    return _own(actor).filter(number=number).values_list("uid", flat=True).first()


def attachment_for(actor: Actor, uid: str) -> Attachment | None:
    """A picture, for staff who may see its case and for the resident whose matter it is.

    A resident sees their own pictures and the proof, never another resident's. One query.
    """
    seen = cases(actor, "case.view")
    # Whoever handles the main case handles what was merged into it.
    staff = Q(case__in=seen) | Q(case__main__in=seen)
    own = Q(report__person_id=actor.person_id or 0, report__isnull=False)
    own |= Q(Q(part="proof"), Exists(_while_mine(actor)))
    return Attachment.objects.filter(staff | own, uid=uid).select_related("file").first()


def report_uids(actor: Actor, numbers: Iterable[str]) -> dict[str, str]:
    """number → uid of one's own reports. One query."""
    return dict(_own(actor).filter(number__in=tuple(numbers)).values_list("number", "uid"))


def list_communities() -> QuerySet[Place, Any]:
    """Every community with the place above it, in the order of their codes."""
    return (
        Place.objects.filter(kind="community")
        .order_by("parent__code", "code")
        .values("uid", "name", "parent__name")
    )


def list_buildings(community: Place) -> QuerySet[Building, Any]:
    """The buildings of a community, estate by estate."""
    return (
        Building.objects.filter(community=community)
        .order_by("estate__code", "code")
        .values("uid", "name", "estate__name")
    )


def _own(actor: Actor) -> QuerySet[Report]:
    if actor.person_id is None:
        return Report.objects.none()
    return Report.objects.filter(links__until_at__isnull=True, person_id=actor.person_id)


def _waits() -> Q:
    content = Rating.objects.filter(CONTENT, report=OuterRef("pk"))
    answered = Q(links__case__state=CaseState.ANSWERED, links__until_at__isnull=True)
    return answered & Q(withdrawn_at__isnull=True) & ~Q(Exists(content))


def _while_mine(actor: Actor) -> QuerySet[Link]:
    """The links by which a picture's case handled a report of the actor's as it was added."""
    return Link.objects.filter(
        Q(until_at__isnull=True) | Q(until_at__gte=OuterRef("added_at")),
        case=OuterRef("case"),
        report__person_id=actor.person_id or 0,
        from_at__lte=OuterRef("added_at"),
    )
