"""Votes that come in on paper, at the door or by hand: marked on the roll, then entered by two.

A mark overrides what was cast on-line, whose ballot is taken out; it is never the other way round.
"""

from collections.abc import Mapping
from typing import Any

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import too_long
from yishi.acts.vote.act import HeldVote, act_in
from yishi.acts.vote.casting import key_of, mark
from yishi.acts.vote.filling import Says, fill_in
from yishi.core.method.language import Choose
from yishi.core.outcome import Event, Notice
from yishi.core.refusal import Refusal
from yishi.core.vote import casting as core
from yishi.core.vote import paper as entering
from yishi.core.vote.now import Way
from yishi.core.vote.paper import HANDS_SERIAL, Entered
from yishi.records.entropy import new_uid
from yishi.records.models import (
    Appointment,
    Doorstep,
    Holder,
    PaperBallot,
    Part,
    Person,
    Place,
    Vote,
    Voter,
)
from yishi.records.models.base import Kept
from yishi.records.queries import vote_ballots as ballots
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.rule import today_of
from yishi.records.queries.vote import LineNow, line_of, option_uids, parts_by_way
from yishi.records.queries.vote_hands import absent_of
from yishi.records.queries.vote_paper import closed, opened
from yishi.records.vote_key import VoteKeyLost

ON_PAPER = (Way.PAPER, Way.DOOR)
COLLECTED = "collected"


def take_paper(
    ask: Ask, vote_uid: str, voter_uid: str, way: Way, second_uid: str = "", why: str = ""
) -> Done | Refusal:
    """A line has put its paper into the box, given it to two at the door, or is counted by hand;
    hands that were counted before no longer hold then, and are counted again. Every account of
    the line is told.

    `second_uid`: the other collector at a door, who holds a post in the community. Refuses with
    `not_found`, `vote_not_open`, `vote_over`, `way_not_allowed`, `not_on_roll`, `voted_on_paper`,
    `collectors_missing`, `collector_votes` (the line is that of one of the two), `voted_on_line`
    (one alone takes a vote on-line away and does not say why), `words_too_long`, `vote_key_lost`.
    """

    def do(held: HeldVote) -> Written | Refusal:
        vote = held.vote
        wrong = core.must_be_open(held.state, vote.until_at, ask.now)
        if wrong:
            return wrong
        line = line_of(vote, ask.actor.person_id, voter_uid)
        second = _collector(vote.place, second_uid, ask) if way is Way.DOOR else None
        both = {ask.actor.person_id, second.pk if second else ask.actor.person_id}
        event = core.take_paper(
            vote.ways,
            way,
            line.part_way if line else "",
            why,
            on_roll=line is not None and not line.is_struck,
            collectors=len(both),
        )
        long = too_long(vote.place, ask.now, why)
        if isinstance(event, Refusal):
            return event
        if long:
            return long
        assert line is not None
        people = [one for one in both if one is not None]
        if second and Holder.objects.filter(voter_id=line.id, person_id__in=people).exists():
            return Refusal("collector_votes", 2, 1, "collector", core.SOURCE)
        if line.part_id is not None:
            key = key_of(vote)
            if isinstance(key, Refusal):
                return key
            ballots.take_out(vote, line.uid, key)
        part = mark(ask, vote, line, way)
        params = {**event.params, "second": second.name} if second else event.params
        rows: list[Kept] = [part]
        if second is not None:
            rows.append(_collected(ask, line, second))
        if way is Way.HANDS:
            rows += to_count_again(vote)
        event = Event(event.code, params, event.facts)
        return Written(event, rows, notices=_told(vote, line))

    return act_in(ask, "vote.take_paper", vote_uid, do)


def _told(vote: Vote, line: LineNow) -> list[Notice]:
    """To whoever could have cast the line: it is marked, and what became of its vote on-line."""
    template = "vote.marked" if line.part_id is None else "vote.replaced"
    params = {"title": vote.topic.title, "number": vote.topic.number}
    holders = Holder.objects.filter(voter_id=line.id).order_by("person_id")
    return [Notice(template, person, params) for person in holders.values_list("person", flat=True)]


def _collector(place: Place, uid: str, ask: Ask) -> Person | None:
    """Whoever goes to the doors with the actor: somebody who holds a post in the community."""
    posts = Appointment.objects.filter(in_force_on(today_of(ask.now)), place=place)
    people = Person.objects.filter(uid=uid, is_active=True, pk__in=posts.values("person_id"))
    return people.first() if uid else None


def _collected(ask: Ask, line: LineNow, second: Person) -> Doorstep:
    """The door at which two took the paper of a line."""
    voter = Voter.objects.get(pk=line.id)
    row = Doorstep(
        uid=new_uid(ask.entropy),
        voter=voter,
        building_id=voter.building_id,
        label=voter.label,
        found=COLLECTED,
        by_id=ask.actor.person_id,
        second=second,
        at=ask.now,
    )
    row.save(force_insert=True)
    return row


def to_count_again(vote: Vote) -> list[PaperBallot]:
    """The hands two had counted alike before one more, or one less, was marked."""
    found = PaperBallot.objects.filter(vote=vote, serial=HANDS_SERIAL, is_agreed=True).first()
    if found is None:
        return []
    found.is_agreed = False
    found.save()
    return [found]


def enter_paper(
    ask: Ask, vote_uid: str, serial: int, says: Says, voter_uid: str = ""
) -> Done | Refusal:
    """One person's entry of the paper with that serial; `voter_uid`: who signed it, in a vote by
    name. Nobody is told what the other entered.

    Refuses with `not_found`, `vote_not_open`, `box_closed`, `serial_wrong`, `papers_too_many`,
    `paper_agreed`, `same_counter`, what the ballot itself refuses, `paper_voter_missing` (by name,
    it says whose), `paper_voter_wrong` (that line handed in no paper, or another one),
    `vote_key_lost`.
    """

    def do(held: HeldVote) -> Written | Refusal:
        vote = held.vote
        if serial <= HANDS_SERIAL:
            return Refusal("serial_wrong", 1, serial, "serial", entering.SOURCE)
        letters = fill_in(vote, says)
        if isinstance(letters, Refusal):
            return letters
        voter = _signed(held, serial, voter_uid)
        if isinstance(voter, Refusal):
            return voter
        what: dict[str, Any] = {"letters": letters, "voter": voter.uid if voter else ""}
        return _enter(ask, held, serial, what, voter)

    return act_in(ask, "vote.enter_paper", vote_uid, do)


def enter_hands(
    ask: Ask, vote_uid: str, votes: Mapping[str, tuple[int, int, int]]
) -> Done | Refusal:
    """One person's count of the hands: option → for, against, abstained. Two have to agree.

    Refuses as `enter_paper`, and with `hands_wrong` (not as many as were marked, for each option,
    or together where one is chosen).
    """

    def do(held: HeldVote) -> Written | Refusal:
        known = option_uids(held.vote)
        marked = parts_by_way(held.vote).get(Way.HANDS, 0)
        if set(votes) != set(known):
            numbers = tuple(one[1] for one in held.vote.options)
            return Refusal("option_unknown", numbers, len(votes), "option", core.SOURCE)
        wrong = entering.hands_wrong(Choose(held.vote.choose), votes.values(), marked)
        if wrong:
            return wrong
        what = {"hands": {uid: list(votes[uid]) for uid in known}}
        return _enter(ask, held, HANDS_SERIAL, what, None)

    return act_in(ask, "vote.enter_hands", vote_uid, do)


def _signed(held: HeldVote, serial: int, voter_uid: str) -> Voter | Refusal | None:
    """Whose paper it is in a vote by name; nobody's in a secret one."""
    vote = held.vote
    if vote.is_secret:
        return None
    if not voter_uid:
        return Refusal("paper_voter_missing", 1, 0, "voter", core.SOURCE)
    part = Part.objects.filter(vote=vote, voter__uid=voter_uid, way__in=ON_PAPER)
    row = part.select_related("voter").first()
    other = PaperBallot.objects.filter(vote=vote, voter__uid=voter_uid).exclude(serial=serial)
    if row is None or other.exists():
        return Refusal("paper_voter_wrong", 1, 0 if row is None else 2, "paper_ballot", core.SOURCE)
    return row.voter


def _enter(
    ask: Ask, held: HeldVote, serial: int, what: dict[str, Any], voter: Voter | None
) -> Written | Refusal:
    vote, by = held.vote, ask.actor.person_id
    ways = parts_by_way(vote)
    all_in = sum(ways.values()) + absent_of(vote) == vote.voters
    wrong = entering.may_enter(held.state, vote.until_at, ask.now, all_in=all_in)
    if wrong:
        return wrong
    key = key_of(vote)
    if isinstance(key, Refusal):
        return key
    row = PaperBallot.objects.filter(vote=vote, serial=serial).first()
    row = row or PaperBallot(uid=new_uid(ask.entropy), vote=vote, serial=serial)
    try:
        first = opened(row.first, row, key) if row.first is not None else None
    except VoteKeyLost:
        return Refusal("vote_key_lost", 1, 0, "key", "architecture: decision 12")
    known = PaperBallot.objects.filter(vote=vote, serial__gt=HANDS_SERIAL).count()
    most = sum(ways.get(way, 0) for way in ON_PAPER)
    before = Entered(serial, first, row.first_by_id, row.is_agreed)
    answer = entering.enter(before, what, by, most, known)
    if isinstance(answer, Refusal):
        return answer
    event, agreed = answer
    if agreed is None:
        row.first, row.first_by_id = closed(what, row, key), by
        row.second, row.second_by_id, row.is_agreed = None, None, None
        row.voter = voter
    else:
        row.second, row.second_by_id, row.is_agreed = closed(what, row, key), by, agreed
    row.save()
    return Written(event, (row,))
