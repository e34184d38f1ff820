"""One act on one wish as a page of its own; what was typed is never lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Ask, Done
from yishi.acts.round import naming, proposing, screening
from yishi.core.permit import permit
from yishi.core.refusal import Refusal
from yishi.core.round.screening import Made
from yishi.phrases.refusal import say_refusal
from yishi.records.queries import report as reports
from yishi.records.queries.paging import plain
from yishi.records.queries.rule import in_force, today_of
from yishi.web.gate import UNPROCESSABLE, View, ask_in, missing, new_key, page, refuse
from yishi.web.report_form import BUILDINGS_MOST
from yishi.web.round.deed_forms import (
    NO,
    YES,
    JoinForm,
    NothingForm,
    PartForm,
    PassForm,
    RefuseForm,
    WishDeed,
)
from yishi.web.round.form import WishForm
from yishi.web.round.propose import proposed
from yishi.web.round.shown import Shown, read, wish

BOTH = ("GET", "HEAD", "POST")
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Deed:
    """One act on a wish. `title` asks the page's one question, `word` is on its button, `said` is
    told once it is done; `screens`: the desk of the screening comes next; `danger`: it turns the
    wish down, and looks so."""

    name: str
    act: str
    title: Callable[[], str]
    word: Callable[[], str]
    said: Callable[[], str]
    form: Callable[[Shown, Any], Any]
    do: Callable[[Ask, Shown, Given], "Done | Refusal"]
    mark: str = "check"
    screens: bool = False
    danger: bool = False

    @property
    def address(self) -> str:
        """The name of its address."""
        return f"proposal_{self.name}"

    def href(self, uid: str) -> str:
        """Its address for a wish."""
        return reverse(self.address, args=[uid])


def _pass(ask: Ask, shown: Shown, given: Given) -> Done | Refusal:
    planned = {YES: True, NO: False}.get(given["planned"])
    made = Made(
        given["title"], given["words"], given["kind"], planned, given["checked"], given["answer"]
    )
    return screening.pass_(ask, shown.row.uid, made)


def _change_form(shown: Shown, data: Any) -> WishForm:
    row, place = shown.row, shown.round.topic.place
    typed = {
        "title": row.title,
        "words": "" if row.words == row.title else row.words,
        "kind": row.kind,
        "listed": row.listed,
        "spot": row.spot,
        "building": row.building.uid if row.building else "",
    }
    return WishForm(
        shown.round.terms,
        in_force(place, today_of(shown.now)).terms.rules,
        data,
        buildings=plain(reports.list_buildings(place)[:BUILDINGS_MOST]),
        elsewhere=_("Elsewhere in %(place)s") % {"place": place.name},
        typed=typed,
        photos=False,
    )


PASS = Deed(
    "pass",
    "proposal.pass",
    lambda: _("Does it become a project?"),
    lambda: _("Make it a project"),
    lambda: _("A project now. Its author is told."),
    PassForm,
    _pass,
    screens=True,
)
JOIN = Deed(
    "join",
    "proposal.join",
    lambda: _("The same wish as another's?"),
    lambda: _("Join them"),
    lambda: _("Joined. Its author is told."),
    JoinForm,
    lambda ask, shown, given: screening.join(ask, shown.row.uid, given["project"], given["words"]),
    "people",
    screens=True,
)
REFUSE = Deed(
    "refuse",
    "proposal.refuse",
    lambda: _("Which entry of the list bars it?"),
    lambda: _("Do not pass it"),
    lambda: _("Not passed. Its author is told the entry and the reason."),
    RefuseForm,
    lambda ask, shown, given: screening.refuse(ask, shown.row.uid, given["ground"], given["words"]),
    "refuse",
    screens=True,
    danger=True,
)
PART = Deed(
    "part",
    "proposal.part",
    lambda: _("Part it from the others?"),
    lambda: _("Part it"),
    lambda: _("Parted. It waits to be screened by itself."),
    PartForm,
    lambda ask, shown, given: screening.part(ask, shown.row.uid, given["words"]),
    "back",
)
WITHDRAW = Deed(
    "withdraw",
    "proposal.withdraw",
    lambda: _("Take this wish back?"),
    lambda: _("Take it back"),
    lambda: _("Taken back."),
    NothingForm,
    lambda ask, shown, given: proposing.withdraw(ask, shown.row.uid),
    "back",
)
CHANGE = Deed(
    "change",
    "proposal.change",
    lambda: _("Say it otherwise"),
    lambda: _("Keep it so"),
    lambda: _("Changed."),
    _change_form,
    lambda ask, shown, given: proposing.change(ask, shown.row.uid, proposed(dict(given))),
    "message",
)
NAME = Deed(
    "name",
    "proposal.show_name",
    lambda: _("Put your name to this wish?"),
    lambda: _("Put my name to it"),
    lambda: _("Everybody reads your name with it now."),
    NothingForm,
    lambda ask, shown, given: naming.show_name(ask, shown.row.uid, True),
    "person",
)
UNNAME = Deed(
    "unname",
    "proposal.show_name",
    lambda: _("Take your name off this wish?"),
    lambda: _("Take my name off it"),
    lambda: _("Your name is shown as 王某 again."),
    NothingForm,
    lambda ask, shown, given: naming.show_name(ask, shown.row.uid, False),
    "person",
)
SCREENS = (PASS, JOIN, REFUSE)
DEEDS = (*SCREENS, PART, WITHDRAW, CHANGE, NAME, UNNAME)


def _view(deed: Deed) -> View:
    @page(deed.act, methods=BOTH)
    def view(request: HttpRequest, uid: str) -> HttpResponse:
        shown = read(request, uid)
        if shown is None:
            return missing(request)
        barred = permit(shown.actor, deed.act, shown.subject)
        if isinstance(barred, Refusal) and request.method != "POST":
            code = 403 if barred.code in ("not_yours", "not_independent") else UNPROCESSABLE
            return refuse(request, _said(barred), code)
        form = deed.form(shown, request.POST if request.method == "POST" else None)
        refused = None
        if request.method == "POST" and form.is_valid():
            answer = deed.do(ask_in(request), shown, form.cleaned_data)
            if isinstance(answer, Done):
                if not answer.again:
                    messages.success(request, deed.said())
                return redirect(_next(deed, shown))
            refused = None if form.put(answer) else _said(answer)
        return _show(request, deed, shown, form, refused)

    return view


def _said(refusal: Refusal) -> Refusal:
    """A state that has moved on is said of the wish."""
    return Refusal("proposal_decided") if refusal.code == "not_now" else refusal


def _next(deed: Deed, shown: Shown) -> str:
    if deed.screens:
        return reverse("round_screen", args=[shown.row.topic.uid])
    return reverse("proposal", args=[shown.row.uid])


def _show(
    request: HttpRequest, deed: Deed, shown: Shown, form: Any, refused: Refusal | None
) -> HttpResponse:
    status = UNPROCESSABLE if request.method == "POST" else 200
    if refused is not None and refused.code in ("not_yours", "not_independent"):
        status = 403
    context = {
        "deed": deed,
        "title": deed.title(),
        "word": deed.word(),
        "action": deed.href(shown.row.uid),
        "form": form,
        "fields": list(form),
        "key": new_key(),
        "version": shown.row.version,
        "wish": wish(shown),
        "back": _next(deed, shown) if deed.screens else reverse("proposal", args=[shown.row.uid]),
        "refusal": say_refusal(refused) if refused else None,
    }
    return render(request, "yishi/round/deed.html", context, status=status)


def form_of(deed: Deed, shown: Shown) -> WishDeed:
    """An empty form of a deed, for the desk of the screening."""
    made: WishDeed = deed.form(shown, None)
    return made


urls: list[URLPattern] = [
    path(f"proposals/<str:uid>/{deed.name}", _view(deed), name=deed.address) for deed in DEEDS
]
