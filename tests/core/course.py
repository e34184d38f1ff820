"""A case told step by step on the rules and the calendar as shipped; moments are Shanghai's."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.soak.model import Case as CaseRow
from tests.soak.model import Merge, Report, Town
from yishi.core.calendar import Calendar, Span, SpanKind
from yishi.core.case import handling, intake, merging, returning
from yishi.core.case.giving import Duty
from yishi.core.case.now import CaseNow, ClockNow, ReportNow, Terms, WorkNow
from yishi.core.case.request import RequestKind, RequestNow
from yishi.core.case.state import CaseState
from yishi.core.clock import ClockKind, ClockState
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal
from yishi.rulebook.kinds import case_rules, office_hours, year_of
from yishi.rulebook.shipped import shipped_bundle

SHANGHAI = ZoneInfo("Asia/Shanghai")
TERMS = Terms(
    case_rules(shipped_bundle("casework", "standard")),
    Calendar({2026: year_of(shipped_bundle("calendar", "2026"))}, SHANGHAI, office_hours()),
)
LEAD, CO, OTHER, THIRD = (5, "城管局"), (6, "水务公司"), (7, "街道办"), (8, "供电所")
DAYS3 = Span(3, SpanKind.WORKING_DAY)
Answer = Advanced | Refusal


def at(words: str) -> datetime:
    """`04-29 09:00` of 2026, in Shanghai."""
    year = words if words[4] == "-" else f"2026-{words}"
    return datetime.fromisoformat(year).replace(tzinfo=SHANGHAI)


def code(answer: object) -> str:
    """What it was refused with, or yes."""
    return answer.code if isinstance(answer, Refusal) else "yes"


def duty(*bodies: tuple[int, str], limit: Span | None = DAYS3) -> Duty:
    """A row of the list that names these, lead first."""
    (lead_id, lead), *co = bodies
    return Duty("row", "井盖缺失", lead, lead_id, tuple(co), limit)


class Course:
    """One town of cases; `c1` is filed with the first step."""

    def __init__(self, begins: str, state: CaseState = CaseState.SUBMITTED) -> None:
        self.town = Town(at(begins))
        self.file("c1", begins, state)

    def file(self, uid: str, when: str, state: CaseState = CaseState.SUBMITTED) -> None:
        """A case with one resident's report and its intake clock."""
        self.town.now = at(when)
        self.town.cases[uid] = CaseRow(uid, CaseNow(uid, state))
        report = ReportNow(f"r-{uid}", f"no-{uid}", 9, has_contact=True)
        self.town.reports[report.uid] = Report(report, uid)
        filing = intake.Filing("井盖不见了", "complaint", "web", has_place=True)
        said = intake.file(filing, TERMS, at(when), {"web": "web"})
        assert isinstance(said, Advanced)
        self.town.apply(uid, replace(said, state=state))

    def now(self, uid: str = "c1") -> CaseNow:
        """The case as a decision sees it."""
        return self.town.look(uid)

    def work(self, body: tuple[int, str], uid: str = "c1") -> WorkNow:
        """What this body has in hand."""
        return next(work for work in self.now(uid).works if work.unit_id == body[0])

    def do(
        self,
        when: str,
        decide: Callable[[CaseNow, datetime], Answer],
        bodies: Sequence[tuple[int, str]] = (),
        uid: str = "c1",
        *,
        leads: bool = True,
        signed: bool = False,
    ) -> Answer:
        """Decides, and applies a yes; `bodies` get work, the first the lead where `leads`."""
        self.town.now = at(when)
        held = self.now(uid)
        said = decide(held, at(when))
        has = {work.unit_id for work in held.works}
        made = [
            WorkNow(
                self.town.uid("w"),
                unit,
                name,
                leads and index == 0,
                signed=signed,
                signed_at=at(when) if signed else None,
            )
            for index, (unit, name) in enumerate(bodies)
            if unit not in has
        ]
        if isinstance(said, Advanced):
            self.town.apply(uid, said, made)
        return said

    def give(
        self, when: str, *bodies: tuple[int, str], uid: str = "c1", limit: Span | None = DAYS3
    ) -> Answer:
        """Dispatched to these, lead first."""
        row = duty(*bodies, limit=limit)
        return self.do(when, lambda c, now: intake.dispatch(c, row, TERMS, now), bodies, uid)

    def sign(self, when: str, body: tuple[int, str] = LEAD, uid: str = "c1") -> Answer:
        """The body signs."""
        return self.do(when, lambda c, now: handling.sign(c, self.work(body, uid), now), uid=uid)

    def contact(self, when: str, body: tuple[int, str] = LEAD, uid: str = "c1") -> Answer:
        """The lead speaks with the resident."""
        work = self.work(body, uid)
        return self.do(when, lambda c, now: handling.contact(c, work, True, "已联系", now), uid=uid)

    def submit(self, when: str, body: tuple[int, str] = LEAD, why: str = "无关") -> Answer:
        """The body says what it did."""
        work = self.work(body)
        return self.do(
            when, lambda c, now: handling.submit_result(c, work, "已换", 1, why, TERMS, now)
        )

    def ask(
        self,
        when: str,
        kind: RequestKind,
        decide: Callable[[CaseNow, datetime], Answer],
        body: tuple[int, str],
        **more: object,
    ) -> Answer:
        """A request, with its row where it is let through."""
        before, work = self.now().state, self.work(body)
        said = self.do(when, decide)
        if isinstance(said, Advanced):
            self.town.ask("c1", kind, work, before=before, **more)
        return said

    def ask_return(
        self, when: str, body: tuple[int, str] = LEAD, reason: str = "不是", clause: str = "三"
    ) -> Answer:
        """The body asks to give it back."""
        work = self.work(body)
        return self.ask(
            when,
            RequestKind.RETURN,
            lambda c, now: returning.ask_return(c, work, reason, clause, TERMS, now),
            body,
        )

    def request(self, number: int = -1) -> RequestNow:
        """A request of the case, the last one."""
        return self.now().requests[number]

    def decide_return(
        self, when: str, verdict: str, words: str = "是你们的", number: int = -1
    ) -> Answer:
        """The dispatcher's word."""
        request = self.request(number)
        return self.do(
            when, lambda c, now: returning.decide_return(c, request, verdict, words, TERMS, now)
        )

    def merge(self, when: str, uid: str, main: str) -> merging.Both | Refusal:
        """One case into another."""
        self.town.now = at(when)
        case = self.now(uid)
        both = merging.merge(case, self.now(main), "同一件事", TERMS, at(when))
        if isinstance(both, merging.Both):
            clocks = {key: ClockState(state) for key, state in both.clocks.items()}
            reports = [row for row in self.town.reports.values() if row.case == uid]
            names = [row.now.uid for row in reports]
            self.town.merges[uid] = Merge(uid, main, case.state, clocks, names, {})
            self.town.apply(uid, both.case)
            self.town.cases[uid].main = main
            for row in reports:
                row.case = main
            self.town.apply(main, both.main)
        return both

    def unmerge(
        self, when: str, uid: str, why: str = "不是一件", back: int = 1
    ) -> merging.Both | Refusal:
        """And out again."""
        self.town.now = at(when)
        kept = self.town.merges[uid]
        both = merging.unmerge(
            self.town.look(uid, list(kept.clocks)),
            self.now(kept.main),
            kept.before,
            kept.clocks,
            back,
            why,
            TERMS,
            at(when),
        )
        if isinstance(both, merging.Both):
            self.town.cases[uid].main = ""
            for name in kept.reports:
                self.town.reports[name].case = uid
            self.town.apply(uid, both.case)
            self.town.apply(kept.main, both.main)
        return both

    def clock(self, kind: ClockKind, body: tuple[int, str] | None = None) -> ClockNow:
        """The one clock of `kind` of `c1`; of `body` where given."""
        found = [
            clock
            for clock in self.now().clocks
            if clock.kind is kind and (body is None or clock.unit_id == body[0])
        ]
        assert len(found) == 1, [(c.uid, c.state) for c in found]
        return found[0]

    def clocks(self, uid: str = "c1") -> dict[str, tuple[str, str]]:
        """Every clock of the case, ended ones too: kind and unit → state and due."""
        rows = self.town.cases[uid]
        units = {work.now.uid: work.now.unit for work in rows.works}
        return {
            f"{c.now.kind.value} {units.get(c.work, '')}".strip(): (c.now.state.value, shown(c.now))
            for c in rows.clocks.values()
        }


def shown(clock: ClockNow) -> str:
    """Its due moment as `05-07 15:00`."""
    return clock.due_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if clock.due_at else ""
