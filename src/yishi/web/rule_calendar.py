"""Work-day calendars: the years loaded, drawn; a year sent in; how many clocks wait for which."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts import rule as acts
from yishi.acts.door import Done
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact
from yishi.phrases.office import say_office, say_rule_error
from yishi.records.models import CalendarYear
from yishi.records.queries.place import place_for, places_for
from yishi.records.queries.rule_list import calendars
from yishi.rulebook.kinds import year_of
from yishi.rulebook.kinds.calendar import bundle_of_year_json
from yishi.rulebook.load import read_bundle
from yishi.rulebook.problem import RuleFileError
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, new_key, page
from yishi.web.office import rooms, table
from yishi.web.uploads import file_sent

LARGEST = 1_000_000
CELL, LEFT, TOP = 16, 34, 16
SATURDAY = 5


@page("rules.view")
def calendar(request: HttpRequest) -> HttpResponse:
    """Every year loaded, latest first."""
    return _calendar(request)


@page("calendar.load", methods=("POST",))
def load(request: HttpRequest) -> HttpResponse:
    """Takes a year as our rule file or as JSON of the holiday-cn kind."""
    try:
        answer = _load(request)
    except RuleFileError as error:
        return _calendar(request, say_rule_error(error))
    if isinstance(answer, Refusal):
        return _calendar(request, say_office(answer))
    said = _("The calendar is loaded. Clocks that waited for it are worked out within a minute.")
    return answered(request, answer, reverse("calendar"), said)


def _load(request: HttpRequest) -> Done | Refusal:
    sent = file_sent(request, LARGEST)
    if isinstance(sent, Refusal):
        return sent
    data, name = sent
    if name.lower().endswith(".json"):
        bundle = bundle_of_year_json(data, name)
    else:
        bundle = read_bundle("calendar", {name: data})
    ask = ask_in(request)
    own = places_for(ask.actor, "calendar.load")
    place = place_for(ask.actor, own[0]["code"], "calendar.load") if own else None
    return acts.load_calendar(ask, year_of(bundle), bundle.sha256, place)


def _calendar(request: HttpRequest, refusal: dict[str, Any] | None = None) -> HttpResponse:
    found = calendars()
    context = {
        "rooms": rooms("calendar"),
        "years": [_year(row) for row in found.years],
        "waiting": [{"year": year, "many": many} for year, many in sorted(found.waiting.items())],
        "refusal": refusal,
        "may_load": bool(places_for(actor_in(request), "calendar.load")),
        "key": new_key(),
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/rule/calendar.html", context, status=status)


def _year(row: CalendarYear) -> dict[str, Any]:
    off = {date.fromisoformat(day): name for day, name in row.off.items()}
    work = {date.fromisoformat(day): name for day, name in row.work.items()}
    rows = [
        (name, _span(days), len(days), "、".join(_short(d) for d, n in work.items() if n == name))
        for name, days in _by_name(off).items()
    ]
    labels = [_("Holiday"), _("Days off"), _("How many"), _("Make-up workdays")]
    return {
        "year": row.year,
        "version": row.version,
        "source": row.source,
        "loaded": say_exact(row.loaded_at),
        "off": len(off),
        "work": len(work),
        "cells": _cells(row.year, off, work),
        "months": [{"y": TOP + CELL * at - 4, "word": at} for at in range(1, 13)],
        "days": [{"x": LEFT + CELL * (day - 1) + 2, "word": day} for day in range(1, 32, 5)],
        "width": LEFT + CELL * 31,
        "height": TOP + CELL * 12,
        "table": table(_("The same in words"), labels, rows, (2,)),
    }


def _cells(year: int, off: dict[date, str], work: dict[date, str]) -> list[dict[str, Any]]:
    """A square for each day: off, make-up workday, weekend or plain."""
    cells = []
    for month in range(1, 13):
        for number in range(1, monthrange(year, month)[1] + 1):
            day = date(year, month, number)
            kind = "weekend" if day.weekday() >= SATURDAY else "plain"
            kind = "off" if day in off else "make-up" if day in work else kind
            x, y = LEFT + CELL * (number - 1), TOP + CELL * (month - 1)
            cells.append({"x": x, "y": y, "kind": kind})
    return cells


def _by_name(off: dict[date, str]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for day in sorted(off):
        found.setdefault(off[day], []).append(day)
    return found


def _span(days: list[date]) -> str:
    whole = (days[-1] - days[0]) // timedelta(days=1) + 1 == len(days)
    if whole and len(days) > 1:
        return f"{_short(days[0])} – {_short(days[-1])}"
    return "、".join(map(_short, days))


def _short(day: date) -> str:
    return f"{day.month}-{day.day}"


urls: list[URLPattern] = [
    path("rules/calendar", calendar, name="calendar"),
    path("rules/calendar/load", load, name="calendar_load"),
]
