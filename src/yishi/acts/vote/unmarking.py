"""A mark on the wrong line is taken back: the line has not taken part, and whose it is is told."""

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import too_long
from yishi.acts.vote.act import HeldVote, act_in
from yishi.acts.vote.paper import ON_PAPER, to_count_again
from yishi.core.outcome import Notice
from yishi.core.refusal import Refusal
from yishi.core.vote import casting as core
from yishi.core.vote.now import Way
from yishi.core.vote.paper import HANDS_SERIAL
from yishi.records.models import Holder, PaperBallot, Part
from yishi.records.models.base import Kept
from yishi.records.queries.vote import parts_by_way


def unmark(ask: Ask, vote_uid: str, voter_uid: str, why: str) -> Done | Refusal:
    """A mark of a paper or a hand made by mistake, withdrawn by whoever may mark, for a reason;
    hands that were counted are counted again. A vote on-line it had taken away does not come back:
    the line may vote again until the end. Refuses with `not_found`, `vote_not_open`, `not_marked`,
    `not_independent` (one's own line), `why_missing`, `paper_named`, `papers_counted`,
    `words_too_long`."""

    def do(held: HeldVote) -> Written | Refusal:
        vote = held.vote
        part = Part.objects.filter(vote=vote, voter__uid=voter_uid).first()
        line = part.voter_id if part else None
        holders = list(
            Holder.objects.filter(voter_id=line or 0).values_list("person_id", flat=True)
        )
        named = PaperBallot.objects.filter(vote=vote)
        ways = parts_by_way(vote)
        event = core.unmark(
            held.state,
            part.way if part else "",
            why,
            mine=ask.actor.person_id in holders,
            is_entered=line is not None and named.filter(voter_id=line).exists(),
            papers=sum(ways.get(way, 0) for way in ON_PAPER),
            entered=named.filter(serial__gt=HANDS_SERIAL).count(),
        )
        if isinstance(event, Refusal):
            return event
        long = too_long(vote.place, ask.now, why)
        if long:
            return long
        assert part is not None
        part.voter, part.withdrawn_from_id = None, line
        part.withdrawn_at, part.withdrawn_by_id = ask.now, ask.actor.person_id
        part.save(update_fields=["voter", "withdrawn_from", "withdrawn_at", "withdrawn_by"])
        rows: list[Kept] = [part]
        if part.way == Way.HANDS:
            rows += to_count_again(vote)
        params = {"title": vote.topic.title, "number": vote.topic.number, "why": why.strip()}
        told = [Notice("vote.unmarked", person, params) for person in sorted(holders)]
        return Written(event, rows, notices=told)

    return act_in(ask, "vote.unmark", vote_uid, do)
