"""Comparisons: bars, a line over time with the year before, and the table beside each."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.figures import BY_ID, NONE, Dimension, Figure, Tally, Which, growth, share
from yishi.core.period import Grain, Span, key_of, year_before
from yishi.phrases.figures import (
    say_by,
    say_column,
    say_dimension,
    say_more,
    say_tenths,
    say_time_taken,
    say_without,
)
from yishi.phrases.period import say_mark, say_time
from yishi.records.queries.figures import Line, micros
from yishi.web.figures_asked import Page, say_channel, say_item
from yishi.web.figures_shown import HOUR

# The columns of a comparison: our own clocks first, then what sources assert.
FEW = ("received", "settled", "open", "on_time", "overdue")
MANY = (*FEW, "handling_time", "repeats", "return_asked", "response", "solved", "satisfied")
ASSERTED = ("asserted_on_time", "asserted_overdue")
# Told as a number alone: what they are out of stands in the first column.
ALONE = frozenset({"received", "open", "repeats", "return_asked"})
COMPARED = (Dimension.UNIT, Dimension.PLACE, Dimension.ITEM, Dimension.CHANNEL)
TOP = 10
POINTS = 36
DAYS_DRAWN = 62


def label_of(page: Page, dimension: Dimension, line: Line) -> str:
    """What a line of a comparison is called."""
    match dimension:
        case Dimension.PLACE:
            below = any(spot.parent_id == line.id for spot in page.counts.view.places.values())
            own = not line.key and below
            return _("%(place)s itself") % {"place": line.name} if own else line.name
        case Dimension.UNIT:
            return line.name or say_without(dimension)
        case Dimension.ITEM:
            return say_item(line.key, page.counts)
        case Dimension.CHANNEL:
            return say_channel("" if line.key == NONE else line.key, page.counts.view.channels)
    return say_time(line.key)


def bar(page: Page, dimension: Dimension, lines: Sequence[Line]) -> dict[str, Any]:
    """The context of `pieces/bar.html`: received, each line leading deeper."""
    top = max((line.tally.received for line in lines), default=0)
    return {
        "caption": say_by(dimension),
        "head": say_dimension(dimension),
        "unit": say_column("received"),
        "rows": [
            {
                "label": label_of(page, dimension, line),
                "value": line.tally.received,
                "share": line.tally.received * 100 // top if top else 0,
                "href": _deeper(page, dimension, line),
            }
            for line in lines
        ],
    }


def narrowing(dimension: Dimension) -> str:
    """The parameter that narrows a slice to one line of a dimension."""
    return "time" if dimension.grain else dimension.value


def _deeper(page: Page, dimension: Dimension, line: Line) -> str:
    name = narrowing(dimension)
    if not line.key or line.key == page.asked.get(name, ""):
        return ""
    return f"{reverse('figures')}?{page.narrowed(**{name: line.key})}"


def columns_of(page: Page, whole: bool) -> tuple[str, ...]:
    """The figures a table has: a few, or all that compare lines, and what sources say."""
    total = page.counts.total
    asserted = ASSERTED if total.count(Which.IMPORTED) else ()
    if not whole:
        return (*FEW, *asserted)
    rated = total.count(Which.RATED) > 0
    shown = MANY if rated else tuple(id for id in MANY if id not in MANY[-3:])
    return (*shown, *asserted)


def table(
    page: Page, dimension: Dimension, lines: Sequence[Line], *, whole: bool = False
) -> dict[str, Any]:
    """The context of `pieces/table.html`: the figures of each line, leading to their lists."""
    columns = columns_of(page, whole)
    labels = {id: say_column(id) for id in columns}
    return {
        "caption": _("%(by)s, every figure") % {"by": say_by(dimension)},
        "columns": [
            {"label": say_dimension(dimension)},
            *({"label": labels[id], "nums": True} for id in columns),
        ],
        "rows": [
            [
                {"text": label_of(page, dimension, line)},
                *(_cell(page, dimension, line, BY_ID[id], labels[id]) for id in columns),
            ]
            for line in lines
        ],
    }


def _cell(
    page: Page, dimension: Dimension, line: Line, figure: Figure, label: str
) -> dict[str, Any]:
    href = ""
    if line.tally.count(figure.counts) and line.key:
        href = page.list_href(figure.id, **{narrowing(dimension): line.key})
    return {"text": say_cell(figure, line.tally), "href": href, "label": label, "nums": True}


def say_cell(figure: Figure, tally: Tally) -> str:
    """A figure in a table: 12, 11/12 · 91.7%, 30.5小时."""
    number = tally.count(figure.counts)
    if figure.is_time:
        return say_time_taken(tally.handling.mean / HOUR) if tally.handling else "—"
    whole = tally.count(figure.of) if figure.of else 0
    if figure.id in ALONE or not whole:
        return str(number)
    return f"{number}/{whole} · {say_tenths(share(number, whole))}"


def grain_of(page: Page) -> Dimension:
    """By what a slice is drawn over time: by day where it is short, else by month."""
    spans = page.counts.lines(Dimension.MONTH).spans()
    if not spans:
        return Dimension.MONTH
    days = page.counts.view.span.days if page.counts.view.span else 0
    short = 0 < days <= DAYS_DRAWN or (not days and len(spans) <= 2)
    return Dimension.DAY if short else Dimension.MONTH


def course(page: Page) -> dict[str, Any]:
    """The context of `pieces/course.html`: received over time, with the year before, and the
    table that says the same."""
    dimension = grain_of(page)
    grain = dimension.grain
    assert grain is not None
    lines = page.counts.lines(dimension)
    shown = lines.spans()[-POINTS:] if grain is Grain.MONTH else lines.spans()
    keys = [key_of(grain, span.first) for span in shown]
    made = {line.key: line.tally.received for line in lines[:]}
    values = [made.get(key, 0) for key in keys]
    earlier = _year_before(page, shown)
    return {
        "caption": say_by(dimension),
        "word": say_column("received"),
        "earlier_word": _("A year before") if any(earlier) else "",
        "points": [
            {"mark": say_mark(span), "value": value, "earlier": before}
            for span, value, before in zip(shown, values, earlier, strict=True)
        ],
        "table": _course_table(page, dimension, keys, values, earlier),
        "href": f"{reverse('figures_by', args=[dimension.value])}?{page.narrowed()}",
        "nothing_earlier": not any(earlier),
    }


def _course_table(
    page: Page,
    dimension: Dimension,
    keys: Sequence[str],
    values: Sequence[int],
    earlier: Sequence[int],
) -> dict[str, Any]:
    heads = [say_dimension(dimension), say_column("received")]
    if any(earlier):
        heads += [_("A year before"), _("Difference")]
    rows = []
    for key, value, before in zip(keys, values, earlier, strict=True):
        href = page.list_href("received", time=key) if value else ""
        row = [
            {"text": say_time(key)},
            {"text": str(value), "href": href, "label": heads[1], "nums": True},
        ]
        if any(earlier):
            more = say_more(value - before, growth(value, before))
            row += [
                {"text": str(before), "label": heads[2], "nums": True},
                {"text": more, "label": heads[3], "nums": True},
            ]
        rows.append(row)
    return {
        "caption": _("%(by)s, as a table") % {"by": say_by(dimension)},
        "columns": [{"label": head, "nums": place > 0} for place, head in enumerate(heads)],
        "rows": rows,
    }


def _year_before(page: Page, spans: Sequence[Span]) -> list[int]:
    """How many were received in each of these periods a year earlier."""
    if not spans:
        return []
    past = [year_before(span) for span in spans]
    whole = page.counts.within(Span(past[0].first, past[-1].until))
    # Two days may have the same day before them: 28 and 29 February.
    starts = sorted({micros(span.first) for span in past})
    counts = whole.split_at(np.array(starts, dtype=np.int64)).counts(Which.RECEIVED)
    at = {start: int(counts[n]) if n < len(counts) else 0 for n, start in enumerate(starts)}
    return [at[micros(span.first)] for span in past]
