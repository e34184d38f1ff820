"""A round of small works: held for an act, listed, and for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yishi.core.calendar import CalendarMissing, due
from yishi.core.grant import Subject
from yishi.core.method.language import Procedure, Stage, StageKind
from yishi.core.method.round import Round
from yishi.core.round.now import ProposalState
from yishi.core.round.proposing import Call
from yishi.core.topic.now import TopicState
from yishi.records.models import BundleRow, Fund, Place, Project, Proposal, Topic
from yishi.records.queries.lately import lately
from yishi.records.queries.paging import plain
from yishi.records.queries.project import course_of
from yishi.records.queries.rule import in_force, parsed, today_of
from yishi.records.queries.topic import bodies_at, part_in

# What counts as going on: neither taken back nor refused.
GOING = (ProposalState.FILED, ProposalState.PASSED, ProposalState.JOINED)
METHODS_MOST = 400
ROW = (
    "uid", "number", "title", "state", "stage_kind", "stage_name", "entered_at", "due_at",
    "amber_at", "tally", "raised_at", "ended_at", "outcome", "outcome_name", "is_carried_out",
    "lead", "place__name", "place__code", "place__uid", "proposals_n", "projects_n",
)  # fmt: skip


@dataclass(frozen=True)
class HeldRound:
    """A round as an act on a wish has it: its topic, its terms, and the stage it stands in."""

    topic: Topic
    terms: Round
    procedure: Procedure
    stage: Stage | None

    @property
    def stage_kind(self) -> str:
        """The kind of stage it stands in, "" where it does not run."""
        return self.stage.kind if self.stage else ""

    @property
    def bodies(self) -> frozenset[int]:
        """The bodies that have part in that stage."""
        bodies = bodies_at(self.topic.place_id)
        kinds = part_in(self.stage) if self.stage else ()
        return frozenset(pk for kind in kinds for pk in bodies.get(kind, ()))

    @cached_property
    def call(self) -> Call:
        """The call as a decision sees it."""
        return Call(self.stage_kind, call_until(self.topic, self.stage))


def round_of(uid: str) -> HeldRound | None:
    """The round of that uid; None where there is none. One statement."""
    rows = Topic.objects.select_related("place", "method").defer("method__files")
    topic = rows.filter(uid=uid, method__isnull=False).first()
    return held_round(topic) if topic is not None else None


def held_round(topic: Topic) -> HeldRound | None:
    """A topic's row as a round; None where it is none."""
    try:
        procedure, stage = course_of(topic)
    except LookupError:
        return None
    assert procedure.round is not None
    return HeldRound(topic, procedure.round, procedure, stage)


def lock_round(uid: str) -> HeldRound | None:
    """The same, held for an act. PostgreSQL locks the row; on SQLite the transaction is
    exclusive."""
    if connection.features.has_select_for_update:
        list(Topic.objects.filter(uid=uid).select_for_update().values_list("pk"))
    return round_of(uid)


def call_until(topic: Topic, stage: Stage | None) -> datetime | None:
    """Until when wishes are taken: the period of the call from its beginning; None where the round
    stands elsewhere or the calendar does not say."""
    if stage is None or stage.kind is not StageKind.COLLECT:
        return None
    if stage.period is None or topic.entered_at is None:
        return None
    calendar = in_force(topic.place, today_of(topic.entered_at)).terms.calendar
    try:
        return due(topic.entered_at, stage.period.span, calendar)
    except CalendarMissing:
        return None


def calls_until(uids: Sequence[str]) -> dict[str, datetime]:
    """Until when wishes are taken, of those of these rounds that call: uid → moment; as of a minute
    ago at most."""

    def read() -> dict[str, datetime]:
        rows = Topic.objects.select_related("place", "method").defer("method__files")
        found = (held_round(row) for row in rows.filter(uid__in=uids))
        untils = {held.topic.uid: held.call.until_at for held in found if held is not None}
        return {uid: until for uid, until in untils.items() if until is not None}

    return lately("calls_until", " ".join(uids), read) if uids else {}


def subject_of(held: HeldRound) -> Subject:
    """What permission needs to know of a round."""
    return Subject(
        state=TopicState(held.topic.state),
        path=held.topic.place.ids,
        units=held.bodies,
        public=True,
    )


def own_count(held: HeldRound, person_id: int) -> int:
    """How many wishes of a person in the round are neither taken back nor refused. One
    statement."""
    return Proposal.objects.filter(topic=held.topic, person_id=person_id, state__in=GOING).count()


def rounds(place: str = "", *, open_only: bool = False) -> "QuerySet[Topic, Any]":
    """The rounds of a place and all below it, those that run first, then the newest; `place` is a
    code, "" for everywhere; `open_only`: where wishes are taken now."""
    rows = Topic.objects.filter(_is_round())
    if place:
        line = Place.objects.filter(code=place).values("line")[:1]
        rows = rows.filter(place__in=Place.objects.filter(line__startswith=line).values("pk"))
    if open_only:
        rows = rows.filter(state=TopicState.RUNNING, stage_kind=StageKind.COLLECT)
    wishes = Proposal.objects.filter(topic=OuterRef("pk"), state__in=GOING).order_by()
    made = Project.objects.filter(topic=OuterRef("pk")).order_by()
    counted = rows.annotate(proposals_n=_number(wishes), projects_n=_number(made)).order_by(
        "-state", "-raised_at", "-id"
    )
    return counted.values(*ROW)


def open_call_at(place: Place) -> tuple[str, str]:
    """Uid and title of the round that calls for wishes at a community, ("", "") for none; as of a
    minute ago at most."""

    def read() -> tuple[str, str]:
        rows = rounds(open_only=True).filter(place_id=place.pk)
        found = rows.values_list("uid", "title").first()
        return found or ("", "")

    return lately("open_call", place.pk, read)


def _number(rows: "QuerySet[Any]") -> Any:
    return Coalesce(Subquery(rows.values("topic").annotate(n=Count("pk")).values("n")), 0)


def _is_round() -> Q:
    """Topics in a procedure that is a round: the methods that have one are few, and remembered."""

    def read() -> list[tuple[int, str]]:
        rows = BundleRow.objects.filter(kind="methods").order_by("-id").defer("files")
        return [
            (row.pk, one.id)
            for row in rows[:METHODS_MOST]
            for one in parsed(row).procedures
            if one.round is not None
        ]

    found = Q(pk__in=())
    for method, procedure in lately("round_methods", "", read):
        found |= Q(method_id=method, procedure=procedure)
    return found


def funds_of(topic: Topic) -> list[dict[str, Any]]:
    """The sums of a round as they were announced: whose, how much, until when. One statement."""
    rows = Fund.objects.filter(topic=topic).order_by("id")
    return plain(
        rows.values("uid", "code", "payer", "name", "amount_fen", "sweeps_on", "body__name")
    )


def project_rows(topic: Topic) -> "QuerySet[Project, Any]":
    """The projects of a round in the order of their numbers as options."""
    rows = Project.objects.filter(topic=topic).annotate(authors=Count("proposals"))
    return rows.order_by("option__no").values(
        "uid", "number", "state", "kind", "cost_fen", "settled_fen", "authors", "option__title",
        "option__no",
    )  # fmt: skip


def round_sums(topic: Topic) -> dict[str, int]:
    """How many wishes stand in each state. One statement."""
    rows = Proposal.objects.filter(topic=topic).order_by().values_list("state")
    return dict(rows.annotate(n=Count("pk")))
