"""How a project was decided, who offered and paid what, and its every step: a page for each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.phrases.clock import say_when
from yishi.phrases.money import say_yuan
from yishi.phrases.project import say_opinion_on
from yishi.phrases.story import say_story
from yishi.records.models import Entry, ProjectOpinion, Quotation
from yishi.records.queries.project_page import money_page, story_of, talks_page
from yishi.web.gate import missing, page
from yishi.web.office import table
from yishi.web.project.funders import consents, decided, offers, paid
from yishi.web.project.money_files import papers
from yishi.web.project.shown import Shown, head, read
from yishi.web.round.rows import proposal_rows
from yishi.web.rows import number_in, pager, pager_of


@page("project.view")
def talks(request: HttpRequest, uid: str) -> HttpResponse:
    """The wishes it was made of, quotations, what bodies say, by which numbers it was decided."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    query = request.GET
    found = talks_page(shown.row, number_in(query, "wish"), number_in(query, "opinion"))
    context = {
        **head(shown),
        "decided": decided(shown),
        "quotations": _quotations(found.quotations),
        "opinions": [_opinion(one, shown) for one in found.opinions],
        "opinion_pager": pager(*found.opinion_page, query, name="opinion"),
        "wishes": proposal_rows(found.proposals.rows),
        "wish_pager": pager_of(found.proposals, query, name="wish"),
        "papers": papers(shown, opinion=found.opinions, quotation=found.quotations),
    }
    return render(request, "yishi/project/talks.html", context)


@page("project.view")
def money(request: HttpRequest, uid: str) -> HttpResponse:
    """Everybody who offered something, and every payment, the newest first."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    query = request.GET
    found = money_page(shown.row, number_in(query, "offer"), number_in(query, "payment"))
    context = {
        **head(shown),
        "offers": offers(shown.row, found.pledges),
        "offer_pager": pager(*found.pledge_page, query, name="offer"),
        "consents": consents(found.pledges),
        "paid": paid(shown, found.payments),
        "payment_pager": pager(*found.payment_page, query, name="payment"),
        "papers": papers(shown, resolution=found.pledges, voucher=found.payments),
        "accounts": reverse("accounts", args=[shown.held.topic.uid]),
    }
    return render(request, "yishi/project/money.html", context)


@page("project.view")
def story(request: HttpRequest, uid: str) -> HttpResponse:
    """Every step, the newest first."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    entries, at = story_of(shown.row, number_in(request.GET, "page"))
    lines = _story(shown, entries)
    context = {**head(shown), "story": lines, "pager": pager(*at, request.GET)}
    return render(request, "yishi/project/story.html", context)


def _opinion(one: ProjectOpinion, shown: Shown) -> dict[str, Any]:
    return {
        "body": one.body.name,
        "on": say_opinion_on(one.on),
        "words": one.words,
        "amount": say_yuan(one.amount_fen) if one.amount_fen is not None else "",
        "is_favourable": one.is_favourable,
        "when": say_when(one.at, shown.now),
    }


def _quotations(found: list[Quotation]) -> dict[str, Any] | None:
    if not found:
        return None
    rows = [
        (one.bidder, say_yuan(one.amount_fen), _taken(one.why) if one.is_taken else "—")
        for one in found
    ]
    return table(
        _("Quotations, the lowest first"), [_("Firm"), _("Asks for"), _("Taken")], rows, (1,)
    )


def _taken(why: str) -> str:
    return _("Taken: %(why)s") % {"why": why} if why else _("Taken")


def _story(shown: Shown, entries: list[Entry]) -> list[dict[str, Any]]:
    """Each step that is in the signed record leads there."""
    lines = say_story(entries, shown.now, "public", shown.actor.person_id)
    at = {entry.uid: entry.seq for entry in entries}
    for line in lines:
        seq = at.get(line["uid"])
        if seq is not None:
            line["verified_href"] = reverse("record_entry", args=[seq])
    return lines


urls: list[URLPattern] = [
    path("projects/<str:uid>/talks", talks, name="project_talks"),
    path("projects/<str:uid>/money", money, name="project_money"),
    path("projects/<str:uid>/story", story, name="project_story"),
]
