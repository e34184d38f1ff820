"""Refusals in words: what is missing, need and have, by which rule, what to do next."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.calendar import SpanKind
from yishi.core.case.state import CaseState
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact
from yishi.phrases.duty import say_may
from yishi.phrases.oversight import say_grounds
from yishi.phrases.refusals import every_word
from yishi.phrases.rule import say_rule_kind
from yishi.phrases.span import say_limit
from yishi.phrases.state import say_state

SHOWN = 8
# The id of a rule file, alone or with its version: no word anybody knows.
RULE_FILE = re.compile(r"[a-z][a-z_-]*( \d+)?")
# What the code itself already says, so that a bare code would only puzzle the reader.
_SILENT = frozenset(
    {
        "not_yours",
        "not_found",
        "not_independent",
        "key_used",
        "item_unknown",
        "rules_older",
        "already_decided",
        "verdict_unknown",
        "ground_unknown",
        "merge_chain",
        "main_behind",
        "already_answered_main",
        "not_merged",
        "way_unknown",
        "found_unknown",
        "breach_unknown",
    }
)


def say_refusal(refusal: Refusal) -> dict[str, Any]:
    """The context of `pieces/refusal.html`: {title, missing, need, have, source, next}.

    An unknown code still says that nothing was done, and names itself.
    """
    title, missing, after = every_word().get(
        refusal.code, (_("This could not be done"), refusal.code, "")
    )
    need, have = _value(refusal.need, refusal.unit), _value(refusal.have, refusal.unit)
    if refusal.code in _SILENT:
        need, have = "", ""
    elif refusal.code == "duty_not_for_community":
        need, have = _burden(refusal)
    elif refusal.code == "rules_missing":
        need = say_rule_kind(str(refusal.need))
    return {
        "title": title,
        "missing": missing,
        "need": need,
        "have": have,
        "source": _source(refusal.source),
        "next": after,
    }


def has_words(code: str) -> bool:
    """Whether somebody wrote words for this code."""
    return code in every_word()


def _value(value: object, unit: str) -> str:
    """A need or a have as people read it: numbers with their unit, states and lists as words."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return say_exact(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list | set | frozenset):
        return _list(value, unit)
    if isinstance(value, int) and not isinstance(value, bool):
        return say_limit(value, unit) if unit in set(SpanKind) else _counted(value, unit)
    text = str(value)
    if unit == "moment":
        return say_exact(datetime.fromisoformat(text))
    if unit == "state" and text in set(CaseState):
        return say_state(text)["word"]
    if unit == "publication":
        return _publication().get(text, text)
    if unit == "ground":
        return say_grounds().get(text, text)
    return text


def _list(values: Iterable[object], unit: str) -> str:
    words = [
        _value(value, unit if unit in ("state", "publication", "ground") else "")
        for value in values
    ]
    more = [_("and %(more)s more") % {"more": len(words) - SHOWN}] if len(words) > SHOWN else []
    return _(", ").join([*dict.fromkeys(words[:SHOWN]), *more])


def _counted(number: int, unit: str) -> str:
    form = {
        "photos": _("%(n)s photos"),
        "characters": _("%(n)s characters"),
        "character": _("%(n)s characters"),
        "digits": _("%(n)s digits"),
        "digit": _("%(n)s digits"),
        "axes": _("%(n)s ratings"),
        "units": _("%(n)s units"),
        "parts": _("%(n)s parts"),
        "reports": _("%(n)s reports"),
        "rows": _("%(n)s rows"),
        "columns": _("%(n)s columns"),
        "MB": _("%(n)s MB"),
        "bytes": _("%(n)s bytes"),
        "pixels": _("%(n)s pixels"),
    }.get(unit, "%(n)s")
    return form % {"n": f"{number:,}"}


def _burden(refusal: Refusal) -> tuple[str, str]:
    """What the list would have to say, and what it says of this item and this community."""
    unit, item, may = refusal.have if isinstance(refusal.have, tuple) else ("", "", "")
    return say_may(str(refusal.need)), _("%(unit)s, “%(item)s”: %(may)s") % {
        "unit": unit,
        "item": item,
        "may": say_may(str(may)),
    }


def _publication() -> dict[str, str]:
    return {
        "draft": _("Draft"),
        "reviewed": _("Reviewed"),
        "published": _("Public"),
        "taken_down": _("Taken down"),
    }


def _source(source: str) -> str:
    """The rule as people name it; what only the code cites by a section of norms.md has a name
    here, or is left out."""
    if source == "permit":
        return _("Table of who may do what")
    if source.startswith("practice "):
        return ""
    if RULE_FILE.fullmatch(source):
        return _("the rules in force here (%(rules)s)") % {"rules": source}
    if not source.startswith("norms.md"):
        return source
    named = {
        "Independence": _("Who handles does not check"),
        "Lead is responsible": _("The lead unit answers for the whole"),
        "Responsibility list": _("The responsibility list"),
        "The fork at intake": _("A matter of many is made a topic with a reason"),
        "contact within 24 h": _("The resident is rung up within 24 hours"),
        "即办件": _("On the spot means with a photo"),
        "Returns": _("A return has a reason, a clause and a time"),
        "Clocks": _("How time limits run"),
        "Similar matters": _("Similar matters are handled once, each resident answered"),
        "who may": _("Who may do what"),
        "Call-back": _("Called back on four axes"),
        "affairs supervisory committee": _("The affairs supervisory committee orders nobody"),
        "责任追究": _("A finding rests on the record"),
        "等保 level 3": _("Level 3 of the classified protection of information systems"),
    }
    return next((words for ending, words in named.items() if source.endswith(ending)), "")
