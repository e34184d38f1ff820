"""What came of each item: settled on the spot, on the dated list, on to its procedure, or put off.

None without an answer (件件有回音): a meeting is not closed while one is open. Source: practice G8.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from yishi.core.meeting.now import ItemNow, ItemState, MeetingNow
from yishi.core.meeting.terms import Terms
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal

SOURCE = "practice G8 件件有回音"
# How many are satisfied, basically satisfied, not satisfied.
SCORES = ("satisfied", "basically", "dissatisfied")
Scores = tuple[int, int, int]


class Side(StrEnum):
    """What a statement is: for it, against it, advice in writing, or just said."""

    FOR = "for"
    AGAINST = "against"
    ADVICE = "advice"
    SAID = "said"


def must_be_open(item: ItemNow) -> Refusal | None:
    """Nothing has come of it yet. Refused: `item_done`."""
    if item.state is not ItemState.OPEN:
        return Refusal("item_done", ItemState.OPEN, item.state, "item_state", SOURCE)
    return None


def must_be_heard(item: ItemNow, terms: Terms) -> Refusal | None:
    """A hearing hears both sides on an item before anything comes of it, a consultation has
    advice in writing. Refused: `sides_unheard` (who is still to be heard), `advice_missing`."""
    if terms.both_sides:
        missing = tuple(one for one in (Side.FOR, Side.AGAINST) if one not in item.sides)
        if missing:
            heard = tuple(sorted(item.sides))
            return Refusal("sides_unheard", missing, heard, "side", terms.source)
    if terms.advice and Side.ADVICE not in item.sides:
        return Refusal("advice_missing", 1, 0, "advice", terms.source)
    return None


def state(item: ItemNow, side: Side, words: str) -> Event | Refusal:
    """Somebody spoke on an item. Refused: `words_missing`, `item_done`."""
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    facts: dict[str, int | str] = {"no": item.no, "side": side.value}
    return must_be_open(item) or Event("meeting.stated", {"words": words.strip(), **facts}, facts)


def settle(item: ItemNow, terms: Terms, words: str) -> Event | Refusal:
    """当场解决, in words. Refused: `item_done`, `decides_nothing` (what is advised on is not
    settled by it), `sides_unheard`, `advice_missing`, `words_missing`."""
    wrong = _may_end(item, terms, words)
    return wrong or _came(item, ItemState.SETTLED, words)


def settle_scored(
    meeting: MeetingNow, item: ItemNow, terms: Terms, words: str, scores: Scores
) -> Event | Refusal:
    """评议: settled with the scores of those who are there, on an item that is no topic; a topic
    is scored in its own stage. Refused as `settle`, and `not_scored` (the form of the meeting is
    not, or the item is a topic), `scores_wrong` (nobody, or more than signed in). Source: C6."""
    if not terms.scored or item.topic:
        return Refusal("not_scored", have=meeting.form, unit="form", source=terms.source)
    whole = sum(scores)
    if min(scores) < 0 or not 0 < whole <= meeting.people:
        return Refusal("scores_wrong", meeting.people, whole, "people", terms.source)
    event = settle(item, terms, words)
    if isinstance(event, Refusal):
        return event
    told = dict(zip(SCORES, scores, strict=True))
    return replace(event, params={**event.params, **told}, facts={**event.facts, **told})


def list_(item: ItemNow, terms: Terms, words: str, due: str, unit: str) -> Event | Refusal:
    """列入限期整改清单: with a body and a day. Refused as `settle`."""
    wrong = _may_end(item, terms, words)
    return wrong or _came(item, ItemState.LISTED, words, due=due, unit=unit)


def carry(item: ItemNow, terms: Terms, words: str) -> Event | Refusal:
    """转入程序: it goes on by its procedure. Refused as `settle`, and `item_no_topic`."""
    if not item.topic:
        return Refusal("item_no_topic", source=SOURCE)
    wrong = _may_end(item, terms, words)
    return wrong or _came(item, ItemState.CARRIED, words)


def put_off(item: ItemNow, words: str) -> Event | Refusal:
    """留待下次, and why. Refused: `item_done`, `why_missing`."""
    wrong = must_be_open(item)
    if wrong:
        return wrong
    if not words.strip():
        return Refusal("why_missing", source=SOURCE)
    return _came(item, ItemState.PUT_OFF, words)


def close(meeting: MeetingNow) -> Event | Refusal:
    """散会. Refused: `items_open` (how many have no answer), `report_missing` (how many items of
    earlier meetings were to be reported back at this one)."""
    waiting = len(meeting.open_items)
    if waiting:
        return Refusal("items_open", 0, waiting, "item", SOURCE)
    if meeting.unreported:
        return Refusal("report_missing", 0, meeting.unreported, "item", SOURCE)
    facts: dict[str, int | str] = {
        "people": meeting.people,
        "items": len(meeting.items),
        **{
            state.value: sum(1 for one in meeting.items if one.state is state)
            for state in (
                ItemState.SETTLED, ItemState.LISTED, ItemState.CARRIED, ItemState.PUT_OFF,
            )
        },
    }  # fmt: skip
    return Event("meeting.closed", facts, facts)


def _may_end(item: ItemNow, terms: Terms, words: str) -> Refusal | None:
    wrong = must_be_open(item) or must_be_heard(item, terms)
    if wrong:
        return wrong
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    return None


def _came(item: ItemNow, state: ItemState, words: str, **more: str) -> Event:
    facts: dict[str, int | str] = {"no": item.no, "state": state.value}
    return Event("meeting.item_ended", {"words": words.strip(), **facts, **more}, facts)
