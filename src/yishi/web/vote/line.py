"""One line of a roll: put right while it is on view; marked when its paper comes in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.vote import roll as acts
from yishi.acts.vote.doors import record_door
from yishi.acts.vote.paper import take_paper
from yishi.core.method.language import Unit
from yishi.core.phone import read_phone
from yishi.core.refusal import Refusal
from yishi.core.topic.doors import FOUND
from yishi.core.vote.now import VoteState, Way
from yishi.phrases.refusal import say_refusal
from yishi.phrases.vote import say_area, say_found, say_way
from yishi.records.models import Building
from yishi.records.queries.rule import today_of
from yishi.records.queries.vote_lines import collectors_at, line_seen
from yishi.web.account.look_up import look_up
from yishi.web.case.forms import offer, prose
from yishi.web.gate import ask_in, missing
from yishi.web.topic.fields import pick
from yishi.web.topic.running import posted
from yishi.web.vote.asking import VoteForm, run
from yishi.web.vote.shown import BOTH, ShownVote, href, vote_page
from yishi.web.vote.unmarking import may_unmark
from yishi.web.vote_area import AreaField

NAME_MAX, LABEL_MAX = 80, 80


class MarkForm(VoteForm):
    """What came of this line: at the door, in the box, by hand; with the second collector."""

    what = pick(gettext_lazy("What came of it?"))
    second = forms.ChoiceField(
        label=gettext_lazy("Who collects with you"),
        help_text=gettext_lazy("At a door two collect together. Only needed for that."),
        required=False,
    )
    why = prose(
        gettext_lazy("Why the paper takes the place of the vote on-line"),
        help_text=gettext_lazy("Only needed where this line has voted on-line."),
        required=False,
    )

    def prepare(self) -> None:
        ways = self.shown.vote.ways
        rows = [(found, say_found(found)["word"]) for found in FOUND] if Way.DOOR in ways else []
        words = {
            Way.DOOR: _("Collected at the door, by two"),
            Way.PAPER: _("Put into the box"),
            Way.HANDS: _("Counted by hand at the meeting"),
        }
        rows += [(way.value, word) for way, word in words.items() if way in ways]
        offer(self.fields["what"], rows)
        self.fields["what"].required = True
        if Way.DOOR not in ways:
            del self.fields["second"]
            return
        shown = self.shown
        people = collectors_at(shown.vote.place, today_of(shown.now), shown.actor.person_id)
        offer(self.fields["second"], [("", _("Nobody chosen")), *people])


class RightForm(VoteForm):
    """A line struck off, or its area put right; either way with a reason."""

    what = pick(gettext_lazy("What is to be done?"))
    area = AreaField(label=gettext_lazy("Area in square metres"), required=False)
    why = prose(gettext_lazy("Why"), help_text=gettext_lazy("The reason is kept with the roll."))

    def prepare(self) -> None:
        rows = [("strike", _("Strike this line off the roll"))]
        if self.shown.vote.unit == Unit.OWNER:
            rows.insert(0, ("area", _("Put the area right")))
        else:
            del self.fields["area"]
        offer(self.fields["what"], rows)
        self.fields["what"].required = True


class AddForm(VoteForm):
    """One more line: who, which home, its area, and whose account may cast it. `request`: by
    which that account is looked up."""

    request: HttpRequest
    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_MAX)
    label = forms.CharField(
        label=gettext_lazy("Home"),
        help_text=gettext_lazy("Building and room, as on the roll."),
        max_length=LABEL_MAX,
        required=False,
    )
    building = forms.ChoiceField(label=gettext_lazy("Building"), required=False)
    area = AreaField(label=gettext_lazy("Area in square metres"), required=False)
    phone = forms.CharField(
        label=gettext_lazy("Phone of their account"),
        help_text=gettext_lazy("So that they can vote on-line; leave it empty for paper only."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def prepare(self) -> None:
        rows = Building.objects.filter(community=self.shown.vote.place).order_by("code")
        offer(
            self.fields["building"],
            [("", _("No building")), *rows.values_list("uid", "name")],
        )
        if self.shown.vote.unit != Unit.OWNER:
            del self.fields["area"]

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        read = read_phone(typed)
        known = read if isinstance(read, Refusal) else look_up(self.request, read)
        if isinstance(known, Refusal) and known.code == "too_many_look_ups":
            raise forms.ValidationError(say_refusal(known)["title"])
        if isinstance(known, Refusal) or not known.is_active:
            raise forms.ValidationError(_("Nobody has an account with this phone."))
        return known.uid


@vote_page("vote.read_roll", BOTH)
def right(request: HttpRequest, shown: ShownVote, line: str) -> HttpResponse:
    """A line of a roll on view: struck off, or its area put right."""
    row = line_seen(shown.vote, line)
    if row is None:
        return missing(request)
    may = shown.may("vote.strike_voter") and shown.state is VoteState.ROLL
    if request.method == "POST" and not shown.may("vote.strike_voter"):
        return missing(request)

    def do(given: Mapping[str, Any]) -> Done | Refusal:
        ask = ask_in(request)
        if given["what"] == "area":
            return acts.correct_voter(ask, line, given.get("area", 0), given["why"])
        return acts.strike_voter(ask, line, given["why"])

    context = {
        "title": _("Line %(no)s of the roll") % {"no": row["no"]},
        "lead": said_of(shown, row),
        "back": href("vote_roll", shown),
        "back_word": _("The roll"),
        "before": [
            _("The line is changed at once, for everybody who looks at the roll."),
            _("The reason and your name stay in the record; names of voters are not in it."),
        ]
        if may
        else [],
        "closed": not may or row["is_struck"],
        "word": _("Change the roll"),
        "mark": "check",
        "note": _frozen(shown, row),
    }
    form = RightForm(shown, posted(request))
    said = _("The roll was changed.")
    to = href("vote_roll", shown)
    return run(request, shown, form, do, to, said, context, "yishi/vote/line.html")


def _frozen(shown: ShownVote, row: Mapping[str, Any]) -> str:
    if row["is_struck"]:
        return _("This line was struck off the roll.")
    if shown.state is not VoteState.ROLL:
        return _("The roll was frozen when the vote opened: no line is changed any more.")
    return ""


@vote_page("vote.add_voter", BOTH)
def add(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """One more line on a roll on view."""

    def do(given: Mapping[str, Any]) -> Done | Refusal:
        people = (given["phone"],) if given["phone"] else ()
        return acts.add_voter(
            ask_in(request),
            shown.vote.uid,
            given["name"],
            given["label"],
            given["building"],
            given.get("area", 0),
            people,
        )

    context = {
        "title": _("Add a line to the roll"),
        "back": href("vote_roll", shown),
        "back_word": _("The roll"),
        "before": [_("They have a vote as soon as the vote opens, and nobody stands on it twice.")],
        "word": _("Add this line"),
        "mark": "person",
    }
    said = _("The line was added.")
    form = AddForm(shown, posted(request))
    form.request = request
    return run(request, shown, form, do, href("vote_roll", shown), said, context)


@vote_page("vote.take_paper", BOTH)
def mark(request: HttpRequest, shown: ShownVote, line: str) -> HttpResponse:
    """What came of a line on paper: delivered, nobody in, refused, collected, in the box."""
    row = line_seen(shown.vote, line)
    if row is None:
        return missing(request)

    def do(given: Mapping[str, Any]) -> Done | Refusal:
        return _marked(ask_in(request), shown, line, given)

    context: dict[str, Any] = {
        "title": row["label"] or row["name"] or _("Line %(no)s") % {"no": row["no"]},
        "lead": said_of(shown, row),
        "back": href("vote_doors", shown),
        "back_word": _("The register"),
        "before": [],
        "word": _("Enter it"),
        "mark": "check",
        "note": _paper_note(row),
    }
    said = _("Entered: %(label)s") % {"label": row["label"] or row["name"]}
    form = MarkForm(shown, posted(request))
    to = request.GET.get("building", "")[:20]
    where = href("vote_doors", shown) + (f"?building={to}" if to.isalnum() else "")
    context["back"], context["action"] = where, request.get_full_path()
    if may_unmark(shown, row):
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        context["unmark_href"] = href("vote_unmark", shown, line) + asked
    return run(request, shown, form, do, where, said, context, "yishi/vote/line.html")


def _marked(ask: Ask, shown: ShownVote, line: str, given: Mapping[str, Any]) -> Done | Refusal:
    uid, what = shown.vote.uid, given["what"]
    if what in FOUND:
        return record_door(ask, uid, line, what)
    return take_paper(ask, uid, line, Way(what), given.get("second", ""), given["why"])


def _paper_note(row: Mapping[str, Any]) -> str:
    if row["way"] == Way.ONLINE:
        return _("This line has voted on-line. Its paper takes the place of that vote.")
    if row["way"]:
        return _("This line is in already, %(way)s.") % {"way": say_way(row["way"])}
    return ""


def said_of(shown: ShownVote, row: Mapping[str, Any]) -> str:
    """A line in a line: number, home, name, area."""
    parts = [_("number %(no)s") % {"no": row["no"]}, row["label"], row["name"]]
    if shown.vote.unit == Unit.OWNER:
        parts.append(say_area(row["area_cm2"]))
    return " · ".join(part for part in parts if part)


urls: list[URLPattern] = [
    path("votes/<str:uid>/roll/add", add, name="vote_add"),
    path("votes/<str:uid>/roll/<str:line>", right, name="vote_line"),
    path("votes/<str:uid>/doors/<str:line>", mark, name="vote_mark"),
]
