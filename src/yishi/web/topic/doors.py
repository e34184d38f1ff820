"""上门送达: entering calls at doors, and the register of a step for those who go and for staff."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import doors
from yishi.core.refusal import Refusal
from yishi.core.topic.doors import FOUND, Found, doors_in
from yishi.core.topic.facts import Voiced
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.text import say_found
from yishi.phrases.topic_passage import say_doors
from yishi.records.queries.topic_doors import BuildingDoors, register_of
from yishi.web.gate import missing, page
from yishi.web.topic.ahead import foreseen
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, offer
from yishi.web.topic.running import After, head
from yishi.web.topic.shown import Shown, read

MARKS = {Found.DELIVERED: "done", Found.ABSENT: "waiting", Found.REFUSED: "refuse"}


class DoorsForm(StageForm):
    """A building, its rooms, and what came of it."""

    building = forms.ChoiceField(
        label=gettext_lazy("Which building"),
        error_messages={"required": gettext_lazy("Choose the building.")},
    )
    rooms = forms.CharField(
        label=gettext_lazy("Which rooms"),
        required=False,
        max_length=4000,
        help_text=gettext_lazy(
            "One after another, such as 101 102 201. Left empty: the building as a whole. "
            "Only staff and those who go round read the rooms."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    found = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what came of it.")},
    )
    words = forms.CharField(label=gettext_lazy("Anything to note"), required=False, max_length=200)

    def prepare(self) -> None:
        asked = register_of(self.shown.held)
        empty = [("", _("Please choose"))]
        rows = [(one.code, _named(one)) for one in asked]
        offer(self.fields["building"], empty + rows)
        offer(self.fields["found"], [(found, say_found(found)) for found in FOUND])
        self.initial.setdefault("found", Found.DELIVERED.value)


def _named(one: BuildingDoors) -> str:
    if not one.doors:
        return _("%(name)s (nobody was there yet)") % {"name": one.name}
    return _("%(name)s (%(n)s doors)") % {"name": one.name, "n": len(one.doors)}


def _do(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    rooms = doors_in(given["rooms"].replace("\r", "\n"))
    uid = shown.topic.uid
    return doors.call_at_doors(ask, uid, given["building"], given["found"], rooms, given["words"])


def _not_out(shown: Shown) -> Refusal | None:
    if "until" in shown.tally:
        return None
    act = "topic.object" if shown.kind == "notice" else "topic.comment"
    return foreseen(shown, act, Voiced(words=""), ("not_posted",))


DOORS = (
    Deed(
        "doors",
        "topic.call_at_doors",
        lambda: _("At which doors were you?"),
        lambda: _("Enter it in the register"),
        lambda: _("Entered."),
        DoorsForm,
        _do,
        lead=lambda shown: _("The counts are public; the rooms are not."),
        ready=lambda shown: "until" in shown.tally,
        barred=_not_out,
        after=lambda shown, given, done: After(
            _("Entered in the register."), reverse("topic_doors_register", args=[shown.topic.uid])
        ),
        mark="place",
        papers=False,
    ),
)


@page("topic.read_doors")
def register(request: HttpRequest, uid: str) -> HttpResponse:
    """Every building of the place with its doors: those without an entry first."""
    shown = read(request, uid, "topic.call_at_doors")
    if shown is None or not shown.may("topic.read_doors"):
        return missing(request)
    rows = register_of(shown.held) if shown.passage else []
    reached = sum(bool(one.doors) for one in rows)
    context = {
        **head(shown),
        "counts": say_doors(shown.tally) if any(shown.tally.get(f) for f in FOUND) else "",
        "reached": reached,
        "total": len(rows),
        "must": bool(shown.held.stage and shown.held.stage.doors),
        "rows": [_building(one, shown) for one in rows],
        "may_enter": "until" in shown.tally and shown.may("topic.call_at_doors"),
        "href": reverse("topic_doors", args=[uid]),
    }
    return render(request, "yishi/topic/doors.html", context)


def _building(one: BuildingDoors, shown: Shown) -> dict[str, Any]:
    last = one.last
    groups = [
        {
            "word": say_found(found),
            "mark": MARKS[Found(found)],
            "doors": [
                label or _("The building as a whole")
                for label, call in sorted(one.doors.items())
                if call.found == found
            ],
        }
        for found in FOUND
    ]
    return {
        "name": one.name,
        "groups": [group for group in groups if group["doors"]],
        "last": say_when(last, shown.now) if last else "",
        "exact": say_exact(last) if last else "",
        "notes": list(dict.fromkeys(call.words for call in one.doors.values() if call.words)),
    }


urls: list[URLPattern] = [
    path("topics/<str:uid>/doors", register, name="topic_doors_register"),
]
