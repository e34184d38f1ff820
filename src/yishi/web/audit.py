"""The private audit table: sign-ins and reads of identifying data, for the auditor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.core.number import read_number, show_number
from yishi.core.person import Actor
from yishi.phrases.audited import say_audited
from yishi.phrases.clock import say_exact
from yishi.records.queries.audit import AuditFilters, audited_acts, list_audit, reads_all
from yishi.records.queries.place import places_for
from yishi.web.gate import actor_in, page
from yishi.web.rows import page_in, pager_of


@page("audit.view")
def view(request: HttpRequest) -> HttpResponse:
    """Who did what, when, from where, and whether it succeeded; newest first."""
    actor, query = actor_in(request), request.GET
    filters = AuditFilters(
        query.get("what", "")[:40],
        query.get("success", ""),
        query.get("day", "")[:10],
        query.get("login", "").strip()[:40],
    )
    listed = list_audit(actor, filters, page_in(query))
    labels = [_("When"), _("Who"), _("What"), _("Succeeded"), _("On what"), _("From where")]
    found = {
        "table": {
            "caption": _("Newest first"),
            "columns": [{"label": label} for label in labels],
            "rows": [
                [
                    {"text": text, "label": label}
                    for label, text in zip(labels, _cells(row), strict=True)
                ]
                for row in listed.rows
            ],
        },
        "pager": pager_of(listed, query),
        "filters": filters,
        "acts": [(code, say_audited(code), code == filters.what) for code in audited_acts(actor)],
        "part": "" if reads_all(actor) else _part(actor),
        "narrowed": filters != AuditFilters(),
    }
    return render(request, "yishi/audit/list.html", found)


def _part(actor: Actor) -> str:
    names = _(", ").join(row["name"] for row in places_for(actor, "audit.view"))
    return _(
        "Here is what people did who live or serve in %(place)s. Tries by nobody known, and by "
        "people tied to no place, are read by the auditor of the topmost place."
    ) % {"place": names}


def _cells(row: dict) -> list[str]:
    who = " · ".join(part for part in (row["person__name"], row["person__login"]) if part)
    on = _on(row["subject"], row["detail"])
    return [
        say_exact(row["at"]),
        who or _("Nobody known"),
        say_audited(row["what"]),
        _("Yes") if row["success"] else _("No"),
        on or "—",
        row["address"] or "—",
    ]


def _on(subject: str, detail: str) -> str:
    """What it was about: a matter by its number, all else as it was noted."""
    number = read_number(detail)
    if isinstance(number, str):
        return show_number(number)
    return " · ".join(part for part in (subject, detail) if part)


urls: list[URLPattern] = [path("audit", view, name="audit")]
