"""What a sentence of a case does in a vote by roll: the roll on view, the vote opened, its ballots
counted; or handed to the city's own system and its result brought back.

What the sentence does not say is as it should be: the roll is on view as long as the stage says,
the vote is open to its end, every paper ballot was entered twice alike, every hand was counted; in
a round projects were agreed on and there is money.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from yishi.core.calendar import Span, SpanKind, due
from yishi.core.method.language import Unit
from yishi.core.method.measure import Limit
from yishi.core.topic.facts import Facts
from yishi.core.topic.rehearse_scene import EVENING, Deed, Scene
from yishi.core.topic.sentence import Said
from yishi.core.vote.facts import Brought, RollOpened, VoteClosed, VoteHanded, VoteOpened, Votes
from yishi.core.vote.now import Way

SQUARE_METRE = 10_000  # square centimetres
SYSTEM = "市里的表决系统"


def by_roll(scene: Scene, said: Said) -> Iterator[Deed]:
    """The acts of a sentence in a vote by roll, from where the vote stands on."""
    state = str(scene.topic.tally.get("state", ""))
    if said.has("brought"):
        yield from _brought(scene, said)
        return
    voting = scene.stage.voting
    assert voting is not None
    now = scene.now
    if not state:
        roll_until = _after(scene, now, voting.roll)
        facts = RollOpened(
            vote="v", voters=scene.voters, area_cm2=scene.area_cm2, until_at=roll_until
        )
        yield "topic.open_roll", facts, now
        now = _said_day(scene, said, "roll", now) or roll_until or now
    if said.has("handed"):
        objections = said.number("roll_objections")
        handed = VoteHanded(to=SYSTEM, voters=scene.voters, objections=objections)
        yield "topic.hand_vote", handed, now
        return
    if state != "open":
        until = _after(scene, now, voting.period)
        assert until is not None
        opened = VoteOpened(
            voters=scene.voters,
            area_cm2=scene.area_cm2,
            objections=said.number("roll_objections"),
            until_at=until,
            projects=1,
            money_fen=1,
        )
        yield "topic.open_vote", opened, now
    else:
        until = datetime.fromisoformat(str(scene.topic.tally["until"]))
        said.every("roll_objections")
    if not said.has("opened"):
        yield "topic.close_vote", _closed(scene, said), _said_day(scene, said, "poll", now) or until


def _closed(scene: Scene, said: Said) -> Facts:
    heads, heads_cm2 = said.number("took_part"), said.number("took_area") * SQUARE_METRE
    hands, box = said.one("hands"), said.one("ballots")
    doors = said.number("door_ballots")
    shown = hands.number if hands else 0
    counted = said.one("hands_counted")
    ways = {Way.HANDS.value: shown, Way.DOOR.value: doors}
    return VoteClosed(
        voters=scene.voters,
        area_cm2=scene.area_cm2,
        heads=heads,
        heads_cm2=heads_cm2,
        votes=_votes(scene, said, "votes", heads),
        areas=_votes(scene, said, "area_votes", heads_cm2, SQUARE_METRE),
        ways={way: number for way, number in ways.items() if number},
        ballots=box.number if box else heads - shown,
        once=tuple(clause.number for clause in said.every("paper_once")),
        differ=tuple(clause.number for clause in said.every("paper_differs")),
        hands=counted.number if counted else shown or None,
        won=_won(scene, said),
        attached=scene.papers(said),
    )


def _won(scene: Scene, said: Said) -> tuple[str, ...]:
    """Of a round: so many projects win, by names nobody asks for."""
    voting = scene.stage.voting
    if voting is None or voting.ballot is None or said.has("none_going"):
        return ()
    return tuple(f"p{no}" for no in range(said.number("going")))


def _brought(scene: Scene, said: Said) -> Iterator[Deed]:
    """One brings the result, another enters it again: the same, unless the sentence says else."""
    heads, heads_cm2 = said.number("took_part"), said.number("took_area") * SQUARE_METRE
    votes = _votes(scene, said, "votes", heads)
    areas = _votes(scene, said, "area_votes", heads_cm2, SQUARE_METRE)
    again = {**votes, **_votes(scene, said, "recounted", heads)}
    papers = scene.papers(said)
    for by, entered in (("甲", votes), ("乙", again)):
        facts = Brought(
            voters=scene.voters,
            area_cm2=scene.area_cm2,
            heads=heads,
            heads_cm2=heads_cm2,
            votes=entered,
            areas=areas,
            by=by,
            attached=papers,
        )
        yield "topic.bring_result", facts, scene.now


def _votes(scene: Scene, said: Said, code: str, part: int, unit: int = 1) -> Votes:
    """For an option so many; whoever else took part is against it."""
    assert scene.stage.voting is not None
    if unit != 1 and scene.stage.voting.unit is not Unit.OWNER:
        return {}
    return {
        scene.uid(one.option): (one.number * unit, max(0, part - one.number * unit), 0)
        for one in said.every(code)
    }


def _after(scene: Scene, start: datetime, limit: Limit | None) -> datetime | None:
    return due(start, limit.span, scene.calendar) if limit else None


def _said_day(scene: Scene, said: Said, what: str, start: datetime) -> datetime | None:
    """The moment the sentence says: after so many full days, or in the evening of one of them."""
    full, on_day = said.number(f"{what}_full"), said.number(f"{what}_on_day")
    if full:
        return due(start, Span(full, SpanKind.DAY), scene.calendar)
    if on_day:
        day = start.astimezone(scene.calendar.zone).date() + timedelta(days=on_day)
        return datetime.combine(day, EVENING, tzinfo=scene.calendar.zone)
    return None
