"""Where a case and its method part, in words."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.translation import gettext as _

from yishi.core.topic.sentence import NO_CALENDAR, UNUSED, Case, Mismatch
from yishi.rulebook.says import REASONS


def say_parting(case: Case, wrong: Mismatch) -> str:
    """The case, its line, what it says and what there is."""
    return _("Case “%(title)s”, line %(line)s: it says %(said)s, and there is %(found)s") % {
        "title": case.title,
        "line": wrong.line,
        "said": _value(wrong.said),
        "found": _value(wrong.found),
    }


def _value(value: object) -> str:
    """A reason as a case says it, names in a row."""
    if value is None:
        return _("nothing is refused")
    if value == UNUSED:
        return _("something this step has no use for")
    if value == NO_CALENDAR:
        return _("The work-day calendar is not loaded")
    if isinstance(value, StrEnum):
        value = value.value
    if isinstance(value, str):
        return next((words for words, code in REASONS.items() if code == value), value)
    if isinstance(value, Iterable):
        return _(", ").join(_value(one) for one in value)
    return str(value)
