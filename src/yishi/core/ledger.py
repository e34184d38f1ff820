"""The accounts of a round: what each holds is the sum of what moved, and is kept nowhere.

Every movement takes from one account what it gives to another, so that all accounts together come
to nothing at every moment. Money is recorded, never held. Source: norms.md §3; decision 31.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from yishi.core.refusal import Refusal

SOURCE = "norms.md §3"


class AccountKind(StrEnum):
    """The world outside; a fund of the round; what a funder set aside for a project; what a project
    has spent; what was swept."""

    OUTSIDE = "outside"
    FUND = "fund"
    PLEDGE = "pledge"
    SPENT = "spent"
    SWEPT = "swept"


class Moved(StrEnum):
    """Why something moved, and between which kinds of accounts (`BETWEEN`)."""

    GRANTED = "granted"  # a fund is given to the round
    CORRECTED = "corrected"  # it was announced too high, before the terms were posted
    COMMITTED = "committed"  # a fund sets aside its part of a project
    GIVEN = "given"  # somebody outside the funds binds themselves to their part
    PAID = "paid"  # paid for the project, on a voucher
    REVERSED = "reversed"  # 冲正: a payment was entered by mistake; names the one it undoes
    DELIVERED = "delivered"  # given in kind, or done by whoever claimed it
    RELEASED = "released"  # not needed: back to the fund it came from
    RETURNED = "returned"  # not needed: back to whoever bound themselves
    SWEPT = "swept"  # what a fund has left when its day has come


K = AccountKind
BETWEEN: Mapping[Moved, tuple[AccountKind, AccountKind]] = {
    Moved.GRANTED: (K.OUTSIDE, K.FUND),
    Moved.CORRECTED: (K.FUND, K.OUTSIDE),
    Moved.COMMITTED: (K.FUND, K.PLEDGE),
    Moved.GIVEN: (K.OUTSIDE, K.PLEDGE),
    Moved.PAID: (K.PLEDGE, K.SPENT),
    Moved.REVERSED: (K.SPENT, K.PLEDGE),
    Moved.DELIVERED: (K.PLEDGE, K.SPENT),
    Moved.RELEASED: (K.PLEDGE, K.FUND),
    Moved.RETURNED: (K.PLEDGE, K.OUTSIDE),
    Moved.SWEPT: (K.FUND, K.SWEPT),
}


@dataclass(frozen=True, slots=True)
class Movement:
    """`amount_fen` above 0, from one account to another, by uid."""

    moved: Moved
    source: str
    target: str
    amount_fen: int


def balances(movements: Iterable[Movement]) -> dict[str, int]:
    """Account → what it holds, in fen; the outside is below 0 by what is in the round."""
    held: dict[str, int] = {}
    for one in movements:
        held[one.source] = held.get(one.source, 0) - one.amount_fen
        held[one.target] = held.get(one.target, 0) + one.amount_fen
    return held


def together(kind: AccountKind, moved: Mapping[str, int]) -> int:
    """What accounts of one kind hold together, of how much moved for which reason; all of what
    moved between them and others has to be in it."""
    return sum(
        amount * ((BETWEEN[Moved(why)][1] is kind) - (BETWEEN[Moved(why)][0] is kind))
        for why, amount in moved.items()
    )


def given(moved: Mapping[str, int]) -> int:
    """What funders gave and did not get back: set aside still, or spent."""
    return together(K.PLEDGE, moved) + together(K.SPENT, moved)


def must_cover(
    moved: Moved, kinds: tuple[AccountKind, AccountKind], have_fen: int, amount_fen: int
) -> Refusal | None:
    """A movement that may be made. Refused: `amount_wrong` (not above 0), `account_short` (need:
    the amount, have: what the account holds). Raises ValueError between the wrong accounts."""
    if kinds != BETWEEN[moved]:
        raise ValueError(f"{moved} does not go from {kinds[0]} to {kinds[1]}")
    if amount_fen <= 0:
        return Refusal("amount_wrong", 1, amount_fen, "fen", SOURCE)
    if kinds[0] is not AccountKind.OUTSIDE and amount_fen > have_fen:
        return Refusal("account_short", amount_fen, have_fen, "fen", SOURCE)
    return None
