"""What people do to the cases of a town, at random: mostly what the state lets them, often not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from tests.soak.model import Call as CallRow
from tests.soak.model import Case as CaseRow
from tests.soak.model import Merge, Order, Report, Town
from yishi.core import outside
from yishi.core.calendar import Span, SpanKind
from yishi.core.case import (
    closing,
    handing_back,
    handling,
    intake,
    joining,
    merging,
    order,
    returning,
    splitting,
    stretching,
    thread,
    unsolved,
)
from yishi.core.case.giving import Duty, Given
from yishi.core.case.now import CaseNow, ReportNow, Terms, WorkNow
from yishi.core.case.request import RequestKind, RequestNow, RequestState
from yishi.core.case.state import CaseState
from yishi.core.clock import ClockState
from yishi.core.instant import Approved, AtOnce
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal

Answer = Advanced | Refusal
CHANNELS = {"web": "web", "grid": "grid"}
UNITS = {1: "城管局", 2: "水务公司", 3: "居委会", 4: "街道办", 5: "供电所", 6: "派出所"}
STARS = {"speed": 5, "result": 4, "service": 5, "answer": 3}
# An approved text, which answers one filing in five.
TEXT = Approved(1, "i1", "停水通知", "20日前后恢复", ("停水",), 3, datetime(2026, 1, 1, tzinfo=UTC))
AT_ONCE = AtOnce(TEXT, Span(3, SpanKind.DAY))
LIMITS = (
    None,
    Span(2, SpanKind.HOUR),
    Span(12, SpanKind.WORKING_HOUR),
    Span(3, SpanKind.DAY),
    Span(5, SpanKind.WORKING_DAY),
)


class Player:
    """One sequence: chance, town, rules. Each method is one act and returns what core said."""

    def __init__(self, chance: Random, town: Town, terms: Terms) -> None:
        self.chance, self.town, self.terms = chance, town, terms

    def words(self) -> str:
        """Usually something."""
        return "" if self.chance.random() < 0.06 else "已说明"

    def title(self) -> str:
        """Mostly one that fits."""
        return "长" * 200 if self.chance.random() < 0.03 else self.words()

    def often(self) -> bool:
        return self.chance.random() < 0.8

    # What begins a case

    def file(self) -> tuple[str, Answer]:
        """A report and its case, or a filing that lacks something."""
        rules = self.terms.rules
        filing = intake.Filing("井盖不见了", self.chance.choice(list(rules.natures)), "web", True)
        filing = self.chance.choice(
            [filing] * 30
            + [
                replace(filing, words=" "),
                replace(filing, words="长" * (rules.words_max + 1)),
                replace(filing, has_place=False),
                replace(filing, spot="角" * (intake.SPOT_MAX + 1)),
                replace(filing, photos=rules.photos_max + 1),
                replace(filing, channel="telepathy"),
                replace(filing, nature="mood"),
                replace(filing, for_another=True),
            ]
        )
        ways = ["report.file_for", "report.settle_on_spot", "outside.receive"]
        if self.town.cases and self.chance.random() < 0.1:
            return "report.join", self._join(filing)
        way = self.chance.choice(["report.file"] * 6 + ways)
        now, terms = self.town.now, self.terms
        if way == "report.settle_on_spot":
            said = intake.settle_on_spot(
                filing,
                self.words(),
                int(self.often()),
                self.chance.random() / 3,
                terms,
                now,
                CHANNELS,
            )
        elif way == "outside.receive":
            due_at = now + timedelta(hours=self.chance.randint(-24, 240))
            theirs = outside.Order("1", filing.words, filing.nature, due_at)
            said = outside.receive(theirs, filing, "12345", terms, now, CHANNELS)
        else:
            if way == "report.file_for":
                filing = replace(filing, for_another=True, consent=self.often())
            text = AT_ONCE if self.chance.random() < 0.2 else None
            said = intake.file(filing, terms, now, CHANNELS, text)
        if isinstance(said, Advanced):
            self._born(filing, said, on_spot=way == "report.settle_on_spot")
        return way, said

    def _born(self, filing: intake.Filing, said: Advanced, *, on_spot: bool) -> None:
        town = self.town
        uid, report = town.uid("c"), town.uid("r")
        state = CaseState(said.state)
        town.cases[uid] = CaseRow(uid, CaseNow(uid, state, nature=filing.nature))
        someone = self.chance.choice([None, 7, 8])
        now = ReportNow(report, report, someone, has_contact=someone is not None)
        town.reports[report] = Report(now, uid, answered=state is CaseState.ANSWERED)
        made = []
        if on_spot and self.often():
            made = [self._work(3, "居委会", lead=True, result_at=town.now, contacted=True)]
            made = [replace(made[0], signed=True, signed_at=town.now)]
        town.apply(uid, said, made)

    def _join(self, filing: intake.Filing) -> Answer:
        """A report filed and merged at birth into some case, as its resident chose."""
        town = self.town
        main = self.chance.choice(list(town.cases))
        both = merging.join(filing, town.look(main), self.terms, town.now, CHANNELS)
        if isinstance(both, Refusal):
            return both
        uid, report = town.uid("c"), town.uid("r")
        row = town.cases[uid] = CaseRow(uid, CaseNow(uid, CaseState.SUBMITTED), main=main)
        row.now = replace(row.now, nature=filing.nature)
        town.apply(uid, replace(both.case, sets=()))
        (clock,) = row.clocks
        kept = {clock: row.clocks[clock].now}
        sets = tuple(replace(one, uid=clock) for one in both.case.sets)
        town.apply(uid, replace(both.case, starts=(), sets=sets))
        town.reports[report] = Report(ReportNow(report, report, 7, has_contact=True), main)
        clocks = {clock: ClockState(both.clocks["new:0"])}
        town.merges[uid] = Merge(uid, main, CaseState.SUBMITTED, clocks, [report], kept)
        town.apply(main, both.main)
        return both.case

    def _work(self, unit_id: int, unit: str, *, lead: bool, **more: object) -> WorkNow:
        return WorkNow(self.town.uid("w"), unit_id, unit, lead, **more)  # type: ignore[arg-type]

    def _made(self, case: CaseNow, bodies: list[tuple[int, str]], *, leads: bool) -> list[WorkNow]:
        has = {work.unit_id for work in case.works}
        return [
            self._work(unit, name, lead=leads and index == 0)
            for index, (unit, name) in enumerate(bodies)
            if unit not in has
        ]

    def _duty(self, *, missing: bool = True) -> Duty | Refusal:
        if missing and self.chance.random() < 0.03:
            return Refusal("item_missing")
        (lead, name), *co = self.chance.sample(sorted(UNITS.items()), self.chance.choice([1, 2, 3]))
        return Duty("row", "井盖缺失", name, lead, tuple(co), self.chance.choice(LIMITS))

    # Acts on a case that only need core's answer applied

    def _do(self, uid: str, said: Answer, made: list[WorkNow] | None = None) -> Answer:
        if isinstance(said, Advanced):
            self.town.apply(uid, said, made or [])
        return said

    def refuse(self, uid: str, case: CaseNow) -> Answer:
        reason = self.chance.choice([*self.terms.rules.refuse_reasons, "boring"])
        return self._do(uid, intake.refuse(case, reason, "", self.terms, self.town.now))

    def accept(self, uid: str, case: CaseNow) -> Answer:
        return self._do(uid, intake.accept(case, "D1" if self.often() else "", "井盖缺失"))

    def set_aside(self, uid: str, case: CaseNow) -> Answer:
        return self._do(uid, intake.set_aside(case, self.words(), self.terms, self.town.now))

    def hand_back(self, uid: str, case: CaseNow) -> Answer:
        said = handing_back.hand_back(case, self.words(), self.terms, self.town.now)
        return self._do(uid, said)

    def dispatch(self, uid: str, case: CaseNow) -> Answer:
        duty = self._duty()
        case = replace(case, urgent=case.urgent or self.chance.random() < 0.1)
        said = intake.dispatch(case, duty, self.terms, self.town.now)
        if isinstance(said, Refusal) or isinstance(duty, Refusal):
            return said
        row = self.town.cases[uid]
        row.now = replace(row.now, urgent=case.urgent)
        bodies = [(duty.lead_id, duty.lead), *duty.co]
        return self._do(uid, said, self._made(case, bodies, leads=True))

    def split(self, uid: str, case: CaseNow) -> Answer:
        many = self.chance.choice([1, 2, 2, 3, 3, 5, 11])
        units = sorted(UNITS.items())
        if self.often():
            has = {work.unit_id for work in case.works}
            free = [unit for unit in units if unit[0] not in has]
            units = self.chance.sample(free, min(many, len(free)))
        else:
            units = [self.chance.choice(units) for _ in range(many)]
        parts = tuple(
            splitting.Part(self.title(), "row", "井盖", unit, name, self.chance.choice(LIMITS))
            for unit, name in units
        )
        said = splitting.split(case, parts, self.terms, self.town.now)
        return self._do(uid, said, self._made(case, units, leads=not case.works))

    def answer(self, uid: str, case: CaseNow) -> Answer:
        return self._do(uid, closing.answer(case, self.words(), self.terms, self.town.now))

    def check(self, uid: str, case: CaseNow) -> Answer:
        passed = self.chance.random() < 0.6
        said = closing.check(case, passed, self.words(), self.terms, self.town.now)
        return self._do(uid, said)

    def archive(self, uid: str, case: CaseNow) -> Answer:
        return self._do(uid, closing.archive(case, self.terms, self.town.now))

    def set_clock(self, uid: str, case: CaseNow) -> Answer:
        return self._do(uid, closing.set_clocks(case, self.terms))

    def still_unsolved(self, uid: str, case: CaseNow, *, by_resident: bool) -> Answer:
        said = unsolved.still_unsolved(case, "", self.terms, self.town.now, by_resident=by_resident)
        return self._do(uid, said)

    def close_silent(self, uid: str, case: CaseNow) -> Answer:
        return self._do(uid, unsolved.close_silent(case, self.town.now))

    def not_reached(self, uid: str, case: CaseNow) -> Answer:
        who = self.chance.choice(["", "", *(r.uid for r in case.reports)])
        return self._do(uid, closing.not_reached(case, self.terms, self.town.now, who))

    def rated(self, uid: str, case: CaseNow, *, by_resident: bool) -> Answer:
        """One call-back; the model keeps what the next decision needs of it."""
        report = self.chance.choice([*(r.uid for r in case.reports), "r0"][-6:])
        content = self.chance.random() < 0.6
        level = self.chance.choice(["satisfied", "basically"]) if content else "dissatisfied"
        stars: dict[str, int] = dict(STARS)
        slip = self.chance.random()
        if slip < 0.05:
            stars.pop("speed")
        elif slip < 0.1:
            stars["speed"] = 6
        elif slip < 0.15:
            level = "so so"
        rating = closing.Rating(report, content, level, stars)
        said = closing.call_back(case, rating, self.terms, self.town.now, by_resident=by_resident)
        if isinstance(said, Advanced):
            row = self.town.reports[report]
            was = row.now
            round_ = max(case.dissatisfied, was.rounds) + 1
            row.now = replace(
                was, rated=content, unhappy=was.unhappy + (not content), rounds=round_
            )
            if said.event.facts.get("ordered") and case.lead:
                self._order(uid, case)
        return self._do(uid, said)

    def _order(self, uid: str, case: CaseNow) -> None:
        assert case.lead is not None
        town = self.town
        town.orders.append(Order(town.uid("o"), uid, case.lead.unit_id, town.now))

    def issue(self, uid: str, case: CaseNow) -> Answer:
        said = order.issue(case, self.words(), self.terms, self.town.now)
        if isinstance(said, Advanced):
            self._order(uid, case)
        return self._do(uid, said)

    def answer_order(self, uid: str, case: CaseNow) -> Answer | None:
        own = [o for o in self.town.orders if o.case == uid]
        if not own:
            return None
        one = self.chance.choice(own)
        now = self.town.now
        return self._do(
            uid, order.answer(case, one.uid, one.answered, self.words(), now, one.issued_at)
        )

    # A unit's acts

    def _some_work(self, case: CaseNow) -> WorkNow | None:
        lead = case.lead
        if lead is not None and self.chance.random() < 0.7:
            return lead
        return self.chance.choice(case.works) if case.works else None

    def sign(self, uid: str, case: CaseNow) -> Answer | None:
        waiting = [work for work in case.works if not work.signed]
        work = self.chance.choice(waiting) if waiting and self.often() else self._some_work(case)
        by_itself = self.chance.random() < 0.2
        return (
            None
            if work is None
            else self._do(uid, handling.sign(case, work, self.town.now, by_itself=by_itself))
        )

    def contact(self, uid: str, case: CaseNow) -> Answer | None:
        work = self._some_work(case)
        return (
            None
            if work is None
            else self._do(
                uid, handling.contact(case, work, self.often(), self.words(), self.town.now)
            )
        )

    def interim(self, uid: str, case: CaseNow) -> Answer | None:
        work = self._some_work(case)
        return None if work is None else self._do(uid, handling.interim(case, work, self.words()))

    def submit(self, uid: str, case: CaseNow) -> Answer | None:
        work = self._some_work(case)
        if work is None:
            return None
        proofs, why = int(self.often()), "无关" if self.often() else ""
        return self._do(
            uid,
            handling.submit_result(
                case, work, self.words(), proofs, why, self.terms, self.town.now
            ),
        )

    def ask_return(self, uid: str, case: CaseNow) -> Answer | None:
        work = self._some_work(case)
        if work is None:
            return None
        said = self._do(
            uid,
            returning.ask_return(case, work, self.words(), self.words(), self.terms, self.town.now),
        )
        if isinstance(said, Advanced):
            self.town.ask(uid, RequestKind.RETURN, work, before=case.state)
        return said

    def decide_return(self, uid: str, case: CaseNow) -> Answer | None:
        request = self._some_request(case, RequestKind.RETURN)
        verdict = self.chance.choice(["accepted", "accepted", "refused", "refused", "disputed", ""])
        return (
            None
            if request is None
            else self._do(
                uid,
                returning.decide_return(
                    case, request, verdict, self.words(), self.terms, self.town.now
                ),
            )
        )

    def _some_request(self, case: CaseNow, kind: RequestKind) -> RequestNow | None:
        of_kind = [r for r in case.requests if r.kind is kind]
        open_ = [r for r in of_kind if r.state is RequestState.ASKED]
        if open_ and self.often():
            return self.chance.choice(open_)
        return self.chance.choice(case.requests) if case.requests else None

    def contest(self, uid: str, case: CaseNow) -> Answer | None:
        work = self._some_work(case)
        return (
            None
            if work is None
            else self._do(
                uid, returning.contest_return(case, work, self.words(), self.terms, self.town.now)
            )
        )

    def rule(self, uid: str, case: CaseNow) -> Answer | None:
        disputed = [r for r in case.requests if r.state is RequestState.DISPUTED]
        asked = disputed or list(case.requests)
        if not asked:
            return None
        request = asked[-1] if self.often() else self.chance.choice(case.requests)
        duty = self._duty(missing=False)
        assert isinstance(duty, Duty)
        if self.chance.random() < 0.7 and case.works:
            # Usually among those who have it: the lead stays, or a co-handler becomes the lead.
            work = self.chance.choice(case.works)
            co = tuple(body for body in duty.co if body[0] != work.unit_id)
            duty = replace(duty, lead=work.unit, lead_id=work.unit_id, co=co)
        decision = returning.Decision(Given(duty), self.words())
        said = returning.rule(case, request, decision, self.terms, self.town.now)
        bodies = [(duty.lead_id, duty.lead), *duty.co]
        return self._do(uid, said, self._made(case, bodies, leads=True))

    def ask_extension(self, uid: str, case: CaseNow) -> Answer | None:
        work = self._some_work(case)
        if work is None:
            return None
        length = self.chance.choice([0, 1, 1, 2, 3, 20])
        said = stretching.ask_extension(case, work, length, self.words(), self.terms, self.town.now)
        if isinstance(self._do(uid, said), Advanced):
            self.town.ask(uid, RequestKind.EXTENSION, work, before=case.state, length=length)
        return said

    def decide_extension(self, uid: str, case: CaseNow) -> Answer | None:
        request = self._some_request(case, RequestKind.EXTENSION)
        return (
            None
            if request is None
            else self._do(
                uid,
                stretching.decide_extension(
                    case, request, self.often(), self.words(), self.terms, self.town.now
                ),
            )
        )

    def ask_suspension(self, uid: str, case: CaseNow) -> Answer | None:
        work = self._some_work(case)
        if work is None:
            return None
        ground = self.chance.choice([*self.terms.course.suspend_reasons, "tired"])
        until = self.town.now + timedelta(days=self.chance.choice([-1, 1, 3, 10, 29, 40]))
        said = stretching.ask_suspension(
            case, work, ground, until, self.words(), self.terms, self.town.now
        )
        if isinstance(self._do(uid, said), Advanced):
            self.town.ask(uid, RequestKind.SUSPENSION, work, before=case.state, until_at=until)
        return said

    def decide_suspension(self, uid: str, case: CaseNow) -> Answer | None:
        request = self._some_request(case, RequestKind.SUSPENSION)
        return (
            None
            if request is None
            else self._do(
                uid,
                stretching.decide_suspension(
                    case, request, self.often(), self.words(), self.terms, self.town.now
                ),
            )
        )

    def resume(self, uid: str, case: CaseNow) -> Answer:
        return self._do(uid, stretching.resume(case, "", self.terms, self.town.now))

    # Call and answer

    def call(self, uid: str, case: CaseNow) -> Answer:
        said = self._do(uid, joining.call(case, self.words()))
        if isinstance(said, Advanced):
            self.town.calls.append(CallRow(self.town.uid("h"), uid))
        return said

    def _some_call(self, uid: str) -> CallRow | None:
        calls = [call for call in self.town.calls if call.case == uid]
        return self.chance.choice(calls) if calls else None

    def claim(self, uid: str, case: CaseNow) -> Answer | None:
        call = self._some_call(uid)
        if call is None:
            return None
        unit, name = self.chance.choice(sorted(UNITS.items()))
        said = joining.claim(
            case, call.uid, unit, name, open=call.open, terms=self.terms, now=self.town.now
        )
        made = [self._work(unit, name, lead=False, signed=True, signed_at=self.town.now)]
        return self._do(uid, said, made)

    def end_call(self, uid: str, case: CaseNow) -> Answer | None:
        call = self._some_call(uid)
        return (
            None
            if call is None
            else self._do(uid, joining.end_call(case, call.uid, open=call.open, now=self.town.now))
        )

    # The resident's side

    def _some_report(self, case: CaseNow) -> ReportNow | None:
        return self.chance.choice(case.reports) if case.reports else None

    def urge(self, uid: str, case: CaseNow) -> Answer | None:
        report = self._some_report(case)
        return (
            None
            if report is None
            else self._do(uid, thread.urge(case, report, "", self.terms, self.town.now))
        )

    def supplement(self, uid: str, case: CaseNow) -> Answer | None:
        report = self._some_report(case)
        photos = self.chance.choice([0, 0, 1, self.terms.rules.photos_max + 1])
        return (
            None
            if report is None
            else self._do(uid, thread.supplement(case, report, self.words(), photos, self.terms))
        )

    def withdraw(self, uid: str, case: CaseNow) -> Answer | None:
        report = self._some_report(case)
        return (
            None
            if report is None
            else self._do(uid, thread.withdraw(case, report, "", self.town.now))
        )

    # Two cases at once

    def merge(self, uid: str, case: CaseNow) -> Answer:
        """Into another case, or now and then into itself."""
        town = self.town
        others = [c for c in town.cases if c != uid] if self.chance.random() < 0.97 else [uid]
        main = self.chance.choice(others or [uid])
        both = merging.merge(case, town.look(main), "同一件事", self.terms, town.now)
        if isinstance(both, Refusal):
            return both
        clocks = {key: ClockState(state) for key, state in both.clocks.items()}
        kept = {key: clock.now for key, clock in town.cases[uid].clocks.items()}
        going = [r for r in town.reports.values() if r.case == uid and not r.withdrawn]
        names = [r.now.uid for r in going]
        town.merges[uid] = Merge(uid, main, case.state, clocks, names, kept)
        town.apply(uid, both.case)
        town.cases[uid].main = main
        for report in going:
            report.case = main
        town.apply(main, both.main)
        return both.case

    def unmerge(self, uid: str, case: CaseNow) -> Answer | None:
        town = self.town
        merge = town.merges.get(uid)
        if merge is None:
            return None
        going = [town.reports[name] for name in merge.reports]
        going = [r for r in going if r.case == merge.main and not r.withdrawn]
        both = merging.unmerge(
            town.look(uid, list(merge.clocks)),
            town.look(merge.main),
            merge.before,
            merge.clocks,
            len(going),
            self.words(),
            self.terms,
            town.now,
        )
        if isinstance(both, Refusal):
            return both
        town.cases[uid].main = ""
        for report in going:
            report.case = uid
        town.apply(uid, both.case)
        town.apply(merge.main, both.main)
        town.merges.pop(uid)
        return both.case


Move = Callable[[Player, str, CaseNow], Answer | None]

MOVES: dict[str, tuple[Move, ...]] = {
    "case.refuse": (Player.refuse,),
    "case.accept": (Player.accept,),
    "case.set_aside": (Player.set_aside,),
    "case.hand_back": (Player.hand_back,),
    "case.dispatch": (Player.dispatch,),
    "case.split": (Player.split,),
    "case.merge": (Player.merge,),
    "case.unmerge": (Player.unmerge,),
    "case.call": (Player.call,),
    "case.claim": (Player.claim,),
    "case.end_call": (Player.end_call,),
    "case.sign": (Player.sign,),
    "case.contact": (Player.contact,),
    "case.submit_result": (Player.submit,),
    "case.check": (Player.check,),
    "case.answer": (Player.answer,),
    "case.call_back": (
        Player.not_reached,
        lambda player, uid, case: player.rated(uid, case, by_resident=False),
    ),
    "report.rate": (lambda player, uid, case: player.rated(uid, case, by_resident=True),),
    "report.still_unsolved": (
        lambda player, uid, case: player.still_unsolved(uid, case, by_resident=True),
    ),
    "case.still_unsolved": (
        lambda player, uid, case: player.still_unsolved(uid, case, by_resident=False),
    ),
    "case.close_silent": (Player.close_silent,),
    "case.archive": (Player.archive,),
    "case.ask_return": (Player.ask_return,),
    "case.decide_return": (Player.decide_return,),
    "case.contest_return": (Player.contest,),
    "case.rule": (Player.rule,),
    "case.ask_extension": (Player.ask_extension,),
    "case.decide_extension": (Player.decide_extension,),
    "case.ask_suspension": (Player.ask_suspension,),
    "case.decide_suspension": (Player.decide_suspension,),
    "case.resume": (Player.resume,),
    "case.interim": (Player.interim,),
    "report.urge": (Player.urge,),
    "report.supplement": (Player.supplement,),
    "report.withdraw": (Player.withdraw,),
    "order.issue": (Player.issue,),
    "order.answer": (Player.answer_order,),
    "case.set_clock": (Player.set_clock,),
}
# Done as the other half of merging and its undoing.
OTHER_HALF = {"case.take_in": "case.merge", "case.let_go": "case.unmerge"}
