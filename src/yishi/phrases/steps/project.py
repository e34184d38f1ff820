"""A round's funds, and a project costed, decided on and paid for: what each step says."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.core.method.round import Payer
from yishi.core.project.now import Form
from yishi.phrases.money import say_yuan
from yishi.phrases.project import say_funder, say_opinion_on, say_pledge_form, say_purse
from yishi.phrases.steps.step import EVERYONE, Params, Step

STEPS: dict[str, Step] = {
    "round.fund_announced": Step("board"),
    "round.fund_corrected": Step("board"),
    "round.swept": Step("back"),
    "project.opinion_added": Step("talk", "", "words", EVERYONE),
    "project.quotation_added": Step("ground"),
    "project.quotation_taken": Step("check", "", "words", EVERYONE),
    "project.costed": Step("ground"),
    "project.decided": Step("people", "", "words", EVERYONE),
    "project.reopened": Step("back", "soon", "words", EVERYONE),
    "project.pledge_offered": Step("people", "", "words", EVERYONE),
    "project.pledge_confirmed": Step("check"),
    "project.pledge_declined": Step("refuse", "", "words", EVERYONE),
    "project.pledge_withdrawn": Step("back"),
    "project.funder_unnamed": Step("person"),
    "project.unnamed": Step("person"),
    "project.funded": Step("done", "done"),
    "project.paid": Step("send"),
    "project.payment_reversed": Step("back", "soon", "words", EVERYONE),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    for part in (_funds, _costing, _money):
        if said := part(code, params):
            return said
    return ""


def _funds(code: str, params: Params) -> str:
    known = {"name": params.get("name", ""), "amount": _yuan(params, "amount")}
    match code:
        case "round.fund_announced":
            return _("Fund announced: %(name)s, %(amount)s") % known
        case "round.fund_corrected":
            return _("Fund put right: %(name)s, %(amount)s") % known
        case "round.swept":
            return _("What the funds had left was swept: %(amount)s") % known
    return ""


def _costing(code: str, params: Params) -> str:
    known = {name: _yuan(params, name) for name in ("amount", "lowest", "cost")}
    match code:
        case "project.opinion_added":
            return _opinion(params, known)
        case "project.quotation_added":
            return _("Quotation of %(bidder)s: %(amount)s") % {
                **known,
                "bidder": params.get("bidder", ""),
            }
        case "project.quotation_taken":
            return _("%(bidder)s was taken at %(amount)s; the lowest asked for %(lowest)s") % {
                **known,
                "bidder": params.get("bidder", ""),
            }
        case "project.costed":
            return _("Costed: %(cost)s; urgency %(urgency)s of 3, %(households)s households") % {
                **known,
                "urgency": params.get("urgency", ""),
                "households": params.get("households", ""),
            }
        case "project.decided":
            words = (
                _("Agreed on: %(yes)s of the %(present)s who were there")
                if params.get("agreed")
                else _("Not agreed on: %(yes)s for it of the %(present)s who were there")
            )
            return words % {name: params.get(name, "") for name in ("yes", "present")}
        case "project.reopened":
            return _("Talked over again")
    return ""


def _opinion(params: Params, known: dict[str, str]) -> str:
    on = say_opinion_on(str(params.get("on", "cost")))
    if "amount" in params:
        return _("Opinion on “%(on)s”: %(amount)s") % {"on": on, **known}
    if params.get("favourable"):
        return _("Opinion on “%(on)s”: nothing against it") % {"on": on}
    return _("Opinion on “%(on)s”: against it") % {"on": on}


def _money(code: str, params: Params) -> str:
    known = {
        "amount": _yuan(params, "amount"),
        "cost": _yuan(params, "cost"),
        "form": say_pledge_form(str(params.get("form", Form.MONEY))),
        "payer": say_purse(str(params.get("payer", Payer.FUND))),
    }
    match code:
        case "project.pledge_offered":
            name = say_funder(str(params.get("name", "")))
            return _("%(name)s offers %(amount)s, %(form)s") % {**known, "name": name}
        case "project.pledge_confirmed":
            return _("Confirmed: %(payer)s, %(amount)s, %(form)s") % known
        case "project.pledge_declined":
            return _("Not taken up: %(amount)s") % known
        case "project.pledge_withdrawn":
            return _("Taken back: %(amount)s") % known
        case "project.funder_unnamed":
            return _("A funder deleted their account: the sum stays, without a name")
        case "project.unnamed":
            return _("Somebody named here deleted their account: the name goes, every sum stays")
        case "project.funded":
            return _("Every yuan is found: %(cost)s") % known
        case "project.paid":
            return _("Paid: %(amount)s, out of: %(payer)s") % known
        case "project.payment_reversed":
            voucher = str(params.get("voucher", ""))
            return _("Payment reversed: %(amount)s on voucher %(voucher)s, back to: %(payer)s") % {
                **known,
                "voucher": voucher,
            }
    return ""


def _yuan(params: Params, name: str) -> str:
    return say_yuan(int(str(params.get(name, 0))))
