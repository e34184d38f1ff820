"""The story of a matter: every event code of a case, its orders and its publication, in words.

Three readers: the resident who raised it, staff, and the public. Notes between offices are for
staff; the public reads steps without anybody's words. Source: look.md, Story.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

from django.utils.translation import gettext as _

from yishi.core.person import Role
from yishi.phrases.clock import say_by, say_exact, say_when
from yishi.phrases.role import say_seat

Audience = Literal["resident", "staff", "public"]
Params = Mapping[str, Any]


class Told(Protocol):
    """What an entry must have to be told: a row of `Entry`, for staff with its person."""

    uid: str
    seq: int | None
    code: str
    at: datetime
    role: str
    office: str
    params: Any
    person: Any
    person_id: int | None


# code → mark and kind of the line
_MARKS: dict[str, tuple[str, str]] = {
    "report.filed": ("report", ""),
    "report.filed_for": ("report", ""),
    "report.settled_on_spot": ("done", "done"),
    "report.rated": ("person", "done"),
    "report.rated_redo": ("person", "soon"),
    "case.refused": ("refuse", "late"),
    "case.accepted": ("check", ""),
    "case.set_aside": ("people", ""),
    "case.dispatched": ("send", ""),
    "case.signed": ("unit", ""),
    "case.signed_by_itself": ("soon", "soon"),
    "case.contacted": ("phone", ""),
    "case.not_reached": ("phone", "soon"),
    "case.part_done": ("check", ""),
    "case.result_submitted": ("camera", ""),
    "case.check_passed": ("done", "done"),
    "case.check_failed": ("flag", "soon"),
    "case.answered": ("talk", "done"),
    "case.call_back_missed": ("phone", "soon"),
    "case.called_back": ("phone", "done"),
    "case.called_back_redo": ("phone", "soon"),
    "case.archived": ("done", ""),
    "case.clock_set": ("clock", ""),
    "case.imported": ("download", ""),
    "order.issued": ("flag", "soon"),
    "order.answered": ("talk", ""),
    "publication.drafted": ("board", ""),
    "publication.reviewed": ("check", ""),
    "publication.signed_off": ("board", "done"),
    "publication.taken_down": ("board", "soon"),
}

CODES = frozenset(_MARKS)
_REDO = frozenset({"report.rated_redo", "case.called_back_redo"})
# Steps of the offices among themselves, which a resident or the public does not need.
_STAFF_ONLY = frozenset({"case.clock_set", "publication.drafted", "publication.reviewed"})
# What was written on a step, by parameter, and who besides staff reads it.
_WORDS: dict[str, tuple[str, frozenset[str]]] = {
    "report.settled_on_spot": ("answer", frozenset({"resident"})),
    "report.rated": ("words", frozenset({"resident"})),
    "report.rated_redo": ("words", frozenset({"resident"})),
    "case.refused": ("answer", frozenset({"resident"})),
    "case.set_aside": ("why", frozenset({"resident"})),
    "case.contacted": ("note", frozenset()),
    "case.not_reached": ("note", frozenset()),
    "case.part_done": ("result", frozenset({"resident"})),
    "case.result_submitted": ("result", frozenset({"resident"})),
    "case.check_passed": ("note", frozenset()),
    "case.check_failed": ("why", frozenset({"resident"})),
    "case.answered": ("answer", frozenset({"resident"})),
    "case.called_back": ("words", frozenset({"resident"})),
    "case.called_back_redo": ("words", frozenset({"resident"})),
    "order.issued": ("words", frozenset()),
    "order.answered": ("answer", frozenset()),
    "publication.taken_down": ("ground", frozenset({"resident", "public"})),
}
# The first asked is named to the resident who was served. Source: 首问负责, product.md.
_NAMED = frozenset({"report.filed_for", "report.settled_on_spot"})


def say_story(
    entries: Iterable[Told],
    now: datetime,
    audience: Audience = "resident",
    viewer: int | None = None,
    photos: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
) -> list[dict[str, Any]]:
    """The context of `pieces/story.html`, in the order the entries are given.

    Staff see names of staff (load entries with `select_related("person")`); others see offices,
    and the resident also the name of the one first asked. No other resident is ever named.
    `viewer` is the reader's person id, so that their own acts read "You". `photos`: entry uid →
    pictures. Each line carries `uid` and `code` for links.
    """
    return [
        {
            "uid": entry.uid,
            "code": entry.code,
            "at": say_when(entry.at, now),
            "exact": say_exact(entry.at),
            "who": _who(entry, audience, viewer),
            "text": say_event(entry.code, entry.params, now, audience),
            "ground": _ground(entry.code, entry.params),
            "mark": _MARKS.get(entry.code, ("flag", ""))[0],
            "kind": _MARKS.get(entry.code, ("flag", ""))[1],
            "verified": entry.seq is not None,
            "photos": list((photos or {}).get(entry.uid, ())),
        }
        for entry in entries
        if audience == "staff" or entry.code not in _STAFF_ONLY
    ]


def say_event(code: str, params: Params, now: datetime, audience: Audience = "staff") -> str:
    """One step in a sentence, with what was written on it where this reader may see it."""
    text = _sentence(code, params, now)
    name, others = _WORDS.get(code, ("", frozenset()))
    words = str(params.get(name) or "") if name else ""
    if words and (audience == "staff" or audience in others):
        text = _("%(step)s: “%(words)s”") % {"step": text, "words": words}
    return text + _after(code, params, now)


def _after(code: str, params: Params, now: datetime) -> str:
    """What follows from a step; it stands after the words, which are not the follower's."""
    if code not in _REDO:
        return ""
    unit = {"unit": params.get("unit") or _("The unit")}
    again = _("; %(unit)s does it again") % unit
    ordered = _("; a supervisory order goes with it") if params.get("ordered") else ""
    return again + _by(params, now, _(", to be done by %(by)s")) + ordered


def _sentence(code: str, params: Params, now: datetime) -> str:
    unit = {"unit": params.get("unit") or params.get("lead") or _("The unit")}
    done = _by(params, now, _(", to be done by %(by)s"))
    match code:
        case "report.filed":
            return _("The matter was raised") + _by(
                params, now, _("; who handles it is settled by %(by)s")
            )
        case "report.filed_for":
            return _("Raised on the resident's behalf") + _by(
                params, now, _("; who handles it is settled by %(by)s")
            )
        case "report.settled_on_spot":
            sampled = _(", and a second person checks it") if params.get("sampled") else ""
            return _("Settled on the spot") + sampled
        case "report.rated":
            return _("The resident rated it: %(rating)s") % {"rating": _rating(params)}
        case "report.rated_redo" | "case.called_back_redo":
            return _("The resident's word: %(rating)s") % {"rating": _rating(params)}
        case "case.called_back":
            return _("Called back: %(rating)s") % {"rating": _rating(params)}
        case "case.refused":
            return _("Not accepted")
        case "case.accepted":
            return _("Accepted and filed under “%(item)s”") % {"item": params.get("item", "")}
        case "case.set_aside":
            return _("It concerns many, so it became a topic") + _by(
                params, now, _(", to be answered by %(by)s")
            )
        case "case.dispatched":
            co = "、".join(params.get("co") or ())
            helped = _(", helped by %(co)s") % {"co": co} if co else ""
            return _("Given to %(unit)s") % unit + helped + done
    return _office(code, params, unit)


def _office(code: str, params: Params, unit: Mapping[str, str]) -> str:
    match code:
        case "case.signed":
            return _("%(unit)s took it") % unit
        case "case.signed_by_itself":
            return _("The time to sign ran out, so it counts as taken by %(unit)s") % unit
        case "case.contacted":
            return _("%(unit)s spoke with the resident") % unit
        case "case.not_reached":
            return _("%(unit)s tried to reach the resident, without success") % unit
        case "case.part_done":
            return _("%(unit)s has done its part") % unit
        case "case.result_submitted":
            waits = params.get("open")
            more = _(" (%(open)s still at work)") % {"open": waits} if waits else ""
            return _("%(unit)s has finished") % unit + more
        case "case.check_passed":
            return _("Checked by somebody who did not handle it: it is done")
        case "case.check_failed":
            return _("Checked by somebody who did not handle it: not done yet, handling goes on")
        case "case.answered":
            return _("Answered")
        case "case.call_back_missed":
            tries = {"tries": params.get("tries", 1), "limit": params.get("limit", 1)}
            return _("Called back without reaching anybody, try %(tries)s of %(limit)s") % tries
        case "case.archived":
            return _("Archived")
        case "case.imported":
            return _("Taken over from %(source)s") % {"source": params.get("source", "")}
        case "case.clock_set":
            return _("The calendar came out and the dates were set")
        case "order.issued":
            return _("A supervisory order went to %(unit)s") % unit
        case "order.answered":
            return _("The supervisory order was answered")
        case "publication.drafted":
            return _("A text for the public board was drafted")
        case "publication.reviewed":
            return _("The text for the public board was reviewed")
        case "publication.signed_off":
            return _("Published on the board after review and sign-off")
        case "publication.taken_down":
            return _("Taken off the public board")
    return _("A step was recorded (%(code)s)") % {"code": code}


def _rating(params: Params) -> str:
    solved = _("solved") if params.get("solved") else _("not solved")
    return _("%(solved)s, %(satisfaction)s") % {
        "solved": solved,
        "satisfaction": say_satisfaction(str(params.get("satisfaction", ""))),
    }


def say_satisfaction(code: str) -> str:
    """The levels of the shipped rules; a place's own level reads as its code."""
    return {
        "satisfied": _("satisfied"),
        "basically": _("basically satisfied"),
        "dissatisfied": _("dissatisfied"),
    }.get(code, code)


def _by(params: Params, now: datetime, words: str) -> str:
    """`words` with the moment filled in, where the step set a date."""
    due = params.get("due")
    if not due:
        return ""
    return words % {"by": say_by(datetime.fromisoformat(due), now)}


def _ground(code: str, params: Params) -> str:
    if code == "case.dispatched" and params.get("item"):
        return _("Responsibility list: %(item)s") % {"item": params["item"]}
    return ""


def _who(entry: Told, audience: Audience, viewer: int | None) -> dict[str, str] | str:
    if entry.role == Role.SYSTEM:
        return _("The system")
    if entry.person_id is not None and entry.person_id == viewer:
        return _("You")
    if entry.role in (Role.RESIDENT, ""):
        return _("A resident")
    named = audience == "staff" or (audience == "resident" and entry.code in _NAMED)
    return {
        "role": say_seat(entry.role, entry.office),
        "name": entry.person.name if named and entry.person else "",
    }
