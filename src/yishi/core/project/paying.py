"""A payment for a project, on a voucher; and one entered by mistake, reversed (冲正) by an entry
that undoes it and names it. Nothing that was entered goes away.

Source: norms.md §3; practice G10. How it is booked: docs/algorithms/accounts.md.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from yishi.core.method.round import Payer
from yishi.core.outcome import Event
from yishi.core.project.funding import PledgeNow
from yishi.core.project.now import Form, PledgeState, ProjectNow, ProjectState
from yishi.core.project.saying import SOURCE, event
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState

S = ProjectState
PAYING = (S.UNDER_WAY, S.BUILT, S.ACCEPTED)
# Until its account is settled; while a change of its cost is paid for and once it was stopped, too.
REVERSING = (S.CHOSEN, S.FUNDED, *PAYING, S.STOPPED)


@dataclass(frozen=True, slots=True)
class PaymentNow:
    """A payment that was entered. `no`: its number among what moved in the round."""

    no: int
    payer: Payer
    amount_fen: int
    voucher_no: str
    is_reversed: bool


def voucher_number(typed: str) -> str:
    """One number written one way: half-width, in capitals, without spaces, one sort of dash."""
    signs = unicodedata.normalize("NFKC", typed).upper()
    kinds = ((sign, unicodedata.category(sign)) for sign in signs)
    return "".join("-" if kind == "Pd" else sign for sign, kind in kinds if kind[0] not in "ZC")


def pay(
    project: ProjectNow, pledge: PledgeNow, amount_fen: int, money_paid_fen: int
) -> Event | Refusal:
    """So much is paid, out of what a funder set aside. `money_paid_fen`: what was paid in money
    for this project before.

    Refused: `pledge_not_money`, `pledge_closed`, `amount_wrong`, `pledge_left` (more than it has
    left), `contract_exceeded`, `cost_exceeded` (more than it costs).
    """
    if pledge.form is not Form.MONEY:
        return Refusal("pledge_not_money", source=SOURCE)
    if pledge.state is not PledgeState.CONFIRMED:
        return Refusal("pledge_closed", PledgeState.CONFIRMED, pledge.state, "pledge_state", SOURCE)
    if amount_fen <= 0:
        return Refusal("amount_wrong", 1, amount_fen, "fen", SOURCE)
    if amount_fen > pledge.left_fen:
        return Refusal("pledge_left", pledge.left_fen, amount_fen, "fen", SOURCE)
    contract = project.contract_fen
    if contract is not None and money_paid_fen + amount_fen > contract:
        return Refusal("contract_exceeded", contract, money_paid_fen + amount_fen, "fen", SOURCE)
    most = project.cost_fen or 0
    if project.paid_fen + amount_fen > most:
        return Refusal("cost_exceeded", most, project.paid_fen + amount_fen, "fen", SOURCE)
    return event("paid", {"amount": amount_fen, "payer": pledge.payer})


def is_over(project: ProjectNow) -> bool:
    """Whether nothing is paid for it any more: it was stopped, or its round has ended. What comes
    back to a funder then goes on to where the funder had it from."""
    return project.state is S.STOPPED or project.round is not TopicState.RUNNING


def reverse(project: ProjectNow, payment: PaymentNow, words: str) -> Event | Refusal:
    """A payment entered by mistake is undone: all of it goes back to the funder it came out of, for
    a reason everybody reads. Refused: `payment_reversed` (it was before), `words_missing`."""
    if payment.is_reversed:
        return Refusal("payment_reversed", source=SOURCE)
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    facts: dict[str, int | str] = {
        "amount": payment.amount_fen,
        "payer": payment.payer,
        "payment": payment.no,
        "back": payment.amount_fen if is_over(project) else 0,
    }
    return event("payment_reversed", facts, voucher=payment.voucher_no, words=words.strip())
