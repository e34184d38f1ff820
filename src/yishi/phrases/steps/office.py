"""Supervisory orders, publication, and what was kept from being pushed down."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.steps.step import EVERYONE, Params, Step

STEPS: dict[str, Step] = {
    "order.issued": Step("flag", "soon", "words"),
    "order.answered": Step("talk", "", "answer"),
    "publication.drafted": Step("board", inside=True),
    "publication.reviewed": Step("check", inside=True),
    "publication.signed_off": Step("board", "done"),
    "publication.taken_down": Step("board", "soon", "ground", EVERYONE),
    "burden.refused": Step("refuse", "soon", inside=True),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    match code:
        case "order.issued":
            unit = {"unit": params.get("unit") or _("The unit")}
            return _("A supervisory order went to %(unit)s") % unit
        case "order.answered":
            return _("The supervisory order was answered")
        case "publication.drafted":
            return _("A text for the public board was drafted")
        case "publication.reviewed":
            return _("The text for the public board was reviewed")
        case "publication.signed_off":
            return _("Published on the board after review and sign-off")
        case "publication.taken_down":
            return _("Taken off the public board")
    pushed = {"item": params.get("item", ""), "community": params.get("community", "")}
    return _("“%(item)s” was kept from being pushed down to %(community)s") % pushed
