"""限期整改清单: what is not settled at once goes on a dated list and is closed by somebody else.

Source: practice G8 (件件有回音), H12; who closes is never who reported it done.
"""

from datetime import date, timedelta

from yishi.core.outcome import Event
from yishi.core.refusal import Refusal

SOURCE = "practice G8 限期整改清单"
TITLE_MAX = 80
# A day further off than five years is a slip of the hand. Ours.
DUE_WITHIN = timedelta(days=5 * 366)


def open_entry(
    number: str, title: str, unit: str, due_on: date, today: date, *, handles: bool, personal: bool
) -> Event | Refusal:
    """挂账. The title is public: `personal` says that redaction found something in it.

    Refuses: `title_missing`, `title_too_long`, `title_personal`, `body_elsewhere`, `due_past`,
    `due_far`.
    """
    if not title.strip():
        return Refusal("title_missing", source=SOURCE)
    if len(title) > TITLE_MAX:
        return Refusal("title_too_long", TITLE_MAX, len(title), "characters")
    if personal:
        return Refusal("title_personal", source=SOURCE)
    if not handles:
        return Refusal("body_elsewhere", have=unit, source=SOURCE)
    if due_on < today:
        return Refusal("due_past", need=today, have=due_on, source=SOURCE)
    if due_on > today + DUE_WITHIN:
        return Refusal("due_far", need=today + DUE_WITHIN, have=due_on)
    params = {"number": number, "title": title, "unit": unit, "due": due_on.isoformat()}
    return Event("listed.opened", params, {"number": number})


def report_done(words: str, *, done: bool, closed: bool) -> Event | Refusal:
    """The body says that it is done. Refuses: `listed_closed`, `already_done`, `done_missing`."""
    if closed:
        return Refusal("listed_closed")
    if done:
        return Refusal("already_done")
    if not words.strip():
        return Refusal("done_missing", source=SOURCE)
    return Event("listed.reported_done", {"words": words})


def close(settled: bool, words: str, *, done: bool, closed: bool) -> Event | Refusal:
    """销号, or back to the body. Who reported it done is kept out by the permit table.

    Refuses: `listed_closed`, `not_done_yet`, `seen_missing` (no words on what was seen).
    """
    if closed:
        return Refusal("listed_closed")
    if not done:
        return Refusal("not_done_yet", source=SOURCE)
    if not words.strip():
        return Refusal("seen_missing", source=SOURCE)
    if settled:
        return Event("listed.closed", {"words": words}, {"settled": 1})
    return Event("listed.sent_back", {"words": words}, {"settled": 0})
