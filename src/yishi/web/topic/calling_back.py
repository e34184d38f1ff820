"""电话回访 and 满意度测评: what those it concerns say of the result, by phone or themselves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.topic import calling_back
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import SCORES, Score
from yishi.core.topic.kinds.base import number_in
from yishi.phrases.topic import say_score
from yishi.records.audit import note
from yishi.records.queries.topic_concerned import has_scored, is_concerned, to_call
from yishi.web.topic.beside import Beside, BesideForm
from yishi.web.topic.fields import offer, pick, prose
from yishi.web.topic.helping import apart
from yishi.web.topic.shown import Shown

CALL, SCORE = "topic.call_back", "topic.score"
OTHER = ""


class CallBackForm(BesideForm):
    """Who was called, whether they were reached, how satisfied they are."""

    person = pick(gettext_lazy("Who was called"))
    name = forms.CharField(
        label=gettext_lazy("Who it was, where they are not listed"),
        max_length=calling_back.NAME_MAX,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Read by staff only."),
    )
    score = forms.ChoiceField(label=gettext_lazy("What they said"), widget=forms.RadioSelect)
    words = prose(
        gettext_lazy("In their words"),
        required=False,
        help_text=gettext_lazy("Needed where they are not satisfied. Read by staff only."),
    )

    def prepare(self) -> None:
        shown = self.shown
        people = to_call(shown.passage) if shown.passage else []
        if people:
            # Names and phones of residents are read: that is noted, as for a matter's.
            topic = shown.topic
            note(shown.now, shown.actor.person_id, CALL, topic.uid, detail=topic.number)
        known = [(one.uid, f"{one.name} {one.phone}".strip()) for one in people]
        offer(self.fields["person"], [*known, (OTHER, _("Somebody else"))])
        offer(self.fields["score"], [(one.value, say_score(one)) for one in Score])


class ScoreForm(BesideForm):
    """One of three, and a word if one likes."""

    score = forms.ChoiceField(
        label=gettext_lazy("How satisfied are you with the result?"), widget=forms.RadioSelect
    )
    words = prose(
        gettext_lazy("Anything you want to add"),
        required=False,
        help_text=gettext_lazy("Read by staff only, without showing it to who did the work."),
    )

    def prepare(self) -> None:
        offer(self.fields["score"], [(one.value, say_score(one)) for one in SCORES])


def _call(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return calling_back.call_back(
        apart(request),
        shown.topic.uid,
        given["score"],
        given["words"],
        given["person"],
        given["name"],
    )


def _score(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return calling_back.score(apart(request), shown.topic.uid, given["score"], given["words"])


def _reached(shown: Shown) -> list[str]:
    calls = shown.stage.calls
    have = number_in(shown.held.now.tally, "reached")
    told = [_("Who carried it out calls nobody. How many said what is public, names are not.")]
    if calls is not None:
        known = {"need": calls.number, "have": have}
        told.append(
            _("%(need)s have to be reached before it is accepted; so far %(have)s.") % known
        )
    return told


def _scored(shown: Shown) -> Refusal | None:
    off = shown.off_course(SCORE)
    if off is not None:
        return off
    if not is_concerned(shown.topic, shown.actor.person_id):
        return Refusal("not_concerned", source="practice H12")
    if has_scored(shown.passage, shown.actor.person_id):
        return Refusal("scored_before", source="practice H12")
    return None


DEEDS = (
    Beside(
        "call-back",
        CALL,
        lambda shown: _("What do those it concerns say?"),
        lambda: _("Enter the call"),
        lambda: _("Entered."),
        CallBackForm,
        _call,
        before=_reached,
        closed=lambda shown: shown.off_course(CALL),
        mark="message",
    ),
    Beside(
        "score",
        SCORE,
        lambda shown: _("How satisfied are you?"),
        lambda: _("Send my score"),
        lambda: _("Thank you. Your score counts."),
        ScoreForm,
        _score,
        before=lambda shown: [
            _("Your score counts once. Others see how many said what, and never who."),
        ],
        closed=_scored,
        mark="check",
    ),
)
