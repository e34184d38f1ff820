"""Everybody with an account on a roll is told: kept with the act, sent by the job in portions."""

from yishi.core.outcome import RollNotice
from yishi.records.models import Entry, RollTold, Vote


def tell_roll(entry: Entry, notice: RollNotice | None) -> None:
    """One row, however long the roll: whoever opens or counts a vote waits for no message."""
    if notice is None:
        return
    vote = Vote.objects.filter(uid=notice.vote).select_related("topic").get()
    params = {"number": vote.topic.number, "title": vote.topic.title, **notice.params}
    RollTold.objects.create(vote=vote, entry=entry, template=notice.template, params=params)
