"""A wish put forward in a round: what it needs, while the call runs.

Source: practice G10 (residents propose, the terms posted before); norms.md §3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yishi.core.method.language import StageKind
from yishi.core.method.round import Round
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.round.now import CameBy, ProposalState

TITLE_MAX, SPOT_MAX = 80, 120


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wishes for: in one line, in their words, of which kind, what of the positive
    list it is ("" for nothing of it), where exactly."""

    title: str
    words: str
    kind: str
    listed: str = ""
    spot: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """The call at the moment of an act: the kind of stage the round stands in, "" for none, and
    until when wishes are taken; None where the calendar does not say."""

    stage: str
    until_at: datetime | None = None


def file(
    terms: Round, call: Call, wish: Wish, came_by: CameBy, own: int, now: datetime
) -> Event | Refusal:
    """The wish is put forward. `own`: how many of the same person count already.

    Refused: as `must_be_open` and `check_wish`, and `proposals_many`.
    """
    closed = must_be_open(call, now)
    if closed:
        return closed
    if own >= terms.wishes_each:
        source = terms.source("wishes_each")
        return Refusal("proposals_many", terms.wishes_each, own, "proposal", source)
    wrong = check_wish(terms, wish)
    if wrong:
        return wrong
    facts = {"kind": wish.kind, "listed": wish.listed, "came_by": str(came_by)}
    return Event("proposal.filed", {"title": wish.title.strip()}, facts)


def change(
    terms: Round, call: Call, state: ProposalState, wish: Wish, now: datetime
) -> Event | Refusal:
    """Its author says it otherwise. Refused: as `file`, and `proposal_decided`."""
    wrong = _must_be_filed(state) or must_be_open(call, now) or check_wish(terms, wish)
    if wrong:
        return wrong
    facts = {"kind": wish.kind, "listed": wish.listed}
    return Event("proposal.changed", {"title": wish.title.strip()}, facts)


def withdraw(state: ProposalState) -> Event | Refusal:
    """Its author takes it back. Refused: `proposal_decided`."""
    return _must_be_filed(state) or Event("proposal.withdrawn")


def must_be_open(call: Call, now: datetime) -> Refusal | None:
    """Wishes are taken while the call runs. Refused: `call_not_open`, `call_over`."""
    if call.stage != StageKind.COLLECT:
        return Refusal("call_not_open", StageKind.COLLECT, call.stage, "stage_kind", "practice G10")
    if call.until_at is not None and now >= call.until_at:
        return Refusal("call_over", call.until_at.isoformat(), now.isoformat(), "moment")
    return None


def check_wish(terms: Round, wish: Wish) -> Refusal | None:
    """Refused: `proposal_title_missing`, `title_too_long`, `words_missing`,
    `project_kind_unknown`, `listed_unknown`, `spot_too_long`."""
    title = wish.title.strip()
    if not title:
        return Refusal("proposal_title_missing", source="practice G10")
    if len(title) > TITLE_MAX:
        return Refusal("title_too_long", TITLE_MAX, len(title), "characters")
    if not wish.words.strip():
        return Refusal("words_missing", source="practice G10")
    if terms.kind(wish.kind) is None:
        return Refusal("project_kind_unknown", tuple(k.code for k in terms.kinds), wish.kind)
    if wish.listed and all(one.code != wish.listed for one in terms.positive):
        return Refusal("listed_unknown", tuple(one.code for one in terms.positive), wish.listed)
    if len(wish.spot) > SPOT_MAX:
        return Refusal("spot_too_long", SPOT_MAX, len(wish.spot), "characters")
    return None


def _must_be_filed(state: ProposalState) -> Refusal | None:
    if state is not ProposalState.FILED:
        return Refusal("proposal_decided", ProposalState.FILED, state, "proposal_state")
    return None
