"""What of a message leaves the house, over which channel, and when.

The page always has the message. Besides it goes out by e-mail, SMS or 政务微信: not in the quiet
hours, not more often than the rule allows, and only where the person wants it. Everything here is
worked out anew from what waits, so that a worker that was away loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from yishi.core.refusal import Refusal

MINUTE = timedelta(minutes=1)
MORNING = "staff.morning"
URGENT = "staff.urgent"
ADDRESS_MAX = 254
# The earliest a rule may remind of the end of a vote.
REMINDER_MOST = timedelta(days=14)


class MessageChannel(StrEnum):
    """A way out of the house: 电子邮件, 短信, 政务微信."""

    EMAIL = "email"
    SMS = "sms"
    WECOM = "wecom"


@dataclass(frozen=True)
class MessageRules:
    """When messages go out, where this version is adopted.

    ``quiet_from`` is quiet, ``quiet_to`` no longer; the two may lie on either side of midnight.
    ``most`` sendings to one person over one channel ``within`` this time, then one for all that
    wait. ``longest_wait``: between two tries of one sending. ``at_any_hour``: templates that go
    out at once, whatever the hour and however many. ``by_default``: the templates a channel
    carries for people who have said nothing else. ``vote_reminder``: how long before the end of a
    vote who has not taken part is reminded; None in versions that do not say.
    """

    id: str
    version: str
    quiet_from: time
    quiet_to: time
    most: int
    within: timedelta
    longest_wait: timedelta
    morning: time
    at_any_hour: frozenset[str]
    by_default: Mapping[MessageChannel, frozenset[str]]
    vote_reminder: timedelta | None = None

    def wants(self, channel: MessageChannel, template: str, wish: bool | None) -> bool:
        """Whether a message goes over ``channel``: all with the wish, none against it, and
        those of ``by_default`` where nothing was said."""
        return template in self.by_default[channel] if wish is None else wish

    def is_quiet(self, at: time) -> bool:
        """Whether a time of day lies in the quiet hours."""
        start, end = self.quiet_from, self.quiet_to
        return start <= at < end if start < end else at >= start or at < end

    def loud_from(self, moment: datetime, zone: tzinfo) -> datetime:
        """``moment`` itself, or the end of the quiet hours it lies in."""
        local = moment.astimezone(zone)
        if not self.is_quiet(local.time()):
            return moment
        day = local.date() + timedelta(days=int(local.time() >= self.quiet_to))
        return datetime.combine(day, self.quiet_to, tzinfo=zone)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is to go over a channel and is in no sending yet."""

    id: int
    template: str


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending: the messages it carries, and its moment."""

    messages: tuple[int, ...]
    at: datetime


def plan(
    waiting: Sequence[Waiting],
    sent: Sequence[datetime],
    rules: MessageRules,
    zone: tzinfo,
    now: datetime,
    blocked_until: datetime | None = None,
) -> tuple[Sending, ...]:
    """The sendings to one person over one channel, those at any hour first.

    ``sent``: the moments of earlier sendings. As many as the rule leaves go one by one; where
    more wait they become one, at the first moment at which the rule allows a sending. Between
    two such moments lie less than ``rules.within``, so nobody waits longer, but for quiet hours.
    ``blocked_until``: an earlier sending failed and is tried again then; what came after it
    waits, to go out as one when the channel is well again.
    """
    urgent = [w for w in waiting if w.template in rules.at_any_hour]
    found = [Sending((w.id,), now) for w in urgent]
    rest = tuple(w.id for w in waiting if w.template not in rules.at_any_hour)
    if not rest:
        return tuple(found)
    at = rules.loud_from(max(now, blocked_until or now), zone)
    recent = sorted(moment for moment in sent if moment > at - rules.within)
    if len(recent) + len(rest) <= rules.most:
        return (*found, *(Sending((id,), at) for id in rest))
    if len(recent) >= rules.most:
        at = rules.loud_from(recent[-rules.most] + rules.within, zone)
    return (*found, Sending(rest, at))


def retry_after(tries: int, longest: timedelta) -> timedelta:
    """How long after the ``tries``-th failure: a minute, two, four … at most ``longest``."""
    return min(timedelta(minutes=2 ** min(tries - 1, 20)), longest)


_ADDRESSES = {
    MessageChannel.EMAIL: re.compile(r"[^@\s\x00-\x1f,;<>]+@[^@\s\x00-\x1f,;<>]+\.[A-Za-z0-9-]+"),
    MessageChannel.WECOM: re.compile(r"[A-Za-z0-9][A-Za-z0-9_@.-]{0,63}"),
}


def read_address(channel: MessageChannel, text: str) -> str | Refusal:
    """An e-mail address or a 政务微信 account as somebody typed it.

    Refuses with ``address_wrong``; ``need`` is the channel. A phone is not typed here: it is
    what one signs in with.
    """
    plain = text.strip()
    pattern = _ADDRESSES.get(channel)
    if pattern is None or len(plain) > ADDRESS_MAX or not pattern.fullmatch(plain):
        return Refusal("address_wrong", need=str(channel))
    return plain


def mask_address(address: str) -> str:
    """``w***@example.cn``, ``w***``; empty stays empty."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***{at}{host}" if address else ""
