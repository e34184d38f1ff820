"""The notice of a meeting worked out line by line, and what each form of meeting asks."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.calendar import CalendarMissing
from yishi.core.meeting.calling import earliest
from yishi.core.meeting.now import Form
from yishi.core.meeting.terms import Terms, terms_for
from yishi.core.method.language import Rhythm, Stage
from yishi.core.place import BodyKind
from yishi.phrases.clock import say_full
from yishi.phrases.meeting import say_limit
from yishi.phrases.method import say_span
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text
from yishi.phrases.rule_file import say_source


def terms_of(
    rules: Any,
    form: str,
    own: Iterable[Mapping[str, Any]],
    body: str,
    rhythm: Rhythm | None,
    stage: Stage | None,
) -> Terms:
    """The rule it would be called by: of the body whose meeting the rhythm says it is, else of
    the one that convenes it; of the `stage` it is held for."""
    kind = rhythm.body if rhythm else next(row["kind"] for row in own if row["uid"] == body)
    terms = terms_for(rules, Form(form), BodyKind(kind), stage)
    assert terms is not None
    return terms


def sums_of(
    terms: Terms, calendar: Any, moment: Any, starts_at: Any
) -> tuple[list[dict[str, str]], str]:
    """The arithmetic of the notice, line by line, and what follows from it."""
    lines = [
        {
            "text": _("Notice before a meeting of this form"),
            "value": say_span(terms.notice),
            "source": say_source(terms.notice.source),
        }
    ]
    try:
        first = earliest(terms, calendar, moment)
    except CalendarMissing:
        return lines, _("The work-day calendar of that year is not loaded.")
    kept = starts_at >= first
    lines += [
        {"text": _("Sent now, it may begin from"), "value": say_full(first), "source": ""},
        {"text": _("You set it for"), "value": say_full(starts_at), "source": ""},
        {
            "text": _("So the notice is"),
            "value": _("kept") if kept else _("too short"),
            "source": "",
        },
    ]
    words = (
        _("Once sent, everybody called is told, and the meeting stands in public with its items.")
        if kept
        else _("Choose a later day, or say above why it cannot wait.")
    )
    return lines, words


def rules_told(rules: Any, forms: Iterable[Form]) -> list[dict[str, Any]]:
    """What each of these forms asks."""
    told = []
    for form in forms:
        rule = rules.forms[form]
        lines = [
            {"text": _("Notice"), "value": say_limit(rule.notice), "source": ""},
            {
                "text": _("Called each time"),
                "value": _(", ").join(say_kind(kind) for kind in rule.calls),
                "source": "",
            },
        ]
        told.append({"name": say_text(rule.name), "lead": say_text(rule.about), "lines": lines})
    return told
