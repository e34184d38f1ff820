"""Pages of cases: the list, one case, its clocks, and everything staff do to it."""

from django.urls import URLPattern, path

from yishi.web.case import (
    call,
    cases,
    clocks,
    contact,
    dispatch,
    merge,
    page,
    refuse,
    ruling,
    split,
)
from yishi.web.case.act import addresses
from yishi.web.case.deeds import CASE

urls: list[URLPattern] = [
    path("cases", cases.view, name="case_list"),
    path("cases/<str:uid>", page.view, name="case"),
    path("cases/<str:uid>/clocks", clocks.view, name="clock"),
    path("cases/<str:uid>/reporter", contact.view, name="case_reporter"),
    path("cases/<str:uid>/dispatch", dispatch.view, name="case_dispatch"),
    path("cases/<str:uid>/accept", dispatch.accept, name="case_accept"),
    path("cases/<str:uid>/refuse", refuse.view, name="case_refuse"),
    path("cases/<str:uid>/rule", ruling.view, name="case_rule"),
    path("cases/<str:uid>/merge", merge.alike, name="case_merge"),
    path("cases/<str:uid>/unmerge", merge.unmerge, name="case_unmerge"),
    path("cases/<str:uid>/split", split.view, name="case_split"),
    path("cases/<str:uid>/calls/<str:call_uid>/claim", call.claim, name="case_claim"),
    path("cases/<str:uid>/calls/<str:call_uid>/end", call.end, name="case_end_call"),
    path("merge", merge.together, name="merge"),
    path("calls", call.calls, name="calls"),
    *addresses(CASE),
]
