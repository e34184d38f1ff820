"""Places as their administrator sees them: what lies below, with counts; buildings; posters."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from yishi.core.permit import Scope, reach
from yishi.core.person import Actor
from yishi.core.place import PlaceKind
from yishi.records.models import Body, Building, Grouping, Place
from yishi.records.queries.paging import Listed, listed, plain

NOWHERE = Q(pk__in=())
OFFERED = 300


def seats_for(actor: Actor, act: str) -> tuple[str, ...]:
    """Lines of the places in which `actor` may do `act`, such as `1.4.`; widest first."""
    lines = {s.line for grant, s in reach(actor, act) if s and grant.scope is Scope.PLACE}
    return tuple(sorted(lines, key=lambda line: (len(line), line)))


def below(lines: Iterable[str], field_name: str = "line") -> Q:
    """Rows whose `field_name` lies in one of the lines, or below it."""
    condition = NOWHERE
    for line in lines:
        condition |= Q(**{f"{field_name}__startswith": line})
    return condition


def places_for(actor: Actor, act: str) -> list[dict[str, Any]]:
    """The places `actor` was appointed to do `act` in: {uid, code, name, line}. One statement."""
    lines = seats_for(actor, act)
    rows = Place.objects.filter(line__in=lines).order_by("line")
    return plain(rows.values("uid", "code", "name", "line"))


def places_below(actor: Actor, act: str) -> list[dict[str, Any]]:
    """The places `actor` may do `act` in and all below them: {uid, code, name, line}. One
    statement."""
    rows = Place.objects.filter(below(seats_for(actor, act))).order_by("line")
    return plain(rows.values("uid", "code", "name", "line")[:OFFERED])


def place_for(actor: Actor, code: str, act: str = "place.view") -> Place | None:
    """The place of that code, or None where there is none or `actor` may not do `act` there."""
    return Place.objects.filter(below(seats_for(actor, act)), code=code).first()


@dataclass(frozen=True)
class Around:
    """A place's page: the way up to it, what lies in it, page by page."""

    place: Place
    above: list[dict[str, Any]]
    children: Listed | None = None
    buildings: Listed | None = None
    groupings: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    bodies_total: int = 0


BODIES = 60
GROUPINGS = 200


def around(actor: Actor, place: Place, page: int) -> Around:
    """What lies in `place`. Six statements at most, whatever the number of rows."""
    lines = seats_for(actor, "place.view")
    above = Place.objects.filter(below(lines), pk__in=place.ids - {place.pk}).order_by("line")
    bodies = Body.objects.filter(place=place).order_by("code")
    found: dict[str, Any] = {
        "above": list(above.values("code", "name")),
        "bodies": list(bodies.values("code", "name", "kind")[:BODIES]),
        "bodies_total": bodies.count(),
    }
    if place.kind == PlaceKind.COMMUNITY:
        rows = Building.objects.filter(community=place).order_by("code")
        found["buildings"] = listed(
            rows.values("code", "name", "address", "grid__name", "group__name", "estate__name"),
            page,
        )
        groupings = Grouping.objects.filter(community=place).order_by("kind", "code")
        found["groupings"] = list(groupings.values("code", "name", "kind")[:GROUPINGS])
        return Around(place, **found)
    children = Place.objects.filter(parent=place).order_by("code")
    found["children"] = listed(children.values("id", "code", "name", "kind", "line"), page)
    _count(found["children"].rows)
    return Around(place, **found)


def _count(rows: list[dict[str, Any]]) -> None:
    """Adds to each row how many communities, groupings and buildings lie in it or below."""
    inside = below([row["line"] for row in rows])
    counts = Place.objects.filter(inside, kind=PlaceKind.COMMUNITY).annotate(
        buildings_n=Count("buildings", distinct=True),
        groupings_n=Count("groupings", distinct=True),
    )
    found = list(counts.values("line", "buildings_n", "groupings_n"))
    for row in rows:
        mine = [count for count in found if count["line"].startswith(row["line"])]
        row["communities"] = len(mine)
        row["groupings"] = sum(count["groupings_n"] for count in mine)
        row["buildings"] = sum(count["buildings_n"] for count in mine)


def posters(community: Place, page: int, size: int) -> Listed:
    """Buildings of a community whose posters are printed together."""
    rows = Building.objects.filter(community=community).order_by("code")
    return listed(rows.values("code", "name", "address", "community__name"), page, size)


def building_for(actor: Actor, code: str) -> dict[str, Any] | None:
    """One building for its poster, or None where it is not the actor's."""
    inside = below(seats_for(actor, "place.view"), "community__line")
    rows = Building.objects.filter(inside, code=code)
    columns = ("code", "name", "address", "community__name", "community__code")
    return next(iter(plain(rows.values(*columns)[:1])), None)
