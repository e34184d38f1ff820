"""What somebody typed whose sign-in had run out: kept over signing in, given back to the form."""

from django.http import HttpRequest

SLOT = "report_draft"
FIELDS = ("at", "text", "nature", "building", "place", "spot")
CHARACTERS_MAX = 4000


def keep_draft(request: HttpRequest) -> None:
    """Puts the words of a posted report aside in the session. Pictures are not kept."""
    typed = {name: request.POST.get(name, "")[:CHARACTERS_MAX] for name in FIELDS}
    if typed["text"].strip():
        request.session[SLOT] = {name: value for name, value in typed.items() if value}


def draft_in(request: HttpRequest) -> dict[str, str]:
    """Field → what was typed; empty where nothing was put aside."""
    found = request.session.get(SLOT)
    return dict(found) if isinstance(found, dict) else {}


def drop_draft(request: HttpRequest) -> None:
    """It has been sent."""
    request.session.pop(SLOT, None)
