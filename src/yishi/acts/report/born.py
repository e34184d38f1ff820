"""The rows of a new matter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from yishi.acts.apply import NEW, HeldCase, finish, head_clock, new_clock_rows
from yishi.acts.door import Ask, Done
from yishi.acts.report.words import HeldPlace, Words
from yishi.core.case.now import CaseNow
from yishi.core.case.state import CaseKind, CaseState
from yishi.core.number import SERIALS, make_number
from yishi.core.outcome import Advanced, Notice
from yishi.core.permit import Permitted
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import Assignment, Attachment, Case, Clock, Link, Merge, Report
from yishi.records.models.base import Kept
from yishi.records.queries.case import LockedCase
from yishi.records.queries.rule import today_of

LINE = 80


@dataclass
class Into:
    """The main case a new one is merged into at birth; `before`: the states its clocks have when
    that is undone, as core named them (`new:0`)."""

    main: HeldCase
    before: Mapping[str, str]


def write_new(
    ask: Ask,
    act: str,
    words: Words,
    held: HeldPlace,
    advanced: Advanced,
    granted: Permitted,
    answer: str,
    proofs: Sequence[NewFile],
    into: Into | None = None,
    beside: Callable[[Case, Report], Kept] | None = None,
) -> Done:
    """Report and case, born together: all their rows, their clocks, photos and first entry.

    `beside` makes one more row that belongs to them, to be kept and sealed with them.
    """
    own = act in ("report.file", "report.join")
    on_spot = act == "report.settle_on_spot"
    person = ask.actor.person_id
    number = make_number(today_of(ask.now), ask.entropy.below(SERIALS))
    answered = ask.now if advanced.state == CaseState.ANSWERED else None
    text = held.at_once.text if held.at_once else None
    answer = text.answer if text else answer
    if text and own and person is not None:
        params = {"number": number, "answer": text.answer}
        told = (Notice("report.instant", person, params, number),)
        advanced = replace(advanced, notices=told)
    report = Report(
        uid=new_uid(ask.entropy),
        number=number,
        person_id=person if own else None,
        filed_by_id=None if own else person,
        name="" if own else words.name,
        phone="" if own else words.phone,
        consent=words.consent,
        words=words.text,
        nature=words.nature,
        channel=words.channel,
        place=held.place,
        building=held.building,
        spot=words.spot,
        lon=words.lon,
        lat=words.lat,
        datum="WGS-84" if words.lon is not None else "",
        filed_at=ask.now,
        answer=answer if answered else "",
        answered_at=answered,
    )
    case = Case(
        uid=new_uid(ask.entropy),
        number=number,
        state=advanced.state,
        kind=CaseKind.ON_SPOT if on_spot else CaseKind.UNSORTED,
        nature=words.nature,
        place=held.place,
        grid_id=held.building.grid_id if held.building else None,
        building=held.building,
        rules=held.rules.row,
        first_asked_id=None if own else person,
        line=" ".join(words.text.split())[:LINE],
        channel=words.channel,
        filed_at=ask.now,
        answered_at=answered,
        settled_at=answered,
        instant_id=text.id if text else None,
        item=text.item if text else "",
        item_title=text.item_title if text else "",
        closed_at=ask.now if into else None,
        main=into.main.locked.case if into else None,
        is_open=CaseState(advanced.state).is_open,
    )
    clocks = new_clock_rows(case, held.rules.row, advanced.starts, ask.key[:40], ask.entropy)
    for change in advanced.sets:
        row = clocks[int(change.uid.removeprefix(NEW))]
        row.state, row.ended_at = change.state, change.at
    head_clock(clocks, case)
    report.save(force_insert=True)
    case.save(force_insert=True)
    merged = _merged(ask, report, case, clocks, into)
    more = [beside(case, report)] if beside else []
    for one in more:
        one.save(force_insert=True)
    works = _on_spot_work(ask, case, granted, answer) if on_spot else []
    Clock.objects.bulk_create(clocks)
    attachments = _attach(ask, case, report, works[0] if works else None, words.photos, proofs)
    locked = LockedCase(
        case, CaseNow(case.uid, CaseState(case.state)), held.subject, works, clocks, [report]
    )
    return finish(
        ask,
        act,
        locked,
        advanced,
        None,
        granted,
        [report, case, *works, *clocks, *attachments, *merged, *more],
    )


def _merged(
    ask: Ask, report: Report, case: Case, clocks: Sequence[Clock], into: Into | None
) -> list[Merge]:
    """The report's dated links; of a case that is merged at birth also the row of the merge."""
    if into is None:
        Link.objects.create(report=report, case=case, from_at=ask.now)
        return []
    main = into.main.locked.case
    Link.objects.create(report=report, case=case, from_at=ask.now, until_at=ask.now)
    Link.objects.create(report=report, case=main, from_at=ask.now)
    before = {clocks[int(name.removeprefix(NEW))].uid: state for name, state in into.before.items()}
    row = Merge(
        uid=new_uid(ask.entropy),
        case=case,
        main=main,
        merged_by_id=ask.actor.person_id,
        merged_at=ask.now,
        before={"state": CaseState.SUBMITTED, "clocks": before},
    )
    row.save(force_insert=True)
    return [row]


def _on_spot_work(ask: Ask, case: Case, granted: Permitted, answer: str) -> list[Assignment]:
    """The grid worker's own body did the work: a redo goes back to it."""
    body = granted.seat.body_id if granted.seat else None
    if body is None:
        return []
    work = Assignment(
        uid=new_uid(ask.entropy),
        case=case,
        unit_id=body,
        is_lead=True,
        dispatched_at=ask.now,
        signed_at=ask.now,
        contacted_at=ask.now,
        result=answer,
        result_at=ask.now,
    )
    work.save(force_insert=True)
    Case.objects.filter(pk=case.pk).update(lead_id=body)
    return [work]


def _attach(
    ask: Ask,
    case: Case,
    report: Report,
    work: Assignment | None,
    photos: Sequence[NewFile],
    proofs: Sequence[NewFile],
) -> list[Attachment]:
    rows = []
    for part, files in (("photo", photos), ("proof", proofs)):
        for new in files:
            row = Attachment(
                uid=new_uid(ask.entropy),
                file=keep_file(new, ask.now),
                case=case,
                report=report if part == "photo" else None,
                assignment=work if part == "proof" else None,
                part=part,
                added_at=ask.now,
            )
            rows.append(row)
    return Attachment.objects.bulk_create(rows)
