"""Random lives of cases on the pure core: every promise is looked at after every act."""

import ast
import os
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import yishi.core.case
from tests.soak.held import look_at, used
from tests.soak.model import ENDED, Case, Fault, Town
from tests.soak.moves import MOVES, OTHER_HALF, Player
from yishi.core.calendar import Calendar, Year
from yishi.core.case.now import Terms
from yishi.core.case.state import TRANSITIONS, CaseState, allowed
from yishi.core.clock import ClockKind, ClockState
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal
from yishi.rulebook.kinds import case_rules, office_hours, year_of
from yishi.rulebook.shipped import shipped_bundle

ACTS_EACH = 30
CASES_EACH = 4
CHUNK = 250
# From here on every act and every refusal is expected to be met.
ENOUGH = 10_000
SHANGHAI = ZoneInfo("Asia/Shanghai")
# Before each of the long holidays of 2026, in an ordinary week, and where the calendar ends.
BEGINNINGS = (
    datetime(2026, 2, 13, 1, 0, tzinfo=UTC),
    datetime(2026, 3, 11, 1, 0, tzinfo=UTC),
    datetime(2026, 4, 29, 9, 30, tzinfo=UTC),
    datetime(2026, 9, 24, 6, 0, tzinfo=UTC),
    datetime(2026, 12, 18, 1, 0, tzinfo=UTC),
    datetime(2026, 12, 30, 7, 0, tzinfo=UTC),
)
STEPS = (1, 5, 20, 60, 60, 130, 300, 1440, 4 * 1440, 11 * 1440)
# A next year's notice, made up: what matters is that there is none, and then there is one.
NEXT = Year(2027, "1", "made up", {date(2027, 1, 1): "元旦"}, {date(2027, 1, 2): "元旦"})


def terms() -> tuple[Terms, ...]:
    """The rules as shipped, and with so little room that what is rare there is met; the years as
    published."""
    rules = case_rules(shipped_bundle("casework", "standard"))
    assert rules.course is not None
    calendar = Calendar(
        {2026: year_of(shipped_bundle("calendar", "2026"))}, SHANGHAI, office_hours()
    )
    tight = replace(rules.course, merge_reports=2, suspension_times=1, split_parts=4)
    return Terms(rules, calendar), Terms(replace(rules, course=tight), calendar)


@dataclass
class Met:
    """What a run came across, and what broke."""

    acts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Met") -> None:
        self.acts += other.acts
        self.refusals += other.refusals
        self.faults += other.faults


@dataclass
class Life:
    """One sequence, told act by act: what was done is repeated when a promise breaks."""

    number: int
    chance: Random
    terms: Terms
    met: Met = field(default_factory=Met)
    told: list[str] = field(default_factory=list)
    run: dict[str, timedelta] = field(default_factory=dict)
    # Whose time a clock counts: a unit's, or 0 for whoever leads.
    parts: dict[str, int] = field(default_factory=dict)
    main: str = ""

    def live(self) -> None:
        """At least ACTS_EACH acts; raises Fault with the first broken promise."""
        town = Town(self.chance.choice(BEGINNINGS) + timedelta(minutes=self.chance.randrange(2000)))
        self.player = Player(self.chance, town, self.terms)
        self.town = town
        while sum(self.met.acts.values()) < ACTS_EACH:
            self._wait()
            self._act()

    def _wait(self) -> None:
        """Time goes by, and with it the running clocks, counted here by themselves."""
        step = timedelta(minutes=self.chance.choice(STEPS) * self.chance.randint(0, 2))
        for case in self.town.cases.values():
            for clock in case.clocks.values():
                if clock.now.state in (ClockState.RUNNING, ClockState.WAITS):
                    self.run[clock.now.uid] = self.run.get(clock.now.uid, timedelta()) + step
        self.town.now += step
        if self.town.now.year > 2026 and self.chance.random() < 0.3:
            years = {**self.terms.calendar.years, 2027: NEXT}
            calendar = replace(self.terms.calendar, years=years)
            self.player.terms = self.terms = Terms(self.terms.rules, calendar)

    def _act(self) -> None:
        cases = self.town.cases
        open_ = [c for c in cases.values() if c.now.state.is_open]
        if not open_ or (len(open_) < CASES_EACH and self.chance.random() < 0.12):
            act, filed = self.player.file()
            self._note(act, filed, "", None)
            return
        merged = [c.uid for c in cases.values() if c.now.state is CaseState.MERGED]
        uid = self.chance.choice([c.uid for c in open_])
        if merged and self.chance.random() < 0.15:
            uid = self.chance.choice(merged)
        elif self.chance.random() < 0.1:
            uid = self.chance.choice(list(cases))
        before = cases[uid].now.state
        possible = _possible(before)
        if self.chance.random() < 0.15 or not possible:
            possible = list(MOVES)
        act = self.chance.choice(possible)
        move = self.chance.choice(MOVES[act])
        held = self.town.look(uid)
        self.main = cases[uid].main
        said = move(self.player, uid, held)
        if isinstance(said, Refusal) and self.town.look(uid) != held:
            raise Fault(f"{uid}: {act} was refused and changed something")
        if said is not None:
            self._note(act, said, uid, before)

    def _note(self, act: str, said: Advanced | Refusal, uid: str, before: CaseState | None) -> None:
        word = said.code if isinstance(said, Refusal) else said.event.code
        self.told.append(f"{self.town.now:%m-%d %H:%M} {uid} {act}: {word}")
        if isinstance(said, Refusal):
            self.met.refusals[said.code] += 1
            return
        self.met.acts[act] += 1
        row = allowed(act, before)
        state = CaseState(said.state)
        known = any(row.act == act for row in TRANSITIONS)
        if known and (isinstance(row, Refusal) or state not in row.after):
            raise Fault(f"{uid}: {act} led from {before} to {state}")
        for case in self.touched(uid):
            look_at(self.town, case.uid, self.terms.calendar)
            self._nothing_lost(case)

    def touched(self, uid: str) -> list[Case]:
        """The case of an act and those that hang together with it; a new one, the last."""
        cases = self.town.cases
        if not uid:
            return [next(reversed(cases.values()))]
        near = {uid, cases[uid].main, self.main, *(c for c in cases if cases[c].main == uid)}
        return [cases[name] for name in sorted(near - {""})]

    def _nothing_lost(self, case: Case) -> None:
        """No time that ran before our eyes is missing, and nobody's part starts anew."""
        parts: set[int] = set()
        for clock in case.clocks.values():
            if clock.now.kind is not ClockKind.HANDLE or not case.now.state.is_open:
                continue
            row = next(work for work in case.works if work.now.uid == clock.work)
            part = self.parts.setdefault(clock.now.uid, 0 if row.now.is_lead else row.now.unit_id)
            if clock.now.state is not ClockState.DONE and not case.now.dissatisfied:
                if part in parts:
                    raise Fault(f"{case.uid}: {row.now.unit} began anew")
                parts.add(part)
            seen = self.run.get(clock.now.uid, timedelta())
            if clock.now.state not in ENDED and used(clock.now, self.town.now) < seen:
                raise Fault(f"{case.uid}: {clock.now.uid} ran {seen}, kept {clock.now}")


@cache
def _possible(state: CaseState) -> list[str]:
    """The acts that lead out of a state."""
    beside = ["order.issue", "order.answer"] if state.is_open else []
    return [act for act in MOVES if not isinstance(allowed(act, state), Refusal)] + beside


def one(seed: int, number: int, rules: tuple[Terms, ...]) -> Met:
    """The sequence `number` of `seed`."""
    chance = Random(f"{seed}-{number}")
    life = Life(number, chance, rules[number % len(rules)])
    try:
        life.live()
    except Fault as fault:
        life.met.faults.append(f"sequence {number}: {fault}\n  " + "\n  ".join(life.told))
    except Exception as error:
        life.met.faults.append(
            f"sequence {number}: {type(error).__name__} {error}\n  " + "\n  ".join(life.told)
        )
    return life.met


def some(job: tuple[int, int, int]) -> Met:
    """The sequences `begin` to `end` of `seed`."""
    seed, begin, end = job
    met, rules = Met(), terms()
    for number in range(begin, end):
        met.add(one(seed, number, rules))
    return met


def codes() -> set[str]:
    """Every refusal code the pure casework core can give, read from its source."""
    found = set()
    for path in Path(yishi.core.case.__file__).parent.glob("*.py"):
        if path.stem == "imported":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                first = node.args[0]
                assert isinstance(first, ast.Constant), path
                found.add(str(first.value))
    return found


def run(sequences: int, seed: int) -> int:
    """Every sequence on every processor; prints what was met. 0 when nothing broke."""
    began = time.monotonic()
    jobs = [(seed, begin, min(begin + CHUNK, sequences)) for begin in range(0, sequences, CHUNK)]
    met = Met()
    with Pool(min(len(jobs), os.cpu_count() or 1)) as pool:
        for part in pool.imap(some, jobs):
            met.add(part)
    for half, act in OTHER_HALF.items():
        met.acts[half] = met.acts[act]
    acts = {row.act for row in TRANSITIONS} | set(MOVES)
    print(f"seed {seed}: {sequences} sequences, {sum(met.acts.values())} acts,", end=" ")
    print(f"{sum(met.refusals.values())} refusals, {time.monotonic() - began:.0f} s")
    for title, counts, names in (("act", met.acts, acts), ("refusal", met.refusals, codes())):
        for name in sorted(names | set(counts)):
            print(f"  {title:8} {name:24} {counts[name]:9}")
        unmet = [f"{title} {name} was never met" for name in sorted(names - set(counts))]
        met.faults += unmet if sequences >= ENOUGH else []
    for fault in met.faults[:5]:
        print(f"FAULT {fault}")
    print(f"{len(met.faults)} faults")
    return int(bool(met.faults))
