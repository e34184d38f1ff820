"""A hall whose method votes by roll: a topic brought before a vote, people who may cast it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.acts.hall import DESK, OVERSEER, SECRETARY, Hall, make_hall
from tests.acts.world import World
from yishi.acts import rule
from yishi.acts.topic import raising, reviewing, staging
from yishi.acts.vote import casting, closing, opening, paper, roll
from yishi.core.method.language import Paper
from yishi.core.person import SYSTEM, Level, Role
from yishi.core.place import BodyKind
from yishi.core.topic.review import Reviewed, Verdict
from yishi.core.vote.now import Choice, Way
from yishi.core.vote.roll import Row
from yishi.records.models import Body, Vote, Voter
from yishi.rulebook.load import read_bundle

__all__ = ["DESK", "OVERSEER", "SECRETARY", "Ballots", "Row", "Way", "make_ballots"]

OWNERS = "柳荫苑业主大会"
FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN
METHOD = """
kind = "methods"
id = "ballots"
version = "{version}"
valid_from = 2026-01-01
source = "ours"
layer = "community"
name = {{ zh = "按名册表决" }}
about = {{ zh = "一人一票，一户一票，或者按业主。" }}
catalogue = [{{ code = "works", name = {{ zh = "基础设施建设" }} }}]
sizes = [{{ code = "major", name = {{ zh = "大事" }}, means = {{ zh = "大家的事" }},
  procedure = "vote" }}]

[[procedures]]
id = "vote"
name = {{ zh = "表决" }}
ends = [{{ id = "done", name = {{ zh = "已办成" }}, carried_out = true }},
  {{ id = "dropped", name = {{ zh = "没有办" }}, carried_out = false }}]

[[procedures.stages]]
id = "collect"
kind = "collect"
name = {{ zh = "征集" }}
lead = "residents_committee"
least = {{ number = 1, source = "ours" }}
limit = {{ length = 30, kind = "day", source = "ours" }}
pass = "talk"

[[procedures.stages]]
id = "talk"
kind = "confer"
name = {{ zh = "商议" }}
lead = "residents_committee"
decides = ["residents_committee"]
quorum = {{ share = "1/2", of = "seats", more_than = true, source = "ours" }}
limit = {{ length = 30, kind = "day", source = "ours" }}
pass = "resolve"
fail = "tell_dropped"

[[procedures.stages]]
id = "resolve"
kind = "vote"
name = {{ zh = "表决" }}
lead = "residents_committee"
decides = ["{decides}"]
quorum = {{ share = "{quorum}", of = "seats", more_than = {more}, source = "民法典第二百七十八条" }}
threshold = {{ share = "1/2", of = "present", more_than = true, source = "民法典第二百七十八条" }}
tie = "{tie}"
limit = {{ length = 90, kind = "day", source = "ours" }}
voting = {{ unit = "{unit}", ways = [{ways}], secret = {secret}, choose = "{choose}",
  period = {{ length = 10, kind = "day", source = "ours：投十天" }}{more_voting} }}
times = {{ number = 3, source = "ours" }}
exhausted = "tell_dropped"
pass = "carry_out"
fail = "tell_dropped"

[[procedures.stages]]
id = "carry_out"
kind = "carry_out"
name = {{ zh = "实施" }}
lead = "residents_committee"
fallback = "body"
limit = {{ length = 30, kind = "day", source = "ours" }}
pass = "accept"
fail = "resolve"

[[procedures.stages]]
id = "accept"
kind = "accept"
name = {{ zh = "验收" }}
lead = "supervisory_committee"
least = {{ number = 1, source = "ours" }}
limit = {{ length = 30, kind = "day", source = "ours" }}
pass = "tell"
fail = "tell_dropped"

[[procedures.stages]]
id = "tell_dropped"
kind = "publish"
name = {{ zh = "公布" }}
lead = "residents_committee"
limit = {{ length = 3, kind = "day", source = "ours" }}
pass = "dropped"

[[procedures.stages]]
id = "tell"
kind = "publish"
name = {{ zh = "公布" }}
lead = "residents_committee"
limit = {{ length = 3, kind = "day", source = "ours" }}
pass = "done"
"""


@dataclass
class Ballots:
    """A topic that stands before its vote. `options`: their uids, in the order of the paper."""

    hall: Hall
    topic: str
    options: list[str]

    @property
    def world(self) -> World:
        return self.hall.world

    @property
    def vote(self) -> Vote:
        """The last vote of the topic, as it is now."""
        return Vote.objects.filter(topic__uid=self.topic).order_by("-id")[0]

    def line(self, name: str) -> Voter:
        """The line of the roll with that name among its names."""
        rows = Voter.objects.filter(vote=self.vote, is_struck=False)
        return next(row for row in rows if name in row.name.split("、"))

    def ask(self, who: str, key: str = ""):  # type: ignore[no-untyped-def]
        return self.world.ask(who, self.hall.now, key)

    def open(self, rows: Sequence[Row] = ()) -> Vote:
        """The roll is made and, once its time on view is over, the vote opened."""
        self.roll(rows)
        until = self.vote.roll_until_at
        if until is not None:
            self.hall.now = until
        self.hall.did(opening.open_vote(self.ask(DESK), self.topic))
        return self.vote

    def roll(self, rows: Sequence[Row] = ()) -> Vote:
        """The roll is made."""
        self.hall.did(roll.open_roll(self.ask(DESK), self.topic, rows))
        return self.vote

    def says(self, *choices: Choice) -> Mapping[str, Choice]:
        """Choices for the options, in their order."""
        return dict(zip(self.options, choices, strict=False))

    def cast(self, who: str, *choices: Choice, line: str = "", key: str = "") -> object:
        """`who` casts on-line; `line`: the name of the line they vote for by proxy."""
        voter = self.line(line).uid if line else ""
        return casting.cast(self.ask(who, key), self.vote.uid, self.says(*choices), voter)

    def take(
        self,
        name: str,
        way: Way = Way.PAPER,
        second: str = "",
        who: str = DESK,
        why: str = "本人到场投票",
    ) -> object:
        """The line of `name` handed its paper in."""
        uid = self.world.people[second].uid if second else ""
        return paper.take_paper(self.ask(who), self.vote.uid, self.line(name).uid, way, uid, why)

    def enter(self, serial: int, who: str, *choices: Choice, name: str = "") -> object:
        """`who` enters a paper."""
        uid = self.line(name).uid if name else ""
        ask = self.ask(who)
        return paper.enter_paper(ask, self.vote.uid, serial, self.says(*choices), uid)

    def end(self) -> None:
        """The time of the vote has run out."""
        assert self.vote.until_at is not None
        self.hall.now = self.vote.until_at

    def close(self, who: str = OVERSEER) -> object:
        return closing.close_vote(self.ask(who), self.topic)


def make_ballots(world: World, options: Sequence[str] = ("装电梯",), **voting: str) -> Ballots:
    """A topic before a vote by roll in 柳荫社区. `voting`: unit, ways, secret, choose, quorum,
    more, tie, decides, roll (days on view), proxies, handed."""
    hall = make_hall(world)
    if OWNERS not in world.bodies:
        world.body(OWNERS, BodyKind.OWNERS_ASSEMBLY, "柳荫社区")
        world.appoint(f"{OWNERS}召集人", Role.CONVENER, "柳荫社区", OWNERS)
    unit = voting.get("unit", "person")
    owner = unit == "owner"
    more = "".join(
        f', {name} = {{ {value}, source = "ours" }}'
        for name, value in (
            ("roll", f'length = {voting.get("roll")}, kind = "day"' if "roll" in voting else ""),
            ("proxies", f"number = {voting.get('proxies')}" if "proxies" in voting else ""),
        )
        if value
    )
    text = METHOD.format(
        version=voting.get("version", "1"),
        decides=voting.get("decides", "owners_assembly" if owner else "residents_assembly"),
        quorum=voting.get("quorum", "2/3" if owner else "1/2"),
        more=voting.get("more", "false" if owner else "true"),
        tie=voting.get("tie", "fails"),
        unit=unit,
        ways=", ".join(f'"{one}"' for one in voting.get("ways", "online paper door").split()),
        secret=voting.get("secret", "false"),
        choose=voting.get("choose", "each"),
        more_voting=more + (", handed = true" if "handed" in voting else ""),
    )
    bundle = read_bundle("methods", {"ballots.toml": text.replace(",\n  ", ", ").encode()})
    hall.did(rule.load_bundle(world.ask(SYSTEM, hall.now), bundle))
    ask = world.ask("管理员", hall.now)
    hall.did(rule.adopt(ask, world.places["柳荫社区"], bundle, date(2026, 1, 1)))
    uid = hall.raise_()
    verdict = Verdict.TAKEN_UP
    said = Reviewed(verdict, size="major", entry="works", words="同意作为议题")
    hall.did(reviewing.review_topic(world.ask(SECRETARY, hall.now), uid, "ballots", said))
    topic = hall.topic(uid)
    if owner:
        type(topic).objects.filter(pk=topic.pk).update(competence="owners")
    uids = [
        raising.new_option(world.ask(DESK, hall.now), hall.topic(uid), no, title, "").uid
        for no, title in enumerate(options, 1)
    ]
    hall.did(staging.collect(world.ask(DESK, hall.now), uid, 5, "走访"))
    hall.did(staging.end_collecting(world.ask(DESK, hall.now), uid))
    all_five = {BodyKind.RESIDENTS_COMMITTEE: 5}
    hall.did(staging.confer(world.ask(DESK, hall.now), uid, all_five, all_five, "交大家表决"))
    return Ballots(hall, uid, uids)


def settle(
    world: World, names: Sequence[str], room: str = "", level: Level = Level.RESIDENT, area: int = 0
) -> None:
    """People come to live in 柳荫1栋, each in a room of their own or all in `room`."""
    for no, name in enumerate(names, 1):
        if name not in world.people:
            world.person(name, f"1370000{len(world.people):04}")
        person = world.people[name]
        person.home, person.room = world.buildings["柳荫1栋"], room or f"{no}01"
        person.level, person.area_cm2 = level, area or None
        person.save()


def later(ballots: Ballots, days: int) -> None:
    """So many days pass."""
    ballots.hall.now += timedelta(days=days)


def with_papers(ballots: Ballots) -> None:
    """The paper of the count lies with the stage."""
    ballots.hall.attach(ballots.topic, Paper.COUNT)


def bodies() -> list[Body]:
    """Every body."""
    return list(Body.objects.all())
