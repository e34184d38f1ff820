"""A comment is taken up: the text is changed and the comment answered by one form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import texts
from yishi.acts.topic.staging import runs_until
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Answered
from yishi.phrases.clock import say_by, say_when
from yishi.records.queries.topic_stage import voices_open
from yishi.web.topic.ahead import foreseen
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, offer, prose
from yishi.web.topic.option_texts import add_texts, changed_in
from yishi.web.topic.running import After
from yishi.web.topic.shown import Shown

SMALL, MATTERS = "small", "matters"


class TakeUpForm(StageForm):
    """Which comment, the text as it is to be, how much it changes, and the answer."""

    voice = forms.ChoiceField(
        label=gettext_lazy("Which comment is taken up"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the one you take up.")},
    )
    matters = forms.ChoiceField(
        label=gettext_lazy("How much does it change?"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Where a figure is another one it always matters."),
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    words = prose(
        gettext_lazy("The answer"),
        help_text=gettext_lazy("Taken up and how. Whoever said it is told; anybody may read it."),
    )

    def prepare(self) -> None:
        rows = voices_open(self.shown.passage)
        offer(
            self.fields["voice"],
            [
                (row["uid"], f"{row['words']} ({say_when(row['at'], self.shown.now)})")
                for row in rows
            ],
        )
        if len(rows) == 1:
            self.fields["voice"].initial = rows[0]["uid"]
        until = runs_until(self.shown.held, self.shown.stage, self.shown.now)
        by = say_by(until, self.shown.now) if isinstance(until, datetime) else ""
        again = _("It matters: the period begins again and runs until %(by)s; everybody is told")
        offer(
            self.fields["matters"],
            [(SMALL, _("Wording only: the period runs on")), (MATTERS, again % {"by": by})],
        )
        add_texts(self, self.shown)
        names = [name for name in self.fields if name.startswith("text_")]
        self.order_fields(["voice", *names, "matters", "words"])

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["option"], self.cleaned_data["text"] = changed_in(self, self.shown)
        return self.cleaned_data


def _do(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return texts.take_up_comment(
        ask,
        shown.topic.uid,
        given["voice"],
        given["option"],
        given["text"],
        given["words"],
        matters=given["matters"] == MATTERS,
    )


def _nothing_open(shown: Shown) -> Refusal | None:
    codes = ("not_posted", "nothing_open")
    return foreseen(shown, "topic.answer_comment", Answered(words=""), codes) or (
        Refusal("not_posted", 1, 0, "notice", shown.stage.id)
        if "until" not in shown.tally
        else None
    )


TAKE_UP = (
    Deed(
        "take-up",
        "topic.take_up_comment",
        lambda: _("What does the text say from now on?"),
        lambda: _("Change the text so, and answer"),
        lambda: _("The text is changed, and whoever said it has been told."),
        TakeUpForm,
        _do,
        lead=lambda shown: _("Anybody sees what was cut and what is new, and whose idea it was."),
        ready=lambda shown: int(shown.tally.get("open", 0)) > 0 and bool(shown.options),
        barred=_nothing_open,
        after=lambda shown, given, done: After(
            _("The text is changed, and whoever said it has been told."),
            reverse("topic_texts", args=[shown.topic.uid]),
        ),
        mark="check",
        papers=False,
        template="yishi/topic/take_up.html",
    ),
)
