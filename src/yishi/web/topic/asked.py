"""What the stage a topic stands in asks: its rules, who leads, the sum, the papers, the time."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.method.language import Paper, StageKind
from yishi.core.vote.now import VoteState
from yishi.phrases.method import say_paper, say_span, say_stage_kind, say_with_source
from yishi.phrases.method_text import say_bodies
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text
from yishi.phrases.stage_sum import say_sum
from yishi.phrases.topic_clock import say_topic_clock
from yishi.web.topic.shown import Shown


def stage_asks(shown: Shown) -> dict[str, Any]:
    """{name, kind, clock, facts, rules, sums, papers, add}: for `yishi/topic/asks.html`."""
    stage, topic = shown.stage, shown.topic
    return {
        "name": say_text(stage.name),
        "kind": say_stage_kind(stage.kind),
        "procedure": say_text(shown.procedure.name),
        "clock": say_topic_clock(
            topic.stage_kind, topic.tally, topic.due_at, topic.amber_at, topic.entered_at, shown.now
        ),
        "facts": _facts(shown),
        "rules": [say_text(rule) for rule in stage.rules],
        "sums": say_sum(stage, shown.seats, shown.tally, shown.now),
        "papers": _papers(shown),
        "add": _add(shown),
    }


def _facts(shown: Shown) -> list[dict[str, str]]:
    """Who leads, keeps the record, decides, takes part; how long it may take and how often."""
    stage = shown.stage
    visit = shown.held.now.visits.get(stage.id, 1)
    times = ""
    if stage.times is not None:
        known = {"visit": visit, "most": stage.times.number}
        times = _("number %(visit)s of at most %(most)s") % known
    facts = [
        (_("Leads"), say_kind(stage.lead)),
        (_("Keeps the record"), say_kind(stage.carry) if stage.carry else ""),
        (_("Decides"), say_bodies(stage.decides)),
        (_("Takes part"), say_bodies(stage.parties)),
        (_("Sits in, does not vote"), say_bodies(stage.observers)),
        (
            _("Time limit"),
            say_with_source(say_span(stage.limit), stage.limit.source)
            if stage.limit
            else say_text(stage.unlimited)
            if stage.unlimited
            else "",
        ),
        (_("Which time"), times),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _papers(shown: Shown) -> list[dict[str, Any]]:
    """What must be attached before the stage is left, and whether it is there; for staff."""
    if not shown.actor.seats:
        return []
    return [
        {"word": say_paper(paper), "there": paper in shown.held.attached}
        for paper in shown.stage.attach
        # Two equal counts are this paper; of a vote held elsewhere it is what its system gave.
        if not (
            paper is Paper.COUNT
            and shown.kind is StageKind.VOTE
            and shown.tally.get("state") != VoteState.HANDED
        )
    ]


def _add(shown: Shown) -> str:
    """Where a paper is attached, for those who may."""
    if not shown.stage.attach or not shown.may("topic.attach"):
        return ""
    return reverse("topic_paper", args=[shown.topic.uid])
