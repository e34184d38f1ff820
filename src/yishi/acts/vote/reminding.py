"""A vote ends soon: those whose line has not taken part are reminded, once."""

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.vote.act import HeldVote, act_in
from yishi.core.outcome import RollNotice
from yishi.core.refusal import Refusal
from yishi.core.vote import telling as core
from yishi.records.models import RollTold
from yishi.records.queries.message_rules import message_rules_at
from yishi.records.queries.rule import today_of


def remind(ask: Ask, vote_uid: str) -> Done | Refusal:
    """Only the job does, at the moment of the rule. Refuses with `not_found`, `vote_not_open`,
    `vote_over`, `reminder_early`, `reminder_sent`."""

    def do(held: HeldVote) -> Written | Refusal:
        vote = held.vote
        rules = message_rules_at(vote.place, today_of(ask.now))
        before = rules.vote_reminder if rules else None
        known = RollTold.objects.filter(vote=vote, template=core.REMINDED).exists()
        event = core.remind(
            held.state, vote.opened_at, vote.until_at, before, ask.now, reminded=known
        )
        if isinstance(event, Refusal):
            return event
        assert vote.until_at is not None
        until = {"until": vote.until_at.isoformat(), "ways": list(vote.ways)}
        return Written(event, roll=RollNotice(core.REMINDED, vote.uid, until))

    return act_in(ask, "vote.remind", vote_uid, do)
