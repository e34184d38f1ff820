"""Supervision in words: how the committee looked, what it found, orders, breaches, grounds."""

from django.utils.translation import gettext as _

from yishi.core.finding import Ground
from yishi.core.oversight import Found, Way


def say_ways() -> dict[str, str]:
    """Way → word."""
    return {
        Way.PHONE: _("By phone"),
        Way.ON_SITE: _("On site"),
        Way.SURVEY: _("Asked those concerned"),
    }


def say_found() -> dict[str, str]:
    """What was found → word."""
    return {
        Found.AS_SAID: _("As the record says"),
        Found.PARTLY: _("Partly"),
        Found.NOT: _("Not as the record says"),
    }


def say_grounds() -> dict[str, str]:
    """What on the record a finding rests on → words."""
    return {
        Ground.LATE: _("a clock of the unit ran out"),
        Ground.RETURNED: _("asked to be returned at least twice"),
        Ground.DISSATISFIED: _("a resident who was not satisfied"),
        Ground.CHECK_FAILED: _("a check that failed"),
        Ground.LOOKED: _("a look of the committee that found it not as said"),
        Ground.OPINION: _("a written opinion of the committee"),
    }


def say_breach(code: str) -> str:
    """The breaches of the shipped rules; a place's own breach reads as its code."""
    return {
        "late": _("Past the time limit"),
        "untrue": _("Reported done and not done"),
        "pushed": _("Pushed away again and again"),
        "promise": _("Broke its service promise"),
        "manner": _("Improper manner"),
    }.get(code, code)


def say_cause(cause: str) -> str:
    """Where a supervisory order came from."""
    return _("Twice dissatisfied") if cause == "twice" else _("From the officer")


def say_orders() -> dict[str, str]:
    """How an order stands → word."""
    return {
        "open": _("Waits for an answer"),
        "overdue": _("Overdue"),
        "in_time": _("Answered in time"),
        "answered_late": _("Answered late"),
    }


def say_listed() -> dict[str, str]:
    """How an entry of the dated list stands → word."""
    return {
        "open": _("On the list"),
        "late": _("Late"),
        "done": _("Reported done, to be looked at"),
        "closed": _("Taken off the list"),
    }
