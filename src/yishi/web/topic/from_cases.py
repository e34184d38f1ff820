"""From residents' matters to a topic: several at once into a new one, or into one under way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.case import intake
from yishi.acts.door import Ask, Done, done_before
from yishi.acts.topic import joining, raising
from yishi.core.case.state import CaseState
from yishi.core.number import show_number
from yishi.core.permit import reach
from yishi.core.place import PlaceKind
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.records.models import Place
from yishi.records.queries.topic_cases import chosen_cases, open_topics
from yishi.records.wallclock import now
from yishi.web.case.forms import offer, prose
from yishi.web.gate import UNPROCESSABLE, actor_in, ask_in, new_key, page
from yishi.web.rows import case_rows
from yishi.web.topic.running import topic_href

ACT = "topic.raise_cases"
# As many as are put together by hand at once.
MOST = 50
NEW = "new"
WAITING = (CaseState.SUBMITTED, CaseState.FILED)


class FromCasesForm(forms.Form):
    """Which matters, into which topic; where it is a new one, what it is called and why."""

    use_required_attribute = False
    case = forms.MultipleChoiceField(
        label=gettext_lazy("Which matters"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one matter")},
    )
    into = forms.ChoiceField(label=gettext_lazy("Into which topic"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("What is to be talked over, in one line"),
        max_length=raising.TITLE_MAX,
        required=False,
    )
    words = prose(
        gettext_lazy("Why it concerns many"),
        required=False,
        help_text=gettext_lazy("Anybody reads it. No names, no numbers of flats."),
    )
    option = forms.CharField(
        label=gettext_lazy("One way of settling it"), max_length=raising.TITLE_MAX, required=False
    )

    def __init__(
        self,
        cases: Sequence[Mapping[str, Any]],
        topics: Sequence[Mapping[str, Any]],
        data: Any = None,
    ) -> None:
        super().__init__(data, auto_id="do_%s")
        offer(self.fields["case"], [(row["uid"], _called(row)) for row in cases])
        known = [(row["uid"], f"{show_number(row['number'])} {row['title']}") for row in topics]
        offer(self.fields["into"], [(NEW, _("A new topic")), *known])
        self.initial = {"case": [row["uid"] for row in cases], "into": NEW}
        if len(cases) == 1:
            self.initial["title"] = (cases[0]["line"] or "")[: raising.TITLE_MAX]

    def clean(self) -> dict[str, Any]:
        """A new topic has a title and says why; one under way has both already."""
        given = self.cleaned_data
        if given.get("into") == NEW:
            if not given.get("title", "").strip():
                self.add_error("title", _("Please say in one line what it is about"))
            if not given.get("words", "").strip():
                self.add_error("words", _("Please say why it concerns more than one household"))
        return given


def _called(row: Mapping[str, Any]) -> str:
    line = row["line"] or row["item_title"] or _("Without words")
    said = f"{show_number(row['number'])} {line}"
    return (
        said
        if row["state"] == CaseState.TOPIC
        else _("%(case)s (set aside with it)") % {"case": said}
    )


@page("topic.raise_cases")
def start(request: HttpRequest, uid: str) -> HttpResponse:
    """From the page of a case to the page where a topic is made of it."""
    return redirect(f"{reverse('topic_from_cases')}?{urlencode({'case': uid})}")


@page(ACT, methods=("GET", "HEAD", "POST"))
def view(request: HttpRequest) -> HttpResponse:
    """Matters side by side; sent, those not set aside yet are, and all go into one topic."""
    actor, posted = actor_in(request), request.method == "POST"
    asked = request.POST if posted else request.GET
    named = asked.getlist("shown" if posted else "case")[:MOST]
    if posted and (topic := _sent_before(request)):
        return redirect(topic_href(topic))
    rows = chosen_cases(actor, named, MOST)
    sets_aside = bool(reach(actor, "case.set_aside"))
    place = _community(rows)
    fits, others = _sorted(rows, place, sets_aside)
    if place is None or not fits:
        context = {"others": case_rows(others, now()), "none": True}
        return render(request, "yishi/topic/from_cases.html", context)
    topics = open_topics(place) if reach(actor, "topic.join_cases") else []
    form = FromCasesForm(fits, topics, request.POST if posted else None)
    refusal = None
    if posted and form.is_valid():
        answer = _send(ask_in(request), place, fits, form.cleaned_data)
        if isinstance(answer, Done):
            if not answer.again:
                messages.success(request, _said(form.cleaned_data["into"]))
            return redirect(topic_href(answer.uid))
        refusal = answer
    context = {
        "form": form,
        "place": place,
        "others": case_rows(others, now()),
        "shown": [row["uid"] for row in fits],
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal else None,
    }
    status = UNPROCESSABLE if posted else 200
    return render(request, "yishi/topic/from_cases.html", context, status=status)


def _sent_before(request: HttpRequest) -> str:
    """The topic the first press of this form made, or put its matters into; "" where it is new."""
    ask, into = ask_in(request), request.POST.get("into", "")
    done = (done_before(ask, ACT), done_before(ask, "topic.join_cases", into))
    return next((one.uid for one in done if isinstance(one, Done)), "")


def _said(into: str) -> str:
    if into == NEW:
        return _("Made a topic. The community party organisation reviews it; answer clocks run on.")
    return _("Put into the topic. Their answer clocks run on.")


def _community(rows: Sequence[Mapping[str, Any]]) -> Place | None:
    """The community of the first of them; a topic belongs to one community."""
    uid = next((r["place__uid"] for r in rows if r["place__kind"] == PlaceKind.COMMUNITY), "")
    return Place.objects.filter(uid=uid).first() if uid else None


def _sorted(
    rows: Sequence[dict[str, Any]], place: Place | None, sets_aside: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those that may go into a topic of the place, and the others."""
    fits: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for row in rows:
        here = place is not None and row["place__line"].startswith(place.line)
        ready = row["state"] == CaseState.TOPIC or (sets_aside and row["state"] in WAITING)
        (fits if here and ready and not row["linked"] else others).append(row)
    return fits, others


def _send(
    ask: Ask, place: Place, rows: Sequence[Mapping[str, Any]], given: Mapping[str, Any]
) -> Done | Refusal:
    if not ask.key:
        return Refusal("key_missing")
    chosen = [row for row in rows if row["uid"] in given["case"]]
    why = given["words"].strip() or given["title"].strip() or _("Put into a topic under way")
    for no, row in enumerate(chosen):
        if row["state"] in WAITING:
            each = replace(ask, key=f"{ask.key[:56]}-{no}", version=None)
            aside = intake.set_aside(each, row["uid"], why)
            if isinstance(aside, Refusal):
                return aside
    uids = [row["uid"] for row in chosen]
    if given["into"] != NEW:
        return joining.join_cases(replace(ask, version=None), given["into"], uids)
    raised = raising.Raised(given["title"], given["words"], given["option"])
    return raising.raise_cases(ask, place.uid, raised, uids)


urls: list[URLPattern] = [
    path("topics/from-cases", view, name="topic_from_cases"),
    path("cases/<str:uid>/topic", start, name="case_topic"),
]
