"""meet 会议: who came of those called, whether they settled it, agreed or not."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import staging
from yishi.core.method.language import Edge
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.phrases.place import say_kind
from yishi.web.topic.conferring import add_present, body_part, numbers
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, number, offer, options_open, pick, prose
from yishi.web.topic.shown import Shown


def called(shown: Shown) -> tuple[BodyKind, ...]:
    """Everybody called to a meeting: who has to come, who decides and takes part by the method,
    and whom the catalogue calls for this kind of topic."""
    stage, entry = shown.stage, shown.method.entry(shown.topic.entry)
    calls = entry.calls if entry else ()
    return tuple(
        dict.fromkeys((*stage.must_come, stage.lead, *stage.decides, *stage.parties, *calls))
    )


class MeetForm(StageForm):
    """Who came, how many in all, what came of it."""

    came = forms.MultipleChoiceField(
        label=gettext_lazy("Who came"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Everybody below was called."),
    )
    people = number(gettext_lazy("How many people in all"), least=1)
    result = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what came of it.")},
    )
    option = pick(
        gettext_lazy("Which option they agreed on"),
        gettext_lazy("Only where they agreed on one; otherwise all of them go on."),
    )
    words = prose(
        gettext_lazy("What was agreed, who does it, by when"),
        help_text=gettext_lazy("Written down while everybody is there."),
        rows=5,
    )

    def prepare(self) -> None:
        stage = self.shown.stage
        who = self.fields["came"]
        assert isinstance(who, forms.MultipleChoiceField)
        must = _("%(body)s (has to come)")
        who.choices = [
            (body, must % {"body": say_kind(body)} if body in stage.must_come else say_kind(body))
            for body in called(self.shown)
        ]
        for body in stage.decides:
            add_present(self, body)
        results = [("agreed", _("They agreed; it goes on")), ("no", _("They did not agree"))]
        if Edge.SETTLED in stage.to:
            results.insert(0, ("settled", _("Settled on the spot; nothing more is to be done")))
        offer(self.fields["result"], results)
        offer(self.fields["option"], [("", _("None in particular")), *options_open(self.shown)])
        if not self.shown.options:
            del self.fields["option"]

    @property
    def parts(self) -> list[dict[str, Any]]:
        decide = self.shown.stage.decides
        return [
            {"legend": "", "fields": self.bound("came")},
            *(body_part(self, body, f"present_{body}") for body in decide),
            {"legend": "", "fields": self.bound("people", "result", "option", "words")},
        ]


def _meet(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return staging.meet(
        ask,
        shown.topic.uid,
        frozenset(BodyKind(kind) for kind in given["came"]),
        numbers(shown, given, "present"),
        given["people"],
        given["words"],
        agreed=given["result"] != "no",
        settled=given["result"] == "settled",
        option=given.get("option", ""),
    )


MEET = (
    Deed(
        "meet",
        "topic.meet",
        lambda: _("Who came, and what came of it?"),
        lambda: _("Enter the meeting"),
        lambda: _("The meeting is entered. The topic has gone on to where the procedure leads."),
        MeetForm,
        _meet,
        lead=lambda shown: _("Without those who have to come it is no meeting: call it again."),
        mark="people",
    ),
)
