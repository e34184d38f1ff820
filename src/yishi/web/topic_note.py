"""The note on a matter that is talked over: in which topic, and where that stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.topic import say_kept_text, say_outcome, say_topic_standing


def topic_note(row: Mapping[str, Any], now: datetime, *, own: bool = False) -> dict[str, str]:
    """The context of `topic/note.html`. `own`: to whoever raised the matter."""
    standing = say_topic_standing(
        row["state"],
        say_kept_text(row["stage_name"]),
        row["lead"],
        row["due_at"],
        now,
        say_outcome(row["outcome"], row["outcome_name"]),
    )
    if own:
        said = _("What you raised has become a topic") if row["runs"] else _("It was a topic")
    else:
        said = _("Talked over in a topic") if row["runs"] else _("Was talked over in a topic")
    return {
        "said": said,
        "title": row["title"],
        "number": show_number(row["number"]),
        "href": reverse("topic", args=[row["uid"]]),
        "standing": standing,
        "after": _("You are answered when it ends; your answer clock runs on.")
        if own and row["runs"]
        else "",
    }
