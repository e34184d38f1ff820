"""What an act would lead to, asked of the interpreter itself before anybody does it."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.floors import matter_of
from yishi.core.method.language import Edge, Paper, StageKind
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Facts
from yishi.core.topic.kinds.base import must_be_open
from yishi.core.topic.kinds.vote import whose
from yishi.core.topic.now import Advanced, TopicState
from yishi.core.topic.step import step
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text
from yishi.records.queries.rule import floors_at, today_of
from yishi.web.topic.said import say_here
from yishi.web.topic.shown import Shown


def foreseen(shown: Shown, act: str, facts: Facts, codes: Collection[str]) -> Refusal | None:
    """Why `act` is refused now whatever is typed: one of `codes`, None for any other answer."""
    answer = step(shown.procedure, shown.held.now, act, facts, shown.now)
    return answer if isinstance(answer, Refusal) and answer.code in codes else None


def ahead(shown: Shown, act: str, facts: Facts) -> Advanced | None:
    """The topic after `act` with all its papers; None where the interpreter refuses it."""
    whole = replace(facts, attached=frozenset(Paper))
    answer = step(shown.procedure, shown.held.now, act, whole, shown.now)
    return None if isinstance(answer, Refusal) else answer


def say_ahead(shown: Shown, after: Advanced | None) -> str:
    """Where the topic stands then: “step” and who leads it, or the end it comes to."""
    if after is None:
        return ""
    if after.topic.state is TopicState.ENDED:
        end = shown.procedure.end(after.topic.outcome)
        return _("the topic ends: “%(end)s”") % {"end": say_text(end.name) if end else ""}
    stage = shown.procedure.stage(after.topic.stage)
    assert stage is not None
    said = {"stage": say_text(stage.name), "lead": say_kind(stage.lead)}
    return _("“%(stage)s”, led by: %(lead)s") % said


def is_spent(after: Advanced | None) -> bool:
    """Whether on the way a step is passed by because it was taken as often as allowed."""
    return after is not None and any(one.edge == Edge.EXHAUSTED for one in after.passed)


def locked(shown: Shown) -> dict[str, Refusal]:
    """Option → why it is not for those of the stage to choose: its matter is somebody else's."""
    mine = whose(shown.stage) if shown.kind is StageKind.VOTE else None
    found = {}
    for one in shown.held.now.options:
        why = must_be_open(shown.held.now, one.uid, mine)
        if why is not None and why.code != "option_unknown":
            found[one.uid] = why
    return found


def say_locked(shown: Shown) -> list[dict[str, Any]]:
    """The locked options as the page shows them: {no, title, why, route}. One query where there
    is one, none where there is none."""
    barred = locked(shown)
    if not barred:
        return []
    layers = floors_at(shown.topic.place, today_of(shown.now))
    told = []
    for row in shown.options:
        if row.uid in barred:
            said = say_here(shown, barred[row.uid])
            matter = matter_of(layers, row.matter)
            route = say_text(matter.route) if matter else said["next"]
            told.append({"no": row.no, "title": row.title, "why": said["missing"], "route": route})
    return told
