"""送达登记: what was found at the door of a line while a written vote is carried round."""

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import too_long
from yishi.acts.vote.act import HeldVote, act_in
from yishi.core.refusal import Refusal
from yishi.core.vote.doors import record_door as decide
from yishi.records.entropy import new_uid
from yishi.records.models import Doorstep, Voter


def record_door(
    ask: Ask, vote_uid: str, voter_uid: str, found: str, words: str = ""
) -> Done | Refusal:
    """Delivered, nobody in, or refused. Refuses with `not_found`, `vote_not_open`, `vote_over`,
    `not_on_roll`, `found_unknown`, `words_too_long`."""

    def do(held: HeldVote) -> Written | Refusal:
        vote = held.vote
        line = Voter.objects.filter(vote=vote, uid=voter_uid, is_struck=False).first()
        event = decide(held.state, vote.until_at, found, ask.now, on_roll=line is not None)
        if isinstance(event, Refusal):
            return event
        assert line is not None
        long = too_long(vote.place, ask.now, words)
        if long:
            return long
        row = Doorstep(
            uid=new_uid(ask.entropy),
            voter=line,
            building_id=line.building_id,
            label=line.label,
            found=found,
            words=words,
            by_id=ask.actor.person_id,
            at=ask.now,
        )
        row.save(force_insert=True)
        return Written(event, (row,))

    return act_in(ask, "vote.record_door", vote_uid, do)
