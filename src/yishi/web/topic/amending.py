"""A charter or covenant is proposed or amended: a topic whose form holds the text in force."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yishi.phrases.text import say_text_kind
from yishi.records.queries.own_text import KINDS, text_for


def text_asked(request: HttpRequest) -> tuple[str, dict[str, str]]:
    """Which text is to be proposed ("" for none), and what the form begins with: the text in force
    where one is amended."""
    kind = request.GET.get("text", "")
    if kind not in KINDS:
        return "", {}
    uid = request.GET.get("amend", "")[:20]
    found = text_for(uid) if uid else None
    said = {"text": say_text_kind(kind)}
    if found is None or found.kind != kind:
        return kind, {
            "title": _("A first text: %(text)s") % said,
            "option": _("%(text)s (draft)") % said,
        }
    return kind, {
        "title": _("Amending: %(text)s") % {"text": found.title},
        "option": _("%(text)s (amended draft)") % said,
        "option_words": found.words,
    }
