"""Matters put together and taken apart, and help that is called for."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.steps.step import RESIDENT, Params, Step, by, units

STEPS: dict[str, Step] = {
    "case.split": Step("people"),
    "case.merged": Step("people", "", "why"),
    "case.took_in": Step("people", "", "why"),
    "report.joined": Step("people"),
    "case.joined": Step("people"),
    "case.unmerged": Step("out", "", "why"),
    "case.let_go": Step("out", "", "why", inside=True),
    "case.called_for_help": Step("talk", "", "words", RESIDENT),
    "case.claimed": Step("unit", "done"),
    "case.call_ended": Step("check", inside=True),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    match code:
        case "case.split":
            return _split(params) + by(params, now, _(", to be done by %(by)s"))
        case "case.merged":
            return _("Put together with others of its kind; each keeps number, answer and rating")
        case "case.took_in":
            return _took_in(params)
        case "report.joined":
            return _(
                "Raised, and handled with a matter of the same kind: %(reports)s residents"
            ) % {"reports": params.get("reports", "")}
        case "case.joined":
            return _("Another resident joined: %(reports)s residents' reports in all") % {
                "reports": params.get("reports", "")
            }
        case "case.unmerged":
            return _("Taken out again, handled by itself")
        case "case.let_go":
            return _("A matter that had been added was taken out again")
        case "case.called_for_help":
            return _("Bodies of the place were called for help")
        case "case.claimed":
            return _("%(unit)s claimed a part of it") % {
                "unit": params.get("unit") or _("The unit")
            }
    return _("The call for help was closed")


def _took_in(params: Params) -> str:
    """`cases`: how many were put together in one go, where the story tells them in one line."""
    told = {"reports": params.get("reports", ""), "cases": params.get("cases")}
    if told["cases"]:
        words = _("%(cases)s matters of the same kind were added, %(reports)s residents now")
    else:
        words = _("Matters of the same kind were added: %(reports)s residents' reports in all")
    return words % told


def _split(params: Params) -> str:
    parts = params.get("parts")
    names = [str(part.get("unit", "")) for part in parts] if isinstance(parts, list) else []
    told = {"parts": len(names), "units": units(names), "lead": params.get("lead") or ""}
    return _("Split into %(parts)s parts for %(units)s; %(lead)s leads") % told
