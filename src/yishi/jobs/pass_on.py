"""From messages to sendings: what goes out besides the page, each message over each channel once.

What is to be sent is worked out from the tables each time. A message is looked at from the moment
it is on the page until every channel it goes by has it; what quiet hours or a digest hold back is
looked at again when its time comes. Source: architecture, decision 13.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import IntegrityError, transaction

from yishi.core.message import MINUTE, MessageChannel, MessageRules, Waiting, plan
from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
from yishi.records.models import Carried, Delivery, Message, Person, Wish
from yishi.records.queries.message_rules import message_rules
from yishi.records.queries.rule import today_of, zone
from yishi.records.sending import address_of, channels

logger = structlog.get_logger(__name__)


def pass_on(now: datetime, limit: int) -> int:
    """Makes the sendings that are due, for the people of up to `limit` messages; how many."""
    due = Message.objects.filter(pass_on_at__lte=now).order_by("pass_on_at", "id")
    people = Person.objects.in_bulk(set(due.values_list("recipient_id", flat=True)[:limit]))
    rules = message_rules(people.values(), today_of(now)) if people else {}
    made = 0
    for pk in sorted(people):
        try:
            with transaction.atomic():
                made += _pass_on_to(people[pk], rules[pk], now)
        except IntegrityError:
            # Another worker made the same sending this instant; the next tick sees it.
            logger.info("pass_on_again", person=people[pk].uid)
        except Exception:
            # What is wrong with one person's messages holds up nobody else's.
            logger.exception("pass_on_failed", person=people[pk].uid)
            due.filter(recipient_id=pk).update(pass_on_at=now + MINUTE)
    return made


@dataclass
class _Found:
    """What one person's messages become."""

    later: dict[int, datetime] = field(default_factory=dict)
    made: int = 0


def _pass_on_to(person: Person, rules: MessageRules | None, now: datetime) -> int:
    """Every message of one person that waits; those held back are looked at again in time."""
    waiting = Message.objects.filter(recipient=person, pass_on_at__isnull=False)
    rows = list(waiting.order_by("id").prefetch_related("carried"))
    found = _Found()
    if rules is not None and person.is_active:
        unread = [row for row in rows if row.read_at is None]
        wishes = dict(Wish.objects.filter(person=person).values_list("channel", "wanted"))
        for channel in channels():
            wanted = [
                row
                for row in unread
                if rules.wants(channel, row.template, wishes.get(channel))
                and all(carried.channel != channel for carried in row.carried.all())
            ]
            if wanted and address_of(person, channel):
                _over(channel, person, wanted, rules, now, found)
    for row in rows:
        later = found.later.get(row.pk)
        if later != row.pass_on_at:
            Message.objects.filter(pk=row.pk).update(pass_on_at=later)
    return found.made


def _over(
    channel: MessageChannel,
    person: Person,
    rows: Iterable[Message],
    rules: MessageRules,
    now: datetime,
    found: _Found,
) -> None:
    """The sendings of these messages over one channel, as the rule plans them."""
    before = list(
        Delivery.objects.filter(person=person, channel=channel, ended_at=None)
        .order_by("-id")
        .values("sent_at")[: rules.most]
    )
    failed = Delivery.objects.filter(
        person=person, channel=channel, sent_at=None, ended_at=None, tries__gt=0
    )
    blocked = failed.order_by("not_before").values_list("not_before", flat=True).first()
    if blocked is not None:
        # It is tried again first; what came after it is looked at once that is over.
        blocked = max(blocked, now + MINUTE)
    sent = [row["sent_at"] or now for row in before]
    planned = plan(
        [Waiting(row.pk, row.template) for row in rows], sent, rules, zone(), now, blocked
    )
    for sending in planned:
        if sending.at > now:
            for pk in sending.messages:
                found.later[pk] = min(sending.at, found.later.get(pk, sending.at))
            continue
        delivery = Delivery.objects.create(
            uid=new_uid(SYSTEM_ENTROPY), person=person, channel=channel, not_before=now
        )
        Carried.objects.bulk_create(
            Carried(message_id=pk, channel=channel, delivery=delivery) for pk in sending.messages
        )
        found.made += 1
