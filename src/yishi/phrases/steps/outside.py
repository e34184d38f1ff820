"""What a higher system does with a matter: it passed it on."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.steps.step import Params, Step, by

STEPS: dict[str, Step] = {"outside.received": Step("report", about="their_number")}


def say(code: str, params: Params, now: datetime) -> str:
    """The step in a sentence."""
    passed_on = _("%(system)s passed it on") % {"system": params.get("system") or "—"}
    return passed_on + by(params, now, _(" and wants an answer by %(by)s"))
