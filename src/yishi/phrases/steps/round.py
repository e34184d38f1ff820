"""A wish from the day it was put forward to its screening: what each step says. Everybody reads."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.steps.step import EVERYONE, Params, Step

STEPS: dict[str, Step] = {
    "proposal.filed": Step("send"),
    "proposal.changed": Step("message"),
    "proposal.withdrawn": Step("back"),
    "proposal.named": Step("person"),
    "proposal.unnamed": Step("person"),
    "proposal.passed": Step("check", "done", "words", EVERYONE),
    "proposal.joined": Step("people", "done", "words", EVERYONE),
    "proposal.parted": Step("back", "", "words", EVERYONE),
    "proposal.refused": Step("refuse", "soon", "words", EVERYONE),
    "project.made": Step("check", "done"),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One step in a sentence."""
    match code:
        case "proposal.filed":
            return _("Put the wish forward")
        case "proposal.changed":
            return _("Said the wish otherwise")
        case "proposal.withdrawn":
            return _("Took the wish back")
        case "proposal.named":
            return _("Chose to be named as its author")
        case "proposal.unnamed":
            return _("Chose not to be named as its author any more")
        case "proposal.passed":
            return _("Passed the screening as “%(title)s”; not planned already (%(checked)s)") % {
                "title": params.get("title", ""),
                "checked": params.get("checked", ""),
            }
        case "proposal.joined":
            return _("Joined it with the same wish of others")
        case "proposal.parted":
            return _("Parted it from the others; it is screened by itself again")
        case "proposal.refused":
            return _("Did not pass it; the list says: %(ground)s") % {
                "ground": params.get("ground", "")
            }
        case "project.made":
            return _("Made a project of what residents wished for: “%(title)s”") % {
                "title": params.get("title", "")
            }
    return ""
