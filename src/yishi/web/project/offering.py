"""Who gives something to a project: whoever lives there, their body; for others the desk."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.project import funding
from yishi.core.method.round import Payer
from yishi.core.project.funding import NAME_MAX
from yishi.core.project.now import Form
from yishi.core.refusal import Refusal
from yishi.phrases.project import say_pledge_form
from yishi.phrases.refusal import say_refusal
from yishi.records.queries.project_page import bodies_on_line, funds_open
from yishi.records.queries.project_works import answers_for, lives_there
from yishi.web.gate import ask_in
from yishi.web.project.deed import Deed
from yishi.web.project.fields import ProjectForm, fen_of, fold, offer, pick, prose, yuan
from yishi.web.project.shown import Shown

OWN, NAMED, TOGETHER = "own", "named", "together"


class OfferForm(ProjectForm):
    """Who gives, what, how much, under which name."""

    giver = pick(gettext_lazy("Who gives it"))
    form = pick(gettext_lazy("What is given"))
    amount = yuan(
        gettext_lazy("How much"),
        help_text=gettext_lazy("In yuan; of what comes in kind, or is done, what it is worth."),
    )
    name = forms.CharField(
        label=gettext_lazy("Under which name"),
        max_length=NAME_MAX,
        required=False,
        help_text=gettext_lazy(
            "Everybody reads it. A firm is named; a resident may leave it empty."
        ),
    )
    words = prose(
        gettext_lazy("What exactly"),
        required=False,
        help_text=gettext_lazy("Which goods, which work, or which part is claimed."),
    )

    def prepare(self) -> None:
        fold(self, "giver", *_givers(self.shown))
        offer(self.fields["form"], [(one.value, say_pledge_form(one)) for one in Form])


Givers = list[tuple[str, str]]


def _givers(shown: Shown) -> tuple[Givers, Givers]:
    """Who may give here: whoever lives here, one's body; at the desk a fund and anybody named. Then
    the other bodies, for the desk."""
    answered = [one for one in shown.own_bodies if answers_for(shown.actor, one.pk)]
    given = [(f"body:{one.uid}", one.name) for one in answered]
    if shown.at_desk or lives_there(shown.actor, shown.held):
        given.insert(0, (OWN, _("I, as a resident")))
    if not shown.at_desk:
        return given, []
    funds = [(f"fund:{one.uid}", one.name) for one in funds_open(shown.held)]
    known = {one.uid for one in answered}
    others = [
        (f"body:{one.uid}", one.name)
        for one in bodies_on_line(shown.held.topic.place)
        if one.uid not in known
    ]
    near = [
        *funds,
        (NAMED, _("A firm or unit, named below")),
        (TOGETHER, _("Residents together, named below")),
        *given,
    ]
    return near, others


def _may_give(shown: Shown) -> bool:
    return bool(_givers(shown)[0])


def _lead(shown: Shown) -> str:
    """Whoever does not live there is told before they write, not after."""
    if _may_give(shown):
        return _(
            "Money, goods, work, or a part you do yourselves. This records who gives; no money "
            "passes through here."
        )
    return say_refusal(Refusal("not_resident_here"))["next"]


def _offer(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    kind, _colon, uid = given["giver"].partition(":")
    residents = kind in (OWN, TOGETHER)
    made = funding.Offer(
        Payer.RESIDENTS if residents else Payer.SOCIETY,
        Form(given["form"]),
        fen_of(given["amount"]),
        given["words"],
        given["name"],
        fund=uid if kind == "fund" else "",
        body=uid if kind == "body" else "",
    )
    return funding.offer(ask_in(request), shown.row.uid, made)


OFFERING = (
    Deed(
        "offer",
        "project.offer",
        lambda: _("What would you give to it?"),
        lambda: _("Offer it"),
        lambda: _("Offered. It counts once it is valued and confirmed."),
        OfferForm,
        _offer,
        lead=_lead,
        ready=_may_give,
        mark="people",
    ),
)
