"""What higher systems ask for: sheets filled from the record, looked at here and taken away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishi.core.casesheet import CaseSheet
from yishi.core.period import FIRST_YEAR, LAST_YEAR
from yishi.core.permit import reach
from yishi.core.refusal import Refusal
from yishi.phrases.casesheet import say_cell
from yishi.phrases.rule import say_text
from yishi.records.models import Case, Place
from yishi.records.queries import casesheet as query
from yishi.records.queries.ledger import places_in
from yishi.records.queries.paging import SIZE, page_within
from yishi.records.queries.rule import RulesMissing, today_of
from yishi.records.spreadsheet import XLSX_TYPE, write_xlsx
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, missing, page, refuse
from yishi.web.ledger import named
from yishi.web.office import choices, day_typed, download, table
from yishi.web.rows import page_in, pager

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """One sheet over the days from `since` until `until` (exclusive), at `place` or everywhere."""

    named: query.Named
    sheet: CaseSheet
    since: date
    until: date
    place: str
    places: list[dict[str, Any]]

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.until - DAY


@page("sheet.take")
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets there are, and one of them over a period, a page at a time."""
    found = _asked(request)
    if isinstance(found, HttpResponse):
        return found
    sheet, code = found.sheet, request.GET.get("place", "")
    rows = _matters(request, found)
    total = rows.count()
    number, pages = page_within(page_in(request.GET), total, SIZE)
    first = (number - 1) * SIZE
    days = {"since": str(found.since), "until": str(found.last)}
    asked = {"sheet": sheet.code, **days, "place": code}
    heads = [column.head for column in sheet.columns]
    every = [(one.code, say_text(one.name)) for one in found.named.sheets]
    context = {
        "sheets": choices(every, sheet.code),
        "places": choices([("", _("All")), *named(found.places)], code),
        "sheet": say_text(sheet.name),
        "asked_by": say_text(sheet.asked_by),
        "since": found.since,
        "until": found.last,
        "total": total,
        "table": table(
            say_text(sheet.name),
            heads,
            _cells(found, query.facts_of(rows, sheet, first, SIZE), first),
        ),
        "pager": pager(number, pages, total, request.GET),
        "download": f"{reverse('sheets_xlsx')}?{urlencode(asked)}",
        "too_many": query.MOST if total > query.MOST else 0,
    }
    return render(request, "yishi/figures/sheets.html", context)


@page("sheet.take")
def sheets_xlsx(request: HttpRequest) -> HttpResponse:
    """The whole sheet as a workbook, at most `query.MOST` rows."""
    found = _asked(request)
    if isinstance(found, HttpResponse):
        return found
    title = say_text(found.sheet.name)
    heads = [column.head for column in found.sheet.columns]
    cells = _cells(found, query.facts_of(_matters(request, found), found.sheet), 0)
    data = write_xlsx({title: (heads, cells)})
    return download(data, XLSX_TYPE, f"{title} {found.since:%Y%m%d}-{found.last:%Y%m%d}.xlsx")


def _matters(request: HttpRequest, found: Asked) -> "QuerySet[Case]":
    return query.matters(actor_in(request), found.sheet, found.since, found.until, found.place)


def _asked(request: HttpRequest) -> Asked | HttpResponse:
    """Which sheet, over which days, where; last month and everywhere if the address says nothing.

    A day nobody can read, or a period that ends before it begins, is refused.
    """
    today = today_of(now())
    try:
        found = query.named_at(_seat(request), today)
    except RulesMissing as none:
        return refuse(request, none.refusal)
    wanted = request.GET.get("sheet", "") or found.sheets[0].code
    sheet = next((one for one in found.sheets if one.code == wanted), None)
    places = places_in(actor_in(request), query.ACT)
    code = request.GET.get("place", "")
    place = next((row["uid"] for row in places if row["code"] == code), "")
    if sheet is None or (code and not place):
        return missing(request)
    end = today.replace(day=1) - DAY
    days: list[date] = []
    for name, usual in (("since", end.replace(day=1)), ("until", end)):
        typed = request.GET.get(name, "")
        day = day_typed(typed) if typed else usual
        if isinstance(day, Refusal):
            return refuse(request, day)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return refuse(request, Refusal("day_unreadable", have=typed))
        days.append(day)
    since, until = days
    if until < since:
        return refuse(request, Refusal("period_backwards", since, until, "day"))
    return Asked(found, sheet, since, until + DAY, place, places)


def _seat(request: HttpRequest) -> Place:
    """The place the asker speaks for: its adopted sheets are the ones offered."""
    seats = [seat for _grant, seat in reach(actor_in(request), query.ACT) if seat]
    return Place.objects.get(pk=min(seats, key=lambda seat: len(seat.line)).place_id)


def _cells(found: Asked, facts: Iterable[query.Facts], first: int) -> list[list[Any]]:
    moment = now()
    return [
        [say_cell(column.field, at, one, found.named, moment) for column in found.sheet.columns]
        for at, one in zip(count(first + 1), facts, strict=False)
    ]


urls: list[URLPattern] = [
    path("sheets", sheets, name="sheets"),
    path("sheets.xlsx", sheets_xlsx, name="sheets_xlsx"),
]
