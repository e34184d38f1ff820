"""The rounds of a place: where each stands, and where wishes are taken now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from yishi.records.queries.paging import listed
from yishi.records.queries.round import rounds
from yishi.records.queries.topic_list import own_place
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, page
from yishi.web.round.rows import round_rows
from yishi.web.rows import page_in, pager_of


@page("round.list")
def round_list(request: HttpRequest) -> HttpResponse:
    """Every round of the place asked for; of one's own place unless another was."""
    place = request.GET.get("place")
    if place is None:
        place = own_place(actor_in(request))
    moment = now()
    found = listed(rounds(place[:40]), page_in(request.GET))
    context = {
        "rows": round_rows(found.rows, moment),
        "pager": pager_of(found, request.GET),
        "place": found.rows[0]["place__name"] if place and found.rows else "",
        "everywhere": not place,
    }
    return render(request, "yishi/round/list.html", context)


urls: list[URLPattern] = [path("rounds", round_list, name="rounds")]
