"""An item of an agenda as a card, for the screen of whoever holds the meeting and for anybody."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.acts.meeting.made import stage_of
from yishi.core.meeting.now import ItemState, MeetingState
from yishi.core.meeting.reporting import OWED
from yishi.core.method.language import StageKind
from yishi.core.number import show_number
from yishi.core.round.proposing import TITLE_MAX
from yishi.phrases.clock import say_by, say_when
from yishi.phrases.meeting import say_item_state, say_scores, say_side
from yishi.phrases.rule import say_text
from yishi.records.models import AgendaItem, Statement
from yishi.records.queries.meeting import scores_in
from yishi.records.queries.round import open_call_at
from yishi.web.meeting.deed import Deed, inline
from yishi.web.meeting.deeds import CARRY, LIST, PUT_OFF, REPORT, SAY, SETTLE
from yishi.web.meeting.on_topic import deed_for
from yishi.web.meeting.shown import Shown


def card(shown: Shown, item: AgendaItem, *, names: bool = False) -> dict[str, Any]:
    """One item for `yishi/meeting/item.html`, without what may be done with it. `names`: who
    spoke is named."""
    over = shown.state not in (MeetingState.CALLED, MeetingState.SITTING)
    said = [one for one in shown.held.said if one.item_id == item.pk]
    tag = say_item_state(item.state)
    if item.state == ItemState.OPEN and shown.state is MeetingState.CALLED:
        tag = {"word": "", "mark": "", "kind": ""}
    wish = shown.wishes.get(item.title[:TITLE_MAX]) if item.state == ItemState.OPEN else None
    if wish is not None:
        tag = {"word": _("Put forward as a wish"), "mark": "send", "kind": "act"}
    return {
        "uid": item.uid,
        "no": item.no,
        "title": item.title,
        "words": item.words,
        "tag": tag,
        "topic": _topic(item),
        "wish": {
            "href": reverse("proposal", args=[wish.uid]),
            "number": show_number(wish.number),
        }
        if wish
        else None,
        "outcome": item.outcome,
        "scores": say_scores(scores_in(shown.row.counted, item.no)),
        "listed": _listed(shown, item),
        "said": [_said(one, names=names) for one in said],
        "said_word": _("What was said (%(n)s)") % {"n": len(said)},
        "reported": item.reported,
        "reported_word": _("Reported back %(when)s")
        % {"when": say_when(item.reported_at, shown.now) if item.reported_at else ""},
        "owed": _("To be reported back at the next meeting")
        if over and item.state in OWED and item.reported_at is None
        else "",
        "deeds": [],
        "links": [],
    }


def worked(shown: Shown, item: AgendaItem) -> dict[str, Any]:
    """The card with what whoever holds the meeting may do with it now."""
    made = card(shown, item, names=shown.names)
    if item.state == ItemState.OPEN and shown.state is MeetingState.SITTING:
        by_topic = deed_for(item)
        if by_topic is not None:
            href = by_topic.href(shown.row.uid, item.uid)
            made["links"] = [{"href": href, "word": by_topic.word(), "mark": by_topic.mark}]
            made["deeds"] = [_small(shown, item, SAY), _small(shown, item, PUT_OFF)]
        else:
            more = [CARRY] if item.topic is not None else []
            made["deeds"] = [
                inline(SETTLE, shown, item),
                inline(LIST, shown, item),
                *(_small(shown, item, one) for one in (SAY, *more, PUT_OFF)),
            ]
            made["links"] = [*_scored(item), *_wished(shown, item)]
    if item.reported_at is None and item.state in OWED and shown.may(REPORT.act):
        made["deeds"] = [inline(REPORT, shown, item, quiet=True)]
    return made


def owed_card(shown: Shown, item: AgendaItem) -> dict[str, Any]:
    """An item of an earlier meeting that is to be reported back at this one."""
    tag = say_item_state(item.state)
    made = {
        "uid": item.uid,
        "no": item.no,
        "title": item.title,
        "words": _("From %(title)s, %(when)s")
        % {"title": item.meeting.title, "when": say_when(item.meeting.starts_at, shown.now)},
        "tag": tag,
        "outcome": item.outcome,
        "listed": _listed(shown, item),
    }
    held = (MeetingState.SITTING, MeetingState.CLOSED, MeetingState.SIGNED)
    if shown.state in held and shown.may(REPORT.act, item):
        made["deeds"] = [inline(REPORT, shown, item, to="owed")]
    return made


def _scored(item: AgendaItem) -> list[dict[str, str]]:
    """At an appraisal, the way to where the scores of a topic are entered."""
    stage = stage_of(item.topic)
    if item.topic is None or stage is None or stage.kind is not StageKind.APPRAISE:
        return []
    if stage.by_project:
        return []
    href = reverse("topic_appraise", args=[item.topic.uid])
    return [{"href": href, "word": _("Enter the scores"), "mark": "board"}]


def _wished(shown: Shown, item: AgendaItem) -> list[dict[str, str]]:
    """While wishes are called for where the meeting is, the way to put the item forward as one."""
    round_uid, _title = open_call_at(shown.row.place)
    if not round_uid or item.topic is not None or item.title[:TITLE_MAX] in shown.wishes:
        return []
    asked = urlencode({"meeting": shown.row.uid, "title": item.title[:TITLE_MAX]})
    href = f"{reverse('propose', args=[round_uid])}?{asked}"
    return [{"href": href, "word": _("Put it forward as a wish"), "mark": "send", "kind": "quiet"}]


def _small(shown: Shown, item: AgendaItem, deed: Deed) -> dict[str, Any]:
    return inline(deed, shown, item, quiet=True, small=True)


def _topic(item: AgendaItem) -> dict[str, str] | None:
    if item.topic is None:
        return None
    stage = stage_of(item.topic)
    known = {"stage": say_text(stage.name)} if stage else {}
    return {
        "href": reverse("topic", args=[item.topic.uid]),
        "number": show_number(item.topic.number),
        "stands": _("stands at “%(stage)s”") % known if stage else "",
    }


def _listed(shown: Shown, item: AgendaItem) -> dict[str, str] | None:
    if item.listed is None:
        return None
    one = item.listed
    known = {"unit": one.body.name, "due": say_by(one.due_at, shown.now)}
    words = _("%(unit)s, by %(due)s") % known
    if one.closed_at is not None:
        words = _("%(unit)s: put right and taken off the list") % known
    elif one.done_at is not None:
        words = _("%(unit)s reported it done; somebody else looks") % known
    elif one.due_at <= shown.now:
        words = _("%(unit)s is late, it was due %(due)s") % known
    href = reverse("listed_entry", args=[one.uid]) if shown.keeps else ""
    return {"words": words, "href": href}


def _said(one: Statement, *, names: bool) -> dict[str, str]:
    who = (one.name or (one.person.name if one.person else "")) if names else ""
    return {"side": say_side(one.side), "who": who, "words": one.words}
