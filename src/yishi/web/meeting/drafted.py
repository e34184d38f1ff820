"""What the minutes begin with: attendance and what came of each item, from what was entered."""

from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from yishi.core.meeting.now import ItemState
from yishi.core.meeting.sitting import Part, quorum
from yishi.phrases.clock import say_date
from yishi.phrases.meeting import say_item_state, say_part, say_scores, say_side
from yishi.phrases.place import say_kind
from yishi.records.models import AgendaItem, Attendance, Statement
from yishi.records.queries.meeting import scores_in
from yishi.web.meeting.shown import Shown

# Minutes are a Chinese document in either language of the interface.
CHINESE = "zh-hans"


def drafted(shown: Shown) -> dict[str, Any]:
    """{minutes, summary}: what was written before, else what can be filled in already."""
    row = shown.row
    if row.minutes:
        return {"minutes": row.minutes, "summary": row.summary}
    with translation.override(CHINESE):
        return {"minutes": _minutes(shown), "summary": _summary(shown)}


def say_attended(shown: Shown) -> str:
    """How many came, of which bodies how many of how many seats: numbers, no names."""
    parts = [_("%(n)s people signed in") % {"n": shown.held.people}]
    for one in quorum(shown.held.now):
        known = {"body": say_kind(one.body), "n": one.present, "seats": one.seats}
        parts.append(_("%(body)s: %(n)s of %(seats)s") % known)
    units = shown.held.units_came
    if units:
        parts.append(_("units that came: %(units)s") % {"units": _(", ").join(units)})
    return _("; ").join(parts)


def name_of(one: Attendance) -> str:
    """Who signed in, as the minutes name them."""
    return one.person.name if one.person else one.name


def say_for(shown: Shown, one: Attendance) -> str:
    """For whom somebody sits there: a body, as a guest who was invited, or as a resident."""
    if one.body is not None:
        return one.body.name
    invited = {each.person_id for each in shown.held.invitees if each.person_id}
    if one.person_id in invited or one.part != Part.GUEST:
        return say_part(one.part)
    return _("Resident")


def say_item(item: AgendaItem) -> str:
    """What came of an item, in one sentence, as minutes and summary have it."""
    known = {
        "no": item.no,
        "title": item.title,
        "state": say_item_state(item.state)["word"],
        "words": item.outcome or "—",
    }
    if item.state == ItemState.LISTED and item.listed is not None:
        more = {"unit": item.listed.body.name, "due": say_day(item.listed.due_at)}
        return _("%(no)s. %(title)s: %(state)s, %(unit)s by %(due)s. %(words)s") % (known | more)
    return _("%(no)s. %(title)s: %(state)s. %(words)s") % known


def say_day(due_at: Any) -> str:
    """The last day of an exclusive due moment: 2026年3月12日."""
    return say_date(due_at - timedelta(seconds=1))


def say_said(said: Statement) -> str:
    """One statement with who made it, for the minutes."""
    who = said.name or (said.person.name if said.person else "")
    known = {"who": who, "side": say_side(said.side), "words": said.words}
    return _("%(who)s (%(side)s): %(words)s") % known if who else f"{known['side']}：{said.words}"


def _minutes(shown: Shown) -> str:
    held = shown.held
    lines = [_("There: %(who)s") % {"who": say_attended(shown)}]
    named = [name_of(one) for one in held.came if name_of(one)]
    if named:
        lines.append(_("Signed in: %(names)s") % {"names": "、".join(named)})
    lines.append("")
    for item in held.items:
        lines.append(say_item(item))
        lines += _scored(shown, item)
        lines += [f"　　{say_said(one)}" for one in held.said if one.item_id == item.pk]
    return "\n".join(lines)


def _summary(shown: Shown) -> str:
    held, row = shown.held, shown.row
    known = {
        "at": say_date(row.starts_at),
        "body": row.body.name,
        "title": row.title,
        "people": held.people,
        "items": len(held.items),
    }
    opening = _("On %(at)s %(body)s held “%(title)s”; %(people)s people came, %(items)s items.")
    told = [line for item in held.items for line in (say_item(item), *_scored(shown, item))]
    return "\n".join([opening % known, *told])


def _scored(shown: Shown, item: AgendaItem) -> list[str]:
    """What those who were there scored an item with, in a line of its own."""
    scores = say_scores(scores_in(shown.row.counted, item.no))
    return [f"　　{scores}"] if scores else []
