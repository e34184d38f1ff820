"""The text of an option is changed while it is being made, or as an upheld objection asks."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.topic import texts
from yishi.core.method.language import StageKind
from yishi.core.refusal import Refusal
from yishi.core.topic.beside import OPEN_TO_CHANGE
from yishi.web.case.forms import offer, prose
from yishi.web.gate import ask_in
from yishi.web.topic.beside import Beside, BesideForm, addresses
from yishi.web.topic.option_texts import add_texts, changed_in
from yishi.web.topic.shown import Shown

MOST = 40


class ChangeForm(BesideForm):
    """The texts of the options, why one of them is another now, and the objection it answers."""

    why = prose(
        gettext_lazy("Why it is changed"),
        help_text=gettext_lazy("Who asked for it, or which meeting agreed on it. Public."),
    )
    voice = forms.ChoiceField(
        label=gettext_lazy("Which upheld objection it answers"),
        widget=forms.RadioSelect,
        required=False,
    )

    def prepare(self) -> None:
        add_texts(self, self.shown)
        rows = list(texts.upheld_in(self.shown.held).order_by("-id").values("uid", "words")[:MOST])
        if rows:
            none = [] if self.shown.kind is StageKind.VOTE else [("", _("None of them"))]
            offer(self.fields["voice"], [*none, *((row["uid"], row["words"]) for row in rows)])
            self.initial["voice"] = rows[0]["uid"] if not none else ""
        else:
            del self.fields["voice"]
        names = [name for name in self.fields if name.startswith("text_")]
        self.order_fields([*names, "voice", "why"])

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["option"], self.cleaned_data["text"] = changed_in(self, self.shown)
        return self.cleaned_data


def _do(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return texts.change_option(
        ask_in(request),
        shown.topic.uid,
        given["option"],
        given["text"],
        given["why"],
        given.get("voice", ""),
    )


def fixed(shown: Shown) -> Refusal | None:
    """Why no text can be changed where the topic stands; None where one can."""
    stage = shown.held.stage
    if stage is None or not shown.options:
        return Refusal("option_unknown", (), "", "option", "") if stage else None
    if stage.kind is StageKind.COMMENT:
        out = "until" in shown.tally
        return Refusal("text_hangs_out", "", stage.kind, "stage_kind", stage.id) if out else None
    if stage.kind in OPEN_TO_CHANGE:
        return None
    asked = stage.kind is StageKind.VOTE and texts.upheld_in(shown.held).exists()
    if asked and not shown.tally:
        return None
    return Refusal("text_fixed", OPEN_TO_CHANGE, stage.kind, "stage_kind", stage.id)


urls: list[URLPattern] = addresses(
    [
        Beside(
            "change",
            "topic.change_option",
            lambda shown: _("What does the text say from now on?"),
            lambda: _("Change the text"),
            lambda: _("The text is changed; the one before it stays readable."),
            ChangeForm,
            _do,
            before=lambda shown: [
                _("The text before it stays readable, and anybody sees what was cut and what came.")
            ],
            closed=fixed,
            mark="talk",
        )
    ]
)
