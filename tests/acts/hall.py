"""A hall to deliberate in: the bodies of 柳荫社区 with their seats, and topics taken through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.acts.world import NOW, World
from yishi.acts import rule
from yishi.acts.door import Done
from yishi.acts.topic import raising, reviewing, staging
from yishi.core.method.language import Paper
from yishi.core.person import SYSTEM, Role
from yishi.core.place import BodyKind
from yishi.core.topic.review import Reviewed, Verdict
from yishi.records.files import blank
from yishi.records.models import Option, Passage, Topic, TopicPaper
from yishi.records.queries.rule import parsed
from yishi.rulebook.load import read_bundle
from yishi.rulebook.shipped import shipped_bundle

B = BodyKind
COMMUNITY = "柳荫社区"
# kind: (name, seats); one person may sit in several.
SEATS: Mapping[BodyKind, tuple[str, int]] = {
    B.PARTY_COMMITTEE: ("柳荫社区党委", 5),
    B.RESIDENTS_COMMITTEE: ("柳荫社区居委会", 5),
    B.PARTY_MEMBERS: ("柳荫社区党员大会", 20),
    B.REPRESENTATIVES: ("柳荫社区居民代表会议", 21),
    B.RESIDENTS_ASSEMBLY: ("柳荫社区居民会议", 30),
    B.GROUP_LEADERS: ("柳荫社区居民小组长会议", 6),
    B.DELIBERATION_COMMITTEE: ("柳荫社区协商委员会", 7),
    B.SUPERVISORY_COMMITTEE: ("柳荫社区居务监督委员会", 3),
    B.ADVISERS: ("柳荫社区法律顾问室", 1),
    B.OWNERS_COMMITTEE: ("柳荫苑业主委员会", 5),
    B.PROPERTY_FIRM: ("柳荫物业公司", 1),
    B.LOCAL_UNIT: ("柳荫小学", 1),
}
SECRETARY, DESK, CONVENER, OVERSEER = "书记老方", "社区小周", "召集人", "监督委员老何"


@dataclass
class Hall:
    """A world in which 柳荫社区 deliberates. `now` is when the next act happens."""

    world: World
    now: datetime = NOW
    papers: int = 0
    done: list[Done] = field(default_factory=list)

    def adopt(self, name: str) -> None:
        """柳荫社区 works by this shipped method from the first of January."""
        w, bundle = self.world, shipped_bundle("methods", name)
        done = rule.adopt(w.ask("管理员", self.now), w.places[COMMUNITY], bundle, date(2026, 1, 1))
        assert isinstance(done, Done), done

    def adopt_newer(self, change: tuple[str, str], version: str = "99") -> None:
        """柳荫社区 adopts a version of c4321 that differs in one place."""
        w, old = self.world, shipped_bundle("methods", "c4321")
        files = dict(old.files)
        name = next(one for one in files if one.endswith(".toml"))
        text = files[name].decode()
        assert change[0] in text
        text = text.replace(f'version = "{old.version}"', f'version = "{version}"', 1)
        files[name] = text.replace(*change, 1).encode()
        bundle = read_bundle("methods", files)
        self.did(rule.load_bundle(w.ask(SYSTEM, self.now), bundle))
        ask = w.ask("管理员", self.now)
        self.did(rule.adopt(ask, w.places[COMMUNITY], bundle, date(2026, 3, 11)))

    def seats(self, kind: BodyKind) -> int:
        """How many seats a body has."""
        return SEATS[kind][1]

    def chair(self, kind: BodyKind) -> str:
        """Who convenes a body."""
        return f"{SEATS[kind][0]}{CONVENER}"

    def raise_(self, title: str = "老楼加装电梯", who: str = "王桂英") -> str:
        """A topic is proposed; its uid."""
        raised = raising.Raised(title, "八部电梯坏了四部，近二百户上下楼难。")
        place = self.world.places[COMMUNITY]
        return self.did(raising.raise_(self.world.ask(who, self.now), place.uid, raised)).uid

    def take_up(self, uid: str, method: str, size: str = "major", entry: str = "") -> None:
        """The secretary reviews it: a residents' affair of that size."""
        row = shipped_bundle("methods", method)
        entry = entry or row.data["catalogue"][0]["code"]
        said = Reviewed(Verdict.TAKEN_UP, size=size, entry=entry, words="同意作为议题")
        ask = self.world.ask(SECRETARY, self.now)
        self.did(reviewing.review_topic(ask, uid, method, said))

    def option(self, uid: str, title: str, **more: object) -> str:
        """One more option, as the act writes it; its uid."""
        topic = self.topic(uid)
        no = Option.objects.filter(topic=topic).count() + 1
        row = raising.new_option(self.world.ask(DESK, self.now), topic, no, title, "")
        Option.objects.filter(pk=row.pk).update(**more)
        return row.uid

    def topic(self, uid: str) -> Topic:
        """The topic as it is now."""
        return Topic.objects.get(uid=uid)

    def passage(self, uid: str) -> Passage:
        """The open visit to a stage."""
        return Passage.objects.get(topic__uid=uid, left_at=None)

    def attach(self, uid: str, *kinds: Paper) -> None:
        """Papers lie with the stage it stands in."""
        for kind in kinds or tuple(Paper):
            TopicPaper.objects.create(
                uid=self.world.uid(),
                passage=self.passage(uid),
                kind=kind,
                file=blank(self.now),
                added_at=self.now,
            )

    def pass_stage(self, uid: str) -> str:
        """Takes the topic through the stage it stands in, all in favour; the stage it is in now."""
        topic, ask, w = self.topic(uid), self.world.ask, self.world
        stage = _stage(topic)
        self.attach(uid)
        full = {kind: self.seats(kind) for kind in stage.decides}
        match topic.stage_kind:
            case "collect":
                people = stage.least.number if stage.least else 1
                self.did(staging.collect(ask(DESK, self.now), uid, people, "挨户走访"))
                self.did(staging.end_collecting(ask(DESK, self.now), uid))
            case "screen":
                self.did(
                    staging.screen(ask(SECRETARY, self.now), uid, fit=True, ground="", words="可以")
                )
            case "confer":
                self.did(staging.confer(ask(DESK, self.now), uid, full, full, "一致同意"))
            case "meet":
                came = frozenset((*stage.must_come, *stage.parties))
                self.did(
                    staging.meet(ask(DESK, self.now), uid, came, full, 12, "谈成了", agreed=True)
                )
            case "consent":
                for body in stage.asked:
                    self.did(staging.consent(ask(DESK, self.now), uid, body, yes=True))
            case "vote":
                self.vote(uid, {one.uid: sum(full.values()) for one in self.open_options(uid)})
            case "comment" | "notice":
                self.did(staging.post(ask(DESK, self.now), uid, "各楼道口"))
                self.now += timedelta(days=40)
                self.did(staging.end_posting(ask(DESK, self.now), uid))
            case "carry_out":
                unit = w.bodies["区水务公司"].uid
                self.did(staging.assign(ask(DESK, self.now), uid, unit))
                self.did(staging.report_done(ask("水务小吴", self.now), uid, "修好了"))
            case "accept":
                self.did(staging.accept(ask(OVERSEER, self.now), uid, 4, "与决议一致", fit=True))
            case "publish":
                self.did(staging.publish(ask(DESK, self.now), uid, "办好了，已公布。"))
            case "appraise":
                self.did(staging.appraise(ask(DESK, self.now), uid, 30, 5, 1))
        return self.topic(uid).stage

    def vote(self, uid: str, favour: Mapping[str, int], present: int = 0) -> str:
        """A show of hands, counted and confirmed: option → for; the others are against."""
        stage = _stage(self.topic(uid))
        body = stage.decides[0]
        here = present or self.seats(body)
        votes = {one: (yes, here - yes, 0) for one, yes in favour.items()}
        self.attach(uid)
        asks = (self.world.ask(DESK, self.now), self.world.ask(OVERSEER, self.now))
        self.did(staging.count(asks[0], uid, {body: here}, votes))
        self.did(staging.confirm(asks[1], uid, {body: here}, votes))
        return self.topic(uid).stage

    def open_options(self, uid: str) -> list[Option]:
        """The options that may still be voted on."""
        return list(Option.objects.filter(topic__uid=uid).exclude(state="done"))

    def to(self, uid: str, stage: str) -> None:
        """Takes the topic through until it stands in that stage."""
        for _ in range(30):
            if self.topic(uid).stage == stage:
                return
            self.pass_stage(uid)
        raise AssertionError(f"{stage} was not reached")

    def did(self, done: object) -> Done:
        """The same, where it was done. Raises AssertionError for a refusal."""
        assert isinstance(done, Done), done
        self.done.append(done)
        return done


def _stage(topic: Topic) -> Any:
    assert topic.method is not None
    return parsed(topic.method).procedure(topic.procedure).stage(topic.stage)


def make_hall(world: World, *methods: str) -> Hall:
    """The world with 柳荫社区's bodies, their seats, its secretary and these methods adopted."""
    for kind, (name, seats) in SEATS.items():
        if name not in world.bodies:
            world.body(name, kind, COMMUNITY)
        world.appoint(f"{name}{CONVENER}", Role.CONVENER, COMMUNITY, name)
        for no in range(1, seats):
            world.appoint(f"居民{no:02}", Role.MEMBER, COMMUNITY, name)
    world.appoint(SECRETARY, Role.SECRETARY, COMMUNITY, SEATS[B.PARTY_COMMITTEE][0])
    world.appoint(OVERSEER, Role.OVERSEER, COMMUNITY, SEATS[B.SUPERVISORY_COMMITTEE][0])
    world.appoint("律师小林", Role.LEGAL_ADVISER, COMMUNITY, SEATS[B.ADVISERS][0])
    hall = Hall(world)
    for name in methods:
        hall.adopt(name)
    return hall
