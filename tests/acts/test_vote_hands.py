"""A show of hands at a meeting: who is not signed in is absent, and stays in the whole."""

from datetime import UTC, datetime

import pytest

from tests.acts.roll import AGAINST, DESK, OVERSEER, Ballots, Way, make_ballots
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.acts.meeting import calling, sitting
from yishi.acts.meeting.asked import Called, ItemAsk
from yishi.acts.vote import paper
from yishi.core.refusal import Refusal
from yishi.records.models import Meeting

pytestmark = pytest.mark.django_db

MEET = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
COMMITTEE = "柳荫社区协商委员会"
# Seven delegates: the convener and these six.
SIX = ("居民01", "居民02", "居民03", "居民04", "居民05", "居民06")


@pytest.fixture
def world() -> World:
    return make_world()


def sat_down(world: World, *who: str, ways: str = "hands paper") -> Ballots:
    """The vote is open at the meeting that has the topic on its agenda, and these signed in."""
    b = make_ballots(
        world, unit="delegate", decides="deliberation_committee", ways=ways, quorum="2/3",
        more="false",
    )  # fmt: skip
    asked = Called(
        title="议事会议", where="议事厅", starts_at=MEET, form="deliberation",
        items=(ItemAsk(topic=b.topic),),
    )  # fmt: skip
    place, body = world.places["柳荫社区"].uid, world.bodies[COMMITTEE].uid
    called = b.hall.did(calling.call(b.ask(DESK), place, body, asked))
    b.hall.now = MEET
    for one in who:
        person = world.people[one].uid
        b.hall.did(sitting.sign_in_for(b.ask(DESK), called.uid, person_uid=person))
    b.hall.did(sitting.open_(b.ask(DESK), called.uid))
    b.open()
    return b


def hands(b: Ballots, who: str, votes: tuple[int, int, int]) -> Done | Refusal:
    return paper.enter_hands(b.ask(who), b.vote.uid, {b.options[0]: votes})


def code(answer: object) -> str:
    return answer.code if isinstance(answer, Refusal) else "yes"


def test_an_absent_delegate_does_not_keep_the_count_open(world: World) -> None:
    b = sat_down(world, *SIX)
    for one in SIX[:5]:
        b.hall.did(b.take(one, Way.HANDS))
    assert code(hands(b, DESK, (5, 0, 0))) == "box_closed"  # 居民06 is here and has not voted
    assert code(b.close()) == "vote_runs"
    b.hall.did(b.take("居民06", Way.HANDS))
    for teller in (DESK, OVERSEER):
        assert code(hands(b, teller, (4, 2, 0))) == "yes"
    assert b.hall.now == MEET
    b.hall.did(b.close())
    assert (b.vote.state, b.vote.result["outcome"]) == ("decided", "passed")
    assert b.vote.result["quorums"] == [
        {"by": "heads", "whole": 7, "have": 6, "need": 5, "met": True,
         "source": "民法典第二百七十八条"},
    ]  # fmt: skip


def test_the_absent_stay_in_the_whole_that_the_quorum_is_counted_of(world: World) -> None:
    b = sat_down(world, *SIX[:5])
    b.hall.did(b.take("居民01", Way.PAPER))
    for one in SIX[1:4]:
        b.hall.did(b.take(one, Way.HANDS))
    assert code(b.close()) == "vote_runs"
    # 居民05 has gone home and takes no part; the time of the vote runs out.
    b.end()
    for teller in (DESK, OVERSEER):
        assert code(hands(b, teller, (3, 0, 0))) == "yes"
        assert code(b.enter(1, teller, AGAINST, name="居民01")) == "yes"
    b.hall.did(b.close())
    assert b.vote.result["outcome"] == "void"
    assert (b.vote.result["missed"][0]["need"], b.vote.result["missed"][0]["have"]) == (5, 4)


def test_who_comes_later_is_waited_for_again(world: World) -> None:
    b = sat_down(world, *SIX[:5])
    for one in SIX[:5]:
        b.hall.did(b.take(one, Way.HANDS))
    person, row = world.people["居民06"].uid, Meeting.objects.get()
    b.hall.did(sitting.sign_in_for(b.ask(DESK), row.uid, person_uid=person))
    assert code(hands(b, DESK, (5, 0, 0))) == "box_closed"


def test_who_may_vote_from_elsewhere_is_waited_for(world: World) -> None:
    b = sat_down(world, *SIX, ways="hands online")
    for one in SIX:
        b.hall.did(b.take(one, Way.HANDS))
    assert code(hands(b, DESK, (6, 0, 0))) == "box_closed"
    assert code(b.close()) == "vote_runs"


def test_without_a_meeting_nobody_is_absent(world: World) -> None:
    b = make_ballots(world, unit="delegate", decides="deliberation_committee", ways="hands paper")
    b.open()
    for one in SIX:
        b.hall.did(b.take(one, Way.HANDS))
    assert code(hands(b, DESK, (6, 0, 0))) == "box_closed"
    assert code(b.close()) == "vote_runs"
