"""Looks an installation over: what is well, what is not, and what to do about it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min

from yishi.core.clock import ClockState
from yishi.core.message import MessageChannel
from yishi.core.vote.now import VoteState
from yishi.jobs.prepare import is_empty, is_migrated
from yishi.jobs.reindex import waiting
from yishi.phrases.channel import say_channel
from yishi.phrases.clock import say_exact
from yishi.records.files import file_path
from yishi.records.heartbeat import is_alive, last_beat
from yishi.records.log import LogKeyBroken, key_path, own_verifier, published
from yishi.records.models import (
    CalendarYear,
    Clock,
    Delivery,
    Entry,
    Message,
    Person,
    StoredFile,
    Vote,
)
from yishi.records.queries.rule import today_of
from yishi.records.sending import channels, is_console
from yishi.records.sending.console import FILE as CONSOLE_FILE
from yishi.records.vote_key import has_key

GB = 1_000_000_000
SPACE_GB = 2
SEQUENCED_WITHIN = timedelta(minutes=10)
STUCK_TRIES = 5
NOTICE_OUT = (12, 1)
"""The State Council's notice of a year comes out in the November before it."""


class Health(StrEnum):
    """GOOD, BAD (needs a hand), or a NOTE."""

    GOOD = "good"
    BAD = "bad"
    NOTE = "note"


@dataclass(frozen=True)
class Checked:
    """One thing looked at: a code of `phrases.operate` and what it names."""

    health: Health
    code: str
    params: dict[str, object] = field(default_factory=dict)


def good(code: str, **params: object) -> Checked:
    """It is as it should be."""
    return Checked(Health.GOOD, code, params)


def bad(code: str, **params: object) -> Checked:
    """Somebody has to do something."""
    return Checked(Health.BAD, code, params)


def look(now: datetime, faults: list[str]) -> Iterator[Checked]:
    """Every check, the settings' `faults` first. Stops where the database does not answer."""
    if faults:
        yield from (bad("fault", sentence=sentence) for sentence in faults)
    else:
        yield good("settings")
    yield _space()
    try:
        yield _version()
        if not is_migrated():
            yield bad("tables_none" if is_empty() else "tables_old")
            return
        yield good("tables")
        for check in CHECKS:
            yield from check(now)
    except DatabaseError as error:
        yield bad("no_database", error=str(error).strip())


def _version() -> Checked:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
        else:
            cursor.execute("SELECT sqlite_version()")
        return good(connection.vendor, version=cursor.fetchone()[0])


def _space() -> Checked:
    free = shutil.disk_usage(settings.YISHI_VAR).free // GB
    params: dict[str, object] = {"free": free, "folder": settings.YISHI_VAR}
    if free < SPACE_GB:
        return bad("space_low", need=SPACE_GB, **params)
    return good("space", **params)


def _keys(now: datetime) -> Iterator[Checked]:
    path = key_path()
    try:
        own, shown = own_verifier(), published().verifier()
        if not own:
            signed = bool(published().notes())
            yield (
                bad("log_key_missing", file=path) if signed else Checked(Health.NOTE, "log_key_new")
            )
        elif shown is not None and shown != own[0]:
            yield bad("log_key_broken", error=published().folder / "key")
        elif path.stat().st_mode & 0o077:
            yield bad("log_key_open", file=path)
        else:
            yield good("log_key")
    except (LogKeyBroken, ValueError) as error:
        yield bad("log_key_broken", error=error)
    try:
        person = Person.objects.exclude(phone_index="").only("phone").order_by("id").first()
        yield good("data_key") if person else Checked(Health.NOTE, "data_key_unused")
    except ValueError as error:
        yield bad("data_key_wrong", error=error)


def _calendars(now: datetime) -> Iterator[Checked]:
    today = today_of(now)
    loaded = set(CalendarYear.objects.values_list("year", flat=True))
    for year in (today.year, today.year + 1):
        if year in loaded:
            yield good("calendar", year=year)
        elif year == today.year or (today.month, today.day) >= NOTICE_OUT:
            yield bad("calendar_missing", year=year)
        else:
            yield Checked(Health.NOTE, "calendar_awaited", {"year": year})


def _worker(now: datetime) -> Iterator[Checked]:
    last = last_beat()
    if last is None:
        yield bad("worker_never")
    elif is_alive(now):
        yield good("worker", at=say_exact(last))
    else:
        yield bad("worker_silent", at=say_exact(last))


def _sequenced(now: datetime) -> Iterator[Checked]:
    latest = published().latest()
    size = latest[0].size if latest else 0
    waiting = Entry.objects.filter(seq__isnull=True) | Entry.objects.filter(seq__gte=size)
    oldest = waiting.aggregate(at=Min("at"))["at"]
    if oldest is None or now - oldest < SEQUENCED_WITHIN:
        yield good("sequenced")
    else:
        yield bad("unsequenced", count=waiting.count(), at=say_exact(oldest))


def _waiting(now: datetime) -> Iterator[Checked]:
    count = Clock.objects.filter(state=ClockState.WAITS).count()
    yield bad("waiting", count=count) if count else good("no_waiting")


def _outbox(now: datetime) -> Iterator[Checked]:
    count = Message.objects.filter(sent_at__isnull=True, tries__gte=STUCK_TRIES).count()
    yield bad("stuck", count=count) if count else good("outbox")


def _channels(now: datetime) -> Iterator[Checked]:
    """Which ways out are set up; those whose sendings have failed often, or have lost their way."""
    if not channels():
        yield Checked(Health.NOTE, "channels_none")
    for channel in channels():
        word = say_channel(channel)
        if is_console(channel):
            file = settings.YISHI_LOG_DIR / CONSOLE_FILE
            yield Checked(Health.NOTE, "channel_console", {"channel": word, "file": file})
        else:
            yield good("channel", channel=word)
    unsent = Delivery.objects.filter(sent_at=None, ended_at=None)
    for channel in MessageChannel:
        waiting = unsent.filter(channel=channel)
        if channel in channels():
            waiting = waiting.filter(tries__gte=STUCK_TRIES)
        if count := waiting.count():
            error = waiting.order_by("-id").values_list("error", flat=True)[0]
            yield bad(
                "channel_stuck",
                count=count,
                channel=say_channel(channel),
                error=error or "—",
                setting=channel.upper(),
            )


def _index(now: datetime) -> Iterator[Checked]:
    count = waiting()
    yield bad("index_old", count=count) if count else good("index")


def _vote_keys(now: datetime) -> Iterator[Checked]:
    """Whether every open secret vote can be counted: its key is in no backup."""
    secret = Vote.objects.filter(state=VoteState.OPEN, is_secret=True)
    uids = list(secret.values_list("uid", flat=True))
    lost = sum(not has_key(uid) for uid in uids)
    if lost:
        yield bad("vote_keys_lost", count=lost)
    elif uids:
        yield good("vote_keys", count=len(uids))


def _files(now: datetime) -> Iterator[Checked]:
    count, missing = 0, []
    for name in StoredFile.objects.values_list("sha256", flat=True).iterator():
        count += 1
        if not Path(file_path(name)).is_file():
            missing.append(name)
    if missing:
        yield bad("files_missing", count=len(missing), file=missing[0])
    else:
        yield good("files", count=count)


CHECKS: tuple[Callable[[datetime], Iterator[Checked]], ...] = (
    _keys,
    _calendars,
    _worker,
    _sequenced,
    _waiting,
    _outbox,
    _channels,
    _index,
    _vote_keys,
    _files,
)
