"""The line to 12345 in the demo: orders of the last days, some answered, one past its deadline."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from yishi.acts.case import closing, handling, intake
from yishi.acts.door import Ask
from yishi.acts.outside import receiving, sending
from yishi.acts.outside.system import Described, add_system
from yishi.core.outside import Order
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.demo.cast import Cast
from yishi.demo.district import must
from yishi.demo.moments import Moments
from yishi.demo.photos import Album
from yishi.records.models import Assignment, OutsideOrder, Place

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SYSTEM = Described("12345", "区12345平台", "hotline_12345", "orders_12345")


@dataclass(frozen=True)
class Told:
    """An order: when it came, in days before now; on which day it is wanted by five in the
    afternoon, counted from today; how far it has come.

    `duty`: the row it is dispatched by, "" while it waits; `answer`: what was told, "" while
    somebody is at it. `by`: who brought it, "" the system itself.
    """

    number: str
    came: float
    due: int
    words: str
    community: str
    address: str
    nature: str = "help"
    by: str = ""
    duty: str = ""
    answer: str = ""
    name: str = ""
    phone: str = ""


ORDERS = (
    Told(
        "0412007731", 8, -4, "文昌路车行道有个坑，骑车容易摔。", "石桥社区", "文昌路公交站旁",
        duty="LM01", answer="坑槽已切方填补，与原路面平齐，请您放心通行。",
    ),
    Told(
        "0412008120", 7, -7, "人行道的砖松了，一下雨踩一脚水。", "书院社区", "书院路小学门口",
        duty="LM02", answer="松动的砖已全部起出重铺，下雨不再溅水。",
    ),
    Told(
        "0412008466", 4.5, -2, "路口护栏被车撞歪，一直没人来扶。", "梧桐社区", "梧桐里路口",
        nature="complaint", duty="LM05", answer="护栏当天扶正并加固，撞损的一节已更换。",
    ),
    Told(
        "0412008903", 3, -1, "小广场地砖翘起来，老人晚上散步绊过一跤。", "船厂社区",
        "船厂小广场", duty="LM02", name="何女士", phone="+8613000000399",
    ),
    Told(
        "0412009055", 0.8, 4, "想问一下老旧小区加装电梯怎么申请。", "石桥社区", "石桥新村",
        nature="consult", by="dispatcher",
    ),
    Told(
        "0412009112", 0.5, 3, "夜里路边有人摆摊，油烟和吵闹到十二点。", "书院社区",
        "书院路口", nature="complaint", by="dispatcher", name="罗先生",
    ),
)  # fmt: skip
BACK = 2  # the first answers have gone back, the others wait


class Outside:
    """Told beside the stories, a step at a time; `at` is the moment of the last one."""

    def __init__(self, cast: Cast, moments: Moments, album: Album) -> None:
        self.cast, self.moments, self.album = cast, moments, album
        self.at = LONG_AGO

    def steps(self) -> Iterator[datetime]:
        """The moments; resuming after each does what happens then."""
        yield self._ago(9)
        ask, place = self.cast.ask("admin", self.at), Place.objects.get(code="WJ")
        system = must(add_system(ask, place, SYSTEM), "system").uid
        for number, told in enumerate(ORDERS):
            yield self._ago(told.came)
            self._receive(system, told)
            if told.duty:
                yield from self._handle(told)
            if number + 1 == BACK:
                yield self._ago(5.2)
                must(sending.send_back(self.cast.ask("dispatcher", self.at), system), "back")

    def _receive(self, system: str, told: Told) -> None:
        ask = self.cast.ask(told.by, self.at)
        if not told.by:
            ask = replace(ask, actor=Actor(system=True, name=SYSTEM.name))
        order = Order(
            told.number,
            told.words,
            told.nature,
            self._five(told.due),
            community=told.community,
            address=told.address,
            name=told.name,
            phone=told.phone,
        )
        received = receiving.receive(ask, system, [order])
        assert not isinstance(received, Refusal), received
        must(received[0].answer, told.words)

    def _handle(self, told: Told) -> Iterator[datetime]:
        uid = OutsideOrder.objects.get(their_number=told.number).case.uid
        row = self.cast.duty(told.duty, "")
        yield self._after(1)
        must(intake.dispatch(self._ask("dispatcher"), uid, row.uid), told.words)
        lead = Assignment.objects.get(case__uid=uid, is_lead=True).unit
        who = self.cast.bodies[lead.code]
        yield self._after(0.5)
        must(handling.sign(self._ask(who), uid), told.words)
        if not told.answer:
            return
        yield self._after(1)
        must(handling.contact(self._ask(who), uid, True, "已到现场看过。"), told.words)
        yield self._after(6)
        proof = [self.album.photo(row.major, True, len(told.words))]
        done = handling.submit_result(self._ask(who), uid, told.answer, proof)
        must(done, told.words)
        yield self._after(2)
        must(closing.check(self._ask("dispatcher"), uid, True, "照片与现场一致。"), told.words)
        yield self._after(1)
        must(closing.answer(self._ask(who), uid, told.answer), told.words)

    def _five(self, days: int) -> datetime:
        zone = self.moments.calendar.zone
        day = self.moments.now.astimezone(zone).date() + timedelta(days=days)
        return datetime.combine(day, time(17), zone).astimezone(UTC)

    def _ask(self, who: str) -> Ask:
        return self.cast.ask(who, self.at)

    def _ago(self, days: float) -> datetime:
        """So long ago, or right after what was done last."""
        moment = self.moments.desk(self.moments.now - timedelta(days=days))
        return self._to(max(moment, self.at + timedelta(minutes=7)))

    def _after(self, hours: float) -> datetime:
        return self._to(self.moments.office(self.at + timedelta(hours=hours)))

    def _to(self, moment: datetime) -> datetime:
        self.at = self.moments.before_now(self.at, moment)
        return self.at
