"""Rounds of small works at a size: three at work, made by real acts, and many that ended."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from tests.acts.hall import Hall
    from tests.acts.rounds_voted import Poll
    from tests.acts.world import World
    from yishi.records.models import Proposal, Topic

SEEDED = date(2006, 1, 1)  # a month no act draws a number in
IN_A_ROUND, BATCH = 100, 2_000
COSTS = {"修路": 9_000, "路灯": 4_000, "长椅": 3_000, "花坛": 3_000}
# What a project at work costs and how much of it a firm gives, yuan.
COST, GIVEN = 2_000, 500
PROJECTS_LEAST = 3
SIGNS = "修补路灯长椅花坛围墙门岗雨棚扶手井盖球场凉亭书屋栏杆坡道信箱车位树池水管屋顶台阶"
LONG = 8
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Stage:
    """A world with three rounds at work, each brought there by real acts, and many that ended.
    `times`: how often each row is done."""

    world: "World"
    size: int
    times: int

    @cached_property
    def names(self) -> list[str]:
        """Who stands on the roll."""
        return [f"居民{no:05}" for no in range(max(self.size // 200, self.times))]

    @cached_property
    def poll(self) -> "Poll":
        """A round whose vote is open."""
        from tests.acts.rounds_voted import make_poll

        made = make_poll(self.world, COSTS, self.names, 10_000)
        made.open()
        return made

    @property
    def hall(self) -> "Hall":
        return self.poll.hall

    @cached_property
    def now(self) -> datetime:
        """When this began, as every entrance reads the clock."""
        from yishi.records.wallclock import now

        return now()

    @cached_property
    def calling(self) -> str:
        """A round in its call since yesterday; its uid."""
        from tests.acts.rounds import begun, taken_to

        voting, self.hall.now = self.hall.now, self.now - timedelta(days=9)
        uid = begun(self.hall, "正在征集的一轮")
        taken_to(self.hall, uid, "call")
        self.hall.now = voting
        return uid

    @cached_property
    def at_work(self) -> tuple[str, list[tuple[str, str]]]:
        """A round in its works: its uid, and each project with the funder that is a firm."""
        from tests.acts import paid, rounds
        from yishi.records.models import Project

        voting, self.hall.now = self.hall.now, self.now - timedelta(days=60)
        uid = rounds.begun(self.hall, "正在施工的一轮")
        rounds.taken_to(self.hall, uid, "call")
        for no in range(max(self.size // 2_000, PROJECTS_LEAST)):
            rounds.wish(self.hall, uid, f"第{no}处路面修平", self.names[no // 5])
        rounds.taken_to(self.hall, uid, "discuss")
        funders = []
        for row in Project.objects.filter(topic__uid=uid).order_by("id"):
            paid.costed(self.hall, row.uid, COST)
            funders.append((row.uid, paid.pledged(self.hall, row.uid, GIVEN)))
            paid.agreed(self.hall, row.uid)
        rounds.taken_to(self.hall, uid, "works")
        for project, _ in funders:
            paid.funded(self.hall, project)
        Project.objects.filter(topic__uid=uid).update(state="under_way")
        self.hall.now = voting
        return uid, funders

    def fill(self) -> None:
        """The rounds, and wishes past the acts until there are so many."""
        from yishi.records.models import Proposal, Topic

        calling = Topic.objects.get(uid=self.calling)
        chance = random.Random(self.size)
        _ = self.at_work
        first = self.size // IN_A_ROUND
        wishes = [self._wish(calling, no, chance, "filed") for no in range(first)]
        rounds_ = [_ended(calling, self.world.uid(), no) for no in range(self.size // IN_A_ROUND)]
        Topic.objects.bulk_create(rounds_, BATCH)
        wishes += [
            self._wish(rounds_[no // IN_A_ROUND], no, chance, "refused")
            for no in range(first, self.size)
        ]
        Proposal.objects.bulk_create(wishes, BATCH)

    def _wish(self, topic: "Topic", no: int, chance: random.Random, state: str) -> "Proposal":
        from yishi.core.number import make_number
        from yishi.records.models import Proposal

        title = title_of(chance)
        # Whoever puts one forward while it is measured has none there yet: five are the most.
        author = "王桂英" if state == "filed" else chance.choice(self.names)
        return Proposal(
            uid=self.world.uid(),
            number=make_number(SEEDED, no),
            topic=topic,
            place=topic.place,
            title=title,
            words=f"{title}，大家都用得着。",
            kind="works",
            came_by="resident",
            person=self.world.people[author],
            at=self.now,
            state=state,
        )

    def browser(self, who: str) -> "Client":
        """Somebody signed in."""
        from django.test import Client

        client = Client()
        client.force_login(self.world.people[who], backend=BACKEND)
        return client


def title_of(chance: random.Random) -> str:
    """A title of a wish."""
    return "".join(chance.sample(SIGNS, LONG))


def _ended(like: "Topic", uid: str, no: int) -> "Topic":
    from yishi.core.number import make_number
    from yishi.records.models import Topic

    return Topic(
        uid=uid,
        number=make_number(SEEDED, no),
        place=like.place,
        state="ended",
        title=f"往年第{no}轮微实事",
        words=like.words,
        competence=like.competence,
        size=like.size,
        entry=like.entry,
        method=like.method,
        procedure=like.procedure,
        raised_as=like.raised_as,
        raised_at=like.raised_at - timedelta(days=365),
        ended_at=like.raised_at,
        outcome="done",
        is_carried_out=True,
    )
