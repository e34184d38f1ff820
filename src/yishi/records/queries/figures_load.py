"""Cases read as rows of small integers: what figures are counted from.

Four statements, whatever the number of cases, as raw tuples: nothing is made of them but numbers.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Case as Either
from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from yishi.core.case.request import RequestKind, RequestState
from yishi.core.clock import ClockKind, ClockState
from yishi.core.exclusion import ExclusionState
from yishi.core.place import COMMUNITY_BODIES
from yishi.core.rates import Reach
from yishi.counting.cases import NO, ROW, SATISFACTIONS, STATES, UNKNOWN, YES
from yishi.records.models import (
    Assignment,
    Case,
    Clock,
    Exclusion,
    Link,
    Pushed,
    Rating,
    Request,
    Source,
)
from yishi.records.queries.instant import UNSOLVED

STATE_AT = {state.value: position for position, state in enumerate(STATES)}
SATISFACTION_AT = {word: position for position, word in enumerate(SATISFACTIONS)}
CLOCK, CONTACT, RETURN, PUSH, SOURCE = range(5)


class Micros(Func):
    """A stored moment as microseconds since 1970; 0 for none."""

    output_field = IntegerField()
    arity = 1

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        sql, params = compiler.compile(self.source_expressions[0])
        made = f"COALESCE(unixepoch({sql}) * 1000000 + CAST(substr({sql}, 21) AS INTEGER), 0)"
        return made, (*params, *params)

    def as_postgresql(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        sql, params = compiler.compile(self.source_expressions[0])
        return f"COALESCE(CAST(EXTRACT(EPOCH FROM {sql}) * 1000000 AS bigint), 0)", params


@dataclass
class Words:
    """Items and channels as numbers, from 1 on; "" is 0. Grows, and never renumbers.

    `titles`: what an item was last called.
    """

    items: dict[str, int] = field(default_factory=lambda: {"": 0})
    channels: dict[str, int] = field(default_factory=lambda: {"": 0})
    titles: dict[str, str] = field(default_factory=dict)


def read_rows(words: Words, only: Collection[int] | None = None) -> np.ndarray:
    """The rows of all cases, or of `only` these; `words` learns their items and channels."""
    cases = Case.objects.order_by("id")
    if only is not None:
        cases = cases.filter(pk__in=only)
    found = list(_raw(cases.values_list(*_CASE)))
    rows = np.zeros(len(found), dtype=ROW)
    rows["asserted"] = UNKNOWN
    if not found:
        return rows
    (
        ids,
        filed,
        place,
        lead,
        main,
        instant,
        unsolved,
        imported,
        kind,
        item,
        title,
        channel,
        state,
    ) = zip(*found, strict=True)
    rows["id"], rows["filed"], rows["place"] = ids, filed, place
    rows["lead"], rows["main"], rows["imported"] = lead, main, imported
    rows["instant"], rows["unsolved"] = instant, unsolved
    community = {body.value for body in COMMUNITY_BODIES}
    rows["community"] = [one in community for one in kind]
    rows["item"] = [words.items.setdefault(code, len(words.items)) for code in item]
    rows["channel"] = [words.channels.setdefault(code, len(words.channels)) for code in channel]
    rows["state"] = [STATE_AT[word] for word in state]
    words.titles |= {code: name for code, name in zip(item, title, strict=True) if code and name}
    _mark(rows, only)
    _rate(rows, only)
    return rows


def _one_if(condition: Q) -> Either:
    return Either(When(condition, then=YES), default=NO, output_field=IntegerField())


_CASE = (
    "id",
    Micros("filed_at"),
    "place_id",
    Coalesce("lead_id", 0),
    Coalesce("main_id", 0),
    _one_if(Q(instant__isnull=False)),
    _one_if(UNSOLVED),
    Cast("is_imported", IntegerField()),
    "lead__kind",
    "item",
    "item_title",
    "channel",
    "state",
)


def _mark(rows: np.ndarray, only: Collection[int] | None) -> None:
    """Clocks, contacts, returns, push-downs and what sources assert: one statement."""
    facts = np.array(list(_raw(_facts(only))) or np.zeros((0, 6)), dtype=np.int64)
    facts = facts[np.isin(facts[:, 1], rows["id"])]
    at = np.searchsorted(rows["id"], facts[:, 1])
    tag = facts[:, 0]
    clocks = tag == CLOCK
    rows["clock"][at[clocks]] = True
    for column, name in enumerate(("started", "due", "ended", "stands"), 2):
        rows[name][at[clocks]] = facts[clocks, column]
    rows["contacted"][at[tag == CONTACT]] = True
    rows["return_asked"][at[tag == RETURN]] = True
    rows["return_accepted"][at[(tag == RETURN) & (facts[:, 2] == YES)]] = True
    rows["pushed"][at[tag == PUSH]] = True
    sources = tag == SOURCE
    rows["asserted"][at[sources]] = facts[sources, 2]


def _facts(only: Collection[int] | None) -> "QuerySet[Any, Any]":
    """Rows of (tag, case, four numbers)."""
    # The lead unit's handling clock; a case has at most one that was not stopped.
    clocks = Clock.objects.filter(kind=ClockKind.HANDLE, assignment__is_lead=True).exclude(
        state=ClockState.STOPPED
    )
    contacts = Assignment.objects.filter(
        is_lead=True, ended_at__isnull=True, contacted_at__isnull=False
    )
    returns = Request.objects.filter(kind=RequestKind.RETURN)
    accepted = _one_if(Q(state=RequestState.ACCEPTED))
    asserted = Either(
        When(asserted_on_time=True, then=YES),
        When(asserted_on_time=False, then=NO),
        default=UNKNOWN,
        output_field=IntegerField(),
    )
    times = (Micros("started_at"), Micros("due_at"), Micros("ended_at"))
    stands = _one_if(Q(state=ClockState.PAUSED))
    tagged: tuple[tuple[int, QuerySet[Any], tuple[Any, ...]], ...] = (
        (CLOCK, clocks, (*times, stands)),
        (CONTACT, contacts, ()),
        (RETURN, returns, (accepted,)),
        (PUSH, Pushed.objects.all(), ()),
        (SOURCE, Source.objects.all(), (asserted,)),
    )
    parts = []
    for tag, query, values in tagged:
        narrowed = query if only is None else query.filter(case_id__in=only)
        filled = (*values, *(Value(0) for _ in range(4 - len(values))))
        named = {f"n{place}": value for place, value in enumerate(filled)}
        made = narrowed.order_by().annotate(tag=Value(tag, IntegerField()), **named)
        parts.append(made.values_list("tag", "case_id", *named))
    return parts[0].union(*parts[1:], all=True)


def _rate(rows: np.ndarray, only: Collection[int] | None) -> None:
    """The last word of each resident, put to the matter they raised: one statement."""
    last: dict[int, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    for own, report, *word in _raw(_ratings(only)):
        last[own][report] = tuple(word)
    mine = set(rows["id"].tolist()) if only is not None else None
    for own, words in last.items():
        if mine is None or own in mine:
            row = int(np.searchsorted(rows["id"], own))
            for name, value in put_together(words.values()).items():
                rows[name][row] = value


def put_together(words: Iterable[tuple[Any, ...]]) -> dict[str, int]:
    """The words of the residents of one case as its columns; each is solved, satisfaction and how
    far an approved exclusion reaches. Source: `core.figures_case.Word`."""
    reaches = [reach for *_, reach in words]
    counted = [bool(solved) for solved, _said, reach in words if reach != Reach.ALL]
    levels = [SATISFACTION_AT.get(said, 0) for _solved, said, reach in words if not reach]
    return {
        "rated": True,
        "valid": bool(counted),
        "solved": bool(counted) and all(counted),
        "valid_satisfaction": bool(levels),
        "satisfaction": min(levels, default=0),
        "excluded": Reach.ALL in reaches,
        "excluded_satisfaction": Reach.SATISFACTION in reaches,
    }


def _ratings(only: Collection[int] | None) -> "QuerySet[Any, Any]":
    """Rows of (own case, report, solved, satisfaction, reach of its exclusion), the last last."""
    # A report shares its number with the case it came in as, wherever it was handled.
    own = Case.objects.filter(number=OuterRef("report__number")).values("id")[:1]
    approved = Exclusion.objects.filter(rating=OuterRef("pk"), state=ExclusionState.APPROVED)
    ratings = Rating.objects.all()
    if only is not None:
        ratings = ratings.filter(report__in=Link.objects.filter(case_id__in=only).values("report"))
    return ratings.order_by("report_id", "round", "id").values_list(
        Coalesce(Subquery(own), F("case_id")),
        "report_id",
        Cast("solved", IntegerField()),
        "satisfaction",
        Coalesce(Subquery(approved.values("reach")[:1]), Value("")),
    )


def _raw(query: "QuerySet[Any, Any]") -> Iterable[tuple[Any, ...]]:
    """The rows as the database has them: no value is converted."""
    sql, params = query.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
