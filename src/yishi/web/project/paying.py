"""A payment for a project is entered, with its voucher."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.project import paying
from yishi.core.project.now import Form, PledgeState
from yishi.core.refusal import Refusal
from yishi.phrases.money import say_yuan
from yishi.records.models import Pledge
from yishi.records.queries.project_money import spent_of
from yishi.records.queries.project_page import offered_to
from yishi.web.gate import ask_in
from yishi.web.project.deed import Deed
from yishi.web.project.fields import (
    ProjectForm,
    fen_of,
    offer,
    paper,
    paper_in,
    pick,
    prose,
    yuan,
)
from yishi.web.project.funding import named
from yishi.web.project.shown import Shown


def in_money(shown: Shown) -> list[Pledge]:
    """The confirmed funders that give money."""
    rows = offered_to(shown.held, PledgeState.CONFIRMED)
    return [one for one in rows if one.form == Form.MONEY]


class PayForm(ProjectForm):
    """Out of whose money, how much, on which voucher, to whom."""

    takes_files = True
    pledge = pick(gettext_lazy("Out of whose money"))
    amount = yuan(gettext_lazy("How much was paid"))
    words = prose(
        gettext_lazy("Who was paid, and for what"), help_text=gettext_lazy("Everybody reads it.")
    )
    voucher_no = forms.CharField(
        label=gettext_lazy("Number of the voucher"), max_length=paying.VOUCHER_MAX
    )
    voucher = paper(gettext_lazy("The voucher"), gettext_lazy("A photo or a scan of it."))

    def prepare(self) -> None:
        rows = in_money(self.shown)
        spent = spent_of(one.pk for one in rows)
        offer(self.fields["pledge"], [(one.uid, _line(one, spent)) for one in rows])


def _line(pledge: Pledge, spent: dict[int, int]) -> str:
    left = say_yuan(pledge.amount_fen - spent.get(pledge.pk, 0))
    return _("%(funder)s (%(left)s left)") % {"funder": named(pledge), "left": left}


def _pay(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = paper_in(request, shown, "voucher")
    if isinstance(file, Refusal):
        return file
    return paying.pay(
        ask_in(request),
        shown.row.uid,
        given["pledge"],
        fen_of(given["amount"]),
        given["voucher_no"],
        file,
        given["words"],
    )


PAYING = (
    Deed(
        "pay",
        "project.pay",
        lambda: _("What was paid?"),
        lambda: _("Enter the payment"),
        lambda: _("Entered; it stands in the accounts."),
        PayForm,
        _pay,
        lead=lambda shown: _(
            "Each payment on one voucher, entered by somebody else than who confirmed the funder. "
            "The money itself is paid elsewhere; here it is recorded."
        ),
        ready=lambda shown: bool(in_money(shown)),
        mark="send",
    ),
)
