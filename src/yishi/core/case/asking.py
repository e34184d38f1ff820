"""A request's end: with a word on it, or overtaken by events."""

from datetime import datetime

from yishi.core.case.now import CaseNow
from yishi.core.case.request import RequestNow, RequestState
from yishi.core.clock import ClockKind, ClockState
from yishi.core.outcome import Change, SetClock


def decided(request: RequestNow, state: RequestState, words: str, now: datetime) -> Change:
    """The row of a request with the word on it."""
    values: dict[str, object] = {"state": state, "decided_at": now}
    return Change("request", request.uid, values | ({"words": words} if words else {}))


def lapse(
    case: CaseNow, now: datetime, *, of: str | None = None, but: str = ""
) -> tuple[tuple[Change, ...], tuple[SetClock, ...]]:
    """What was asked and is overtaken: the requests, and the clocks of their decisions.

    `of`: only what this work asked; `but`: a request that stands, which keeps its clock.
    """
    asked = [
        request
        for request in case.requests
        if request.state is RequestState.ASKED
        and request.uid != but
        and (of is None or request.work == of)
    ]
    returns = {request.work for request in asked}
    return (
        tuple(decided(request, RequestState.LAPSED, "", now) for request in asked),
        tuple(
            SetClock(clock.uid, ClockState.STOPPED, now)
            for clock in case.clocks
            if (clock.kind is ClockKind.REQUEST and of is None)
            or (clock.kind is ClockKind.RETURN and clock.assignment in returns)
        ),
    )
