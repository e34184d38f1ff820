"""The page of a project: what it is, where it stands and what is next, who pays, what the viewer
may do now; the works folded; how it was decided, the money and every step on pages of their own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.core.project.now import ENDED, ProjectState
from yishi.phrases.method_round import say_entry
from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.phrases.project_course import say_course
from yishi.phrases.round import say_title
from yishi.records.queries.project_page import ProjectPage, project_page
from yishi.records.queries.rule import today_of
from yishi.web.gate import missing, page
from yishi.web.project.deed import offered
from yishi.web.project.deeds import DEEDS
from yishi.web.project.funders import funders
from yishi.web.project.shown import Shown, head, read
from yishi.web.project.works_shown import works

# Until then its round's own term is when the talks end.
IN_TALKS = (ProjectState.SCREENED, ProjectState.COSTED, ProjectState.AGREED)


@page("project.view")
def project(request: HttpRequest, uid: str) -> HttpResponse:
    """What anybody may know of a project, and what this person may do with it now."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    found = project_page(shown.held)
    built = works(shown)
    context = {
        **head(shown),
        "round": shown.held.topic,
        "words": shown.row.option.words,
        "wishes": _wishes(found),
        "wishes_more": found.wishes_total - len(found.proposals),
        "flow": _flow(shown),
        "stands": _stands(shown),
        "buttons": [
            {"href": one.href(uid), "word": one.title(), "mark": one.mark, "danger": one.danger}
            for one in offered(shown, DEEDS)
        ],
        "pictures": [*_before(found), *built.get("after", [])],
        "facts": [*_facts(shown), *built.get("facts", [])],
        "funders": funders(shown, found),
        "works": built,
        "doors": _doors(shown, found),
        "sheets": [*_claims(shown, found), *built.get("sheets", [])],
    }
    return render(request, "yishi/project/page.html", context)


def _wishes(found: ProjectPage) -> list[dict[str, str]]:
    """Where it came from: the wishes it was made of, each on a page of its own."""
    return [
        {
            "href": reverse("proposal", args=[one.uid]),
            "title": say_title(one.title),
            "number": show_number(one.number),
        }
        for one in found.proposals
    ]


def _before(found: ProjectPage) -> list[dict[str, Any]]:
    """As it was, from the wishes."""
    return [
        {"href": reverse("proposal_photo", args=[one.uid]), "word": _("As it was")}
        for one in found.before
    ]


def _flow(shown: Shown) -> dict[str, Any]:
    line = say_course(shown.row.state, is_voted_on=shown.held.is_voted_on())
    return {"line": line, "line_name": _("Steps of the project")}


def _stands(shown: Shown) -> list[dict[str, str]]:
    """What is done now and until when, what is next; who looks after it once it is done."""
    row, line = shown.row, _flow(shown)["line"]
    if row.state == ProjectState.HANDED_OVER:
        keeper = {"label": _("Looked after by"), "value": row.keeper.name if row.keeper else ""}
        day = say_day(row.liable_until) if row.liable_until else ""
        liable = {"label": _("The builder answers for it until"), "value": day}
        return [one for one in (keeper, liable) if one["value"]]
    at = next((no for no, one in enumerate(line) if one["mark"] == "here"), None)
    if at is None or row.state in ENDED:
        return []
    until = None
    if row.state in IN_TALKS and shown.held.stage is not None and row.topic.due_at:
        until = today_of(row.topic.due_at)
    elif row.state in (ProjectState.FUNDED, ProjectState.UNDER_WAY):
        until = row.ends_on
    known = {"step": line[at]["name"], "day": say_day(until) if until else ""}
    now = _("%(step)s, to be done by %(day)s") % known if until else known["step"]
    stands = [{"label": _("What is done now"), "value": now}]
    if at + 1 < len(line):
        stands.append({"label": _("Next"), "value": line[at + 1]["name"]})
    return stands


def _facts(shown: Shown) -> list[dict[str, str]]:
    row, terms = shown.row, shown.held.terms
    kind = terms.kind(row.kind)
    facts = [
        {
            "label": _("Round"),
            "value": row.topic.title,
            "href": reverse("round", args=[row.topic.uid]),
        },
        {"label": _("Community"), "value": row.topic.place.name},
        {"label": _("Kind, and how much of the fund"), "value": say_entry(kind) if kind else ""},
    ]
    if row.cost_fen is not None:
        urgency = {1: _("it can wait"), 2: _("soon"), 3: _("urgent")}.get(row.urgency or 0, "")
        households = _("%(n)s households") % {"n": f"{row.households or 0:,}"}
        facts += [
            {"label": _("It costs"), "value": say_yuan(row.cost_fen)},
            {"label": _("Worked out by"), "value": row.costed_by.name if row.costed_by else ""},
            {"label": _("How urgent"), "value": urgency},
            {"label": _("Who benefits"), "value": households},
        ]
    if row.contract_fen is not None:
        facts.append({"label": _("By contract for"), "value": say_yuan(row.contract_fen)})
    return facts


def _doors(shown: Shown, found: ProjectPage) -> list[dict[str, str]]:
    """What stands on pages of its own."""
    uid = shown.row.uid
    doors = [(reverse("project_talks", args=[uid]), _("How it was decided"), "talk")]
    if found.offers:
        doors.append((reverse("project_money", args=[uid]), _("Every offer and payment"), "ground"))
    doors += [
        (reverse("project_story", args=[uid]), _("Every step"), "next"),
        (reverse("accounts", args=[shown.held.topic.uid]), _("Accounts of the round"), "ground"),
    ]
    return [{"href": href, "word": word, "mark": mark} for href, word, mark in doors]


def _claims(shown: Shown, found: ProjectPage) -> list[dict[str, str]]:
    if not found.offers:
        return []
    href = reverse("project_claims", args=[shown.row.uid])
    return [{"href": href, "word": _("Sheet of who gives what, for print")}]


urls: list[URLPattern] = [
    path("projects/<str:uid>", project, name="project"),
]
