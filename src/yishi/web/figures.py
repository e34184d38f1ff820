"""How many, how many of those, and the list behind each: for those who answer for a place."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, register_converter, reverse
from django.utils.translation import gettext as _

from yishi.core.figures import BY_ID, Dimension, Figure, Period, Slice, Which, period_days
from yishi.core.refusal import Refusal
from yishi.phrases.figures import say_by, say_figure, say_month, say_out_of, say_period
from yishi.records.models import Place
from yishi.records.queries import figures
from yishi.records.queries.paging import SIZE, listed, page_within
from yishi.records.queries.rule import RulesMissing, adopted, parsed, today_of
from yishi.records.wallclock import now
from yishi.web.figures_list import ROWS_MAX, as_table, as_workbook
from yishi.web.figures_shown import (
    ASSERTED,
    OWN,
    Page,
    aside,
    bar,
    groups,
    headline,
    table,
    titles,
)
from yishi.web.gate import actor_in, page, refuse
from yishi.web.rows import page_in, pager, pager_of

TOP = 10
NARROWINGS = ("place", "unit", "item", "month", "channel")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("figures.view")
def overview(request: HttpRequest) -> HttpResponse:
    """The headline figures, and comparisons by place, unit, item, month and channel."""
    found = _look(request, minute())
    if isinstance(found, Refusal):
        return _refuse(request, found)
    period = _period(found)
    comparisons = []
    for dimension in Dimension:
        lines = groups(found, dimension)
        shown = lines[-TOP:] if dimension is Dimension.MONTH else lines[:TOP]
        comparisons.append(
            {
                "bar": bar(found, dimension, shown),
                "table": table(found, dimension, shown),
                "by": say_by(dimension),
                "more": len(lines) - len(shown),
                "href": f"{reverse('figures_by', args=[dimension])}?{found.narrowed()}",
            }
        )
    context = {
        "chips": _chips(found),
        "figures": headline(found, (*OWN, "handling_time", *aside(found)), period),
        "asserted": headline(found, (*ASSERTED, "asserted_unknown"), period)
        if found.counts.total.imported
        else [],
        "comparisons": comparisons if found.counts.total.received else [],
        "period": period,
        "narrowed": list(titles(found).values()),
    }
    return render(request, "yishi/figures/index.html", context)


@page("figures.view")
def compare(request: HttpRequest, dimension: Dimension) -> HttpResponse:
    """One comparison whole, in pages."""
    found = _look(request, minute())
    if isinstance(found, Refusal):
        return _refuse(request, found)
    lines = groups(found, dimension)
    number, pages = page_within(page_in(request.GET), len(lines), SIZE)
    context = {
        "title": say_by(dimension),
        "back": f"{reverse('figures')}?{found.narrowed()}",
        "period": _period(found),
        "narrowed": list(titles(found).values()),
        "table": table(found, dimension, lines[(number - 1) * SIZE : number * SIZE]),
        "pager": pager(number, pages, len(lines), request.GET),
    }
    return render(request, "yishi/figures/by.html", context)


@page("figures.view")
def behind(request: HttpRequest) -> HttpResponse:
    """The cases a figure counts: exactly as many as it says."""
    at = minute()
    asked = _asked_figure(request)
    part = _slice(request)
    view = asked if isinstance(asked, Refusal) else figures.look(actor_in(request), part)
    if isinstance(asked, Refusal) or isinstance(view, Refusal):
        refusal = asked if isinstance(asked, Refusal) else view
        assert isinstance(refusal, Refusal)
        return _refuse(request, refusal)
    figure, which, is_whole = asked
    found = listed(figures.cases_of(view, which, at).values(*figures.ROW), page_in(request.GET))
    query = request.GET.copy()
    query.pop("page", None)
    back = query.copy()
    for name in ("figure", "part"):
        back.pop(name, None)
    other = query.copy()
    other["part"] = "" if is_whole else "of"
    name = say_figure(figure.id)
    context = {
        "title": _("Out of which: %(figure)s") % {"figure": name} if is_whole else name,
        "out_of": say_out_of(figure.id) if is_whole else "",
        "count": found.total,
        "back": f"{reverse('figures')}?{back.urlencode()}",
        "other": f"?{other.urlencode()}" if figure.of else "",
        "is_whole": is_whole,
        "download": f"{reverse('figures_xlsx')}?{query.urlencode()}",
        "too_many": ROWS_MAX if found.total > ROWS_MAX else 0,
        "table": as_table(found.rows, view),
        "pager": pager_of(found, request.GET),
    }
    return render(request, "yishi/figures/list.html", context)


@page("figures.view")
def download(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, at most 20,000 rows; the last row says so where there are more."""
    asked = _asked_figure(request)
    view = figures.look(actor_in(request), _slice(request))
    for refusal in (asked, view):
        if isinstance(refusal, Refusal):
            return _refuse(request, refusal)
    assert not isinstance(asked, Refusal)
    assert not isinstance(view, Refusal)
    figure, which, _is_whole = asked
    found = figures.cases_of(view, which, minute())
    total = found.count()
    file = as_workbook(found.values(*figures.ROW)[:ROWS_MAX], total, view, _channels(view))
    name = f"{figure.id}-{today_of(now()):%Y%m%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file, content_type=XLSX, headers=headers)


def minute() -> datetime:
    """Figures hold for a minute, so that a list opened at once is as long as its figure."""
    return now().replace(second=0, microsecond=0)


def _refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refuse(request, refusal, status=404 if refusal.code == "not_found" else 422)


def _slice(request: HttpRequest) -> Slice:
    """What the address asks for; an unknown period is all time."""
    asked = {name: request.GET.get(name, "")[:40] for name in NARROWINGS}
    since, until = period_days(_period_asked(request), today_of(now()))
    return Slice(since, until, **asked)


def _period_asked(request: HttpRequest) -> Period:
    asked = request.GET.get("period", "")
    return Period(asked) if asked in list(Period) else Period.ALL


def _look(request: HttpRequest, at: datetime) -> Page | Refusal:
    part = _slice(request)
    actor = actor_in(request)
    view = figures.look(actor, part)
    if isinstance(view, Refusal):
        return view
    asked = {name: getattr(part, name) for name in NARROWINGS if getattr(part, name)}
    asked["period"] = _period_asked(request).value
    return Page(asked, part, view, figures.counted(actor, part, view, at), _channels(view))


def _channels(view: figures.View) -> dict[str, Any]:
    """The channels' names by the rules in force at the first place in view."""
    if not view.roots:
        return {}
    root = view.roots[0]
    place = Place(pk=root.id, name=root.name, line=root.line)
    try:
        row = adopted(place, today_of(now()), "channels")["channels"]
    except RulesMissing:
        return {}
    return {channel.code: channel for channel in parsed(row)}


def _asked_figure(request: HttpRequest) -> tuple[Figure, Which, bool] | Refusal:
    figure = BY_ID.get(request.GET.get("figure", ""))
    if figure is None:
        return Refusal("not_found", have="figure")
    is_whole = request.GET.get("part") == "of" and figure.of is not None
    return figure, figure.of if is_whole and figure.of else figure.counts, is_whole


def _period(found: Page) -> str:
    """The time the figures cover, as the months in them say."""
    months = sorted(found.counts.groups[Dimension.MONTH])
    if found.part.month:
        return say_month(found.part.month)
    if not months:
        return say_period(Period(found.asked.get("period", "")))
    if months[0] == months[-1]:
        return say_month(months[0])
    return f"{say_month(months[0])}—{say_month(months[-1])}"


def _chips(found: Page) -> dict[str, Any]:
    """The period, and whatever the page is narrowed to with the way out of it."""
    now_asked = found.asked.get("period", "")
    chosen = titles(found)
    options = [
        {"value": period.value, "word": say_period(period), "checked": period.value == now_asked}
        for period in Period
    ]
    made = [{"name": "period", "label": _("Period"), "options": options}]
    for dimension, title in chosen.items():
        value = getattr(found.part, dimension.value)
        made.append(
            {
                "name": dimension.value,
                "label": say_by(dimension),
                "options": [
                    {"value": "", "word": _("All"), "checked": False},
                    {"value": value, "word": title, "checked": True},
                ],
            }
        )
    return {"action": reverse("figures"), "groups": made}


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
]
