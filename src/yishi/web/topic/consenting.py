"""consent 征得同意: each of those asked says yes, or no and why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import staging
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.phrases.place import say_kind
from yishi.records.queries.topic import speaks_for
from yishi.records.queries.topic_stage import body_names
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, offer, prose, yes_no
from yishi.web.topic.shown import Shown


class ConsentForm(StageForm):
    """Who says it, yes or no, and the reason of a no."""

    body = forms.ChoiceField(
        label=gettext_lazy("Who says it"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who says it.")},
    )
    yes = yes_no(
        gettext_lazy("What do they say?"),
        gettext_lazy("They agree"),
        gettext_lazy("They do not agree"),
        gettext_lazy("One no, and the topic goes back to whoever decides."),
    )
    words = prose(
        gettext_lazy("Why, or under which condition"),
        required=False,
        help_text=gettext_lazy("Required where they do not agree."),
    )

    def prepare(self) -> None:
        left = _left(self.shown)
        names = body_names(self.shown.held, left)
        said = _("%(kind)s: %(names)s")
        choices = [
            (str(kind), said % {"kind": say_kind(kind), "names": names[kind]})
            if names.get(kind)
            else (str(kind), say_kind(kind))
            for kind in left
        ]
        offer(self.fields["body"], choices)
        if len(choices) == 1:
            self.fields["body"].initial = choices[0][0]


def _left(shown: Shown) -> tuple[BodyKind, ...]:
    """Those asked that have not agreed yet, as far as the viewer speaks for them."""
    yes = {str(one) for one in shown.tally.get("yes", ())}
    mine = speaks_for(shown.actor, shown.held)
    return tuple(body for body in shown.stage.asked if body in mine and body not in yes)


def _consent(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return staging.consent(
        ask,
        shown.topic.uid,
        BodyKind(given["body"]),
        yes=given["yes"] == "yes",
        words=given["words"],
    )


CONSENT = (
    Deed(
        "consent",
        "topic.consent",
        lambda: _("Do those who are asked agree?"),
        lambda: _("Enter what they say"),
        lambda: _("Entered."),
        ConsentForm,
        _consent,
        lead=lambda shown: _("Each of them is asked once. It goes on when all have agreed."),
    ),
)
