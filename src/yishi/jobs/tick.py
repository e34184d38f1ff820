"""The tick: everything with a date, worked out from the tables, given `now`.

Each task goes in batches of bounded size, takes up the next time where it stopped, and is safe
to repeat: what it asks of the door carries a key made from the row it is about. One failure is
logged and stops nothing else. Source: architecture, decisions 13 and 14.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet

from yishi.acts.case import closing, handling, stretching
from yishi.acts.door import Ask, Done
from yishi.core.calendar import CalendarMissing, due
from yishi.core.case.state import CaseState
from yishi.core.clock import ClockKind, ClockState
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.jobs.answer_topics import answer_topics, end_postings, lapse_topics
from yishi.jobs.close_votes import close_votes, destroy_keys
from yishi.jobs.deliver import deliver
from yishi.jobs.lapse_meetings import lapse_meetings
from yishi.jobs.morning import tell_morning
from yishi.jobs.pass_on import pass_on
from yishi.jobs.send import send_all
from yishi.jobs.sequence import sequence
from yishi.jobs.suggest import rebuild_all
from yishi.jobs.sweep_funds import sweep_funds
from yishi.jobs.tell_rolls import remind_votes, tell_rolls
from yishi.records.files import sweep
from yishi.records.index import tidy
from yishi.records.models import Asked, Audit, CalendarYear, Case, Clock, OutsideCall, Place
from yishi.records.queries.instant import answered_at_once
from yishi.records.queries.rule import InForce, RulesMissing, in_force, today_of

BATCH = 200
STAFF_BATCH = 20
ASKED_KEPT = timedelta(days=30)
# 等保 level 3 asks for six months of audit records; thirteen let a year be compared with the last.
AUDIT_KEPT = timedelta(days=396)
# A request is taken five minutes off at most, to either side; after that its nonce is no use.
NONCES_KEPT = timedelta(minutes=15)
CALENDARS_TRIED = "tick_calendars_tried"
SWEPT = "tick_swept"
TOLD = "tick_told"
PLANNED = "tick_planned"
SUGGESTED = "tick_suggested"

logger = structlog.get_logger(__name__)


def never() -> bool:
    """The default for `stopped`: go on to the end."""
    return False


@dataclass
class Ticker:
    """Does what is due. Remembers, for each task, how far it came in its last batch."""

    after: dict[str, int] = field(default_factory=dict)

    def tick(self, now: datetime, stopped: Callable[[], bool] = never) -> dict[str, int]:
        """Every task once; how much each did, -1 for one that failed. Never raises."""
        tasks: tuple[tuple[str, Callable[[datetime], int]], ...] = (
            ("sign", self.sign_overdue),
            ("resume", self.resume_suspended),
            ("silent", self.close_silent),
            ("archive", self.archive),
            ("clocks", self.set_waiting_clocks),
            ("end_postings", lambda moment: end_postings(self._batch, done, moment)),
            # Before a late stage is left: a vote that can be counted decides.
            ("close_votes", lambda moment: close_votes(self._batch, done, moment)),
            ("vote_keys", lambda moment: destroy_keys()),
            ("lapse_topics", lambda moment: lapse_topics(self._batch, done, moment)),
            ("lapse_meetings", lambda moment: lapse_meetings(self._batch, done, moment)),
            ("sweep_funds", lambda moment: sweep_funds(self._batch, done, moment)),
            ("answer_topics", lambda moment: answer_topics(self._batch, done, moment)),
            ("remind_votes", lambda moment: remind_votes(self._batch, done, moment)),
            ("tell_rolls", tell_rolls),
            ("morning", self.tell_morning),
            ("deliver", lambda moment: deliver(moment, BATCH)),
            ("pass_on", lambda moment: pass_on(moment, BATCH)),
            ("sequence", lambda moment: sequence()),
            ("prune", prune),
            ("sweep", sweep_daily),
            ("plan", plan_daily),
            ("suggest", suggest_daily),
            # Last, because a gateway may take its time to fail.
            ("send", lambda moment: send_all(moment, BATCH)),
        )
        did: dict[str, int] = {}
        for name, task in tasks:
            if stopped():
                break
            try:
                did[name] = task(now)
            except Exception:
                logger.exception("tick_task_failed", task=name)
                did[name] = -1
        return did

    def sign_overdue(self, now: datetime) -> int:
        """A unit that let the signing limit pass has signed, and the story says by itself."""
        rows = self._batch(
            "sign",
            Clock.objects.filter(
                kind=ClockKind.SIGN, state=ClockState.RUNNING, due_at__lte=now
            ).exclude(assignment=None),
            "uid",
            "case__uid",
            "assignment__unit__uid",
        )
        return sum(
            done(
                handling.sign(
                    Ask(SYSTEM, now, f"tick-sign-{row['uid']}"),
                    row["case__uid"],
                    row["assignment__unit__uid"],
                )
            )
            for row in rows
        )

    def resume_suspended(self, now: datetime) -> int:
        """What was suspended until a moment that has come goes on, unless somebody was quicker."""
        rows = self._batch(
            "resume",
            Clock.objects.filter(
                kind=ClockKind.SUSPEND,
                state=ClockState.RUNNING,
                due_at__lte=now,
                case__state=CaseState.SUSPENDED,
            ),
            "uid",
            "case__uid",
        )
        return sum(
            done(stretching.resume(Ask(SYSTEM, now, f"tick-resume-{row['uid']}"), row["case__uid"]))
            for row in rows
        )

    def close_silent(self, now: datetime) -> int:
        """What a text answered at once is closed where no word came in the adopted days."""
        waits = Clock.objects.filter(
            kind=ClockKind.CALL_BACK, state=ClockState.RUNNING, due_at__lte=now
        )
        rows = self._batch("silent", waits.filter(case__in=answered_at_once()), "uid", "case__uid")
        return sum(
            done(
                closing.close_silent(
                    Ask(SYSTEM, now, f"tick-silent-{row['uid']}"), row["case__uid"]
                )
            )
            for row in rows
        )

    def archive(self, now: datetime) -> int:
        """Called-back cases are put away once the adopted days have passed."""
        rows = self._batch(
            "archive",
            Case.objects.filter(state=CaseState.CALLED_BACK, closed_at__lt=now),
            "uid",
            "place_id",
            "closed_at",
        )
        rules = _rules({row["place_id"] for row in rows}, now)
        count = 0
        for row in rows:
            terms = rules[row["place_id"]]
            if terms is not None and _may_archive(row["closed_at"], terms, now):
                ask = Ask(SYSTEM, now, f"tick-archive-{row['uid']}")
                count += done(closing.archive(ask, row["uid"]))
        return count

    def set_waiting_clocks(self, now: datetime) -> int:
        """Clocks that waited for a calendar; looked at again only when one was loaded since."""
        newest = CalendarYear.objects.order_by("-id").values_list("id", flat=True).first() or 0
        if cache.get(CALENDARS_TRIED) == newest:
            return 0
        waiting = Clock.objects.filter(state=ClockState.WAITS)
        rows = self._batch("clocks", waiting, "case__uid", "case__main__uid")
        count = 0
        # A main case is held to the clocks of those merged into it, so it sets them itself.
        first = sorted({row["case__main__uid"] or row["case__uid"] for row in rows})
        for uid in (*first, *sorted({row["case__uid"] for row in rows} - {*first})):
            ask = Ask(SYSTEM, now, f"tick-clock-{newest}-{uid}")
            count += done(closing.set_clocks(ask, uid))
        if len(rows) < BATCH:
            cache.set(CALENDARS_TRIED, newest, timeout=None)
        return count

    def tell_morning(self, now: datetime) -> int:
        """How much waits for each member of staff today: a few of them each time, until the
        morning has come for all."""
        if _done_today(TOLD, now):
            return 0
        told = tell_morning(now, self.after.get("morning", 0), STAFF_BATCH)
        self.after["morning"] = told.after
        early = self.after.get("morning_early", 0) + told.early
        if not told.after and not early:
            _keep_today(TOLD, now)
        self.after["morning_early"] = early if told.after else 0
        return told.count

    def _batch(self, name: str, rows: QuerySet, *columns: str) -> list[dict]:
        """The next rows by key after those of the last tick, so that none is starved."""
        found = list(
            rows.filter(id__gt=self.after.get(name, 0))
            .order_by("id")
            .values("id", *columns)[:BATCH]
        )
        self.after[name] = found[-1]["id"] if len(found) == BATCH else 0
        return found


def done(answer: Done | Refusal) -> int:
    """1 for an act that was done now. A refusal is not an error: the next tick asks again."""
    if isinstance(answer, Refusal):
        logger.info("tick_refused", code=answer.code)
        return 0
    return int(not answer.again)


def prune(now: datetime) -> int:
    """Old idempotency keys and nonces, and audit rows older than thirteen months."""
    asked = Asked.objects.filter(at__lt=now - ASKED_KEPT)
    audit = Audit.objects.filter(at__lt=now - AUDIT_KEPT)
    calls = OutsideCall.objects.filter(at__lt=now - NONCES_KEPT)
    return _prune(asked) + _prune(audit) + _prune(calls)


def _prune(rows: QuerySet) -> int:
    ids = list(rows.order_by("at").values_list("id", flat=True)[:BATCH])
    return rows.filter(id__in=ids).delete()[0] if ids else 0


def sweep_daily(now: datetime) -> int:
    """Files no row names, and what is left in the search index of documents that went; once a
    day."""
    if _done_today(SWEPT, now):
        return 0
    # Files carry the machine's time, which a demo's moved clock is not.
    removed = sweep(now - timedelta(seconds=settings.YISHI_CLOCK_OFFSET_SECONDS))
    tidy()
    _keep_today(SWEPT, now)
    return removed


def plan_daily(now: datetime) -> int:
    """Once a day SQLite counts its tables anew, so that it still knows the shortest way to a row
    when there are many; PostgreSQL does so by itself."""
    if connection.vendor != "sqlite" or _done_today(PLANNED, now):
        return 0
    with connection.cursor() as cursor:
        # 0x10000: every table, not only those this process has read; 2: count where it pays.
        cursor.execute("PRAGMA optimize=0x10002")
    _keep_today(PLANNED, now)
    return 1


def suggest_daily(now: datetime) -> int:
    """Once a day what suggestions have learned is made anew from the record as it is: nothing of
    a person who was erased stays in it."""
    if _done_today(SUGGESTED, now):
        return 0
    made = rebuild_all(today_of(now))
    _keep_today(SUGGESTED, now)
    return made


def _done_today(slot: str, now: datetime) -> bool:
    return bool(cache.get(slot) == today_of(now).isoformat())


def _keep_today(slot: str, now: datetime) -> None:
    cache.set(slot, today_of(now).isoformat(), timeout=None)


def _rules(places: set[int], now: datetime) -> dict[int, InForce | None]:
    found: dict[int, InForce | None] = {}
    for place in Place.objects.filter(id__in=places):
        try:
            found[place.pk] = in_force(place, today_of(now))
        except RulesMissing:
            found[place.pk] = None
    return found


def _may_archive(closed_at: datetime, rules: InForce, now: datetime) -> bool:
    terms = rules.terms
    try:
        return now >= due(closed_at, terms.rules.archive_after, terms.calendar)
    except CalendarMissing:
        return False
