"""Hands and papers of a vote by roll: what adds up, what is counted again, who collects."""

import pytest

from tests.acts.roll import (
    DESK,
    FOR,
    OVERSEER,
    SECRETARY,
    Ballots,
    Way,
    make_ballots,
    settle,
    with_papers,
)
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.acts.vote import closing, opening, paper, roll
from yishi.core.refusal import Refusal
from yishi.core.vote.facts import Polled
from yishi.records.models import Doorstep, Holder, Part, RollObjection, Vote

pytestmark = pytest.mark.django_db

FOUR = ("赵一", "钱二", "孙三", "李四")


@pytest.fixture
def world() -> World:
    return make_world()


def opened(world: World, *options: str, **voting: str) -> Ballots:
    settle(world, FOUR)
    ballots = make_ballots(world, options or ("装电梯",), **voting)
    ballots.open()
    return ballots


def code(answer: object) -> str:
    return answer.code if isinstance(answer, Refusal) else "yes"


def count(b: Ballots, who: str, *votes: tuple[int, int, int]) -> Done | Refusal:
    return paper.enter_hands(b.ask(who), b.vote.uid, dict(zip(b.options, votes, strict=True)))


def test_where_one_is_chosen_the_hands_of_all_options_add_up_to_those_marked(world: World) -> None:
    b = opened(world, "甲店", "乙店", choose="one", ways="online hands")
    for who in FOUR:
        b.hall.did(b.take(who, Way.HANDS))
    assert count(b, DESK, (4, 0, 0), (4, 0, 0)) == Refusal(
        "hands_wrong", 4, 8, "hand", "norms.md §2"
    )
    assert code(count(b, DESK, (3, 0, 0), (0, 0, 0))) == "hands_wrong"
    assert code(count(b, DESK, (3, 1, 0), (1, 3, 0))) == "choose_one"
    assert code(count(b, DESK, (3, 0, 1), (0, 0, 0))) == "choose_one"
    for who in (DESK, OVERSEER):
        b.hall.did(count(b, who, (3, 0, 1), (0, 0, 1)))
    b.hall.did(b.close())
    assert (b.vote.state, b.vote.result["chosen"]) == ("decided", b.options[0])
    assert [one["for"] for one in b.vote.result["options"]] == [3, 0]


def test_a_result_brought_back_has_no_more_choosing_one_than_took_part(world: World) -> None:
    settle(world, FOUR)
    b = make_ballots(world, ("甲店", "乙店"), choose="one", handed="true")
    b.roll()
    b.hall.did(opening.hand_vote(b.ask(DESK), b.topic, "市业主决策平台"))
    with_papers(b)
    one, two = b.options
    twice = Polled(voters=4, heads=4, votes={one: (4, 0, 0), two: (4, 0, 0)})
    answer = closing.bring_result(b.ask(DESK), b.topic, twice)
    assert answer == Refusal("result_wrong", 4, 8, "votes", "resolve")
    once = Polled(voters=4, heads=4, votes={one: (3, 0, 0), two: (1, 0, 0)})
    assert code(closing.bring_result(b.ask(DESK), b.topic, once)) == "yes"


def test_hands_that_were_counted_are_counted_again_once_another_is_marked(world: World) -> None:
    b = opened(world, ways="online hands")
    for who in FOUR[:3]:
        b.hall.did(b.take(who, Way.HANDS))
    b.hall.did(b.cast("李四", FOR))  # all are in: the count may begin
    for who in (DESK, OVERSEER):
        b.hall.did(count(b, who, (2, 1, 0)))
    b.hall.did(b.take("李四", Way.HANDS))
    assert code(b.close()) == "paper_differs"
    assert code(count(b, DESK, (2, 1, 0))) == "hands_wrong"
    for who in (DESK, OVERSEER):
        b.hall.did(count(b, who, (3, 1, 0)))
    b.hall.did(b.close())
    assert b.vote.result["ways"] == {"hands": 4}
    assert b.vote.result["options"][0]["for"] == 3


def test_no_paper_has_the_number_of_the_show_of_hands(world: World) -> None:
    b = opened(world, secret="true")
    b.hall.did(b.take("赵一"))
    b.end()
    assert b.enter(0, DESK, FOR) == Refusal("serial_wrong", 1, 0, "serial", "norms.md §2")


def test_who_collected_at_a_door_is_kept_and_neither_of_them_is_whose_vote_it_is(
    world: World,
) -> None:
    b = opened(world)
    assert code(b.take("赵一", Way.DOOR, second="钱二")) == "collectors_missing"  # has no post
    Holder.objects.create(vote=b.vote, voter=b.line("孙三"), person=world.people[OVERSEER])
    assert code(b.take("孙三", Way.DOOR, second=OVERSEER)) == "collector_votes"
    Holder.objects.create(vote=b.vote, voter=b.line("李四"), person=world.people[DESK])
    assert code(b.take("李四", Way.DOOR, second=OVERSEER)) == "collector_votes"
    assert (Part.objects.count(), Doorstep.objects.count()) == (0, 0)
    b.hall.did(b.take("赵一", Way.DOOR, second=OVERSEER))
    row = Doorstep.objects.get()
    assert (row.voter, row.found) == (b.line("赵一"), "collected")
    assert (row.by, row.second) == (world.people[DESK], world.people[OVERSEER])


def test_only_the_body_that_leads_calls_a_vote_off_and_rules_on_its_roll(world: World) -> None:
    settle(world, FOUR)
    b = make_ballots(world, roll="7")
    b.roll()
    decides, leads = "柳荫社区居民会议召集人", "柳荫社区居委会召集人"
    b.hall.did(roll.object_roll(b.ask("赵一"), b.vote.uid, "missing", "少了我母亲"))
    objection = RollObjection.objects.get().uid
    assert code(roll.rule_roll(b.ask(decides), objection, "已补上", upheld=True)) == "not_yours"
    assert code(closing.void(b.ask(decides), b.vote.uid, "名册有误")) == "not_yours"
    assert code(roll.rule_roll(b.ask(leads), objection, "已补上", upheld=True)) == "yes"
    assert code(closing.void(b.ask(leads), b.vote.uid, "名册有误")) == "yes"
    b.roll()
    assert code(closing.void(b.ask(SECRETARY), b.vote.uid, "名册有误")) == "yes"
    assert Vote.objects.filter(state="void").count() == 2


def test_nobody_but_the_desk_objects_for_somebody_else(world: World) -> None:
    settle(world, FOUR)
    b = make_ballots(world, roll="7")
    b.roll()
    given = (b.vote.uid, "missing", "少了我母亲", "赵大娘")
    assert code(roll.object_roll(b.ask("赵一"), *given)) == "not_yours"
    assert code(roll.object_roll(b.ask(DESK), *given)) == "yes"
    assert RollObjection.objects.get().name == "赵大娘"
