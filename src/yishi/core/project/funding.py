"""Who pays for a project: offered, valued, confirmed; together what it costs, to the fen.

In money, in kind, or a part a funder does itself (认领). Residents' money needs a resolution,
willing payers and the consent of the units that benefit; nothing is apportioned. Source: practice
G10, G11; norms.md §3. How it is booked: docs/algorithms/accounts.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from yishi.core.method.language import StageKind
from yishi.core.method.round import Payer
from yishi.core.outcome import Event
from yishi.core.project.now import Form, PledgeState, ProjectNow, ProjectState
from yishi.core.project.saying import SOURCE, event, must_be_in
from yishi.core.refusal import Refusal

S = ProjectState
# From the costing on, until every yuan is found.
PLEDGING = (S.COSTED, S.AGREED, S.CHOSEN)
NAME_MAX = 80
# So many offers of one giver to one project wait or were made the same day. Ours: it leaves the
# list to those who give.
MOST_OFFERS, MOST_SOURCE = 3, "ours"


@dataclass(frozen=True, slots=True)
class PledgeNow:
    """What a funder gives. `fund_until`: the last day of the fund it comes out of, None for no
    fund; `left_fen`: what is not paid or delivered of it; `paid_fen`: what is."""

    state: PledgeState
    payer: Payer
    form: Form
    amount_fen: int
    fund_until: date | None = None
    left_fen: int = 0
    paid_fen: int = 0


@dataclass(frozen=True, slots=True)
class Valued:
    """What a confirmation brings: the value in fen; of residents' money how many pay willingly,
    how many units (houses, entrances) that benefit agreed, and that the resolution lies with it."""

    amount_fen: int
    willing: int = 0
    units: int = 0
    resolution: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer as it comes in. `name` is public; "" only for a resident who wishes none.
    `before`: how many of the same giver wait, or were made today; 0 where the desk writes it."""

    payer: Payer
    form: Form
    amount_fen: int
    name: str
    words: str
    from_fund: bool = False
    before: int = 0


@dataclass(frozen=True, slots=True)
class Leverage:
    """How much of a sum the fund gives, of how much together. Source: practice G10, 30,000 of
    180,000."""

    fund_fen: int
    whole_fen: int

    @property
    def share(self) -> Fraction | None:
        """The fund's share of the whole; None of nothing."""
        return Fraction(self.fund_fen, self.whole_fen) if self.whole_fen else None

    @property
    def others_fen(self) -> int:
        """What others give."""
        return self.whole_fen - self.fund_fen


def offer(project: ProjectNow, offered: Offered) -> Event | Refusal:
    """Somebody would give so much. Refused: `amount_wrong`, `funder_missing`, `funder_long`,
    `claim_missing` (what is given in kind, or which part is done, in words), `payer_wrong` (out of
    a fund comes money, and the fund's money only out of one), `pledges_many`."""
    if offered.before >= MOST_OFFERS:
        return Refusal("pledges_many", MOST_OFFERS, offered.before, "pledge", MOST_SOURCE)
    if offered.amount_fen <= 0:
        return Refusal("amount_wrong", 1, offered.amount_fen, "fen", SOURCE)
    if not offered.name.strip() and offered.payer is not Payer.RESIDENTS:
        return Refusal("funder_missing", source=SOURCE)
    if len(offered.name.strip()) > NAME_MAX:
        return Refusal("funder_long", NAME_MAX, len(offered.name.strip()), "characters", SOURCE)
    if offered.form is not Form.MONEY and not offered.words.strip():
        return Refusal("claim_missing", source="practice G11")
    if offered.from_fund and offered.form is not Form.MONEY:
        return Refusal("payer_wrong", source=SOURCE)
    if offered.payer is Payer.FUND and not offered.from_fund:
        return Refusal("payer_wrong", source=SOURCE)
    facts: dict[str, int | str] = {
        "payer": offered.payer,
        "form": offered.form,
        "amount": offered.amount_fen,
    }
    return event("pledge_offered", facts, name=offered.name.strip(), words=offered.words)


def confirm(
    project: ProjectNow, pledge: PledgeNow, valued: Valued, today: date, cap_source: str = SOURCE
) -> Event | Refusal:
    """The value is right, and it counts. What the fund gives to one project is within the cap of
    its kind, and all funders together give no more than it costs.

    Refused: `pledge_closed` (confirmed, declined or taken back), `amount_wrong`, `money_differs`
    (money is worth what was offered), `residents_consent`, `fund_over`, `cap_exceeded`,
    `funders_over`.
    """
    if pledge.state is not PledgeState.OFFERED:
        return Refusal("pledge_closed", PledgeState.OFFERED, pledge.state, "pledge_state", SOURCE)
    if valued.amount_fen <= 0:
        return Refusal("amount_wrong", 1, valued.amount_fen, "fen", SOURCE)
    if pledge.form is Form.MONEY and valued.amount_fen != pledge.amount_fen:
        return Refusal("money_differs", pledge.amount_fen, valued.amount_fen, "fen", SOURCE)
    if pledge.payer is Payer.RESIDENTS and pledge.form is Form.MONEY:
        lacking = _consent_lacks(valued)
        if lacking:
            return Refusal("residents_consent", lacking, "", "consent", SOURCE)
    if pledge.fund_until is not None and today > pledge.fund_until:
        return Refusal("fund_over", pledge.fund_until, today, "", SOURCE)
    asked = project.fund_fen + valued.amount_fen
    if pledge.payer is Payer.FUND and asked > project.cap_fen:
        return Refusal("cap_exceeded", project.cap_fen, asked, "fen", cap_source)
    cost, together = project.cost_fen or 0, project.confirmed_fen + valued.amount_fen
    if together > cost:
        return Refusal("funders_over", cost, together, "fen", SOURCE)
    facts: dict[str, int | str] = {
        "payer": pledge.payer,
        "form": pledge.form,
        "amount": valued.amount_fen,
    }
    return event("pledge_confirmed", facts)


def decline(project: ProjectNow, pledge: PledgeNow, words: str) -> Event | Refusal:
    """Not taken up, for a reason; one that was confirmed goes back where it came from, while
    nothing of it is spent and no vote counts on it. Refused: `pledge_closed`, `pledge_voted_on`,
    `pledge_spent`, `words_missing`."""
    if pledge.state not in (PledgeState.OFFERED, PledgeState.CONFIRMED):
        return Refusal("pledge_closed", PledgeState.OFFERED, pledge.state, "pledge_state", SOURCE)
    if pledge.state is PledgeState.CONFIRMED and project.is_being_voted_on:
        return Refusal("pledge_voted_on", source=SOURCE)
    if pledge.paid_fen:
        return Refusal("pledge_spent", 0, pledge.paid_fen, "fen", SOURCE)
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    facts: dict[str, int | str] = {"amount": pledge.amount_fen, "was": pledge.state}
    return event("pledge_declined", facts, words=words)


def withdraw(pledge: PledgeNow) -> Event | Refusal:
    """Taken back before it was confirmed. Refused: `pledge_closed`."""
    if pledge.state is not PledgeState.OFFERED:
        return Refusal("pledge_closed", PledgeState.OFFERED, pledge.state, "pledge_state", SOURCE)
    return event("pledge_withdrawn", {"amount": pledge.amount_fen})


def fund(project: ProjectNow) -> Event | Refusal:
    """Every yuan is found: the works may begin. Refused: `round_elsewhere`, `funders_short`,
    `funders_over`."""
    elsewhere = must_be_in(project, StageKind.CARRY_OUT)
    if elsewhere:
        return elsewhere
    cost, have = project.cost_fen or 0, project.confirmed_fen
    if have < cost:
        return Refusal("funders_short", cost, have, "fen", SOURCE)
    if have > cost:
        return Refusal("funders_over", cost, have, "fen", SOURCE)
    return event("funded", {"cost": cost, "fund": project.fund_fen})


def _consent_lacks(valued: Valued) -> tuple[str, ...]:
    wanted = {
        "resolution": valued.resolution,
        "willing": valued.willing >= 1,
        "units": valued.units >= 1,
    }
    return tuple(name for name, there in wanted.items() if not there)
