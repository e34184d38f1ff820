"""监督意见书: written by the committee, read and replied to by the body; it orders nobody."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts import oversight
from yishi.acts.door import Done
from yishi.core.number import show_number
from yishi.core.permit import reach
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.refusal import say_refusal
from yishi.records.models import Opinion
from yishi.records.queries import oversight as query
from yishi.records.wallclock import now
from yishi.web.case.forms import prose
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, missing, new_key, page
from yishi.web.ledger import Ledger, asked, rooms, select, workbook
from yishi.web.ledger import show as show_ledger
from yishi.web.office import Cell
from yishi.web.oversight import case_facts
from yishi.web.sheet_form import BodyForm, Where, about_case, about_place, show


class OpinionForm(BodyForm):
    """To which body, and what the committee says."""

    words = prose(
        gettext_lazy("What the committee saw and suggests"),
        rows=6,
        help_text=gettext_lazy("The unit and the offices read it. Name no resident."),
    )


class ReplyForm(forms.Form):
    """What the body says to it."""

    words = prose(gettext_lazy("Reply of the unit"))


@page("opinion.list")
def account(request: HttpRequest) -> HttpResponse:
    """Opinions this person may read."""
    return show_ledger(request, _ledger(request))


@page("opinion.list")
def account_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    return workbook(_ledger(request))


@page("opinion.write", methods=("GET", "HEAD", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """An opinion in general, about no matter."""
    title = _("Write an opinion")
    where = about_place(request, "opinion.write", title, reverse("opinions"))
    return where if isinstance(where, HttpResponse) else _write(request, where)


@page("opinion.write", methods=("GET", "HEAD", "POST"))
def about(request: HttpRequest, uid: str) -> HttpResponse:
    """An opinion about a matter."""
    where = about_case(request, uid, "opinion.write")
    return where if isinstance(where, HttpResponse) else _write(request, where)


def _write(request: HttpRequest, where: Where) -> HttpResponse:
    case, answer = where.case, None
    form = OpinionForm(where, request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        uid = case.uid if case else ""
        answer = oversight.write_opinion(
            ask_in(request), where.place.uid, data["body"], data["words"], uid
        )
        if not isinstance(answer, Refusal):
            to = reverse("opinion", args=[answer.uid])
            return answered(request, answer, to, _("The opinion is written."))
    back = (reverse("case", args=[case.uid]), _("The matter")) if case else None
    return show(
        request,
        form,
        answer,
        title=_("Write an opinion"),
        lead=_("It moves no matter and orders nobody; the unit reads it and replies."),
        button=_("Write it"),
        back=back or (reverse("opinions"), _("Opinions")),
        mark="talk",
        facts=case_facts(where),
    )


@page("opinion.list")
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """One opinion with its reply; the form of the reply for the body it was written to."""
    row = query.opinion_for(actor_in(request), uid)
    return missing(request) if row is None else _shown(request, row, ReplyForm())


@page("opinion.reply", methods=("GET", "HEAD", "POST"))
def reply(request: HttpRequest, uid: str) -> HttpResponse:
    """The body's reply."""
    if request.method != "POST":
        return redirect("opinion", uid)
    row = query.opinion_for(actor_in(request), uid)
    if row is None:
        return missing(request)
    form, answer = ReplyForm(request.POST), None
    if form.is_valid():
        answer = oversight.reply(ask_in(request), uid, form.cleaned_data["words"])
        if not isinstance(answer, Refusal):
            to = reverse("opinion", args=[uid])
            return answered(request, answer, to, _("The reply is sent."))
    return _shown(request, row, form, answer)


def _shown(
    request: HttpRequest, row: Opinion, form: ReplyForm, answer: Done | Refusal | None = None
) -> HttpResponse:
    moment = now()
    facts: list[dict[str, Any]] = [
        {"label": _("To"), "value": row.body.name},
        {"label": _("Community"), "value": row.place.name},
        {
            "label": _("Written"),
            "value": say_when(row.written_at, moment),
            "exact": say_exact(row.written_at),
        },
    ]
    if row.case is not None:
        href = reverse("case", args=[row.case.uid])
        facts.append({"label": _("Matter"), "value": show_number(row.case.number), "href": href})
    refusal = say_refusal(answer) if isinstance(answer, Refusal) else None
    context = {
        "row": row,
        "facts": facts,
        "replied_at": say_when(row.replied_at, moment) if row.replied_at else "",
        "form": form if query.may_reply(actor_in(request), row) or refusal else None,
        "key": new_key(),
        "refusal": refusal,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "yishi/oversight/opinion.html", context, status=status)


def _ledger(request: HttpRequest) -> Ledger:
    actor = actor_in(request)
    filters = asked(request, "state", "month")
    states = [("open", _("Waits for a reply")), ("replied", _("Replied to"))]
    action = {"href": reverse("opinion_new"), "word": _("Write an opinion"), "mark": "talk"}
    return Ledger(
        name="opinions",
        title=_("Opinions of the committee"),
        lead=_("What the committee wrote to a unit. It moves no matter and orders nobody."),
        labels=[
            _("Written"),
            _("To"),
            _("Opinion"),
            _("About"),
            _("Community"),
            _("Replied"),
            _("Reply"),
        ],
        rows=query.opinions(actor, filters["state"], filters["month"]),
        cells=_cells,
        filters=[select("state", _("How it stands"), states, filters["state"])],
        actions=[action] if reach(actor, "opinion.write") else [],
        none=(
            _("No opinion yet"),
            _("The affairs supervisory committee writes one where something should be better."),
        ),
        rooms=rooms(actor, "opinions"),
    )


def _cells(row: Mapping[str, Any]) -> list[Cell]:
    number = row["case__number"]
    about_it: Cell = _("in general")
    if number:
        about_it = (show_number(number), reverse("case", args=[row["case__uid"]]))
    return [
        (say_exact(row["written_at"])[:16], reverse("opinion", args=[row["uid"]])),
        row["body__name"],
        row["words"],
        about_it,
        row["place__name"],
        say_exact(row["replied_at"])[:16] if row["replied_at"] else "—",
        row["reply"] or "—",
    ]


urls: list[URLPattern] = [
    path("opinions", account, name="opinions"),
    path("opinions.xlsx", account_xlsx, name="opinions_xlsx"),
    path("opinions/new", new, name="opinion_new"),
    path("opinions/<str:uid>", view, name="opinion"),
    path("opinions/<str:uid>/reply", reply, name="opinion_reply"),
    path("cases/<str:uid>/opinion", about, name="case_opinion"),
]
