"""Where a meeting stands in its course, and what is to be done now."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.meeting.calling import may_sign_in_from
from yishi.core.meeting.now import MeetingState as S
from yishi.core.meeting.reporting import OWED
from yishi.core.meeting.rule import Record
from yishi.phrases.clock import say_when
from yishi.phrases.meeting_form import say_record
from yishi.web.meeting.deed import inline
from yishi.web.meeting.deeds import AGAIN, CLOSE, MINUTES, OPEN, SIGN_OFF
from yishi.web.meeting.shown import Shown, met


def flow(shown: Shown) -> dict[str, Any]:
    """The course of a meeting as a step line, and where it stands."""
    state, came_in = shown.state, bool(shown.held.people)
    done_items = bool(shown.held.items) and not shown.held.now.open_items
    answered = not any(one.state in OWED and one.reported_at is None for one in shown.held.items)
    at = {
        S.CALLED: 2 if came_in else 1,
        S.FAILED: 2,
        S.SITTING: 4 if done_items else 3,
        S.CLOSED: 5 if shown.row.minutes else 4,
        S.SIGNED: 7 if answered else 6,
        S.CANCELLED: 1,
    }[state]
    names = [
        _("Announced"),
        _("Calls sent"),
        _("Sign-in"),
        _("Items"),
        _("Minutes"),
        _("Sign-off"),
        _("Reported back"),
    ]
    line = []
    for no, name in enumerate(names):
        mark = "done" if no < at else "here" if no == at else "to_come"
        word = {"done": _("done"), "here": _("now"), "to_come": _("to come")}[mark]
        line.append({"name": name, "mark": mark, "word": word})
    return {"line": line, "line_name": _("The course of this meeting")}


def now_to_do(shown: Shown) -> dict[str, Any]:
    """What is to be done now, and the button that does it."""
    row, state = shown.row, shown.state
    say: dict[str, Any] = {"kind": "", "title": "", "text": "", "deeds": [], "links": []}
    if state is S.CALLED:
        say |= _before(shown)
    elif state is S.SITTING:
        waiting = len(shown.held.now.open_items)
        if waiting:
            known = {"n": waiting}
            say["title"] = _("Take the items one by one")
            say["text"] = _("%(n)s items still wait. None is left without an answer.") % known
        elif shown.held.owed:
            say |= {"kind": "soon", "title": _("Report back what earlier meetings left")}
            say["text"] = _("Then the meeting can end.")
        else:
            say["title"] = _("Every item has come to something")
            say["text"] = _("Thank everybody, and end the meeting.")
            say["deeds"] = [inline(CLOSE, shown)]
    elif state is S.CLOSED:
        say |= _after(shown)
    elif state is S.SIGNED:
        left = [one for one in shown.held.items if one.state in OWED and not one.reported_at]
        say |= {"kind": "done", "title": _("The minutes are signed off and public")}
        if left:
            say["text"] = _("%(n)s items are to be reported back at the next meeting.") % {
                "n": len(left)
            }
    elif state is S.FAILED:
        again = row.again.first()
        if again is None:
            say |= {"kind": "soon", "title": _("It was not held")}
            if shown.may(AGAIN.act):
                say["deeds"] = [inline(AGAIN, shown)]
        else:
            say |= {"kind": "soon", "title": _("Too few came; it was called again")}
            href = reverse("meeting_desk", args=[again.uid])
            word = _("To the meeting called instead")
            say["links"] = [{"href": href, "word": word, "mark": "next", "primary": True}]
    else:
        say |= {"title": _("Called off"), "text": row.why}
    return say


def _before(shown: Shown) -> dict[str, Any]:
    row, first = shown.row, may_sign_in_from(shown.row.starts_at, shown.held.terms.early)
    untold = [one for one in shown.held.invitees if not one.told_how]
    if shown.now < first:
        text = _("People sign in from %(at)s.") % {"at": say_when(first, shown.now)}
        links = []
        if untold:
            text += " " + _("%(n)s of those called are still to be told.") % {"n": len(untold)}
            links.append(
                {
                    "href": reverse("meeting_called", args=[row.uid]),
                    "word": _("Tell them"),
                    "mark": "phone",
                    "primary": True,
                }
            )
        href = reverse("meeting_sheet", args=[row.uid, "notice"])
        links.append({"href": href, "word": _("Print the notice"), "mark": "print"})
        return {"title": _("Called; the day is still to come"), "text": text, "links": links}
    if met(shown):
        text = _("Everybody is counted by the sign-in; latecomers may still sign in.")
        return {
            "title": _("Enough are there") if shown.held.terms.decides else _("It can begin"),
            "text": text,
            "kind": "done",
            "deeds": [inline(OPEN, shown)],
        }
    late = shown.now >= row.starts_at
    deeds = [inline(AGAIN, shown, quiet=True)] if late and shown.may(AGAIN.act) else []
    return {
        "title": _("People are signing in"),
        "text": _("It can begin once enough are there."),
        "kind": "soon",
        "deeds": deeds,
    }


def _missing(shown: Shown) -> list[Record]:
    """What the form of the meeting wants kept and is not there yet."""
    there = {
        Record.MINUTES: bool(shown.row.minutes),
        Record.SUMMARY: bool(shown.row.summary),
        Record.PHOTO: any(one.kind == Record.PHOTO for one in shown.held.papers),
    }
    return [one for one in shown.held.terms.record if not there[one]]


def _after(shown: Shown) -> dict[str, Any]:
    row = shown.row
    minutes = {
        "href": MINUTES.href(row.uid),
        "word": MINUTES.word() if not row.minutes else _("Change the minutes"),
        "mark": MINUTES.mark,
        "primary": not row.minutes,
    }
    if not row.minutes:
        return {"title": _("Write the minutes"), "kind": "soon", "links": [minutes]}
    missing = _missing(shown)
    if missing:
        links = [minutes]
        if Record.PHOTO in missing and shown.may("meeting.add_paper"):
            href = reverse("meeting_paper", args=[row.uid])
            photo = {"href": href, "word": _("Add the photo"), "mark": "camera", "primary": True}
            links = [photo, minutes]
        names = _(", ").join(say_record(one) for one in missing)
        return {
            "title": _("Still missing: %(what)s") % {"what": names},
            "text": _("Then the minutes can be signed off."),
            "kind": "soon",
            "links": links,
        }
    mine = row.written_by_id == shown.actor.person_id
    if mine or not shown.may(SIGN_OFF.act):
        text = _("You wrote them; somebody else signs them off: the convener or the secretary.")
        return {
            "title": _("The minutes wait to be signed off"),
            "text": text if mine else _("The convener or the secretary signs them off."),
            "kind": "soon",
            "links": [minutes],
        }
    name = row.written_by.name if row.written_by else ""
    return {
        "title": _("Sign the minutes off"),
        "text": _("Written by %(name)s. Read them below first.") % {"name": name},
        "kind": "soon",
        "deeds": [inline(SIGN_OFF, shown)],
        "links": [minutes],
    }
