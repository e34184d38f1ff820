"""A refusal in words at a topic, by the names its method gives to steps, grounds and courses."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.phrases.rule import say_text
from yishi.phrases.topic_refusal import names_of
from yishi.web.topic.shown import Shown


def say_here(shown: Shown, refusal: Refusal) -> dict[str, Any]:
    """The refusal for `pieces/refusal.html`; one about a page that is out of date says where the
    topic stands now."""
    held = shown.held
    told = say_refusal(refusal, names_of(held.method, held.topic.procedure))
    if refusal.code in ("stale", "not_now") and held.stage:
        told["have"] = _("It stands at “%(stage)s” now") % {"stage": say_text(shown.stage.name)}
    return told
