"""Ratings asked to be left out of the rates: what may be asked, and the account of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from yishi.core.exclusion import STANDING, ExclusionState
from yishi.core.permit import Subject
from yishi.core.person import Actor
from yishi.core.rates import RateRules
from yishi.records.models import Case, Exclusion, Hand, Place, Rating
from yishi.records.queries.ledger import Span, bodies_named, narrowed, visible_at
from yishi.records.queries.rule import adopted, parsed

# One resident rates a case once a round; a case of many residents shows the latest.
RATINGS = 30

ROW = (
    "uid",
    "reason",
    "reach",
    "words",
    "state",
    "decision",
    "asked_at",
    "decided_at",
    "unit__name",
    "case__uid",
    "case__number",
    "case__place__name",
    "case__lead__name",
    "rating__satisfaction",
    "rating__solved",
)


@dataclass(frozen=True)
class Filters:
    """What the account is narrowed to: a state, a reason, a body's code, a place's, a month."""

    state: str = ""
    reason: str = ""
    unit: str = ""
    place: str = ""
    month: str = ""


def about(case: Case, uid: str = "") -> Subject:
    """What permission needs to know of a case, and of the exclusion `uid`. One statement."""
    hands = Hand.objects.filter(subject_uid=case.uid, part="handled")
    if uid:
        hands |= Hand.objects.filter(subject_uid=uid, part="asked")
    parties: dict[str, frozenset[int]] = {}
    for person, part in hands.values_list("person_id", "part"):
        parties[part] = parties.get(part, frozenset()) | {person}
    return Subject(
        units=frozenset({case.lead_id} if case.lead_id else ()),
        path=case.place.ids,
        parties=parties,
    )


def rate_rules(place: Place, day: date) -> RateRules:
    """The formula of the rates at `place` on `day`. Raises RulesMissing."""
    rules: RateRules = parsed(adopted(place, day, "rates")["rates"])
    return rules


def ratings_open(case: Case) -> list[Rating]:
    """The ratings of a case that were not asked about yet, or not left out. One statement."""
    standing = Exclusion.objects.filter(rating=OuterRef("pk"), state__in=STANDING)
    found = Rating.objects.filter(~Exists(standing), case=case)
    return list(found.order_by("-rated_at", "-id")[:RATINGS])


def exclusions(actor: Actor, asked: Filters) -> QuerySet[Exclusion, Any]:
    """Those the actor may read, newest first, as dicts of `ROW`."""
    found = narrowed(
        Exclusion.objects.filter(
            visible_at(actor, "exclusion.list", "case__place", "case__lead_id")
        ),
        Span("case__place", "case__lead", "asked_at", asked.place, asked.unit, asked.month),
    )
    for name in ("state", "reason"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    return found.order_by("-asked_at", "-id").values(*ROW)


def exclusion_for(actor: Actor, uid: str) -> Exclusion | None:
    """The one the actor may read, with its case and rating. One statement."""
    found = Exclusion.objects.filter(
        visible_at(actor, "exclusion.list", "case__place", "case__lead_id"), uid=uid
    )
    return found.select_related("case__place", "case__lead", "rating", "unit").first()


def published_counts() -> QuerySet[Exclusion, Any]:
    """How many ratings were left out, for anybody to read: by sub-district, ground and reach, no
    matter and no person among them. Dicts of street, reason, reach, `times`."""
    left_out = Exclusion.objects.filter(state=ExclusionState.APPROVED).order_by()
    grouped = left_out.values("case__place__parent__name", "reason", "reach")
    return grouped.annotate(times=Count("pk"), last=Max("decided_at")).order_by(
        "case__place__parent__name", "-times", "reason"
    )


def units(actor: Actor) -> list[dict[str, Any]]:
    """The bodies whose ratings were asked about, for the filter. One statement."""
    seen = Exclusion.objects.filter(
        visible_at(actor, "exclusion.list", "case__place", "case__lead_id")
    )
    return bodies_named(seen, "case__lead_id")
