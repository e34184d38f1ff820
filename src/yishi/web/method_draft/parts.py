"""What a method is called, what it is about, its working rules and its cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Done
from yishi.acts.method import drafting as acts
from yishi.core.method.drafting import NAME_MAX, DraftState
from yishi.core.permit import Permitted, permit
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.records.models import MethodDraft
from yishi.records.queries.method_draft import committees_of, draft_for, subject_at
from yishi.rulebook.cases import NAME as CASES
from yishi.rulebook.draft_edit import about as edit_about
from yishi.web.gate import (
    UNPROCESSABLE,
    actor_in,
    answered,
    ask_in,
    missing,
    new_key,
    page,
)
from yishi.web.method_draft import fields
from yishi.web.method_draft.stage_said import (
    LINES_MAX,
    lines_in,
    zh_of,
)

BOTH = ("GET", "HEAD", "POST")
TEXT_MAX = 60_000


@page("method.change", methods=BOTH)
def about(request: HttpRequest, uid: str) -> HttpResponse:
    """Name, what it is about, working rules."""
    row = writable(request, uid)
    if not isinstance(row, MethodDraft):
        return row
    data = row.data["file"]
    typed = {
        "name": request.POST.get("name", "").strip()[: NAME_MAX + 1],
        "about": request.POST.get("about", "").strip()[:LINES_MAX],
        "rules": "\n".join(lines_in(request.POST.get("rules", ""))),
    }
    answer: Done | Refusal | None = None
    if request.method == "POST":
        edit = edit_about(typed["name"], typed["about"], typed["rules"].splitlines())
        answer = acts.change(ask_in(request), uid, edit, "about")
        if isinstance(answer, Done):
            return answered(request, answer, page_of(uid), _("Saved."))
    else:
        typed = {
            "name": zh_of(data.get("name")),
            "about": zh_of(data.get("about")),
            "rules": "\n".join(zh_of(one) for one in data.get("rules", ())),
        }
    wall = _("One a line. They hang on the wall beside the flow chart.")
    shown = [
        fields.line("name", _("Name of the method"), typed["name"], most=NAME_MAX, must=True),
        fields.lines("about", _("What it is about"), typed["about"]),
        fields.lines("rules", _("Working rules"), typed["rules"], rows=10, help=wall),
    ]
    return show(request, row, _("Name, and working rules"), [{"fields": shown}], answer)


@page("method.change", methods=BOTH)
def cases(request: HttpRequest, uid: str) -> HttpResponse:
    """The examples beside it, in sentences a committee member can read."""
    row = writable(request, uid)
    if not isinstance(row, MethodDraft):
        return row
    words = request.POST.get("words", "")[:TEXT_MAX]
    answer: Done | Refusal | None = None
    if request.method == "POST":
        answer = acts.change_text(ask_in(request), uid, CASES, words)
        if isinstance(answer, Done):
            return answered(request, answer, page_of(uid), _("Saved."))
    else:
        words = row.data["texts"].get(CASES, "")
    title = _("Examples of this method")
    how = _(
        "Each begins with ## and its title; then lines that begin with 假如, 当, 那么. They are "
        "played on your method, and where the two part you are told."
    )
    shown = [fields.lines("words", title, words, rows=24, most=TEXT_MAX, help=how)]
    return show(request, row, title, [{"fields": shown}], answer)


def writable(request: HttpRequest, uid: str) -> MethodDraft | HttpResponse:
    """The draft, where the reader may write in it; otherwise the answer instead. What is sent to
    one that is not written in any more is refused by the act, with what was typed kept."""
    actor = actor_in(request)
    row = draft_for(actor, uid)
    if row is None:
        return missing(request)
    may = isinstance(
        permit(actor, "method.change", subject_at(row.place, committees_of(row.place_id))),
        Permitted,
    )
    closed = row.state != DraftState.DRAFTING or not may
    return redirect("method_draft", uid) if closed and request.method != "POST" else row


def show(
    request: HttpRequest,
    row: MethodDraft,
    title: str,
    rows: Sequence[Mapping[str, Any]],
    answer: Done | Refusal | None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The form of a part, with a refusal above it where it was not kept."""
    context = {
        "draft": row,
        "title": title,
        "rows": rows,
        "key": new_key(),
        "refusal": say_refusal(answer) if isinstance(answer, Refusal) else None,
        **(more or {}),
    }
    status = UNPROCESSABLE if context["refusal"] else 200
    return render(request, "yishi/method_draft/part.html", context, status=status)


def page_of(uid: str) -> str:
    """The page of the draft."""
    return reverse("method_draft", args=[uid])


BASE = "methods/drafts/<str:uid>"
urls: list[URLPattern] = [
    path(f"{BASE}/about", about, name="method_draft_about"),
    path(f"{BASE}/cases", cases, name="method_draft_cases"),
]
