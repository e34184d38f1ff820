"""会议通知, 议程, 签到表: what is printed before a meeting."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.core.meeting.sitting import Part, quorum
from yishi.phrases.clock import say_date, say_exact, say_full
from yishi.phrases.meeting import say_way
from yishi.phrases.meeting_form import say_form
from yishi.phrases.place import say_kind
from yishi.web.meeting.drafted import name_of, say_for
from yishi.web.meeting.shown import Shown

HEADS = ("一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、")
# A sheet has so many rows at least, and so many empty ones after the last name. Ours.
ROWS_LEAST, BLANK = 20, 10
SEATS_MOST = 120


def when(shown: Shown) -> str:
    """From when to when, in full: 2026年3月12日 15:00至17:00."""
    row = shown.row
    if row.ends_at is None:
        return say_full(row.starts_at)
    return _("%(from)s to %(until)s") % {
        "from": say_full(row.starts_at),
        "until": say_exact(row.ends_at)[11:16],
    }


def heads(parts: list[tuple[str, str, list[str]]]) -> list[dict[str, Any]]:
    """Parts numbered as paper numbers them: {head, words, lines}."""
    return [
        {"head": f"{HEADS[no]}{head}", "words": words, "lines": lines}
        for no, (head, words, lines) in enumerate(parts)
    ]


def agenda_lines(shown: Shown) -> list[str]:
    """The items, one on each line, each with what it is about."""
    found = []
    for item in shown.held.items:
        known = {"no": item.no, "title": item.title, "words": " ".join(item.words.split())}
        more = _("%(no)s. %(title)s: %(words)s") if known["words"] else _("%(no)s. %(title)s")
        found.append(more % known)
    return found


def notice(shown: Shown) -> dict[str, Any]:
    """会议通知: to whom, when, where, about what, who is called, how many must be there."""
    row, terms = shown.row, shown.held.terms
    called = [body.name for body, _one in shown.held.bodies_called]
    parts: list[tuple[str, str, list[str]]] = [
        (_("Time: "), when(shown), []),
        (_("Place: "), row.where, []),
        (_("What is talked over: "), "", agenda_lines(shown) or [_("Named on the day.")]),
        (_("Who is called: "), _(", ").join(called) + _("; residents are welcome."), []),
    ]
    needs = [
        _("%(body)s: of %(seats)s seats %(need)s must be there")
        % {"body": say_kind(one.body), "seats": one.seats, "need": one.need}
        for one in quorum(shown.held.now)
    ]
    if needs:
        parts.append(
            (_("How many must be there: "), _("%(needs)s.") % {"needs": _("; ").join(needs)}, [])
        )
    opening = _(
        "%(body)s calls you to “%(title)s” (%(form)s). Please come, or say in time that you cannot."
    )
    known = {"body": row.body.name, "title": row.title, "form": say_form(row.form)}
    first = [opening % known]
    if terms.urgent:
        first.append(_("Called at short notice: %(why)s") % {"why": terms.urgent})
    closing = [" ".join(row.words.split())] if row.words else []
    long_ = len(shown.held.items) > 6 or len(called) > 10
    return {
        "title": _("Notice: %(title)s") % {"title": row.title},
        "to": _("To the bodies and units called, and all residents:"),
        "opening": first,
        "parts": heads(parts),
        "closing": closing,
        "by": row.body.name,
        "on": say_date(row.called_at),
        "dense": long_,
    }


def agenda(shown: Shown) -> dict[str, Any]:
    """议程, as it lies on the table."""
    row = shown.row
    lines = agenda_lines(shown)
    owed = [
        _("%(title)s (left from %(when)s)")
        % {"title": one.title, "when": say_date(one.meeting.starts_at)}
        for one in shown.held.owed
    ]
    parts: list[tuple[str, str, list[str]]] = [
        (_("Sign-in, and how many are there"), "", []),
        *([(_("Reported back from earlier meetings"), "", owed)] if owed else []),
        (_("The items, one by one"), "", lines),
        (_("What was agreed is read out"), "", []),
    ]
    known = {"when": when(shown), "where": row.where, "body": row.body.name}
    return {
        "title": _("%(title)s: agenda") % {"title": row.title},
        "parts": [
            {"head": _("Time: "), "words": known["when"], "lines": []},
            {"head": _("Place: "), "words": known["where"], "lines": []},
            {"head": _("Convened by: "), "words": known["body"], "lines": []},
            *heads(parts),
        ],
        "closing": [
            _(
                "Every item comes to something: settled on the spot, onto the dated list with a "
                "unit and a day, on in its procedure, or put off with the reason."
            )
        ],
    }


def signin(shown: Shown) -> dict[str, Any]:
    """签到表: who signed in already, a row for each seat that decides, then empty rows."""
    row, rows = shown.row, []
    for one in shown.held.came:
        as_what = say_for(shown, one)
        rows.append({"name": name_of(one), "as": as_what, "mark": say_way(one.way), "at": _at(one)})
    if shown.held.is_open:
        for count in quorum(shown.held.now):
            left = max(0, count.seats - count.present)
            rows += [{"as": say_kind(count.body)} for _no in range(left)]
        there = {one.body_id for one in shown.held.came}
        rows += [
            {"as": one.body.name}
            for one in shown.held.invitees
            if one.body is not None and one.part != Part.DECIDES and one.body_id not in there
        ]
        rows = rows[:SEATS_MOST]
        rows += [{} for _no in range(max(BLANK, ROWS_LEAST - len(rows)))]
    numbered = [{"no": no, **one} for no, one in enumerate(rows, 1)]
    known = {"when": when(shown), "where": row.where}
    return {
        "title": _("%(title)s: attendance") % {"title": row.title},
        "about": _("Time: %(when)s　Place: %(where)s") % known,
        "rows": numbered,
        "closing": [
            _("Kept by the community for the minutes; in public stands how many came, not who.")
        ],
    }


def _at(one: Any) -> str:
    return say_exact(one.at)[11:16]
