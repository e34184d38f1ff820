"""The responsibility list in force: searched by words, by class, by unit; a row with its ground."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.permit import reach
from yishi.phrases.span import say_limit
from yishi.records.queries.finding import Kept, promise_of
from yishi.records.queries.rule import today_of
from yishi.records.queries.rule_list import duties, duty_filters, duty_for
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, missing, page
from yishi.web.office import choices, rooms, table
from yishi.web.rows import page_in, pager_of


@page("rules.view")
def duty_list(request: HttpRequest) -> HttpResponse:
    """Rows of the lists in force, fifty a page."""
    actor, query, today = actor_in(request), request.GET, today_of(now())
    words = query.get("q", "").strip()[:60]
    category, unit = query.get("class", "")[:20], query.get("unit", "")[:80]
    found = duties(actor, words, category, unit, page_in(request.GET), today)
    classes, units = duty_filters(actor, today)
    rows = [
        (
            (row["title"], reverse("rule_duty", args=[row["uid"]])),
            row["major"] or "—",
            row["grade"] or "—",
            "、".join([row["lead"], *row["co"]]),
            row["area"] or _("Anywhere"),
            _limit(row),
        )
        for row in found.rows
    ]
    labels = [_("Item"), _("Class"), _("Grade"), _("Lead, co-handlers"), _("Area"), _("Time limit")]
    every = ("", _("All"))
    led = [(name, f"{name}（{many}）") for name, many in units]
    context = {
        "rooms": rooms("rule_duties"),
        "table": table("", labels, rows),
        "found": bool(rows),
        "words": words,
        "classes": choices([every, *((name, name) for name in classes)], category),
        "units": choices([every, *led], unit),
        "pager": pager_of(found, request.GET),
    }
    return render(request, "yishi/rule/duties.html", context)


@page("duty.view")
def duty(request: HttpRequest, uid: str) -> HttpResponse:
    """One row: who answers, in what time, on what ground, when it is settled, what is promised
    and how the promise was kept."""
    actor = actor_in(request)
    row = duty_for(actor, uid)
    if row is None:
        return missing(request)
    values = {"limit_words": row.limit_words, "limit_length": row.limit_length}
    limit = _limit({**values, "limit_kind": row.limit_kind})
    facts = [
        (_("Its code"), row.code),
        (_("Class"), " · ".join(filter(None, (row.category, row.major)))),
        (_("Grade"), row.grade),
        (_("Area"), row.area or _("Anywhere")),
        (_("Lead"), row.lead_body.name if row.lead_body else row.lead),
        (_("Co-handlers"), "、".join(row.co)),
        (_("Supervised by"), row.supervising),
        (_("Time limit"), limit),
        (_("Legal basis"), row.basis),
        (_("Settled when"), row.standard),
        (_("Promise to the public"), row.promise),
        (_("In the list"), f"{row.bundle.name} {row.bundle.version} · {row.place.name}"),
        (_("In force"), f"{row.valid_from.isoformat()} – {row.replaced_on or _('without end')}"),
    ]
    context = {
        "rooms": rooms("rule_duties"),
        "row": row,
        "kept": _kept(promise_of(row, now()), row.uid, may_list=bool(reach(actor, "finding.list"))),
        "may_back": bool(reach(actor, "rules.view")),
        "facts": [{"label": label, "value": value} for label, value in facts if value],
    }
    return render(request, "yishi/rule/duty.html", context)


def _kept(counts: Kept, uid: str, *, may_list: bool) -> list[dict[str, Any]]:
    """How the promise of a row was kept, each number with its list where there is one."""
    findings: dict[str, Any] = {
        "label": _("Findings"),
        "value": counts.findings,
        "kind": "late" if counts.findings else "",
    }
    if may_list:
        findings["href"] = f"{reverse('findings')}?duty={uid}"
    return [
        {"label": _("Kept: done in time"), "value": counts.kept},
        {
            "label": _("Broken: not done in time"),
            "value": counts.broken,
            "kind": "late" if counts.broken else "",
        },
        {"label": _("Running in time"), "value": counts.open},
        findings,
    ]


def _limit(row: dict[str, Any]) -> str:
    return row["limit_words"] or say_limit(row["limit_length"], row["limit_kind"]) or "—"


urls: list[URLPattern] = [
    path("rules/duties", duty_list, name="rule_duties"),
    path("rules/duties/<str:uid>", duty, name="rule_duty"),
]
