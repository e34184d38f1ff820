"""Many at the vote of a round at once, in real processes: one ballot a line, and one count."""

from collections.abc import Iterator

import pytest

from tests.acts.hall import DESK, OVERSEER
from tests.acts.rounds_voted import Poll, make_poll
from tests.acts.test_race import race
from tests.acts.world import NOW, World, make_world
from yishi.acts.door import Done
from yishi.records.models import Ballot, Entry, Part

pytestmark = pytest.mark.django_db(transaction=True)
FOUR = ("赵一", "钱二", "孙三", "李四")
COSTS = {"修路": 9_000, "路灯": 4_000}


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    yield make_world()


def hours(poll: Poll) -> int:
    return int((poll.hall.now - NOW).total_seconds()) // 3600


def test_a_line_has_one_ballot_and_two_who_close_choose_the_projects_once(world: World) -> None:
    poll = make_poll(world, COSTS, FOUR, 5_000)
    poll.open()
    known = {"topic": poll.topic, "vote": poll.vote.uid}
    at = str(hours(poll) + 1)
    answers = race(
        [
            {**known, "act": "choose", "who": "赵一", "option": uid, "key": uid, "at": at}
            for uid in poll.options.values()
        ]
    )
    assert "Done" in {one["kind"] for one in answers}
    assert {one["code"] for one in answers if one["kind"] == "Refusal"} <= {"stale", "busy"}
    assert (Part.objects.count(), Ballot.objects.count()) == (1, 1)
    for who in FOUR[1:]:
        assert isinstance(poll.cast(who, ["路灯"]), Done)
    assert poll.vote.until_at is not None
    poll.hall.now = poll.vote.until_at
    close = {**known, "act": "close_vote", "at": str(hours(poll) + 1)}
    answers = race([{**close, "who": OVERSEER, "key": "1"}, {**close, "who": DESK, "key": "2"}])
    assert sorted(str(one["kind"]) for one in answers) == ["Done", "Refusal"]
    assert Entry.objects.filter(code="topic.ballot_passed").count() == 1
    assert poll.states() == {"修路": "not_chosen", "路灯": "chosen"}
    assert poll.vote.result["heads"] == 4
