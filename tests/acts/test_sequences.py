"""Random lives of cases through the door: the rows keep what core promises, and are sealed.

A hundred and twenty sequences of at least thirty acts done, thirty sharing a district. An act
through the door costs a hundred times what it does in `tests/soak`, so these are fewer. The first
thirty do every act, and ask what all ask: they are enough for PostgreSQL.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import Q

from tests.acts.world import STARS, World
from tests.soak.held import broken, used
from yishi.acts import instant, order, report
from yishi.acts.case import closing, handling, intake, joining, merging, returning, stretching
from yishi.acts.door import Ask, Done
from yishi.acts.report import Words, thread
from yishi.core.calendar import Calendar
from yishi.core.case.closing import Rating
from yishi.core.case.state import TRANSITIONS, CaseState, allowed
from yishi.core.clock import ClockKind, ClockState
from yishi.core.instant import Drafted
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.jobs.sequence import sequence
from yishi.jobs.verify.whole import verify
from yishi.jobs.verify.wrong import Looked
from yishi.records.files import store
from yishi.records.journal import sealed_values
from yishi.records.models import Call, Case, Merge, Order, Report, Request
from yishi.records.queries.case import lock_case
from yishi.records.queries.rule import in_force, today_of

SHARING = 30
SEQUENCES = 120 if connection.vendor == "sqlite" else SHARING
ACTS_EACH = 30
CASES_EACH = 3
DISPATCHER = "分拨员老赵"
UNITS = {
    "区城市管理局": "城管小孙",
    "区水务公司": "水务小吴",
    "柳荫社区居委会": "社区小周",
}
# What takes several steps to come to is tried oftener.
OFTENER = ("sign", "contact", "submit", "check", "decide", "resume", "ask", "answer")
BEGINNINGS = (
    datetime(2026, 2, 13, 1, 0, tzinfo=UTC),
    datetime(2026, 4, 29, 9, 30, tzinfo=UTC),
    datetime(2026, 12, 29, 7, 0, tzinfo=UTC),
)
STEPS = (1, 10, 40, 60, 130, 1440, 4 * 1440)
TOLD = (CaseState.ANSWERED, CaseState.CALLED_BACK, CaseState.ARCHIVED, CaseState.REFUSED)
Answer = Done | Refusal


class Office:
    """The people of the small world at their desks, for one sequence."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world, self.chance = world, chance
        self.now = chance.choice(BEGINNINGS)
        self.cases: list[str] = []
        self.photo = store(b"p", "image/jpeg")
        self.actors = {who: world.actor(who) for who in world.people}
        self.put_in_force()

    def put_in_force(self) -> None:
        """A text that answers whoever writes that the water is off."""
        until = self.now + timedelta(days=80)
        text = Drafted("停水通知", "抢修中，今晚恢复", ("停水",), until)
        place = self.world.places["望江街道"].uid
        drafted = instant.draft(self.ask(DISPATCHER), place, text)
        assert isinstance(drafted, Done), drafted
        assert isinstance(instant.approve(self.ask("街道主任"), drafted.uid), Done)

    def ask(self, who: str) -> Ask:
        return self.world.ask(self.actors[who], self.now)

    def unit(self, uid: str) -> Ask:
        """Mostly somebody of the unit that leads the case."""
        lead = Case.objects.filter(uid=uid).values_list("lead__name", flat=True)[0]
        return self.ask(UNITS.get(lead, "社区小周") if self.often() else self.some_unit())

    def some_unit(self) -> str:
        return self.chance.choice(sorted(UNITS.values()))

    def often(self) -> bool:
        return self.chance.random() < 0.8

    def duty(self) -> str:
        return self.world.duties[self.chance.choice(["井盖缺失", "井盖缺失", "楼道堆物"])].uid

    def file(self) -> Answer:
        said = self.chance.choice(["井盖不见了"] * 4 + ["家里停水了"])
        words = Words(said, building=self.world.buildings["柳荫1栋"].uid)
        done = report.file(self.ask(self.chance.choice(["王桂英", "李建国"])), words)
        assert isinstance(done, Done), done
        self.cases.append(done.uid)
        return done

    def some_request(self, uid: str, kind: str) -> str:
        rows = Request.objects.filter(case__uid=uid, kind=kind).order_by("-id")
        return rows.values_list("uid", flat=True).first() or "nothing"

    def some_call(self, uid: str) -> str:
        rows = Call.objects.filter(case__uid=uid).order_by("-id")
        return rows.values_list("uid", flat=True).first() or "nothing"

    def own(self, uid: str) -> tuple[Ask, str]:
        """Somebody's own report on the case."""
        rows = Report.objects.filter(links__case__uid=uid, links__until_at=None)
        row = self.chance.choice(list(rows.select_related("person")) or [None])
        if row is None or row.person is None:
            return self.ask("王桂英"), "nothing"
        return self.ask(row.person.login), row.uid

    def rate(self, uid: str, *, by_resident: bool) -> Answer:
        ask, own = self.own(uid)
        happy = self.chance.random() < 0.5
        level = "satisfied" if happy else "dissatisfied"
        if by_resident:
            return report.rate(ask, own, uid, happy, level, STARS, "")
        rating = Rating(own, happy, level, STARS) if self.often() else None
        return closing.call_back(self.ask("回访员小郑"), uid, rating)

    def merge(self, uid: str) -> Answer:
        return merging.merge(self.ask(DISPATCHER), self.chance.choice(self.cases), [uid], "同")[0]

    def still(self, uid: str) -> Answer:
        until = self.now + timedelta(days=self.chance.choice([1, 5, 20]))
        return stretching.ask_suspension(self.unit(uid), uid, "expert", until, "等检测")

    def answer_order(self, uid: str) -> Answer:
        rows = Order.objects.filter(case__uid=uid).values_list("uid", flat=True)
        return order.answer(self.unit(uid), uid, rows.last() or "nothing", "已加派人手")

    def acts(self, uid: str) -> dict[str, Callable[[], Answer]]:
        """Every act somebody may try on the case."""
        dispatcher, chance = self.ask(DISPATCHER), self.chance
        proof = [self.photo] if self.often() else []
        verdict = chance.choice(["accepted", "refused", "disputed"])
        parts = [
            intake.PartAsked("井盖", self.world.duties["井盖缺失"].uid),
            intake.PartAsked("楼道", self.world.duties["楼道堆物"].uid),
        ]
        return {
            "case.refuse": lambda: intake.refuse(dispatcher, uid, "emergency"),
            "case.accept": lambda: intake.accept(dispatcher, uid, self.duty()),
            "case.set_aside": lambda: intake.set_aside(dispatcher, uid, "要大家商量"),
            "case.hand_back": lambda: closing.hand_back(
                self.world.ask(SYSTEM, self.now), uid, "是职责内的事"
            ),
            "case.dispatch": lambda: intake.dispatch(dispatcher, uid, self.duty()),
            "case.split": lambda: intake.split(dispatcher, uid, parts[chance.randint(0, 1) :]),
            "case.merge": lambda: self.merge(uid),
            "case.unmerge": lambda: merging.unmerge(dispatcher, uid, "不是一件事"),
            "case.call": lambda: joining.call(dispatcher, uid, "需要吊车"),
            "case.claim": lambda: joining.claim(
                self.ask(self.some_unit()), uid, self.some_call(uid)
            ),
            "case.end_call": lambda: joining.end_call(dispatcher, uid, self.some_call(uid)),
            "case.sign": lambda: handling.sign(self.unit(uid), uid),
            "case.contact": lambda: handling.contact(self.unit(uid), uid, True, "已联系"),
            "case.submit_result": lambda: handling.submit_result(
                self.unit(uid), uid, "已换", proof, "无关" if self.often() else ""
            ),
            "case.check": lambda: closing.check(
                self.ask("网格员小陈"), uid, chance.random() < 0.6, "已看"
            ),
            "case.answer": lambda: closing.answer(self.ask("社区小周"), uid, "已处理好"),
            "case.call_back": lambda: self.rate(uid, by_resident=False),
            "report.rate": lambda: self.rate(uid, by_resident=True),
            "report.still_unsolved": lambda: thread.still_unsolved(*self.own(uid), uid),
            "case.still_unsolved": lambda: closing.still_unsolved(self.ask("回访员小郑"), uid),
            "case.close_silent": lambda: closing.close_silent(
                self.world.ask(SYSTEM, self.now), uid
            ),
            "case.archive": lambda: closing.archive(self.world.ask(SYSTEM, self.now), uid),
            "case.ask_return": lambda: returning.ask_return(self.unit(uid), uid, "不是", "三"),
            "case.decide_return": lambda: returning.decide_return(
                dispatcher, uid, self.some_request(uid, "return"), verdict, "请再看"
            ),
            "case.contest_return": lambda: returning.contest_return(self.unit(uid), uid, "不服"),
            "case.rule": lambda: returning.rule(
                self.ask("裁定组老钱"), uid, "按三定", self.duty(), ""
            ),
            "case.ask_extension": lambda: stretching.ask_extension(self.unit(uid), uid, 1, "等件"),
            "case.decide_extension": lambda: stretching.decide_extension(
                dispatcher, uid, self.some_request(uid, "extension"), self.often(), "请抓紧"
            ),
            "case.ask_suspension": lambda: self.still(uid),
            "case.decide_suspension": lambda: stretching.decide_suspension(
                dispatcher, uid, self.some_request(uid, "suspension"), self.often(), "不必等"
            ),
            "case.resume": lambda: stretching.resume(dispatcher, uid),
            "case.interim": lambda: handling.interim(self.unit(uid), uid, "已围起来", proof),
            "report.urge": lambda: thread.urge(*self.own(uid), uid),
            "report.supplement": lambda: thread.supplement(*self.own(uid), uid, "又少一个"),
            "report.withdraw": lambda: thread.withdraw(*self.own(uid), uid),
            "order.issue": lambda: order.issue(self.ask("督查员老冯"), uid, "请抓紧"),
            "order.answer": lambda: self.answer_order(uid),
        }

    def act(self) -> tuple[str, str, Answer]:
        """Somebody does something, mostly what the state lets them: what, to which case."""
        states = dict(Case.objects.filter(uid__in=self.cases).values_list("uid", "state"))
        open_ = [uid for uid in self.cases if CaseState(states[uid]).is_open]
        if not open_ or (len(open_) < CASES_EACH and self.chance.random() < 0.15):
            filed = self.file()
            return "report.file", self.cases[-1], filed
        uid = self.chance.choice(open_ if self.often() else self.cases)
        acts = self.acts(uid)
        state = CaseState(states[uid])
        fitting = [act for act in acts if not isinstance(allowed(act, state), Refusal)]
        fitting += [a for a in fitting if any(word in a for word in OFTENER)] * 2
        act = self.chance.choice(fitting if fitting and self.often() else list(acts))
        return act, uid, acts[act]()

    def look(self, uid: str, calendar: Calendar, kept: dict[str, timedelta]) -> list[str]:
        """Every promise about a case and those it is merged with, read from the rows; `kept`:
        the time each clock had used at least."""
        found = []
        near = Case.objects.filter(Q(uid=uid) | Q(merged__uid=uid) | Q(main__uid=uid))
        for each in sorted(set(near.values_list("uid", flat=True))):
            held = lock_case(each)
            assert held is not None
            found += [f"{held.now.state} {words}" for words in broken(held.now, calendar)]
            if held.case.main_id is not None:
                found += [f"{row.number} was left behind" for row in held.reports]
            elif held.now.state in TOLD:
                found += [f"{row.number} unanswered" for row in held.reports if not row.answered_at]
            for clock in held.now.clocks:
                if clock.kind is ClockKind.HANDLE and clock.state is not ClockState.HELD:
                    now = used(clock, self.now)
                    if now < kept.get(clock.uid, timedelta()):
                        found.append(f"{clock.uid} lost time")
                    kept[clock.uid] = now
        return found


def live(world: World, number: int, met: Counter[str], calendar: Calendar) -> None:
    """One sequence: ACTS_EACH acts done, every promise looked at after each."""
    chance = Random(f"door-{number}")
    office, told, done = Office(world, chance), [], 0
    kept: dict[str, timedelta] = {}
    while done < ACTS_EACH:
        office.now += timedelta(minutes=chance.choice(STEPS) * chance.randint(0, 2))
        act, uid, said = office.act()
        told.append(f"{office.now} {act} {said.code}")
        if isinstance(said, Refusal):
            continue
        done += 1
        met[act] += 1
        assert office.look(uid, calendar, kept) == [], (number, told)


@pytest.mark.parametrize("first", range(0, SEQUENCES, SHARING))
def test_random_lives_keep_every_promise_in_the_rows(world: World, first: int) -> None:
    calendar = in_force(world.places["柳荫社区"], today_of(BEGINNINGS[0])).terms.calendar
    assert calendar.zone == ZoneInfo("Asia/Shanghai")
    met: Counter[str] = Counter()
    for number in range(first, first + SHARING):
        live(world, number, met, calendar)
    assert sum(met.values()) == SHARING * ACTS_EACH
    # The other halves of merging, and other ways in; the first thirty meet all the rest.
    elsewhere = {"case.take_in", "case.let_go", "report.file_for", "report.settle_on_spot"}
    elsewhere |= {"report.join", "outside.receive"}
    missed = {row.act for row in TRANSITIONS} - elsewhere - set(met)
    assert missed == set() or first > 0
    sequence()
    assert list(verify(Looked())) == []


def test_what_undoing_restores_is_sealed_whatever_the_order_of_its_names() -> None:
    clocks = {"k2": "running", "k1": "paused"}
    before = {"state": "handling", "clocks": clocks}
    turned = {"clocks": dict(sorted(clocks.items())), "state": "handling"}
    assert sealed_values(Merge(before=before)) == sealed_values(Merge(before=turned))
    assert sealed_values(Merge(before=before)) != sealed_values(Merge(before={"state": "redo"}))
