"""拆分: the parts of one matter, each with its own words, row of the list and unit."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from yishi.acts.case import intake
from yishi.acts.case.intake import PartAsked
from yishi.core.case.splitting import TITLE_MAX
from yishi.core.case.state import INTAKE
from yishi.core.caserules import RuleLacks
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.records.queries.duty import Rows, choose, duty_rows, handling_bodies
from yishi.records.queries.rule import in_force, today_of
from yishi.web.case.beside import came_from
from yishi.web.case.onward import onward
from yishi.web.case.page import say_with_last
from yishi.web.case.shown import Shown, read
from yishi.web.case.suggested import choice_shown, words_of
from yishi.web.gate import UNPROCESSABLE, ask_in, missing, new_key, page

TEMPLATE = "yishi/case/split.html"
OFFERED = 4


@dataclass(frozen=True)
class Typed:
    """One part as it stands in the form; `words` look a row up."""

    title: str = ""
    duty: str = ""
    unit: str = ""
    words: str = ""

    @property
    def empty(self) -> bool:
        """Nothing was typed into it: it is left out."""
        return not (self.title.strip() or self.duty)


@page("case.split", methods=("GET", "HEAD", "POST"))
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """Parts are added, looked up and, with the last button, given to their units."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    least = 2 if shown.case.state in INTAKE else 1
    parts = _typed(request.POST)
    if request.method != "POST":
        return _show(request, shown, [Typed() for _n in range(least)], None)
    if request.POST.get("do", "") != "split":
        more = [Typed()] if request.POST.get("do") == "more" else []
        return _show(request, shown, [*parts, *more], None)
    asked = [PartAsked(part.title, part.duty, part.unit) for part in parts if not part.empty]
    answer = intake.split(ask_in(request), uid, asked)
    if isinstance(answer, Refusal):
        fresh = read(request, uid)
        return missing(request) if fresh is None else _show(request, fresh, parts, answer)
    return onward(request, shown, answer, _("Split. Each unit has its part."))


def _show(
    request: HttpRequest, shown: Shown, parts: list[Typed], refusal: Refusal | None
) -> HttpResponse:
    case = shown.case
    has = len(shown.held.assignments)
    try:
        most = in_force(case.place, today_of(shown.now)).terms.course.split_parts - has
    except RuleLacks as lacks:
        most, refusal = len(parts), Refusal("rules_older", lacks.part, lacks.version, "", lacks.id)
    rows = duty_rows(case, today_of(shown.now))
    parts = parts[: max(most, 1)]
    context: dict[str, Any] = {
        "case": case,
        "number": show_number(case.number),
        "reports": shown.held.reports[:5],
        "given": [
            {"unit": row.unit.name, "title": row.title, "lead": row.is_lead}
            for row in shown.held.assignments
        ],
        "parts": [_part(index, part, rows, shown) for index, part in enumerate(parts)],
        "several": len(parts) > 1,
        "may_add": len(parts) < most,
        "most": most,
        "bodies": handling_bodies(case),
        "title_max": TITLE_MAX,
        "beside": came_from(request).query,
        "back": came_from(request).address(case.uid),
        "key": new_key(),
        "refusal": say_with_last(shown, refusal) if refusal else None,
    }
    return render(request, TEMPLATE, context, status=UNPROCESSABLE if refusal else 200)


def _part(index: int, part: Typed, rows: Rows, shown: Shown) -> dict[str, Any]:
    """One part with the rows that fit: those looked up, else those its own words suggest."""
    text = part.title if part.title.strip() else words_of(shown)
    found = choose(rows, text, part.words, part.duty, OFFERED)
    lead_open = any(c.lead_open and c.row["uid"] == part.duty for c in found.rows)
    return {
        "at": index,
        "number": index + 1,
        "typed": part,
        "choices": [choice_shown(choice, part.duty) for choice in found.rows],
        "more": found.more if part.words else 0,
        "lead_open": lead_open or bool(part.unit),
    }


def _typed(sent: QueryDict) -> list[Typed]:
    """The parts of a form, in their order; at most as many as it says it shows."""
    many = sent.get("parts", "0")
    count = min(int(many), 20) if many.isascii() and many.isdigit() and len(many) < 3 else 0
    return [
        Typed(
            sent.get(f"title_{at}", "")[:400],
            sent.get(f"duty_{at}", "")[:40],
            sent.get(f"unit_{at}", "")[:40],
            sent.get(f"q_{at}", "").strip()[:40],
        )
        for at in range(count)
    ]
