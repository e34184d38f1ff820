"""From the dispatcher to the answer: intake, the unit's work, the check."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.steps.step import RESIDENT, Params, Step, by, units

STEPS: dict[str, Step] = {
    "case.refused": Step("refuse", "late", "answer", RESIDENT),
    "case.accepted": Step("check"),
    "case.set_aside": Step("people", "", "why", RESIDENT),
    "case.handed_back": Step("back", "soon", "why", RESIDENT),
    "case.dispatched": Step("send"),
    "case.signed": Step("unit"),
    "case.signed_by_itself": Step("soon", "soon"),
    "case.contacted": Step("phone", "", "note"),
    "case.not_reached": Step("phone", "soon", "note"),
    "case.interim": Step("camera", "", "words", RESIDENT),
    "case.part_done": Step("check", "", "result", RESIDENT),
    "case.result_submitted": Step("camera", "", "result", RESIDENT),
    "case.check_passed": Step("done", "done", "note"),
    "case.check_failed": Step("flag", "soon", "why", RESIDENT),
    "case.answered": Step("talk", "done", "answer", RESIDENT),
    "case.archived": Step("done"),
    "case.clock_set": Step("clock", inside=True),
    "case.imported": Step("download"),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    match code:
        case "case.refused":
            return _("Not accepted")
        case "case.accepted":
            return _("Accepted and filed under “%(item)s”") % {"item": params.get("item", "")}
        case "case.set_aside":
            return _("It concerns many, so it became a topic") + by(
                params, now, _(", to be answered by %(by)s")
            )
        case "case.handed_back":
            return _("The topic found it somebody's duty, so it goes to be dispatched")
        case "case.dispatched":
            co = units(params.get("co"))
            helped = _(", helped by %(co)s") % {"co": co} if co else ""
            given = _("Given to %(unit)s") % _unit(params)
            return given + helped + by(params, now, _(", to be done by %(by)s"))
    return _work(code, params)


def _work(code: str, params: Params) -> str:
    unit = _unit(params)
    match code:
        case "case.signed":
            return _("%(unit)s took it") % unit
        case "case.signed_by_itself":
            return _("The time to sign ran out, so it counts as taken by %(unit)s") % unit
        case "case.contacted":
            return _("%(unit)s spoke with the resident") % unit
        case "case.not_reached":
            return _("%(unit)s tried to reach the resident, without success") % unit
        case "case.interim":
            return _("%(unit)s did what could be done at once") % unit
        case "case.part_done":
            return _("%(unit)s has done its part") % unit
        case "case.result_submitted":
            waits = params.get("open")
            more = _(" (%(open)s still at work)") % {"open": waits} if waits else ""
            return _("%(unit)s has finished") % unit + more
        case "case.check_passed":
            return _("Checked by somebody who did not handle it: it is done")
        case "case.check_failed":
            return _("Checked by somebody who did not handle it: not done yet, handling goes on")
        case "case.answered":
            return _("Answered")
        case "case.archived":
            return _("Archived")
        case "case.imported":
            return _("Taken over from %(source)s") % {"source": params.get("source", "")}
    return _("The calendar came out and the dates were set")


def _unit(params: Params) -> dict[str, str]:
    return {"unit": params.get("unit") or params.get("lead") or _("The unit")}
