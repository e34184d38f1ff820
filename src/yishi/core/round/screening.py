"""初审: each wish against the lists — a project of its own, joined with another's, or not allowed
and which entry says so.

Looked at besides: is it planned already, is it the same wish twice, is one project split to stay
under the cap. Source: practice G10; norms.md §3 Negative list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yishi.core.method.language import StageKind
from yishi.core.method.round import Round
from yishi.core.outcome import Event
from yishi.core.project.now import ENDED, ProjectState
from yishi.core.refusal import Refusal
from yishi.core.round.now import ProposalState
from yishi.core.round.proposing import TITLE_MAX

NEGATIVE = "norms.md §3 Negative list"


@dataclass(frozen=True, slots=True)
class Standing:
    """A wish as its screening sees it: its own state, and the kind of stage its round stands in."""

    state: ProposalState
    stage: str


@dataclass(frozen=True, slots=True)
class Made:
    """The project a wish becomes: title, words, kind. `planned`: whether government plans or builds
    it already, None where nobody said; `checked`: who was asked, or where that was looked up.
    `words`: what the author is told besides."""

    title: str
    words: str
    kind: str
    planned: bool | None
    checked: str
    answer: str = ""


def pass_(terms: Round, wish: Standing, made: Made) -> Event | Refusal:
    """It becomes a project of its own.

    Refused: as `must_wait`, and `proposal_title_missing`, `title_too_long`, `words_missing`,
    `project_kind_unknown`, `planned_unsaid`, `planned_already`, `checked_missing`.
    """
    wrong = must_wait(wish)
    if wrong:
        return wrong
    title = made.title.strip()
    if not title:
        return Refusal("proposal_title_missing", source="practice G10")
    if len(title) > TITLE_MAX:
        return Refusal("title_too_long", TITLE_MAX, len(title), "characters")
    if not made.words.strip():
        return Refusal("words_missing", source="practice G10")
    if terms.kind(made.kind) is None:
        return Refusal("project_kind_unknown", tuple(k.code for k in terms.kinds), made.kind)
    if made.planned is None:
        return Refusal("planned_unsaid", source=NEGATIVE)
    if made.planned:
        return Refusal("planned_already", source=NEGATIVE)
    if not made.checked.strip():
        return Refusal("checked_missing", source=NEGATIVE)
    said = {"title": title, "checked": made.checked.strip(), "words": made.answer.strip()}
    return Event("proposal.passed", said, {"kind": made.kind, "planned": 0})


def join(wish: Standing, project: ProjectState, words: str, *, same_round: bool) -> Event | Refusal:
    """It is the same wish as a project of the round already, and goes on with it; its author, words
    and number stay. Refused: as `must_wait`, and `not_found`, `project_over`, `words_missing`."""
    wrong = must_wait(wish)
    if wrong:
        return wrong
    if not same_round:
        return Refusal("not_found", have="project")
    if project in ENDED:
        return Refusal("project_over", have=project, unit="project_state")
    if not words.strip():
        return Refusal("words_missing", source="practice G10")
    return Event("proposal.joined", {"words": words.strip()})


def part(wish: Standing, words: str) -> Event | Refusal:
    """It was not the same after all, and waits for its screening again. Refused: `not_screening`,
    `proposal_not_joined`, `words_missing`."""
    wrong = _must_screen(wish)
    if wrong:
        return wrong
    if wish.state is not ProposalState.JOINED:
        return Refusal("proposal_not_joined", ProposalState.JOINED, wish.state, "proposal_state")
    if not words.strip():
        return Refusal("words_missing", source="practice G10")
    return Event("proposal.parted", {"words": words.strip()})


def refuse(terms: Round, wish: Standing, ground: str, words: str) -> Event | Refusal:
    """An entry of the negative list bars it. Refused: as `must_wait`, and `negative_unknown`,
    `words_missing`."""
    wrong = must_wait(wish)
    if wrong:
        return wrong
    entry = terms.ground(ground)
    if entry is None:
        return Refusal("negative_unknown", tuple(one.code for one in terms.negative), ground)
    if not words.strip():
        return Refusal("words_missing", source=entry.source)
    said = {"words": words.strip(), "ground": entry.name.zh}
    return Event("proposal.refused", said, {"ground": ground})


def must_wait(wish: Standing) -> Refusal | None:
    """It is put forward and its round is screened. Refused: `not_screening`, `proposal_decided`."""
    wrong = _must_screen(wish)
    if wrong:
        return wrong
    if wish.state is not ProposalState.FILED:
        return Refusal("proposal_decided", ProposalState.FILED, wish.state, "proposal_state")
    return None


def _must_screen(wish: Standing) -> Refusal | None:
    if wish.stage != StageKind.SCREEN:
        return Refusal("not_screening", StageKind.SCREEN, wish.stage, "stage_kind", "practice G10")
    return None


@dataclass(frozen=True, slots=True)
class Beside:
    """Another wish of the round, to tell whether one is split: whose, where, of which kind."""

    uid: str
    author: str
    place: str
    kind: str


def maybe_split(one: Beside, others: Iterable[Beside]) -> tuple[str, ...]:
    """The wishes of the same kind and of the same author or the same place as `one`: each has a cap
    of its own, so together they might be one project over it. It is pointed out, never decided."""
    return tuple(
        other.uid
        for other in others
        if other.uid != one.uid
        and other.kind == one.kind
        and (
            (one.author and other.author == one.author) or (one.place and other.place == one.place)
        )
    )
