"""A vote by roll and its people's browsers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from tests.acts.roll import Ballots, make_ballots, settle
from tests.acts.world import World
from tests.web.staff import Desk, at
from yishi.core.method.language import Paper
from yishi.core.person import Level
from yishi.records.models import Vote

MOST = 12
FOUR = ("赵一", "钱二", "孙三", "李四")
TOPIC = "老楼加装电梯"


class Polls:
    """A vote, its pages, and whoever opens them."""

    def __init__(self, ballots: Ballots, patch: pytest.MonkeyPatch) -> None:
        self.ballots, self.patch = ballots, patch
        self.desk = Desk(ballots.world, at(patch, ballots.hall.now))

    @property
    def vote(self) -> Vote:
        return self.ballots.vote

    def at(self, moment: datetime) -> None:
        """The clock of every entrance stands at `moment`."""
        self.ballots.hall.now = moment
        self.desk.now = at(self.patch, moment)
        self.desk.browsers.clear()

    def address(self, page: str = "") -> str:
        return f"/votes/{self.vote.uid}" + (f"/{page}" if page else "")

    def status(self, who: str, page: str = "") -> int:
        """What `who` meets at a page of the vote."""
        return int(self.desk.browser(who).get(self.address(page)).status_code)

    def page(self, who: str, page: str = "") -> str:
        """A page of the vote, which must be there."""
        return self.desk.get(who, self.address(page))

    def send(self, who: str, page: str, key: str = "", /, **fields: Any) -> Any:
        """What the server answers to a form."""
        self.desk.keys += 1
        form = {"key": key or f"vote-{self.desk.keys}", **fields}
        return self.desk.browser(who).post(self.address(page), form)

    def does(self, who: str, page: str, /, **fields: Any) -> str:
        """Sends a form, which must be taken; where it leads."""
        answer = self.send(who, page, **fields)
        assert answer.status_code == 302, answer.content.decode()[-4000:]
        return str(answer["Location"])

    def refused(self, who: str, page: str, /, **fields: Any) -> str:
        """The page after a form that is refused."""
        answer = self.send(who, page, **fields)
        assert answer.status_code == 422, (answer.status_code, answer.content.decode()[-2000:])
        return str(answer.content.decode())

    def deed(self, who: str, name: str, **fields: Any) -> Any:
        """A step of the vote on the topic's side."""
        self.desk.keys += 1
        version = self.ballots.hall.topic(self.ballots.topic).version
        form = {"key": f"deed-{self.desk.keys}", "version": version, **fields}
        return self.desk.browser(who).post(f"/topics/{self.ballots.topic}/do/{name}", form)

    def line(self, name: str) -> str:
        return self.ballots.line(name).uid


def polls(
    world: World,
    patch: pytest.MonkeyPatch,
    options: Sequence[str] = ("装电梯",),
    **voting: str,
) -> Polls:
    """Four residents of 柳荫1栋, each in a room of their own, before a vote."""
    owner = voting.get("unit") == "owner"
    settle(
        world, FOUR, level=Level.OWNER if owner else Level.RESIDENT, area=900_000 if owner else 0
    )
    return Polls(make_ballots(world, options, **voting), patch)


def opened(
    world: World,
    patch: pytest.MonkeyPatch,
    options: Sequence[str] = ("装电梯",),
    **voting: str,
) -> Polls:
    """The same, with the vote open."""
    made = polls(world, patch, options, **voting)
    made.ballots.open()
    made.at(made.ballots.hall.now)
    return made


def with_papers(made: Polls) -> None:
    """The papers of the stage are there."""
    made.ballots.hall.attach(made.ballots.topic, Paper.COUNT, Paper.REGISTER)
