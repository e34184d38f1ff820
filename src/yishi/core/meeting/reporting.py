"""What was listed or put off is reported back at the next meeting, or earlier (practice G8)."""

from __future__ import annotations

from yishi.core.meeting.items import SOURCE
from yishi.core.meeting.now import ItemNow, ItemState
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal

# What somebody is still owed a word on after the meeting.
OWED = (ItemState.LISTED, ItemState.PUT_OFF)


def report_back(item: ItemNow, words: str) -> Event | Refusal:
    """回告: what became of it. Refused: `report_needless` (it was settled there and then),
    `reported_already`, `words_missing`."""
    if item.state not in OWED:
        return Refusal("report_needless", OWED, item.state, "item_state", SOURCE)
    if item.answered:
        return Refusal("reported_already", source=SOURCE)
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    facts = {"no": item.no}
    return Event("meeting.reported", {"words": words.strip(), **facts}, facts)
