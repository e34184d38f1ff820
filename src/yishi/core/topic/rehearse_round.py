"""What a sentence of a case does in a stage of a round of small works: it is ended, by the numbers
of projects it says. What becomes of one project is played elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yishi.core.calendar import due
from yishi.core.topic.facts import Projects
from yishi.core.topic.kinds.projects import ACT
from yishi.core.topic.rehearse_scene import Deed, Scene
from yishi.core.topic.sentence import Said


def by_project(scene: Scene, said: Said, now: datetime) -> Iterator[Deed]:
    """So many wishes were put forward, or so many projects went through; those of which nothing is
    said go on. The call is ended at `now`; nothing where the sentence says neither."""
    passed, none = said.one("going"), said.has("none_going")
    waiting, period = said.number("projects_left"), scene.stage.period
    through = said.one("proposed") or said.one("gone_through")
    if through is None:
        return
    going = 0 if none else passed.number if passed else through.number
    facts = Projects(
        waiting=waiting,
        going=going,
        stopped=through.number - going,
        until_at=due(scene.now, period.span, scene.calendar) if period else None,
        attached=scene.papers(said),
    )
    yield ACT, facts, now
