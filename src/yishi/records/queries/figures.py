"""Figures and the lists behind them: counted from the same rows, and only what the reader may.

`counted` is the whole of it: every figure of a slice, with its 环比 and 同比, divided by any
dimension, and the cases behind each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from yishi.core.figures import NONE, Dimension, Slice, Tally, Which
from yishi.core.period import Span, before, key_of, span_at, year_before
from yishi.core.person import Actor
from yishi.core.rates import Rates, rates
from yishi.core.refusal import Refusal
from yishi.counting.figures import Counted, Cut, Split
from yishi.records.models import Body, Case
from yishi.records.queries.figures_book import current
from yishi.records.queries.figures_load import Words
from yishi.records.queries.figures_view import View, look, places_in, places_under
from yishi.records.queries.paging import SIZE, Listed, page_within
from yishi.records.queries.rule import start_of, zone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
NO_SUCH = -1
AT_ONCE = 5_000
ROW = (
    "id",
    "uid",
    "number",
    "item_title",
    "line",
    "place_id",
    "place__name",
    "lead__name",
    "main__number",
    "main__lead__name",
    "channel",
    "filed_at",
    "state",
    "is_imported",
    "source__asserted_on_time",
)


@dataclass(frozen=True)
class Compared:
    """The same slice in other days."""

    span: Span
    tally: Tally


@dataclass(frozen=True)
class Line:
    """A group of a dimension: what narrows the slice to it ("" where nothing can), its name
    (of a place or unit; a code or a time otherwise), and every figure of it.

    `id`: of the place or unit, 0 for none.
    """

    key: str
    name: str
    tally: Tally
    id: int = 0


@dataclass(frozen=True)
class Counts:
    """Every figure of a slice at `now`, and what is behind it.

    `total.count(which)` for any `core.figures.Which`, `total.handling` for times, `rates` for the
    three rates; `before` and `year_before` are the same for 环比 and 同比, None where the slice
    has no beginning. `lines(dimension)` divides it; `ids(which)` are the cases behind a figure.
    """

    part: Slice
    view: View
    counted: Counted
    words: Words
    _splits: dict[Dimension, "Lines"] = field(default_factory=dict)

    @property
    def total(self) -> Tally:
        """Every figure of the slice."""
        return self.counted.tally

    @cached_property
    def before(self) -> Compared | None:
        """环比: the period before."""
        return self._compared(before(self.view.span)) if self.view.span else None

    @cached_property
    def year_before(self) -> Compared | None:
        """同比: the same period a year earlier."""
        return self._compared(year_before(self.view.span)) if self.view.span else None

    @property
    def rates(self) -> Rates | None:
        """The three rates by the formula in force; None where none is adopted."""
        return rates(self.total.call_backs, self.view.rules) if self.view.rules else None

    def ids(self, which: Which) -> Sequence[int]:
        """The cases behind a figure, latest first: as many as it counts."""
        found: list[int] = self.counted.ids(which).tolist()
        return found

    def lines(self, dimension: Dimension) -> "Lines":
        """The slice divided: times in order, everything else most first."""
        if dimension not in self._splits:
            self._splits[dimension] = Lines(self, dimension)
        return self._splits[dimension]

    def within(self, span: Span) -> Counted:
        """The same slice in other days."""
        cut = self.counted.cut
        since, until = micros(span.first), micros(span.until)
        other = Cut(cut.places, since, until, cut.lead, cut.item, cut.channel)
        return Counted(self.counted.book, other, self.counted.now, self.counted.repeat_hours)

    def _compared(self, span: Span) -> Compared:
        return Compared(span, self.within(span).tally)


class Lines:
    """A slice divided by one dimension; a line is made when it is asked for."""

    def __init__(self, counts: Counts, dimension: Dimension) -> None:
        self.counts, self.dimension = counts, dimension
        self._spans: list[Span] = []
        self._split = self._divide()
        groups = self._split.most_first
        self._groups = sorted(groups) if dimension.grain else groups

    def __len__(self) -> int:
        return len(self._groups)

    def __getitem__(self, part: slice) -> list[Line]:
        """Some of the lines, with their names: at most one statement."""
        groups = self._groups[part]
        match self.dimension:
            case Dimension.PLACE:
                return [self._place(group) for group in groups]
            case Dimension.UNIT:
                rows = Body.objects.filter(id__in=groups).values_list("id", "uid", "name")
                named = {row[0]: row for row in rows}
                return [self._line(g, *named.get(g, (0, NONE, ""))[1:], g) for g in groups]
            case Dimension.ITEM | Dimension.CHANNEL:
                known = self.counts.words
                words = known.items if self.dimension is Dimension.ITEM else known.channels
                codes = {number: code for code, number in words.items()}
                return [self._line(g, codes[g] or NONE, codes[g]) for g in groups]
        grain = self.dimension.grain
        assert grain is not None
        keys = [key_of(grain, self._spans[group].first) for group in groups]
        return [self._line(g, key, key) for g, key in zip(groups, keys, strict=True)]

    def spans(self) -> list[Span]:
        """Every period of a dimension of time, from the first with a case to the last, those
        without one too."""
        return self._spans

    def _line(self, group: int, key: str, name: str, id: int = 0) -> Line:
        return Line(key, name, self._split.tally(group), id)

    def _place(self, group: int) -> Line:
        """One place is divided into those below it; its own cases stand under itself, where no
        key narrows to them alone."""
        view = self.counts.view
        spot = view.places[group]
        own = [spot] == list(view.roots)
        return self._line(group, "" if own else spot.uid, spot.name, spot.id)

    def _divide(self) -> Split:
        counted = self.counts.counted
        match self.dimension:
            case Dimension.PLACE:
                place = counted.book.column("place")
                under = places_under(self.counts.view, int(place.max(initial=0)))
                return counted.split(under[place])
            case Dimension.UNIT:
                return counted.split_by("lead")
            case Dimension.ITEM | Dimension.CHANNEL:
                return counted.split_by(self.dimension.value)
        grain, reaches = self.dimension.grain, counted.span()
        assert grain is not None
        if reaches is None:
            return counted.split_at(np.zeros(1, dtype=np.int64))
        last = _day(reaches[1])
        span = span_at(grain, _day(reaches[0]))
        while span.first <= last:
            self._spans.append(span)
            span = span_at(grain, span.until)
        starts = [micros(span.first) for span in self._spans]
        return counted.split_at(np.array(starts, dtype=np.int64))


def counted(actor: Actor, part: Slice, now: datetime) -> Counts | Refusal:
    """Every figure of `part` for `actor`; `now` counts by its whole minute.

    Refused: `not_found` (no such place or unit within the reader's reach), `period_wrong`.
    Eight statements at most, four of them only after something has happened; seven when the
    cases are read anew.
    """
    view = look(actor, part, now)
    if isinstance(view, Refusal):
        return view
    book, words = current()
    lead = _lead(part) if part.unit else None
    if isinstance(lead, Refusal):
        return lead
    unit, name = lead or (None, "")
    cut = Cut(
        places=frozenset(places_in(view)),
        since=micros(view.span.first) if view.span else None,
        until=micros(view.span.until) if view.span else None,
        lead=unit,
        item=_code(words.items, part.item),
        channel=_code(words.channels, part.channel),
    )
    minute = now.replace(second=0, microsecond=0)
    hours = view.rules.repeat_hours if view.rules else 0
    found = Counted(book, cut, (minute - EPOCH) // MICRO, hours)
    return Counts(part, replace(view, unit=name), found, words)


def page_of(counts: Counts, which: Which, page: int, size: int = SIZE) -> Listed:
    """One page of the list behind a figure. One statement."""
    ids = counts.counted.ids(which)
    page, pages = page_within(page, len(ids), size)
    return Listed(rows_of(ids[(page - 1) * size : page * size].tolist()), page, pages, len(ids))


def rows_of(ids: Sequence[int]) -> list[dict[str, Any]]:
    """The cases of these ids, in this order. One statement for each 5,000."""
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = Case.objects.filter(pk__in=ids[start : start + AT_ONCE]).values(*ROW)
        found |= {row["id"]: dict(row) for row in rows}
    return [found[pk] for pk in ids if pk in found]


def micros(day: date) -> int:
    """The first moment of a local day, in microseconds since 1970."""
    return (start_of(day) - EPOCH) // MICRO


def _day(moment: int) -> date:
    return (EPOCH + moment * MICRO).astimezone(zone()).date()


def _lead(part: Slice) -> tuple[int, str] | Refusal:
    if part.unit == NONE:
        return 0, ""
    body = Body.objects.filter(uid=part.unit).values_list("id", "name").first()
    return body or Refusal("not_found", have="unit")


def _code(words: Mapping[str, int], asked: str) -> int | None:
    if not asked:
        return None
    return 0 if asked == NONE else words.get(asked, NO_SUCH)
