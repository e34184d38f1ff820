"""The page of a project: its words, what bodies say, quotations compared, how it was decided, who
pays for it and what is paid, every step; and what the viewer may do with it now."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.clock import say_when
from yishi.phrases.method_round import say_entry
from yishi.phrases.money import say_yuan
from yishi.phrases.project import say_opinion_on
from yishi.phrases.story import say_story
from yishi.records.queries.project_page import ProjectPage, project_page
from yishi.web.gate import missing, page
from yishi.web.office import table
from yishi.web.project.deed import offered
from yishi.web.project.deeds import DEEDS
from yishi.web.project.funders import decided, funders, paid
from yishi.web.project.money_files import papers
from yishi.web.project.shown import Shown, head, read
from yishi.web.project.works_shown import TEMPLATE, works
from yishi.web.rows import pager

Section = Callable[[Shown], dict[str, Any]]
# What others add to the page: names of the context, and a template for each.
MORE: list[tuple[str, Section]] = [(TEMPLATE, works)]


@page("project.view")
def project(request: HttpRequest, uid: str) -> HttpResponse:
    """What anybody may know of a project, and what this person may do with it now."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    asked = request.GET.get("story", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    found = project_page(shown.held, number)
    context = {
        **head(shown),
        "round": shown.held.topic,
        "words": shown.row.option.words,
        "wishes": _wishes(found),
        "buttons": [
            {"href": one.href(uid), "word": one.title(), "mark": one.mark}
            for one in offered(shown, DEEDS)
        ],
        "facts": _facts(shown),
        "opinions": _opinions(found, shown),
        "quotations": _quotations(found),
        "decided": decided(shown),
        "funders": funders(shown, found),
        "paid": paid(shown, found),
        "papers": papers(shown, found),
        "story": _story(shown, found),
        "story_pager": pager(*found.story_page, request.GET, name="story"),
        "accounts": reverse("accounts", args=[shown.held.topic.uid]),
        "sheet": reverse("project_claims", args=[uid]),
        "more": [(template, section(shown)) for template, section in MORE],
    }
    return render(request, "yishi/project/page.html", context)


def _wishes(found: ProjectPage) -> list[dict[str, str]]:
    """Where it came from: the wishes it was made of, each on a page of its own."""
    return [
        {
            "href": reverse("proposal", args=[one.uid]),
            "title": one.title,
            "number": show_number(one.number),
        }
        for one in found.proposals
    ]


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
    if row.contractor:
        facts.append({"label": _("Built by"), "value": row.contractor})
    if row.contract_fen is not None:
        facts.append({"label": _("By contract for"), "value": say_yuan(row.contract_fen)})
    return facts


def _opinions(found: ProjectPage, shown: Shown) -> list[dict[str, Any]]:
    return [
        {
            "body": one.body.name,
            "on": say_opinion_on(one.on),
            "words": one.words,
            "amount": say_yuan(one.amount_fen) if one.amount_fen is not None else "",
            "is_favourable": one.is_favourable,
            "when": say_when(one.at, shown.now),
        }
        for one in found.opinions
    ]


def _quotations(found: ProjectPage) -> dict[str, Any] | None:
    if not found.quotations:
        return None
    rows = [
        (one.bidder, say_yuan(one.amount_fen), _taken(one.why) if one.is_taken else "—")
        for one in found.quotations
    ]
    return table(
        _("Quotations, the lowest first"), [_("Firm"), _("Asks for"), _("Taken")], rows, (1,)
    )


def _taken(why: str) -> str:
    return _("Taken: %(why)s") % {"why": why} if why else _("Taken")


def _story(shown: Shown, found: ProjectPage) -> list[dict[str, Any]]:
    """The steps, the newest first; each that is in the signed record leads there."""
    lines = say_story(found.story, shown.now, "public", shown.actor.person_id)
    at = {entry.uid: entry.seq for entry in found.story}
    for line in lines:
        seq = at.get(line["uid"])
        if seq is not None:
            line["verified_href"] = reverse("record_entry", args=[seq])
    return lines


urls: list[URLPattern] = [
    path("projects/<str:uid>", project, name="project"),
]
