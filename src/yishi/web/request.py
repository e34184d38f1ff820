"""退回与裁定台账: every return, extension and suspension, and the word on it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.case.request import RequestKind, RequestState
from yishi.core.number import show_number
from yishi.phrases.clock import say_exact, say_exact_by
from yishi.phrases.request import say_kind, say_request_state
from yishi.phrases.span import say_limit
from yishi.records.queries.request import Wanted, request_filters, request_rows
from yishi.web import ledger
from yishi.web.gate import actor_in, page
from yishi.web.ledger import Ledger, named, select
from yishi.web.office import Cell

KINDS = tuple(RequestKind)
STATES = tuple(RequestState)


@page("request.list")
def view(request: HttpRequest) -> HttpResponse:
    """The account, newest first: a unit's own, or all of a place."""
    return ledger.show(request, _account(request, _heads, _cells))


@page("request.list")
def sheet(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    return ledger.workbook(_account(request, _labels, _columns))


def _account(
    request: HttpRequest,
    labels: Callable[[], list[str]],
    cells: Callable[[Mapping[str, Any]], list[Cell]],
) -> Ledger:
    actor = actor_in(request)
    asked = ledger.asked(request, "kind", "state", "unit", "place", "month")
    wanted = Wanted(**asked)
    places, units = request_filters(actor)
    kinds = [(kind.value, say_kind(kind)) for kind in KINDS]
    states = [(state.value, say_request_state(state)["word"]) for state in STATES]
    return Ledger(
        name="requests",
        title=_("Returns and rulings"),
        lead=_("What units asked for, on which ground, and what was decided."),
        labels=labels(),
        rows=request_rows(actor, wanted),
        cells=cells,
        filters=[
            select("kind", _("What was asked"), kinds, asked["kind"]),
            select("state", _("State"), states, asked["state"]),
            select("unit", _("Unit"), named(units), asked["unit"]),
            *([select("place", _("Place"), named(places), asked["place"])] if places else []),
        ],
        none=(
            _("Nothing has been asked for"),
            _("Returns, extensions and suspensions that units ask for stand here."),
        ),
        rooms=ledger.rooms(actor, "requests"),
    )


def _heads() -> list[str]:
    """The columns of the page, few enough for a desk."""
    return [
        _("Number"),
        _("What was asked"),
        _("Unit"),
        _("Item"),
        _("Reason and clause"),
        _("Asked at"),
        _("State"),
        _("Decision"),
    ]


def _cells(row: Mapping[str, Any]) -> list[Cell]:
    number, what, item, place, unit, reason, clause, asked, state, decision, _at = _columns(row)
    why = "；".join(str(part).rstrip("。") for part in (reason, clause) if part)
    return [number, what, unit, f"{item} · {place}", why, asked, state, decision]


def _labels() -> list[str]:
    """The columns of the workbook, one thing in each."""
    return [
        _("Number"),
        _("What was asked"),
        _("Item"),
        _("Place"),
        _("Unit"),
        _("Reason"),
        _("Clause"),
        _("Asked at"),
        _("State"),
        _("Decision"),
        _("Decided at"),
    ]


def _columns(row: Mapping[str, Any]) -> list[Cell]:
    decided = row["decided_at"]
    return [
        (show_number(row["case__number"]), reverse("case", args=[row["case__uid"]])),
        _what(row),
        row["case__item_title"] or row["case__line"] or "—",
        row["case__place__name"],
        row["assignment__unit__name"],
        row["reason"],
        "" if row["kind"] == RequestKind.SUSPENSION else row["clause"],
        say_exact(row["asked_at"])[:16],
        say_request_state(row["state"])["word"],
        _decision(row),
        say_exact(decided)[:16] if decided else "",
    ]


def _what(row: Mapping[str, Any]) -> str:
    more = say_limit(row["length"], row["span_kind"] or "") if row["length"] else ""
    if row["until_at"]:
        more = say_exact_by(row["until_at"])
    return " ".join(part for part in (say_kind(row["kind"]), more) if part)


def _decision(row: Mapping[str, Any]) -> str:
    """The ruling where there is one, else the words of the decision."""
    if row["ruling__lead__name"]:
        return f"{row['ruling__lead__name']}：{row['ruling__words']}"
    return row["words"] or ""


urls: list[URLPattern] = [
    path("requests", view, name="requests"),
    path("requests.xlsx", sheet, name="requests_xlsx"),
]
