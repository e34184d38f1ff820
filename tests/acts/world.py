"""A small place to act in: one district, one sub-district, two communities, and their people."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from tests.acts.kept import made_once
from yishi.acts import rule
from yishi.acts.door import Ask, Done
from yishi.core.person import SYSTEM, Actor, Level, Role
from yishi.core.place import BodyKind, GroupingKind, PlaceKind
from yishi.records.entropy import Entropy, SeededEntropy, new_uid
from yishi.records.models import (
    Appointment,
    Body,
    Building,
    BundleRow,
    DutyRow,
    Grouping,
    Person,
    Place,
)
from yishi.records.queries.actor import actor_of
from yishi.rulebook.shipped import ADOPTED, shipped

# A Wednesday morning in an ordinary week.
NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
STARS = {"speed": 5, "result": 5, "service": 4, "answer": 5}


@dataclass
class World:
    """Everything a test may want to name."""

    entropy: Entropy = field(default_factory=lambda: SeededEntropy(7))
    places: dict[str, Place] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    grids: dict[str, Grouping] = field(default_factory=dict)
    buildings: dict[str, Building] = field(default_factory=dict)
    duties: dict[str, DutyRow] = field(default_factory=dict)
    keys: int = 0

    def uid(self) -> str:
        return new_uid(self.entropy)

    def actor(self, who: str) -> Actor:
        return actor_of(self.people[who], date(2026, 3, 11))

    def ask(
        self, who: str | Actor, now: datetime = NOW, key: str = "", version: int | None = None
    ) -> Ask:
        self.keys += 1
        actor = who if isinstance(who, Actor) else self.actor(who)
        return Ask(actor, now, key or f"key-{self.keys}", version, self.entropy)

    def place(self, name: str, kind: PlaceKind, parent: str = "") -> Place:
        row = Place(uid=self.uid(), kind=kind, code=f"p{len(self.places)}", name=name)
        row.parent = self.places[parent] if parent else None
        row.save()
        row.line = f"{row.parent.line if row.parent else ''}{row.pk}."
        row.save(update_fields=["line"])
        self.places[name] = row
        return row

    def body(self, name: str, kind: BodyKind, place: str) -> Body:
        row = Body(
            uid=self.uid(),
            kind=kind,
            code=f"b{len(self.bodies)}",
            name=name,
            place=self.places[place],
        )
        row.save()
        self.bodies[name] = row
        return row

    def person(self, who: str, phone: str, level: Level = Level.RESIDENT) -> Person:
        row = Person(uid=self.uid(), login=who, name=who, phone=phone, level=level, joined_at=NOW)
        row.save()
        self.people[who] = row
        return row

    def appoint(self, who: str, role: Role, place: str, body: str = "", grid: str = "") -> None:
        if who not in self.people:
            self.person(who, f"1390000{len(self.people):04}")
        Appointment.objects.create(
            uid=self.uid(),
            person=self.people[who],
            role=role,
            place=self.places[place],
            body=self.bodies.get(body),
            grouping=self.grids.get(grid),
            office=body or place,
            from_on=date(2026, 1, 1),
            given_at=NOW,
        )

    def duty(self, title: str, lead: str, co: tuple[str, ...] = (), **more: object) -> DutyRow:
        row = DutyRow(
            uid=self.uid(),
            bundle=BundleRow.objects.filter(kind="casework").first(),
            place=self.places["清河区"],
            code=f"D{len(self.duties)}",
            title=title,
            lead=lead,
            co=list(co),
            position=len(self.duties),
            valid_from=date(2026, 1, 1),
            **{"limit_length": 3, "limit_kind": "working_day", **more},
        )
        row.lead_body = self.bodies.get(lead)
        row.save()
        self.duties[title] = row
        return row


def make_world() -> World:
    """清河区 › 望江街道 › 柳荫社区 and 石桥社区, with every role in 柳荫社区."""
    return made_once("world", _make_world)


def _make_world() -> World:
    w = World()
    w.place("清河区", PlaceKind.DISTRICT)
    w.place("望江街道", PlaceKind.SUBDISTRICT, "清河区")
    w.place("柳荫社区", PlaceKind.COMMUNITY, "望江街道")
    w.place("石桥社区", PlaceKind.COMMUNITY, "望江街道")
    for name in ("柳荫第一网格", "柳荫第二网格"):
        w.grids[name] = Grouping.objects.create(
            uid=w.uid(),
            kind=GroupingKind.GRID,
            code=f"g{len(w.grids)}",
            name=name,
            community=w.places["柳荫社区"],
        )
    for name, grid in (("柳荫1栋", "柳荫第一网格"), ("柳荫2栋", "柳荫第二网格")):
        w.buildings[name] = Building.objects.create(
            uid=w.uid(),
            code=f"L{len(w.buildings)}",
            name=name,
            community=w.places["柳荫社区"],
            grid=w.grids[grid],
        )
    w.body("柳荫社区居委会", BodyKind.RESIDENTS_COMMITTEE, "柳荫社区")
    w.body("区城市管理局", BodyKind.DEPARTMENT, "清河区")
    w.body("区水务公司", BodyKind.COMPANY, "清河区")
    w.body("望江街道办事处", BodyKind.SUBDISTRICT_OFFICE, "望江街道")
    w.person("王桂英", "13800000001")
    w.person("李建国", "13800000002")
    w.appoint("网格员小陈", Role.GRID_WORKER, "柳荫社区", "柳荫社区居委会", "柳荫第一网格")
    w.appoint("社区小周", Role.COMMUNITY_DESK, "柳荫社区", "柳荫社区居委会")
    w.appoint("社区小周", Role.UNIT_HANDLER, "柳荫社区", "柳荫社区居委会")
    w.appoint("分拨员老赵", Role.DISPATCHER, "望江街道", "望江街道办事处")
    w.appoint("城管小孙", Role.UNIT_HANDLER, "清河区", "区城市管理局")
    w.appoint("水务小吴", Role.UNIT_HANDLER, "清河区", "区水务公司")
    w.appoint("回访员小郑", Role.CALL_BACK_OFFICER, "望江街道", "望江街道办事处")
    w.appoint("裁定组老钱", Role.ARBITRATOR, "清河区")
    w.appoint("督查员老冯", Role.SUPERVISORY_OFFICER, "清河区")
    w.appoint("街道主任", Role.LEADER, "望江街道", "望江街道办事处")
    w.appoint("管理员", Role.ADMINISTRATOR, "清河区")
    w.appoint("审计员", Role.AUDITOR, "清河区")
    load_rules(w, NOW)
    w.duty("井盖缺失", "区城市管理局", ("区水务公司",), limit_length=2, limit_kind="hour")
    w.duty("楼道堆物", "社区居委会")
    w.duty("不明井盖", "各产权单位")
    return w


def appoint_overseer(w: World) -> None:
    """The affairs supervisory committee of 柳荫社区, and 监督委员老何 who sits in it."""
    w.body("柳荫社区居务监督委员会", BodyKind.SUPERVISORY_COMMITTEE, "柳荫社区")
    w.appoint("监督委员老何", Role.OVERSEER, "柳荫社区", "柳荫社区居务监督委员会")


def load_rules(w: World, now: datetime) -> None:
    """Every shipped bundle loaded; those a place works by adopted at the district."""
    for bundle in shipped():
        if bundle.kind == "calendar":
            from yishi.rulebook.kinds import parse

            done = rule.load_calendar(w.ask(SYSTEM, now), parse(bundle), bundle.sha256)
            assert isinstance(done, Done), done
            continue
        done = rule.load_bundle(w.ask(SYSTEM, now), bundle)
        assert isinstance(done, Done), done
        if bundle.kind in ADOPTED:
            done = rule.adopt(w.ask(SYSTEM, now), w.places["清河区"], bundle, date(2026, 1, 1))
            assert isinstance(done, Done), done
