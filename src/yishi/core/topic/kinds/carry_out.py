"""carry_out 实施: given to a unit, done with proof, or it cannot be done and why.

Others are called for parts of it (`parts`), and bodies look on (`watching`). An option that fails
goes back to whoever decided, or on to the next that passed; every try stays. What runs on trial
runs for the whole of its period before it is done; that it fails may be said at any time.
Source: C4, C5, H11; norms.md §2, outcome of a deliberation.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from yishi.core.method.language import Edge, Fallback, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Assigned, CarriedOut
from yishi.core.topic.kinds.base import Decider, event, must_attach, must_be_open
from yishi.core.topic.kinds.parts import PART_ACTS, parts_open
from yishi.core.topic.kinds.watching import WATCH_ACTS, watched
from yishi.core.topic.now import Leave, OptionNow, OptionState, Stay, TopicNow


def assign(stage: Stage, topic: TopicNow, facts: Assigned, now: datetime) -> Stay | Refusal:
    """Given to a unit; where nobody has chosen an option yet, as in an urgent matter, it is named.

    Refused: `nothing_chosen`, `already_assigned`, `option_unknown`, `competence_owners`,
    `competence_duty`.
    """
    uid = topic.chosen or facts.option
    if not uid:
        return Refusal("nothing_chosen", 1, 0, "option", stage.id)
    if topic.tally.get("unit"):
        return Refusal("already_assigned", 1, 2, "unit", stage.id)
    chosen = topic.option(uid)
    # What was done and not accepted is done again.
    wrong = None if uid == topic.chosen else must_be_open(topic, uid)
    if wrong or chosen is None:
        return wrong or Refusal("nothing_chosen", 1, 0, "option", stage.id)
    tries = tuple(
        replace(option, tries=option.tries + 1, state=OptionState.CHOSEN)
        if option is chosen
        else option
        for option in topic.options
    )
    said = event("assigned", stage, topic, option=chosen.no)
    tally: dict[str, object] = {"unit": facts.unit}
    if stage.period is not None and facts.not_before is not None:
        tally["not_before"] = facts.not_before.isoformat()
    return Stay(said, tally, tries, uid)


def report_done(stage: Stage, topic: TopicNow, facts: CarriedOut, now: datetime) -> Leave | Refusal:
    """Done, with proof. Refused: `not_assigned`, `words_missing`, `trial_runs` (it runs on trial
    until then), `watch_missing` (a body that looks on has not looked yet), `parts_open` (a part
    that others took on), `attach_missing`."""
    chosen, wrong = _tried(stage, topic, facts)
    if chosen is None:
        return wrong or Refusal("nothing_chosen", 1, 0, "option", stage.id)
    until = runs_until(topic)
    if stage.period is not None and until is not None and now < until:
        source = stage.period.source
        return Refusal("trial_runs", until.isoformat(), now.isoformat(), "moment", source)
    seen = watched(stage, topic)
    if len(seen) < len(stage.watch):
        return Refusal("watch_missing", stage.watch, seen, "body", stage.id)
    waiting = parts_open(topic)
    if waiting and not facts.excused:
        return Refusal("parts_open", 0, waiting, "part", "norms.md §1 Lead is responsible")
    done = _set(topic, chosen, OptionState.DONE)
    said = event("done", stage, topic, option=chosen.no)
    return must_attach(stage, facts) or Leave(Edge.PASS, said, done)


def report_failed(
    stage: Stage, topic: TopicNow, facts: CarriedOut, now: datetime
) -> Stay | Leave | Refusal:
    """It cannot be done, and why. Refused: `not_assigned`, `words_missing`."""
    chosen, wrong = _tried(stage, topic, facts)
    if chosen is None:
        return wrong or Refusal("nothing_chosen", 1, 0, "option", stage.id)
    options = _set(topic, chosen, OptionState.FAILED)
    following = min(
        (o for o in options if o.rank > chosen.rank and o.state is OptionState.OPEN),
        key=lambda option: option.rank,
        default=None,
    )
    if stage.fallback is Fallback.RANKED and following is not None:
        options = tuple(
            replace(o, state=OptionState.CHOSEN) if o.uid == following.uid else o for o in options
        )
        said = event("fell_back", stage, topic, option=chosen.no, next=following.no)
        # The same stage goes on with the next option: nothing is given to anybody yet.
        return Leave(Edge.PASS, said, options, following.uid, tally={"again": True})
    said = event("failed", stage, topic, option=chosen.no)
    return Leave(Edge.FAIL, said, options, "")


def runs_until(topic: TopicNow) -> datetime | None:
    """Until when what is carried out runs on trial; None where it does not, or nobody has it."""
    until = topic.tally.get("not_before")
    return None if until is None else datetime.fromisoformat(str(until))


def _tried(
    stage: Stage, topic: TopicNow, facts: CarriedOut
) -> tuple[OptionNow | None, Refusal | None]:
    chosen = topic.option(topic.chosen)
    if chosen is None:
        return None, Refusal("nothing_chosen", 1, 0, "option", stage.id)
    if not topic.tally.get("unit"):
        return None, Refusal("not_assigned", 1, 0, "unit", stage.id)
    if not facts.words.strip():
        return None, Refusal("words_missing", 1, 0, "words", stage.id)
    return chosen, None


def _set(topic: TopicNow, one: OptionNow, state: OptionState) -> tuple[OptionNow, ...]:
    return tuple(
        replace(option, state=state) if option.uid == one.uid else option
        for option in topic.options
    )


ACTS: dict[str, Decider] = {
    "topic.assign": assign,
    "topic.report_done": report_done,
    "topic.report_failed": report_failed,
    **PART_ACTS,
    **WATCH_ACTS,
}
