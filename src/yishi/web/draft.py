"""What somebody typed and could not send: kept over signing in, given back to the form.

Drafts of staff without signal lie on their device, under `owner_of`: see static/yishi/drafts.js.
"""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SLOT = "report_draft"
FIELDS = ("at", "text", "nature", "building", "place", "spot")
CHARACTERS_MAX = 4000
# Act: where its draft lies, its fields, and the one without which there is nothing to keep.
KEPT = {
    "report.file": (SLOT, FIELDS, "text"),
    "topic.raise": ("topic_draft", ("place", "title", "words", "option", "option_words"), "words"),
    "proposal.file": (
        "wish_draft",
        ("title", "building", "kind", "words", "spot", "listed"),
        "title",
    ),
}


def owner_of(request: HttpRequest) -> str:
    """The mark under which a device keeps this person's drafts: it tells nobody who they are."""
    uid = str(request.user.uid)  # type: ignore[union-attr]
    return salted_hmac("yishi.drafts", uid, algorithm="sha256").hexdigest()[:32]


def keep_draft(request: HttpRequest, act: str) -> None:
    """Puts the words of a posted form aside in the session, where its act keeps any. Pictures are
    not kept."""
    if act not in KEPT:
        return
    slot, fields, must = KEPT[act]
    typed = {name: request.POST.get(name, "")[:CHARACTERS_MAX] for name in fields}
    if typed[must].strip():
        request.session[slot] = {name: value for name, value in typed.items() if value}


def draft_in(request: HttpRequest, act: str = "report.file") -> dict[str, str]:
    """Field → what was typed; empty where nothing was put aside."""
    found = request.session.get(KEPT[act][0])
    return dict(found) if isinstance(found, dict) else {}


def drop_draft(request: HttpRequest, act: str = "report.file") -> None:
    """It has been sent."""
    request.session.pop(KEPT[act][0], None)
