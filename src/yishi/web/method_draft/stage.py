"""One stage of a method that is being written: its form, and its place among the others."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.method import drafting as acts
from yishi.core.method.drafting import DraftState
from yishi.core.method.language import StageKind
from yishi.core.refusal import Refusal
from yishi.phrases.method import say_stage_kind
from yishi.phrases.refusal import say_refusal
from yishi.records.models import MethodDraft
from yishi.records.queries.method_draft import assess, draft_for
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.rulebook.draft import Data
from yishi.rulebook.draft_edit import (
    add_stage,
    drop_stage,
    move_stage,
    procedure_in,
    put_stage,
    stage_in,
)
from yishi.web.gate import (
    UNPROCESSABLE,
    View,
    actor_in,
    answered,
    ask_in,
    missing,
    new_key,
    page,
)
from yishi.web.method_draft.shown import fault_lines, wrong_lines
from yishi.web.method_draft.stage_form import form_of
from yishi.web.method_draft.stage_said import ID_MAX, LONGEST, said_in

BOTH = ("GET", "HEAD", "POST")


@page("method.change", methods=BOTH)
def stage(request: HttpRequest, uid: str, procedure: str, stage: str) -> HttpResponse:
    """The form of a stage; saved whether it is right or not."""
    row = draft_for(actor_in(request), uid)
    held = stage_in(row.data["file"], procedure, stage) if row else None
    if row is None or held is None:
        return missing(request)
    if request.method != "POST":
        if row.state != DraftState.DRAFTING:
            return redirect("method_draft", uid)
        return _show(request, row, procedure, held)
    said = said_in(request.POST, held)
    answer = acts.change(ask_in(request), uid, put_stage(procedure, stage, said), stage)
    if isinstance(answer, Refusal):
        typed = {"id": held["id"], "kind": held["kind"], **said}
        return _show(request, row, procedure, typed, answer)
    return answered(request, answer, _page_of(uid), _("Saved."))


def _act(by: int = 0) -> View:
    """Moves a stage `by` places, or takes it out."""

    @page("method.change", methods=BOTH)
    def does(request: HttpRequest, uid: str, procedure: str, stage: str) -> HttpResponse:
        if request.method != "POST":
            return redirect("method_draft_stage", uid, procedure, stage)
        if draft_for(actor_in(request), uid) is None:
            return missing(request)
        edit = move_stage(procedure, stage, by) if by else drop_stage(procedure, stage)
        answer = acts.change(ask_in(request), uid, edit, stage)
        to = reverse("method_draft_stage", args=[uid, procedure, stage]) if by else _page_of(uid)
        return answered(request, answer, to, _said(by))

    does.__doc__ = "A stage is moved, or taken out."
    return does


def _said(by: int) -> str:
    return _("Moved.") if by else _("Taken out. See below what leads to it still.")


@page("method.change", methods=BOTH)
def add(request: HttpRequest, uid: str, procedure: str) -> HttpResponse:
    """One more stage after another; what it needs besides is filled in on its own page."""
    row = draft_for(actor_in(request), uid)
    if row is None:
        return missing(request)
    kind, after = request.POST.get("kind", ""), request.POST.get("after", "")[:ID_MAX]
    if request.method != "POST" or kind not in set(StageKind):
        return redirect("method_draft", uid)
    name = request.POST.get("name", "").strip()[:LONGEST] or say_stage_kind(kind)
    answer = acts.change(ask_in(request), uid, add_stage(procedure, after, kind, name), kind)
    to = _page_of(uid)
    changed = draft_for(actor_in(request), uid)
    held = procedure_in(changed.data["file"], procedure) if changed else None
    ids = [one["id"] for one in held["stages"]] if held else []
    if after in ids and ids.index(after) + 1 < len(ids):
        to = reverse("method_draft_stage", args=[uid, procedure, ids[ids.index(after) + 1]])
    return answered(request, answer, to, _("Added. Fill in here what it needs."))


def targets_of(held: Mapping[str, Any], but: str = "") -> list[tuple[str, str]]:
    """Where a stage may lead, by name: the other stages, then the ends."""
    stages = [
        (one["id"], f"{number} {_zh(one)}")
        for number, one in enumerate(held.get("stages", ()), 1)
        if one["id"] != but
    ]
    end = _("End: %(name)s")
    return [*stages, *((one["id"], end % {"name": _zh(one)}) for one in held.get("ends", ()))]


def _show(
    request: HttpRequest,
    row: MethodDraft,
    procedure: str,
    held: Data,
    refusal: Refusal | None = None,
) -> HttpResponse:
    found = assess(row, today_of(now()))
    whole = procedure_in(row.data["file"], procedure)
    assert whole is not None
    ids = [one["id"] for one in whole["stages"]]
    at = ids.index(held["id"])
    mine = [
        line for line in wrong_lines(row, found.wrong) if line["where"] == (procedure, held["id"])
    ] + [line for line in fault_lines(row, found) if line["where"] == (procedure, held["id"])]
    context = {
        "draft": row,
        "procedure": procedure,
        "procedure_name": _zh(whole),
        "stage": held["id"],
        "name": _zh(held) or _("(no name yet)"),
        "number": at + 1,
        "kind": say_stage_kind(held["kind"]),
        "groups": form_of(
            held, targets_of(whole, held["id"]), found.floors, in_round=bool(whole.get("round"))
        ),
        "wrong": mine,
        "is_first": at == 0,
        "is_last": at == len(ids) - 1,
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal else None,
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/method_draft/stage.html", context, status=status)


def _page_of(uid: str) -> str:
    return reverse("method_draft", args=[uid])


def _zh(one: Mapping[str, Any]) -> str:
    name = one.get("name")
    return str(name.get("zh", "")) if isinstance(name, Mapping) else ""


BASE = "methods/drafts/<str:uid>"
urls: list[URLPattern] = [
    path(f"{BASE}/add/<str:procedure>", add, name="method_draft_add"),
    path(f"{BASE}/stage/<str:procedure>/<str:stage>", stage, name="method_draft_stage"),
    path(f"{BASE}/stage/<str:procedure>/<str:stage>/up", _act(by=-1), name="method_draft_up"),
    path(f"{BASE}/stage/<str:procedure>/<str:stage>/down", _act(by=1), name="method_draft_down"),
    path(f"{BASE}/stage/<str:procedure>/<str:stage>/drop", _act(), name="method_draft_drop"),
]
