"""Tells one story through the acts, a step at a time, so that all stories run side by side.

Each step is announced by its moment and done when its turn comes; `seed` takes the earliest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from yishi.acts import order, report
from yishi.acts.case import closing, handling, intake
from yishi.acts.case.intake import PartAsked
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.core.case.state import CaseState
from yishi.core.refusal import Refusal
from yishi.demo.cast import case
from yishi.demo.district import must
from yishi.demo.ending import closed, rated
from yishi.demo.pace import filed_at
from yishi.demo.tale import Tale
from yishi.demo.turns import turns
from yishi.demo.working import CHECKS, one_round, signed
from yishi.records.models import Body

STANDING = (CaseState.RETURNING, CaseState.DISPUTED, CaseState.SUSPENDED)
NOTES = (
    "已电话联系，约好时间上门。",
    "已与反映人通话，核实了位置。",
    "电话里把情况问清了，今天先去看现场。",
    "已联系，反映人补充说傍晚最明显。",
    "已通话，请反映人等我们消息。",
)
PARTS = (
    "查过图纸和现场，不是我方设施。",
    "已派人到场配合，现场没有我方管线。",
    "我方部分已看过，无需处理。",
)


@dataclass
class Telling(Tale):
    """A story with its steps, from the words to the archive."""

    def __post_init__(self) -> None:
        self.at = filed_at(self)

    def steps(self) -> Iterator[datetime]:
        """The moments of the story; resuming after each does what happens then."""
        story = self.story
        yield self.at
        self._file()
        if story.on_spot:
            yield from self._checked_on_spot()
        elif story.refuse:
            yield self.go(0.3, 3, self.moments.desk)
            self._dispatcher(intake.refuse, story.refuse, story.told)
            return
        elif story.topic:
            yield from self._topic()
        else:
            yield from self._dispatched()
            if self.rests(CaseState.DISPATCHED):
                return
            yield from self._handled()
        if self.rests(CaseState.ANSWERED):
            return
        yield from rated(self)
        yield from closed(self)

    # The way in

    def _file(self) -> None:
        story, own = self.story, not self.story.name
        major = self.duty().major if story.duty else ""
        shows = story.photo and story.nature != "consult" and self.moments.draw.random() < 0.8
        photos = [self.photo(major, False)] if shows or story.urgent else []
        channel = story.channel or self.moments.draw.choice(("web", "web", "building_code"))
        words = Words(
            story.words,
            nature=story.nature,
            channel=channel,
            building=self.building.uid,
            photos=photos,
            name=story.name,
            phone="" if own else f"13000001{self.number:03}",
            consent=not own,
        )
        ask = self.cast.ask(story.who, self.at)
        if story.on_spot:
            proofs = [self.photo(major, True)]
            done = report.settle_on_spot(ask, words, story.answers[0], proofs)
            self.handled.add(story.who)
        else:
            done = (report.file if own else report.file_for)(ask, words)
        self.uid = must(done, story.words).uid

    def _topic(self) -> Iterator[datetime]:
        story = self.story
        yield self.go(0.5, 5, self.moments.desk)
        self._dispatcher(intake.set_aside, story.topic)
        if not story.topic_answer:
            return
        yield self.go(100, 160, self.moments.office)
        desk = self.cast.sits("community_desk", self.building)
        must(closing.answer(self.ask(desk), self.uid, story.topic_answer), "answer of a topic")

    def _dispatched(self) -> Iterator[datetime]:
        story, moments = self.story, self.moments
        if not story.duty:
            return
        row = self.duty()
        rests = CaseState(story.stop) if story.stop else None
        if rests == CaseState.FILED or moments.draw.random() < 0.25:
            yield self.go(0.1, 1.5, moments.desk)
            self._dispatcher(intake.accept, row.uid)
            if rests == CaseState.FILED:
                return
        self.go(0.1, 1.5, moments.desk)
        if rests == CaseState.DISPATCHED:
            self.at = moments.now - timedelta(minutes=moments.draw.randint(10, 90))
        elif rests == CaseState.SIGNED:
            self.at = max(self.at, moments.now - timedelta(hours=moments.draw.randint(8, 19)))
        yield self.at
        if story.parts:
            self._split()
            return
        lead = Body.objects.get(code=story.lead).uid if story.lead else ""
        ask = self.ask(self.cast.sits("dispatcher", self.building))
        answer = intake.dispatch(ask, self.uid, row.uid, lead, urgent=story.urgent)
        must(answer, f"dispatch {story.duty} at {story.at}")

    def _split(self) -> None:
        parts = [
            PartAsked(part["title"], self.cast.duty(part["duty"], part.get("grade", "")).uid)
            for part in self.story.parts
        ]
        ask = self.ask(self.cast.sits("dispatcher", self.building))
        must(intake.split(ask, self.uid, parts), f"split at {self.story.at}")

    # The unit's work

    def _handled(self) -> Iterator[datetime]:
        """Sign, contact, co-handlers' part, result, check, answer; as far as the story goes."""
        if not self.story.duty or self.rests(CaseState.FILED):
            return
        lead, co = self.works()
        for unit in (*co, lead):
            yield from signed(self, unit)
        if self.rests(CaseState.SIGNED):
            return
        yield from turns(self)
        if any(self.rests(state) for state in STANDING):
            return
        lead, co = self.works()
        yield self.go(0.4, 4, self.moments.desk)
        note = self.moments.draw.choice(NOTES)
        must(
            handling.contact(self.ask(self.who_of(lead)), self.uid, True, note),
            f"contact {self.story.words}",
        )
        if not self.story.part_open:
            for turn, unit in enumerate(co):
                yield self.go(0.5, 2)
                proofs = self.proofs()
                words = (self.story.part, *PARTS)[min(turn, len(PARTS))]
                ask = self.ask(self.who_of(unit))
                must(handling.submit_result(ask, self.uid, words, proofs), "part")
        if self.rests(CaseState.HANDLING):
            yield from self._ordered()
            return
        yield from one_round(self, 0)

    def _ordered(self) -> Iterator[datetime]:
        if self.story.order:
            yield self.go(30, 60, self.moments.office)
            supervisor = self.cast.sits("supervisory_officer", self.building)
            must(order.issue(self.ask(supervisor), self.uid, self.story.order), "order")

    def _checked_on_spot(self) -> Iterator[datetime]:
        """The share of matters settled on the spot that a second person looks at."""
        if case(self.uid).state != CaseState.CHECKING:
            return
        yield self.go(1, 6, self.moments.office)
        desk = self.cast.sits("community_desk", self.building)
        must(closing.check(self.ask(desk), self.uid, True, CHECKS[0]), "check")
        yield self.go(0.3, 2, self.moments.office)
        must(closing.answer(self.ask(desk), self.uid, self.story.answers[0]), "answer")

    def _dispatcher(self, act: Callable[..., Done | Refusal], *words: str) -> None:
        who = self.cast.sits("dispatcher", self.building)
        must(act(self.ask(who), self.uid, *words), self.story.words)
