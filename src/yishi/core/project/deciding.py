"""A project is agreed on in the talks, or not: each body in number, each by its threshold.

The same bars as in any talks (`core.topic.kinds.confer`). Where no vote follows, what is agreed on
is chosen. Source: practice G10, decided by deliberation; a vote is one way of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yishi.core.method.language import Stage, StageKind
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.project.now import OpinionOn, ProjectNow, ProjectState
from yishi.core.project.saying import SOURCE, event, must_be_in
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Conferred
from yishi.core.topic.kinds.base import must_be_quorate
from yishi.core.topic.kinds.confer import agreement
from yishi.core.topic.now import TopicNow, TopicState

S = ProjectState
REOPENED = (S.AGREED, S.CHOSEN, S.NOT_AGREED, S.NOT_CHOSEN)


@dataclass(frozen=True, slots=True)
class Talked:
    """Who of each body was there and how many agreed, in words; `dissent` of who did not;
    `answer` to what a body says against it."""

    present: Mapping[BodyKind, int]
    agreed: Mapping[BodyKind, int]
    words: str
    dissent: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the talks came to, and the numbers it was decided by, as they are kept."""

    state: ProjectState
    numbers: Mapping[str, object]
    event: Event


def decide(
    project: ProjectNow,
    stage: Stage | None,
    seats: Mapping[BodyKind, int],
    talked: Talked,
    against: tuple[OpinionOn, ...],
    *,
    is_voted_on: bool,
) -> Decided | Refusal:
    """Agreed on or not, as the numbers say.

    Refused: `round_elsewhere`, `not_costed`, `present_wrong`, `quorum_missed`, `votes_wrong`,
    `dissent_missing`, `words_missing`, `opinion_against` (a body is against it on that, and no
    words answer it).
    """
    elsewhere = must_be_in(project, StageKind.CONFER)
    if elsewhere:
        return elsewhere
    assert stage is not None
    if project.state is not S.COSTED:
        return Refusal("not_costed", 1, 0, "", "practice G10")
    seen = TopicNow(uid=project.uid, state=TopicState.RUNNING, seats=seats)
    short = must_be_quorate(stage, seen, talked.present)
    if short:
        return short
    if not talked.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    facts = Conferred(
        present=talked.present, agreed=talked.agreed, words=talked.words, dissent=talked.dissent
    )
    agreed = agreement(stage, seen, facts)
    if isinstance(agreed, Refusal):
        return agreed
    if agreed and against and not talked.answer.strip():
        return Refusal("opinion_against", "", against, "opinion_on", SOURCE)
    after = (S.AGREED if is_voted_on else S.CHOSEN) if agreed else S.NOT_AGREED
    numbers = {
        "agreed": agreed,
        "bodies": [
            {
                "body": str(body),
                "seats": seats.get(body, 0),
                "present": talked.present.get(body, 0),
                "agreed": talked.agreed.get(body, 0),
            }
            for body in stage.decides
        ],
        "words": talked.words,
        "dissent": talked.dissent,
        "answer": talked.answer,
    }
    here = sum(talked.present.get(body, 0) for body in stage.decides)
    yes = sum(talked.agreed.get(body, 0) for body in stage.decides)
    told = {"words": talked.words, "dissent": talked.dissent, "answer": talked.answer}
    said = event("decided", {"agreed": int(agreed), "present": here, "yes": yes}, **told)
    return Decided(after, numbers, said)


def reopen(project: ProjectNow, words: str) -> Event | Refusal:
    """Talked over again, as an upheld objection asks. Refused: `round_elsewhere`,
    `words_missing`."""
    elsewhere = must_be_in(project, StageKind.CONFER)
    if elsewhere:
        return elsewhere
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    return event("reopened", {"from": project.state}, words=words)
