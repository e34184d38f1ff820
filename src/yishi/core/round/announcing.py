"""The money of a round, said before anybody proposes: which funds, how much, and until when.

A fund is announced, and put right, while the terms are not posted yet; a round whose terms are
posted has at least one. What a fund has left when its day is over is swept. Source: norms.md §3,
unspent money is swept and accounted for by a date; practice G10.
"""

from __future__ import annotations

from datetime import date

from yishi.core.method.language import Procedure
from yishi.core.method.round import FundKind, Round
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicNow, TopicState

SOURCE = "norms.md §3"
NAME_MAX = 80


def may_set_funds(procedure: Procedure | None, topic: TopicNow) -> Refusal | None:
    """The terms are still being set. Refused: `not_a_round`, `terms_fixed` (posted, or past)."""
    if procedure is None or procedure.round is None:
        return Refusal("not_a_round", source="practice G10")
    if (
        topic.state is not TopicState.RUNNING
        or topic.stage != procedure.stages[0].id
        or "until" in topic.tally
    ):
        return Refusal("terms_fixed", source=SOURCE)
    return None


def announce_fund(
    terms: Round, code: str, name: str, amount_fen: int, taken: tuple[str, ...]
) -> FundKind | Refusal:
    """The source of money a fund is of. `taken`: the names of the others. Refused:
    `fund_unknown` (no source of the method), `name_missing`, `fund_name_long`, `fund_twice`,
    `amount_wrong`."""
    kind = terms.fund(code)
    if kind is None:
        known = tuple(one.code for one in terms.funds)
        return Refusal("fund_unknown", known, code, "fund", SOURCE)
    if not name.strip():
        return Refusal("fund_name_missing", source=SOURCE)
    if len(name.strip()) > NAME_MAX:
        return Refusal("fund_name_long", NAME_MAX, len(name.strip()), "characters", SOURCE)
    if name.strip() in taken:
        return Refusal("fund_twice", source=SOURCE)
    if amount_fen <= 0:
        return Refusal("amount_wrong", 1, amount_fen, "fen", SOURCE)
    return kind


def must_cover(amount_fen: int, aside_fen: int) -> Refusal | None:
    """Where the method leads back to its terms, a fund is not less than what is set aside of it.
    Refused: `fund_below_aside`."""
    if amount_fen >= aside_fen:
        return None
    return Refusal("fund_below_aside", aside_fen, amount_fen, "fen", SOURCE)


def said(code: str, no: int, amount_fen: int, name: str) -> Event:
    """`round.fund_announced` or `round.fund_corrected`: which of them, and how much."""
    facts: dict[str, int | str] = {"fund": no, "amount": amount_fen}
    return Event(code, {**facts, "name": name}, facts)


def must_have_funds(procedure: Procedure, topic: TopicNow, funds: int) -> Refusal | None:
    """Terms that are posted say whose money there is. Refused: `funds_missing`."""
    if procedure.round is None or topic.stage != procedure.stages[0].id or funds:
        return None
    return Refusal("funds_missing", 1, 0, "fund", SOURCE)


def is_over(sweeps_on: date, today: date) -> bool:
    """The last day on which a fund may be spent has passed."""
    return today > sweeps_on


def sweep(swept: int, amount_fen: int) -> Event | Refusal:
    """So many funds were swept, of so much together. Refused: `nothing_to_sweep`."""
    if not swept:
        return Refusal("nothing_to_sweep", 1, 0, "fund", SOURCE)
    facts: dict[str, int | str] = {"funds": swept, "amount": amount_fen}
    return Event("round.swept", facts, facts)
