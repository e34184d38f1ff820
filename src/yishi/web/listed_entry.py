"""An entry of the dated list (限期整改清单): put on it, reported done, taken off."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts import listed
from yishi.acts.door import Done
from yishi.core.listed import TITLE_MAX
from yishi.core.number import show_number
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_clock, say_exact, say_exact_by, say_when
from yishi.phrases.oversight import say_listed
from yishi.phrases.refusal import say_refusal
from yishi.records.models import Listed
from yishi.records.queries import listed as query
from yishi.records.wallclock import now
from yishi.web.case.forms import prose
from yishi.web.dates import DayField
from yishi.web.gate import UNPROCESSABLE, View, actor_in, answered, ask_in, missing, new_key, page
from yishi.web.oversight import case_facts
from yishi.web.sheet_form import BodyForm, Where, about_case, about_place, show


class EntryForm(BodyForm):
    """What has to be put right, by whom, by which day."""

    title = forms.CharField(
        label=gettext_lazy("What has to be put right"),
        max_length=TITLE_MAX,
        help_text=gettext_lazy("Anyone reads this line. No name, no phone, no room."),
    )
    due_on = DayField(label=gettext_lazy("By which day"))
    words = prose(
        gettext_lazy("More about it"),
        required=False,
        help_text=gettext_lazy("Only staff read this."),
    )
    field_order = ("title", "body", "due_on", "words")


class DoneForm(forms.Form):
    """What the body did."""

    words = prose(gettext_lazy("What was done"))


class CloseForm(forms.Form):
    """Seen by somebody else: off the list, or back to the body."""

    settled = forms.ChoiceField(
        label=gettext_lazy("What did you find?"),
        choices=[
            ("yes", gettext_lazy("It is done; take it off the list")),
            ("no", gettext_lazy("Not done; back to the unit")),
        ],
        widget=forms.RadioSelect,
    )
    words = prose(gettext_lazy("What you saw"))


@page("listed.open", methods=("GET", "HEAD", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """An entry of its own, as from a talk with residents."""
    title = _("Put something on the dated list")
    where = about_place(request, "listed.open", title, reverse("listed"))
    return where if isinstance(where, HttpResponse) else _open(request, where)


@page("listed.open", methods=("GET", "HEAD", "POST"))
def from_case(request: HttpRequest, uid: str) -> HttpResponse:
    """An entry that comes from a matter."""
    where = about_case(request, uid, "listed.open")
    return where if isinstance(where, HttpResponse) else _open(request, where)


@page("listed.list")
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """One entry, and what the reader may do about it now."""
    row = query.entry_for(actor_in(request), uid)
    return missing(request) if row is None else _shown(request, row)


def _act(name: str, act: str) -> View:
    @page(act, methods=("GET", "HEAD", "POST"))
    def does(request: HttpRequest, uid: str) -> HttpResponse:
        if request.method != "POST":
            return redirect("listed_entry", uid)
        row = query.entry_for(actor_in(request), uid)
        if row is None:
            return missing(request)
        form: forms.Form = DoneForm(request.POST) if name == "done" else CloseForm(request.POST)
        answer: Done | Refusal | None = None
        if form.is_valid():
            data, ask = form.cleaned_data, ask_in(request)
            if name == "done":
                answer = listed.report_done(ask, uid, data["words"])
            else:
                answer = listed.close(ask, uid, data["settled"] == "yes", data["words"])
            if not isinstance(answer, Refusal):
                return answered(request, answer, reverse("listed_entry", args=[uid]), _said(answer))
        return _shown(request, row, **{name: form}, answer=answer)

    does.__doc__ = f"Does `{act}` to an entry."
    return does


def _said(answer: Done) -> str:
    return {
        "listed.reported_done": _("Reported done. Somebody else looks at it now."),
        "listed.closed": _("Taken off the list."),
    }.get(answer.code, _("Sent back to the unit."))


def _open(request: HttpRequest, where: Where) -> HttpResponse:
    case, answer = where.case, None
    form = EntryForm(where, request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        answer = listed.open_entry(
            ask_in(request),
            where.place.uid,
            data["body"],
            data["title"],
            data["due_on"],
            data["words"],
            case.uid if case else "",
        )
        if not isinstance(answer, Refusal):
            number = {"number": show_number(answer.number)}
            said = _("On the dated list, number %(number)s.") % number
            return answered(request, answer, reverse("listed_entry", args=[answer.uid]), said)
    back = (reverse("case", args=[case.uid]), _("The matter")) if case else None
    return show(
        request,
        form,
        answer,
        title=_("Put something on the dated list"),
        lead=_("The unit reports it done by the day; somebody else looks before it comes off."),
        button=_("Put it on the list"),
        back=back or (reverse("listed"), _("Dated list")),
        mark="clock",
        facts=case_facts(where),
    )


def _shown(
    request: HttpRequest,
    row: Listed,
    done: forms.Form | None = None,
    close: forms.Form | None = None,
    answer: Done | Refusal | None = None,
) -> HttpResponse:
    actor, moment = actor_in(request), now()
    facts: list[dict[str, Any]] = [
        {"label": _("Unit"), "value": row.body.name},
        {"label": _("Community"), "value": row.place.name},
        {
            "label": _("How it stands"),
            "value": say_listed()[
                query.standing_of(row.due_at, row.done_at, row.closed_at, moment)
            ],
        },
        {"label": _("Due"), "value": say_exact_by(row.due_at)},
        _step(_("Put on the list"), row.opened_at, row.opened_by, moment),
    ]
    if row.done_at is not None:
        facts.append(_step(_("Reported done"), row.done_at, row.done_by, moment))
    if row.closed_at is not None:
        facts.append(_step(_("Taken off"), row.closed_at, row.closed_by, moment))
    if row.case is not None:
        href = reverse("case", args=[row.case.uid])
        facts.append({"label": _("Matter"), "value": show_number(row.case.number), "href": href})
    open_now = row.closed_at is None
    if done is None and open_now and row.done_at is None and _may(actor, "listed.report_done", row):
        done = DoneForm()
    if close is None and open_now and row.done_at is not None and _may(actor, "listed.close", row):
        close = CloseForm()
    context = {
        "row": row,
        "number": show_number(row.number),
        "facts": facts,
        "clock": say_clock(row.due_at, None, moment, "", row.opened_at) if open_now else None,
        "done": done,
        "close": close,
        "key": new_key(),
        "refusal": say_refusal(answer) if isinstance(answer, Refusal) else None,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "yishi/oversight/entry.html", context, status=status)


def _step(label: str, at: datetime, person: Any, moment: datetime) -> dict[str, Any]:
    who = f" · {person.name}" if person else ""
    return {"label": label, "value": f"{say_when(at, moment)}{who}", "exact": say_exact(at)}


def _may(actor: Actor, act: str, row: Listed) -> bool:
    """As the act asks: the place, the body, and who had which part in the entry."""
    subject = Subject(
        path=row.place.ids, units=frozenset({row.body_id}), parties=query.parties_of(row)
    )
    return isinstance(permit(actor, act, subject), Permitted)


urls: list[URLPattern] = [
    path("listed/new", new, name="listed_new"),
    path("listed/<str:uid>", view, name="listed_entry"),
    path("listed/<str:uid>/done", _act("done", "listed.report_done"), name="listed_done"),
    path("listed/<str:uid>/close", _act("close", "listed.close"), name="listed_close"),
    path("cases/<str:uid>/put-on-list", from_case, name="case_put_on_list"),
]
