"""A project built, looked at, accepted, settled, handed over and used: what each step says."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.phrases.steps.step import EVERYONE, Params, Step

STEPS: dict[str, Step] = {
    "project.contracted": Step("ground", "", "words", EVERYONE),
    "project.self_built": Step("people"),
    "project.milestones_planned": Step("next"),
    "project.milestone_reached": Step("camera", "", "words", EVERYONE),
    "project.change_asked": Step("flag", "soon", "words", EVERYONE),
    "project.change_approved": Step("back", "soon", "words", EVERYONE),
    "project.change_refused": Step("refuse", "", "words", EVERYONE),
    "project.pledge_lowered": Step("back"),
    # What somebody saw stands with the looks, where it can be taken off its page.
    "project.watched": Step("search"),
    "project.built": Step("camera", "", "words", EVERYONE),
    "project.accepted": Step("done", "done", "words", EVERYONE),
    "project.not_accepted": Step("back", "soon", "words", EVERYONE),
    "project.settled": Step("ground", "done"),
    "project.handed": Step("send", "", "words", EVERYONE),
    "project.taken_over": Step("done", "done"),
    "project.stopped": Step("refuse", "soon", "why", EVERYONE),
    "project.scored": Step("check"),
    "project.defect_reported": Step("flag"),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    return _built(code, params) or _ended(code, params)


def _built(code: str, params: Params) -> str:
    known = {
        "contractor": params.get("contractor", ""),
        "unit": params.get("unit", ""),
        "name": params.get("name", ""),
        "steps": params.get("milestones", ""),
        "begins": _day(params, "begins"),
        "ends": _day(params, "ends"),
        **{name: _yuan(params, name) for name in ("amount", "from", "to")},
    }
    said = {
        "project.contracted": _(
            "Given to %(contractor)s by contract, %(amount)s, from %(begins)s to %(ends)s"
        ),
        "project.self_built": _(
            "Residents build it themselves; %(unit)s answers for it, from %(begins)s to %(ends)s"
        ),
        "project.milestones_planned": _("%(steps)s steps of the works were planned"),
        "project.milestone_reached": _("Step done: %(name)s"),
        "project.change_asked": _("Change asked for: from %(from)s to %(to)s"),
        "project.change_approved": _(
            "Change approved: from %(from)s to %(to)s; the works wait until the money is found"
        ),
        "project.change_refused": _("Change refused: it stays at %(from)s"),
        "project.pledge_lowered": _(
            "A funder gives %(to)s instead of %(from)s; the rest goes back"
        ),
        "project.watched": _("Somebody came to look"),
        "project.built": _("Built; it waits to be accepted"),
    }.get(code)
    return said % known if said else ""


def _ended(code: str, params: Params) -> str:
    known = {
        "unit": params.get("unit", ""),
        "inspectors": params.get("inspectors", ""),
        **{name: _yuan(params, name) for name in ("settled", "back", "spent")},
    }
    said = {
        "project.accepted": _("Accepted; %(inspectors)s inspected it"),
        "project.not_accepted": _("Not accepted; %(inspectors)s inspected it"),
        "project.settled": _(
            "%(unit)s reviewed the final account: %(settled)s; %(back)s goes back to the funders"
        ),
        "project.handed": _("Offered to %(unit)s to look after"),
        "project.taken_over": _("%(unit)s looks after it from now on"),
        "project.stopped": _("Stopped; %(spent)s was spent and %(back)s goes back"),
        "project.scored": _("A resident scored it"),
        "project.defect_reported": _("A defect was reported and is handled as a matter"),
    }.get(code)
    return said % known if said else ""


def _yuan(params: Params, name: str) -> str:
    fen = params.get(name, 0)
    return say_yuan(fen) if isinstance(fen, int) else ""


def _day(params: Params, name: str) -> str:
    day = params.get(name)
    return say_day(date.fromisoformat(str(day))) if day else ""
