"""The call-back: a rating given by the resident, or on the phone."""

from collections.abc import Mapping

from yishi.acts.apply import HeldCase, Plan, hold, write_plan
from yishi.acts.case.act import too_long
from yishi.acts.door import Ask, Done, Step, enter
from yishi.core.case import closing
from yishi.core.case.closing import Rating as RatingValue
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import (
    Order,
    Rating,
)
from yishi.records.queries.case import LockedCase
from yishi.records.queries.rule import in_force, today_of


def rate(
    ask: Ask,
    report_uid: str,
    case_uid: str,
    solved: bool,
    satisfaction: str,
    stars: Mapping[str, int],
    words: str,
) -> Done | Refusal:
    """The resident's own call-back on their report. Refuses as `core.case.closing.call_back`."""
    return call_back(
        ask,
        case_uid,
        RatingValue(report_uid, solved, satisfaction, stars, words),
        act="report.rate",
    )


def call_back(ask: Ask, case_uid: str, rating: RatingValue, *, act: str) -> Done | Refusal:
    """One rating, given on the phone (`case.call_back`) or by the resident (`report.rate`)."""
    by_resident = act == "report.rate"

    def decide(held: HeldCase) -> Plan | Refusal:
        locked = held.locked
        own = next((r for r in locked.reports if r.uid == rating.report), None)
        if by_resident and (own is None or own.person_id != ask.actor.person_id):
            return Refusal("not_found", have="report")
        rules = in_force(locked.case.place, today_of(ask.now))
        advanced = closing.call_back(
            locked.now, rating, rules.terms, ask.now, by_resident=by_resident
        )
        if isinstance(advanced, Refusal):
            return advanced
        assert own is not None
        said = next(r for r in locked.now.reports if r.uid == own.uid)
        if longer := too_long(advanced, rules):
            return longer
        row = Rating(
            uid=new_uid(ask.entropy),
            report=own,
            case=locked.case,
            # Merging brings together reports that are in different rounds.
            round=max(locked.case.dissatisfied, said.rounds) + 1,
            solved=rating.solved,
            satisfaction=rating.satisfaction,
            words=rating.words,
            by_resident=by_resident,
            rated_at=ask.now,
            **rating.stars,
        )
        return Plan(advanced, after=(row, *_order(ask, locked, advanced)))

    return enter(
        ask,
        Step(
            act,
            lambda: hold(case_uid),
            decide,
            lambda held, plan, granted: write_plan(ask, act, held, plan, granted),
            subject=case_uid,
        ),
    )


def _order(ask: Ask, locked: LockedCase, advanced: Advanced) -> tuple[Order, ...]:
    """The supervisory order that goes out with the second dissatisfaction."""
    lead = next((row for row in locked.assignments if row.is_lead), None)
    if not advanced.event.facts.get("ordered") or lead is None:
        return ()
    order = Order(
        uid=new_uid(ask.entropy),
        case=locked.case,
        unit_id=lead.unit_id,
        cause="twice",
        words="",
        issued_at=ask.now,
    )
    return (order,)
