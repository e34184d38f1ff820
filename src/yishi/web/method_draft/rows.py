"""The lists of a method, a row each: how a procedure may end, sizes, catalogue, rhythm."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Done
from yishi.acts.method import drafting as acts
from yishi.core.meeting.now import Form
from yishi.core.method.language import TEXTS, Every
from yishi.core.refusal import Refusal
from yishi.phrases.meeting_form import say_form
from yishi.phrases.method_difference import say_often
from yishi.phrases.method_draft import say_field
from yishi.phrases.method_room import say_text_of
from yishi.phrases.rule_file import OURS
from yishi.records.models import MethodDraft
from yishi.rulebook.draft import Data
from yishi.rulebook.draft_edit import drop_procedure, procedure_in, put_ends, put_list
from yishi.web.gate import (
    answered,
    ask_in,
    missing,
    page,
)
from yishi.web.method_draft import fields
from yishi.web.method_draft.parts import BOTH, page_of, show, writable
from yishi.web.method_draft.stage_form import bodies
from yishi.web.method_draft.stage_said import (
    ID_MAX,
    LONGEST,
    number_in,
    zh_of,
)

ROWS_MOST = 60
# Texts of each list, and what else its rows say.
WORDS = {"sizes": ("name", "means"), "catalogue": ("name",), "rhythm": ("name",)}


@page("method.change", methods=BOTH)
def ends(request: HttpRequest, uid: str, procedure: str) -> HttpResponse:
    """What a procedure is called, and how it may end."""
    row = writable(request, uid)
    if not isinstance(row, MethodDraft):
        return row
    held = procedure_in(row.data["file"], procedure)
    if held is None:
        return missing(request)
    name, given = zh_of(held.get("name")), list(held.get("ends", ()))
    text = str(held.get("text", ""))
    answer: Done | Refusal | None = None
    if request.method == "POST":
        name = request.POST.get("procedure_name", "").strip()[:LONGEST]
        given = [
            {
                "id": request.POST.get(f"{at}.id", "")[:ID_MAX],
                "name": said,
                "carried_out": request.POST.get(f"{at}.carried_out") == "yes",
            }
            for at in range(ROWS_MOST)
            if (said := request.POST.get(f"{at}.name", "").strip()[:LONGEST])
        ]
        text = request.POST.get("text", "")[:ID_MAX]
        edit = put_ends(procedure, name, given, text)
        answer = acts.change(ask_in(request), uid, edit, procedure)
        if isinstance(answer, Done):
            return answered(request, answer, page_of(uid), _("Saved."))
        given = [{**one, "name": {"zh": one["name"]}} for one in given]
    head = fields.line("procedure_name", _("Name of the procedure"), name)
    settles = fields.select("text", say_field("text"), _texts(), text)
    rows: list[dict[str, Any]] = [{"fields": [head, settles]}]
    for at, end in enumerate([*given, {}]):
        shown = [
            fields.hidden(f"{at}.id", end.get("id", "")),
            fields.line(f"{at}.name", say_field("name"), zh_of(end.get("name"))),
            fields.yes_no(
                f"{at}.carried_out",
                _("Has it been carried out then?"),
                _yes_no(),
                yes=bool(end.get("carried_out")),
            ),
        ]
        rows.append({"title": _numbered(at, end, _("End")), "fields": shown})
    many = len(row.data["file"].get("procedures", ())) > 1
    title = _("How “%(procedure)s” may end") % {"procedure": name}
    more = {"drop": reverse("method_draft_drop_procedure", args=[uid, procedure]) if many else ""}
    return show(request, row, title, rows, answer, more)


@page("method.change", methods=BOTH)
def drop(request: HttpRequest, uid: str, procedure: str) -> HttpResponse:
    """Takes a whole procedure out."""
    row = writable(request, uid)
    if not isinstance(row, MethodDraft):
        return row
    if request.method != "POST":
        return redirect("method_draft_ends", uid, procedure)
    answer = acts.change(ask_in(request), uid, drop_procedure(procedure), procedure)
    return answered(request, answer, page_of(uid), _("The procedure was taken out."))


@page("method.change", methods=BOTH)
def part(request: HttpRequest, uid: str, name: str) -> HttpResponse:
    """Sizes, catalogue or rhythm: a row each, and an empty one for one more."""
    row = writable(request, uid)
    if not isinstance(row, MethodDraft):
        return row
    if name not in WORDS:
        return missing(request)
    given: Sequence[Mapping[str, Any]] = row.data["file"].get(name, [])
    answer: Done | Refusal | None = None
    if request.method == "POST":
        rows_in = [
            _row_in(request, name, at)
            for at in range(ROWS_MOST)
            if request.POST.get(f"{at}.name", "").strip()
        ]
        edit = put_list(name, rows_in, WORDS[name])
        answer = acts.change(ask_in(request), uid, edit, name)
        if isinstance(answer, Done):
            return answered(request, answer, page_of(uid), _("Saved."))
        given = [{**one, **{key: {"zh": one[key]} for key in WORDS[name]}} for one in rows_in]
    rows = [
        {
            "title": _numbered(at, one, say_field(name)),
            "fields": _row_of(name, at, one, row.data["file"]),
        }
        for at, one in enumerate([*given, {}])
    ]
    return show(request, row, say_field(name), rows, answer)


def _row_of(name: str, at: int, one: Mapping[str, Any], data: Data) -> list[fields.Field]:
    code = fields.hidden(f"{at}.code", one.get("code", ""))
    called = fields.line(f"{at}.name", say_field("name"), zh_of(one.get("name")))
    if name == "catalogue":
        calls = fields.checks(f"{at}.calls", say_field("calls"), bodies(), one.get("calls", ()))
        return [code, called, calls]
    if name == "sizes":
        means = fields.line(f"{at}.means", say_field("means"), zh_of(one.get("means")))
        return [code, called, means, _procedure_field(at, one, data)]
    often = [(every.value, say_often(every)) for every in Every]
    return [
        code,
        called,
        fields.select(f"{at}.body", say_field("body"), bodies(), one.get("body", "")),
        fields.select(f"{at}.every", say_field("every"), often, one.get("every", "")),
        fields.line(f"{at}.day", say_field("day"), one.get("day", ""), most=2, numeric=True),
        fields.yes_no(
            f"{at}.collects", say_field("collects"), _yes_no(), yes=bool(one.get("collects"))
        ),
        fields.select(f"{at}.form", say_field("form"), _forms(), one.get("form", "")),
        fields.checks(f"{at}.calls", say_field("calls"), bodies(), one.get("calls", ())),
        fields.line(f"{at}.source", say_field("source"), one.get("source", OURS)),
    ]


def _procedure_field(at: int, one: Mapping[str, Any], data: Data) -> fields.Field:
    takes = [(held["id"], zh_of(held.get("name"))) for held in data.get("procedures", ())]
    taken = one.get("procedure", "") if one else (takes[0][0] if takes else "")
    if taken and taken not in dict(takes):
        takes.append((taken, _("“%(id)s”, which is not there any more") % {"id": taken}))
    none = ("", _("none: such a matter is helped with, not deliberated"))
    return fields.select(f"{at}.procedure", say_field("procedure"), [*takes, none], taken)


def _forms() -> list[tuple[str, str]]:
    return [("", _("none in particular")), *((form.value, say_form(form.value)) for form in Form)]


def _texts() -> list[tuple[str, str]]:
    texts = [(text, say_text_of(text)) for text in TEXTS]
    return [("", _("no text: any other matter")), *texts]


def _yes_no() -> list[tuple[str, str]]:
    return [("no", _("No")), ("yes", _("Yes"))]


def _row_in(request: HttpRequest, name: str, at: int) -> Data:
    def typed(key: str, most: int = LONGEST) -> str:
        return request.POST.get(f"{at}.{key}", "").strip()[:most]

    said: Data = {"code": typed("code", ID_MAX), **{key: typed(key) for key in WORDS[name]}}
    if name == "sizes":
        said["procedure"] = typed("procedure", ID_MAX)
    elif name == "catalogue":
        said["calls"] = [one[:ID_MAX] for one in request.POST.getlist(f"{at}.calls")]
    else:
        said |= {"body": typed("body", ID_MAX), "every": typed("every", ID_MAX)}
        said |= {"day": number_in(typed("day")), "collects": typed("collects") == "yes"}
        said["source"] = typed("source") or OURS
        if typed("form"):
            said["form"] = typed("form", ID_MAX)
        if calls := [one[:ID_MAX] for one in request.POST.getlist(f"{at}.calls")]:
            said["calls"] = calls
    return said


def _numbered(at: int, one: Mapping[str, Any], word: str) -> str:
    number = {"word": word, "number": at + 1}
    return _("%(word)s %(number)s") % number if one else _("One more")


BASE = "methods/drafts/<str:uid>"
urls: list[URLPattern] = [
    path(f"{BASE}/ends/<str:procedure>", ends, name="method_draft_ends"),
    path(f"{BASE}/ends/<str:procedure>/drop", drop, name="method_draft_drop_procedure"),
    path(f"{BASE}/part/<str:name>", part, name="method_draft_part"),
]
