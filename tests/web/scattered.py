"""Random cases with everything figures count, and what decides it, said case by case."""

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.acts.world import NOW, STARS, World
from yishi.core.case.state import CaseState
from yishi.core.figures_case import CaseFacts, Word
from yishi.core.number import make_number
from yishi.core.place import COMMUNITY_BODIES
from yishi.core.rates import Reach
from yishi.records.models import (
    Assignment,
    Body,
    Case,
    Clock,
    Exclusion,
    InstantAnswer,
    Link,
    Pushed,
    Rating,
    Report,
    Request,
    Source,
)
from yishi.records.queries.figures_book import forget
from yishi.records.queries.rule import in_force, today_of

LEVELS = ("dissatisfied", "basically", "satisfied")
REPEAT = timedelta(hours=24)
SPREAD_DAYS = 400


@dataclass
class Scattered:
    """uid → what decides figures, and the cases."""

    facts: dict[str, CaseFacts] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)


def scatter(world: World, count: int, seed: int = 1) -> dict[str, CaseFacts]:
    """Random cases over 400 days, places, units, items and channels; uid → what decides."""
    chance = random.Random(seed)
    made = Scattered()
    text = InstantAnswer.objects.create(
        uid=world.uid(),
        place=world.places["清河区"],
        title="停水",
        answer="今晚八点恢复。",
        until_at=NOW,
        state="approved",
        drafted_at=NOW,
    )
    first = Case.objects.count()
    for index in range(first, first + count):
        _one(world, made, chance, index, text)
    _merge(made, chance)
    for case in made.cases:
        _rate(world, case, made, chance)
    _repeats(made)
    forget()
    return made.facts


def _one(
    world: World, made: Scattered, chance: random.Random, index: int, text: InstantAnswer
) -> None:
    filed = NOW - timedelta(minutes=chance.randrange(SPREAD_DAYS * 24 * 60))
    if made.cases and chance.random() < 0.2:
        filed = chance.choice(made.cases).filed_at + timedelta(minutes=chance.randrange(3000))
        filed = min(filed, NOW)
    imported = chance.random() < 0.3
    state = CaseState.ARCHIVED if imported else chance.choice(list(CaseState))
    instant = not imported and chance.random() < 0.2
    unsolved = instant and chance.random() < 0.5
    lead: Body | None = chance.choice([*world.bodies.values(), None])
    case = Case.objects.create(
        uid=world.uid(),
        number=make_number(today_of(filed), index),
        state=state,
        nature="complaint",
        place=chance.choice(list(world.places.values())),
        lead=lead,
        item=chance.choice(["", "D0", "D1", "D2"]),
        item_title="井盖",
        channel=chance.choice(["web", "grid", "unknown"]),
        rules=in_force(world.places["清河区"], today_of(NOW)).row,
        filed_at=filed,
        answered_at=None if not instant or unsolved else filed,
        instant=text if instant else None,
        is_open=state.is_open,
        is_imported=imported,
    )
    facts = CaseFacts(
        state,
        imported,
        instant=instant,
        unsolved=unsolved,
        led=lead is not None,
        by_community=lead is not None and lead.kind in COMMUNITY_BODIES,
    )
    if imported:
        asserted = chance.choice([True, False, None])
        Source.objects.create(source="s", their_id=str(index), case=case, asserted_on_time=asserted)
        facts = replace(facts, asserted=asserted)
    elif chance.random() < 0.8:
        facts = _work(world, case, facts, chance)
    made.cases.append(case)
    made.facts[case.uid] = facts


def _work(world: World, case: Case, facts: CaseFacts, chance: random.Random) -> CaseFacts:
    """A lead and a co-handler, each with a handling clock; only the lead's counts."""
    due = chance.choice([None, case.filed_at + timedelta(days=3), NOW + timedelta(days=9)])
    # A microsecond decides at the edge.
    edge = due and due - timedelta(microseconds=chance.choice([0, 1]))
    ended = chance.choice([None, edge, case.filed_at + timedelta(days=chance.randrange(6))])
    running = chance.choice(["running", "running", "paused"])
    state = "stopped" if chance.random() < 0.1 else "done" if ended else running
    contacted = chance.random() < 0.6
    returned = chance.choice([None, None, "refused", "accepted"])
    units = list(world.bodies.values())
    for is_lead, unit in ((True, units[0]), (False, units[1])):
        work = Assignment.objects.create(
            uid=world.uid(),
            case=case,
            unit=unit,
            is_lead=is_lead,
            dispatched_at=case.filed_at,
            contacted_at=case.filed_at if contacted or not is_lead else None,
        )
        for kind in ("handle", "sign"):
            _clock(world, case, work, kind, state if is_lead else "done", due, ended)
    if returned:
        _return(world, case, work, returned)
    pushed = chance.random() < 0.2
    for _ in range(chance.choice([1, 2]) if pushed else 0):
        Pushed.objects.create(
            uid=world.uid(), case=case, community=units[0], code="D0", at=case.filed_at
        )
    return replace(
        facts,
        has_clock=state != "stopped",
        due_at=due,
        ended_at=ended,
        stands=state == "paused",
        contacted=contacted,
        return_asked=returned is not None,
        return_accepted=returned == "accepted",
        pushed=pushed,
    )


def _clock(
    world: World,
    case: Case,
    work: Assignment,
    kind: str,
    state: str,
    due: datetime | None,
    ended: datetime | None,
) -> None:
    Clock.objects.create(
        uid=world.uid(),
        case=case,
        assignment=work,
        kind=kind,
        state=state,
        started_at=case.filed_at,
        span_length=3,
        span_kind="day",
        due_at=due,
        rules=case.rules,
        ended_at=ended,
    )


def _return(world: World, case: Case, work: Assignment, state: str) -> None:
    for kind in ("return", "extension"):
        Request.objects.create(
            uid=world.uid(),
            case=case,
            assignment=work,
            kind=kind,
            state=state,
            state_before="signed",
            reason="不归我们",
            asked_at=case.filed_at,
        )


def _merge(made: Scattered, chance: random.Random) -> None:
    """Every case in the state of a merged one gets a main case, of another place and unit."""
    mains = [case for case in made.cases if case.state != CaseState.MERGED]
    for case in made.cases:
        if case.state != CaseState.MERGED or not mains:
            continue
        case.main = main = chance.choice(mains)
        case.save(update_fields=["main"])
        its, own = made.facts[main.uid], made.facts[case.uid]
        made.facts[case.uid] = replace(
            own,
            main=CaseState(main.state),
            led=its.led or own.led,
            by_community=its.by_community if its.led else own.by_community,
            contacted=its.contacted or own.contacted,
        )


def _rate(world: World, case: Case, made: Scattered, chance: random.Random) -> None:
    """What the resident who raised it said, and sometimes a neighbour who joined; the last word
    of each counts, unless it was left out."""
    words = []
    for number in (case.number, f"9{case.number[1:]}")[: chance.choice([0, 1, 1, 2])]:
        report = Report.objects.create(
            uid=world.uid(),
            number=number,
            words="井盖",
            nature="complaint",
            channel="web",
            place=case.place,
            filed_at=case.filed_at,
        )
        Link.objects.create(report=report, case=case, from_at=case.filed_at)
        own = number == case.number
        handled = case.main if own and case.main and chance.random() < 0.5 else case
        for turn in range(1, chance.choice([2, 2, 3])):
            words.append(_rating(world, handled, report, turn, chance))
            if turn == 2:
                del words[-2]
    if not words:
        return
    counted = [solved for solved, _level, reach in words if reach != Reach.ALL]
    levels = [level for _solved, level, reach in words if reach is None]
    word = Word(
        valid=bool(counted),
        solved=bool(counted) and all(counted),
        valid_satisfaction=bool(levels),
        satisfaction=min(levels, key=LEVELS.index, default=""),
        excluded=any(reach == Reach.ALL for *_, reach in words),
        excluded_satisfaction=any(reach == Reach.SATISFACTION for *_, reach in words),
    )
    made.facts[case.uid] = replace(made.facts[case.uid], word=word)


def _rating(
    world: World, case: Case, report: Report, turn: int, chance: random.Random
) -> tuple[bool, str, Reach | None]:
    solved, level = chance.random() < 0.7, chance.choice(LEVELS)
    rating = Rating.objects.create(
        uid=world.uid(),
        report=report,
        case=case,
        round=turn,
        solved=solved,
        satisfaction=level,
        by_resident=True,
        rated_at=NOW,
        **STARS,
    )
    reach = chance.choice([None, None, Reach.ALL, Reach.SATISFACTION])
    state = chance.choice(["approved", "approved", "asked"])
    if reach:
        Exclusion.objects.create(
            uid=world.uid(),
            rating=rating,
            case=case,
            reason="mistaken",
            reach=reach,
            words="评错了",
            state=state,
            asked_at=NOW,
        )
    return solved, level, reach if state == "approved" else None


def _repeats(made: Scattered) -> None:
    for case in made.cases:
        like = [
            other
            for other in made.cases
            if case.item
            and (other.place_id, other.item) == (case.place_id, case.item)
            and (other.filed_at, other.pk) < (case.filed_at, case.pk)
            and case.filed_at - other.filed_at <= REPEAT
        ]
        made.facts[case.uid] = replace(made.facts[case.uid], repeats=bool(like))
