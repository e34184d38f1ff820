"""结算审核, 移交管养: the final sum is reviewed to the fen, what is over goes back, and somebody
looks after what was built.

Source: practice G10–G12; norms.md §3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yishi.core.ledger import Moved
from yishi.core.outcome import Event
from yishi.core.project.building import must_be_works
from yishi.core.project.now import Form, ProjectNow
from yishi.core.project.saying import SOURCE, event
from yishi.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Held:
    """What a confirmed funder's part of the project still holds. `of_fund`: it came out of a fund
    of the round."""

    pledge: str
    form: Form
    held_fen: int
    of_fund: bool


def delivered(parts: Sequence[Held]) -> tuple[tuple[str, int], ...]:
    """Of what is accepted: the parts given in kind or done by whoever claimed them, by pledge, in
    fen. They are spent when the project is accepted, and not before."""
    return tuple(
        (one.pledge, one.held_fen)
        for one in parts
        if one.form is not Form.MONEY and one.held_fen > 0
    )


def goes_back(parts: Sequence[Held]) -> tuple[tuple[str, Moved, int], ...]:
    """What each funder has left goes to where it came from: pledge, why, fen. A fund's is released
    to it; anybody else's is returned."""
    return tuple(
        (one.pledge, Moved.RELEASED if one.of_fund else Moved.RETURNED, one.held_fen)
        for one in parts
        if one.held_fen > 0
    )


def lower(now: ProjectNow, part: Held, amount_fen: int, to_fen: int) -> Event | Refusal:
    """A funder gives less than it confirmed, where the cost was lowered and more is confirmed than
    it costs: never less than was spent of it, and not more lowered than is over.

    Refused: `round_elsewhere`, `amount_wrong`, `pledge_not_lower` (need: what it gives),
    `pledge_spent_more` (need: what was spent of it), `funders_not_over`.
    """
    wrong = must_be_works(now)
    if wrong:
        return wrong
    if to_fen <= 0:
        return Refusal("amount_wrong", 1, to_fen, "fen", SOURCE)
    if to_fen >= amount_fen:
        return Refusal("pledge_not_lower", amount_fen, to_fen, "fen", SOURCE)
    spent = amount_fen - part.held_fen
    if to_fen < spent:
        return Refusal("pledge_spent_more", spent, to_fen, "fen", SOURCE)
    over = now.confirmed_fen - (now.cost_fen or 0)
    if amount_fen - to_fen > over:
        return Refusal("funders_not_over", max(over, 0), amount_fen - to_fen, "fen", SOURCE)
    return event("pledge_lowered", {"from": amount_fen, "to": to_fen})


def settle(
    now: ProjectNow,
    settled_fen: int,
    reviewer: str,
    built: bool,
    papers: int,
    back: Sequence[tuple[str, Moved, int]],
) -> Event | Refusal:
    """The reviewing body confirms what it cost. `built`: that body built it; `back`: what goes
    back. Refused: `round_elsewhere`, `reviewer_missing`, `reviewer_built`, `amount_wrong`,
    `settled_over` (need: the cost), `settled_unpaid` (need: the final sum, have: what was paid and
    delivered), `review_paper_missing`."""
    wrong = must_be_works(now)
    if wrong:
        return wrong
    if not reviewer:
        return Refusal("reviewer_missing", source=SOURCE)
    if built:
        return Refusal("reviewer_built", have=reviewer, source="norms.md §1 Independence")
    if settled_fen < 0:
        return Refusal("amount_wrong", 0, settled_fen, "fen", SOURCE)
    assert now.cost_fen is not None
    if settled_fen > now.cost_fen:
        return Refusal("settled_over", now.cost_fen, settled_fen, "fen", SOURCE)
    if settled_fen != now.paid_fen:
        return Refusal("settled_unpaid", settled_fen, now.paid_fen, "fen", SOURCE)
    if papers < 1:
        return Refusal("review_paper_missing", 1, papers, "paper", SOURCE)
    sums: dict[str, int | str] = {"settled": settled_fen, "back": sum(fen for _, _, fen in back)}
    return event("settled", sums, unit=reviewer)


def hand_over(
    now: ProjectNow, keeper: str, liable_until: date | None, words: str, papers: int, today: date
) -> Event | Refusal:
    """It is offered to whoever is to look after it. `liable_until`: to which day the builder
    answers for it, by words of the contract; None where `words` say that nobody does. Refused:
    `round_elsewhere`, `keeper_missing`, `liable_past`, `words_missing`,
    `handing_paper_missing`."""
    wrong = must_be_works(now)
    if wrong:
        return wrong
    if not keeper:
        return Refusal("keeper_missing", source=SOURCE)
    if liable_until is not None and liable_until < today:
        return Refusal("liable_past", today, liable_until, "day", SOURCE)
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    if papers < 1:
        return Refusal("handing_paper_missing", 1, papers, "paper", SOURCE)
    until = liable_until.isoformat() if liable_until else ""
    return event("handed", {}, unit=keeper, liable=until, words=words.strip())


def take_over(now: ProjectNow, keeper: str) -> Event | Refusal:
    """Somebody of the keeper says yes: from now on it looks after it. Refused: `round_elsewhere`,
    `keeper_missing` (nobody was named)."""
    wrong = must_be_works(now)
    if wrong:
        return wrong
    if not keeper:
        return Refusal("keeper_missing", source=SOURCE)
    return event("taken_over", {}, unit=keeper)
