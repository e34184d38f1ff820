"""The only door to a topic that is acted on: locked, with all a decision needs."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db import connection

from yishi.core.grant import Subject
from yishi.core.method.language import Competence, Method, Paper, Procedure, Stage
from yishi.core.person import Actor, Role
from yishi.core.place import BodyKind
from yishi.core.topic.kinds.parts import OPEN
from yishi.core.topic.now import OptionNow, OptionState, TopicNow, TopicState
from yishi.records.models import (
    Attempt,
    Body,
    BundleRow,
    Hand,
    Option,
    Passage,
    Place,
    Topic,
    TopicPaper,
    TopicTask,
)
from yishi.records.prepared import row_of, rows_of
from yishi.records.queries.lately import lately
from yishi.records.queries.rule import parsed
from yishi.records.queries.seat import seats_at

# Who gives a body's consent: whoever speaks for it, or handles its matters.
SPEAK = (Role.CONVENER, Role.UNIT_HANDLER)
# Who looks on for a body: whoever sits in it.
LOOK = (Role.OVERSEER, Role.CONVENER, Role.MEMBER)
# What a body does that was called for a part of carrying out.
PARTS = ("topic.answer_call", "topic.report_task")
# Who goes from door to door besides the bodies of the stage: the group leaders.
DOORS = (BodyKind.GROUP_LEADERS,)


@dataclass
class LockedTopic:
    """A topic held for an act: its row, the snapshot a decision sees, and what the act may write.

    `method` and `stage` are None before its review and after its end. `before`: the columns as
    they were found, so that only what changed is written.
    """

    topic: Topic
    now: TopicNow
    subject: Subject
    options: list[Option]
    passage: Passage | None
    method: Method | None = None
    attempt: Attempt | None = None
    aliases: dict[int, str] = field(default_factory=dict)
    parts: frozenset[tuple[int, str]] = frozenset()
    before: dict[str, object] = field(default_factory=dict)

    @cached_property
    def attached(self) -> frozenset[Paper]:
        """The kinds of papers that lie with the visit it is in; asked for by acts that leave."""
        if self.passage is None:
            return frozenset()
        papers = rows_of(TopicPaper, {"passage_id": self.passage.pk})
        return frozenset(Paper(paper.kind) for paper in papers)

    def attached_since(self, at: datetime) -> frozenset[Paper]:
        """Those of them that were laid there since then."""
        if self.passage is None:
            return frozenset()
        papers = rows_of(TopicPaper, {"passage_id": self.passage.pk})
        return frozenset(Paper(paper.kind) for paper in papers if paper.added_at >= at)

    @property
    def version(self) -> int | None:
        return self.topic.version

    @property
    def procedure(self) -> Procedure | None:
        """The procedure it is pinned to."""
        return self.method.procedure(self.topic.procedure) if self.method else None

    @property
    def stage(self) -> Stage | None:
        """The stage it stands in."""
        return self.procedure.stage(self.topic.stage) if self.procedure else None


def lock_topic(uid: str, act: str, today: date) -> LockedTopic | None:
    """The topic and all a decision needs; None where there is none. At most ten statements.

    PostgreSQL locks the row, and looks only then; on SQLite the transaction is exclusive.
    """
    if connection.features.has_select_for_update:
        list(Topic.objects.filter(uid=uid).select_for_update().values_list("pk"))
    topic = row_of(Topic, {"uid": uid})
    if topic is None:
        return None
    topic.place = rows_of(Place, {"id": topic.place_id})[0]
    if topic.method_id is not None:
        topic.method = rows_of(BundleRow, {"id": topic.method_id}, skip="files")[0]
    return gather(topic, act, today)


def gather(topic: Topic, act: str, today: date) -> LockedTopic:
    """A topic's row with what belongs to it, as a decision sees it."""
    method: Method | None = parsed(topic.method) if topic.method else None
    procedure = method.procedure(topic.procedure) if method else None
    stage = procedure.stage(topic.stage) if procedure else None
    options = rows_of(Option, {"topic_id": topic.pk}, "no")
    passage = row_of(Passage, {"topic_id": topic.pk, "left_at": None}) if stage else None
    tried = {"topic_id": topic.pk, "ended_at": None}
    attempt = row_of(Attempt, tried) if topic.chosen_id else None
    hands = rows_of(Hand, {"subject_uid": topic.uid})
    parties: dict[str, frozenset[int]] = {}
    for hand in hands:
        parties[hand.part] = parties.get(hand.part, frozenset()) | {hand.person_id}
    return LockedTopic(
        topic,
        now_of(topic, options, seats_at(topic.place_id, today) if stage and stage.decides else {}),
        Subject(
            state=TopicState(topic.state),
            path=topic.place.ids,
            units=_units(topic, stage, act, attempt),
            parties=parties,
            public=True,
        ),
        options,
        passage,
        method,
        attempt,
        {hand.person_id: hand.alias for hand in hands},
        frozenset((hand.person_id, hand.part) for hand in hands),
        {one.attname: getattr(topic, one.attname) for one in Topic._meta.concrete_fields},
    )


def now_of(topic: Topic, options: list[Option], seats: dict[BodyKind, int]) -> TopicNow:
    """The frozen snapshot of a topic."""
    chosen = next((one.uid for one in options if one.pk == topic.chosen_id), "")
    return TopicNow(
        uid=topic.uid,
        state=TopicState(topic.state),
        competence=Competence(topic.competence) if topic.competence else None,
        procedure=topic.procedure,
        stage=topic.stage,
        entered_at=topic.entered_at,
        due_at=topic.due_at,
        visits=topic.visits,
        options=tuple(option_now(one) for one in options),
        chosen=chosen,
        seats=seats,
        tally=topic.tally,
        outcome=topic.outcome,
    )


def option_now(row: Option) -> OptionNow:
    """One option as a decision sees it."""
    return OptionNow(
        row.uid,
        row.no,
        OptionState(row.state),
        Competence(row.competence) if row.competence else None,
        row.matter_name,
        row.source,
        row.rank,
        row.tries,
    )


def _units(topic: Topic, stage: Stage | None, act: str, attempt: Attempt | None) -> frozenset[int]:
    """The bodies an act is for: who carries it out, who is asked, or who has part in the stage."""
    if act in ("topic.report_done", "topic.report_failed"):
        return frozenset({attempt.unit_id}) if attempt else frozenset()
    if act == "topic.call_unit":
        return frozenset({attempt.unit_id}) if attempt else frozenset()
    if act in PARTS:
        return open_units(attempt)
    if stage is None:
        return frozenset()
    named = {"topic.consent": stage.asked, "topic.watch": stage.watch}
    kinds = named[act] if act in named else part_in(stage)
    bodies = bodies_at(topic.place_id)
    found = frozenset(pk for kind in kinds for pk in bodies.get(kind, ()))
    if act == "topic.call_at_doors":
        return found | frozenset(pk for kind in DOORS for pk in bodies.get(kind, ()))
    # Whoever carries it out lays its proof with the stage themselves.
    return found | {attempt.unit_id} if attempt and act == "topic.attach" else found


def open_units(attempt: Attempt | None) -> frozenset[int]:
    """The bodies whose part of a try is open. One query, none without a try."""
    if attempt is None:
        return frozenset()
    rows = TopicTask.objects.filter(attempt_id=attempt.pk, state__in=OPEN)
    return frozenset(rows.values_list("body_id", flat=True))


def watches_for(actor: Actor, held: LockedTopic) -> list[Body]:
    """The bodies that look on in its stage and in which the actor sits. One query."""
    kinds = held.stage.watch if held.stage else ()
    own = {s.body_id for role in LOOK for s in actor.seats_as(role) if s.body_id is not None}
    rows = Body.objects.filter(place_id=held.topic.place_id, kind__in=kinds, pk__in=own)
    return list(rows.order_by("id"))


def speaks_for(actor: Actor, held: LockedTopic) -> frozenset[BodyKind]:
    """Those asked in its stage for whom the actor may say yes or no: their own bodies; at the
    desk of its place whoever came to it."""
    asked = held.stage.asked if held.stage else ()
    path = held.topic.place.ids
    if any(seat.place_id in path for seat in actor.seats_as(Role.COMMUNITY_DESK)):
        return frozenset(asked)
    own = {s.body_id for role in SPEAK for s in actor.seats_as(role) if s.body_id is not None}
    bodies = bodies_at(held.topic.place_id)
    return frozenset(kind for kind in asked if own.intersection(bodies.get(kind, ())))


def bodies_at(place_id: int) -> dict[str, tuple[int, ...]]:
    """Kind → bodies of a place, as of a minute ago at most: what a body is never changes, and
    one that is not known yet may do nothing yet."""

    def make() -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for pk, kind in Body.objects.filter(place_id=place_id).values_list("pk", "kind"):
            found[kind] = (*found.get(kind, ()), pk)
        return found

    return lately("bodies", place_id, make)


def part_in(stage: Stage) -> tuple[BodyKind, ...]:
    """The bodies that do something in a stage: lead, carry, decide."""
    carry = (stage.carry,) if stage.carry else ()
    return tuple(dict.fromkeys((stage.lead, *carry, *stage.decides)))
