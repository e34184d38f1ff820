"""Rows of the responsibility list as a dispatcher chooses among them, each with its reason."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.span import say_limit
from yishi.records.queries.duty import USED_DAYS, Choice, duty_choices, row_of
from yishi.records.queries.routing import HitRate, Routed, hit_rate
from yishi.records.queries.rule import today_of
from yishi.web.case.shown import Shown
from yishi.web.gate import new_key

# How sure a suggestion is, in words, from this share up; below the last the words of earlier cases
# alone do not put a row before somebody who presses one key. Ours.
SURE, LIKELY, POSSIBLE = 0.75, 0.4, 0.15


def words_of(shown: Shown) -> str:
    """What was said of the case: what suggestions are looked for in."""
    return "\n".join(report.words for report in shown.held.reports) or shown.case.line


def choice_shown(choice: Choice, chosen: str) -> dict[str, Any]:
    """A row as it is offered: what it is, who leads it, how long it takes, why it is here."""
    row = choice.row
    routed = choice.routed
    marked = routed.found.words if routed else ()
    reasons = []
    if choice.why and not marked:
        reasons.append(_("the matter says “%(words)s”") % {"words": choice.why})
    if choice.used and not (routed and routed.earlier):
        times = {"times": choice.used, "days": USED_DAYS}
        reasons.append(_("used here %(times)s times in the last %(days)s days") % times)
    return {
        "uid": row["uid"],
        "title": " · ".join(part for part in (row["title"], row["grade"], row["area"]) if part),
        "class": row["major"],
        "lead": row["lead_body__name"] or row["lead"],
        "lead_open": choice.lead_open,
        "co": "、".join(row["co"]),
        "limit": row["limit_words"] or say_limit(row["limit_length"], row["limit_kind"]),
        "why": _("; ").join(reasons),
        "checked": row["uid"] == chosen,
        "marked": marked,
        **(routed_shown(routed) if routed else {}),
    }


def routed_shown(routed: Routed) -> dict[str, Any]:
    """How sure, earlier matters like it, and where such matters went."""
    share = routed.found.confidence
    levels = ((SURE, _("very likely")), (LIKELY, _("likely")), (POSSIBLE, _("possible")))
    sure = next((word for least, word in levels if share >= least), _("a guess"))
    earlier = routed.earlier
    return {
        "sure": _("%(sure)s, %(percent)s%%")
        % {"sure": sure, "percent": round(share * 100) or "<1"},
        "cases": routed.found.cases,
        "like": [
            {"href": reverse("case", args=[uid]), "number": show_number(number)}
            for uid, number in routed.like
        ],
        "went": _("here %(times)s of %(of)s went to %(unit)s")
        % {"times": earlier.times, "of": earlier.of, "unit": earlier.lead}
        if earlier
        else "",
        "went_with": "、".join(earlier.co) if earlier else "",
    }


def is_plain(choice: Choice) -> bool:
    """Whether the matter's own words speak for it, so that it may be chosen beforehand: words of
    the list, or words of earlier cases that are more than a guess."""
    found = choice.routed.found if choice.routed else None
    return bool(choice.why or (found and found.words and found.confidence >= POSSIBLE))


def rank_of(request: HttpRequest) -> int | None:
    """At which rank the chosen row was suggested, 0 for not at all; None where none was."""
    offered = request.POST.get("offered", "").split()[:9]
    chosen = request.POST.get("duty", "")
    if not offered:
        return None
    return offered.index(chosen) + 1 if chosen in offered else 0


def hits_shown(now: datetime) -> HitRate | None:
    """How often what was suggested was taken; None before it ever was shown."""
    rate = hit_rate(now)
    return rate if rate.of else None


def suggested(shown: Shown) -> dict[str, Any]:
    """The few rows offered beside a matter of a queue, for one press: only rows that words of the
    matter speak for, and the row it was filed under. Seven statements at most.

    None is chosen but the one it was filed under: one key must not send a matter to a unit that
    nobody looked at.
    """
    day = today_of(shown.now)
    kept = row_of(shown.case, day)
    found = duty_choices(shown.case, words_of(shown), "", day, shown.actor, kept)
    fitting = [row for row in found.rows if is_plain(row) or row.row["uid"] == kept]
    return {
        "choices": [choice_shown(row, kept) for row in fitting],
        "offered": " ".join(found.offered),
        "key": new_key(),
    }
