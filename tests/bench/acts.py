"""The acts beside the straight way, each on a case of its own that stands where it begins."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from tests.acts.world import World
from yishi.acts import order, report
from yishi.acts.case import handling, intake, joining, merging, returning, stretching
from yishi.acts.case.intake import PartAsked
from yishi.acts.door import Ask, Done
from yishi.acts.report import Words, thread
from yishi.core.refusal import Refusal
from yishi.records.models import Call, Report, Request
from yishi.records.queries.actor import actor_of
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now

DISPATCHER, UNIT, GROUP, RESIDENT = "分拨员老赵", "城管小孙", "裁定组老钱", "王桂英"
READY = 60
keys = itertools.count()


@dataclass
class Stage:
    """A world in which acts are asked for, and what brings a case to where one begins."""

    world: World

    @cached_property
    def main(self) -> str:
        """The case others are merged into."""
        return self.filed()

    def ask(self, who: str) -> Ask:
        """Somebody asks now, under a key of its own."""
        moment = now()
        actor = actor_of(self.world.people[who], today_of(moment))
        return Ask(actor, moment, f"act-{moment.timestamp()}-{next(keys)}")

    def filed(self) -> str:
        """A matter just raised."""
        words = Words("停车场被锁住了", building=self.world.buildings["柳荫1栋"].uid)
        return done(report.file(self.ask(RESIDENT), words)).uid

    def signed(self) -> str:
        """A matter at work in a unit."""
        uid = self.filed()
        duty = self.world.duties["井盖缺失"].uid
        done(intake.dispatch(self.ask(DISPATCHER), uid, duty))
        done(handling.sign(self.ask(UNIT), uid))
        return uid

    def returned(self) -> str:
        """One a unit asks to return."""
        uid = self.signed()
        done(returning.ask_return(self.ask(UNIT), uid, "不归我们", "清单第三行"))
        return uid

    def disputed(self) -> str:
        """One that waits for a ruling."""
        uid = self.returned()
        self.decide(uid, "disputed")
        return uid

    def called(self) -> str:
        """One for which help is called."""
        uid = self.signed()
        done(joining.call(self.ask(DISPATCHER), uid, "谁能出一副扶手"))
        return uid

    def decide(self, uid: str, verdict: str) -> Done | Refusal:
        """The word on the return that waits."""
        request = Request.objects.get(case__uid=uid, state="asked").uid
        return returning.decide_return(self.ask(DISPATCHER), uid, request, verdict, "请定")

    def merge(self, uid: str) -> Done | Refusal:
        """Into one that stands ready for all of them."""
        return merging.merge_one(self.ask(DISPATCHER), uid, self.main, "同一件事")

    def split(self, uid: str) -> Done | Refusal:
        """Into two parts."""
        duties = self.world.duties
        parts = [
            PartAsked("盖板", duties["井盖缺失"].uid),
            PartAsked("清理", duties["楼道堆物"].uid),
        ]
        return intake.split(self.ask(DISPATCHER), uid, parts)

    def rule(self, uid: str) -> Done | Refusal:
        """For the unit that had it not."""
        duty, water = self.world.duties["井盖缺失"].uid, self.world.bodies["区水务公司"].uid
        return returning.rule(self.ask(GROUP), uid, "权属水务", duty, water)

    def urge(self, uid: str) -> Done | Refusal:
        """By who raised it."""
        own = Report.objects.get(links__case__uid=uid).uid
        return thread.urge(self.ask(RESIDENT), own, uid, "还在等")

    def claim(self, uid: str) -> Done | Refusal:
        """By the community, which has no part of it yet."""
        call = Call.objects.get(case__uid=uid).uid
        return joining.claim(self.ask("社区小周"), uid, call)


def done(answer: Done | Refusal) -> Done:
    """The act was done."""
    assert isinstance(answer, Done), answer
    return answer


def _acting(
    begin: Callable[[Stage], str], act: Callable[[Stage, str], Done | Refusal]
) -> Callable[[World], Callable[[int], object]]:
    def prepare(world: World) -> Callable[[int], object]:
        stage = Stage(world)
        ready: Iterator[str] = iter([begin(stage) for _ in range(READY)])
        return lambda index: done(act(stage, next(ready)))

    return prepare


ACTS: dict[str, Callable[[World], Callable[[int], object]]] = {
    "act: merge": _acting(Stage.filed, Stage.merge),
    "act: split": _acting(Stage.filed, Stage.split),
    "act: ask to return": _acting(
        Stage.signed,
        lambda stage, uid: returning.ask_return(stage.ask(UNIT), uid, "不归我们", "清单第三行"),
    ),
    "act: accept a return": _acting(
        Stage.returned, lambda stage, uid: stage.decide(uid, "accepted")
    ),
    "act: rule": _acting(Stage.disputed, Stage.rule),
    "act: ask an extension": _acting(
        Stage.signed,
        lambda stage, uid: stretching.ask_extension(stage.ask(UNIT), uid, 1, "等配件"),
    ),
    "act: ask a suspension": _acting(
        Stage.signed,
        lambda stage, uid: stretching.ask_suspension(
            stage.ask(UNIT), uid, "expert", now() + timedelta(days=3), "等检测"
        ),
    ),
    "act: interim measure": _acting(
        Stage.signed, lambda stage, uid: handling.interim(stage.ask(UNIT), uid, "先围挡", [])
    ),
    "act: call for help": _acting(
        Stage.signed, lambda stage, uid: joining.call(stage.ask(DISPATCHER), uid, "谁能出扶手")
    ),
    "act: claim": _acting(Stage.called, Stage.claim),
    "act: urge": _acting(Stage.filed, Stage.urge),
    "act: order": _acting(
        Stage.signed, lambda stage, uid: order.issue(stage.ask("督查员老冯"), uid, "请速办")
    ),
}
