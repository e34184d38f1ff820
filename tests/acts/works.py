"""东大路160号 in small: a project of a round with four funders, taken to a state by real acts.

It costs 180,000 yuan: 30,000 of the fund, 60,000 in money and 70,000 in kind from society, 20,000
of the residents.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.acts.hall import COMMUNITY, DESK, OVERSEER, SECRETARY, Hall
from tests.acts.rounds import CENTRE, begun, ends, proposed, round_hall, taken_to, wish
from tests.acts.world import World
from yishi.acts.door import Ask
from yishi.acts.project import accepting, building, costing, deciding, funding, paying, settling
from yishi.acts.project import scoring as scores
from yishi.acts.round import announcing, screening
from yishi.acts.topic import staging
from yishi.core.method.language import Paper
from yishi.core.method.round import Payer
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.core.project.deciding import Talked
from yishi.core.project.now import Form, OpinionOn
from yishi.core.round.screening import Made
from yishi.records.files import PDF, PDF_TYPE, NewFile, store
from yishi.records.models import Fund, Pledge, Project, Quotation

YUAN = 100
COST = 180_000 * YUAN
BUILDER, COMMITTEE = "柳荫物业公司", "柳荫社区居务监督委员会"
KEEPER, REVIEWER = "区城市管理局", "望江街道办事处"
# Who pays, in what, how much in yuan.
FUNDERS = (
    ("fund", Form.MONEY, 30_000),
    ("society", Form.MONEY, 60_000),
    ("society", Form.KIND, 70_000),
    ("residents", Form.MONEY, 20_000),
)


def paper(words: str = "一份材料") -> NewFile:
    """A PDF in the store."""
    return store(PDF + words.encode(), PDF_TYPE)


def photo(words: str = "一张照片") -> NewFile:
    """Stands for a photo in the store."""
    return store(words.encode(), "image/jpeg", 4, 3)


@dataclass
class Works:
    """A round with one project, and acts on it."""

    hall: Hall
    round: str
    uid: str = ""
    vouchers: int = 0
    pledges: list[str] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.hall.world

    @property
    def now(self) -> datetime:
        return self.hall.now

    @property
    def today(self) -> date:
        return self.hall.now.date()

    @property
    def row(self) -> Project:
        """The project as it is now."""
        return Project.objects.get(uid=self.uid)

    def ask(self, who: str = DESK, **more: object) -> Ask:
        return self.world.ask(who, self.hall.now, **more)  # type: ignore[arg-type]

    def body(self, name: str) -> str:
        """The uid of a body."""
        return self.world.bodies[name].uid

    # From the talks to every yuan

    def cost(self, fen: int = COST, kind: str = "") -> None:
        """Costed by the centre, three quotations compared, the lowest taken."""
        did, body = self.hall.did, self.body(CENTRE)
        said = costing.Said(OpinionOn.COST, True, "按定额算的", fen, paper("造价"))
        did(costing.add_opinion(self.ask(), self.uid, body, said))
        for more, name in enumerate(("柳荫市政工程公司", "清河路桥公司", "望江建设公司")):
            amount = 110_000 * YUAN + more * 1_000 * YUAN
            did(costing.add_quotation(self.ask(), self.uid, name, amount, paper(name)))
        did(costing.cost(self.ask(), self.uid, body, fen, 3, 96))
        lowest = Quotation.objects.filter(project__uid=self.uid).order_by("amount_fen")[0]
        did(costing.take_quotation(self.ask(), self.uid, lowest.uid))

    def agree(self) -> None:
        """All of the committee and of the representatives are for it."""
        kinds = (BodyKind.RESIDENTS_COMMITTEE, BodyKind.REPRESENTATIVES)
        full = {kind: self.hall.seats(kind) - 1 for kind in kinds}
        talked = Talked(full, full, "一致同意")
        self.hall.did(deciding.decide(self.ask(), self.uid, talked))

    def pledge(self, payer: str, form: Form, yuan: int) -> str:
        """A funder offers and is confirmed; the pledge's uid."""
        fund = Fund.objects.get(topic__uid=self.round).uid if payer == "fund" else ""
        name = {"society": "柳荫建材公司", "residents": "160号院居民"}.get(payer, "")
        words = "捐沥青，自己的车拉来" if form is not Form.MONEY else ""
        made = funding.Offer(Payer(payer), form, yuan * YUAN, words, name, fund)
        who = "王桂英" if payer == "residents" else DESK
        self.hall.did(funding.offer(self.ask(who), self.uid, made))
        pledge = Pledge.objects.filter(project__uid=self.uid).latest("id")
        willing = {"willing": 40, "units": 3, "resolution": paper("决议")}
        more = willing if payer == "residents" else {}
        value = funding.Value(yuan * YUAN, **more)  # type: ignore[arg-type]
        self.hall.did(funding.confirm_pledge(self.ask(SECRETARY), self.uid, pledge.uid, value))
        self.pledges.append(pledge.uid)
        return pledge.uid

    def fund(self) -> None:
        """Every yuan is found."""
        self.hall.did(funding.fund(self.ask(), self.uid))

    # The works

    def contract(self, builder: str = "", fen: int = 110_000 * YUAN) -> None:
        """Given to whoever quoted lowest, from tomorrow on."""
        begins = self.today + timedelta(days=1)
        entered = building.Contract(
            "柳荫市政工程公司",
            fen,
            begins,
            begins + timedelta(days=60),
            paper("合同"),
            self.body(builder) if builder else "",
        )
        self.hall.did(building.contract(self.ask(), self.uid, entered))

    def build(self) -> None:
        """Two steps planned and reached, and reported as built."""
        first = self.today + timedelta(days=5)
        steps = [("挖开旧路面", first), ("铺沥青", first + timedelta(days=20))]
        self.hall.did(building.plan_milestones(self.ask(), self.uid, steps))
        for no in (1, 2):
            self.hall.now += timedelta(days=10)
            done = building.reach_milestone(self.ask(), self.uid, no, "", photo(f"第{no}步"))
            self.hall.did(done)
        self.hall.did(building.report_built(self.ask(), self.uid, "路面修平", photo("修好的路")))

    def accept(self, people: Sequence[str] = ("王桂英",)) -> None:
        """Inspected by the supervisory committee and these people."""
        bodies = [self.body(COMMITTEE)]
        done = accepting.accept(
            self.ask(OVERSEER), self.uid, bodies, people, "与议定的一致", photo(), fit=True
        )
        self.hall.did(done)

    def pay(self, pledge: int, yuan: int, who: str = DESK) -> None:
        """Out of the funder of that place in `pledges`, on a voucher of its own."""
        self.vouchers += 1
        number = f"2026-{self.vouchers:03}"
        self.hall.did(
            paying.pay(
                self.ask(who), self.uid, self.pledges[pledge], yuan * YUAN, number,
                paper(number), "付柳荫市政工程公司",
            )
        )  # fmt: skip

    def pay_all(self) -> None:
        """What society's and the residents' money and the fund give for the contract: 108,000."""
        for at, yuan in ((0, 28_000), (1, 60_000), (3, 20_000)):
            self.pay(at, yuan)

    def settle(self, yuan: int = 178_000) -> None:
        """Reviewed by the sub-district office."""
        done = settling.settle(
            self.ask(SECRETARY), self.uid, yuan * YUAN, self.body(REVIEWER), paper("审核")
        )
        self.hall.did(done)

    def hand_over(self) -> None:
        """To the city management bureau, which takes it over."""
        until = date(2028, 8, 1)
        words = "合同第九条：质保两年"
        done = settling.hand_over(
            self.ask(), self.uid, self.body(KEEPER), until, words, paper("移交")
        )
        self.hall.did(done)
        self.hall.did(settling.take_over(self.ask("城管小孙"), self.uid))


def live_at(world: World, building: str, *people: str) -> None:
    """These people live there."""
    for who in people:
        person = world.people[who]
        person.home = world.buildings[building]
        person.save(update_fields=["home"])


def in_talks(world: World) -> Works:
    """A round with 40,000 yuan of its fund and one project, wished for by two, in `discuss`."""
    hall = round_hall(world)
    live_at(world, "柳荫1栋", "王桂英", "李建国")
    uid = begun(hall)
    w = Works(hall, uid)
    hall.did(announcing.announce_fund(w.ask(), uid, "fund", "区微实事专项资金", 40_000 * YUAN))
    taken_to(hall, uid, "call")
    wish(hall, uid, "院内路面修平")
    wish(hall, uid, "院里的路坑坑洼洼", "李建国")
    taken_to(hall, uid, "screen")
    first, second = proposed(hall, uid)
    made = Made("160号院路面", "路面修平，修围墙，换门。", "works", False, "没有列入计划")
    hall.did(screening.pass_(w.ask(SECRETARY), first, made))
    w.uid = Project.objects.get(topic__uid=uid).uid
    hall.did(screening.join(w.ask(SECRETARY), second, w.uid, "同一条路"))
    ends(hall, uid, Paper.MINUTES)
    return w


def chosen(world: World, fen: int = COST) -> Works:
    """Agreed on at that cost, posted, and its round in `works`."""
    w = in_talks(world)
    w.cost(fen)
    w.agree()
    ends(w.hall, w.round, Paper.MINUTES, Paper.REGISTER)
    w.hall.did(staging.post(w.ask(), w.round, "各楼道口"))
    w.hall.now += timedelta(days=8)
    w.hall.attach(w.round, Paper.PHOTO)
    w.hall.did(staging.end_posting(w.ask(), w.round))
    assert w.hall.topic(w.round).stage == "works"
    return w


def funded(world: World) -> Works:
    """Every yuan of it found."""
    w = chosen(world)
    for payer, form, yuan in FUNDERS:
        w.pledge(payer, form, yuan)
    w.fund()
    return w


def under_way(world: World, builder: str = "") -> Works:
    """Given out, and begun."""
    w = funded(world)
    w.contract(builder)
    return w


def built(world: World, builder: str = "") -> Works:
    """Reported as built."""
    w = under_way(world, builder)
    w.build()
    return w


def accepted(world: World) -> Works:
    """Inspected: as decided."""
    w = built(world)
    w.accept()
    return w


def settled(world: World) -> Works:
    """Paid and reviewed."""
    w = accepted(world)
    w.pay_all()
    w.settle()
    return w


def handed_over(world: World) -> Works:
    """Somebody looks after it."""
    w = settled(world)
    w.hand_over()
    return w


def scoring(world: World) -> Works:
    """The round asks those who use it."""
    w = handed_over(world)
    ends(w.hall, w.round)
    assert w.hall.topic(w.round).stage == "score"
    return w


def scored_by(w: Works, number: int) -> None:
    """So many neighbours who use it are satisfied with it."""
    neighbours = [f"邻居{no}" for no in range(1, number + 1)]
    for no, who in enumerate(neighbours):
        w.world.person(who, f"138000003{no:02}")
    live_at(w.world, "柳荫1栋", *neighbours)
    for who in neighbours:
        w.hall.did(scores.score(w.ask(who), w.uid, "satisfied"))


def overseer() -> tuple[Role, str, str]:
    """What somebody is appointed to who sits in the supervisory committee."""
    return Role.OVERSEER, COMMUNITY, COMMITTEE
