"""Raising a topic: what it is, why it concerns many, one way of settling it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.acts.door import Done
from yishi.acts.topic import raising
from yishi.assist.titles import alike
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.phrases.topic_refusal import names_of
from yishi.records.models import Place
from yishi.records.queries.report import list_communities
from yishi.records.queries.topic_list import own_place, running_at
from yishi.records.wallclock import now
from yishi.web.draft import draft_in, drop_draft
from yishi.web.gate import UNPROCESSABLE, actor_in, ask_in, new_key, page
from yishi.web.report_form import WordsField
from yishi.web.topic.amending import text_asked
from yishi.web.topic.list import shown_rows
from yishi.web.topic.personal import personal_in, stays

ACT, MOST_ALIKE, MOST_PLACES = "topic.raise", 3, 1000
FIELD_OF = {
    "community_needed": "place",
    "not_found": "place",
    "topic_title_missing": "title",
    "title_too_long": "title",
    "words_missing": "words",
    "words_too_long": "words",
}


class TopicForm(forms.Form):
    """A title, why it concerns many, and one option with a few words on it."""

    use_required_attribute = False

    def __init__(
        self,
        communities: Iterable[Mapping[str, Any]],
        data: Any = None,
        typed: Any = None,
        amends: str = "",
    ) -> None:
        super().__init__(data, initial=dict(typed or {}))
        self.fields["place"] = forms.ChoiceField(
            label=_("Which community"),
            choices=[("", _("Please choose")), *((c["uid"], c["name"]) for c in communities)],
            error_messages={
                "required": _("Please choose the community where it is"),
                "invalid_choice": _("Please choose the community where it is"),
            },
        )
        self.fields["title"] = forms.CharField(
            label=_("What is to be talked over, in one line"),
            max_length=raising.TITLE_MAX,
            help_text=_("Such as: repairing the four lifts, where bicycles are kept"),
            error_messages={"required": _("Please say in one line what it is about")},
        )
        self.amends = amends
        self.fields["words"] = WordsField(
            label=_("Why it concerns many"),
            help_text=_("Whom it concerns, how things are, what has been tried. Anybody reads it."),
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": _("Please say why it concerns more than one household")},
        )
        self.fields["option"] = forms.CharField(
            label=_("One way of settling it"),
            required=False,
            max_length=raising.TITLE_MAX,
            help_text=_("If you know one. Others can be added in the talks."),
        )
        self.fields["option_words"] = WordsField(
            label=_("How that would go, and what it might cost"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 14 if amends else 3}),
        )

        if data is not None:
            self._point_out(data)
        if amends:
            self.fields["words"].label = _("Why it should be so")
            self.fields["words"].help_text = _("What is wrong with it as it is. Anybody reads it.")
            self.fields["option"].label = _("What the draft is called")
            self.fields["option"].help_text = ""
            self.fields["option_words"].label = _("The whole text, as it is to be")
            self.fields["option_words"].help_text = _(
                "Change it where it is to be another. Everybody sees what was cut and what is new."
            )

    def _point_out(self, data: Any) -> None:
        """A phone or a document number in what everybody reads."""
        place = Place.objects.filter(uid=data.get("place", "")).first()
        if place is None:
            return
        texts = [data.get(name, "") for name in ("title", "words", "option", "option_words")]
        if found := personal_in(texts, place, now()):
            self.fields["personal"] = stays(found)

    def put(self, refusal: Refusal) -> bool:
        """Says a refusal at its field; False where it belongs to none."""
        name = FIELD_OF.get(refusal.code, "")
        if name:
            self.add_error(name, say_refusal(refusal, names_of(None))["title"])
        return bool(name)


@page(ACT, methods=("GET", "HEAD", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """The form: at home unless it is elsewhere. What is like a running topic is shown before it
    is sent."""
    communities = [dict(row) for row in list_communities()[:MOST_PLACES]]
    posted = request.method == "POST"
    typed = {} if posted else draft_in(request, ACT)
    known = typed.get("place") or _usual(request, communities)
    data = request.POST if posted else None
    kind, draft = text_asked(request)
    form = TopicForm(communities, data, {"place": known, **draft, **typed}, kind)
    context: dict[str, Any] = {"form": form, "key": new_key(), "draft": bool(typed)}
    if posted:
        answer = _send(request, form, context)
        if isinstance(answer, Done):
            drop_draft(request, ACT)
            said = _("Put forward. The community party organisation reviews it.")
            messages.success(request, said)
            return redirect("topic", answer.uid)
    status = UNPROCESSABLE if posted and not context.get("alike") else 200
    return render(request, "yishi/topic/new.html", context, status=status)


def _send(request: HttpRequest, form: TopicForm, context: dict[str, Any]) -> Done | None:
    """Raises what the form holds; None where something is wrong or something alike is shown."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    place = Place.objects.filter(uid=given["place"]).first()
    if place is not None and "seen" not in request.POST:
        context["alike"] = _alike(request, place, given["title"])
        if context["alike"]:
            return None
    raised = raising.Raised(given["title"], given["words"], given["option"], given["option_words"])
    answer = raising.raise_(ask_in(request), given["place"], raised)
    if isinstance(answer, Done):
        return answer
    if not form.put(answer):
        context["refusal"] = say_refusal(answer, names_of(None))
    return None


def _alike(request: HttpRequest, place: Place, title: str) -> list[dict[str, Any]]:
    """Running topics of the community with a title like this one."""
    rows = running_at(place, actor_in(request))
    by_uid = {row["uid"]: row for row in rows}
    likest = alike(title, ((row["uid"], row["title"]) for row in rows), MOST_ALIKE)
    return shown_rows([by_uid[uid] for uid in likest], now())


def _usual(request: HttpRequest, communities: list[dict[str, Any]]) -> str:
    """The community asked for, else one's own, else the only one; its uid, "" for none."""
    asked = request.GET.get("at", "")
    if asked:
        return asked
    code = own_place(actor_in(request))
    found = Place.objects.filter(code=code).values_list("uid", flat=True).first() if code else ""
    if not found and len(communities) == 1:
        found = communities[0]["uid"]
    return found or ""


urls: list[URLPattern] = [path("topics/new", new, name="topic_new")]
