"""collect 征集: so many people were heard, how, and what they said; then it is enough."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import staging
from yishi.core.refusal import Refusal
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, number, prose
from yishi.web.topic.shown import Shown


class CollectForm(StageForm):
    """How many were heard at once, in which way, what they said."""

    people = number(gettext_lazy("How many people were heard"), least=1)
    way = forms.ChoiceField(
        label=gettext_lazy("How they were heard"),
        choices=[
            ("door", gettext_lazy("At their doors")),
            ("meeting", gettext_lazy("At a meeting or on a talk day")),
            ("online", gettext_lazy("In a group online")),
            ("phone", gettext_lazy("On the phone")),
            ("other", gettext_lazy("In another way")),
        ],
        widget=forms.RadioSelect,
    )
    words = prose(
        gettext_lazy("What people said"),
        help_text=gettext_lazy(
            "The main points, for and against. Without names: anybody reads this."
        ),
    )


class NothingForm(StageForm):
    """An act that needs nothing but a press."""


def _collect(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    ways = dict(CollectForm.base_fields["way"].choices)  # type: ignore[attr-defined]
    said = _("%(way)s: %(words)s") % {"way": ways[given["way"]], "words": given["words"]}
    return staging.collect(ask, shown.topic.uid, given["people"], said)


COLLECT = (
    Deed(
        "collect",
        "topic.collect",
        lambda: _("Who was heard?"),
        lambda: _("Write it down"),
        lambda: _("Written down; it counts towards the number that must be heard."),
        CollectForm,
        _collect,
        lead=lambda shown: _("Each visit, meeting or round of calls once. The numbers add up."),
        mark="people",
    ),
    Deed(
        "end-collecting",
        "topic.end_collecting",
        lambda: _("Were enough people heard?"),
        lambda: _("Enough were heard: on to the next step"),
        lambda: _("Collected. The topic has gone on to its next step."),
        NothingForm,
        lambda ask, shown, given: staging.end_collecting(ask, shown.topic.uid),
        lead=lambda shown: _("The step ends here. Nothing more is added to it afterwards."),
        ready=lambda shown: bool(shown.tally.get("people")),
        mark="next",
    ),
)
