"""Casting on-line: one statement for the vote, one for the line, and the row of taking part.

Nothing of the choice is journaled, and the vote's own version is not claimed: whoever casts waits
for nobody else who casts. Source: architecture, decision 12.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from yishi.acts.door import Ask, Done, Stale, Step, enter
from yishi.acts.vote.filling import Says, fill_in
from yishi.core.grant import Subject
from yishi.core.outcome import Event
from yishi.core.permit import Permitted
from yishi.core.refusal import Refusal
from yishi.core.vote import casting as core
from yishi.core.vote.now import VoteState, Way
from yishi.records.entropy import new_uid
from yishi.records.journal import Said, Speaker, write_entry
from yishi.records.models import Part, Proxy, Vote
from yishi.records.models.base import Kept
from yishi.records.prepared import insert, update
from yishi.records.queries import vote_ballots as ballots
from yishi.records.queries.vote import LineNow, line_of, vote_to_cast
from yishi.records.vote_key import VoteKey, VoteKeyLost, read_key

ACT = "vote.cast"


@dataclass
class Held:
    """The vote as whoever casts holds it: with all others who cast, against closing."""

    vote: Vote
    subject: Subject
    version: int | None = None


@dataclass(frozen=True)
class Cast:
    """A yes: whose line, what is written on the ballot, under which key where it is secret."""

    event: Event
    line: LineNow
    letters: str
    key: VoteKey | None


def cast(ask: Ask, vote_uid: str, says: Says, voter_uid: str = "") -> Done | Refusal:
    """A vote, or another in its place until the end; `voter_uid`: for the line that gave the actor
    a proxy.

    Refuses with `not_found`, `vote_not_open`, `vote_over`, `way_not_allowed`, `not_on_roll`,
    `proxy_missing`, `voted_on_paper`, what the ballot itself refuses, `vote_key_lost` (restored
    from a backup: it can only be called off and held again).
    """

    def hold() -> Held | Refusal:
        vote = vote_to_cast(vote_uid)
        return Held(vote, Subject()) if vote else Refusal("not_found", have="vote")

    def decide(held: Held) -> Cast | Refusal:
        return _decide(ask, held.vote, says, voter_uid)

    def write(held: Held, made: Cast, granted: Permitted) -> Done:
        return _write(ask, held.vote, made)

    return enter(ask, Step(ACT, hold, decide, write, subject=vote_uid))


def _decide(ask: Ask, vote: Vote, says: Says, voter_uid: str) -> Cast | Refusal:
    wrong = core.must_be_open(VoteState(vote.state), vote.until_at, ask.now)
    if wrong:
        return wrong
    line = line_of(vote, ask.actor.person_id, voter_uid)
    event = core.cast(
        vote.ways,
        line.part_way if line else "",
        on_roll=line is not None and not line.is_struck,
        may=line is not None and (line.is_mine or line.is_given_me),
        again=line is not None and line.part_id is not None,
    )
    if isinstance(event, Refusal):
        return event
    assert line is not None
    letters = fill_in(vote, says)
    if isinstance(letters, Refusal):
        return letters
    key = key_of(vote)
    return key if isinstance(key, Refusal) else Cast(event, line, letters, key)


def key_of(vote: Vote) -> VoteKey | Refusal | None:
    """The key of a secret vote, None for one by name. Refused: `vote_key_lost`."""
    if not vote.is_secret:
        return None
    try:
        return read_key(vote.uid)
    except VoteKeyLost:
        return Refusal("vote_key_lost", 1, 0, "key", "architecture: decision 12")


def _write(ask: Ask, vote: Vote, made: Cast) -> Done:
    line = made.line
    ended: list[Kept] = []
    if line.is_mine and line.proxy_id is not None:
        # Whoever votes themselves has taken their proxy back.
        update(Proxy, {"id": line.proxy_id}, {"ended_at": ask.now})
        ended.append(Proxy.objects.get(pk=line.proxy_id))
    part = mark(ask, vote, line, Way.ONLINE)
    if line.part_id is None:
        ballots.put_in(vote, (line.id, line.uid), made.letters, Way.ONLINE, made.key, ask.entropy)
    elif ballots.replace(vote, line.uid, made.letters, made.key) != 1:
        raise Stale
    say(ask, part, made.event, line.times + 1, ended)
    return Done(vote.uid, code=made.event.code)


def mark(ask: Ask, vote: Vote, line: LineNow, way: Way) -> Part:
    """The line took part, now and by this way. Raises Stale where somebody was quicker, and
    IntegrityError where both were first: the door then looks again."""
    values = {"way": way.value, "at": ask.now, "by_id": ask.actor.person_id}
    values["times"] = line.times + 1
    known = {"vote_id": vote.pk, "voter_id": line.id, **values}
    if line.part_id is None:
        part = Part(uid=new_uid(ask.entropy), **known)
        insert(part)
        return part
    if not update(Part, {"id": line.part_id, "times": line.times}, values):
        raise Stale
    return Part(id=line.part_id, uid=line.part_uid, **known)


def say(ask: Ask, part: Part, event: Event, no: int, rows: Iterable[Kept] = ()) -> None:
    """The entry of taking part, under the row that says so: who and how, not what. Each line has
    its own count of entries, so that nobody who casts waits for another's number. `rows`: what
    changed besides."""
    alias = new_uid(ask.entropy)
    speaker = Speaker(alias, "resident", person_id=ask.actor.person_id)
    said = Said(
        act=ACT,
        code=event.code,
        kind="part",
        uid=part.uid,
        no=no,
        at=ask.now,
        speaker=speaker,
        params=event.params,
        facts=event.facts,
    )
    write_entry(said, [part, *rows], ask.entropy)
