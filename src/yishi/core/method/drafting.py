"""A community's own method on its way: drafted, sent, four words said on it, published.

Both committees approve it, the legal adviser reviews it, the sub-district files it. A no by
anybody sends it back to be changed, with the reason; it is sent again in a new round, and every
word is said anew. Source: norms.md §2, Layers of rules; practice G6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from yishi.core.method.fault import Fault
from yishi.core.method.language import Method
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal

SOURCE = "norms.md §2 Layers of rules"
NAME_MAX = 80
SOURCE_MAX = 200


class DraftState(StrEnum):
    """Where a draft stands; a published or withdrawn one never changes again."""

    DRAFTING = "drafting"
    SENT = "sent"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Part(StrEnum):
    """Whose word is needed, in the order it is shown."""

    PARTY_COMMITTEE = "party_committee"
    RESIDENTS_COMMITTEE = "residents_committee"
    LEGAL = "legal"
    FILING = "filing"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as a decision sees it.

    `digest`: of what is written in it now; `sent`: of what was sent in this round, "" where it
    was not. `said`: the words of this round, part → yes or no.
    """

    name: str
    state: DraftState
    round: int
    digest: str
    sent: str = ""
    said: dict[Part, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """A yes: where the draft stands from now on, in which round, and what the record says."""

    state: DraftState
    round: int
    event: Event


def missing(draft: Draft) -> tuple[Part, ...]:
    """Who has not agreed in this round yet."""
    return tuple(part for part in Part if not draft.said.get(part))


def copy(name: str, base: str) -> Event | Refusal:
    """A new draft, from a method that is kept. Refuses: `draft_name_missing`, `title_too_long`."""
    return named(name) or Event("method.copied", {"name": name, "base": base})


def named(name: str) -> Refusal | None:
    """A method is told from others by its name: it has one, that fits."""
    if not name.strip():
        return Refusal("draft_name_missing", source=SOURCE)
    if len(name) > NAME_MAX:
        return Refusal("title_too_long", NAME_MAX, len(name), "characters")
    return None


def change(draft: Draft, what: str) -> Event | Refusal:
    """What is kept may be wrong; what was sent is not touched. Refuses: `draft_not_drafting`."""
    if draft.state is not DraftState.DRAFTING:
        return _not(draft, DraftState.DRAFTING, "draft_not_drafting")
    return Event("method.changed", {"name": draft.name, "what": what}, {"sha256": draft.digest})


def send(
    draft: Draft, unread: str, faults: Sequence[Fault], method: Method | None, *, same: bool
) -> Moved | Refusal:
    """To both committees, the legal adviser and the sub-district, in the next round.

    `unread`: what is not filled in yet, in words, "" for nothing; `faults`: everything that
    keeps it from being published or adopted there; `same`: it says what its base says. Refuses:
    `draft_not_drafting`, `draft_incomplete`, `draft_faulty`, `draft_same`.
    """
    if draft.state is not DraftState.DRAFTING:
        return _not(draft, DraftState.DRAFTING, "draft_not_drafting")
    refused = _sound(unread, faults, method)
    if refused:
        return refused
    if same:
        return Refusal("draft_same", source=SOURCE)
    round = draft.round + 1
    params = {"name": draft.name, "round": round}
    event = Event("method.sent", params, {"round": round, "sha256": draft.digest})
    return Moved(DraftState.SENT, round, event)


def say(draft: Draft, part: Part, digest: str, words: str, *, yes: bool) -> Moved | Refusal:
    """One of the four words, on the very text that was read (`digest`). A no sends it back.

    Who wrote it is kept out by the permit table. Refuses: `draft_not_sent`, `draft_changed`,
    `word_said`, `why_missing`.
    """
    if draft.state is not DraftState.SENT:
        return _not(draft, DraftState.SENT, "draft_not_sent")
    if digest != draft.digest or draft.sent != draft.digest:
        return Refusal("draft_changed", draft.sent[:12], digest[:12], source=SOURCE)
    if part in draft.said:
        return Refusal("word_said", have=part, unit="draft_part", source=SOURCE)
    if not yes and not words.strip():
        return Refusal("why_missing", source=SOURCE)
    params = {"name": draft.name, "part": part.value, "words": words}
    facts: dict[str, int | str] = {
        "part": part.value,
        "round": draft.round,
        "sha256": draft.digest,
    }
    event = Event("method.agreed" if yes else "method.sent_back", params, facts)
    return Moved(DraftState.SENT if yes else DraftState.DRAFTING, draft.round, event)


def withdraw(draft: Draft, why: str) -> Moved | Refusal:
    """No longer pursued, with the reason. Refuses: `draft_over`, `why_missing`."""
    if draft.state not in (DraftState.DRAFTING, DraftState.SENT):
        return _not(draft, DraftState.SENT, "draft_over")
    if not why.strip():
        return Refusal("why_missing", source=SOURCE)
    event = Event("method.withdrawn", {"name": draft.name, "words": why})
    return Moved(DraftState.WITHDRAWN, draft.round, event)


def publish(
    draft: Draft,
    digest: str,
    resolution: str,
    faults: Sequence[Fault],
    method: Method | None,
    from_on: date,
    today: date,
) -> Moved | Refusal:
    """In force from a day that is not over, once all four agreed to this very text.

    `resolution`: what it rests on. The place may have changed since it was sent, so it is proved
    once more. Refuses: `draft_not_sent`, `draft_unapproved`, `draft_changed`,
    `draft_source_missing`, `title_too_long`, `draft_day_over`, `draft_faulty`.
    """
    if draft.state is not DraftState.SENT:
        return _not(draft, DraftState.SENT, "draft_not_sent")
    lacking = missing(draft)
    if lacking:
        return Refusal(
            "draft_unapproved",
            need=tuple(Part),
            have=tuple(part for part in Part if part not in lacking),
            unit="draft_part",
            source=SOURCE,
        )
    if digest != draft.digest or draft.sent != draft.digest:
        return Refusal("draft_changed", draft.sent[:12], digest[:12], source=SOURCE)
    if not resolution.strip():
        return Refusal("draft_source_missing", source=SOURCE)
    if len(resolution) > SOURCE_MAX:
        return Refusal("title_too_long", SOURCE_MAX, len(resolution), "characters")
    if from_on < today:
        return Refusal("draft_day_over", today, from_on, "day", SOURCE)
    refused = _sound("", faults, method)
    if refused:
        return refused
    return Moved(DraftState.PUBLISHED, draft.round, Event("method.published"))


def _sound(unread: str, faults: Sequence[Fault], method: Method | None) -> Refusal | None:
    if unread or method is None:
        return Refusal("draft_incomplete", have=unread, source=SOURCE)
    if faults:
        return Refusal("draft_faulty", have=(faults[0], method), source=faults[0].source or SOURCE)
    return None


def _not(draft: Draft, need: DraftState, code: str) -> Refusal:
    return Refusal(code, need=need, have=draft.state, unit="draft_state", source=SOURCE)
