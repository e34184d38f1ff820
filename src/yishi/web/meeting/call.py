"""Calling a meeting on one form: what, when, where, about what, who; the notice worked out before
it is sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.meeting.asked import Called, Guest, ItemAsk
from yishi.acts.meeting.calling import call
from yishi.core.listed import TITLE_MAX
from yishi.core.meeting.calling import WHERE_MAX
from yishi.core.meeting.now import Form
from yishi.core.meeting.sitting import Part
from yishi.core.method.language import Rhythm
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.phrases.meeting import say_form
from yishi.phrases.refusal import say_refusal
from yishi.phrases.rule import say_text
from yishi.records.queries.meeting import rules_for
from yishi.records.queries.meeting_call import Offer, offer_at
from yishi.records.queries.rule import RulesMissing, in_force, today_of
from yishi.records.wallclock import now
from yishi.web.case.forms import offer, prose
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, missing, new_key, page, refuse
from yishi.web.meeting.call_sums import rules_told, sums_of, terms_of
from yishi.web.meeting.forms import MeetingForm, day, hour, moment_of

ACT = "meeting.call"
LINES_MAX = 1000
GUESTS_MAX = 30


class CallForm(MeetingForm):
    """One meeting as somebody calls it."""

    title = forms.CharField(label=gettext_lazy("What the meeting is called"), max_length=TITLE_MAX)
    form = forms.ChoiceField(label=gettext_lazy("Which form of meeting"))
    body = forms.ChoiceField(label=gettext_lazy("Which body convenes it"))
    on = day(gettext_lazy("Day of the meeting"))
    at = hour(gettext_lazy("Begins at"))
    until = hour(gettext_lazy("Ends at"), required=False)
    where = forms.CharField(
        label=gettext_lazy("Where"),
        max_length=WHERE_MAX,
        help_text=gettext_lazy("So that a stranger finds it: hall, building, floor."),
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics that wait here"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    more = forms.CharField(
        label=gettext_lazy("Other items, one on each line"),
        required=False,
        max_length=LINES_MAX,
        help_text=gettext_lazy("Anybody reads them. No name, no phone, no room."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    words = prose(gettext_lazy("What people should know before they come"), required=False)
    bodies = forms.MultipleChoiceField(
        label=gettext_lazy("Call these as well"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "Whom the rule calls is called by itself and not listed here twice."
        ),
    )
    guests = forms.CharField(
        label=gettext_lazy("Guests by name, one on each line"),
        required=False,
        max_length=LINES_MAX,
        help_text=gettext_lazy(
            "Deputies, members of the advisory conference, experts. In public stands only that "
            "guests are called."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    urgent = prose(
        gettext_lazy("It cannot wait for the notice, because"),
        required=False,
        rows=2,
        help_text=gettext_lazy("Only where it truly cannot. Anybody reads the reason."),
    )

    def prepare(self) -> None:
        found: Offer = self.offered["offer"]
        rhythm: Rhythm | None = self.offered["rhythm"]
        kinds = [Form(rhythm.form or Form.TALK)] if rhythm else list(Form)
        offer(self.fields["form"], [(one.value, say_form(one)) for one in kinds])
        own = [(row["uid"], row["name"]) for row in found.own]
        offer(self.fields["body"], [("", _("Please choose")), *own])
        offer(self.fields["topics"], [(row["uid"], _topic(row)) for row in found.topics])
        offer(self.fields["bodies"], [(row["uid"], row["name"]) for row in found.bodies])
        if not found.topics:
            del self.fields["topics"]

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The fields in their groups, for `yishi/meeting/call.html`."""
        groups = (
            (_("What it is"), ("title", "form", "body", "words")),
            (_("When and where"), ("on", "at", "until", "where")),
            (_("What is talked over"), ("topics", "more")),
            (_("Who is called"), ("bodies", "guests")),
            (_("At shorter notice"), ("urgent",)),
        )
        return [
            {"legend": legend, "fields": [self[name] for name in names if name in self.fields]}
            for legend, names in groups
        ]

    def called(self, rhythm: str, method: str) -> Called:
        """What the form asks for."""
        given = self.cleaned_data
        starts_at = moment_of(given["on"], given["at"])
        until = given.get("until")
        items = [ItemAsk(topic=uid) for uid in given.get("topics", ())]
        items += [ItemAsk(title=line) for line in _lines(given["more"])]
        guests = [Guest(body=uid, part=Part.PARTY) for uid in given["bodies"]]
        guests += [Guest(name=line[:40], part=Part.GUEST) for line in _lines(given["guests"])]
        return Called(
            title=given["title"],
            where=given["where"],
            starts_at=starts_at,
            ends_at=moment_of(given["on"], until) if until else None,
            form=given["form"],
            words=given["words"],
            items=tuple(items),
            rhythm=rhythm,
            method=method,
            guests=tuple(guests),
            urgent=given["urgent"],
        )


def _lines(text: str) -> list[str]:
    """The lines of a field, without empty ones and without a number somebody put before them."""
    found = [line.strip().lstrip("0123456789.．、）) ").strip() for line in text.splitlines()]
    return [line for line in found if line][:GUESTS_MAX]


def _topic(row: Mapping[str, Any]) -> str:
    return str(row["title"])


@page(ACT, methods=("GET", "HEAD", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """The form; then the same with the sum of the notice and the button that sends it."""
    actor, moment = actor_in(request), now()
    sent = request.POST if request.method == "POST" else request.GET
    found = offer_at(actor, sent.get("place", "")[:20], today_of(moment))
    if found is None:
        return missing(request)
    code = sent.get("rhythm", "")[:40]
    name, rhythm = found.rhythms.get(code, ("", None))
    offered = {"offer": found, "rhythm": rhythm}
    posted = request.method == "POST"
    typed = _typed(request, found, rhythm)
    form = CallForm(request.POST if posted else None, offered=offered, typed=typed)
    try:
        rules = rules_for(found.place, today_of(moment))
        calendar = in_force(found.place, today_of(moment)).terms.calendar
    except RulesMissing as none:
        return refuse(request, none.refusal)
    refusal: Refusal | None = None
    sums: list[dict[str, str]] = []
    said = ""
    if posted and form.is_valid():
        called = form.called(code if rhythm else "", name)
        if request.POST.get("send"):
            answer = call(ask_in(request), found.place.uid, form.cleaned_data["body"], called)
            if isinstance(answer, Done):
                to = reverse("meeting_desk", args=[answer.uid])
                return answered(request, answer, to, _("Called. Everybody on the list is told."))
            refusal = answer
        terms = terms_of(rules, called.form, found.own, form.cleaned_data["body"])
        sums, said = sums_of(terms, calendar, moment, called.starts_at)
    context = {
        "form": form,
        "place": found.place,
        "places": [row for row in found.places if row["code"] != found.place.code],
        "rhythm": code if rhythm else "",
        "again_of": "",
        "action": reverse("meeting_new"),
        "key": new_key(),
        "checked": bool(sums),
        "sums": sums,
        "sums_words": said,
        "rules": rules_told(rules, rhythm),
        "refusal": say_refusal(refusal) if refusal else None,
    }
    wrong = posted and (refusal is not None or not form.is_valid())
    return render(
        request, "yishi/meeting/call.html", context, status=UNPROCESSABLE if wrong else 200
    )


def _typed(request: HttpRequest, found: Offer, rhythm: Rhythm | None) -> dict[str, Any]:
    """What the form begins with: the rhythm's name, day and body; the topic asked for."""
    typed: dict[str, Any] = {"at": "15:00", "until": "17:00"}
    asked = request.GET.get("on", "")
    try:
        typed["on"] = date.fromisoformat(asked)
    except ValueError:
        typed["on"] = ""
    kinds = [BodyKind.RESIDENTS_COMMITTEE]
    if rhythm is not None:
        typed |= {"title": say_text(rhythm.name), "form": rhythm.form or Form.TALK.value}
        kinds = [rhythm.body, *kinds]
    for kind in kinds:
        body = next((row["uid"] for row in found.own if row["kind"] == kind), "")
        if body:
            typed["body"] = body
            break
    if topic := request.GET.get("topic", ""):
        typed["topics"] = [topic]
    return typed


urls: list[URLPattern] = [path("meetings/new", new, name="meeting_new")]
