"""What was asked of a case and the word on it, as facts on its page."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.case.request import RequestKind, RequestState
from yishi.core.caserules import CaseRules
from yishi.phrases.clock import say_by, say_exact, say_exact_by, say_when
from yishi.phrases.request import say_kind, say_request_state
from yishi.phrases.rule import say_text
from yishi.phrases.span import say_limit
from yishi.records.models import Person, Request, Ruling
from yishi.web.case.shown import Shown

DECIDED_BY: dict[str, str] = {
    RequestKind.RETURN: "case.decide_return",
    RequestKind.EXTENSION: "case.decide_extension",
    RequestKind.SUSPENSION: "case.decide_suspension",
}
# Steps that say why a return went to the arbitration group.
SIDES = ("case.return_disputed", "case.return_contested", "case.return_refused")


def request_facts(
    row: Request, now: datetime, rules: CaseRules | None = None
) -> list[dict[str, Any]]:
    """What a unit asks for, and why: the context of `pieces/facts.html`."""
    facts = [
        (_("Asked by"), _who(row.assignment.unit.name, row.asked_by), ""),
        (_("Asked at"), say_when(row.asked_at, now), say_exact(row.asked_at)),
    ]
    if row.kind == RequestKind.RETURN:
        facts += [
            (_("Reason"), row.reason, ""),
            (_("Clause"), row.clause, ""),
            (_("Suggested unit"), row.suggested.name if row.suggested else "", ""),
        ]
    elif row.kind == RequestKind.EXTENSION:
        facts += [(_("How much longer"), _length(row), ""), (_("Reason"), row.reason, "")]
    else:
        until = row.until_at
        facts += [
            (_("Ground"), _ground(row, rules), ""),
            (
                _("Until which day"),
                say_by(until, now) if until else "",
                say_exact_by(until) if until else "",
            ),
            (_("Reason"), row.reason, ""),
        ]
    return _facts(facts)


def requests_shown(shown: Shown) -> list[dict[str, Any]]:
    """Every request on the case, the latest first, each with the word on it."""
    # Only the grounds of a suspension are named by the rules.
    named = any(row.kind == RequestKind.SUSPENSION for row in shown.requests)
    rules = shown.terms.rules if named else None
    return [
        {
            "kind": say_kind(row.kind),
            "tag": say_request_state(row.state),
            "facts": request_facts(row, shown.now, rules) + _decision(row, shown.now),
            "ruling": _ruling(row, shown.now),
        }
        for row in reversed(shown.requests)
        # Whoever decides reads it where they decide.
        if not (row.state == RequestState.ASKED and shown.may(DECIDED_BY[row.kind]))
    ]


def sides(shown: Shown) -> list[dict[str, Any]]:
    """What each side said of the return in dispute, in the order it was said."""
    return [
        {
            "who": entry.office or say_kind(RequestKind.RETURN),
            "name": entry.person.name if entry.person else "",
            "words": str(entry.params.get("words", "")),
            "at": say_when(entry.at, shown.now),
            "exact": say_exact(entry.at),
        }
        for entry in shown.beside.entries
        if entry.code in SIDES and entry.params.get("words")
    ]


def _decision(row: Request, now: datetime) -> list[dict[str, Any]]:
    if row.decided_at is None or row.state in (RequestState.RULED, RequestState.LAPSED):
        # A ruling is told by itself; what is kept of the refusal before it is its words.
        return _facts([(_("Words of the refusal"), row.words, "")])
    return _facts(
        [
            (_("Decided by"), row.decided_by.name if row.decided_by else "", ""),
            (_("Decided at"), say_when(row.decided_at, now), say_exact(row.decided_at)),
            (_("In these words"), row.words, ""),
        ]
    )


def _ruling(row: Request, now: datetime) -> list[dict[str, Any]]:
    ruling: Ruling | None = getattr(row, "ruling", None)
    if ruling is None:
        return []
    amendment = getattr(ruling, "amendment", None)
    proposed = ""
    if amendment is not None:
        parts = (amendment.title, amendment.grade, amendment.area or _("Anywhere"))
        proposed = f"{' · '.join(part for part in parts if part)} → {amendment.lead}"
    return _facts(
        [
            (_("Lead"), ruling.lead.name, ""),
            (_("Co-handlers"), "、".join(ruling.co), ""),
            (_("On the ground"), ruling.words, ""),
            (_("Ruled by"), ruling.ruled_by.name if ruling.ruled_by else "", ""),
            (_("Ruled at"), say_when(ruling.ruled_at, now), say_exact(ruling.ruled_at)),
            (_("Proposed for the list"), proposed, ""),
        ]
    )


def _length(row: Request) -> str:
    """In the units of the clock it is asked for."""
    return say_limit(row.length, getattr(row, "span_kind", "") or "")


def _ground(row: Request, rules: CaseRules | None) -> str:
    reasons = rules.course.suspend_reasons if rules and rules.course else {}
    text = reasons.get(row.clause)
    return say_text(text) if text else row.clause


def _who(unit: str, person: Person | None) -> str:
    return " · ".join(part for part in (unit, person.name if person else "") if part)


def _facts(facts: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    return [{"label": la, "value": value, "exact": exact} for la, value, exact in facts if value]
