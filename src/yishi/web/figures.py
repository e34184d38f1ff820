"""How many, how many of those, and the list behind each: for those who answer for a place."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, register_converter, reverse
from django.utils.translation import gettext as _

from yishi.core.figures import BY_ID, Dimension, Figure, Which
from yishi.core.period import Period
from yishi.core.permit import reach
from yishi.core.refusal import Refusal
from yishi.phrases.figures import say_by, say_dimension, say_figure, say_out_of
from yishi.phrases.period import say_days, say_period
from yishi.records.queries import figures
from yishi.records.queries.paging import SIZE, page_within
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.web.figures_asked import Page, chips, look, titles
from yishi.web.figures_compare import COMPARED, TOP, bar, course, grain_of, table
from yishi.web.figures_list import ROWS_MAX, XLSX, as_table, as_workbook, table_workbook
from yishi.web.figures_shown import compared_with, sections, three_rates
from yishi.web.gate import actor_in, page, refuse
from yishi.web.rows import page_in, pager, pager_of


@page("figures.view")
def overview(request: HttpRequest) -> HttpResponse:
    """The figures in their groups, the course over time, and comparisons by unit, place, item
    and channel."""
    found = look(request)
    if isinstance(found, Refusal):
        return _refuse(request, found)
    context: dict[str, Any] = {
        "chips": chips(found),
        "received": found.counts.total.received,
        "period": _days(found),
        "narrowed": [title for _name, _label, title in titles(found)],
        "may_take_sheets": bool(reach(actor_in(request), "sheet.take")),
    }
    if context["received"]:
        context |= {
            "compared": compared_with(found),
            "sections": sections(found),
            "rates": three_rates(found),
            "no_formula": found.counts.view.rules is None,
            "course": course(found),
            "grains": _grains(found),
            "comparisons": [_comparison(found, dimension) for dimension in COMPARED],
        }
    return render(request, "yishi/figures/index.html", context)


def _comparison(found: Page, dimension: Dimension) -> dict[str, Any]:
    lines = found.counts.lines(dimension)
    shown = lines[:TOP]
    return {
        "bar": bar(found, dimension, shown),
        "table": table(found, dimension, shown),
        "by": say_by(dimension),
        "more": len(lines) - len(shown),
        "href": f"{reverse('figures_by', args=[dimension])}?{found.narrowed()}",
    }


def _grains(found: Page) -> list[dict[str, str]]:
    """The other ways to divide time."""
    drawn = grain_of(found)
    return [
        {
            "word": say_by(dimension),
            "href": f"{reverse('figures_by', args=[dimension])}?{found.narrowed()}",
        }
        for dimension in Dimension
        if dimension.grain and dimension is not drawn
    ]


@page("figures.view")
def compare(request: HttpRequest, dimension: Dimension) -> HttpResponse:
    """One comparison whole, in pages."""
    found = look(request)
    if isinstance(found, Refusal):
        return _refuse(request, found)
    lines = found.counts.lines(dimension)
    number, pages = page_within(page_in(request.GET), len(lines), SIZE)
    shown = lines[(number - 1) * SIZE : number * SIZE]
    context = {
        "title": say_by(dimension),
        "back": f"{reverse('figures')}?{found.narrowed()}",
        "period": _days(found),
        "narrowed": [title for _name, _label, title in titles(found)],
        "table": table(found, dimension, shown, whole=True),
        "download": f"{reverse('figures_by_xlsx', args=[dimension])}?{found.narrowed()}",
        "pager": pager(number, pages, len(lines), request.GET),
    }
    return render(request, "yishi/figures/by.html", context)


@page("figures.view")
def compare_download(request: HttpRequest, dimension: Dimension) -> HttpResponse:
    """A comparison whole, as a workbook."""
    found = look(request)
    if isinstance(found, Refusal):
        return _refuse(request, found)
    lines = found.counts.lines(dimension)[:ROWS_MAX]
    file = table_workbook(found, dimension, lines, say_dimension(dimension))
    return _workbook(file, f"by-{dimension}", now())


@page("figures.view")
def behind(request: HttpRequest) -> HttpResponse:
    """The cases a figure counts: exactly as many as it says."""
    asked, found = _asked_figure(request), look(request)
    for refusal in (asked, found):
        if isinstance(refusal, Refusal):
            return _refuse(request, refusal)
    assert not isinstance(asked, Refusal)
    assert not isinstance(found, Refusal)
    figure, which, is_whole = asked
    listed = figures.page_of(found.counts, which, page_in(request.GET))
    part = "of" if is_whole else ""
    query = found.narrowed(figure=figure.id, part=part)
    other = found.narrowed(figure=figure.id, part="" if is_whole else "of")
    name = say_figure(figure.id)
    context = {
        "title": _("Out of which: %(figure)s") % {"figure": name} if is_whole else name,
        "out_of": say_out_of(figure.id) if is_whole else "",
        "narrowed": [_days(found), *(title for _name, _label, title in titles(found))],
        "count": listed.total,
        "back": f"{reverse('figures')}?{found.narrowed()}",
        "other": f"?{other}" if figure.of else "",
        "is_whole": is_whole,
        "download": f"{reverse('figures_xlsx')}?{query}",
        "too_many": ROWS_MAX if listed.total > ROWS_MAX else 0,
        "table": as_table(listed.rows, found.counts.view),
        "pager": pager_of(listed, request.GET),
    }
    return render(request, "yishi/figures/list.html", context)


@page("figures.view")
def download(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, at most 20,000 rows; the last row says so where there are more."""
    asked, found = _asked_figure(request), look(request)
    for refusal in (asked, found):
        if isinstance(refusal, Refusal):
            return _refuse(request, refusal)
    assert not isinstance(asked, Refusal)
    assert not isinstance(found, Refusal)
    figure, which, _is_whole = asked
    ids = found.counts.ids(which)
    rows = figures.rows_of(ids[:ROWS_MAX])
    return _workbook(as_workbook(rows, len(ids), found.counts.view), figure.id, now())


def _workbook(file: bytes, name: str, moment: datetime) -> HttpResponse:
    named = f"{name}-{today_of(moment):%Y%m%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{named}"'}
    return HttpResponse(file, content_type=XLSX, headers=headers)


def _refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refuse(request, refusal, status=404 if refusal.code == "not_found" else 422)


def _asked_figure(request: HttpRequest) -> tuple[Figure, Which, bool] | Refusal:
    figure = BY_ID.get(request.GET.get("figure", ""))
    if figure is None:
        return Refusal("not_found", have="figure")
    is_whole = request.GET.get("part") == "of" and figure.of is not None
    return figure, figure.of if is_whole and figure.of else figure.counts, is_whole


def _days(found: Page) -> str:
    """The days the figures cover."""
    span = found.counts.view.span
    return say_days(span) if span else say_period(Period.ALL)


class OneDimension:
    """The part of an address that names a dimension."""

    regex = "|".join(Dimension)

    def to_python(self, value: str) -> Dimension:
        return Dimension(value)

    def to_url(self, value: Dimension) -> str:
        return Dimension(value).value


register_converter(OneDimension, "dimension")

urls = [
    path("figures", overview, name="figures"),
    path("figures/list", behind, name="figures_list"),
    path("figures/list.xlsx", download, name="figures_xlsx"),
    path("figures/by/<dimension:dimension>", compare, name="figures_by"),
    path("figures/by/<dimension:dimension>.xlsx", compare_download, name="figures_by_xlsx"),
]
