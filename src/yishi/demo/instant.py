"""秒回 in the demo: a text in force and what became of it, and a draft that waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from yishi.acts import instant, report
from yishi.acts.report import Words, thread
from yishi.core.instant import Drafted
from yishi.demo.cast import Cast
from yishi.demo.district import must
from yishi.demo.moments import Moments
from yishi.records.models import Place, Report
from yishi.records.queries.rule import start_of, today_of

WATER = (
    "柳荫街供水主管正在抢修，柳荫社区各楼栋分时停水，预计后天晚上八点恢复。"
    "社区服务站门口有临时取水点；行动不便的，打社区电话，送水上门。"
)
TOILET = "菜场公厕更换下水管，检修三天，请先用街对面党群服务中心的卫生间，每天开到晚上九点。"
STARS = {"speed": 5, "result": 4, "service": 5, "answer": 5}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
# Who raises it, from which building, how many days ago, in what words.
RAISED = (
    ("chen", "LY01", 1.6, "早上起来停水了，什么时候能来？家里一滴都没存。"),
    ("wang", "LY03", 1.3, "三栋怎么又停水了，要停到几点？"),
    ("yu", "LY09", 0.6, "锦绣里停水，是主管还没修好吗？"),
    ("ayi", "LY14", 0.4, "我店里停水，门口的取水点今天没人管，饭馆开不了门。"),
)


@dataclass
class Instants:
    """Told beside the stories, a step at a time."""

    cast: Cast
    moments: Moments
    at: datetime = LONG_AGO

    def steps(self) -> Iterator[datetime]:
        """The moments; resuming after each does what happens then."""
        place, street = (Place.objects.get(code=code).uid for code in ("LY", "WJ"))
        until = start_of(today_of(self.moments.now) + timedelta(days=3))
        yield self._ago(2.1)
        water = Drafted("柳荫街停水通知", WATER, ("停水", "水+停了", "-水费"), until)
        text = must(instant.draft(self.cast.ask("desk", self.at), place, water), water.title).uid
        yield self._ago(2)
        must(instant.approve(self.cast.ask("leader", self.at), text), "approval")
        filed = {}
        for who, code, days, said in RAISED:
            yield self._ago(days)
            words = Words(said, building=self.cast.buildings[code].uid, nature="consult")
            filed[who] = must(report.file(self.cast.ask(who, self.at), words), said).uid
            if who == "wang":
                yield self._ago(days)
                rating = ("satisfied", STARS, "取水点就在楼下，知道几点来就不慌了。")
                ask = self.cast.ask(who, self.at)
                own = self._own(filed[who])
                must(report.rate(ask, own, filed[who], True, *rating), "rating")
        yield self._ago(0.35)
        uid = filed["ayi"]
        must(thread.still_unsolved(self.cast.ask("ayi", self.at), self._own(uid), uid), "unsolved")
        yield self._ago(0.2)
        toilet = Drafted("菜场公厕检修", TOILET, ("菜场公厕", "菜场厕所", "公厕+菜场"), until)
        ask = self.cast.ask("dispatcher", self.at)
        must(instant.draft(ask, street, toilet), toilet.title)

    def _own(self, uid: str) -> str:
        return Report.objects.get(links__case__uid=uid).uid

    def _ago(self, days: float) -> datetime:
        earlier = self.moments.now - timedelta(days=days)
        self.at = max(self.at, earlier) + timedelta(minutes=7)
        return self.at
