"""A payment for a project is entered, with its voucher; one entered by mistake is reversed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.project import paying
from yishi.core.project.now import Form, PledgeState
from yishi.core.project.paying import is_over
from yishi.core.refusal import Refusal
from yishi.phrases.money import say_yuan
from yishi.records.models import Pledge, Transfer
from yishi.records.queries.project_money import payments_of, spent_of
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

REVERSE = "project.reverse_payment"


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
        spent = spent_of(self.shown.row)
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


def mistakes(shown: Shown) -> list[Transfer]:
    """The payments the viewer may reverse: those that stand and that they neither entered nor
    confirmed the funder of. One statement, none for who may reverse nothing."""
    if not shown.may(REVERSE):
        return []
    own = shown.actor.person_id
    return [
        one
        for one in payments_of(shown.row)
        if own not in (one.by_id, one.source.pledge and one.source.pledge.confirmed_by_id)
    ]


class ReverseForm(ProjectForm):
    """Which payment, and why."""

    payment = pick(gettext_lazy("Which payment"))
    words = prose(
        gettext_lazy("What was wrong with it"), help_text=gettext_lazy("Everybody reads it.")
    )

    def prepare(self) -> None:
        offer(self.fields["payment"], [(one.uid, _told(one)) for one in mistakes(self.shown)])


def _undone(shown: Shown) -> str:
    if is_over(shown.held.now):
        return _(
            "Nothing is deleted: an entry of its own undoes all of the payment and names it. By "
            "somebody else than who entered the payment and who confirmed the funder. Nothing is "
            "paid for the project any more, so the money goes back to its fund or whoever gave it."
        )
    return _(
        "Nothing is deleted: an entry of its own undoes all of the payment and names it. By "
        "somebody else than who entered the payment and who confirmed the funder, until the "
        "account is settled. The voucher may be paid on again."
    )


def _told(one: Transfer) -> str:
    known = {"amount": say_yuan(one.amount_fen), "voucher": one.voucher_no, "words": one.words}
    return _("%(amount)s on voucher %(voucher)s: %(words)s") % known


def _reverse(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    ask = ask_in(request)
    return paying.reverse_payment(ask, shown.row.uid, given["payment"], given["words"])


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
    Deed(
        "reverse-payment",
        REVERSE,
        lambda: _("Was a payment entered by mistake?"),
        lambda: _("Reverse the payment"),
        lambda: _("Reversed; both entries stand in the accounts."),
        ReverseForm,
        _reverse,
        lead=_undone,
        ready=lambda shown: bool(mistakes(shown)),
        mark="back",
        asked=("payment",),
    ),
)
