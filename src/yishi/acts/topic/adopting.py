"""A charter or covenant comes into force: at the end of its procedure, and by nothing else.

The text that was chosen becomes the version in force in the act that publishes the end; the one
before it stays readable. Source: practice G5; docs/algorithms/texts.md.
"""

from yishi.acts.at_place import one_at_a_time
from yishi.acts.door import Ask
from yishi.core.method.language import Edge, Stage, StageKind
from yishi.core.refusal import Refusal
from yishi.core.topic.now import Advanced, TopicState
from yishi.records.entropy import new_uid
from yishi.records.models import Option, OwnText, Passage
from yishi.records.models.base import Kept
from yishi.records.queries.own_text import in_force_at, under_way_at
from yishi.records.queries.topic import LockedTopic

TITLES = {"charter": "居民自治章程", "covenant": "居民公约"}
OVERRIDE = "override"


def may_adopt(held: LockedTopic, stage: Stage) -> Refusal | None:
    """Whether the text of the topic may come into force where this stage ends it; None where it
    would, or where no text is at stake.

    Refused: `text_unchosen` (no option was chosen), `text_empty`, `text_by_exception` (a step was
    taken against the procedure: such a text is not adopted).
    """
    if not _adopts(held, stage):
        return None
    chosen = _chosen(held)
    if chosen is None:
        return Refusal("text_unchosen", 1, 0, "option", "practice G5")
    if not chosen.words.strip():
        return Refusal("text_empty", 1, 0, "words", "practice G5")
    against = Passage.objects.filter(topic=held.topic, edge=OVERRIDE)
    if against.exists():
        return Refusal("text_by_exception", 0, against.count(), "exception", "practice G4")
    return None


def adopt(ask: Ask, held: LockedTopic, advanced: Advanced) -> list[Kept]:
    """The rows of a text that comes into force, saved: the new version, and the one it replaces.
    None where the topic goes on, or ends without one."""
    procedure, chosen = held.procedure, _chosen(held)
    if procedure is None or not procedure.text or chosen is None:
        return []
    end = procedure.end(advanced.topic.outcome)
    if advanced.topic.state is not TopicState.ENDED or end is None or not end.carried_out:
        return []
    place = held.topic.place
    one_at_a_time(place)
    rows: list[Kept] = []
    before = in_force_at(place.pk, procedure.text)
    if before is not None:
        before.replaced_at = ask.now
        before.save(update_fields=["replaced_at"])
        rows.append(before)
    row = OwnText(
        uid=new_uid(ask.entropy),
        place=place,
        kind=procedure.text,
        version=before.version + 1 if before else 1,
        title=f"{place.name}{TITLES[procedure.text]}",
        words=chosen.words,
        topic=held.topic,
        adopted_at=ask.now,
    )
    row.save(force_insert=True)
    return [*rows, row]


def must_be_free(held: LockedTopic, text: str) -> Refusal | None:
    """One topic at a time makes or amends a text, or what the one adopts the other would undo.
    Refused: `text_under_way` (in which topic)."""
    if not text:
        return None
    one_at_a_time(held.topic.place)
    other = under_way_at(held.topic.place, held.topic.pk).get(text)
    if other is None:
        return None
    return Refusal("text_under_way", "", other.title, "", "practice G5")


def _adopts(held: LockedTopic, stage: Stage) -> bool:
    procedure = held.procedure
    if procedure is None or not procedure.text or stage.kind is not StageKind.PUBLISH:
        return False
    end = procedure.end(stage.to[Edge.PASS])
    return end is not None and end.carried_out


def _chosen(held: LockedTopic) -> Option | None:
    return next((one for one in held.options if one.pk == held.topic.chosen_id), None)
