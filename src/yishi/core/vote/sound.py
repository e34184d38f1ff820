"""What is wrong with how a stage votes by roll, before the method is published.

Source: norms.md §2; architecture, decision 12.
"""

from __future__ import annotations

from collections.abc import Iterator

from yishi.core.method.ballot import COUNTS, THRESHOLD, VERSIONS, WITH_MOST
from yishi.core.method.language import Choose, Stage, StageKind, Tie, Unit, Voting
from yishi.core.place import SEATED, BodyKind
from yishi.core.vote.now import Way


def voting_faults(stage: Stage) -> Iterator[tuple[str, object, tuple[object, ...]]]:
    """(code, have, allowed) of each fault of a stage's `voting`; a missing quorum or threshold is
    a fault of any vote and said there.

    `voting_ways_missing`, `voting_secret_hands` (everybody sees a hand), `voting_secret_owner`
    (an area tells whose ballot it is), `voting_owner_hands` (hands have no area),
    `voting_owner_body` and `voting_owner_only` (owners vote in the owners' assembly, and only
    owners there), `voting_delegate_seats` (a body without seats has no delegates); and what
    `ballot_faults` finds.
    """
    voting = stage.voting
    yield from ballot_faults(stage)
    if voting is None:
        return
    if not voting.ways and not voting.handed:
        yield "voting_ways_missing", None, tuple(way.value for way in Way)
    if voting.secret and Way.HANDS in voting.ways:
        yield "voting_secret_hands", Way.HANDS.value, _without_hands(voting.ways)
    if voting.unit is Unit.OWNER:
        if voting.secret:
            yield "voting_secret_owner", Unit.OWNER.value, ()
        if Way.HANDS in voting.ways:
            yield "voting_owner_hands", Way.HANDS.value, _without_hands(voting.ways)
        if BodyKind.OWNERS_ASSEMBLY not in stage.decides:
            yield "voting_owner_body", stage.decides, (BodyKind.OWNERS_ASSEMBLY,)
    elif BodyKind.OWNERS_ASSEMBLY in stage.decides and voting.unit is not Unit.DELEGATE:
        yield "voting_owner_only", voting.unit.value, (Unit.OWNER.value,)
    if voting.unit is Unit.DELEGATE:
        unseated = tuple(body for body in stage.decides if body not in SEATED)
        if unseated or not stage.decides:
            seated = tuple(sorted(SEATED))
            yield "voting_delegate_seats", unseated, seated


def ballot_faults(stage: Stage) -> Iterator[tuple[str, object, tuple[object, ...]]]:
    """Faults of a vote on projects.

    `ballot_missing` (a vote in a round is by roll and has a ballot), `ballot_round` (a ballot of
    projects outside of a round), `ballot_needs` (counting, or the number without which there is no
    ranking and no points), `ballot_spare` (what says nothing there: a threshold, one chosen, a tie
    other than by the order drawn, a number for another version), `ballot_rule` (the counting rule
    hears no such ballot), `ballot_version`, `ballot_ways` (hands, areas and the city's own system
    bring no ballots to count).
    """
    voting = stage.voting
    if voting is None or voting.ballot is None:
        if stage.in_round and stage.kind is StageKind.VOTE:
            yield "ballot_missing", None, tuple(COUNTS)
        elif voting is not None and (voting.most or voting.counting):
            yield "ballot_missing", "most" if voting.most else "counting", tuple(COUNTS)
        return
    if not stage.in_round:
        yield "ballot_round", voting.ballot.value, ()
    if voting.ballot in WITH_MOST and voting.most is None:
        yield "ballot_needs", "most", ("most",)
    if stage.threshold is not None:
        yield "ballot_spare", "threshold", ()
    if voting.choose is not Choose.EACH:
        yield "ballot_spare", "choose", (Choose.EACH.value,)
    if stage.tie is not Tie.ORDER:
        yield "ballot_spare", "tie", (Tie.ORDER.value,)
    for way in (Unit.OWNER, Way.HANDS, "handed"):
        if way in (voting.unit, *voting.ways) or (way == "handed" and voting.handed):
            yield "ballot_ways", str(way), ()
    yield from _counting_faults(voting)


def _counting_faults(voting: Voting) -> Iterator[tuple[str, object, tuple[object, ...]]]:
    counting = voting.counting
    if counting is None or voting.ballot is None:
        yield "ballot_needs", "counting", ("counting",)
        return
    rules = COUNTS[voting.ballot]
    if counting.rule not in rules:
        yield "ballot_rule", counting.rule.value, tuple(one.value for one in rules)
    elif counting.version not in VERSIONS[counting.rule]:
        yield "ballot_version", counting.version, VERSIONS[counting.rule]
    elif counting.version == THRESHOLD and counting.least is None:
        yield "ballot_needs", "least", ("least",)
    elif counting.version != THRESHOLD and counting.least is not None:
        yield "ballot_spare", "least", ()


def _without_hands(ways: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(way for way in ways if way != Way.HANDS)
