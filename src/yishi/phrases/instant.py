"""Instant answers in words: how a text stands, and a word of its topic."""

from django.utils.translation import gettext as _

from yishi.core.case.state import INTAKE
from yishi.core.figures import SETTLED_STATES
from yishi.core.instant import NOT, PARTS


def say_instant() -> dict[str, str]:
    """Standing → word."""
    return {
        "draft": _("Waits for approval"),
        "in_force": _("In force now"),
        "expired": _("Expired"),
        "refused": _("Not approved"),
        "ended": _("Ended"),
    }


def say_instant_marks(state: str, at_once: bool) -> list[dict[str, str]]:
    """The mark on a matter a text answered: while that stands (`at_once`), and where it was not
    enough and nobody has it yet. None later."""
    if at_once and state in SETTLED_STATES:
        return [{"word": _("Answered at once"), "mark": "talk", "kind": ""}]
    if state in INTAKE:
        return [
            {"word": _("Still unsolved after the instant answer"), "mark": "talk", "kind": "soon"}
        ]
    return []


def say_word(word: str) -> str:
    """A word of a topic: its parts joined by …, one to leave out with what it means."""
    parts = word.removeprefix(NOT).replace(PARTS, "…")
    return _("not “%(word)s”") % {"word": parts} if word.startswith(NOT) else parts


def say_at_once() -> str:
    """Where a matter stands for the resident, once a text has answered it."""
    return _("It has been answered at once. Is it solved?")
