"""Everything that was seen of the works of a project, page by page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from yishi.records.queries.project_works_page import looks_of
from yishi.web.gate import missing, page
from yishi.web.project.shown import head, read
from yishi.web.project.works_shown import said_look
from yishi.web.rows import page_in, pager_of


@page("project.view")
def looks(request: HttpRequest, uid: str) -> HttpResponse:
    """Those who looked on, the newest first."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    found = looks_of(shown.row, page_in(request.GET))
    rows = [said_look(shown, row) for row in found.rows]
    context = {**head(shown), "rows": rows, "pager": pager_of(found, request.GET)}
    return render(request, "yishi/project/looks.html", context)


urls: list[URLPattern] = [path("projects/<str:uid>/looks", looks, name="project_looks")]
