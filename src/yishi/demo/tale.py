"""One story on its way: where it stands, who has it in hand, and when its next step comes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from yishi.acts.door import Ask
from yishi.core.case.state import CaseState
from yishi.demo.cast import Cast
from yishi.demo.moments import Moments
from yishi.demo.photos import Album
from yishi.demo.story import Story
from yishi.records.files import NewFile
from yishi.records.models import Assignment, Building, DutyRow

NEEDS_PROOF = ("help", "complaint")


@dataclass
class Tale:
    """A story being told. `at` is the moment of the last step."""

    number: int
    story: Story
    cast: Cast
    moments: Moments
    album: Album
    at: datetime = field(init=False)
    uid: str = ""
    handled: set[str] = field(default_factory=set)

    @property
    def building(self) -> Building:
        """Where it happens."""
        return self.cast.buildings[self.story.at]

    def go(
        self, least: float, most: float, hours: Callable[[datetime], datetime] | None = None
    ) -> datetime:
        """The next step comes that many hours later."""
        self.at = self.moments.after(self.at, least, most, hours)
        return self.at

    def set_to(self, moment: datetime) -> datetime:
        """The next step comes at `moment`, or before it where that is still to come."""
        self.at = self.moments.before_now(self.at, max(moment, self.at + timedelta(minutes=1)))
        return self.at

    def rests(self, state: CaseState) -> bool:
        """Whether the story was written to stop in `state`."""
        return self.story.stop == state.value

    def ask(self, who: str) -> Ask:
        """Somebody asks at the moment the story has come to."""
        return self.cast.ask(who, self.at)

    def duty(self) -> DutyRow:
        """The row of the responsibility list the matter falls under."""
        return self.cast.duty(self.story.duty, self.story.grade)

    def works(self) -> tuple[str, list[str]]:
        """The codes of the lead and of the co-handlers that have it in hand."""
        mine = Assignment.objects.filter(case__uid=self.uid, ended_at=None)
        rows = mine.order_by("-is_lead", "id")
        codes = list(rows.values_list("unit__code", flat=True))
        return codes[0], codes[1:]

    def who_of(self, unit: str) -> str:
        """Who handles for a unit."""
        return self.cast.bodies[unit]

    def photo(self, major: str, mended: bool) -> NewFile:
        """A picture of a matter of this kind, before or after it was mended."""
        return self.album.photo(major, mended, self.number)

    def proofs(self) -> list[NewFile]:
        """What a unit shows of its work, where the matter asks for it."""
        if self.story.nature not in NEEDS_PROOF:
            return []
        return [self.photo(self.duty().major, True)]
