"""Everybody on a roll is told, in portions: a roll of 100,000 holds up nobody else's messages.

A portion and how far it came are kept together, and nobody has one message twice: two workers at
one roll write the same rows, which are one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from yishi.acts.door import Ask, Done
from yishi.acts.vote.reminding import remind
from yishi.core.message import REMINDER_MOST
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.core.vote.now import VoteState
from yishi.core.vote.telling import REMINDED, reminded_at, still_told
from yishi.records.models import Message, Place, RollTold, Vote
from yishi.records.queries.message_rules import message_rules_at
from yishi.records.queries.rule import today_of
from yishi.records.queries.vote_told import holders_to_tell

Batch = Callable[..., "list[dict[str, Any]]"]
Count = Callable[["Done | Refusal"], int]
# Half of what one tick delivers: the other half stays for everything else.
PORTION = 100
ROLLS = 20


def remind_votes(batch: Batch, done: Count, now: datetime) -> int:
    """Votes that end soon, whose reminder is due and was not sent; how many."""
    near = Vote.objects.filter(
        state=VoteState.OPEN, until_at__gt=now, until_at__lte=now + REMINDER_MOST
    ).exclude(told__template=REMINDED)
    count = 0
    known: dict[int, timedelta | None] = {}
    for row in batch("remind_votes", near, "uid", "place_id", "opened_at", "until_at"):
        place = row["place_id"]
        if place not in known:
            known[place] = _before(place, now)
        at = reminded_at(row["opened_at"], row["until_at"], known[place])
        if at is not None and at <= now:
            count += done(remind(Ask(SYSTEM, now, f"tick-remind-{row['uid']}"), row["uid"]))
    return count


def _before(place: int, now: datetime) -> timedelta | None:
    rules = message_rules_at(Place.objects.get(pk=place), today_of(now))
    return rules.vote_reminder if rules else None


def tell_rolls(now: datetime, limit: int = PORTION) -> int:
    """The next messages of the rolls that are being told, each its share; how many."""
    open_ones = RollTold.objects.filter(ended_at=None).select_related("vote").order_by("id")
    rows = list(open_ones[:ROLLS])
    share = max(limit // max(len(rows), 1), 1)
    return sum(tell_portion(row, share, now) for row in rows)


def tell_portion(told: RollTold, limit: int, now: datetime) -> int:
    """One roll's next messages, and how far it came, in one transaction."""
    vote = told.vote
    here = RollTold.objects.filter(pk=told.pk, after=told.after, ended_at=None)
    if not still_told(told.template, VoteState(vote.state), vote.until_at, now):
        here.update(ended_at=now)
        return 0
    found = holders_to_tell(told, limit)
    with transaction.atomic():
        # Whoever comes second writes nothing: the row has moved on.
        values: dict[str, Any] = {"after": found[-1][0]} if found else {}
        if len(found) < limit:
            values["ended_at"] = now
        if not here.update(**values):
            return 0
        Message.objects.bulk_create(
            [
                Message(
                    entry_id=told.entry_id,
                    recipient_id=person,
                    channel="in_app",
                    template=told.template,
                    params=told.params,
                    not_before=now,
                )
                for _, person in found
            ],
            ignore_conflicts=True,
        )
    return len(found)
