"""What a case page shows of many: its residents' reports page by page, the cases merged into it,
the calls for help."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from yishi.core.case.state import CaseState
from yishi.core.number import show_number
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.state import say_state
from yishi.phrases.story import in_one_go
from yishi.records.models import Entry, Report
from yishi.records.queries.paging import page_within
from yishi.web.case.shown import Shown
from yishi.web.gate import new_key
from yishi.web.rows import pager

REPORTS, MERGED, STEPS = 30, 20, 40


def group_context(shown: Shown, query: QueryDict) -> dict[str, Any]:
    """Reports, merged cases and calls, a page of each. One statement more on a merged case."""
    reports, reports_pager = _page(_all_reports(shown), query, "reports", REPORTS)
    merged, merged_pager = _page(shown.beside.merged, query, "merged", MERGED)
    case = shown.case
    return {
        "reports": _reports(shown, reports),
        "residents": len(_all_reports(shown)),
        "reports_pager": reports_pager,
        "merged": [
            {
                "number": show_number(row.number),
                "line": row.line,
                "href": reverse("case", args=[row.uid]),
                "state": say_state(row.state_before)["word"],
                "residents": row.residents,
                "at": say_when(row.at, shown.now),
                "exact": say_exact(row.at),
                "out": reverse("case_unmerge", args=[row.uid]),
            }
            for row in merged
        ],
        "merged_pager": merged_pager,
        "may_take_out": shown.may("case.let_go"),
        "main": {"number": show_number(case.main.number), "href": _href(case.main.uid)}
        if case.main is not None
        else None,
        "calls": _calls(shown),
    }


def photos_shown(shown: Shown, query: QueryDict) -> list[str]:
    """The photos sent with the reports that stand on this page."""
    photos = [photo for photo in shown.beside.photos if not photo.proof]
    if len(_all_reports(shown)) <= REPORTS:
        return [photo.uid for photo in photos]
    here = {report.uid for report in _page(_all_reports(shown), query, "reports", REPORTS)[0]}
    return [photo.uid for photo in photos if photo.report in here]


def steps_shown(shown: Shown, query: QueryDict) -> tuple[list[Entry], int]:
    """The newest steps of the story, newest first, and how many older lines were left out."""
    lines = in_one_go(reversed(shown.beside.entries))
    kept = lines if query.get("story") == "all" else lines[:STEPS]
    return [entry for line in kept for entry in line], len(lines) - len(kept)


def _all_reports(shown: Shown) -> Sequence[Report]:
    """Those handled here; of a merged case those it brought along."""
    if shown.case.state != CaseState.MERGED:
        return shown.held.reports
    return shown.along


def _reports(shown: Shown, reports: Sequence[Report]) -> list[dict[str, Any]]:
    return [
        {
            "words": report.words,
            "is_title": " ".join(report.words.split()) == shown.case.line,
            "number": show_number(report.number),
            "at": say_when(report.filed_at, shown.now),
            "exact": say_exact(report.filed_at),
            "answer": report.answer if report.answered_at else "",
            "urged": say_when(report.urged_at, shown.now) if report.urged_at else "",
        }
        for report in reports
    ]


def _calls(shown: Shown) -> list[dict[str, Any]]:
    """The open ones first; whoever may end one gets a button for it."""
    ends = shown.may("case.end_call")
    return [
        {
            "words": call.words,
            "unit": call.unit,
            "at": say_when(call.at, shown.now),
            "exact": say_exact(call.at),
            "open": call.closed_at is None,
            "end": reverse("case_end_call", args=[shown.case.uid, call.uid])
            if ends and call.closed_at is None
            else "",
            "key": new_key(),
        }
        for call in sorted(shown.beside.calls, key=lambda call: call.closed_at is not None)
    ]


def _page(rows: Sequence[Any], query: QueryDict, name: str, size: int) -> tuple[Any, Any]:
    asked = query.get(name, "1")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    page, pages = page_within(wanted, len(rows), size)
    shown = rows[(page - 1) * size : page * size]
    return shown, pager(page, pages, len(rows), query, name=name) if pages > 1 else None


def _href(uid: str) -> str:
    return reverse("case", args=[uid])
