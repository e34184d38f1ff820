"""The terms of a round of small works in a method that is being written: caps, both lists, whose
money, quotations, self-built, when what is left goes back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.acts.door import Done
from yishi.acts.method import drafting as acts
from yishi.core.method.round import OURS, Payer
from yishi.core.refusal import Refusal
from yishi.phrases.method_draft import say_field
from yishi.phrases.method_round import say_payer
from yishi.records.models import MethodDraft
from yishi.rulebook.draft import Data
from yishi.rulebook.draft_edit import procedure_in
from yishi.rulebook.draft_round import LISTS, put_round, round_in
from yishi.rulebook.kinds.method_round import LIMITS, NUMBERS
from yishi.web.gate import answered, ask_in, missing, page
from yishi.web.method_draft import fields
from yishi.web.method_draft.figures import source_field
from yishi.web.method_draft.parts import BOTH, page_of, show, writable
from yishi.web.method_draft.stage_said import (
    ID_MAX,
    LONGEST,
    NUMBER_MAX,
    number_in,
    source_in,
    zh_of,
)

ROWS_MOST = 40


@page("method.change", methods=BOTH)
def terms(request: HttpRequest, uid: str, procedure: str) -> HttpResponse:
    """The terms of a round, a row for each entry of its lists."""
    row = writable(request, uid)
    if not isinstance(row, MethodDraft):
        return row
    held = procedure_in(row.data["file"], procedure) or {}
    said = round_in(held)
    if said is None:
        return missing(request)
    answer: Done | Refusal | None = None
    if request.method == "POST":
        lists = {key: _rows_in(request.POST, key) for key in LISTS}
        numbers = {
            key: figure
            for key in (*NUMBERS, *LIMITS)
            if (figure := _figure_in(request.POST, key))
            # What a method leaves out and nobody changed stays out.
            and (key in said or figure != _ours(key))
        }
        edit = put_round(procedure, lists, numbers)
        answer = acts.change(ask_in(request), uid, edit, procedure)
        if isinstance(answer, Done):
            return answered(request, answer, page_of(uid), _("Saved."))
        typed = {key: [{**one, "name": {"zh": one["name"]}} for one in lists[key]] for key in LISTS}
        said = {**typed, **numbers}
    title = _("Terms of “%(procedure)s”") % {"procedure": zh_of(held.get("name"))}
    return show(request, row, title, _rows(said), answer)


def _rows(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each entry of a list and an empty one for one more, then the numbers. What has no
    number to be changed is folded."""
    numbers = [
        shown
        for key in (*NUMBERS, *LIMITS)
        for shown in _figure(key, said.get(key) or _ours(key), say_field(key))
    ]
    rows: list[dict[str, Any]] = []
    for key in LISTS:
        entries: Sequence[Mapping[str, Any]] = said.get(key, ())
        for at, one in enumerate([*entries, {}]):
            known = {"list": say_field(key), "number": at + 1}
            title = _("%(list)s: %(number)s") if one else _("%(list)s: one more")
            rows.append(
                {
                    "title": title % known,
                    "said": zh_of(one.get("name")),
                    "folded": key != "kinds" or not one,
                    "fields": _entry(key, at, one),
                }
            )
    return [*rows, {"fields": numbers}]


def _ours(key: str) -> Mapping[str, Any]:
    """What holds where the method does not say it."""
    return {"number": LIMITS[key], "source": OURS} if key in LIMITS else {}


def _entry(key: str, at: int, one: Mapping[str, Any]) -> list[fields.Field]:
    own = f"{key}.{at}"
    shown = [
        fields.hidden(f"{own}.code", one.get("code", "")),
        fields.line(f"{own}.name", say_field("name"), zh_of(one.get("name"))),
    ]
    if key == "kinds":
        return [*shown, *_figure(f"{own}.cap_yuan", one.get("cap_yuan"), say_field("cap_yuan"))]
    if key == "funds":
        payers = [(payer.value, say_payer(payer)) for payer in Payer]
        shown.append(
            fields.select(f"{own}.payer", say_field("payer"), payers, one.get("payer", ""))
        )
    return [*shown, source_field(own, one)]


def _figure(key: str, said: object, label: str) -> list[fields.Field]:
    """A number, and where it comes from."""
    table = said if isinstance(said, Mapping) else {}
    number = fields.line(
        f"{key}.number", label, table.get("number", ""), most=NUMBER_MAX, numeric=True, must=True
    )
    return [number, source_field(key, table, label)]


def _rows_in(post: QueryDict, key: str) -> list[Data]:
    """The entries of a list that have a name."""
    return [
        _entry_in(post, key, f"{key}.{at}")
        for at in range(ROWS_MOST)
        if post.get(f"{key}.{at}.name", "").strip()
    ]


def _entry_in(post: QueryDict, key: str, own: str) -> Data:
    said: Data = {
        "code": post.get(f"{own}.code", "").strip()[:ID_MAX],
        "name": post.get(f"{own}.name", "").strip()[:LONGEST],
    }
    if key == "kinds":
        figure = _figure_in(post, f"{own}.cap_yuan")
        return {**said, "cap_yuan": figure} if figure else said
    if key == "funds":
        said["payer"] = post.get(f"{own}.payer", "")[:ID_MAX]
    return {**said, "source": source_in(post, own)}


def _figure_in(post: QueryDict, key: str) -> Data | None:
    """A number with its source, the strokes between thousands left out; None where none is said."""
    number = number_in(post.get(f"{key}.number", "").replace(",", "").replace("，", ""))
    return None if number == "" else {"number": number, "source": source_in(post, key)}


urls: list[URLPattern] = [
    path("methods/drafts/<str:uid>/round/<str:procedure>", terms, name="method_draft_round"),
]
