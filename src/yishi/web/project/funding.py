"""Who pays for a project: offered, valued and confirmed, declined, taken back; every yuan found."""

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
from yishi.core.project.now import Form, PledgeState
from yishi.core.refusal import Refusal
from yishi.phrases.money import say_yuan
from yishi.phrases.project import say_funder, say_pledge_form
from yishi.records.models import Pledge
from yishi.records.queries.project_page import bodies_on_line, funds_open, offered_to
from yishi.web.gate import ask_in
from yishi.web.project.deed import Deed
from yishi.web.project.fields import (
    ProjectForm,
    fen_of,
    number,
    offer,
    paper,
    paper_in,
    pick,
    prose,
    yuan,
)
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
        offer(self.fields["giver"], _givers(self.shown))
        offer(self.fields["form"], [(one.value, say_pledge_form(one)) for one in Form])


def _givers(shown: Shown) -> list[tuple[str, str]]:
    """Who may give here: oneself, one's body; at the desk a fund and anybody named."""
    own = [(f"body:{one.uid}", one.name) for one in shown.own_bodies]
    given = [(OWN, _("I, as a resident")), *own]
    if not shown.at_desk:
        return given
    funds = [(f"fund:{one.uid}", one.name) for one in funds_open(shown.held)]
    known = {one.uid for one in shown.own_bodies}
    others = [
        (f"body:{one.uid}", one.name)
        for one in bodies_on_line(shown.held.topic.place)
        if one.uid not in known
    ]
    return [
        *funds,
        (NAMED, _("A firm or unit, named below")),
        (TOGETHER, _("Residents together, named below")),
        *given,
        *others,
    ]


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


def named(pledge: Pledge) -> str:
    """A funder in one line: who, how much, what."""
    return " · ".join(
        (say_funder(pledge.name), say_yuan(pledge.amount_fen), say_pledge_form(pledge.form))
    )


def waiting(shown: Shown) -> list[Pledge]:
    """Offers that were neither confirmed nor declined."""
    return offered_to(shown.held, PledgeState.OFFERED)


def pledge_field(label: Any) -> Any:
    """Which funder; filled by `offer`."""
    return pick(label)


class ConfirmForm(ProjectForm):
    """Which offer, what it is worth; of residents' money what it needs."""

    takes_files = True
    pledge = pledge_field(gettext_lazy("Which offer"))
    amount = yuan(
        gettext_lazy("What it is worth"),
        help_text=gettext_lazy(
            "Money counts as offered; what comes in kind, or is done, is valued here."
        ),
    )
    willing = number(
        gettext_lazy("How many residents pay willingly"),
        required=False,
        help_text=gettext_lazy("Of residents' money alone. Nothing is apportioned."),
    )
    units = number(
        gettext_lazy("How many units that benefit agreed"),
        required=False,
        help_text=gettext_lazy("Of residents' money alone: entrances or houses."),
    )
    resolution = paper(
        gettext_lazy("The resolution"), gettext_lazy("Of residents' money alone: the paper.")
    )

    def prepare(self) -> None:
        offer(self.fields["pledge"], [(one.uid, named(one)) for one in waiting(self.shown)])


def _confirm(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = paper_in(request, shown, "resolution")
    if isinstance(file, Refusal):
        return file
    value = funding.Value(fen_of(given["amount"]), given["willing"] or 0, given["units"] or 0, file)
    return funding.confirm_pledge(ask_in(request), shown.row.uid, given["pledge"], value)


class DeclineForm(ProjectForm):
    """Which funder, and why not."""

    pledge = pledge_field(gettext_lazy("Which offer"))
    words = prose(gettext_lazy("Why it is not taken up"))

    def prepare(self) -> None:
        rows = [*waiting(self.shown), *offered_to(self.shown.held, PledgeState.CONFIRMED)]
        offer(self.fields["pledge"], [(one.uid, named(one)) for one in rows])


def _decline(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return funding.decline_pledge(ask_in(request), shown.row.uid, given["pledge"], given["words"])


class WithdrawForm(ProjectForm):
    """Which of one's own offers."""

    pledge = pledge_field(gettext_lazy("Which offer"))

    def prepare(self) -> None:
        offer(self.fields["pledge"], [(one.uid, named(one)) for one in _mine(self.shown)])


def _mine(shown: Shown) -> list[Pledge]:
    own = {one.pk for one in shown.own_bodies}
    who = shown.actor.person_id
    return [one for one in waiting(shown) if one.by_id == who or one.body_id in own]


def _withdraw(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return funding.withdraw_pledge(ask_in(request), shown.row.uid, given["pledge"])


class FundForm(ProjectForm):
    """Nothing is typed: the sums decide."""


def _fund(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return funding.fund(ask_in(request), shown.row.uid)


def _stands(shown: Shown) -> str:
    now = shown.held.now
    return _("Its funders give %(have)s together; it costs %(cost)s.") % {
        "have": say_yuan(now.confirmed_fen),
        "cost": say_yuan(now.cost_fen or 0),
    }


FUNDING = (
    Deed(
        "offer",
        "project.offer",
        lambda: _("What would you give to it?"),
        lambda: _("Offer it"),
        lambda: _("Offered. It counts once it is valued and confirmed."),
        OfferForm,
        _offer,
        lead=lambda shown: _(
            "Money, goods, work, or a part you do yourselves. This records who gives; no money "
            "passes through here."
        ),
        mark="people",
    ),
    Deed(
        "confirm",
        "project.confirm_pledge",
        lambda: _("Does this offer count?"),
        lambda: _("Value and confirm it"),
        lambda: _("Confirmed. It counts towards the cost."),
        ConfirmForm,
        _confirm,
        lead=_stands,
        ready=lambda shown: bool(waiting(shown)),
    ),
    Deed(
        "decline",
        "project.decline_pledge",
        lambda: _("Is this funder not taken up?"),
        lambda: _("Do not take it up"),
        lambda: _("Entered. What was set aside has gone back."),
        DeclineForm,
        _decline,
        lead=lambda shown: _("Whoever gave it reads the reason, and so does everybody."),
        ready=lambda shown: bool(waiting(shown) or offered_to(shown.held, PledgeState.CONFIRMED)),
        mark="refuse",
    ),
    Deed(
        "withdraw",
        "project.withdraw_pledge",
        lambda: _("Take your offer back?"),
        lambda: _("Take it back"),
        lambda: _("Taken back."),
        WithdrawForm,
        _withdraw,
        ready=lambda shown: bool(_mine(shown)),
        mark="back",
    ),
    Deed(
        "fund",
        "project.fund",
        lambda: _("Is every yuan found?"),
        lambda: _("Every yuan is found"),
        lambda: _("Every yuan is found. The works may begin."),
        FundForm,
        _fund,
        lead=_stands,
        ready=lambda shown: shown.stands_in("carry_out"),
        mark="done",
    ),
)
