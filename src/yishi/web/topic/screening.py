"""screen 审查: fit for the next step, or on which of the method's grounds not."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import staging
from yishi.core.refusal import Refusal
from yishi.phrases.rule import say_text
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, offer, pick, prose, yes_no
from yishi.web.topic.shown import Shown


class ScreenForm(StageForm):
    """Fit or not; where not, the ground; in words what was found."""

    fit = yes_no(
        gettext_lazy("Is it fit for the next step?"),
        gettext_lazy("Yes, it goes on"),
        gettext_lazy("No, for the reason below"),
    )
    ground = pick(
        gettext_lazy("For which reason not"),
        gettext_lazy("Only these are reasons. Nothing else may stop it here."),
    )
    words = prose(gettext_lazy("What was looked at, and what was found"), required=False)

    def prepare(self) -> None:
        grounds = self.shown.stage.grounds.items()
        offer(self.fields["ground"], [(code, say_text(text)) for code, text in grounds])


def _screen(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    fit = given["fit"] == "yes"
    ground = "" if fit else given["ground"]
    return staging.screen(ask, shown.topic.uid, fit=fit, ground=ground, words=given["words"])


SCREEN = (
    Deed(
        "screen",
        "topic.screen",
        lambda: _("Is the topic fit to go on?"),
        lambda: _("Enter what was found"),
        lambda: _("The screening is entered."),
        ScreenForm,
        _screen,
        lead=lambda shown: _("Say whether it is fit, or on which ground of the method it is not."),
    ),
)
