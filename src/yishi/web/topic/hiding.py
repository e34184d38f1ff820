"""A voice is not shown on a ground, or shown again: one page each, with the words to judge by."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Done
from yishi.acts.topic import moderating
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.rule import say_text
from yishi.phrases.rule_file import say_source
from yishi.phrases.text import say_ground
from yishi.phrases.topic import say_voice_kind
from yishi.records.models import Voice
from yishi.records.queries.rule import today_of
from yishi.records.queries.topic_stage import voice_in
from yishi.records.queries.voice_rules import voice_rules_at
from yishi.web.gate import UNPROCESSABLE, View, ask_in, missing, new_key, page
from yishi.web.topic.running import BOTH, head, posted, topic_href
from yishi.web.topic.said import say_here
from yishi.web.topic.shown import Shown, read

HIDE, RESTORE = "topic.hide_voice", "topic.restore_voice"


class HideForm(forms.Form):
    """On which ground."""

    use_required_attribute = False

    def __init__(self, shown: Shown, data: Any = None) -> None:
        super().__init__(data, auto_id="do_%s")
        rules = voice_rules_at(shown.topic.place, today_of(shown.now))
        self.fields["ground"] = forms.ChoiceField(
            label=_("On which ground?"),
            widget=forms.RadioSelect,
            choices=[
                (code, f"{say_text(one.name)} ({say_source(one.source)})")
                for code, one in rules.grounds.items()
            ],
            error_messages={"required": _("Choose one of the grounds.")},
        )


class RestoreForm(forms.Form):
    """Nothing has to be said to show it again."""

    def __init__(self, shown: Shown, data: Any = None) -> None:
        super().__init__(data, auto_id="do_%s")


def _view(act: str) -> View:
    @page(act, methods=BOTH)
    def view(request: HttpRequest, uid: str, voice_uid: str) -> HttpResponse:
        shown = read(request, uid, act)
        voice = voice_in(shown.topic.pk, voice_uid) if shown else None
        if shown is None or voice is None or not shown.may(act):
            return missing(request)
        form: Any = (HideForm if act == HIDE else RestoreForm)(shown, posted(request))
        refusal = None
        if request.method == "POST" and form.is_valid():
            answer = _do(request, act, uid, voice_uid, form.cleaned_data)
            if isinstance(answer, Done):
                said = (
                    _("It is not shown any more; whoever said it has been told, with the ground.")
                    if act == HIDE
                    else _("It is shown again; whoever said it has been told.")
                )
                messages.success(request, said)
                return redirect(topic_href(uid))
            refusal = say_here(shown, answer)
        context = _context(shown, voice, act, form) | {"refusal": refusal}
        wrong = refusal or form.errors
        return render(
            request, "yishi/topic/hide.html", context, status=UNPROCESSABLE if wrong else 200
        )

    return view


def _do(request: HttpRequest, act: str, uid: str, voice: str, given: Any) -> Done | Refusal:
    if act == HIDE:
        return moderating.hide_voice(ask_in(request), uid, voice, given["ground"])
    return moderating.restore_voice(ask_in(request), uid, voice)


def _context(shown: Shown, voice: Voice, act: str, form: Any) -> dict[str, Any]:
    hides = act == HIDE
    rules = voice_rules_at(shown.topic.place, today_of(shown.now))
    return {
        **head(shown),
        "hides": hides,
        "title": _("May everybody read this?") if hides else _("Is it to be shown again?"),
        "word": _("Not shown, on this ground") if hides else _("Show it again"),
        "voice": voice,
        "kind": say_voice_kind(voice.kind),
        "at": say_when(voice.at, shown.now),
        "exact": say_exact(voice.at),
        "ground": say_ground(voice.hidden_ground, rules) if voice.hidden_ground else "",
        "form": form,
        "key": new_key(),
        "action": reverse(
            "topic_hide_voice" if hides else "topic_restore_voice",
            args=[shown.topic.uid, voice.uid],
        ),
    }


hide, restore = _view(HIDE), _view(RESTORE)

urls: list[URLPattern] = [
    path("topics/<str:uid>/voices/<str:voice_uid>/hide", hide, name="topic_hide_voice"),
    path("topics/<str:uid>/voices/<str:voice_uid>/restore", restore, name="topic_restore_voice"),
]
