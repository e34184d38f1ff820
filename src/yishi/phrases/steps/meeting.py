"""A meeting from its call to its signed minutes: what each step says.

A meeting is public, so everybody reads what came of it; who was invited, came and spoke by name
stays with staff.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.core.meeting.now import ItemState
from yishi.phrases.clock import say_full
from yishi.phrases.steps.step import EVERYONE, Params, Step, by

STEPS: dict[str, Step] = {
    "meeting.called": Step("send", "", "urgent", EVERYONE),
    "meeting.cancelled": Step("refuse", "soon", "words", EVERYONE),
    "meeting.failed": Step("flag", "soon"),
    "meeting.lapsed": Step("late", "soon"),
    "meeting.invited": Step("people", inside=True),
    "meeting.told": Step("phone", inside=True),
    "meeting.answered": Step("talk", "", "words", inside=True),
    "meeting.item_added": Step("ground"),
    "meeting.signed_in": Step("person", inside=True),
    "meeting.opened": Step("people", "done"),
    "meeting.stated": Step("talk", "", "words", inside=True),
    "meeting.item_ended": Step("check", "", "words", EVERYONE),
    "meeting.closed": Step("done", "done"),
    "meeting.paper_added": Step("camera"),
    "meeting.written": Step("ground"),
    "meeting.signed": Step("board", "done"),
    "meeting.reported": Step("message", "done", "words", EVERYONE),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    if code == "meeting.called":
        return _called(params)
    if code == "meeting.item_ended":
        return _came(params, now)
    if code == "meeting.answered":
        return _answered(params)
    known = {
        "unit": params.get("unit", ""),
        "title": params.get("title", ""),
        "no": params.get("no", ""),
        "people": params.get("people", ""),
        "items": params.get("items", ""),
    }
    return {
        "meeting.cancelled": _("The meeting was called off"),
        "meeting.failed": _("Too few came; it is called again"),
        "meeting.lapsed": _("Nobody opened the meeting; it counts as not held"),
        "meeting.invited": _("Somebody more was invited"),
        "meeting.told": _("Delivery of the call was written down"),
        "meeting.item_added": _("Item %(no)s was put on the agenda: “%(title)s”"),
        "meeting.signed_in": _("Number %(no)s signed in"),
        "meeting.opened": _("The meeting was opened with %(people)s there"),
        "meeting.stated": _("Something was said on item %(no)s"),
        "meeting.closed": _("The meeting was closed; all %(items)s items have an answer"),
        "meeting.paper_added": _("A paper was added to the record"),
        "meeting.written": _("The minutes were written"),
        "meeting.signed": _("The minutes were signed off"),
        "meeting.reported": _("Item %(no)s was reported back: “%(title)s”"),
    }[code] % known


def _called(params: Params) -> str:
    moment = params.get("at")
    if not moment:
        return _("A meeting was called")
    said = {"when": say_full(datetime.fromisoformat(moment)), "where": params.get("where", "")}
    if params.get("urgent"):
        return _("A meeting was called at shorter notice: %(when)s, %(where)s") % said
    return _("A meeting was called: %(when)s, %(where)s") % said


def _came(params: Params, now: datetime) -> str:
    known = {"no": params.get("no", ""), "unit": params.get("unit", "")}
    match params.get("state"):
        case ItemState.SETTLED:
            return _("Item %(no)s was settled on the spot") % known
        case ItemState.LISTED:
            due = by(params, now, _(" by %(by)s"))
            return _("Item %(no)s is on the dated list for %(unit)s%(due)s") % {**known, "due": due}
        case ItemState.CARRIED:
            return _("Item %(no)s goes on by its procedure") % known
    return _("Item %(no)s was put off to the next meeting") % known


def _answered(params: Params) -> str:
    unit = {"unit": params.get("unit") or _("Whoever was invited")}
    return (_("%(unit)s comes") if params.get("comes") else _("%(unit)s cannot come")) % unit
