"""The systems on the line: all of them with their counts; added, changed and ended."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.outside import system as acts
from yishi.acts.outside.system import Described
from yishi.core.outside import NUMBER_MAX, SYSTEM_NAME_MAX
from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.phrases.rule import say_text
from yishi.records.models import OutsideSystem, Place
from yishi.records.outside_key import public_key
from yishi.records.queries.outside import counts, order_maps, system_for, systems_for
from yishi.records.queries.place import place_for, places_for
from yishi.records.queries.rule import in_force, today_of
from yishi.records.wallclock import now
from yishi.web.gate import (
    UNPROCESSABLE,
    actor_in,
    answered,
    ask_in,
    missing,
    new_key,
    page,
    refuse,
)
from yishi.web.ledger import rooms as rooms_of_lists
from yishi.web.office import rooms as rooms_of_office
from yishi.web.office import table

ADD = "outside.add_system"


class SystemForm(forms.Form):
    """What an administrator says of a system."""

    code = forms.CharField(
        label=gettext_lazy("Its code"),
        max_length=40,
        help_text=gettext_lazy("Letters and digits; it stands in the addresses of the interface."),
    )
    name = forms.CharField(label=gettext_lazy("What people call it"), max_length=SYSTEM_NAME_MAX)
    place = forms.ChoiceField(label=gettext_lazy("Orders for"))
    channel = forms.ChoiceField(label=gettext_lazy("Its matters come in by"))
    mapping = forms.ChoiceField(
        label=gettext_lazy("Columns of its sheets"),
        help_text=gettext_lazy("Another table is one more rule file of the kind “mapping”."),
    )
    public_key = forms.CharField(
        label=gettext_lazy("Its public key"),
        max_length=NUMBER_MAX,
        required=False,
        help_text=gettext_lazy("Ed25519, in base64. Empty where it only sends sheets."),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_for(actor, ADD)
        channels: dict[str, Any] = {}
        if places:
            root = Place.objects.get(uid=places[0]["uid"])
            channels = dict(in_force(root, today_of(now())).channels)
        self._choose("place", [(row["code"], row["name"]) for row in places])
        self._choose(
            "channel",
            [(c.code, say_text(c.name)) for c in channels.values() if c.may_enter(DISPATCHERS)],
        )
        self._choose("mapping", [(name, name) for name in order_maps()])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


DISPATCHERS = frozenset({"dispatcher"})


def rooms(actor: Actor) -> list[dict[str, Any]]:
    """The rooms beside this one: of whoever works with lists, else of the administrator."""
    if reach(actor, "outside.list"):
        return rooms_of_lists(actor, "outside")
    return rooms_of_office("outside")


@page("outside.view")
def index(request: HttpRequest) -> HttpResponse:
    """Every system on the reader's line, with what came in and what waits to go back."""
    return _index(request)


def _index(
    request: HttpRequest, form: SystemForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    actor = actor_in(request)
    found = list(systems_for(actor))
    many = counts(found)
    rows = [
        (
            (row.name, reverse("outside_system", args=[row.uid])),
            row.place.name,
            many[row.pk][0],
            many[row.pk][1],
            _("On the line") if row.is_active else _("Off the line"),
        )
        for row in found
    ]
    labels = [
        _("Higher system"),
        _("Orders for"),
        _("Came in"),
        _("Waits to go back"),
        _("State"),
    ]
    may_add = bool(reach(actor, ADD))
    context = {
        "rooms": rooms(actor),
        "table": table("", labels, rows, (2, 3)),
        "found": bool(found),
        "form": (form or SystemForm(actor)) if may_add else None,
        "open": form is not None or not found,
        "refusal": say_refusal(refusal) if refusal else None,
        "own_key": public_key() if may_add else "",
        "key": new_key(),
    }
    status = UNPROCESSABLE if form is not None else 200
    return render(request, "yishi/outside/index.html", context, status=status)


@page(ADD, methods=("POST",))
def add(request: HttpRequest) -> HttpResponse:
    """Puts a system on the line, or gives one its new name, key, channel and columns."""
    actor = actor_in(request)
    form = SystemForm(actor, request.POST)
    if not form.is_valid():
        return _index(request, form)
    typed = form.cleaned_data
    place = place_for(actor, typed.pop("place"), ADD)
    if place is None:
        return missing(request)
    answer = acts.add_system(ask_in(request), place, Described(**typed))
    if isinstance(answer, Refusal):
        return _index(request, form, answer)
    to = reverse("outside_system", args=[answer.uid])
    return answered(request, answer, to, _("The system is on the line."))


@page("outside.end_system", methods=("POST",))
def end(request: HttpRequest, uid: str) -> HttpResponse:
    """Takes a system off the line."""
    row = system_for(actor_in(request), uid, "outside.end_system")
    if row is None:
        return missing(request)
    answer = acts.end_system(ask_in(request), uid)
    if isinstance(answer, Refusal):
        return refuse(request, answer)
    return answered(request, answer, reverse("outside"), _("The system is off the line."))


def form_of(actor: Actor, row: OutsideSystem) -> SystemForm:
    """The form filled in with what is kept of a system."""
    kept = ("code", "name", "channel", "mapping", "public_key")
    return SystemForm(
        actor, initial={name: getattr(row, name) for name in kept} | {"place": row.place.code}
    )


urls: list[URLPattern] = [
    path("outside", index, name="outside"),
    path("outside/add", add, name="outside_add"),
    path("outside/<str:uid>/end", end, name="outside_end"),
]
