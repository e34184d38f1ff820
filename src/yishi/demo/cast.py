"""Who acts in the demo: people by sign-in name, and who sits where."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from yishi.acts.door import Ask
from yishi.core.person import SYSTEM, Actor
from yishi.demo.district import handlers
from yishi.records.entropy import Entropy
from yishi.records.models import Appointment, Building, Case, DutyRow, Person
from yishi.records.queries.actor import actor_of

PREFIX = "demo-"


@dataclass
class Cast:
    """Makes asks for people of the demo; their posts do not change while it is told."""

    entropy: Entropy
    today: date
    asked: int = 0

    def ask(self, who: str, at: datetime) -> Ask:
        """Somebody asks at a moment; `who` is a sign-in name without `demo-`, empty the system."""
        self.asked += 1
        return Ask(self._actor(who), at, f"demo-{self.asked}", None, self.entropy)

    def _actor(self, who: str) -> Actor:
        return SYSTEM if not who else self.people[who]

    @cached_property
    def people(self) -> dict[str, Actor]:
        """Sign-in name without `demo-` → actor."""
        rows = Person.objects.filter(login__startswith=PREFIX)
        return {row.login.removeprefix(PREFIX): actor_of(row, self.today) for row in rows}

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Body code → who handles for it."""
        return {code: login.removeprefix(PREFIX) for code, login in handlers().items()}

    @cached_property
    def buildings(self) -> dict[str, Building]:
        """Poster code → building, with its community, sub-district and grid."""
        rows = Building.objects.select_related("community__parent", "grid")
        return {row.code: row for row in rows}

    @cached_property
    def duties(self) -> list[DutyRow]:
        """The list in force."""
        return list(DutyRow.objects.select_related("bundle").order_by("position"))

    @cached_property
    def seats(self) -> dict[tuple[str, str], str]:
        """(role, code of the place or grid) → who sits there; the first appointed."""
        found: dict[tuple[str, str], str] = {}
        rows = Appointment.objects.select_related("person", "place", "grouping").order_by("id")
        for row in rows:
            where = row.grouping.code if row.grouping else row.place.code
            found.setdefault((row.role, where), row.person.login.removeprefix(PREFIX))
        return found

    def duty(self, code: str, grade: str) -> DutyRow:
        """The row of that code whose grade begins so. Raises StopIteration where there is none."""
        return next(r for r in self.duties if r.code == code and r.grade.startswith(grade))

    def sits(self, role: str, building: Building) -> str:
        """Who has `role` for a building: in its grid, community, sub-district or district."""
        community = building.community
        assert community.parent is not None and building.grid is not None
        for code in (building.grid.code, community.code, community.parent.code, "QH"):
            if (role, code) in self.seats:
                return self.seats[role, code]
        return ""

    def checker(self, building: Building, handled: set[str]) -> str:
        """Somebody near who had no hand in the work."""
        near = ("grid_worker", "community_desk", "dispatcher")
        found = (self.sits(role, building) for role in near)
        return next(who for who in found if who and who not in handled)


def case(uid: str) -> Case:
    """The case as it is now."""
    return Case.objects.get(uid=uid)
