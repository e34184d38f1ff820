"""The page of a method that is being written, and what may be done with it now."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.method import adopting, drafting, saying
from yishi.core.method.drafting import SOURCE_MAX, DraftState, Part
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.method_draft import say_draft_state
from yishi.phrases.refusal import say_refusal
from yishi.phrases.rule import say_text
from yishi.phrases.story import say_story
from yishi.records.models import MethodDraft
from yishi.records.queries import method_draft as query
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.rulebook import draft as rulefile
from yishi.web.gate import (
    UNPROCESSABLE,
    View,
    actor_in,
    answered,
    ask_in,
    missing,
    new_key,
    page,
)
from yishi.web.method_draft import shown
from yishi.web.method_draft.words import Committees, NoForm, parts_of, said_table, speaks
from yishi.web.office import day_typed

BOTH = ("GET", "HEAD", "POST")
TOLD = 40
DEEDS = ("method.change", "method.send", "method.withdraw", "method.publish")


class PublishForm(forms.Form):
    """What it rests on, and from when."""

    use_required_attribute = False
    resolution = forms.CharField(
        label=gettext_lazy("The resolution it rests on"),
        max_length=SOURCE_MAX,
        help_text=gettext_lazy("Which meetings resolved it, and when; everybody reads this."),
    )
    from_on = forms.CharField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Topics that run keep the method they began with."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


@page("method.list_drafts")
def draft(request: HttpRequest, uid: str) -> HttpResponse:
    """A method that is being written: its tables, what is wrong, what differs, who said what."""
    row = query.draft_for(actor_in(request), uid)
    return missing(request) if row is None else show(request, row)


def _deed(name: str) -> View:
    @page(f"method.{name}", methods=BOTH)
    def does(request: HttpRequest, uid: str) -> HttpResponse:
        row = query.draft_for(actor_in(request), uid)
        if row is None:
            return missing(request)
        if request.method != "POST":
            return redirect("method_draft", uid)
        answer, said = _do(request, name, uid)
        if isinstance(answer, Done):
            return answered(request, answer, reverse("method_draft", args=[uid]), said)
        row.refresh_from_db()
        return show(request, row, answer)

    does.__doc__ = f"`method.{name}` of a draft."
    return does


def _do(request: HttpRequest, name: str, uid: str) -> tuple[Done | Refusal, str]:
    post, ask = request.POST, ask_in(request)
    if name == "send":
        said = _("Sent. Both committees, the legal adviser and the sub-district find it now.")
        return drafting.send(ask, uid), said
    if name == "withdraw":
        return drafting.withdraw(ask, uid, post.get("why", "")), _("Given up, with the reason.")
    if name == "publish":
        from_on = day_typed(post.get("from_on", ""))
        if isinstance(from_on, Refusal):
            return from_on, ""
        answer = adopting.publish(
            ask, uid, post.get("digest", ""), post.get("resolution", ""), from_on
        )
        return answer, _("Published, and adopted from %(day)s.") % {"day": from_on.isoformat()}
    part = {"review": Part.LEGAL, "file": Part.FILING}.get(name) or post.get("part", "")
    if part not in (Part.PARTY_COMMITTEE, Part.RESIDENTS_COMMITTEE, Part.LEGAL, Part.FILING):
        return Refusal("not_found", have="part"), ""
    yes = post.get("say") == "yes"
    words = post.get("words" if yes else "why", "")
    answer = saying.say(ask, uid, Part(part), post.get("digest", ""), words, yes=yes)
    return answer, _("Agreed.") if yes else _("It went back to be changed, with the reason.")


def show(request: HttpRequest, row: MethodDraft, refusal: Refusal | None = None) -> HttpResponse:
    """The page, with a refusal above it where something was not done."""
    actor, moment = actor_in(request), now()
    committees = query.committees_of(row.place_id)
    made = query.made_by(row)
    found = query.assess(row, today_of(moment))
    words = query.words_on(row)
    allowed = _allowed(actor, row, committees)
    data = row.data["file"]
    changes = row.state == DraftState.DRAFTING and allowed["method.change"]
    parts = parts_of(actor, row, committees, made, words, moment)
    ready = row.state == DraftState.SENT and all(one["yes"] for one in parts)
    context = {
        "draft": row,
        "state": say_draft_state(row.state),
        "about": data.get("about", {}).get("zh", ""),
        "rules": [one.get("zh", "") for one in data.get("rules", ())],
        "facts": _facts(row, found, moment),
        "open": row.state in (DraftState.DRAFTING, DraftState.SENT),
        "drafting": row.state == DraftState.DRAFTING,
        "changes": changes,
        "sends": row.state == DraftState.DRAFTING and allowed["method.send"],
        "withdraw": NoForm(auto_id="withdraw_%s")
        if row.state in (DraftState.DRAFTING, DraftState.SENT) and allowed["method.withdraw"]
        else None,
        "publish": PublishForm(
            auto_id="publish_%s", initial={"from_on": today_of(moment).isoformat()}
        )
        if ready and allowed["method.publish"]
        else None,
        "ready": ready,
        "wrong": [
            *shown.wrong_lines(row, found.wrong),
            *shown.fault_lines(row, found),
        ]
        if row.state != DraftState.PUBLISHED
        else [],
        "same": found.same,
        "lacking": shown.lacking_lines(found),
        "cases": shown.case_lines(row, found),
        "text": row.data["texts"],
        "differences": shown.difference_lines(found),
        "procedures": shown.procedures(row, found, changes=changes),
        "lists": shown.lists(found.sketch) if found.sketch else None,
        "kinds": shown.stage_kinds(),
        "parts": parts if row.round else [],
        "words": said_table(words) if words else None,
        "barred": changes and actor.person_id not in made and speaks(actor, row, committees),
        "story": say_story(query.entries_of(row, TOLD), moment, "staff", actor.person_id),
        "digest": rulefile.digest(data, row.data["texts"]),
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal else None,
        "published": reverse("method", args=[row.published.name, row.published.version])
        if row.published
        else "",
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/method_draft/draft.html", context, status=status)


def _allowed(actor: Actor, row: MethodDraft, committees: Committees) -> dict[str, bool]:
    subject = query.subject_at(row.place, committees)
    return {act: isinstance(permit(actor, act, subject), Permitted) for act in DEEDS}


def _facts(row: MethodDraft, found: query.Assessed, moment: Any) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("How far it is"), "value": say_draft_state(row.state)},
        {"label": _("Community"), "value": row.place.name},
    ]
    if row.base is not None and found.base is not None:
        name = {"name": say_text(found.base.name), "version": row.base.version}
        facts.append(
            {
                "label": _("Copied from"),
                "value": _("%(name)s, version %(version)s") % name,
                "href": reverse("method", args=[row.base.name, row.base.version]),
            }
        )
    facts.append(
        {
            "label": _("Last changed"),
            "value": say_when(row.changed_at, moment),
            "exact": say_exact(row.changed_at),
        }
    )
    facts.append({"label": _("Begun by"), "value": row.made_by.name if row.made_by else "—"})
    return facts


BASE = "methods/drafts/<str:uid>"
urls: list[URLPattern] = [
    path(BASE, draft, name="method_draft"),
    *(
        path(f"{BASE}/{name}", _deed(name), name=f"method_draft_{name}")
        for name in ("send", "withdraw", "approve", "review", "file", "publish")
    ),
]
