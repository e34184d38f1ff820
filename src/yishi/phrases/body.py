"""Bodies and who sits in them, in words."""

from django.utils.translation import gettext as _


def say_holder(name: str, whole: bool, mask: str) -> str:
    """A holder's name as far as it may be shown: whole, or its first character and `mask` (李某).

    A dash where the person gave no name or erased it.
    """
    if not name:
        return "—"
    return name if whole else name[0] + mask


def say_term(from_on: str, until_on: str) -> str:
    """From a day, until a day or without end; days as the reader knows them."""
    return f"{from_on} – {until_on or _('without end')}"
