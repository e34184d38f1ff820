"""Works of a project: contracted or built by the residents themselves, its steps with photos, a
change of its cost, and those who look on.

Source: practice G10–G12, C5; norms.md §3.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yishi.core.method.language import StageKind
from yishi.core.method.round import LOOKS_A_DAY, MILESTONES, Most, Round
from yishi.core.outcome import Event
from yishi.core.project.costing import quotes_few
from yishi.core.project.now import ChangeState, ProjectNow
from yishi.core.project.saying import SOURCE, event, must_be_in
from yishi.core.refusal import Refusal

WATCHED = "practice G12"
NAME_MAX = 80
# As where the terms do not say it.
STEPS, LOOKS = Most(MILESTONES), Most(LOOKS_A_DAY)


@dataclass(frozen=True, slots=True)
class Contracted:
    """By whom it is built, for how much, from which day to which. `taken_fen`: what the quotation
    that was taken says, None without one; `why`: where the sum is another one, or none was taken;
    `money_paid_fen`: what was paid in money before it, by a contract before a change.
    """

    contractor: str
    amount_fen: int
    begins_on: date
    ends_on: date
    taken_fen: int | None = None
    why: str = ""
    has_paper: bool = False
    money_paid_fen: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: its name, and whether it is reached."""

    no: int
    name: str
    reached: bool = False


def must_be_works(now: ProjectNow) -> Refusal | None:
    """Its round carries out now. Refused: `round_elsewhere`."""
    return must_be_in(now, StageKind.CARRY_OUT)


def contract(now: ProjectNow, facts: Contracted) -> Event | Refusal:
    """It is built by somebody for a sum within its cost. Refused: `round_elsewhere`,
    `contractor_missing`, `amount_wrong`, `contract_over` (need: the cost), `contract_below_paid`
    (need: what was paid in money before), `contract_differs` (need: what was taken; no reason),
    `days_wrong`, `contract_paper_missing`."""
    wrong = must_be_works(now) or _days(facts.begins_on, facts.ends_on)
    if wrong:
        return wrong
    if not facts.contractor.strip():
        return Refusal("contractor_missing", source=SOURCE)
    if facts.amount_fen <= 0:
        return Refusal("amount_wrong", 1, facts.amount_fen, "fen", SOURCE)
    assert now.cost_fen is not None
    if facts.amount_fen > now.cost_fen:
        return Refusal("contract_over", now.cost_fen, facts.amount_fen, "fen", SOURCE)
    if facts.amount_fen < facts.money_paid_fen:
        paid = facts.money_paid_fen
        return Refusal("contract_below_paid", paid, facts.amount_fen, "fen", SOURCE)
    if facts.amount_fen != facts.taken_fen and not facts.why.strip():
        return Refusal("contract_differs", facts.taken_fen, facts.amount_fen, "fen", SOURCE)
    if not facts.has_paper:
        return Refusal("contract_paper_missing", 1, 0, "paper", SOURCE)
    return event(
        "contracted",
        {"amount": facts.amount_fen},
        contractor=facts.contractor.strip(),
        begins=facts.begins_on.isoformat(),
        ends=facts.ends_on.isoformat(),
        words=facts.why.strip(),
    )


def build_selves(
    now: ProjectNow, most_fen: int, builder: str, begins_on: date, ends_on: date
) -> Event | Refusal:
    """Residents build it themselves, a body answering for it. `most_fen`: up to what cost the
    round allows it. Refused: `round_elsewhere`, `days_wrong`, `builder_missing`,
    `self_built_over`."""
    wrong = must_be_works(now) or _days(begins_on, ends_on)
    if wrong:
        return wrong
    if not builder:
        return Refusal("builder_missing", source=SOURCE)
    assert now.cost_fen is not None
    if now.cost_fen > most_fen:
        return Refusal("self_built_over", most_fen, now.cost_fen, "fen", SOURCE)
    days = {"begins": begins_on.isoformat(), "ends": ends_on.isoformat()}
    return event("self_built", {}, unit=builder, **days)


def plan_milestones(
    now: ProjectNow,
    steps: Sequence[Step],
    planned: Sequence[tuple[str, date]],
    begins_on: date,
    most: Most = STEPS,
) -> Event | Refusal:
    """More steps join the plan; `most`: as the terms of the round allow. Refused:
    `round_elsewhere`, `milestones_missing`, `milestones_many`, `milestone_twice`, `milestone_early`
    (before the works begin)."""
    wrong = must_be_works(now)
    if wrong:
        return wrong
    names = [name.strip() for name, _ in planned]
    if not names or not all(names):
        return Refusal("milestones_missing", 1, 0, "milestone", SOURCE)
    long = max(map(len, names))
    if long > NAME_MAX:
        return Refusal("words_too_long", NAME_MAX, long, "characters", "ours")
    every = [*(one.name for one in steps), *names]
    if len(every) > most.number:
        return Refusal("milestones_many", most.number, len(every), "milestone", most.source)
    twice = next((name for name in names if every.count(name) > 1), "")
    if twice:
        return Refusal("milestone_twice", have=twice, source=SOURCE)
    first = min(day for _, day in planned)
    if first < begins_on:
        return Refusal("milestone_early", begins_on, first, "day", SOURCE)
    return event("milestones_planned", {"milestones": len(names)})


def reach_milestone(
    now: ProjectNow, steps: Sequence[Step], no: int, words: str, photos: int
) -> Event | Refusal:
    """A step is done, and a photo shows it. Refused: `round_elsewhere`, `milestone_unknown`,
    `milestone_reached`, `proof_missing`."""
    wrong = must_be_works(now)
    if wrong:
        return wrong
    step = next((one for one in steps if one.no == no), None)
    if step is None:
        return Refusal("milestone_unknown", source=SOURCE)
    if step.reached:
        return Refusal("milestone_reached", have=step.name, source=SOURCE)
    if photos < 1:
        return Refusal("proof_missing", 1, photos, "photos", SOURCE)
    return event("milestone_reached", {"no": no}, name=step.name, words=words.strip())


def ask_change(now: ProjectNow, is_open: bool, to_fen: int, why: str) -> Event | Refusal:
    """变更: its cost is to be another one. Refused: `round_elsewhere`, `change_open` (one is still
    to be decided), `amount_wrong`, `change_same`, `change_below_paid` (need: what was paid),
    `why_missing`."""
    wrong = must_be_works(now)
    if wrong:
        return wrong
    if is_open:
        return Refusal("change_open", source=SOURCE)
    if to_fen <= 0:
        return Refusal("amount_wrong", 1, to_fen, "fen", SOURCE)
    if to_fen == now.cost_fen:
        return Refusal("change_same", source=SOURCE)
    if to_fen < now.paid_fen:
        return Refusal("change_below_paid", now.paid_fen, to_fen, "fen", SOURCE)
    if not why.strip():
        return Refusal("why_missing", 1, 0, "words", SOURCE)
    assert now.cost_fen is not None
    return event("change_asked", {"from": now.cost_fen, "to": to_fen}, words=why.strip())


def decide_change(
    now: ProjectNow,
    change: tuple[int, int, ChangeState],
    words: str,
    terms: Round,
    quotations: int,
    *,
    yes: bool,
) -> Event | Refusal:
    """`change`: from, to, its state. Approved, the money is found or given back anew before the
    works go on. Refused: `round_elsewhere`, `change_decided`, `change_stale` (the cost is another
    one meanwhile), `change_below_paid`, `quotes_few` (dearer, and too few were compared),
    `words_missing` (refused without a reason)."""
    from_fen, to_fen, state = change
    wrong = must_be_works(now)
    if wrong:
        return wrong
    if state is not ChangeState.ASKED:
        return Refusal("change_decided", source=SOURCE)
    if not yes and not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    sums: dict[str, int | str] = {"from": from_fen, "to": to_fen}
    if not yes:
        return event("change_refused", sums, words=words.strip())
    if now.cost_fen != from_fen:
        return Refusal("change_stale", source=SOURCE)
    if to_fen < now.paid_fen:
        return Refusal("change_below_paid", now.paid_fen, to_fen, "fen", SOURCE)
    few = quotes_few(terms, to_fen, quotations) if to_fen > from_fen else None
    if few:
        return few
    return event("change_approved", sums, words=words.strip())


def watch(now: ProjectNow, words: str, today: int, most: Most = LOOKS) -> Event | Refusal:
    """Somebody saw it being built. `today`: how often they said so today; `most`: as the terms of
    the round allow. Refused: `round_elsewhere`, `words_missing`, `looks_many`."""
    wrong = must_be_works(now)
    if wrong:
        return wrong
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", WATCHED)
    if today >= most.number:
        return Refusal("looks_many", most.number, today, "look", most.source)
    return event("watched", {})


def report_built(
    now: ProjectNow, steps: Collection[Step], is_open: bool, words: str, photos: int
) -> Event | Refusal:
    """It is built. Refused: `round_elsewhere`, `change_open`, `milestones_missing` (none was
    planned), `milestones_open` (need: all, have: those reached), `words_missing`,
    `proof_missing`."""
    wrong = must_be_works(now)
    if wrong:
        return wrong
    if is_open:
        return Refusal("change_open", source=SOURCE)
    if not steps:
        return Refusal("milestones_missing", 1, 0, "milestone", SOURCE)
    reached = sum(one.reached for one in steps)
    if reached < len(steps):
        return Refusal("milestones_open", len(steps), reached, "milestone", SOURCE)
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    if photos < 1:
        return Refusal("proof_missing", 1, photos, "photos", SOURCE)
    return event("built", {"milestones": len(steps)}, words=words.strip())


def stop(now: ProjectNow, why: str, left: Mapping[str, int]) -> Event | Refusal:
    """It is not done, or no further. `left`: what was set aside and not spent, by whom, which goes
    back. Refused: `why_missing`."""
    if not why.strip():
        return Refusal("why_missing", 1, 0, "words", SOURCE)
    return event("stopped", {"spent": now.paid_fen, "back": sum(left.values())}, why=why.strip())


def _days(begins_on: date, ends_on: date) -> Refusal | None:
    if ends_on < begins_on:
        return Refusal("days_wrong", begins_on, ends_on, "day", SOURCE)
    return None
