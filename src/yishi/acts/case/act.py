"""The shape every act on a case has: hold it, decide by the rules in force there, write."""

from collections.abc import Callable

from yishi.acts.apply import HeldCase, Plan, hold, write_plan
from yishi.acts.door import Ask, Done, Step, enter
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal
from yishi.records.models import Assignment
from yishi.records.queries.rule import InForce, in_force, today_of

Decide = Callable[[HeldCase, InForce], "Plan | Advanced | Refusal"]


def act_on(
    ask: Ask,
    act: str,
    case_uid: str,
    decide: Decide,
    values: Callable[[HeldCase], dict[str, object]] | None = None,
) -> Done | Refusal:
    """Does `act` to the case. `values` are columns to set besides what `decide` changes."""

    def plan(held: HeldCase) -> Plan | Refusal:
        rules = in_force(held.locked.case.place, today_of(ask.now))
        answer = decide(held, rules)
        if isinstance(answer, Refusal):
            return answer
        made = (
            Plan(answer, values(held) if values else {}) if isinstance(answer, Advanced) else answer
        )
        return too_long(made.advanced, rules) or made

    return enter(
        ask,
        Step(
            act,
            lambda: hold(case_uid),
            plan,
            lambda held, made, granted: write_plan(ask, act, held, made, granted),
            subject=case_uid,
        ),
    )


def too_long(advanced: Advanced, rules: InForce, *more: str) -> Refusal | None:
    """Whatever somebody wrote, in the event or `more`, fits the adopted length. Refuses with
    `words_too_long`."""
    limit = rules.terms.rules.words_max
    written = (*more, *advanced.event.params.values())
    longest = max((len(v) for v in written if isinstance(v, str)), default=0)
    if longest > limit:
        return Refusal("words_too_long", limit, longest, "characters", rules.terms.rules.id)
    return None


def own_work(ask: Ask, held: HeldCase, unit_uid: str = "") -> Assignment | Refusal:
    """The assignment the actor speaks for: their body's, or the one named. `not_your_work`."""
    bodies = ask.actor.bodies()
    for row in held.locked.assignments:
        named = not unit_uid or row.unit.uid == unit_uid
        if named and (ask.actor.system or row.unit_id in bodies):
            return row
    return Refusal("not_your_work")
