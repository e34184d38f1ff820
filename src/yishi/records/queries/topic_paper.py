"""A paper laid with a stage of a topic, for whoever may have it."""

from collections.abc import Iterable, Mapping
from typing import Any

from yishi.core.grant import Subject
from yishi.core.method.language import Method, Paper, Stage
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.topic.beside import PUBLIC_PAPERS
from yishi.records.models import Attempt, BundleRow, Passage, TopicPaper
from yishi.records.queries.rule import parsed
from yishi.records.queries.topic import bodies_at


def paper_for(actor: Actor, topic_uid: str, uid: str) -> TopicPaper | None:
    """The paper with its file; None where there is none or it is not for this reader."""
    paper = (
        TopicPaper.objects.filter(uid=uid, passage__topic__uid=topic_uid)
        .select_related("file", "passage__topic__place", "passage__method")
        .first()
    )
    return paper if paper is not None and may_have(actor, paper) else None


def may_have(actor: Actor, paper: TopicPaper) -> bool:
    """A photo, plan or acceptance of a public stage is for anybody; what may hold names for staff
    of the place and for those with a part in the stage."""
    if paper.passage.is_public and paper.kind in PUBLIC_PAPERS:
        return True
    return isinstance(permit(actor, "topic.read_papers", _subject(paper.passage)), Permitted)


def may_read(actor: Actor, passage: Passage) -> bool:
    """Whether the words of a stage that is not public are for this reader."""
    return isinstance(permit(actor, "topic.read_closed", _subject(passage)), Permitted)


def _subject(passage: Passage) -> Subject:
    course = parsed(passage.method).procedure(passage.topic.procedure)
    stage = course.stage(passage.stage) if course else None
    bodies = bodies_at(passage.topic.place_id)
    own = {pk for kind in (stage.bodies if stage else ()) for pk in bodies.get(kind, ())}
    tried = Attempt.objects.filter(passage=passage).values_list("unit_id", flat=True)
    return Subject(path=passage.topic.place.ids, units=frozenset({*own, *tried}))


def lying(passage: Passage | None) -> list[Paper]:
    """The kinds of papers that lie with a visit, in the order they were laid. One statement."""
    rows = TopicPaper.objects.filter(passage=passage).order_by("id")
    return [Paper(kind) for kind in rows.values_list("kind", flat=True)] if passage else []


def lying_in(topic_id: int) -> list[Paper]:
    """The kinds of papers that lie with the stage a topic stands in. One statement."""
    rows = TopicPaper.objects.filter(passage__topic_id=topic_id, passage__left_at=None)
    return [Paper(kind) for kind in rows.order_by("id").values_list("kind", flat=True)]


def stages_of(rows: Iterable[Mapping[str, Any]]) -> dict[int, Stage]:
    """Id of a topic → the stage it stands in, of rows with `id`, `method_id`, `procedure`,
    `stage`. One statement."""
    rows = list(rows)
    wanted = {row["method_id"] for row in rows}
    methods: dict[int, Method] = {
        row.pk: parsed(row) for row in BundleRow.objects.filter(pk__in=wanted)
    }
    found = {}
    for row in rows:
        course = methods[row["method_id"]].procedure(row["procedure"])
        stage = course.stage(row["stage"]) if course else None
        if stage is not None:
            found[row["id"]] = stage
    return found
