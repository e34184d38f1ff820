"""What a unit asks for, and the word on it: return and ruling, more time, time standing still."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.span import say_limit
from yishi.phrases.steps.step import RESIDENT, Params, Step, by, units

STEPS: dict[str, Step] = {
    "case.return_asked": Step("back", "soon", "reason", about="clause"),
    "case.return_refused": Step("refuse", "", "words"),
    "case.return_accepted": Step("back", "", "words"),
    "case.return_disputed": Step("ground", "soon", "words"),
    "case.return_contested": Step("ground", "soon", "words"),
    "case.ruled": Step("ground", "", "words", RESIDENT),
    "case.extension_asked": Step("clock", "", "reason", inside=True),
    "case.extension_refused": Step("clock", "", "words", inside=True),
    "case.extended": Step("clock", "soon", "words", RESIDENT),
    "case.suspension_asked": Step("waiting", "", "reason", inside=True),
    "case.suspension_refused": Step("waiting", "", "words", inside=True),
    "case.suspended": Step("waiting", "soon", "words", RESIDENT),
    "case.resumed": Step("next", "", "words", RESIDENT),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    unit = {"unit": params.get("unit") or _("The unit")}
    match code:
        case "case.return_asked":
            return _("%(unit)s says it is not its matter and asks to return it") % unit
        case "case.return_refused":
            return _("The return was not agreed to; %(unit)s goes on with it") % unit
        case "case.return_accepted":
            if params.get("lead") is False:
                return _("The return was agreed to; %(unit)s helps no longer") % unit
            return _("The return was agreed to; another unit is being chosen")
        case "case.return_disputed":
            return _("Who handles it is in dispute; the arbitration group rules")
        case "case.return_contested":
            return _("%(unit)s does not agree with the refusal; the arbitration group rules") % unit
        case "case.ruled":
            return _ruled(params)
    return _time(code, params)


def say_after(code: str, params: Params, now: datetime) -> str:
    """By when somebody decides or has it done; it stands after the words of the step."""
    match code:
        case "case.return_asked":
            return by(params, now, _(", to be decided by %(by)s"))
        case "case.return_disputed" | "case.return_contested":
            return by(params, now, _(", by %(by)s"))
        case "case.ruled" | "case.extended" | "case.resumed":
            return by(params, now, _(", to be done by %(by)s"))
        case "case.suspension_asked" | "case.suspended":
            return by(params, now, _(", until %(by)s"), "until")
    return ""


def _ruled(params: Params) -> str:
    lead = {"lead": params.get("lead") or _("The unit")}
    stays = (
        _("Ruled: %(lead)s keeps the lead") if params.get("stays") else _("Ruled: %(lead)s leads")
    )
    co = units(params.get("co"))
    helped = _(", helped by %(co)s") % {"co": co} if co else ""
    return stays % lead + helped


def _time(code: str, params: Params) -> str:
    unit = {"unit": params.get("unit") or _("The unit")}
    match code:
        case "case.extension_asked":
            more = {**unit, "limit": _limit(params)}
            return _("%(unit)s asks for %(limit)s more") % more
        case "case.extension_refused":
            return _("More time was not agreed to")
        case "case.extended":
            more = {**unit, "limit": _limit(params)}
            return _("%(unit)s was given %(limit)s more") % more
        case "case.suspension_asked":
            return _("%(unit)s asks to suspend the handling") % unit
        case "case.suspension_refused":
            return _("The suspension was not agreed to")
        case "case.suspended" if params.get("waits_for"):
            still = {**unit, "waits_for": params["waits_for"]}
            return (
                _("%(unit)s cannot go on for now (%(waits_for)s); the handling is suspended")
                % still
            )
        case "case.suspended":
            return _("%(unit)s cannot go on for now; the handling is suspended") % unit
    return _("The handling goes on")


def _limit(params: Params) -> str:
    length, kind = params.get("length"), str(params.get("kind") or "")
    return say_limit(length if isinstance(length, int) else None, kind) or _("some time")
