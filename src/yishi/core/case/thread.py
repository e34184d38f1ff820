"""The resident's side while a matter is open: urge, add to it, withdraw it.

Source: norms.md §1, who may: resident.
"""

from datetime import datetime

from yishi.core.case.intake import iso
from yishi.core.case.now import CaseNow, ReportNow, Terms
from yishi.core.case.state import CaseState, allowed
from yishi.core.clock import ClockState
from yishi.core.outcome import Advanced, Change, Event, SetClock
from yishi.core.refusal import Refusal

SOURCE = "norms.md §1, who may"


def urge(
    case: CaseNow, report: ReportNow, words: str, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """催办, once a period. Refuses `urged_already` (need: from when one may again)."""
    row = allowed("report.urge", case.state)
    if isinstance(row, Refusal):
        return row
    if report.urged_at is not None:
        again = terms.due(report.urged_at, terms.course.urge_every)
        if again is not None and now < again:
            return Refusal("urged_already", iso(again), iso(report.urged_at), "moment", SOURCE)
    return Advanced(
        state=case.state,
        part=row.part,
        event=Event("report.urged", {"words": words, "report": report.uid}),
        changes=(Change("report", report.uid, {"urged_at": now}),),
    )


def supplement(
    case: CaseNow, report: ReportNow, words: str, photos: int, terms: Terms
) -> Advanced | Refusal:
    """补充: more words, more photos. Refusals: `supplement_missing`, `too_many_photos`."""
    row = allowed("report.supplement", case.state)
    if isinstance(row, Refusal):
        return row
    if not words.strip() and not photos:
        return Refusal("supplement_missing")
    most = terms.rules.photos_max
    if photos > most:
        return Refusal("too_many_photos", most, photos, "photos", terms.rules.id)
    params = {"words": words, "photos": photos, "report": report.uid}
    return Advanced(
        state=case.state,
        part=row.part,
        event=Event("report.supplemented", params, {"photos": photos}),
    )


def withdraw(case: CaseNow, report: ReportNow, why: str, now: datetime) -> Advanced | Refusal:
    """撤回, before it is dispatched. The case ends with its last report. Refuses `not_now`."""
    row = allowed("report.withdraw", case.state)
    if isinstance(row, Refusal):
        return row
    last = all(other.uid == report.uid for other in case.reports)
    stopped = tuple(SetClock(clock.uid, ClockState.STOPPED, now) for clock in case.clocks)
    return Advanced(
        state=CaseState.WITHDRAWN if last else case.state,
        part=row.part,
        event=Event("report.withdrawn", {"words": why, "report": report.uid}, {"last": int(last)}),
        changes=(Change("report", report.uid, {"withdrawn_at": now}),),
        sets=stopped if last else (),
    )
