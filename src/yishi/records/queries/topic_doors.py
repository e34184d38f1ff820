"""The register of doors of a visit to a stage: what the last call at each door found."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from yishi.core.topic.doors import WHOLE
from yishi.records.models import Building, Doorstep, Passage, Person
from yishi.records.queries.topic import LockedTopic

ROWS = 20_000


@dataclass
class BuildingDoors:
    """A building of the place with its doors: label → the last call there."""

    code: str
    name: str
    doors: dict[str, Doorstep] = field(default_factory=dict)

    def count(self, found: str) -> int:
        """How many doors stand at that finding."""
        return sum(one.found == found for one in self.doors.values())

    @property
    def last(self) -> datetime | None:
        """When somebody was there last."""
        return max((one.at for one in self.doors.values()), default=None)


def at_home(place_id: int) -> "QuerySet[Person]":
    """Everybody with an account who lives in a building of the place."""
    return Person.objects.filter(
        home__community_id=place_id, is_active=True, erased_at=None
    ).order_by("pk")


def calls_of(passage: Passage | None, tally: Any) -> "QuerySet[Doorstep]":
    """The calls at doors since it hangs out as it does now."""
    since = tally.get("since")
    rows = Doorstep.objects.filter(passage=passage)
    return rows.filter(at__gte=datetime.fromisoformat(since)) if since else rows


def standing_of(passage: Passage | None, tally: Any, building: Building) -> dict[str, str]:
    """Door of a building → what the last call there found. One query."""
    rows = calls_of(passage, tally).filter(building=building).order_by("at", "id")
    return dict(rows.values_list("label", "found"))


def reached_of(held: LockedTopic) -> tuple[int, int]:
    """How many buildings the place has, and how many of them have an entry. Two queries."""
    buildings = Building.objects.filter(community_id=held.topic.place_id)
    calls = calls_of(held.passage, held.now.tally).filter(building__in=buildings.values("pk"))
    return buildings.count(), calls.order_by().values("building_id").distinct().count()


def doors_done(topic_id: int, tally: Any) -> bool:
    """Whether every building of a topic's place has an entry since it hangs out. Three
    statements."""
    open_visit = Passage.objects.filter(topic_id=topic_id, left_at=None)
    passage = open_visit.select_related("topic").first()
    if passage is None:
        return False
    buildings = Building.objects.filter(community_id=passage.topic.place_id)
    calls = calls_of(passage, tally).filter(building__in=buildings.values("pk"))
    return buildings.count() <= calls.order_by().values("building_id").distinct().count()


def register_of(held: LockedTopic) -> list[BuildingDoors]:
    """Every building of the place with its doors, those without an entry first. Two queries."""
    rows = Building.objects.filter(community_id=held.topic.place_id).order_by("code")
    found = {row.pk: BuildingDoors(row.code, row.name) for row in rows}
    calls = calls_of(held.passage, held.now.tally).select_related("by").order_by("at", "id")
    for call in calls[:ROWS]:
        if call.building_id in found:
            found[call.building_id].doors[call.label] = call
    return sorted(found.values(), key=lambda one: bool(one.doors))


__all__ = [
    "WHOLE",
    "BuildingDoors",
    "at_home",
    "calls_of",
    "doors_done",
    "reached_of",
    "register_of",
    "standing_of",
]
