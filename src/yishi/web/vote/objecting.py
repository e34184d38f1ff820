"""Objections to a roll: made by whoever finds it wrong, ruled on by the body that leads."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.vote import roll as acts
from yishi.core.method.language import Unit
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.core.vote.now import VoteState
from yishi.core.vote.view import Wrong
from yishi.phrases.clock import say_by, say_exact, say_exact_by, say_when
from yishi.phrases.vote import say_wrong
from yishi.records.models import RollObjection
from yishi.records.queries.vote_lines import objections_of, own_objections
from yishi.web.case.forms import offer, prose
from yishi.web.gate import ask_in, missing
from yishi.web.topic.fields import pick, yes_no
from yishi.web.topic.running import posted
from yishi.web.vote.asking import VoteForm, run
from yishi.web.vote.shown import BOTH, ShownVote, head, href, vote_page

NAME_MAX = 40


class ObjectForm(VoteForm):
    """What is wrong with the roll; the desk says for whom it writes it down."""

    kind = pick(gettext_lazy("What is wrong?"))
    words = prose(
        gettext_lazy("Say it in your words"),
        help_text=gettext_lazy("Which home, who, which area. Whoever rules on it reads this."),
    )
    name = forms.CharField(
        label=gettext_lazy("For whom"),
        help_text=gettext_lazy("Who told you, where you write it down for somebody."),
        max_length=NAME_MAX,
        required=False,
    )

    def prepare(self) -> None:
        kinds = [one for one in Wrong if one is not Wrong.AREA or _by_area(self.shown)]
        offer(self.fields["kind"], [(one.value, say_wrong(one)) for one in kinds])
        self.fields["kind"].required = True
        if not any(seat.role is Role.COMMUNITY_DESK for seat in self.shown.actor.seats):
            del self.fields["name"]


class RuleForm(VoteForm):
    """Whether it is upheld, and why."""

    upheld = yes_no(
        gettext_lazy("Is the objection right?"),
        gettext_lazy("Yes, the roll is put right"),
        gettext_lazy("No, the roll stays as it is"),
    )
    words = prose(gettext_lazy("Why"), help_text=gettext_lazy("Whoever objected reads this."))


def _by_area(shown: ShownVote) -> bool:
    return shown.vote.unit == Unit.OWNER


@vote_page("vote.object_roll", BOTH)
def make(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """An objection to a roll on view."""
    until = shown.vote.roll_until_at
    before = [
        _("The body that leads rules on it and gives its reason; you read it here."),
        _("The vote does not open before every objection is ruled on."),
    ]
    if until is not None:
        before.append(_("You can object until %(until)s.") % {"until": say_by(until, shown.now)})
    kind = request.GET.get("kind", "")
    form = ObjectForm(shown, posted(request), {"kind": kind} if kind in set(Wrong) else None)

    def do(given: Mapping[str, Any]) -> Done | Refusal:
        name = given.get("name", "").strip()
        return acts.object_roll(
            ask_in(request), shown.vote.uid, given["kind"], given["words"], name
        )

    mine = own_objections(shown.vote, shown.actor.person_id)
    context = {
        "title": _("Object to the roll"),
        "back_word": _("The vote"),
        "before": before if shown.is_objectable else [],
        "closed": not shown.is_objectable and request.method != "POST",
        "note": "" if shown.is_objectable else _("The time for objections to this roll is over."),
        "word": _("Send the objection"),
        "mark": "send",
        "objections": [_told(shown, row) for row in mine],
        "heading": _("What you objected to"),
    }
    said = _("Your objection is in. It is ruled on before the vote opens.")
    to = href("vote_object", shown)
    return run(request, shown, form, do, to, said, context, "yishi/vote/objections.html")


@vote_page("vote.read_roll")
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """The objections, those that wait for a ruling first."""
    rows = objections_of(shown.vote)
    until = shown.vote.roll_until_at
    context = {
        **head(shown),
        "title": _("Objections to the roll"),
        "back_word": _("The vote"),
        "lead": say_exact_by(until) if until else "",
        "before": [],
        "closed": True,
        "objections": [_told(shown, row) for row in rows],
        "heading": _("Objections"),
        "is_empty": not rows,
    }
    return render(request, "yishi/vote/objections.html", context)


@vote_page("vote.rule_roll", BOTH)
def rule(request: HttpRequest, shown: ShownVote, objection: str) -> HttpResponse:
    """One objection, and the ruling on it."""
    row = next((one for one in objections_of(shown.vote) if one.uid == objection), None)
    if row is None:
        return missing(request)

    def do(given: Mapping[str, Any]) -> Done | Refusal:
        upheld = given["upheld"] == "yes"
        return acts.rule_roll(ask_in(request), objection, given["words"], upheld=upheld)

    closed = shown.state is not VoteState.ROLL or row.ruled_at is not None
    context = {
        "title": _("Is this objection right?"),
        "back": href("vote_objections", shown),
        "back_word": _("Objections to the roll"),
        "before": [
            _("Whoever objected reads your ruling and your reason."),
            _("A ruling changes no line by itself: put the roll right afterwards, line by line."),
        ],
        "closed": closed and request.method != "POST",
        "word": _("Rule on it"),
        "mark": "check",
        "objections": [_told(shown, row)],
        "heading": "",
    }
    form = RuleForm(shown, posted(request))
    said = _("Ruled on.")
    to = href("vote_objections", shown)
    return run(request, shown, form, do, to, said, context, "yishi/vote/objections.html")


def _told(shown: ShownVote, row: RollObjection) -> dict[str, Any]:
    """An objection with its ruling: {kind, words, who, when, tag, answer, rule}."""
    may = shown.may("vote.rule_roll") and shown.state is VoteState.ROLL
    waits = {"word": _("Waits for a ruling"), "mark": "waiting", "kind": "soon"}
    if row.ruled_at is not None:
        waits = (
            {"word": _("Upheld"), "mark": "done", "kind": "done"}
            if row.is_upheld
            else {"word": _("Not upheld"), "mark": "refuse", "kind": ""}
        )
    staff = shown.may("vote.read_roll")
    return {
        "kind": say_wrong(row.kind),
        "words": row.words,
        "who": (row.name or (row.person.name if row.person else "")) if staff else "",
        "when": say_when(row.at, shown.now),
        "exact": say_exact(row.at),
        "tag": waits,
        "answer": row.answer,
        "rule": href("vote_rule", shown, row.uid) if may and row.ruled_at is None else "",
    }


urls: list[URLPattern] = [
    path("votes/<str:uid>/object", make, name="vote_object"),
    path("votes/<str:uid>/objections", view, name="vote_objections"),
    path("votes/<str:uid>/objections/<str:objection>", rule, name="vote_rule"),
]
