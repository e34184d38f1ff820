"""Rows of the responsibility list as a dispatcher chooses among them, each with its reason."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.phrases.span import say_limit
from yishi.records.queries.duty import USED_DAYS, Choice, duty_choices, row_of
from yishi.records.queries.rule import today_of
from yishi.web.case.shown import Shown
from yishi.web.gate import new_key


def words_of(shown: Shown) -> str:
    """What was said of the case: what suggestions are looked for in."""
    return "\n".join(report.words for report in shown.held.reports) or shown.case.line


def choice_shown(choice: Choice, chosen: str) -> dict[str, Any]:
    """A row as it is offered: what it is, who leads it, how long it takes, why it is here."""
    row = choice.row
    reasons = []
    if choice.why:
        reasons.append(_("the matter says “%(words)s”") % {"words": choice.why})
    if choice.used:
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
    }


def suggested(shown: Shown) -> dict[str, Any]:
    """The few rows offered beside a matter of a queue, for one press: only rows whose own words
    stand in the matter, and the row it was filed under. Three statements.

    None is chosen but the one it was filed under: one key must not send a matter to a unit that
    nobody looked at.
    """
    day = today_of(shown.now)
    kept = row_of(shown.case, day)
    found = duty_choices(shown.case, words_of(shown), "", day, kept)
    fitting = [row for row in found.rows if row.why or row.row["uid"] == kept]
    return {"choices": [choice_shown(row, kept) for row in fitting], "key": new_key()}
