"""Everything that can be printed or taken out of a case, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.form import Form
from yishi.core.number import show_number
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.form.names import say_form
from yishi.records.queries.form_list import forms_of, forms_of_reports
from yishi.records.queries.form_report import PAGE
from yishi.records.queries.paging import page_within
from yishi.web.case.shown import read
from yishi.web.gate import missing, page
from yishi.web.rows import page_in, pager


@page("form.print")
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """The forms of a case: those of the handling, then those of each resident's words."""
    shown = read(request, uid, "form.print")
    if shown is None:
        return missing(request)
    number, pages = page_within(page_in(request.GET), len(shown.held.reports), PAGE)
    reports, total = forms_of_reports(shown.actor, shown.held, number)
    context = {
        "case": shown.case,
        "number": show_number(shown.case.number),
        "line": shown.case.line or shown.case.item_title or _("Without words"),
        "leaves": [
            {
                "name": say_form(leaf.form),
                "about": leaf.about,
                "at": say_when(leaf.at, shown.now) if leaf.at else "",
                "exact": say_exact(leaf.at) if leaf.at else "",
                **_addresses(leaf.form, leaf.uid),
            }
            for leaf in forms_of(shown.held)
        ],
        "reports": [
            {
                "number": show_number(report.number),
                "words": " ".join(report.words.split())[:60],
                "forms": [
                    {"name": say_form(form), **_addresses(form, report.uid)} for form in forms
                ],
            }
            for report, forms in reports
        ],
        "pager": pager(number, pages, total, request.GET),
        "dossier": reverse("case_dossier", args=[uid]) if shown.may("form.dossier") else "",
    }
    return render(request, "yishi/form/of_case.html", context)


def _addresses(form: Form, uid: str) -> dict[str, str]:
    return {
        "sheet": reverse("form_sheet", args=[form, uid]),
        "word": reverse("form_word", args=[form, uid]),
    }
