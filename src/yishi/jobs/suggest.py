"""Makes anew what suggestions have learned, a snapshot for each list in force."""

from datetime import date

from yishi.core.place import PlaceKind
from yishi.records.models import DutyRow, Place
from yishi.records.queries.duty import standing_on
from yishi.records.queries.routing import WORDS, items_of
from yishi.records.suggest import forget_but, name_of, rebuild


def rebuild_all(day: date) -> int:
    """How many lists; snapshots of lists no longer in force go. Communities under the same lists
    share one."""
    with_list = set(
        DutyRow.objects.filter(standing_on(day)).values_list("place_id", flat=True).distinct()
    )
    communities = Place.objects.filter(kind=PlaceKind.COMMUNITY)
    names = set()
    for places in {frozenset(place.ids & with_list) for place in communities} - {frozenset()}:
        rows = DutyRow.objects.filter(standing_on(day), place_id__in=places)
        listed = items_of(list(rows.values("code", *WORDS)))
        rebuild(listed, day)
        names.add(name_of(listed))
    forget_but(names)
    return len(names)
