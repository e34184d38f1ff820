"""What each step of a matter says, a file for each field of the work.

Every file has `STEPS`: code → how it is shown, and `say(code, params, now)`: the sentence, put
into the language of the reader when it is asked for; "" for a code that is not its own.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.steps import (
    asking,
    handling,
    joining,
    meeting,
    method,
    office,
    outside,
    oversight,
    project,
    report,
    round,
    texts,
    topic,
    vote,
    works,
)
from yishi.phrases.steps.step import Params, Step

PARTS = (
    project,
    report,
    handling,
    asking,
    joining,
    office,
    outside,
    oversight,
    method,
    topic,
    texts,
    meeting,
    vote,
    round,
    works,
)
STEPS: dict[str, Step] = {code: step for part in PARTS for code, step in part.STEPS.items()}


def say_step(code: str, params: Params, now: datetime) -> str:
    """One step in a sentence, without what was written on it."""
    for part in PARTS:
        if code in part.STEPS:
            return part.say(code, params, now)
    return _("A step was recorded (%(code)s)") % {"code": code}


def say_after(code: str, params: Params, now: datetime) -> str:
    """What follows from a step and by when; it stands after the words, which are not of it."""
    return report.say_after(code, params, now) + asking.say_after(code, params, now)
