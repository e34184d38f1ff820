"""A topic as a page about its stage needs it: read once, with who looks and when."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from yishi.core.grant import Subject
from yishi.core.method.language import Method, Procedure, Stage, StageKind
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Facts
from yishi.core.topic.kinds import acts_of
from yishi.core.topic.kinds.parts import OPEN
from yishi.core.topic.step import must_run, step
from yishi.records.models import Option, Passage, Topic
from yishi.records.queries.rule import methods_at, parsed, today_of
from yishi.records.queries.topic import DOORS, PARTS, LockedTopic, bodies_at, open_units
from yishi.records.queries.topic_concerned import has_scored, is_concerned
from yishi.records.queries.topic_stage import asked_units, topic_at
from yishi.records.queries.topic_task import mine_open
from yishi.records.wallclock import now
from yishi.web.gate import actor_in

# Group leaders go from door to door with the bodies of the stage.
ROUND = ("topic.call_at_doors", "topic.read_doors")
CARRIED = ("topic.report_done", "topic.report_failed", "topic.call_unit")


@dataclass
class Shown:
    """A topic as it is read, who looks, and the moment they look."""

    held: LockedTopic
    actor: Actor
    now: datetime

    @property
    def topic(self) -> Topic:
        return self.held.topic

    @property
    def method(self) -> Method:
        """The method it is pinned to; only of a topic that was taken up."""
        assert self.held.method is not None
        return self.held.method

    @property
    def procedure(self) -> Procedure:
        """The procedure it goes by; only of a topic that runs."""
        assert self.held.procedure is not None
        return self.held.procedure

    @property
    def stage(self) -> Stage:
        """The stage it stands in; only of a topic that runs."""
        assert self.held.stage is not None
        return self.held.stage

    @property
    def kind(self) -> StageKind | None:
        """What is done in the stage it stands in; None where it stands in none."""
        return self.held.stage.kind if self.held.stage else None

    @property
    def passage(self) -> Passage | None:
        """The visit to the stage that is going on."""
        return self.held.passage

    @property
    def options(self) -> list[Option]:
        """All its options, by number."""
        return self.held.options

    @property
    def seats(self) -> dict[BodyKind, int]:
        """Kind of body → seats filled today; of a stage in which somebody decides."""
        return dict(self.held.now.seats)

    @property
    def tally(self) -> dict[str, Any]:
        """What the stage has gathered so far."""
        return dict(self.held.now.tally)

    @cached_property
    def _asked(self) -> frozenset[int]:
        return asked_units(self.held)

    @cached_property
    def _watching(self) -> frozenset[int]:
        kinds = self.held.stage.watch if self.held.stage else ()
        here = bodies_at(self.topic.place_id) if kinds else {}
        return frozenset(pk for kind in kinds for pk in here.get(kind, ()))

    @cached_property
    def _called(self) -> frozenset[int]:
        return open_units(self.held.attempt)

    @cached_property
    def mine(self) -> frozenset[str]:
        """How the open parts stand that are the viewer's to answer for."""
        return frozenset(state for state in OPEN if mine_open(self.actor, self.held, state))

    @cached_property
    def may_score(self) -> bool:
        """Whether the viewer is one of those it concerns and has not scored this visit."""
        own = self.actor.person_id
        return is_concerned(self.topic, own) and not has_scored(self.passage, own)

    @cached_property
    def newest(self) -> Method | None:
        """Its method as the place works by it today; None where it works by none of that name."""
        pinned = self.topic.method
        row = methods_at(self.topic.place, today_of(self.now)).get(pinned.name) if pinned else None
        return parsed(row) if row else None

    def subject(self, act: str) -> Subject:
        """What permission needs to know for `act`, whatever act the topic was read for."""
        subject = self.held.subject
        if act in ROUND:
            here = bodies_at(self.topic.place_id)
            leaders = frozenset(pk for kind in DOORS for pk in here.get(kind, ()))
            return replace(subject, units=subject.units | leaders)
        if act == "topic.watch":
            return replace(subject, units=self._watching)
        if act in PARTS:
            return replace(subject, units=self._called)
        if act in CARRIED:
            attempt = self.held.attempt
            return replace(subject, units=frozenset({attempt.unit_id} if attempt else ()))
        if act == "topic.attach" and self.held.attempt:
            return replace(subject, units=subject.units | {self.held.attempt.unit_id})
        if act == "topic.consent":
            return replace(subject, units=self._asked)
        return subject

    def granted(self, act: str) -> Permitted | Refusal:
        """Whether the viewer may do `act` now, or why not."""
        return permit(self.actor, act, self.subject(act))

    def may(self, act: str) -> bool:
        """Whether the viewer may do `act` now."""
        return isinstance(self.granted(act), Permitted)

    def off_course(self, act: str) -> Refusal | None:
        """Why `act` has no place where the topic stands: the interpreter's own refusal."""
        standing = must_run(self.held.now)
        if standing or act in acts_of(self.stage):
            return standing
        answer = step(self.procedure, self.held.now, act, Facts(), self.now)
        assert isinstance(answer, Refusal)
        return answer


def read(request: HttpRequest, uid: str, act: str = "topic.view") -> Shown | None:
    """The topic `uid` as whoever asks may act on it by `act`; None where there is none."""
    moment = now()
    held = topic_at(uid, act, today_of(moment))
    return None if held is None else Shown(held, actor_in(request), moment)
