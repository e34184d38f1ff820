"""What hangs out: changed, carried round, not shown; what each of these steps says."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.steps.step import EVERYONE, Params, Step
from yishi.phrases.text import say_found, say_ground_kept

STEPS: dict[str, Step] = {
    "topic.comment_taken_up": Step("talk", "done"),
    "topic.option_changed": Step("talk", "", "why", EVERYONE),
    "topic.doors_called": Step("people"),
    "topic.voice_hidden": Step("flag", "soon"),
    "topic.voice_restored": Step("check"),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    option = {"no": params.get("option", "")}
    match code:
        case "topic.comment_taken_up" if params.get("again"):
            return _("A comment was taken up in option %(no)s; the period begins again") % option
        case "topic.comment_taken_up":
            return _("A comment was taken up in option %(no)s") % option
        case "topic.option_changed" if params.get("upheld"):
            return _("Option %(no)s was changed as an upheld objection asks") % option
        case "topic.option_changed":
            return _("The text of option %(no)s was changed") % option
        case "topic.doors_called":
            said = _("Carried to %(building)s, doors: %(doors)s (%(found)s)")
            return said % {
                "building": params.get("name", ""),
                "doors": params.get("doors", ""),
                "found": say_found(str(params.get("found", ""))),
            }
        case "topic.voice_hidden":
            ground = say_ground_kept(str(params.get("ground", "")))
            return _("What somebody said is not shown, on the ground: %(ground)s") % {
                "ground": ground
            }
        case "topic.voice_restored":
            return _("What was not shown is shown again")
    return ""
