"""Where a matter stands: a short word for tags, and a plain sentence for the resident."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yishi.core.case.state import CaseState as S
from yishi.core.clock import WORK, ClockKind
from yishi.phrases.clock import say_by

# The clocks a resident waits on in each state; signing and contact are between the offices.
AWAITED: dict[str, tuple[ClockKind, ...]] = {
    S.SUBMITTED: (ClockKind.INTAKE,),
    S.FILED: (ClockKind.INTAKE,),
    S.TOPIC: (ClockKind.TOPIC,),
    S.DISPATCHED: WORK,
    S.SIGNED: WORK,
    S.HANDLING: WORK,
    S.RETURNING: (ClockKind.RETURN,),
    S.DISPUTED: (ClockKind.RULING,),
    S.SUSPENDED: (ClockKind.SUSPEND,),
    S.CHECKING: (ClockKind.CHECK,),
    S.SETTLED: (ClockKind.ANSWER,),
    S.REDO: WORK,
}

# Word, mark, kind.
_TAGS = {
    S.SUBMITTED: (gettext_noop("Received"), "waiting", "waiting"),
    S.REFUSED: (gettext_noop("Not accepted"), "refuse", "late"),
    S.FILED: (gettext_noop("Filed"), "check", "waiting"),
    S.TOPIC: (gettext_noop("Made a topic"), "people", "act"),
    S.DISPATCHED: (gettext_noop("Dispatched"), "send", "act"),
    S.SIGNED: (gettext_noop("Signed for"), "unit", "act"),
    S.HANDLING: (gettext_noop("Being handled"), "unit", "act"),
    S.RETURNING: (gettext_noop("Being returned"), "back", "soon"),
    S.DISPUTED: (gettext_noop("In dispute, to be ruled on"), "ground", "soon"),
    S.SUSPENDED: (gettext_noop("Handling suspended"), "waiting", "waiting"),
    S.CHECKING: (gettext_noop("Being checked"), "search", "act"),
    S.SETTLED: (gettext_noop("To be answered"), "check", "act"),
    S.ANSWERED: (gettext_noop("Answered"), "talk", "done"),
    S.REDO: (gettext_noop("Being done again"), "flag", "soon"),
    S.CALLED_BACK: (gettext_noop("Finished"), "done", "done"),
    S.ARCHIVED: (gettext_noop("Archived"), "done", "done"),
    S.MERGED: (gettext_noop("Merged"), "people", "done"),
    S.WITHDRAWN: (gettext_noop("Withdrawn"), "back", "done"),
}


def say_state(state: str) -> dict[str, str]:
    """A tag {word, mark, kind} for a case state."""
    word, mark, kind = _TAGS[S(state)]
    return {"word": _(word), "mark": mark, "kind": kind}


def say_standing(state: str, unit: str, due_at: datetime | None, now: datetime) -> str:
    """One sentence for the resident: who has it, and by when the next word comes.

    `unit` is the lead unit's name, empty before there is one; `due_at` of the AWAITED clock of
    this state, None where it waits for a calendar. A late matter is called late.
    """
    at = S(state)
    if at not in AWAITED:
        return _ended(at)
    if due_at is None:
        return _who(at, unit) + _("; the date follows once next year's work-day calendar is out")
    by = {"by": say_by(due_at, now)}
    if now >= due_at:
        return _who(at, unit) + _("; it was due by %(by)s and is late") % by
    return _who(at, unit) + _next(at) % by


def _who(at: S, unit: str) -> str:
    here = {"unit": unit or _("the unit in charge")}
    return {
        S.SUBMITTED: _("We have received it"),
        S.FILED: _("It is filed and we are choosing the unit"),
        S.TOPIC: _("It concerns many, so it has become a topic"),
        S.DISPATCHED: _("Given to %(unit)s") % here,
        S.SIGNED: _("%(unit)s has taken it") % here,
        S.HANDLING: _("%(unit)s is working on it") % here,
        S.RETURNING: _("%(unit)s says it is not its matter; we are looking into it") % here,
        S.DISPUTED: _("The units do not agree on whose matter it is; the arbitration group rules"),
        S.SUSPENDED: _("%(unit)s cannot go on for now; the handling is suspended") % here,
        S.CHECKING: _("%(unit)s has finished and somebody else is checking it") % here,
        S.SETTLED: _("It is settled and checked"),
        S.REDO: _("%(unit)s is doing it again") % here,
    }[at]


def _next(at: S) -> str:
    if at in (S.SUBMITTED, S.FILED):
        return _("; you will hear who handles it by %(by)s")
    if at is S.CHECKING:
        return _("; the check is due by %(by)s")
    if at in (S.RETURNING, S.DISPUTED):
        return _("; you will hear whose it is by %(by)s")
    if at is S.SUSPENDED:
        return _("; it goes on by %(by)s at the latest")
    return _("; you will be answered by %(by)s")


def _ended(at: S) -> str:
    return {
        S.REFUSED: _("It was not accepted; the reason and where to go are in the answer"),
        S.ANSWERED: _("It has been answered. Was it solved? Please rate it"),
        S.CALLED_BACK: _("It is finished. Thank you for telling us how it went"),
        S.ARCHIVED: _("It is finished and archived"),
        S.MERGED: _("It is handled together with others of its kind"),
        S.WITHDRAWN: _("You withdrew it. If it comes up again, tell us any time"),
    }[at]
