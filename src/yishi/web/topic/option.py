"""One more option of a topic, and whose matter it is by the law's list."""

from typing import Any

from django import forms
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.topic import adding
from yishi.acts.topic.raising import TITLE_MAX
from yishi.core.method.floors import Matter, hinted
from yishi.core.method.language import Competence, StageKind
from yishi.core.refusal import Refusal
from yishi.core.topic.beside import OPEN_TO_OPTIONS
from yishi.phrases.rule import say_text
from yishi.phrases.topic import say_competence
from yishi.records.queries.rule import floors_at, today_of
from yishi.web.case.forms import offer, prose
from yishi.web.gate import ask_in
from yishi.web.topic.beside import Beside, BesideForm, addresses
from yishi.web.topic.shown import Shown

MOST_MATTERS = 40


class OptionForm(BesideForm):
    """One more way of settling it, and what it is about by the law's list."""

    title = forms.CharField(
        label=gettext_lazy("The way of settling it, in one line"),
        max_length=TITLE_MAX,
        error_messages={"required": gettext_lazy("Say in one line how it would be settled")},
    )
    words = prose(gettext_lazy("How that would go, and what it might cost"), required=False)
    matter = forms.ChoiceField(
        label=gettext_lazy("What the option is about"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "The law says of some matters whose they are. What is the owners' or a duty is kept "
            "on the page and never voted on here."
        ),
    )

    def prepare(self) -> None:
        self.layers = floors_at(self.shown.topic.place, today_of(self.shown.now))
        self.hints = hinted(self.layers, self.text)
        matters = [one for layer in self.layers for one in layer.matters][:MOST_MATTERS]
        first = {one.code for one in self.hints}
        ordered = sorted(matters, key=lambda one: one.code not in first)
        none = ("", _("Nothing of the list: decided like the topic itself"))
        offer(self.fields["matter"], [none, *((m.code, _whose(m)) for m in ordered)])
        if self.hints and not self.is_bound:
            self.initial["matter"] = self.hints[0].code

    @property
    def text(self) -> str:
        """What was typed so far, else what the topic says."""
        if self.is_bound:
            return f"{self.data.get('title', '')}\n{self.data.get('words', '')}"
        return f"{self.shown.topic.title}\n{self.shown.topic.words}"

    def clean(self) -> dict[str, Any]:
        """Words that speak of a matter of the law are shown before anything is added."""
        given = self.cleaned_data
        found = hinted(self.layers, f"{given.get('title', '')}\n{given.get('words', '')}")
        chosen = given.get("matter", "")
        theirs = [one for one in found if one.competence is not Competence.RESIDENTS]
        if theirs and not chosen and "seen" not in self.data:
            self.data = {**dict(self.data.items()), "matter": theirs[0].code}
            self.hints = tuple(theirs)
            raise forms.ValidationError(
                _("The words speak of a matter the law has a say on; look at what it is about.")
            )
        return given


def _whose(matter: Matter) -> str:
    return _("%(matter)s (%(whose)s)") % {
        "matter": say_text(matter.name),
        "whose": say_competence(matter.competence),
    }


def _no_options(shown: Shown) -> Refusal | None:
    stage = shown.held.stage
    if stage is not None and stage.rules_first:
        return Refusal("options_later", 0, 1, "option", stage.id)
    if stage is None or stage.kind in OPEN_TO_OPTIONS:
        begun = stage is not None and stage.kind is StageKind.VOTE and "votes" in shown.tally
        return Refusal("count_begun", 0, 1, "count", shown.stage.id) if begun else None
    return Refusal("options_closed", OPEN_TO_OPTIONS, stage.kind, "stage_kind", stage.id)


def _said_of_options(shown: Shown, form: Any) -> dict[str, Any]:
    text = form.text
    hints = []
    for one in form.hints:
        word = next((word for word in one.words if word in text), "")
        known = {
            "word": word,
            "matter": say_text(one.name),
            "whose": say_competence(one.competence),
        }
        said = _("The words speak of “%(word)s”: %(matter)s. %(whose)s")
        hints.append({"said": said % known, "route": say_text(one.route), "source": one.source})
    return {"hints": hints, "seen": bool(hints) and form.is_bound}


urls: list[URLPattern] = addresses(
    [
        Beside(
            "option",
            "topic.add_option",
            lambda shown: _("One more way of settling it"),
            lambda: _("Add the option"),
            lambda: _("The option is added."),
            OptionForm,
            lambda request, shown, given: adding.add_option(
                ask_in(request), shown.topic.uid, given["title"], given["words"], given["matter"]
            ),
            more=_said_of_options,
            closed=_no_options,
            mark="talk",
        )
    ]
)
