"""工作法: the methods there are, one of them with its flow charts, and its sheet for the wall."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from yishi.core.method.chart_shape import Chart
from yishi.core.method.language import Entry, Method, Procedure, Rhythm, Size
from yishi.core.method.rhythm import next_on
from yishi.core.permit import reach
from yishi.phrases.method import say_every, say_layer
from yishi.phrases.method_room import say_meeting
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text
from yishi.phrases.rule_file import say_source
from yishi.records.models import BundleRow
from yishi.records.queries import method as query
from yishi.records.queries.rule import bundle_of, parsed, today_of
from yishi.records.wallclock import now
from yishi.web.flow import flow_of
from yishi.web.form.made import CHINESE
from yishi.web.gate import actor_in, missing, page
from yishi.web.office import Cell, table
from yishi.web.round_terms import terms_of
from yishi.web.rows import page_in, pager_of
from yishi.web.sheet import PAPERS, foot_of, paper_asked, sheet

# How a heading begins in the texts beside a method.
PART = "\n## "
# Millimetres the drawing has beside the working rules on A3: upright, and lying.
UPRIGHT, LYING = (193, 300), (262, 190)


@page("method.list")
def methods(request: HttpRequest) -> HttpResponse:
    """The methods kept here, and which place works by which."""
    found = query.methods(page_in(request.GET))
    places = query.working(today_of(now()), page_in(request.GET))
    longer = found if found.pages > places.pages else places
    context = {
        "methods": table(
            _("Methods there are"),
            [_("Method"), _("What it is about"), _("Whose rule"), _("Version"), _("Valid from")],
            [_row(row) for row in found.rows],
        )
        if found.rows
        else None,
        "places": table(
            _("Which place works by which method"),
            [_("Which place"), _("Method"), _("Version"), _("Works by it since")],
            [_adopted(row) for row in places.rows],
        )
        if places.rows
        else None,
        "pager": pager_of(longer, request.GET),
        "drafts": bool(reach(actor_in(request), "method.list_drafts")),
    }
    return render(request, "yishi/method/list.html", context)


@page("method.view")
def method(request: HttpRequest, name: str, version: str) -> HttpResponse:
    """One version of a method: its rules, its procedures as drawings and tables, what it is for."""
    row = query.method_row(name, version)
    if row is None:
        return missing(request)
    made: Method = parsed(row)
    today = today_of(now())
    wall = [name, version]
    context = {
        "method": made,
        "name": say_text(made.name),
        "about": say_text(made.about),
        "facts": _facts(made),
        "rules": [say_text(rule) for rule in made.rules],
        "procedures": [
            {
                "flow": flow_of(made, each),
                "sizes": _sizes_of(made, each),
                "terms": terms_of(each.round) if each.round else None,
                "wall": reverse("method_wall", args=[*wall, each.id]),
            }
            for each in made.procedures
        ],
        "sizes": table(
            _("Large and small matters"),
            [_("Large or small"), _("What is meant"), _("By which procedure")],
            [_size(made, size) for size in made.sizes],
        ),
        "catalogue": table(
            _("Catalogue of topics"),
            [_("Topic of this kind"), _("Who is called to it")],
            [_entry(entry) for entry in made.catalogue],
        ),
        "rhythm": table(
            _("Meetings that come round"),
            [
                _("Meeting"),
                _("Who holds it"),
                _("Form and who is called"),
                _("When"),
                _("Next time"),
                _("Source"),
            ],
            [_meeting(one, today) for one in made.rhythm],
        )
        if made.rhythm
        else None,
        "places": [_place(made, each) for each in query.working_by(row, today)],
        "copies": bool(reach(actor_in(request), "method.copy")),
        "row": row,
        "texts": _texts(row),
    }
    return render(request, "yishi/method/method.html", context)


@page("method.view")
def wall(request: HttpRequest, name: str, version: str, procedure: str) -> HttpResponse:
    """The sheet that hangs on the wall: flow chart and working rules, on A3 or A4, in Chinese.

    `?place=`: the place that works by it, whose adoption the code at the foot is of.
    """
    row = query.method_row(name, version)
    made: Method | None = parsed(row) if row else None
    drawn = made.procedure(procedure) if made else None
    if row is None or made is None or drawn is None:
        return missing(request)
    code = request.GET.get("place", "")[:20]
    place = query.place_by(row, code, today_of(now())) if code else None
    if code and place is None:
        return missing(request)
    paper = paper_asked(request, "A3")
    foot = foot_of(request, query.entry_of(row, place))
    with translation.override(CHINESE):
        flow = flow_of(made, drawn)
        turned = request.GET.get("turn", "")
        wide = turned == "wide" or (turned != "upright" and _is_wide(flow["chart"]))
        made_by = [place.name] if place else []
        context = {
            "flow": flow,
            "lead": " · ".join([*made_by, say_text(made.name)]),
            "rules": [say_text(rule) for rule in made.rules],
            "sizes": _sizes_of(made, drawn),
            "papers": _papers(paper, wide, code),
            "sheet": {
                **sheet(
                    reverse("method", args=[name, version]),
                    foot=foot,
                    code=f"{made.id} {made.version}",
                    paper=paper,
                    wide=wide,
                ),
                "code_word": _("Method"),
            },
        }
        return render(request, "yishi/method/wall.html", context)


def _is_wide(chart: Chart) -> bool:
    """Whether a sheet that lies shows the drawing larger than one that stands."""
    stands, lies = (min(w / chart.width, h / chart.height) for w, h in (UPRIGHT, LYING))
    return lies > stands


def _papers(paper: str, wide: bool, place: str) -> list[dict[str, Any]]:
    """The other papers this sheet may be printed on."""
    words = {False: _("upright"), True: _("lying")}
    asked = {"place": place} if place else {}
    return [
        {
            "word": f"{size} {words[turned]}",
            "href": "?"
            + urlencode({"paper": size, "turn": "wide" if turned else "upright", **asked}),
            "here": (size, turned) == (paper, wide),
        }
        for size in PAPERS
        for turned in (False, True)
    ]


def _row(row: Mapping[str, Any]) -> list[Cell]:
    made: Method = row["method"]
    return [
        (say_text(made.name), reverse("method", args=[row["name"], row["version"]])),
        say_text(made.about),
        say_layer(made.layer),
        row["version"],
        row["valid_from"].isoformat(),
    ]


def _adopted(row: Mapping[str, Any]) -> list[Cell]:
    name, version = row["bundle__name"], row["bundle__version"]
    made: Method = row["method"]
    link = (say_text(made.name), reverse("method", args=[name, version]))
    return [row["place__name"], link, version, row["from_on"].isoformat()]


def _facts(made: Method) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Whose rule"), "value": say_layer(made.layer)},
        {"label": _("Version"), "value": made.version},
        {"label": _("Valid from"), "value": made.valid_from.isoformat()},
        {"label": _("Source"), "value": say_source(made.source)},
        {"label": _("Digest (SHA-256)"), "value": made.sha256},
    ]
    if made.based_on:
        facts.insert(3, {"label": _("Copied from"), "value": made.based_on})
    return facts


def _sizes_of(made: Method, procedure: Procedure) -> list[dict[str, str]]:
    """What goes by this procedure."""
    return [
        {"name": say_text(size.name), "means": say_text(size.means)}
        for size in made.sizes
        if size.procedure == procedure.id
    ]


def _size(made: Method, size: Size) -> list[Cell]:
    found = made.procedure(size.procedure)
    word = say_text(found.name) if found else _("helped with, not deliberated")
    return [say_text(size.name), say_text(size.means), word]


def _entry(entry: Entry) -> list[Cell]:
    called = _(", ").join(say_kind(body.value) for body in entry.calls)
    return [say_text(entry.name), called or _("nobody besides")]


def _meeting(one: Rhythm, today: Any) -> list[Cell]:
    name = say_text(one.name)
    return [
        _("%(meeting)s (topics are collected)") % {"meeting": name} if one.collects else name,
        say_kind(one.body.value),
        say_meeting(one) or "—",
        say_every(one.every, one.day),
        next_on(one, today).isoformat(),
        say_source(one.source),
    ]


def _place(made: Method, row: Mapping[str, Any]) -> dict[str, Any]:
    """A place that works by it, with its sheets."""
    asked = urlencode({"place": row["place__code"]})
    return {
        "name": row["place__name"],
        "since": row["from_on"].isoformat(),
        "walls": [
            {
                "word": say_text(each.name),
                "href": f"{reverse('method_wall', args=[made.id, made.version, each.id])}?{asked}",
            }
            for each in made.procedures
        ],
    }


def _texts(row: BundleRow) -> list[dict[str, Any]]:
    """The texts beside the file, as they were written: what comes before the first heading, and
    the text below each."""
    return [
        _text(body.decode("utf-8", "replace"))
        for name, body in sorted(bundle_of(row).files.items())
        if name.endswith(".md")
    ]


def _text(words: str) -> dict[str, Any]:
    lead, *parts = f"\n{words}".split(PART)
    lines = [line.removeprefix("# ") for line in lead.strip().splitlines()]
    cut = [part.partition("\n") for part in parts]
    return {
        "lead": "\n".join(lines),
        "parts": [{"title": title.strip(), "text": text.strip()} for title, _nl, text in cut],
    }


urls: list[URLPattern] = [
    path("methods", methods, name="methods"),
    path("methods/<str:name>/<str:version>", method, name="method"),
    path("methods/<str:name>/<str:version>/<str:procedure>/wall", wall, name="method_wall"),
]
