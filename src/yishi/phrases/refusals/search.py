"""Refusals of a search."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {
        "search_empty": (
            _("There is nothing to look for in it"),
            _("A search needs a letter or a digit; signs and spaces alone find nothing."),
            _("Type a number, or a few words."),
        ),
        "search_too_long": (
            _("This is too long to search for"),
            "",
            _("Take the few words that matter most."),
        ),
    }
