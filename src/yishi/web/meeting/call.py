"""Calling a meeting on one form: what, when, where, about what, who; the notice worked out before
it is sent."""

import re
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
from yishi.acts.meeting.inviting import NAME_MAX
from yishi.acts.meeting.made import USUAL, stage_of
from yishi.core.listed import TITLE_MAX
from yishi.core.meeting.calling import WHERE_MAX
from yishi.core.meeting.now import Form
from yishi.core.meeting.sitting import Part
from yishi.core.method.language import Rhythm, Stage
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.phrases.meeting_form import say_form
from yishi.phrases.refusal import say_refusal
from yishi.phrases.rule import say_text
from yishi.records.models import Topic
from yishi.records.queries.meeting import rules_for
from yishi.records.queries.meeting_call import Offer, offer_at, topic_running
from yishi.records.queries.rule import RulesMissing, in_force, today_of
from yishi.records.wallclock import now
from yishi.web.case.forms import offer, prose
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, missing, new_key, page, refuse
from yishi.web.meeting.call_sums import rules_told, sums_of, terms_of
from yishi.web.meeting.forms import MeetingForm, day, hour, moment_of

ACT = "meeting.call"
TEXT_MAX = 1000
# Items or guests on one form.
LINES_MAX = 30
# "1．" or "2、" somebody put before a line; the 3 of "3号楼" and of "3.5万元" is no such number.
NUMBERED = re.compile(r"^\d{1,2}(?:[．、)）]|\.(?!\d))\s*")


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
        max_length=TEXT_MAX,
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
        max_length=TEXT_MAX,
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
        topic: Topic | None = self.offered["topic"]
        kinds = _forms(self.offered["rhythm"], self.offered["stage"])
        offer(self.fields["form"], [(one.value, say_form(one)) for one in kinds])
        own = [(row["uid"], row["name"]) for row in found.own]
        offer(self.fields["body"], [("", _("Please choose")), *own])
        others = [row for row in found.topics if topic is None or row["uid"] != topic.uid]
        offer(self.fields["topics"], [(row["uid"], row["title"]) for row in others])
        offer(self.fields["bodies"], [(row["uid"], row["name"]) for row in found.bodies])
        if not others:
            del self.fields["topics"]

    def clean_more(self) -> list[str]:
        return _lines(self.cleaned_data["more"], TITLE_MAX)

    def clean_guests(self) -> list[str]:
        return _lines(self.cleaned_data["guests"], NAME_MAX)

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

    def called(self, rhythm: str, method: str, topic: str) -> Called:
        """What the form asks for. `topic`: whose stage the meeting is held for."""
        given = self.cleaned_data
        starts_at = moment_of(given["on"], given["at"])
        until = given.get("until")
        items = [ItemAsk(topic=uid) for uid in given.get("topics", ())]
        items += [ItemAsk(title=line) for line in given["more"]]
        guests = [Guest(body=uid, part=Part.PARTY) for uid in given["bodies"]]
        guests += [Guest(name=line, part=Part.GUEST) for line in given["guests"]]
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
            topic=topic,
            guests=tuple(guests),
            urgent=given["urgent"],
        )


def _lines(text: str, longest: int) -> list[str]:
    """The lines of a field, without empty ones and without a number somebody put before them."""
    found = [NUMBERED.sub("", line.strip()) for line in text.splitlines()]
    lines = [line for line in found if line]
    if len(lines) > LINES_MAX:
        known = {"most": LINES_MAX, "have": len(lines)}
        raise forms.ValidationError(_("At most %(most)s lines; here are %(have)s.") % known)
    for line in lines:
        if len(line) > longest:
            about = {"most": longest, "begins": line[:10], "have": len(line)}
            raise forms.ValidationError(
                _("At most %(most)s letters on a line; the one of “%(begins)s…” has %(have)s.")
                % about
            )
    return lines


def _forms(rhythm: Rhythm | None, stage: Stage | None) -> list[Form]:
    """The forms it may have: the stage's own, the rhythm's, or any, the stage's usual one first."""
    if stage is not None and not stage.form:
        usual = USUAL[stage.kind]
        return [usual, *(one for one in Form if one is not usual)]
    if stage is not None:
        return [Form(stage.form)]
    return [Form(rhythm.form or Form.TALK)] if rhythm else list(Form)


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
    topic = topic_running(found.place, sent.get("topic", "")[:20])
    stage = stage_of(topic)
    if stage is None or stage.kind not in USUAL:
        topic, stage = None, None
    offered = {"offer": found, "rhythm": rhythm, "topic": topic, "stage": stage}
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
        called = form.called(code if rhythm else "", name, request.POST.get("topic", ""))
        if request.POST.get("send"):
            answer = call(ask_in(request), found.place.uid, form.cleaned_data["body"], called)
            if isinstance(answer, Done):
                to = reverse("meeting_desk", args=[answer.uid])
                return answered(request, answer, to, _("Called. Everybody on the list is told."))
            refusal = answer
        terms = terms_of(rules, called.form, found.own, form.cleaned_data["body"], rhythm, stage)
        sums, said = sums_of(terms, calendar, moment, called.starts_at)
    context = {
        "form": form,
        "place": found.place,
        "places": [row for row in found.places if row["code"] != found.place.code],
        "rhythm": code if rhythm else "",
        "topic": topic,
        # The answer to the form is read first: it stands at its end.
        "action": reverse("meeting_new") + "#next",
        "key": new_key(),
        "checked": bool(sums),
        "sums": sums,
        "sums_words": said,
        "rules": rules_told(rules, _forms(rhythm, stage)),
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
        # One that stands in no stage for a meeting may be talked over all the same.
        typed["topics"] = [topic]
    return typed


urls: list[URLPattern] = [path("meetings/new", new, name="meeting_new")]
