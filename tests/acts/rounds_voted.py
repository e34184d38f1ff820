"""A round of small works that is decided by vote: taken to its vote, with people who cast it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.acts import paid, rounds
from tests.acts.hall import COMMUNITY, DESK, OVERSEER, Hall
from tests.acts.roll import settle
from tests.acts.world import World
from yishi.acts import rule
from yishi.acts.topic import reviewing
from yishi.acts.vote import casting, closing, opening, paper, roll
from yishi.core.method.language import Paper
from yishi.core.person import SYSTEM
from yishi.core.project.now import ProjectState
from yishi.core.topic.review import Reviewed, Verdict
from yishi.core.vote.now import Way
from yishi.records.models import Project, Vote, Voter
from yishi.rulebook.load import Bundle, read_bundle
from yishi.rulebook.shipped import shipped_bundle

SECRETARY = "书记老方"
# What weishi says of its vote, and so what a test may put in its place.
SAID = {
    "ballot": '"approval"',
    "most": '{ number = 5, source = "ours" }',
    "counting": '{ rule = "equal_shares", version = "until_overspent", '
    'source = "希维切 2023：公开的计票办法" }',
    "secret": "true",
}
GREEDY = '{ rule = "greedy", version = "skip", source = "ours" }'
YUAN = 100
Marks = Mapping[str, int]


def method(**said: str) -> Bundle:
    """weishi with other words for its vote, as a method of its own; "" takes a line out."""
    old = shipped_bundle("methods", "weishi")
    name = next(one for one in old.files if one.endswith(".toml"))
    text = old.files[name].decode()
    for key, words in said.items():
        before = f"{key} = {SAID[key]}\n"
        assert text.count(before) == 1, key
        text = text.replace(before, f"{key} = {words}\n" if words else "")
    text = text.replace('id = "weishi"', 'id = "round"', 1)
    return read_bundle("methods", {"round.toml": text.encode()})


@dataclass
class Poll:
    """A round that stands before its vote. `projects`: title → uid of the project, in the order of
    the paper; `options`: title → uid of its option."""

    hall: Hall
    topic: str
    projects: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.hall.world

    @property
    def vote(self) -> Vote:
        """The last vote of the round, as it is now."""
        return Vote.objects.filter(topic__uid=self.topic).order_by("-id")[0]

    def ask(self, who: str, key: str = ""):  # type: ignore[no-untyped-def]
        return self.world.ask(who, self.hall.now, key)

    def line(self, name: str) -> Voter:
        """The line of the roll with that name among its names."""
        rows = Voter.objects.filter(vote=self.vote, is_struck=False)
        return next(row for row in rows if name in row.name.split("、"))

    def roll(self) -> None:
        """The roll is made and its time on view is over."""
        self.hall.did(roll.open_roll(self.ask(DESK), self.topic, ()))
        until = self.vote.roll_until_at
        assert until is not None
        self.hall.now = until

    def open(self) -> Vote:
        """The roll is made and the vote opened."""
        self.roll()
        self.hall.did(opening.open_vote(self.ask(DESK), self.topic))
        return self.vote

    def says(self, marks: Marks | Sequence[str]) -> list[tuple[str, int]]:
        """What somebody says, projects by their titles."""
        pairs = marks.items() if isinstance(marks, Mapping) else ((one, 1) for one in marks)
        return [(self.options.get(title, title), mark) for title, mark in pairs]

    def cast(self, who: str, marks: Marks | Sequence[str], key: str = "") -> object:
        """`who` casts on-line."""
        return casting.cast(self.ask(who, key), self.vote.uid, self.says(marks))

    def take(self, name: str) -> object:
        """The line of `name` handed its paper in."""
        uid, why = self.line(name).uid, "本人到场投票"
        return paper.take_paper(self.ask(DESK), self.vote.uid, uid, Way.PAPER, "", why)

    def enter(self, serial: int, who: str, marks: Marks | Sequence[str], name: str = "") -> object:
        """`who` enters a paper; `name`: whose it is, in a vote by name."""
        uid = self.line(name).uid if name else ""
        return paper.enter_paper(self.ask(who), self.vote.uid, serial, self.says(marks), uid)

    def close(self) -> object:
        """Its time has run out, and it is closed."""
        assert self.vote.until_at is not None
        self.hall.now = max(self.hall.now, self.vote.until_at)
        return closing.close_vote(self.ask(OVERSEER), self.topic)

    def states(self) -> dict[str, str]:
        """Title → where the project stands."""
        rows = Project.objects.filter(topic__uid=self.topic).select_related("option")
        return {row.option.title: row.state for row in rows.order_by("option__no")}

    def won(self) -> list[str]:
        """Titles of the winners, in the order they won."""
        titles = {uid: title for title, uid in self.options.items()}
        return [titles[uid] for uid in self.vote.result["passing"]]


def make_poll(
    world: World,
    projects: Mapping[str, int],
    names: Sequence[str],
    fund: int,
    gifts: Mapping[str, int] | None = None,
    **said: str,
) -> Poll:
    """A round before its vote. `projects`: title → cost in yuan, each agreed on; `fund`: yuan;
    `gifts`: title → yuan a firm gives; `said`: what the method says of the vote otherwise."""
    settle(world, names)
    hall = rounds.round_hall(world)
    bundle = method(**said)
    hall.did(rule.load_bundle(world.ask(SYSTEM, hall.now), bundle))
    ask = world.ask("管理员", hall.now)
    hall.did(rule.adopt(ask, world.places[COMMUNITY], bundle, date(2026, 1, 1)))
    uid = hall.raise_(rounds.TITLE, DESK)
    review = Reviewed(Verdict.TAKEN_UP, size="voted", entry="works", words="同意")
    hall.did(reviewing.review_topic(world.ask(SECRETARY, hall.now), uid, "round", review))
    paid.announced(hall, uid, fund)
    rounds.taken_to(hall, uid, "call")
    for title in projects:
        rounds.wish(hall, uid, title)
    rounds.taken_to(hall, uid, "discuss")
    poll = Poll(hall, uid)
    for row in Project.objects.filter(topic__uid=uid).select_related("option").order_by("id"):
        poll.projects[row.option.title] = row.uid
        poll.options[row.option.title] = row.option.uid
        paid.costed(hall, row.uid, projects[row.option.title])
        if gifts and row.option.title in gifts:
            paid.pledged(hall, row.uid, gifts[row.option.title])
        paid.agreed(hall, row.uid)
    rounds.ends(hall, uid, Paper.MINUTES, Paper.REGISTER)
    assert set(poll.states().values()) == {ProjectState.AGREED}
    return poll
