"""What supervision did in the last days: the committee looked, a body replied, a list was kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from yishi.acts import exclusion, listed, oversight
from yishi.demo.cast import Cast
from yishi.demo.district import must
from yishi.demo.moments import Moments
from yishi.records.models import Body, Inspection, Listed, Opinion, Place, Rating
from yishi.records.queries.rule import today_of

OPINION = (
    "本月抽查五件，两件答复只写“已处理”，没有说清办了什么、有没有照片。"
    "建议答复写明做法和时间，附前后照片。"
)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """An entry of the dated list: whose it is, by when, and how far it has come."""

    title: str
    body: str
    days: int
    done: str = ""
    closed: str = ""


LIST = (
    Entry("七栋东侧排水沟盖板补齐", "SZC", -4, "三块盖板已换。", "现场看过，踩着稳。"),
    Entry("南门岗亭夜间无人值守", "LYWY", -1),
    Entry("三栋至五栋飞线充电清理", "LYWY", 5, "飞线已剪，充电桩加装两组。"),
    Entry("一栋、二栋楼道消防门闭门器更换", "LYWY", 12),
)


@dataclass
class Supervision:
    """Told beside the stories, a step at a time."""

    cast: Cast
    moments: Moments
    at: datetime = LONG_AGO

    def steps(self) -> Iterator[datetime]:
        """The moments; resuming after each does what happens then."""
        place = Place.objects.get(code="LY")
        for entry in LIST:
            yield self._ago(9)
            body = Body.objects.get(code=entry.body).uid
            due = today_of(self.moments.now) + timedelta(days=max(entry.days, -7))
            words = "十日恳谈日上居民提出，当场没能办结。"
            ask = self.cast.ask("desk", self.at)
            must(listed.open_entry(ask, place.uid, body, entry.title, due, words), entry.title)
        for entry in LIST:
            uid = Listed.objects.get(title=entry.title).uid
            if entry.done:
                yield self._ago(3)
                ask = self.cast.ask(self.cast.bodies[entry.body], self.at)
                must(listed.report_done(ask, uid, entry.done), entry.title)
            if entry.closed:
                yield self._ago(2)
                must(listed.close(self.cast.ask("desk", self.at), uid, True, entry.closed), "close")
        yield self._ago(1.6)
        must(oversight.sample(self.cast.ask("overseer", self.at), place.uid), "draw")
        drawn = Inspection.objects.filter(looked_at=None).select_related("case").order_by("id")
        for row, (way, found, words) in zip(list(drawn), LOOKS, strict=False):
            yield self._ago(1.4)
            ask = self.cast.ask("overseer", self.at)
            must(oversight.inspect(ask, row.case.uid, way, found, words), "look")
        yield self._ago(1.2)
        body = Body.objects.get(code="LYWY").uid
        ask = self.cast.ask("overseer", self.at)
        must(oversight.write_opinion(ask, place.uid, body, OPINION), "opinion")
        yield self._ago(0.9)
        uid = Opinion.objects.get().uid
        ask = self.cast.ask(self.cast.bodies["LYWY"], self.at)
        must(oversight.reply(ask, uid, "接受建议，今后答复一律附照片，已通知各班组。"), "reply")

        yield from self._left_out(place)

    def _left_out(self, place: Place) -> Iterator[datetime]:
        """Units appeal against ratings of late: one is left out, one waits for its decision."""
        unhappy = Rating.objects.filter(
            satisfaction="dissatisfied",
            case__place__parent=place.parent,
            case__lead__code__in=list(self.cast.bodies),
            rated_at__gte=self.moments.now - timedelta(days=4),
        )
        appeals = list(unhappy.select_related("case__lead").order_by("-rated_at", "-id")[:2])
        for rating, (reason, words, decision) in zip(appeals, APPEALS, strict=False):
            yield self._ago(0.4)
            assert rating.case.lead is not None
            ask = self.cast.ask(self.cast.bodies[rating.case.lead.code], self.at)
            asked = must(exclusion.ask_exclusion(ask, rating.uid, reason, words), "appeal")
            if decision:
                yield self._ago(0.3)
                ask = self.cast.ask("supervisor", self.at)
                must(exclusion.decide_exclusion(ask, asked.uid, True, decision), "left out")

    def _ago(self, days: float) -> datetime:
        earlier = self.moments.now - timedelta(days=days)
        self.at = max(self.at, earlier) + timedelta(minutes=7)
        return self.at


APPEALS = (
    (
        "mediation",
        "两户为楼道堆物各执一词，调解了两次没有谈成，笔录已附。",
        "看过两次调解笔录，单位该做的都做了，只不计满意率。",
    ),
    ("other_matter", "居民评的是上个月的另一件，不是这一件。", ""),
)

LOOKS = (
    ("on_site", "as_said", "到现场看过，和记录一致。"),
    ("phone", "partly", "居民说修好了，但没人上门说明过。"),
)
