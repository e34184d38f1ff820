"""The act of a stage before its turn, as a case tries it: refused for its place alone."""

from __future__ import annotations

from collections.abc import Mapping

from yishi.core.method.language import StageKind
from yishi.core.topic.facts import (
    Appraised,
    Assigned,
    Conferred,
    Consented,
    Counted,
    Facts,
    Heard,
    Inspected,
    Met,
    Posted,
    Projects,
    Published,
    Screened,
)
from yishi.core.topic.kinds.projects import ACT as END_PROJECTS
from yishi.core.topic.rehearse_scene import WORDS, Deed, Scene
from yishi.core.vote.facts import RollOpened


def ahead(scene: Scene) -> Deed:
    """The act of a stage the topic does not stand in yet, done as well as it can be: everybody is
    there and agrees, so that only the order of the steps is against it."""
    stage, seats = scene.stage, scene.seats()
    papers, least = frozenset(stage.attach), stage.least.number if stage.least else 1
    if stage.by_project:
        counted = Projects(waiting=0, going=least, stopped=0, stage=stage.id, attached=papers)
        return END_PROJECTS, counted, scene.now
    whole = sum(seats.values())
    votes = {option.uid: (whole, 0, 0) for option in scene.topic.options}
    tries: Mapping[StageKind, tuple[str, Facts]] = {
        StageKind.COLLECT: ("topic.collect", Heard(people=least)),
        StageKind.SCREEN: ("topic.screen", Screened(fit=True, attached=papers)),
        StageKind.CONFER: (
            "topic.confer",
            Conferred(present=seats, agreed=seats, words=WORDS, attached=papers),
        ),
        StageKind.MEET: (
            "topic.meet",
            Met(
                came=frozenset(stage.must_come),
                present=seats,
                people=least,
                words=WORDS,
                agreed=True,
                attached=papers,
            ),
        ),
        StageKind.COMMENT: ("topic.post", Posted(until_at=scene.now, where=WORDS)),
        StageKind.NOTICE: ("topic.post", Posted(until_at=scene.now, where=WORDS)),
        StageKind.CONSENT: (
            "topic.consent",
            Consented(body=(*stage.asked, stage.lead)[0], yes=True, attached=papers),
        ),
        StageKind.VOTE: (
            ("topic.open_roll", RollOpened(vote="v", voters=1))
            if stage.voting
            else ("topic.count", Counted(present=seats, votes=votes, by="甲"))
        ),
        StageKind.CARRY_OUT: ("topic.assign", Assigned(unit=WORDS)),
        StageKind.ACCEPT: (
            "topic.accept",
            Inspected(inspectors=least, fit=True, words=WORDS, attached=papers),
        ),
        StageKind.PUBLISH: ("topic.publish", Published(words=WORDS, attached=papers)),
        StageKind.APPRAISE: (
            "topic.appraise",
            Appraised(satisfied=least, basically=0, dissatisfied=0, attached=papers),
        ),
    }
    return *tries[stage.kind], scene.now
