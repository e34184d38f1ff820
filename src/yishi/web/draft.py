"""What somebody typed and could not send: kept over signing in, given back to the form.

Drafts of staff without signal lie on their device, under `owner_of`: see static/yishi/drafts.js.
"""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SLOT = "report_draft"
FIELDS = ("at", "text", "nature", "building", "place", "spot")
CHARACTERS_MAX = 4000
# The address it was sent to, where what was typed belongs to one subject and to no other.
ON = "/"
# Act: where its draft lies, its fields, and the one without which there is nothing to keep.
KEPT = {
    "report.file": (SLOT, FIELDS, "text"),
    "topic.raise": ("topic_draft", ("place", "title", "words", "option", "option_words"), "words"),
    "proposal.file": (
        "wish_draft",
        ("title", "building", "kind", "words", "spot", "listed"),
        "title",
    ),
    "project.offer": (
        "offer_draft",
        (ON, "giver", "form", "amount", "name", "words"),
        "amount",
    ),
    "project.watch": ("watch_draft", (ON, "body", "words"), "words"),
    "project.score": ("score_draft", (ON, "score", "words"), "score"),
    "project.report_defect": ("defect_draft", (ON, "words", "spot"), "words"),
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
    if ON in fields:
        typed[ON] = request.path
    if typed[must].strip():
        request.session[slot] = {name: value for name, value in typed.items() if value}


def draft_in(request: HttpRequest, act: str = "report.file") -> dict[str, str]:
    """Field → what was typed; empty where nothing was put aside, or for another subject."""
    found = request.session.get(KEPT[act][0]) if act in KEPT else None
    draft = dict(found) if isinstance(found, dict) else {}
    return draft if draft.pop(ON, request.path) == request.path else {}


def drop_draft(request: HttpRequest, act: str = "report.file") -> None:
    """It has been sent."""
    if draft_in(request, act):
        del request.session[KEPT[act][0]]
