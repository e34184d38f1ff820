"""From a person's words to a unit with a clock: file, refuse, accept, set aside, dispatch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from yishi.core.case.giving import OF_WORK, Duty, Given, Taken, take_over
from yishi.core.case.now import CaseNow, Terms
from yishi.core.case.state import CaseKind, CaseState, allowed
from yishi.core.clock import ClockKind, ClockState
from yishi.core.instant import AtOnce
from yishi.core.message import URGENT
from yishi.core.outcome import Advanced, Change, Event, Notice, UnitNotice
from yishi.core.refusal import Refusal

SPOT_MAX = 120  # ours: a corner, a floor, a door; not an essay


@dataclass(frozen=True, slots=True)
class Filing:
    """What somebody raises. `consent`: the resident agreed to somebody filing for them."""

    words: str
    nature: str
    channel: str
    has_place: bool
    photos: int = 0
    spot: str = ""
    for_another: bool = False
    consent: bool = False


def check_filing(filing: Filing, terms: Terms, channels: Mapping[str, object]) -> Refusal | None:
    """What is missing from a filing, the first thing first; None when nothing is.

    Refusals: `words_missing`, `words_too_long`, `place_missing`, `spot_too_long`,
    `too_many_photos`, `channel_unknown`, `nature_unknown`, `consent_missing`.
    Source: casework rules, limits.
    """
    rules = terms.rules
    source = f"{rules.id} {rules.version}"
    if not filing.words.strip():
        return Refusal("words_missing", source=source)
    if len(filing.words) > rules.words_max:
        return Refusal("words_too_long", rules.words_max, len(filing.words), "characters", source)
    if not filing.has_place:
        return Refusal("place_missing", source=source)
    if len(filing.spot) > SPOT_MAX:
        return Refusal("spot_too_long", SPOT_MAX, len(filing.spot), "characters", source)
    if filing.photos > rules.photos_max:
        return Refusal("too_many_photos", rules.photos_max, filing.photos, "photos", source)
    if filing.channel not in channels:
        return Refusal("channel_unknown", tuple(channels), filing.channel, source=source)
    if filing.nature not in rules.natures:
        return Refusal("nature_unknown", tuple(rules.natures), filing.nature, source=source)
    if filing.for_another and not filing.consent:
        return Refusal("consent_missing", source="个人信息保护法 第十三条")
    return None


def file(
    filing: Filing,
    terms: Terms,
    now: datetime,
    channels: Mapping[str, object],
    at_once: AtOnce | None = None,
) -> Advanced | Refusal:
    """A report is filed: its case is born with the intake clock running.

    `at_once`: the approved text that answers it (秒回). The intake clock is then held from the
    start, and goes on from filing where the resident says that it is still unsolved; until the
    text's silent days are over their word is waited for. Source: norms.md §1 Instant answer.
    """
    missing = check_filing(filing, terms, channels)
    if missing:
        return missing
    intake = terms.start(ClockKind.INTAKE, now)
    if at_once is not None:
        text = at_once.text
        waits = terms.start(ClockKind.CALL_BACK, now, at_once.silent)
        held = replace(intake, clock=replace(intake.clock, state=ClockState.HELD))
        return Advanced(
            state=CaseState.ANSWERED,
            part="filed_for" if filing.for_another else "raised",
            event=Event(
                "report.filed_for" if filing.for_another else "report.filed",
                params={
                    "channel": filing.channel,
                    "instant": text.title,
                    "answer": text.answer,
                    "until": iso(waits.clock.due_at),
                },
                facts={
                    "channel": filing.channel,
                    "nature": filing.nature,
                    "photos": filing.photos,
                    "instant": text.uid,
                },
            ),
            starts=(held, waits),
        )
    return Advanced(
        state=CaseState.SUBMITTED,
        part="filed_for" if filing.for_another else "raised",
        event=Event(
            "report.filed_for" if filing.for_another else "report.filed",
            params={"due": iso(intake.clock.due_at), "channel": filing.channel},
            facts={"channel": filing.channel, "nature": filing.nature, "photos": filing.photos},
        ),
        starts=(intake,),
    )


def settle_on_spot(
    filing: Filing,
    answer: str,
    proofs: int,
    draw: float,
    terms: Terms,
    now: datetime,
    channels: Mapping[str, object],
) -> Advanced | Refusal:
    """A grid worker settles what was raised at once, with a photo: 即办件.

    `draw` in [0, 1) decides whether it is in the sample that a second person checks. Refuses
    also with `answer_missing` and `proof_missing`. Source: norms.md §1 Independence.
    """
    missing = check_filing(filing, terms, channels)
    if missing:
        return missing
    if not answer.strip():
        return Refusal("answer_missing", source="norms.md §1")
    if proofs < 1:
        return Refusal("proof_missing", 1, proofs, "photos", "norms.md §1 即办件")
    sampled = draw < terms.rules.sample_share
    after = CaseState.CHECKING if sampled else CaseState.ANSWERED
    kind = ClockKind.CHECK if sampled else ClockKind.CALL_BACK
    return Advanced(
        state=after,
        part="handled",
        event=Event(
            "report.settled_on_spot",
            params={"answer": answer, "sampled": sampled},
            facts={"channel": filing.channel, "proofs": proofs, "sampled": int(sampled)},
        ),
        starts=(terms.start(kind, now),),
    )


def refuse(
    case: CaseNow, reason: str, words: str, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """Not accepted, for one of the six reasons; the resident gets the words and a route.

    Refuses with `reason_unknown`. Source: 北京市接诉即办工作条例 2021, art. 11.
    """
    row = allowed("case.refuse", case.state)
    if isinstance(row, Refusal):
        return row
    rules = terms.rules
    if reason not in rules.refuse_reasons:
        return Refusal("reason_unknown", tuple(rules.refuse_reasons), reason, source=rules.id)
    told = words.strip() or f"{rules.refuse_reasons[reason].zh}{rules.refuse_routes[reason].zh}"
    return Advanced(
        state=CaseState.REFUSED,
        part=row.part,
        event=Event("case.refused", {"reason": reason, "answer": told}, {"reason": reason}),
        changes=tell(case, told, now),
        sets=(
            *case.end(now, ClockKind.INTAKE, ClockKind.OUTSIDE),
            # What merged cases brought along, and what a returned one had left.
            *case.end(now, ClockKind.TOPIC, *OF_WORK, to=ClockState.STOPPED),
        ),
        notices=notices(case, "case.refused", {"answer": told}),
    )


def accept(case: CaseNow, item: str, title: str) -> Advanced | Refusal:
    """Filed (立案) under an item of the responsibility list; the intake clock goes on.

    `item` is its code, which the record keeps; `title` is what people read.
    """
    row = allowed("case.accept", case.state)
    if isinstance(row, Refusal):
        return row
    if not item:
        return Refusal("item_missing", source="norms.md §1 Responsibility list")
    return Advanced(
        state=CaseState.FILED,
        part=row.part,
        event=Event("case.accepted", {"item": title}, {"item": item}),
        notices=notices(case, "case.accepted", {"item": title}),
    )


def set_aside(case: CaseNow, why: str, terms: Terms, now: datetime) -> Advanced | Refusal:
    """It concerns many and needs agreement: a topic, with its answer clock running.

    One that was a topic before goes on with the clock it has.
    Source: norms.md §1, the fork at intake; practice H8.
    """
    row = allowed("case.set_aside", case.state)
    if isinstance(row, Refusal):
        return row
    if not why.strip():
        return Refusal("why_missing", source="norms.md §1 The fork at intake")
    own = next((clock for clock in case.running(ClockKind.TOPIC) if not clock.case), None)
    begun = None if own else terms.start(ClockKind.TOPIC, now)
    due_at = own.due_at if own else begun.clock.due_at if begun else None
    params = {"why": why, "due": iso(due_at)}
    return Advanced(
        state=CaseState.TOPIC,
        part=row.part,
        event=Event("case.set_aside", params),
        sets=case.end(now, ClockKind.INTAKE),
        starts=(begun,) if begun else (),
        notices=notices(case, "case.set_aside", params),
    )


def dispatch(
    case: CaseNow,
    duty: Duty | Refusal,
    terms: Terms,
    now: datetime,
    suggested: int | None = None,
) -> Advanced | Refusal:
    """Given to the lead and co-handlers the list names, each with its clocks from now.

    The handling clock starts here and not at signing: units bounced orders before signing. A
    case that came back goes on with the clock it had. The limit is the row's; where it has none,
    the adopted one for the nature of the matter; an urgent matter never gets more than the
    urgent limit. The acts give the new assignments uids in the order lead, co-handlers; `starts`
    names them `new:0`, `new:1`, …. `suggested`: at which rank the row's item was suggested, 0
    where it was not; None where nothing was. Source: norms.md §1, Clocks and Responsibility list.
    """
    row = allowed("case.dispatch", case.state)
    if isinstance(row, Refusal):
        return row
    if isinstance(duty, Refusal):
        return duty
    taken = take_over(case, Given(duty), terms, now)
    params = {
        "lead": duty.lead,
        "co": [name for _, name in duty.co],
        "due": iso(taken.lead_due),
        "item": duty.item,
    }
    ranked: dict[str, int] = {} if suggested is None else {"suggested": suggested}
    return Advanced(
        state=CaseState.DISPATCHED,
        part=row.part,
        event=Event(
            "case.dispatched",
            {**params, **ranked},
            {"row": duty.row, "bodies": len(taken.bodies), **ranked},
        ),
        changes=taken.changes,
        sets=(*case.end(now, ClockKind.INTAKE, ClockKind.TOPIC), *taken.sets),
        starts=taken.starts,
        notices=notices(case, "case.dispatched", params),
        unit_notices=unit_notices(case, taken),
    )


def kind_of(lead_is_community: bool) -> CaseKind:
    """代办件 where the community leads, 上报件 where a department or the sub-district does."""
    return CaseKind.ON_BEHALF if lead_is_community else CaseKind.REPORTED_UP


def tell(case: CaseNow, words: str, now: datetime) -> tuple[Change, ...]:
    """The same answer for every resident on the case, each on their own report."""
    return tuple(
        Change("report", report.uid, {"answer": words, "answered_at": now, "attempts": 0})
        for report in case.reports
    )


def notices(case: CaseNow, template: str, params: Mapping[str, object]) -> tuple[Notice, ...]:
    """One message to each resident on the case who has an account, for each of their reports."""
    return tuple(
        Notice(template, report.person_id, {"number": report.number, **params}, report.number)
        for report in case.reports
        if report.person_id is not None
    )


def unit_notices(case: CaseNow, taken: Taken) -> tuple[UnitNotice, ...]:
    """Whoever handles matters for a body that gets an urgent case is told at once; all else
    they read in the morning."""
    if not case.urgent:
        return ()
    params = {"due": iso(taken.lead_due)}
    return tuple(UnitNotice(URGENT, body_id, params) for body_id, _ in taken.bodies)


def iso(moment: datetime | None) -> str:
    """The moment as the journal and the story keep it; empty while it waits for a calendar."""
    return moment.isoformat() if moment else ""
