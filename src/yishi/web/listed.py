"""限期整改清单: the dated list as an account, and what anyone may read of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.form import Form
from yishi.core.number import show_number
from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.phrases.clock import say_exact, say_exact_by
from yishi.phrases.oversight import say_listed
from yishi.records.queries import listed as query
from yishi.records.queries.ledger import places_in
from yishi.records.queries.paging import listed as paged
from yishi.records.wallclock import now
from yishi.web import listed_entry
from yishi.web.gate import actor_in, page
from yishi.web.ledger import Ledger, asked, named, rooms, select, show, workbook
from yishi.web.office import Cell, choices, table
from yishi.web.rows import page_in, pager_of

NAMES = ("state", "unit", "place", "month")


@page("listed.list")
def account(request: HttpRequest) -> HttpResponse:
    """Entries this person may read: open ones first, the earliest due day first."""
    return show(request, _ledger(request))


@page("listed.list")
def account_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    return workbook(_ledger(request))


@page("board.view")
def board(request: HttpRequest) -> HttpResponse:
    """What anyone may read: what has to be put right, by whom, by when, and whether it was."""
    chosen, moment = request.GET.get("place", "")[:20], now()
    found = paged(query.public_entries(chosen), page_in(request.GET))
    places = [(row["place__uid"], row["place__name"]) for row in query.public_places()[:200]]
    labels = [
        _("Number"), _("What has to be put right"), _("Community"), _("Unit"), _("Due"),
        _("How it stands"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            show_number(row["number"]),
            row["title"],
            row["place__name"],
            row["body__name"],
            say_exact_by(row["due_at"]),
            _standing_public(row, moment),
        ]
        for row in found.rows
    ]
    context = {
        "table": table("", labels, rows),
        "found": bool(found.rows),
        "places": choices([("", _("All")), *places], chosen) if len(places) > 1 else [],
        "pager": pager_of(found, request.GET),
    }
    return render(request, "yishi/oversight/board.html", context)


def _standing_public(row: Mapping[str, Any], moment: datetime) -> str:
    if row["closed_at"] is not None:
        day = say_exact(row["closed_at"])[:10]
        return _("Put right, taken off on %(day)s") % {"day": day}
    return _("Late") if row["due_at"] <= moment else _("On the list")


def _ledger(request: HttpRequest) -> Ledger:
    actor, moment = actor_in(request), now()
    filters = query.Filters(**asked(request, *NAMES))
    found = query.entries(actor, filters, moment)
    # A figure counts the list it leads to: within the other filters, however this one is set.
    whole = query.entries(actor, replace(filters, state=""), moment)
    others = {name: value for name in NAMES[1:] if (value := getattr(filters, name))}
    base, words = reverse("listed"), say_listed()
    figures = [
        {
            "label": words[state],
            "value": many,
            "href": f"{base}?{urlencode({'state': state, **others})}",
            "kind": "late" if state == "late" and many else "",
        }
        for state, many in query.counts(whole, moment).items()
    ]
    places = places_in(actor, "listed.list")
    return Ledger(
        name="listed",
        title=_("Dated list"),
        lead=_("What was not settled at once: by whom, by which day, and who saw that it is done."),
        labels=[
            _("Number"),
            _("What has to be put right"),
            _("How it stands"),
            _("Unit"),
            _("Community"),
            _("Due"),
            _("Put on the list"),
            _("Reported done"),
            _("Taken off"),
        ],
        rows=query.entry_rows(found),
        cells=lambda row: _cells(row, moment),
        filters=[
            select("state", _("How it stands"), words.items(), filters.state),
            select("unit", _("Unit"), named(query.bodies(actor)), filters.unit),
            select("place", _("Community"), named(places), filters.place),
        ],
        figures=figures,
        actions=_actions(actor, places, filters.place),
        none=(
            _("Nothing is on the list"),
            _("What a talk with residents or a matter leaves to be put right stands here."),
        ),
        rooms=rooms(actor, "listed"),
    )


def _actions(
    actor: Actor, places: Sequence[Mapping[str, Any]], chosen: str
) -> list[dict[str, str]]:
    """A new entry, and the list of one place as a sheet: the chosen one, or the only one."""
    actions = []
    if reach(actor, "listed.open"):
        href = reverse("listed_new")
        actions.append({"href": href, "word": _("Put something on it"), "mark": "clock"})
    for place in places:
        if place["code"] == chosen or len(places) == 1:
            href = reverse("form_sheet", args=[Form.DATED_LIST, place["uid"]])
            actions.append({"href": href, "word": _("Print the list"), "mark": "print"})
    return actions


def _cells(row: Mapping[str, Any], moment: datetime) -> list[Cell]:
    state = query.standing_of(row["due_at"], row["done_at"], row["closed_at"], moment)
    return [
        (show_number(row["number"]), reverse("listed_entry", args=[row["uid"]])),
        row["title"],
        say_listed()[state],
        row["body__name"],
        row["place__name"],
        say_exact_by(row["due_at"]),
        say_exact(row["opened_at"])[:10],
        say_exact(row["done_at"])[:10] if row["done_at"] else "—",
        say_exact(row["closed_at"])[:10] if row["closed_at"] else "—",
    ]


urls: list[URLPattern] = [
    path("listed", account, name="listed"),
    path("listed.xlsx", account_xlsx, name="listed_xlsx"),
    path("board/listed", board, name="board_listed"),
    *listed_entry.urls,
]
