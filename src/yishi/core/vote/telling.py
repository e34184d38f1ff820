"""What everybody on a roll is told: that the vote is open, that it ends soon, what it came to.

Never what anybody chose. Who has not taken part a while before the end is reminded once; how long
before, the rules of messages say. Source: ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from yishi.core.outcome import Event, RollNotice
from yishi.core.refusal import Refusal
from yishi.core.vote.casting import must_be_open
from yishi.core.vote.now import VoteState

OPENED, HANDED, REMINDED = "vote.opened", "vote.handed", "vote.reminder"
COUNTED, CALLED_OFF = "vote.counted", "vote.called_off"
# What is no longer true is told to nobody any more: template → the state it is told in.
WHILE = {
    OPENED: VoteState.OPEN,
    REMINDED: VoteState.OPEN,
    HANDED: VoteState.HANDED,
}


def opened(vote: str, until_at: datetime, ways: Iterable[str]) -> RollNotice:
    """Until when, and by which ways."""
    return RollNotice(OPENED, vote, {"until": until_at.isoformat(), "ways": list(ways)})


def handed(vote: str, to: str) -> RollNotice:
    """In which system it is held."""
    return RollNotice(HANDED, vote, {"where": to})


def counted(vote: str, outcome: str) -> RollNotice:
    """What it came to: `passed`, `failed`, `tied` or `void`."""
    return RollNotice(COUNTED, vote, {"outcome": outcome})


def called_off(vote: str) -> RollNotice:
    """It counts for nothing: called off, or its topic went on without it."""
    return RollNotice(CALLED_OFF, vote)


def reminded_at(
    opened_at: datetime | None, until_at: datetime | None, before: timedelta | None
) -> datetime | None:
    """When who has not taken part is reminded. Not at all where no rule says how long before the
    end, or where the vote has not been open by then: they have only just been told."""
    if opened_at is None or until_at is None or before is None:
        return None
    at = until_at - before
    return at if at > opened_at else None


def remind(
    state: VoteState,
    opened_at: datetime | None,
    until_at: datetime | None,
    before: timedelta | None,
    now: datetime,
    *,
    reminded: bool,
) -> Event | Refusal:
    """The reminder of an open vote, once. Refused: `vote_not_open`, `vote_over`, `reminder_early`
    (it is due then, or never), `reminder_sent`."""
    wrong = must_be_open(state, until_at, now)
    if wrong:
        return wrong
    if reminded:
        return Refusal("reminder_sent", source="ours")
    at = reminded_at(opened_at, until_at, before)
    if at is None or now < at:
        return Refusal("reminder_early", at and at.isoformat(), now.isoformat(), "moment", "ours")
    return Event("vote.reminded")


def still_told(template: str, state: VoteState, until_at: datetime | None, now: datetime) -> bool:
    """Whether it is still told to whoever has not had it: nobody is called to a vote that is
    over."""
    if template not in WHILE:
        return True
    in_time = until_at is None or now < until_at
    return state is WHILE[template] and in_time
