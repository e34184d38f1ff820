"""A vote as its pages need it: read once, with who looks and when; and the gate of such a page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from yishi.core.number import show_number
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.vote.now import VoteState
from yishi.phrases.vote import say_vote_state
from yishi.records.models import Vote
from yishi.records.queries.vote_seen import COUNTED, SeenVote, seen_vote
from yishi.records.wallclock import now
from yishi.web.gate import View, actor_in, missing, page

GET = ("GET", "HEAD")
BOTH = (*GET, "POST")


@dataclass(frozen=True)
class ShownVote:
    """A vote as it is read, who looks, and the moment they look."""

    seen: SeenVote
    actor: Actor
    now: datetime

    @property
    def vote(self) -> Vote:
        """The row, with its topic and place."""
        return self.seen.vote

    @property
    def state(self) -> VoteState:
        """Where it stands."""
        return self.seen.state

    @property
    def is_running(self) -> bool:
        """Whether it takes ballots at this moment."""
        until = self.vote.until_at
        return self.state is VoteState.OPEN and until is not None and self.now < until

    @property
    def is_objectable(self) -> bool:
        """Whether the roll is on view and its time for objections runs."""
        until = self.vote.roll_until_at
        return self.state is VoteState.ROLL and (until is None or self.now < until)

    @property
    def is_counted(self) -> bool:
        """Whether its ballots were counted: decided, or void below quorum."""
        return self.state in COUNTED and bool(self.vote.result.get("quorums"))

    def may(self, act: str) -> bool:
        """Whether the viewer may do `act`."""
        return isinstance(permit(self.actor, act, self.seen.subject(act)), Permitted)


def vote_page(act: str, methods: tuple[str, ...] = GET) -> Callable[[Callable[..., Any]], View]:
    """Gates a view as `act` on the vote of its address, which it is given as it is shown. Where
    there is none, or it is not for this person: no such page."""

    def mark(view: Callable[..., HttpResponseBase]) -> View:
        @page(act, methods=methods)
        @wraps(view)
        def shown(request: HttpRequest, uid: str, **more: Any) -> HttpResponseBase:
            found = read(request, uid)
            if found is None or not found.may(act):
                return missing(request)
            return view(request, found, **more)

        return shown

    return mark


def read(request: HttpRequest, uid: str) -> ShownVote | None:
    """The vote `uid` as whoever asks sees it now; None where there is none."""
    actor = actor_in(request)
    seen = seen_vote(actor, uid)
    return None if seen is None else ShownVote(seen, actor, now())


def head(shown: ShownVote) -> dict[str, Any]:
    """What every page of a vote has above what it is about."""
    vote = shown.vote
    return {
        "shown": shown,
        "vote": vote,
        "topic": vote.topic,
        "number": show_number(vote.topic.number),
        "tag": say_vote_state(vote.state, vote.result.get("outcome", "")),
        "back": href("vote", shown),
    }


def href(name: str, shown: ShownVote, *more: str) -> str:
    """The address of a page of this vote."""
    return reverse(name, args=[shown.vote.uid, *more])
