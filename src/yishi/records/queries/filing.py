"""What a member of staff needs to register a matter: where it may be, and by which channels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yishi.core.caserules import CaseRules
from yishi.core.channel import Channel
from yishi.core.permit import Scope
from yishi.core.person import Seat
from yishi.core.place import PlaceKind
from yishi.records.models import Building, Place
from yishi.records.queries.rule import in_force

MOST = 500


@dataclass(frozen=True)
class Filing:
    """Buildings and communities as (uid, name), the rules there, the channels one may use."""

    buildings: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    rules: CaseRules
    channels: tuple[Channel, ...]


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
