"""交办单, 退回单, 延期审批表: the forms between the dispatcher and the units."""

from django.utils.translation import gettext as _

from yishi.core.case.request import RequestState
from yishi.core.clock import WORK, ClockKind
from yishi.core.number import show_number
from yishi.phrases.clock import say_date
from yishi.phrases.form.common import Foot, Head, Matter, full, full_by, issuer, matter, plain
from yishi.phrases.span import say_limit
from yishi.records.models import Clock
from yishi.records.queries.case import LockedCase
from yishi.records.queries.form import OfRequest, OfWork


class HandingOver(Head, Matter):
    """交办单."""

    unit: str
    duty: str
    part: str
    others: str
    urgent: str
    similar: str
    dispatched_at: str
    sign_by: str
    due: str
    limit: str
    basis: str
    standard: str
    promise: str
    sent_by: str


class Asked(Head, Matter):
    """What a unit's request and the word on it share."""

    unit: str
    dispatched_at: str
    asked_at: str
    asked_by: str
    reason: str
    verdict: str
    decided_words: str
    decided_by: str
    decided_at: str


class Returned(Asked):
    """退回单."""

    clause: str
    suggested: str
    ruling: str
    ruled_lead: str
    ruled_at: str


class Extension(Asked):
    """延期审批表."""

    limit: str
    length: str
    due: str


def handing_over(found: OfWork, foot: Foot) -> HandingOver:
    """The words of the sheet a unit gets its work by."""
    held, work, entry = found.held, found.work, found.entry
    duty = work.duty or held.case.duty
    sign, handle = _clock(found, ClockKind.SIGN), _clock(found, *WORK)
    more = len(held.reports) - 1
    return {
        **_head(held, foot),
        **matter(held),
        "office": issuer(entry, held.case.place),
        "signed_on": say_date(work.dispatched_at),
        "unit": work.unit.name,
        "duty": _("Lead") if work.is_lead else _("Co-handler"),
        "part": plain(work.title),
        "others": "、".join(found.others),
        "urgent": _("Yes") if held.case.urgent else _("No"),
        "similar": _("%(n)s more matters of the same kind are handled with it") % {"n": more}
        if more > 0
        else "",
        "dispatched_at": full(work.dispatched_at),
        "sign_by": full_by(sign.due_at) if sign else "",
        "due": full_by(handle.due_at) if handle else "",
        "limit": say_limit(handle.span_length, handle.span_kind) if handle else "",
        "basis": plain(duty.basis) if duty else "",
        "standard": plain(duty.standard) if duty else "",
        "promise": plain(duty.promise) if duty else "",
        "sent_by": plain(entry.person.name) if entry and entry.person else "",
    }


def returned(found: OfRequest, foot: Foot) -> Returned:
    """The words of a return and of what became of it."""
    request, ruling = found.request, found.ruling
    return {
        **_asked(found, foot),
        "clause": plain(request.clause),
        "suggested": request.suggested.name if request.suggested else "",
        "ruling": plain(ruling.words) if ruling else "",
        "ruled_lead": ruling.lead.name if ruling else "",
        "ruled_at": full(ruling.ruled_at) if ruling else "",
    }


def extension(found: OfRequest, foot: Foot) -> Extension:
    """The words of an extension. `due` is the moment it was stretched to, once agreed."""
    request, clock = found.request, found.clock
    kind = clock.span_kind if clock else ""
    granted = request.state == RequestState.ACCEPTED
    return {
        **_asked(found, foot),
        "limit": say_limit(clock.span_length, kind) if clock else "",
        "length": say_limit(request.length, kind),
        "due": full_by(clock.due_at) if clock and granted else "",
    }


def say_verdict(state: str) -> str:
    """What became of a request; empty while nobody has decided."""
    return {
        RequestState.ASKED: "",
        RequestState.ACCEPTED: _("Agreed to"),
        RequestState.REFUSED: _("Not agreed to"),
        RequestState.DISPUTED: _("Handed to the arbitration group"),
        RequestState.RULED: _("Ruled on by the arbitration group"),
        RequestState.LAPSED: _("Lapsed: the matter went on"),
    }[RequestState(state)]


def _asked(found: OfRequest, foot: Foot) -> Asked:
    held, request = found.held, found.request
    unit = request.assignment.unit.name
    return {
        **_head(held, foot),
        **matter(held),
        "office": unit,
        "signed_on": say_date(request.asked_at),
        "unit": unit,
        "dispatched_at": full(request.assignment.dispatched_at),
        "asked_at": full(request.asked_at),
        "asked_by": plain(request.asked_by.name) if request.asked_by else "",
        "reason": plain(request.reason),
        "verdict": say_verdict(request.state),
        "decided_words": plain(request.words),
        "decided_by": plain(request.decided_by.name) if request.decided_by else "",
        "decided_at": full(request.decided_at),
    }


def _head(held: LockedCase, foot: Foot) -> Head:
    return {
        "number": show_number(held.case.number),
        "check_code": foot.check_code,
        "address": foot.address,
        "office": "",
        "signed_on": "",
    }


def _clock(found: OfWork, *kinds: ClockKind) -> Clock | None:
    """The latest clock of these kinds: a redo has one of its own."""
    fitting = [clock for clock in found.clocks if clock.kind in kinds]
    return fitting[-1] if fitting else None
