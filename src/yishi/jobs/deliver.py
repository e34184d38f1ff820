"""Delivers the outbox to the page: at least once, the words kept as they were sent.

What is on the page may go out over further channels (`jobs/pass_on`). A message that fails
waits longer each time; nothing is dropped. Source: architecture, decisions 11 and 13.
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.utils.translation import override

from yishi.phrases.message import say_message
from yishi.records.models import Message

LONGEST_WAIT = timedelta(days=1)

logger = structlog.get_logger(__name__)


class ChannelMissing(Exception):
    """No way to send over this channel is set up."""


def deliver(now: datetime, limit: int) -> int:
    """Sends up to `limit` messages that are due; how many went out."""
    rows = Message.objects.filter(sent_at__isnull=True, not_before__lte=now)
    sent = 0
    for message in rows.order_by("not_before", "id")[:limit]:
        try:
            text = send(message)
        except Exception:
            logger.exception("message_failed", message=message.pk, tries=message.tries + 1)
            Message.objects.filter(pk=message.pk).update(
                tries=message.tries + 1, not_before=now + wait(message.tries + 1)
            )
            continue
        # Two workers may both have sent it; the first to say so is kept.
        sent += Message.objects.filter(pk=message.pk, sent_at__isnull=True).update(
            text=text, sent_at=now, tries=message.tries + 1, pass_on_at=now
        )
    return sent


def send(message: Message) -> str:
    """Sends one message and returns its words. Raises ChannelMissing."""
    if message.channel != "in_app":
        raise ChannelMissing(message.channel)
    with override(settings.LANGUAGE_CODE):
        return say_message(message.template, message.params)


def wait(tries: int) -> timedelta:
    """How long after the `tries`-th failure: a minute, two, four … at most a day."""
    return min(timedelta(minutes=2 ** min(tries - 1, 20)), LONGEST_WAIT)
