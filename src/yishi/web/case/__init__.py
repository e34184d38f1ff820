"""Pages of cases: the list, one case, its clocks, and everything staff do to it."""

from django.urls import URLPattern, path

from yishi.web.case import cases, clocks, contact, dispatch, page, refuse
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
    *addresses(CASE),
]
