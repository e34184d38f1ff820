"""Where a sentence of a case is said, and what it comes to."""

from __future__ import annotations

from datetime import datetime, time

from yishi.core.calendar import Calendar
from yishi.core.method.language import Paper, Stage
from yishi.core.place import BodyKind
from yishi.core.topic.facts import Facts
from yishi.core.topic.now import TopicNow
from yishi.core.topic.sentence import Said

WORDS = "如记录"
EVENING = time(18, 0)
# An act, what it says, and when it is done.
Deed = tuple[str, Facts, datetime]


class Scene:
    """Where a sentence is said: the stage, the topic in it, the moment, the calendar; how many
    lines a roll would have, with how much area in square centimetres."""

    def __init__(
        self,
        stage: Stage,
        topic: TopicNow,
        now: datetime,
        calendar: Calendar,
        voters: int = 0,
        area_cm2: int = 0,
    ) -> None:
        self.stage, self.topic, self.now, self.calendar = stage, topic, now, calendar
        self.voters, self.area_cm2 = voters, area_cm2

    def papers(self, said: Said) -> frozenset[Paper]:
        """Everything the stage wants attached, but for what the sentence says is missing."""
        missing = {clause.name for clause in said.every("unattached")}
        return frozenset(paper for paper in self.stage.attach if paper not in missing)

    def uid(self, no: int) -> str:
        """The uid of the option of that number, "" for none."""
        return next((one.uid for one in self.topic.options if one.no == no), "")

    def seats(self) -> dict[BodyKind, int]:
        """Every seat of those who decide."""
        return {body: self.topic.seats.get(body, 0) for body in self.stage.decides}
