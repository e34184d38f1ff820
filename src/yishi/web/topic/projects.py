"""A stage of a round is over: every wish and project has been through it."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.acts.round import ending
from yishi.core.method.language import StageKind
from yishi.core.refusal import Refusal
from yishi.core.topic.kinds.projects import ACT, end_projects
from yishi.web.topic.collecting import NothingForm
from yishi.web.topic.deed import Deed
from yishi.web.topic.said import say_here
from yishi.web.topic.shown import Shown

# What is missing whatever papers are attached here.
FIRST = ("call_runs", "projects_waiting", "scores_run", "calendar_missing")


def _barred(shown: Shown) -> Refusal | None:
    stage = shown.held.stage
    if stage is None or not (stage.by_project or stage.kind is StageKind.VOTE):
        return None
    facts = ending.facts_of(shown.held, stage)
    if isinstance(facts, Refusal):
        return facts
    answer = end_projects(stage, shown.held.now, facts, shown.now)
    return answer if isinstance(answer, Refusal) and answer.code in FIRST else None


def waits(shown: Shown) -> dict[str, Any] | None:
    """For those who may end the step: why not yet, and what waits; None where they may now, or it
    is theirs at no time."""
    stage = shown.held.stage
    if stage is None or not stage.by_project or not shown.may(ACT):
        return None
    refused = _barred(shown)
    return say_here(shown, refused) if refused else None


def _ready(shown: Shown) -> bool:
    """It can be ended now; a vote only where there is nothing to vote on."""
    return _barred(shown) is None


def _lead(shown: Shown) -> str:
    stage = shown.held.stage
    facts = ending.facts_of(shown.held, stage) if stage is not None else None
    if facts is None or isinstance(facts, Refusal):
        return ""
    known = {"going": facts.going, "stopped": facts.stopped}
    if stage is not None and stage.kind in (StageKind.COLLECT, StageKind.SCREEN):
        said = _("%(going)s go on, %(stopped)s do not. Nothing is added to this step afterwards.")
    else:
        said = _("%(going)s projects go on, %(stopped)s do not. The step ends for all of them.")
    told = said % known
    if facts.few:
        told = _("%(said)s Too few scored %(n)s of them: these count as neither.") % {
            "said": told,
            "n": facts.few,
        }
    return told


END = Deed(
    "end-projects",
    ACT,
    lambda: _("Has every one been through this step?"),
    lambda: _("End the step for all of them"),
    lambda: _("Ended. The round has gone on to its next step."),
    NothingForm,
    lambda ask, shown, given: ending.end_projects(ask, shown.topic.uid),
    lead=_lead,
    ready=_ready,
    barred=_barred,
    mark="next",
)
