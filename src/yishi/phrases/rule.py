"""Rule files in words: their kinds, and their own texts."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yishi.core.caserules import Text


def say_text(text: Text) -> str:
    """What a rule file says, in the reader's language."""
    return text.in_language(get_language() or "")


def say_rule_kind(kind: str) -> str:
    """The kind as people call it."""
    return {
        "calendar": _("Work-day calendar"),
        "casework": _("Handling of matters"),
        "channels": _("Channels"),
        "duties": _("Responsibility list"),
        "hours": _("Office hours"),
        "instant": _("Instant answers"),
        "mapping": _("Column map"),
        "messages": _("Messages"),
        "rates": _("The three rates"),
        "sheets": _("Sheets asked for from above"),
        "redaction": _("What is hidden before publication"),
        "similar": _("Similar matters"),
    }.get(kind, kind)
