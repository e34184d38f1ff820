"""A topic for its page: where it stands, who takes part, what each stage left. Nine statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yishi.core.grant import Subject
from yishi.core.method.language import Method, Paper
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.place import BodyKind
from yishi.core.topic.now import TopicState
from yishi.records.models import (
    AgendaItem,
    Appointment,
    Attempt,
    Body,
    Entry,
    Hand,
    Link,
    Meeting,
    Option,
    Passage,
    Topic,
    TopicCallBack,
    TopicLink,
    TopicPaper,
    TopicTask,
    Voice,
    Vote,
    Watch,
)
from yishi.records.queries.paging import page_within
from yishi.records.queries.rule import newest_method, newest_words, parsed
from yishi.records.queries.seat import sitting
from yishi.records.queries.topic import LockedTopic, now_of, part_in
from yishi.records.queries.topic_carry import Carried, carried

# Parts that bar an act, or by which a topic is one's own.
PARTS = ("raised", "objected", "carried")
PASSAGES, STORY = 10, 30
# Of one visit so many voices stand on the page; the others are counted.
VOICES, CASES, BODIES = 60, 100, 300


@dataclass(frozen=True)
class BodyHere:
    """A body a topic's method may mean: of the community itself, or of a place above it."""

    id: int
    uid: str
    name: str
    kind: BodyKind
    is_own: bool
    seats: int


@dataclass
class TopicPage:
    """A topic as anybody may read it, and what only some may: `cases`, words of closed stages.

    `held` is what a decision would see, of this reader. `passages`: a page of them, the newest
    first; `closed`: every visit to a stage that is for those who take part; `story`: a page of
    entries, the newest first; `newest`: its method as the place works by it today.
    """

    held: LockedTopic
    passages: list[Passage]
    closed: list[Passage]
    passage_page: tuple[int, int, int]
    attempts: list[Attempt]
    bodies: list[BodyHere]
    voices: dict[int, list[Voice]]
    papers: dict[int, list[TopicPaper]]
    story: list[Entry]
    story_page: tuple[int, int, int]
    carried: Carried = field(default_factory=Carried)
    cases: list[dict[str, Any]] = field(default_factory=list)
    case_count: int = 0
    may_score: bool = False
    hidden: int = 0
    newest: Method | None = None

    @property
    def topic(self) -> Topic:
        """The row."""
        return self.held.topic

    def of_kind(self, kind: BodyKind) -> list[BodyHere]:
        """The bodies of a kind: the community's own, or of the nearest place above it."""
        found = [one for one in self.bodies if one.kind is kind]
        return [one for one in found if one.is_own] or found

    def own_ids(self, kinds: Iterable[BodyKind]) -> frozenset[int]:
        """Ids of the community's own bodies of these kinds."""
        wanted = frozenset(kinds)
        return frozenset(one.id for one in self.bodies if one.is_own and one.kind in wanted)


def topic_page(
    actor: Actor, uid: str, today: date, passage_page: int, story_page: int
) -> TopicPage | None:
    """The topic of that uid, None where there is none. Eight statements, nine for whoever may
    read its cases, however many stages it has been through."""
    topic = _topic(actor, uid, today)
    if topic is None:
        return None
    method: Method | None = parsed(topic.method) if topic.method else None
    options: list[Option] = [
        *Option.objects.filter(topic=topic).annotate(
            versions=Count("texts"),
            project_uid=F("project__uid"),
            project_state=F("project__state"),
        )
    ]
    passages, shown = _passages(topic, passage_page)
    here = next((one for one in passages if one.left_at is None), None)
    listed = [one for one in passages if shown[3] < one.no <= shown[4]]
    ids = [one.pk for one in passages if one in listed or one is here]
    tried = Attempt.objects.filter(topic=topic).select_related("unit", "passage__method")
    attempts = list(tried.defer("passage__method__files").order_by("no"))
    bodies = _bodies(topic, today)
    papers = _by_passage(
        TopicPaper.objects.filter(passage_id__in=ids).select_related("file").order_by("id")
    )
    procedure = method.procedure(topic.procedure) if method else None
    stage = procedure.stage(topic.stage) if procedure else None
    own = frozenset(part_in(stage)) if stage else frozenset()
    counts = {one.kind: one.seats for one in bodies if one.is_own and one.seats}
    held = LockedTopic(
        topic,
        now_of(topic, options, counts if stage and stage.decides else {}),
        Subject(
            state=TopicState(topic.state),
            path=topic.place.ids,
            units=frozenset(one.id for one in bodies if one.is_own and one.kind in own),
            parties=_parties(actor, topic),
            public=True,
        ),
        options,
        here if stage else None,
        method,
        next((one for one in attempts if one.ended_at is None), None),
    )
    # The papers of the page are those a decision would ask for.
    lying = papers.get(here.pk, ()) if here else ()
    held.__dict__["attached"] = frozenset(Paper(one.kind) for one in lying)
    entries: int = topic.entries  # type: ignore[attr-defined]
    page, pages = page_within(story_page, entries, STORY)
    story = Entry.objects.filter(subject_uid=topic.uid).select_related("person")
    found = TopicPage(
        held,
        list(reversed(listed)),
        [one for one in passages if not one.is_public],
        (shown[0], shown[1], shown[2]),
        attempts,
        bodies,
        _voices(ids),
        papers,
        list(story.order_by("-subject_no")[(page - 1) * STORY : page * STORY]),
        (page, pages, entries),
        case_count=topic.cases,  # type: ignore[attr-defined]
        hidden=topic.hidden,  # type: ignore[attr-defined]
        carried=_carried(actor, topic, held),
        may_score=topic.concerned and not topic.scored,  # type: ignore[attr-defined]
    )
    newest = newest_method(topic, today)
    found.newest = parsed(newest) if newest else None
    found.cases = [
        {"case__uid": row["key"], "case__number": row["name"], "until_at": row["until"]}
        for row in found.carried.cases[:CASES]
    ]
    return found


def _topic(actor: Actor, uid: str, today: date) -> Topic | None:
    """The row with what is counted of it and which parts the reader had in it. One statement."""
    entries = Entry.objects.filter(subject_uid=OuterRef("uid")).order_by().values("subject_uid")
    passages = Passage.objects.filter(topic=OuterRef("pk")).order_by().values("topic")
    links = TopicLink.objects.filter(topic=OuterRef("pk")).order_by().values("topic")
    hidden = Voice.objects.filter(passage__topic=OuterRef("pk"), hidden_at__isnull=False)
    unseen = hidden.order_by().values("passage__topic")
    hands = Hand.objects.filter(subject_uid=OuterRef("uid"), person_id=actor.person_id or 0)
    rows = Topic.objects.filter(uid=uid).select_related("place", "method").defer("method__files")
    return rows.annotate(
        entries=Coalesce(Subquery(entries.annotate(n=Count("pk")).values("n")), 0),
        last=Coalesce(Subquery(passages.annotate(n=Max("no")).values("n")), 0),
        cases=Coalesce(Subquery(links.annotate(n=Count("pk")).values("n")), 0),
        hidden=Coalesce(Subquery(unseen.annotate(n=Count("pk")).values("n")), 0),
        around=_around(),
        concerned=_concerned(actor.person_id or 0),
        scored=Exists(
            TopicCallBack.objects.filter(
                passage__topic=OuterRef("pk"), passage__left_at=None, person_id=actor.person_id or 0
            )
        ),
        **newest_words(today),
        **{f"had_{part}": Exists(hands.filter(part=part)) for part in PARTS},
    ).first()


def _around() -> Any:
    """Whether a part, a look, a call back, a meeting or a vote hangs on it, of a row of topics."""
    of, try_ = OuterRef("pk"), {"attempt__topic": OuterRef("pk")}
    return (
        Exists(TopicTask.objects.filter(**try_))
        | Exists(Watch.objects.filter(**try_))
        | Exists(TopicCallBack.objects.filter(passage__topic=of))
        | Exists(Vote.objects.filter(topic=of))
        | Exists(Meeting.objects.filter(topic=of))
        | Exists(AgendaItem.objects.filter(topic=of))
    )


def _carried(actor: Actor, topic: Topic, held: LockedTopic) -> Carried:
    """What was done around it; nothing is asked where nothing was."""
    reads = topic.cases and isinstance(  # type: ignore[attr-defined]
        permit(actor, "topic.read_cases", held.subject), Permitted
    )
    if not (reads or topic.around):  # type: ignore[attr-defined]
        return Carried()
    return carried(topic, cases=bool(reads))


def _concerned(person_id: int) -> Any:
    """Whether it concerns that person, as `topic_concerned` has it, of a row of topics."""
    spoke = Voice.objects.filter(passage__topic=OuterRef("pk"), person_id=person_id)
    own = Link.objects.filter(
        case__topic_links__topic=OuterRef("pk"),
        report__person_id=person_id,
        report__withdrawn_at=None,
    )
    raised = Topic.objects.filter(pk=OuterRef("pk"), raised_by_id=person_id)
    return Exists(raised) | Exists(spoke) | Exists(own)


def _passages(topic: Topic, asked: int) -> tuple[list[Passage], tuple[int, int, int, int, int]]:
    """Visits of a page, oldest first, and always the open one and those to closed stages; (page,
    pages, total, after which number, up to which). They are numbered without a gap. One
    statement."""
    total: int = topic.last  # type: ignore[attr-defined]
    page, pages = page_within(asked, total, PASSAGES)
    until = total - (page - 1) * PASSAGES
    after = max(0, until - PASSAGES)
    rows = Passage.objects.filter(
        Q(left_at=None) | Q(is_public=False) | Q(no__gt=after, no__lte=until), topic=topic
    ).select_related("method")
    return list(rows.defer("method__files").order_by("no")), (page, pages, total, after, until)


def _bodies(topic: Topic, today: date) -> list[BodyHere]:
    """Bodies of the community and of the places above it, its own first, each with the seats of
    its kind as a quorum counts them. One statement."""
    seats = Appointment.objects.filter(
        sitting(today), body__place_id=topic.place_id, body__kind=OuterRef("kind")
    )
    counted = seats.order_by().values("body__kind").annotate(n=Count("person_id", distinct=True))
    rows = (
        Body.objects.filter(place_id__in=topic.place.ids)
        .order_by("-place__line", "id")
        .annotate(seats=Coalesce(Subquery(counted.values("n")), 0))
        .values("id", "uid", "name", "kind", "place_id", "seats")
    )
    return [
        BodyHere(
            row["id"],
            row["uid"],
            row["name"],
            BodyKind(row["kind"]),
            row["place_id"] == topic.place_id,
            row["seats"],
        )
        for row in rows[:BODIES]
    ]


def _parties(actor: Actor, topic: Topic) -> Mapping[str, frozenset[int]]:
    """The parts the reader had; of nobody else's a page needs to know."""
    if actor.person_id is None:
        return {}
    mine = frozenset({actor.person_id})
    return {part: mine for part in PARTS if getattr(topic, f"had_{part}")}


def _voices(passage_ids: list[int]) -> dict[int, list[Voice]]:
    """What was said in these visits, those waiting for an answer first. One statement."""
    rows = Voice.objects.filter(passage_id__in=passage_ids)
    waiting_first = F("answered_at").asc(nulls_first=True)
    return _by_passage(rows.order_by(waiting_first, "at", "id")[: VOICES * PASSAGES])


def _by_passage(rows: "QuerySet[Any]") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.passage_id, []).append(row)
    return found


def passage_stage(passage: Passage) -> Any:
    """The stage of a visit as the method has it that it was entered under; None where it has
    none of that name."""
    method: Method = parsed(passage.method)
    stages = (procedure.stage(passage.stage) for procedure in method.procedures)
    return next((stage for stage in stages if stage is not None), None)
