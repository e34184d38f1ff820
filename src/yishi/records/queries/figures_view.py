"""A slice, resolved for its reader: which places, which days, by which rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db.models import Q

from yishi.core.channel import Channel
from yishi.core.figures import Slice
from yishi.core.period import Span, span_of, until_today
from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.core.rates import RateRules
from yishi.core.refusal import Refusal
from yishi.records.models import BundleRow, Place
from yishi.records.queries.rule import RulesMissing, adopted, parsed, today_of

ACT = "figures.view"


@dataclass(frozen=True)
class Spot:
    """A place a reader sees figures of."""

    id: int
    uid: str
    name: str
    line: str
    parent_id: int | None


@dataclass(frozen=True)
class View:
    """A slice, resolved for its reader: the places it is divided into, the names of what it is
    narrowed to, the days it covers (None: all), the formula, from when it holds, and the channels
    in force there."""

    places: Mapping[int, Spot]
    roots: tuple[Spot, ...]
    span: Span | None
    unit: str
    rules: RateRules | None
    channels: Mapping[str, Channel]
    rules_from: date | None = None


def look(actor: Actor, part: Slice, now: datetime) -> View | Refusal:
    """The places, the days and the rules of a slice. Three statements at most."""
    places = _places(actor)
    top = {spot.id for spot in places.values() if spot.parent_id not in places}
    if part.place:
        chosen = next((spot for spot in places.values() if spot.uid == part.place), None)
        if chosen is None:
            return Refusal("not_found", have="place")
        top = {chosen.id}
    span = part.period
    if part.time:
        asked = span_of(part.time)
        if asked is None:
            return Refusal("period_wrong", have=part.time[:20])
        span = _both(until_today(asked, today_of(now)), span)
    roots = tuple(places[pk] for pk in sorted(top))
    found = _rules(roots[0], today_of(now)) if roots else {}
    channels, formula = found.get("channels"), found.get("rates")
    return View(
        places,
        roots,
        span,
        "",
        parsed(formula) if formula else None,
        {channel.code: channel for channel in parsed(channels)} if channels else {},
        formula.valid_from if formula else None,
    )


def places_in(view: View) -> list[int]:
    lines = tuple(root.line for root in view.roots)
    return [spot.id for spot in view.places.values() if lines and spot.line.startswith(lines)]


def places_under(view: View, top: int) -> np.ndarray:
    """For each place id up to `top`, the place its cases are shown under: one of several roots,
    or of one root the child it is in, or the root itself; 0 outside."""
    several = len(view.roots) > 1
    under = np.zeros(max(top, *view.places, 0) + 1, dtype=np.int64)
    for spot in view.places.values():
        for root in view.roots:
            if spot.line.startswith(root.line):
                rest = spot.line.removeprefix(root.line)
                under[spot.id] = root.id if several or not rest else int(rest.partition(".")[0])
    return under


def _both(span: Span, other: Span | None) -> Span:
    """The days that are in both."""
    if other is None or (other.first <= span.first and span.until <= other.until):
        return span
    first = max(span.first, other.first)
    return Span(first, max(first, min(span.until, other.until)))


def _places(actor: Actor) -> dict[int, Spot]:
    within = Q(pk__in=())
    for _grant, seat in reach(actor, ACT):
        if seat is not None:
            within |= Q(line__startswith=seat.line)
    rows = Place.objects.filter(within).order_by("code")
    return {
        row[0]: Spot(*row) for row in rows.values_list("id", "uid", "name", "line", "parent_id")
    }


def _rules(root: Spot, day: date) -> dict[str, BundleRow]:
    """The formula and the channels in force at the first place in view; a kind nobody has
    adopted is left out."""
    place = Place(pk=root.id, name=root.name, line=root.line)
    try:
        found = adopted(place, day, "channels", "rates")
    except RulesMissing:
        found = {}
        for kind in ("channels", "rates"):
            try:
                found |= adopted(place, day, kind)
            except RulesMissing:
                continue
    return found
