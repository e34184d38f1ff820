"""What a project is to cost, by a named body; what bodies say of it; quotations compared.

Source: practice G10 (by project sum, urgency and importance), G12 (the legal adviser); norms.md §3
(comparing quotations).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from yishi.core.method.language import StageKind
from yishi.core.method.round import Round
from yishi.core.outcome import Event
from yishi.core.project.now import OpinionOn, ProjectNow, ProjectState
from yishi.core.project.saying import SOURCE, event, must_be_in
from yishi.core.refusal import Refusal

S = ProjectState
# While it is still being talked over.
COSTING = (S.SCREENED, S.COSTED)
# Quotations are entered in the talks, and in the works for a cost that changes; one is taken until
# the contract is signed.
QUOTING = (*COSTING, S.CHOSEN, S.FUNDED, S.UNDER_WAY)
TAKING = (*COSTING, S.CHOSEN, S.FUNDED)
URGENCIES = range(1, 4)
BIDDER_MAX = 120
# What a favourable word is asked for, or an answer where it is against it.
AGAINST = (OpinionOn.FEASIBLE, OpinionOn.LEGAL, OpinionOn.PLANNED, OpinionOn.SPLIT)


@dataclass(frozen=True, slots=True)
class OpinionNow:
    """What a body says: on what, for or against, of a cost how much. `paper`: it lies with it;
    `own`: whoever writes it speaks for the body."""

    on: OpinionOn
    body: str
    is_favourable: bool
    words: str
    amount_fen: int | None = None
    paper: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class QuotationNow:
    """What somebody would do it for."""

    uid: str
    bidder: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Costed:
    """By which body, how much, how urgent (1 to 3, 3 the most) and how many households benefit."""

    body: str
    cost_fen: int
    urgency: int
    households: int


def add_opinion(project: ProjectNow, opinion: OpinionNow) -> Event | Refusal:
    """A body says what it thinks. Refused: `round_elsewhere`, `words_missing`, `amount_wrong` (a
    cost has an amount, nothing else has one), `paper_missing` (somebody else wrote it down)."""
    elsewhere = must_be_in(project, StageKind.CONFER)
    if elsewhere:
        return elsewhere
    if not opinion.words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    on_cost = opinion.on is OpinionOn.COST
    if on_cost != (opinion.amount_fen is not None) or (on_cost and (opinion.amount_fen or 0) <= 0):
        return Refusal("amount_wrong", 1, opinion.amount_fen or 0, "fen", SOURCE)
    if not opinion.own and not opinion.paper:
        return Refusal("opinion_paper_missing", 1, 0, "paper", SOURCE)
    facts: dict[str, int | str] = {"on": opinion.on, "favourable": int(opinion.is_favourable)}
    if opinion.amount_fen is not None:
        facts["amount"] = opinion.amount_fen
    return event("opinion_added", facts, words=opinion.words)


def add_quotation(
    project: ProjectNow, bidder: str, amount_fen: int, known: Collection[str], *, paper: bool
) -> Event | Refusal:
    """One more would do it, for so much, as its paper says. `known`: who quoted before. Refused:
    `round_elsewhere`, `bidder_missing`, `bidder_long`, `bidder_twice`, `amount_wrong`,
    `quotation_paper_missing`.
    """
    elsewhere = _must_compare(project)
    if elsewhere:
        return elsewhere
    if not bidder.strip():
        return Refusal("bidder_missing", source=SOURCE)
    if len(bidder.strip()) > BIDDER_MAX:
        return Refusal("bidder_long", BIDDER_MAX, len(bidder.strip()), "characters", SOURCE)
    if bidder.strip() in known:
        return Refusal("bidder_twice", source=SOURCE)
    if amount_fen <= 0:
        return Refusal("amount_wrong", 1, amount_fen, "fen", SOURCE)
    if not paper:
        return Refusal("quotation_paper_missing", 1, 0, "paper", SOURCE)
    return event("quotation_added", {"amount": amount_fen}, bidder=bidder.strip())


def cost(
    project: ProjectNow, terms: Round, costed: Costed, worked_out_fen: int | None, quotations: int
) -> Event | Refusal:
    """What it is to cost, as that body worked it out (`worked_out_fen`, the last it said).

    Refused: `round_elsewhere`, `amount_wrong`, `urgency_wrong`, `households_wrong`,
    `cost_opinion_missing`, `cost_differs`, `quotes_few`, `funders_over` (more is confirmed than it
    is to cost).
    """
    elsewhere = must_be_in(project, StageKind.CONFER)
    if elsewhere:
        return elsewhere
    if costed.cost_fen <= 0:
        return Refusal("amount_wrong", 1, costed.cost_fen, "fen", SOURCE)
    if costed.urgency not in URGENCIES:
        return Refusal("urgency_wrong", "1–3", costed.urgency, "", "practice G10")
    if costed.households < 1:
        return Refusal("households_wrong", 1, costed.households, "", "practice G10")
    if worked_out_fen is None:
        return Refusal("cost_opinion_missing", 1, 0, "opinion", SOURCE)
    if worked_out_fen != costed.cost_fen:
        return Refusal("cost_differs", worked_out_fen, costed.cost_fen, "fen", SOURCE)
    few = quotes_few(terms, costed.cost_fen, quotations)
    if few:
        return few
    if project.confirmed_fen > costed.cost_fen:
        return Refusal("funders_over", costed.cost_fen, project.confirmed_fen, "fen", SOURCE)
    facts: dict[str, int | str] = {
        "cost": costed.cost_fen,
        "urgency": costed.urgency,
        "households": costed.households,
    }
    return event("costed", facts)


def take_quotation(
    project: ProjectNow, uid: str, quotations: Collection[QuotationNow], terms: Round, why: str
) -> Event | Refusal:
    """One of them is taken, with the reason where another asked for less. Refused:
    `round_elsewhere`, `quotation_unknown`, `quotes_few`, `why_missing`."""
    elsewhere = _must_compare(project)
    if elsewhere:
        return elsewhere
    taken = next((one for one in quotations if one.uid == uid), None)
    if taken is None:
        return Refusal("quotation_unknown", source=SOURCE)
    few = quotes_few(terms, taken.amount_fen, len(quotations))
    if few:
        return few
    lowest = min(one.amount_fen for one in quotations)
    if taken.amount_fen > lowest and not why.strip():
        return Refusal("quotation_why_missing", lowest, taken.amount_fen, "fen", SOURCE)
    facts: dict[str, int | str] = {"amount": taken.amount_fen, "lowest": lowest}
    return event("quotation_taken", facts, bidder=taken.bidder, words=why.strip())


def quotes_few(terms: Round, cost_fen: int, quotations: int) -> Refusal | None:
    """From the cost the terms name on so many quotations are compared, whether it is the first cost
    or a later one. Refused: `quotes_few`."""
    if cost_fen < terms.quotes_from_fen or quotations >= terms.quotes:
        return None
    source = terms.sources.get("quotes", SOURCE)
    return Refusal("quotes_few", terms.quotes, quotations, "quotation", source)


def standing_against(opinions: Collection[OpinionNow]) -> tuple[OpinionOn, ...]:
    """On what the last word of a body is against it. `opinions` in the order they were given."""
    last = {(one.body, one.on): one for one in opinions}
    against = {one.on for one in last.values() if not one.is_favourable}
    return tuple(on for on in AGAINST if on in against)


def _must_compare(project: ProjectNow) -> Refusal | None:
    """The round stands where quotations are compared: in its talks, later in its works."""
    talks = project.state in COSTING
    return must_be_in(project, StageKind.CONFER if talks else StageKind.CARRY_OUT)
