"""What a message says outside the house: number, what happened, by when, where to read it.

No name, no address and no word anybody wrote: a screen lies open, a phone is lent, and a gateway
belongs to somebody else. The rest is read after signing in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.message import MORNING, URGENT, MessageChannel
from yishi.core.number import show_number
from yishi.phrases.clock import say_day_by

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Outward:
    """A text and, for mail, its subject."""

    subject: str
    text: str


def say_outward(channel: MessageChannel, rows: Sequence[Row], address: str) -> Outward:
    """One message with a link to its page, or how many there are with a link to all of them.

    A row has `template`, `params` and `number`; `address` is where people reach this house. A
    mail has room for each message on a line of its own.
    """
    if len(rows) == 1:
        said = _sentence(rows[0])
        text = f"{said}{address}{_path(rows[0])}"
    else:
        said = _("You have %(count)s new messages.") % {"count": len(rows)}
        text = f"{said}{address}/messages"
    if channel is not MessageChannel.EMAIL:
        return Outward("", text)
    lines = (
        [text] if len(rows) == 1 else [said, *(f"{_sentence(r)}{address}{_path(r)}" for r in rows)]
    )
    lines.append(_("Which messages reach you, you choose here: %(link)s"))
    last = lines.pop() % {"link": f"{address}/account/told"}
    return Outward(f"{_('Yishi')} {said.strip()}", "\n\n".join([*lines, last]) + "\n")


def _path(row: Row) -> str:
    """The short address of the page, which asks for the same right as the page does."""
    if row["template"] == MORNING:
        return "/m/today"
    return f"/m/{row['number']}" if row["number"] else "/messages"


def _sentence(row: Row) -> str:
    params = row["params"]
    if row["template"] == MORNING:
        return _("%(count)s matters wait for you today, %(late)s are late. ") % params
    number = show_number(row["number"]) if row["number"] else ""
    due = str(params.get("due") or params.get("until") or "")
    values = {"number": number, "what": _what(row["template"])}
    if due:
        values["due"] = say_day_by(datetime.fromisoformat(due))
    if row["template"] == URGENT:
        said = _("Urgent: %(number)s is with your unit, by %(due)s. ") if due else ""
        return (said or _("Urgent: %(number)s is with your unit. ")) % values
    said = _("Your matter %(number)s: %(what)s, by %(due)s. ") if due else ""
    return (said or _("Your matter %(number)s: %(what)s. ")) % values


def _what(template: str) -> str:
    """What happened, in a few words; something new where there are no words for it yet."""
    return {
        "case.accepted": _("taken on"),
        "case.refused": _("not taken on, the reason is on the page"),
        "case.set_aside": _("to be talked over"),
        "case.handed_back": _("goes to be dispatched"),
        "case.dispatched": _("given to a unit"),
        "case.signed": _("taken up by the unit"),
        "case.signed_by_itself": _("taken up by the unit"),
        "case.answered": _("answered, please rate it"),
        "report.instant": _("answered at once, say so if it is not solved"),
        "report.unsolved": _("with a person now"),
        "case.redo": _("done again"),
        "case.redo_shared": _("done again"),
        "case.disputed": _("which unit is being ruled on"),
        "case.ruled": _("given to a unit"),
        "case.merged": _("handled together with others"),
        "case.extended": _("needs more time"),
        "case.suspended": _("suspended"),
        "case.resumed": _("goes on"),
    }.get(template, _("something new"))
