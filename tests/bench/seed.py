"""Many cases at once, under the same constraints as the acts, without going through them."""

import random
from datetime import date, datetime, timedelta

from tests.acts.world import NOW, World
from yishi.core.case.state import CaseState
from yishi.core.number import make_number
from yishi.core.place import BodyKind
from yishi.records.models import Assignment, Case, Clock, Entry, Hand, Link, Person, Report
from yishi.records.queries.rule import in_force, today_of

BATCH = 2_000
SEEDED = date(2006, 1, 1)  # a month no act of the bench draws a number in
RESIDENTS = ("王桂英", "李建国")
OPEN_SHARE = 0.04
CASES_A_RESIDENT = 20
UNITS = 100
BUSY, BUSY_SHARE = 4, 0.2
OPEN_STATES = (
    CaseState.SUBMITTED,
    CaseState.FILED,
    CaseState.DISPATCHED,
    CaseState.SIGNED,
    CaseState.HANDLING,
    CaseState.CHECKING,
    CaseState.ANSWERED,
)


def bring_to(world: World, size: int, now: datetime, open_share: float = OPEN_SHARE) -> None:
    """Adds cases until there are `size`: a year of them, one in twenty-five open."""
    have = Case.objects.count()
    _people(world, size // CASES_A_RESIDENT)
    _units(world)
    chance = random.Random(have)
    for start in range(have, size, BATCH):
        _batch(world, range(start, min(start + BATCH, size)), now, chance, open_share)


def _people(world: World, count: int) -> None:
    """Residents, so that nobody has raised thousands of matters."""
    have = sum(name.startswith("居民") for name in world.people)
    rows = [
        Person(uid=world.uid(), login=f"resident-{n}", name=f"居民{n}", joined_at=NOW)
        for n in range(have, count)
    ]
    Person.objects.bulk_create(rows)
    world.people |= {row.name: row for row in rows}


def _units(world: World) -> None:
    """As many handling units as a district has."""
    for n in range(len(world.bodies), UNITS):
        world.body(f"单位{n}", BodyKind.DEPARTMENT, "清河区")


def _batch(
    world: World, indexes: range, now: datetime, chance: random.Random, open_share: float
) -> None:
    rules = in_force(world.places["清河区"], today_of(now)).row
    places = [p for p in world.places.values() if p.kind == "community"]
    buildings = list(world.buildings.values())
    bodies = list(world.bodies.values())
    people = [p for name, p in world.people.items() if name in RESIDENTS or name[:2] == "居民"]
    cases, reports = [], []
    for index in indexes:
        filed = now - timedelta(minutes=1 + chance.randrange(365 * 24 * 60))
        is_open = chance.random() < open_share
        state = chance.choice(OPEN_STATES) if is_open else CaseState.ARCHIVED
        building = chance.choice(buildings)
        place = building.community if chance.random() < 0.5 else chance.choice(places)
        number = make_number(SEEDED, index)
        due = filed + timedelta(days=5)
        common = {"number": number, "nature": "complaint", "channel": "web", "filed_at": filed}
        cases.append(
            Case(
                uid=world.uid(),
                state=state,
                kind="reported_up",
                place=place,
                grid=building.grid if place == building.community else None,
                building=building if place == building.community else None,
                rules=rules,
                lead=chance.choice(bodies[:BUSY] if chance.random() < BUSY_SHARE else bodies),
                line=f"第{index}件 楼下的路灯不亮了，晚上看不见台阶",
                item=f"D{index % 300}",
                item_title="路灯不亮",
                is_open=is_open,
                due_at=due if is_open else None,
                amber_at=due - timedelta(days=1) if is_open else None,
                due_kind="handle" if is_open else "",
                dispatched_at=filed + timedelta(hours=2),
                settled_at=None if is_open else filed + timedelta(days=chance.randrange(1, 9)),
                closed_at=None if is_open else filed + timedelta(days=10),
                **common,
            )
        )
        reports.append(
            Report(
                uid=world.uid(),
                person=chance.choice(people),
                words=f"第{index}件 楼下的路灯不亮了，晚上看不见台阶",
                place=place,
                **common,
            )
        )
    Case.objects.bulk_create(cases)
    Report.objects.bulk_create(reports)
    pairs = list(zip(cases, reports, strict=True))
    Link.objects.bulk_create(
        [Link(case=case, report=report, from_at=case.filed_at) for case, report in pairs]
    )
    works = [
        Assignment(
            uid=world.uid(),
            case=case,
            unit=case.lead,
            is_lead=True,
            dispatched_at=case.dispatched_at,
            signed_at=case.dispatched_at,
            result_at=case.settled_at,
        )
        for case in cases
        if case.state not in (CaseState.SUBMITTED, CaseState.FILED)
    ]
    Assignment.objects.bulk_create(works)
    Clock.objects.bulk_create([_clock(world, work, rules) for work in works])
    Hand.objects.bulk_create(
        [
            Hand(subject_uid=case.uid, person=report.person, part="raised", alias=world.uid())
            for case, report in pairs
        ]
    )
    Entry.objects.bulk_create(
        [
            Entry(
                uid=world.uid(),
                subject_kind="case",
                subject_uid=case.uid,
                subject_no=no,
                code=code,
                at=case.filed_at,
                role="resident",
                params={"due": "", "channel": "web", "lead": case.lead.name, "co": [], "item": ""},
                leaf=b"{}",
            )
            for case in cases
            for no, code in ((1, "report.filed"), (2, "case.dispatched"))
        ]
    )


def _clock(world: World, work: Assignment, rules: object) -> Clock:
    done = work.result_at is not None
    return Clock(
        uid=world.uid(),
        case=work.case,
        assignment=work,
        kind="handle",
        state="done" if done else "running",
        started_at=work.dispatched_at,
        span_length=5,
        span_kind="working_day",
        due_at=work.dispatched_at + timedelta(days=5),
        amber_at=work.dispatched_at + timedelta(days=4),
        rules=rules,
        cause="seed",
        ended_at=work.result_at,
    )
