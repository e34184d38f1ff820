"""Ways out of the house: one sender for each channel this installation has set up.

`site` puts their settings into YISHI_SENDERS. A sender either hands the text over or raises
ChannelFailed; whatever else happens is the caller's to make good. Source: architecture,
decision 13.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.conf import settings

from yishi.core.message import MessageChannel
from yishi.records.models import Person
from yishi.records.sending.console import Console
from yishi.records.sending.email import Email
from yishi.records.sending.failed import TIMEOUT_SECONDS, ChannelFailed
from yishi.records.sending.sms import Sms
from yishi.records.sending.wecom import WeCom


class Sender(Protocol):
    """Hands a text over. `key` is the same when it is tried again, so that a receiver which
    knows it may drop the second one."""

    def send(self, to: str, subject: str, text: str, key: str) -> None:
        """Raises ChannelFailed."""
        ...


_KINDS: Mapping[MessageChannel, Callable[[Mapping[str, Any]], Sender]] = {
    MessageChannel.EMAIL: Email,
    MessageChannel.SMS: Sms,
    MessageChannel.WECOM: WeCom,
}


def channels() -> tuple[MessageChannel, ...]:
    """The channels that are set up here."""
    return tuple(channel for channel in MessageChannel if channel in settings.YISHI_SENDERS)


def sender(channel: MessageChannel) -> Sender:
    """The sender of a channel that is set up."""
    given = settings.YISHI_SENDERS[channel]
    return Console(channel) if is_console(channel) else _KINDS[channel](given)


def is_console(channel: MessageChannel) -> bool:
    """Whether this channel only writes into the log folder."""
    return bool(settings.YISHI_SENDERS[channel].get("console"))


def address_of(person: Person, channel: MessageChannel) -> str:
    """Where this person is reached over a channel; empty where they are not."""
    match channel:
        case MessageChannel.EMAIL:
            return person.email
        case MessageChannel.SMS:
            return person.phone
        case MessageChannel.WECOM:
            return person.wecom


__all__ = [
    "TIMEOUT_SECONDS",
    "ChannelFailed",
    "Sender",
    "address_of",
    "channels",
    "is_console",
    "sender",
]
