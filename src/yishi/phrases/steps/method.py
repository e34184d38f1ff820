"""A community's own method on its way, and the methods a place works by."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.method_draft import say_part
from yishi.phrases.steps.step import Params, Step

STEPS: dict[str, Step] = {
    "method.copied": Step("talk"),
    "method.changed": Step("talk", inside=True),
    "method.sent": Step("send"),
    "method.agreed": Step("check", "done", "words"),
    "method.sent_back": Step("back", "soon", "words"),
    "method.withdrawn": Step("refuse", "soon", "words"),
    "method.published": Step("board", "done", "words"),
    "method.adopted": Step("board", "done"),
    "method.stopped": Step("refuse", "soon", "words"),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    words = {
        "name": params.get("name", ""),
        "base": params.get("base", ""),
        "part": say_part(str(params.get("part", ""))),
        "round": params.get("round", 1),
        "place": params.get("place", ""),
        "day": params.get("from", ""),
    }
    return {
        "method.copied": _("“%(name)s” was begun from a copy of %(base)s"),
        "method.changed": _("“%(name)s” was changed"),
        "method.sent": _("“%(name)s” was sent for the four words, time %(round)s"),
        "method.agreed": _("%(part)s agreed"),
        "method.sent_back": _("%(part)s did not agree, and it went back to be changed"),
        "method.withdrawn": _("“%(name)s” is no longer pursued"),
        "method.published": _("“%(name)s” was published; %(place)s works by it from %(day)s"),
        "method.adopted": _("%(place)s works by “%(name)s” from %(day)s"),
        "method.stopped": _("%(place)s no longer takes up topics by “%(name)s” from %(day)s"),
    }[code] % words
