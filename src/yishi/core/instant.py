"""秒回: an approved text that answers matters of one topic in one area until it expires.

A word of the topic may have several parts, joined by `+`, which all have to be said (水+停); one
that begins with `-` says where the text is not meant (-水费). Source: norms.md §1 Instant answer;
practice P2; docs/algorithms/instant.md.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from yishi.core.calendar import Span
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal

SOURCE = "norms.md §1 Instant answer"
TITLE_MAX = 80
PARTS, NOT = "+", "-"


class InstantState(StrEnum):
    """Where a text stands; whether an approved one is in force the moment says."""

    DRAFT = "draft"
    APPROVED = "approved"
    REFUSED = "refused"
    ENDED = "ended"


@dataclass(frozen=True)
class InstantRules:
    """The limits of a text and of what it may answer.

    `matter_max`: a longer matter is read by a person, as it may hold more than one; `natures`:
    those a text may answer; `danger`: words of a matter that always goes to a person; `silent`:
    without a word from the resident for so long it is closed.
    """

    id: str
    version: str
    answer_max: int
    words_max: int
    word_min: int
    matter_max: int
    longest: Span
    silent: Span
    natures: frozenset[str]
    danger: tuple[str, ...]
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drafted:
    """What somebody drafts. `words` as typed, one topic; `until_at` exclusive."""

    title: str
    answer: str
    words: tuple[str, ...]
    until_at: datetime


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved text as a filing meets it. `depth`: how far down the line its area is."""

    id: int
    uid: str
    title: str
    answer: str
    words: tuple[str, ...]
    depth: int
    decided_at: datetime
    item: str = ""
    item_title: str = ""


def as_if_approved(drafted: Drafted, now: datetime) -> Approved:
    """A draft as a filing would meet it, for looking at what it would have answered."""
    return Approved(0, "", drafted.title, drafted.answer, drafted.words, 0, now)


@dataclass(frozen=True, slots=True)
class AtOnce:
    """The text that answers a matter, and how long the resident's word on it is waited for."""

    text: Approved
    silent: Span


def plain(text: str) -> str:
    """Letters, digits and signs of writing alone, in one width and case: 停 水！ is 停水."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


@lru_cache(maxsize=1024)
def _parts(word: str) -> tuple[str, ...]:
    """What a matter has to say for a word: few words, looked for in many matters."""
    return tuple(plain(part) for part in word.removeprefix(NOT).split(PARTS))


def said(matter: str, words: Iterable[str]) -> frozenset[str]:
    """The words of a topic that a matter (made plain) says; none where it says one to leave out."""
    found = set()
    for word in words:
        if all(part in matter for part in _parts(word)):
            if word.startswith(NOT):
                return frozenset()
            found.add(word)
    return frozenset(found)


def choose(
    words: str, nature: str, texts: Sequence[Approved], rules: InstantRules
) -> Approved | None:
    """The text that answers a matter: of those whose topic it says the nearest in area, then the
    newest. None where none does, where the matter is for a person to read (too long, a nature or
    a word of danger), and where it says a second topic: half an answer would be a wrong one.
    """
    matter = plain(words)
    if len(words) > rules.matter_max or nature not in rules.natures:
        return None
    if said(matter, rules.danger):
        return None
    matching = [(text, found) for text in texts if (found := said(matter, text.words))]
    if not matching:
        return None
    best, topic = max(matching, key=lambda pair: (pair[0].depth, pair[0].decided_at, pair[0].id))
    return best if all(_same_topic(topic, found) for _, found in matching) else None


def _same_topic(one: Collection[str], other: Collection[str]) -> bool:
    """Some word of one is a word of the other, or holds it."""
    return any(plain(a) in plain(b) or plain(b) in plain(a) for a in one for b in other)


def standing(state: str, until_at: datetime, now: datetime) -> str:
    """A state as people call it now: draft, in_force, expired, refused, ended."""
    if state == InstantState.APPROVED:
        return "in_force" if now < until_at else "expired"
    return str(InstantState(state))


def draft(
    drafted: Drafted, furthest: datetime | None, rules: InstantRules, now: datetime
) -> Event | Refusal:
    """A draft, for somebody else to approve. `furthest`: the last moment it may expire.

    Refuses: `instant_title_missing`, `title_too_long`, `answer_missing`, `words_too_long`,
    `instant_words_missing`, `instant_words_many`, `instant_word_short`, `instant_past`,
    `instant_far`.
    """
    source = f"{rules.id} {rules.version}"
    length = len(drafted.answer)
    meant = [word for word in drafted.words if not word.startswith(NOT)]
    short = next((word for word in drafted.words if _shortest(word) < rules.word_min), None)
    if not drafted.title.strip():
        return Refusal("instant_title_missing", source=SOURCE)
    if len(drafted.title) > TITLE_MAX:
        return Refusal("title_too_long", TITLE_MAX, len(drafted.title), "characters")
    if not drafted.answer.strip():
        return Refusal("answer_missing", source=SOURCE)
    if length > rules.answer_max:
        return Refusal("words_too_long", rules.answer_max, length, "characters", source)
    if not meant:
        return Refusal("instant_words_missing", source=SOURCE)
    if len(drafted.words) > rules.words_max:
        return Refusal("instant_words_many", rules.words_max, len(drafted.words), "", source)
    if short is not None:
        return Refusal("instant_word_short", rules.word_min, _shortest(short), "characters", source)
    if drafted.until_at <= now:
        return Refusal("instant_past", now.isoformat(), drafted.until_at.isoformat(), "moment")
    if furthest is not None and drafted.until_at > furthest:
        return Refusal(
            "instant_far", furthest.isoformat(), drafted.until_at.isoformat(), "moment", source
        )
    params = {"title": drafted.title, "until": drafted.until_at.isoformat()}
    return Event("instant.drafted", params, {"words": len(drafted.words)})


def _shortest(word: str) -> int:
    """The length a matter has to say at least: a word of several parts counts as one."""
    parts = _parts(word)
    return sum(map(len, parts)) if all(parts) else 0


def decide(
    state: str, title: str, until_at: datetime, why: str, now: datetime, *, approved: bool
) -> Event | Refusal:
    """In force from now on, or not, with the reason. Who drafted it is kept out by the permit
    table. Refuses: `instant_decided`, `instant_past`, `why_missing`."""
    if state != InstantState.DRAFT:
        return Refusal("instant_decided", source=SOURCE)
    if approved and until_at <= now:
        return Refusal("instant_past", now.isoformat(), until_at.isoformat(), "moment")
    if not approved and not why.strip():
        return Refusal("why_missing", source=SOURCE)
    if approved:
        return Event("instant.approved", {"title": title}, {"until": until_at.isoformat()})
    return Event("instant.refused", {"title": title, "why": why})


def end(state: str, title: str, until_at: datetime, why: str, now: datetime) -> Event | Refusal:
    """No longer sent, with the reason; a draft is taken back. What it answered stays answered.

    Refuses: `instant_over`, `why_missing`.
    """
    if standing(state, until_at, now) not in ("draft", "in_force"):
        return Refusal("instant_over", source=SOURCE)
    if not why.strip():
        return Refusal("why_missing", source=SOURCE)
    return Event("instant.ended", {"title": title, "why": why})
