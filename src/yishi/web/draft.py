"""What somebody typed and could not send: kept over signing in, given back to the form.

Drafts of staff without signal lie on their device, under `owner_of`: see static/yishi/drafts.js.
"""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SLOT = "report_draft"
FIELDS = ("at", "text", "nature", "building", "place", "spot")
CHARACTERS_MAX = 4000


def owner_of(request: HttpRequest) -> str:
    """The mark under which a device keeps this person's drafts: it tells nobody who they are."""
    uid = str(request.user.uid)  # type: ignore[union-attr]
    return salted_hmac("yishi.drafts", uid, algorithm="sha256").hexdigest()[:32]


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
