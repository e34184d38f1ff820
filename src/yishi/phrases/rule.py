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
        "floors": _("Additions of the district"),
        "hours": _("Office hours"),
        "instant": _("Instant answers"),
        "law": _("What the law requires of deliberation"),
        "mapping": _("Column map"),
        "meetings": _("Meetings"),
        "messages": _("Messages"),
        "methods": _("Methods"),
        "rates": _("The three rates"),
        "sheets": _("Sheets asked for from above"),
        "redaction": _("What is hidden before publication"),
        "similar": _("Similar matters"),
        "voices": _("What is said on a topic, and its texts"),
    }.get(kind, kind)
