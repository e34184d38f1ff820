"""What a member of staff needs to register a matter: where it may be, and by which channels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from yishi.core.case.state import CaseKind
from yishi.core.caserules import CaseRules
from yishi.core.channel import Channel
from yishi.core.permit import Scope
from yishi.core.person import Seat
from yishi.core.place import COMMUNITY_WORDS, PlaceKind, ids_of
from yishi.records.models import Building, Case, DutyRow, Place
from yishi.records.queries.duty import USED_DAYS, standing_on
from yishi.records.queries.rule import in_force, start_of

MOST = 500
# As many as stand side by side under a thumb. Ours.
ITEMS = 3


@dataclass(frozen=True)
class Filing:
    """Buildings and communities as (uid, name), the rules there, the channels one may use."""

    buildings: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    rules: CaseRules
    channels: tuple[Channel, ...]


def place_named(where: str) -> tuple[Place, Building | None] | None:
    """The place a form means by `building:<uid>` or `place:<uid>`; None for neither."""
    kind, _colon, uid = where.partition(":")
    if kind == "building":
        found = Building.objects.filter(uid=uid).select_related("community").first()
        return (found.community, found) if found else None
    place = Place.objects.filter(uid=uid).first() if kind == "place" else None
    return (place, None) if place else None


def filing_of(seats: Sequence[tuple[Scope, Seat]], day: date) -> Filing:
    """What seats that may file reach. At most five statements. Raises RulesMissing.

    A grid seat reaches the buildings of its grid; a place seat those of the place, and the
    communities themselves for what is in no building.
    """
    within, places = Q(pk__in=()), Q(pk__in=())
    for scope, seat in seats:
        if scope is Scope.GRID:
            within |= Q(grid_id=seat.grouping_id)
        else:
            within |= Q(community__line__startswith=seat.line)
            places |= Q(line__startswith=seat.line)
    buildings = list(
        Building.objects.filter(within)
        .order_by("community__code", "code")
        .values_list("uid", "name", "community__name")[:MOST]
    )
    several = len({community for _uid, _name, community in buildings}) > 1
    communities = Place.objects.filter(places, kind=PlaceKind.COMMUNITY).order_by("code")
    rules = in_force(Place.objects.get(pk=seats[0][1].place_id), day)
    roles = frozenset(str(seat.role) for _scope, seat in seats)
    return Filing(
        tuple(
            (uid, f"{community} · {name}" if several else name)
            for uid, name, community in buildings
        ),
        tuple(communities.values_list("uid", "name")[:MOST]),
        rules.terms.rules,
        tuple(channel for channel in rules.channels.values() if channel.may_enter(roles)),
    )


def frequent_items(seats: Sequence[Seat], day: date) -> list[str]:
    """Items a grid worker most often meets and may settle: those that led to no unit above the
    community in the last USED_DAYS, then the community's own rows of the list. Two statements.
    """
    if not seats:
        return []
    within = Q(place__line__startswith=seats[0].line)
    for seat in seats[1:]:
        within |= Q(place__line__startswith=seat.line)
    since = start_of(day - timedelta(days=USED_DAYS))
    own = Case.objects.filter(within, filed_at__gte=since).exclude(item_title="")
    own = own.filter(kind__in=[CaseKind.ON_SPOT, CaseKind.ON_BEHALF])
    counted = (
        own.values_list("item_title").annotate(times=Count("pk")).order_by("-times", "item_title")
    )
    found = [title for title, _times in counted[:ITEMS]]
    if len(found) == ITEMS:
        return found
    rows = DutyRow.objects.filter(
        standing_on(day), lead__in=COMMUNITY_WORDS, place_id__in=ids_of(seats[0].line)
    )
    titles = rows.order_by("position").values_list("title", flat=True)[:30]
    return list(dict.fromkeys([*found, *titles]))[:ITEMS]
