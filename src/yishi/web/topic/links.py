"""Where a topic leads besides its acts: its sheet, its texts, its register of doors."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.acts.meeting.made import USUAL
from yishi.core.method.language import StageKind
from yishi.core.permit import reach
from yishi.core.topic.doors import FOUND
from yishi.phrases.text import say_text_kind
from yishi.phrases.topic_passage import say_doors
from yishi.records.queries.topic_page import TopicPage
from yishi.web.topic.shown import Shown

POSTED = (StageKind.COMMENT, StageKind.NOTICE)


def links(found: TopicPage, shown: Shown) -> list[dict[str, str]]:
    """{href, word, mark}: what there is to look at where the topic stands. No statement."""
    uid, out = found.topic.uid, shown.kind in POSTED and "until" in shown.tally
    rows = []
    if out:
        rows.append(("topic_poster", _("The sheet for the board and for doors"), "print"))
    changed = any(row.versions > 1 for row in shown.options)  # type: ignore[attr-defined]
    if shown.options and (changed or kind_of(shown)):
        rows.append(("topic_texts", _("Texts, and what changed"), "ground"))
    told = [{"href": reverse(name, args=[uid]), "word": word, "mark": m} for name, word, m in rows]
    if out and shown.may("topic.read_doors"):
        href = reverse("topic_doors_register", args=[uid])
        told.append({"href": href, "word": _("Register of doors"), "mark": "place"})
    if shown.kind in USUAL and reach(shown.actor, "meeting.call"):
        asked_for = urlencode({"place": found.topic.place.code, "topic": uid})
        href = f"{reverse('meeting_new')}?{asked_for}"
        told.append({"href": href, "word": _("Call a meeting for this stage"), "mark": "people"})
    if shown.held.procedure and shown.held.procedure.round:
        word = _("Terms, wishes and projects of this round")
        told.insert(0, {"href": reverse("round", args=[uid]), "word": word, "mark": "board"})
    if kind_of(shown):
        href = f"{reverse('texts')}?place={found.topic.place.code}"
        told.append({"href": href, "word": say_text_kind(kind_of(shown)), "mark": "board"})
    return told


def kind_of(shown: Shown) -> str:
    """Which text of the community the topic settles; "" for none."""
    return shown.held.procedure.text if shown.held.procedure else ""


def doors_told(shown: Shown) -> str:
    """How many doors it was carried to so far, for anybody; "" before the first."""
    any_there = any(shown.tally.get(found) for found in FOUND)
    return say_doors(shown.tally) if any_there and shown.kind in POSTED else ""
