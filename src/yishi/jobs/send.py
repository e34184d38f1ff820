"""Sends what is to leave the house: at least once, and tried again until it went.

A worker claims a sending by moving its moment on by the length of a lease, so no two send it at
once; one that dies in between leaves it to be claimed again when the lease is over. A channel
that fails is left alone until the next tick, and the others go on.
"""

from datetime import datetime, timedelta
from time import monotonic

import structlog
from django.conf import settings
from django.db.models import F
from django.utils.translation import override

from yishi.core.message import MessageChannel, MessageRules, retry_after
from yishi.phrases.outward import say_outward
from yishi.records.models import Delivery, Message, Wish
from yishi.records.queries.actor import actor_of
from yishi.records.queries.message import COLUMNS, leads_of, number_of
from yishi.records.queries.message_rules import message_rules
from yishi.records.queries.rule import today_of, zone
from yishi.records.sending import ChannelFailed, address_of, channels, sender

LEASE = timedelta(minutes=5)
FAILURES_MOST = 2
"""Failures one after the other, after which a channel waits for the next tick."""

SECONDS_MOST = 60
"""Ours: after so long a slow channel leaves the rest to the next tick; a worker shows that it is
alive only between ticks."""

logger = structlog.get_logger(__name__)


def send_all(now: datetime, limit: int) -> int:
    """Sends up to `limit` sendings a channel that are due; how many went out."""
    return sum(_send_over(channel, now, limit) for channel in channels())


def _send_over(channel: MessageChannel, now: datetime, limit: int) -> int:
    rows = Delivery.objects.filter(
        channel=channel, sent_at=None, ended_at=None, not_before__lte=now
    ).select_related("person")
    due = list(rows.order_by("not_before", "id")[:limit])
    rules = message_rules([row.person for row in due], today_of(now)) if due else {}
    sent = failed = 0
    until = monotonic() + SECONDS_MOST
    for delivery in due:
        if failed == FAILURES_MOST or monotonic() > until:
            break
        try:
            sent += _send(delivery, channel, rules[delivery.person_id], now)
            failed = 0
        except ChannelFailed as error:
            logger.warning(
                "delivery_failed", channel=channel, delivery=delivery.uid, error=str(error)
            )
            _put_off(delivery, rules[delivery.person_id], now, str(error))
            failed += 1
        except Exception as error:
            # Whatever is wrong with this one, it holds up no other.
            logger.exception("delivery_broken", channel=channel, delivery=delivery.uid)
            _put_off(delivery, rules[delivery.person_id], now, type(error).__name__)
    return sent


def _put_off(delivery: Delivery, rules: MessageRules | None, now: datetime, error: str) -> None:
    """It is tried again, each time after twice as long."""
    longest = rules.longest_wait if rules else LEASE
    again = now + retry_after(delivery.tries + 1, longest)
    Delivery.objects.filter(pk=delivery.pk, sent_at=None, ended_at=None).update(
        not_before=again, error=error[:200]
    )


def _send(
    delivery: Delivery, channel: MessageChannel, rules: MessageRules | None, now: datetime
) -> int:
    """One sending: claimed, put into words, handed over, marked. 1 where it went out."""
    rows = _still_to_tell(delivery, channel, rules, now)
    own = Delivery.objects.filter(pk=delivery.pk, sent_at=None, ended_at=None)
    if not rows or rules is None:
        own.filter(not_before=delivery.not_before).update(ended_at=now)
        return 0
    hurries = any(row["template"] in rules.at_any_hour for row in rows)
    loud = now if hurries else rules.loud_from(now, zone())
    if loud > now:
        own.filter(not_before=delivery.not_before).update(not_before=loud)
        return 0
    claimed = own.filter(not_before=delivery.not_before).update(
        not_before=now + LEASE, tries=F("tries") + 1
    )
    if not claimed:
        return 0
    with override(settings.LANGUAGE_CODE):
        words = say_outward(channel, rows, settings.YISHI_ADDRESS)
    to = address_of(delivery.person, channel)
    sender(channel).send(to, words.subject, words.text, delivery.uid)
    own.update(sent_at=now, text=words.text, error="")
    return 1


def _still_to_tell(
    delivery: Delivery, channel: MessageChannel, rules: MessageRules | None, now: datetime
) -> list[dict[str, object]]:
    """What the sending carries and the person has not read, still wants and may still open."""
    person = delivery.person
    if rules is None or not person.is_active or not address_of(person, channel):
        return []
    actor = actor_of(person, today_of(now))
    unread = Message.objects.filter(carried__delivery=delivery, read_at=None)
    wish = Wish.objects.filter(person=person, channel=channel).first()
    rows = [
        row
        for row in unread.order_by("id").values(*COLUMNS)
        if rules.wants(channel, row["template"], wish.wanted if wish else None)
    ]
    leads = leads_of(actor, rows)
    return [{**row, "number": number_of(row)} for row in rows if leads[row["id"]].open]
