"""The affairs supervisory committee looks and writes; it orders nobody. Source: practice H12."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from yishi.core.case.state import CaseState
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal

SOURCE = "norms.md §1 affairs supervisory committee"
FINISHED = (CaseState.ANSWERED, CaseState.CALLED_BACK, CaseState.ARCHIVED)
# How far back a lot is drawn: a season, so that what is looked at can still be seen. Ours.
RECENT = timedelta(days=90)


class Way(StrEnum):
    """How the committee looked: by phone, on site, by asking those concerned. Source: H12."""

    PHONE = "phone"
    ON_SITE = "on_site"
    SURVEY = "survey"


class Found(StrEnum):
    """What it found: as the record says, partly, not."""

    AS_SAID = "as_said"
    PARTLY = "partly"
    NOT = "not"


def draw(numbers: Sequence[str], wanted: int, seed: str) -> tuple[str, ...]:
    """At most `wanted` of `numbers`, by lot, in the order drawn.

    Each number gets `sha256(seed:number)`; the smallest digests are drawn. Who knows the seed and
    the numbers draws the same again, and nobody who does not know the seed can tell beforehand.
    """
    return tuple(sorted(numbers, key=lambda number: _lot(seed, number))[:wanted])


def pool_digest(numbers: Sequence[str]) -> str:
    """The sha256 of the numbers drawn from, ascending, a line each: which pool it was."""
    return hashlib.sha256("\n".join(sorted(numbers)).encode()).hexdigest()


def sample(
    numbers: Sequence[str], wanted: int, seed: str
) -> tuple[Event, tuple[str, ...]] | Refusal:
    """A lot among finished cases, and what the journal says of it. Refuses `nothing_to_draw`."""
    if not numbers:
        return Refusal("nothing_to_draw", 1, 0, "cases", SOURCE)
    drawn = draw(numbers, wanted, seed)
    facts: dict[str, int | str] = {
        "pool": len(numbers),
        "pool_sha256": pool_digest(numbers),
        "seed": seed,
        "drawn": len(drawn),
    }
    return Event("oversight.sampled", {"numbers": list(drawn), **facts}, facts), drawn


def inspect(way: str, found: str, words: str, *, looked: bool, number: str) -> Event | Refusal:
    """One look at a finished case. `looked`: this draw has been looked at already.

    Refuses: `already_looked`, `way_unknown`, `found_unknown`, `look_words_missing` (where it is
    not as the record says).
    """
    if looked:
        return Refusal("already_looked")
    if way not in set(Way):
        return Refusal("way_unknown", tuple(Way), way)
    if found not in set(Found):
        return Refusal("found_unknown", tuple(Found), found)
    if found != Found.AS_SAID and not words.strip():
        return Refusal("look_words_missing", source="practice H12")
    facts: dict[str, int | str] = {"way": way, "found": found}
    return Event("oversight.inspected", {"words": words, "number": number, **facts}, facts)


def write_opinion(words: str, *, handles: bool, unit: str, number: str) -> Event | Refusal:
    """监督意见书, to a body that handles matters here; it changes nothing and orders nobody.

    Refuses: `opinion_missing`, `body_elsewhere`.
    """
    if not handles:
        return Refusal("body_elsewhere", have=unit, source=SOURCE)
    if not words.strip():
        return Refusal("opinion_missing", source=SOURCE)
    return Event("opinion.written", {"words": words, "unit": unit, "number": number})


def reply(words: str, *, replied: bool) -> Event | Refusal:
    """The body's reply. Refuses: `already_replied`, `reply_missing`."""
    if replied:
        return Refusal("already_replied")
    if not words.strip():
        return Refusal("reply_missing")
    return Event("opinion.replied", {"reply": words})


def _lot(seed: str, number: str) -> bytes:
    return hashlib.sha256(f"{seed}:{number}".encode()).digest()
