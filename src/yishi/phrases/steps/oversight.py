"""What supervision adds to a matter: a finding against a body, told to the offices."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.oversight import say_breach
from yishi.phrases.steps.step import Params, Step

STEPS: dict[str, Step] = {"finding.recorded": Step("ground", "late", "words", inside=True)}


def say(code: str, params: Params, now: datetime) -> str:
    """The finding in a sentence: the body and the breach, never a person."""
    return _("A finding was recorded against %(unit)s: %(breach)s") % {
        "unit": params.get("unit") or _("The unit"),
        "breach": say_breach(str(params.get("breach", ""))),
    }
