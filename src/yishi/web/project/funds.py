"""The funds of a round: announced, and put right before the terms are posted."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.round import announcing
from yishi.core.number import show_number
from yishi.core.permit import Permitted, permit
from yishi.core.refusal import Refusal
from yishi.core.round.announcing import NAME_MAX, may_set_funds
from yishi.core.topic.now import TopicNow, TopicState
from yishi.phrases.method_round import say_entry
from yishi.phrases.money import say_yuan
from yishi.phrases.refusal import say_refusal
from yishi.records.models import Fund
from yishi.records.queries.project_page import bodies_on_line
from yishi.records.queries.round import HeldRound, round_of, subject_of
from yishi.web.gate import UNPROCESSABLE, actor_in, ask_in, missing, new_key, page, refuse
from yishi.web.project.fields import fen_of, yuan

ACT = "round.announce_fund"
NEW = "new"


class FundForm(forms.Form):
    """Which of them, of which source, its name, how much, whose."""

    which = forms.ChoiceField(
        label=gettext_lazy("A new fund, or one that is put right"), widget=forms.RadioSelect
    )
    code = forms.ChoiceField(
        label=gettext_lazy("Where the money comes from"),
        widget=forms.RadioSelect,
        required=False,
        help_text=gettext_lazy("Of a new fund alone; these are the sources of the method."),
    )
    name = forms.CharField(label=gettext_lazy("Name of the fund"), max_length=NAME_MAX, strip=True)
    amount = yuan(gettext_lazy("How much"))
    body = forms.ChoiceField(label=gettext_lazy("Which body gives it"), required=False)

    def __init__(self, held: HeldRound, data: Any = None) -> None:
        super().__init__(data, auto_id="do_%s")
        funds = Fund.objects.filter(topic=held.topic).order_by("id")
        known = [(one.uid, f"{one.name} · {say_yuan(one.amount_fen)}") for one in funds]
        bodies = [(one.uid, one.name) for one in bodies_on_line(held.topic.place)]
        if known:
            _offer(self.fields["which"], [(NEW, _("A new fund")), *known])
        else:
            del self.fields["which"]
            self.fields["code"].help_text = ""
        _offer(self.fields["code"], [(one.code, say_entry(one)) for one in held.terms.funds])
        _offer(self.fields["body"], [("", _("None of those known here")), *bodies])
        if known and data is None:
            self.fields["which"].initial = NEW

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given.setdefault("which", NEW)
        if given["which"] == NEW and not given.get("code"):
            self.add_error("code", _("Choose where the money comes from."))
        return given


def _offer(field: Any, choices: list[tuple[str, str]]) -> None:
    field.choices = choices


def fixed(held: HeldRound) -> Refusal | None:
    """Why the funds of a round are not set any more; None while they are."""
    row = held.topic
    now = TopicNow(row.uid, TopicState(row.state), stage=row.stage, tally=row.tally)
    return may_set_funds(held.procedure, now)


def funds_open(held: HeldRound) -> bool:
    """Whether the terms of a round are still being set."""
    return fixed(held) is None


@page(ACT, methods=("GET", "HEAD", "POST"))
def funds(request: HttpRequest, uid: str) -> HttpResponse:
    """The form, and the act."""
    held = round_of(uid)
    if held is None or not isinstance(permit(actor_in(request), ACT, subject_of(held)), Permitted):
        return missing(request)
    if request.method != "POST":
        over = fixed(held)
        if over is not None:
            back = (reverse("round", args=[uid]), held.topic.title)
            return refuse(request, over, back=back)
        return _show(request, held, FundForm(held))
    form = FundForm(held, request.POST)
    if not form.is_valid():
        return _show(request, held, form, None, UNPROCESSABLE)
    given, ask = form.cleaned_data, ask_in(request)
    typed = (given["name"], fen_of(given["amount"]), given["body"])
    if given["which"] == NEW:
        answer = announcing.announce_fund(ask, uid, given["code"], *typed)
    else:
        answer = announcing.correct_fund(ask, uid, given["which"], *typed)
    if isinstance(answer, Refusal):
        return _show(request, held, form, answer, UNPROCESSABLE)
    if not answer.again:
        messages.success(request, _("Entered; it stands in the terms of the round."))
    return redirect(reverse("round", args=[uid]))


def _show(
    request: HttpRequest,
    held: HeldRound,
    form: FundForm,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "round": held.topic,
        "number": show_number(held.topic.number),
        "form": form,
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal else None,
        "action": reverse("round_funds", args=[held.topic.uid]),
        "back": reverse("round", args=[held.topic.uid]),
    }
    return render(request, "yishi/project/funds.html", context, status=status)


urls: list[URLPattern] = [path("rounds/<str:uid>/funds", funds, name="round_funds")]
