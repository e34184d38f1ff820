"""One system: what came in, what waits to go back, what went; the answers as a sheet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishi.acts.outside import sending
from yishi.core.columns import ColumnMap
from yishi.core.number import show_number
from yishi.core.outside import YEARS
from yishi.core.outside_answer import Answer
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_exact_by
from yishi.phrases.state import say_state
from yishi.records.models import OutsideOrder, OutsideSystem
from yishi.records.queries import outside as query
from yishi.records.queries.paging import listed
from yishi.records.queries.rule import zone
from yishi.records.spreadsheet import XLSX_TYPE, write_xlsx
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, ask_in, missing, new_key, page, refuse
from yishi.web.office import Cell, download, table
from yishi.web.outside.system import form_of, rooms
from yishi.web.rows import page_in, pager_of

CAME, WAITS, SENT = "came", "waits", "sent"


@page("outside.view")
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """The system: to the administrator what it is, to the dispatcher what came and what waits."""
    actor = actor_in(request)
    row = query.system_for(actor, uid)
    if row is None:
        return missing(request)
    many, waits = query.counts([row])[row.pk]
    context: dict[str, Any] = {
        "rooms": rooms(actor),
        "row": row,
        "facts": _facts(row),
        "key": new_key(),
        "waits": waits,
        "may_take": row.is_active and may(actor, "outside.receive", row),
        "may_send": may(actor, "outside.send_back", row),
        "form": form_of(actor, row) if may(actor, "outside.add_system", row) else None,
        "send_key": new_key(),
        "end_key": new_key(),
    }
    if may(actor, "outside.list", row):
        context |= _lists(request, row, many, waits)
    return render(request, "yishi/outside/system.html", context)


@page("outside.send_back", methods=("POST",))
def send(request: HttpRequest, uid: str) -> HttpResponse:
    """Marks what waits as sent back, and hands it over as a sheet in their columns."""
    row = query.system_for(actor_in(request), uid, "outside.send_back")
    if row is None:
        return missing(request)
    answer = sending.send_back(ask_in(request), uid)
    if isinstance(answer, Refusal):
        return refuse(request, answer)
    return _sheet(row, datetime.fromisoformat(answer.number))


@page("outside.send_back")
def again(request: HttpRequest, uid: str) -> HttpResponse:
    """A sheet that went back before, by its moment."""
    row = query.system_for(actor_in(request), uid, "outside.send_back")
    try:
        moment = datetime.fromisoformat(request.GET.get("at", "")[:40])
    except ValueError:
        return missing(request)
    if row is None or moment.tzinfo is None or moment.year not in YEARS:
        return missing(request)
    return _sheet(row, moment)


def may(actor: Actor, act: str, row: OutsideSystem) -> bool:
    """Whether `actor` may do `act` on this line."""
    return isinstance(permit(actor, act, Subject(path=row.place.ids)), Permitted)


def answer_cells(answer: Answer, columns: ColumnMap) -> list[str]:
    """An answer in their columns and words, moments in the installation's zone."""

    def moment(at: datetime | None) -> str:
        form = columns.time_format or "%Y-%m-%d %H:%M"
        return at.astimezone(zone()).strftime(form) if at else ""

    cells: dict[str, str] = {
        "number": answer.number,
        "our_number": answer.our_number,
        "outcome": answer.outcome,
        "words": answer.words,
        "unit": answer.unit,
        "answered_at": moment(answer.answered_at),
        "due_at": moment(answer.due_at),
        "late": "yes" if answer.late else "no",
    }
    return [
        columns.answer_values.get(name, {}).get(cells[name], cells[name])
        for name in columns.answers
    ]


def _sheet(row: OutsideSystem, moment: datetime) -> HttpResponse:
    columns = query.columns_of(row)
    answers = query.answers_of(query.sent_at(row, moment), sending.MOST)
    title = _("Answers to %(system)s") % {"system": row.name}
    cells = [answer_cells(answer, columns) for answer in answers]
    data = write_xlsx({_("Answers"): (list(columns.answers.values()), cells)})
    day = say_exact(moment)[:10]
    return download(data, XLSX_TYPE, f"{title} {day}.xlsx")


def _facts(row: OutsideSystem) -> list[dict[str, str]]:
    facts = [
        (_("Its code"), row.code),
        (_("Orders for"), row.place.name),
        (_("Columns of its sheets"), row.mapping),
        (_("Its public key"), row.public_key or _("None: it sends sheets alone")),
        (_("State"), _("On the line") if row.is_active else _("Off the line")),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def _lists(request: HttpRequest, row: OutsideSystem, many: int, waits: int) -> dict[str, Any]:
    chosen = request.GET.get("show", CAME)
    parts = [
        {"href": f"?show={name}", "word": word, "here": name == chosen}
        for name, word in (
            (CAME, _("Came in: %(many)s") % {"many": many}),
            (WAITS, _("Waits to go back: %(many)s") % {"many": waits}),
            (SENT, _("Went back")),
        )
    ]
    if chosen == SENT:
        return {"parts": parts, "part": chosen, **_sent(row)}
    rows: QuerySet[OutsideOrder] = query.received(row)
    if chosen == WAITS:
        rows = query.waiting(row)
    found = listed(rows.values(*COLUMNS), page_in(request.GET))
    labels = [
        _("Number at their end"),
        _("Number"),
        _("Matter"),
        _("State"),
        _("Unit"),
        _("Their deadline"),
        _("Answered"),
    ]
    moment = now()
    return {
        "parts": parts,
        "part": chosen,
        "found": bool(found.rows),
        "table": table("", labels, [_cells(one, moment) for one in found.rows]),
        "pager": pager_of(found, request.GET),
    }


COLUMNS = (
    "their_number",
    "due_at",
    "report__number",
    "report__answered_at",
    "case__line",
    "now_state",
    "now_unit",
    "now_uid",
)


def _cells(row: Mapping[str, Any], moment: datetime) -> list[Cell]:
    answered_at, due_at = row["report__answered_at"], row["due_at"]
    late = due_at is not None and (answered_at or moment) >= due_at
    due = say_exact_by(due_at) if due_at else "—"
    return [
        (row["their_number"], reverse("case", args=[row["now_uid"]])),
        show_number(row["report__number"]),
        row["case__line"] or "—",
        say_state(row["now_state"])["word"],
        row["now_unit"] or "—",
        _("%(due)s, late") % {"due": due} if late else due,
        say_exact(answered_at)[:16] if answered_at else "—",
    ]


def _sent(row: OutsideSystem) -> dict[str, Any]:
    sheets = query.sheets_sent(row)
    base = reverse("outside_again", args=[row.uid])
    labels = [_("Went back"), _("By whom"), _("Answers")]
    rows: list[list[Cell]] = [
        [
            (
                say_exact(one["sent_back_at"]),
                f"{base}?{urlencode({'at': one['sent_back_at'].isoformat()})}",
            ),
            one["name"] or _("Fetched by the system"),
            one["n"],
        ]
        for one in sheets
    ]
    return {"found": bool(rows), "table": table("", labels, rows, (2,))}


urls: list[URLPattern] = [
    path("outside/<str:uid>/answers", send, name="outside_send"),
    path("outside/<str:uid>/answers.xlsx", again, name="outside_again"),
    path("outside/<str:uid>", view, name="outside_system"),
]
