"""A vote by roll from its roll to its result, by people's acts."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acts.roll import (
    ABSTAIN,
    AGAINST,
    DESK,
    FOR,
    OVERSEER,
    SECRETARY,
    Ballots,
    Row,
    Way,
    make_ballots,
    settle,
    with_papers,
)
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.acts.topic import adding, leaving, staging
from yishi.acts.vote import casting, closing, opening, paper, proxy, roll
from yishi.core.person import Level
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.vote.facts import Polled
from yishi.jobs.tick import Ticker
from yishi.records.models import Ballot, Entry, Message, Part, Passage, Proxy, Vote, Voter
from yishi.records.vote_key import destroy_key, has_key

pytestmark = pytest.mark.django_db

FOUR = ("赵一", "钱二", "孙三", "李四")


@pytest.fixture
def world() -> World:
    return make_world()


def ready(world: World, **voting: str) -> Ballots:
    settle(world, FOUR)
    return make_ballots(world, **voting)


def opened(world: World, **voting: str) -> Ballots:
    ballots = ready(world, **voting)
    ballots.open()
    return ballots


def done(answer: object) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def code(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


@pytest.mark.parametrize("secret", ["false", "true"])
def test_three_of_four_take_part_and_two_are_for_it(world: World, secret: str) -> None:
    b = opened(world, secret=secret)
    assert (b.vote.voters, len(b.vote.roll_digest)) == (4, 64)
    for who, choice in zip(FOUR, (FOR, FOR, AGAINST), strict=False):
        done(b.cast(who, choice))
    assert code(b.close()) == "vote_runs"
    b.end()
    done(b.close())
    vote = b.vote
    assert (vote.state, vote.result["outcome"], vote.result["chosen"]) == (
        "decided", "passed", b.options[0],
    )  # fmt: skip
    assert vote.result["options"] == [
        {"option": b.options[0], "by": "heads", "for": 2, "against": 1, "abstained": 0,
         "whole": 3, "need": 2, "met": True, "source": "民法典第二百七十八条"},
    ]  # fmt: skip
    assert vote.result["ways"] == {"online": 3}
    assert b.hall.topic(b.topic).stage == "carry_out"
    assert Part.objects.count() == Ballot.objects.count() == 3
    assert sorted(Ballot.objects.values_list("chosen", flat=True)) == ["a", "f", "f"]


@pytest.mark.parametrize("secret", ["false", "true"])
def test_a_vote_is_replaced_until_the_end_and_not_after(world: World, secret: str) -> None:
    b = opened(world, secret=secret)
    done(b.cast("赵一", FOR))
    done(b.cast("赵一", AGAINST))
    assert Part.objects.count() == Ballot.objects.count() == 1
    b.end()
    assert code(b.cast("赵一", FOR)) == "vote_over"
    assert code(b.cast("钱二", FOR)) == "vote_over"
    done(b.close())
    assert b.vote.result["outcome"] == "void"  # one of four
    assert code(b.cast("赵一", FOR)) == "vote_not_open"


def test_casting_is_refused_to_who_is_not_on_the_roll_or_was_not_entrusted(world: World) -> None:
    b = opened(world)
    assert code(b.cast("王桂英", FOR)) == "not_on_roll"
    assert code(b.cast("赵一", FOR, line="钱二")) == "proxy_missing"
    assert Part.objects.count() == 0


@pytest.mark.parametrize("secret", ["false", "true"])
def test_paper_overrides_on_line_and_never_the_other_way(world: World, secret: str) -> None:
    b = opened(world, secret=secret)
    done(b.cast("赵一", FOR))
    done(b.take("赵一"))
    assert Ballot.objects.count() == 0  # its ballot is taken out
    assert [part.way for part in Part.objects.all()] == ["paper"]
    assert code(b.cast("赵一", FOR)) == "voted_on_paper"
    assert code(b.take("赵一")) == "voted_on_paper"


def test_one_alone_takes_a_vote_on_line_away_for_a_reason_and_the_voter_is_told(
    world: World,
) -> None:
    b = opened(world, secret="true")
    done(b.cast("赵一", FOR))
    assert code(b.take("赵一", why=" ")) == "voted_on_line"
    assert Ballot.objects.count() == 1
    done(b.take("赵一", why="本人到居委会投了纸质票"))
    done(b.take("钱二", why=""))
    entry = Entry.objects.filter(code="vote.paper_taken").order_by("id")[0]
    assert entry.params["why"] == "本人到居委会投了纸质票"
    told = Message.objects.filter(template__startswith="vote.").order_by("id")
    assert [(one.template, one.recipient.name) for one in told] == [
        ("vote.replaced", "赵一"), ("vote.marked", "钱二"),
    ]  # fmt: skip


def test_a_door_needs_two_different_collectors(world: World) -> None:
    b = opened(world)
    assert code(b.take("赵一", Way.DOOR)) == "collectors_missing"
    assert code(b.take("赵一", Way.DOOR, second=DESK)) == "collectors_missing"
    done(b.take("赵一", Way.DOOR, second=OVERSEER))
    assert code(b.take("钱二", Way.HANDS)) == "way_not_allowed"
    assert code(b.take("钱二", Way.ONLINE)) == "way_not_allowed"


@pytest.mark.parametrize("secret", ["false", "true"])
def test_paper_is_entered_by_two_and_one_that_differs_by_both_again(
    world: World, secret: str
) -> None:
    b = opened(world, secret=secret)
    done(b.cast("赵一", FOR))
    for who in ("钱二", "孙三"):
        done(b.take(who))
    names = ("钱二", "孙三") if secret == "false" else ("", "")
    assert code(b.enter(1, DESK, FOR, name=names[0])) == "box_closed"
    b.end()
    done(b.enter(1, DESK, FOR, name=names[0]))
    assert code(b.enter(1, DESK, FOR, name=names[0])) == "same_counter"
    assert done(b.enter(1, OVERSEER, FOR, name=names[0])).code == "vote.paper_agreed"
    assert code(b.enter(1, OVERSEER, AGAINST, name=names[0])) == "paper_agreed"
    done(b.enter(2, DESK, FOR, name=names[1]))
    refused = b.close()
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.have) == ("paper_once", (2,))
    assert done(b.enter(2, OVERSEER, AGAINST, name=names[1])).code == "vote.paper_differs"
    refused = b.close()
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.have) == ("paper_differs", (2,))
    assert code(b.enter(3, DESK, FOR, name=names[1] and "李四")) in (
        "papers_too_many", "paper_voter_wrong",
    )  # fmt: skip
    done(b.enter(2, OVERSEER, AGAINST, name=names[1]))
    done(b.enter(2, DESK, AGAINST, name=names[1]))
    done(b.close())
    assert b.vote.result["ways"] == {"online": 1, "paper": 2}
    assert (b.vote.result["options"][0]["for"], b.vote.result["options"][0]["against"]) == (2, 1)
    assert Ballot.objects.count() == 3


def test_a_paper_that_is_missing_keeps_the_vote_from_being_closed(world: World) -> None:
    b = opened(world, secret="true")
    for who in ("赵一", "钱二", "孙三"):
        done(b.take(who))
    b.end()
    for who in (DESK, OVERSEER):
        done(b.enter(1, who, FOR))
    refused = b.close()
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.need, refused.have) == ("ballots_wrong", 3, 1)


def test_a_paper_by_name_is_whose_it_is(world: World) -> None:
    b = opened(world)
    done(b.take("赵一"))
    b.end()
    assert code(b.enter(1, DESK, FOR)) == "paper_voter_missing"
    assert code(b.enter(1, DESK, FOR, name="钱二")) == "paper_voter_wrong"
    done(b.enter(1, DESK, FOR, name="赵一"))
    assert code(b.enter(2, DESK, FOR, name="赵一")) == "paper_voter_wrong"


def test_hands_in_a_mixed_vote_are_marked_and_counted_alike_by_two(world: World) -> None:
    b = opened(world, ways="online hands")
    done(b.cast("赵一", AGAINST))
    for who in ("赵一", "钱二", "孙三"):
        done(b.take(who, Way.HANDS))
    b.end()
    assert code(b.close()) == "hands_missing"
    one = b.options[0]

    def count(who: str, votes: tuple[int, int, int]) -> object:
        return paper.enter_hands(b.ask(who), b.vote.uid, {one: votes})

    assert code(count(DESK, (2, 0, 0))) == "hands_wrong"
    done(count(DESK, (2, 1, 0)))
    assert code(b.close()) == "paper_once"
    assert done(count(OVERSEER, (3, 0, 0))).code == "vote.paper_differs"
    done(count(DESK, (2, 1, 0)))
    done(count(OVERSEER, (2, 1, 0)))
    done(b.close())
    found = b.vote.result["options"][0]
    assert (found["for"], found["against"], b.vote.result["ways"]) == (2, 1, {"hands": 3})


def test_one_is_chosen_of_three(world: World) -> None:
    settle(world, FOUR)
    b = make_ballots(world, ("甲店", "乙店", "丙店"), choose="one", secret="true")
    b.open()
    for who, at in zip(FOUR, (1, 1, 1, 2), strict=True):
        choices = [ABSTAIN] * 3
        choices[at] = FOR
        done(b.cast(who, *choices))
    assert code(b.cast("赵一", FOR, FOR)) == "choose_one"
    done(b.close())  # everybody has taken part
    assert b.vote.result["chosen"] == b.options[1]
    assert [one["for"] for one in b.vote.result["options"]] == [0, 3, 1]


def owners(world: World) -> Ballots:
    """Three owners of 60 m² each by account, and 农业银行 with 300 m² on the register alone."""
    settle(world, FOUR[:3], level=Level.OWNER, area=600_000)
    b = make_ballots(world, unit="owner")
    b.open([Row("农业银行", "柳荫1栋", "底商", 3_000_000)])
    return b


def test_an_owners_vote_has_the_heads_and_misses_the_area(world: World) -> None:
    b = owners(world)
    assert (b.vote.voters, b.vote.area_cm2) == (4, 4_800_000)
    for who in FOUR[:3]:
        done(b.cast(who, FOR))
    b.end()
    done(b.close())
    vote = b.vote
    assert (vote.state, b.hall.topic(b.topic).stage) == ("void", "resolve")
    assert vote.result["quorums"] == [
        {"by": "heads", "whole": 4, "have": 3, "need": 3, "met": True,
         "source": "民法典第二百七十八条"},
        {"by": "area", "whole": 4_800_000, "have": 1_800_000, "need": 3_200_000, "met": False,
         "source": "民法典第二百七十八条"},
    ]  # fmt: skip
    assert vote.result["missed"] == [
        {"of": "quorum", "by": "area", "option": "", "need": 3_200_000, "have": 1_800_000,
         "source": "民法典第二百七十八条"},
    ]  # fmt: skip
    b.open([Row("农业银行", "柳荫1栋", "底商", 3_000_000)])  # called again
    assert (Vote.objects.count(), b.vote.state) == (2, "open")
    for who in FOUR[:3]:
        done(b.cast(who, FOR))
    done(b.take("农业银行", Way.DOOR, second=OVERSEER))
    for who in (DESK, OVERSEER):
        b.end()
        done(b.enter(1, who, AGAINST, name="农业银行"))
    done(b.close())
    assert b.vote.result["outcome"] == "failed"
    assert b.vote.result["missed"] == [
        {"of": "threshold", "by": "area", "option": b.options[0], "need": 2_400_001,
         "have": 1_800_000, "source": "民法典第二百七十八条"},
    ]  # fmt: skip


def due_of(b: Ballots) -> tuple[datetime | None, datetime | None]:
    """Until when the step may take, by the topic and by its visit."""
    topic = b.hall.topic(b.topic)
    return topic.due_at, Passage.objects.get(topic=topic, left_at=None).due_at


def void_on(b: Ballots, day: datetime) -> None:
    """Called, and closed on that day with one of four."""
    b.hall.now = day - timedelta(days=20)
    b.open()
    done(b.cast("赵一", FOR))
    b.hall.now = day
    assert done(b.close()).code == "topic.ballot_void"


def test_a_vote_that_misses_its_quorum_is_called_again_with_the_whole_time_once(
    world: World,
) -> None:
    b = ready(world)
    topic = b.hall.topic(b.topic)
    assert topic.entered_at == datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
    first = datetime(2026, 6, 9, 16, 0, tzinfo=UTC)  # 90 days
    assert due_of(b) == (first, first)
    void_on(b, datetime(2026, 4, 20, 1, 0, tzinfo=UTC))
    again = datetime(2026, 7, 19, 16, 0, tzinfo=UTC)
    assert due_of(b) == (again, again)
    void_on(b, datetime(2026, 5, 30, 1, 0, tzinfo=UTC))
    assert due_of(b) == (again, again)


def test_a_vote_that_is_called_off_gives_no_time_back(world: World) -> None:
    b = opened(world)
    before = due_of(b)
    b.hall.now = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
    done(closing.void(b.ask(SECRETARY), b.vote.uid, "名册有误"))
    assert due_of(b) == before
    void_on(b, datetime(2026, 5, 30, 1, 0, tzinfo=UTC))  # the first that misses its quorum
    again = datetime(2026, 8, 28, 16, 0, tzinfo=UTC)
    assert due_of(b) == (again, again)


def test_either_of_a_household_casts_its_one_vote(world: World) -> None:
    settle(world, FOUR[:2], room="101")
    settle(world, FOUR[2:], room="102")
    b = make_ballots(world, unit="household")
    b.open()
    assert [line.name for line in Voter.objects.order_by("no")] == ["赵一、钱二", "孙三、李四"]
    done(b.cast("赵一", FOR))
    done(b.cast("钱二", AGAINST))
    assert Part.objects.count() == 1
    assert Ballot.objects.get().chosen == "a"


def test_who_has_two_seats_votes_once(world: World) -> None:
    b = make_ballots(world, unit="delegate")
    b.open()
    assert b.vote.voters == b.hall.seats(BodyKind.RESIDENTS_ASSEMBLY)
    done(b.cast("居民01", FOR))


def test_the_roll_is_on_view_and_objected_to_before_it_is_frozen(world: World) -> None:
    b = ready(world, roll="7")
    b.roll()
    vote = b.vote
    assert vote.roll_until_at is not None
    assert code(opening.open_vote(b.ask(DESK), b.topic)) == "roll_runs"
    done(roll.object_roll(b.ask("王桂英"), vote.uid, "missing", "我家不在名册上"))
    row = vote.objections.get()
    done(roll.strike_voter(b.ask(DESK), b.line("李四").uid, "已经搬走"))
    b.hall.now = vote.roll_until_at
    assert code(opening.open_vote(b.ask(DESK), b.topic)) == "roll_objections"
    late = roll.object_roll(b.ask("李建国"), vote.uid, "missing", "我也不在")
    assert code(late) == "roll_period_over"
    chair = "柳荫社区居委会召集人"
    done(roll.rule_roll(b.ask(chair), row.uid, "确实漏了，补上", upheld=True))
    assert code(roll.rule_roll(b.ask(chair), row.uid, "再补", upheld=True)) == "objection_ruled"
    person = world.people["王桂英"]
    done(roll.add_voter(b.ask(DESK), vote.uid, "王桂英", "柳荫2栋 301", person_uids=[person.uid]))
    twice = roll.add_voter(b.ask(DESK), vote.uid, "王桂英", person_uids=[person.uid])
    assert code(twice) == "voter_twice"
    # Nobody can object any more: a line changes for an upheld objection of its kind, one for each.
    more = roll.add_voter(b.ask(DESK), vote.uid, "无名氏", "柳荫2栋 302")
    struck = roll.strike_voter(b.ask(DESK), b.line("赵一").uid, "已经搬走")
    assert (code(more), code(struck)) == ("roll_settled", "roll_settled")
    done(opening.open_vote(b.ask(DESK), b.topic))
    assert b.vote.voters == 4
    done(b.cast("王桂英", FOR))
    assert code(b.cast("李四", FOR)) == "not_on_roll"
    assert code(roll.strike_voter(b.ask(DESK), b.line("赵一").uid, "搬走")) == "roll_closed"
    assert code(adding.add_option(b.ask(DESK), b.topic, "换新的", "")) == "count_begun"


def test_one_objection_of_a_kind_at_a_time(world: World) -> None:
    b = ready(world, roll="7")
    b.roll()

    def says(who: str, kind: str, name: str = "") -> object:
        return roll.object_roll(b.ask(who), b.vote.uid, kind, "名册不对", name)

    done(says("王桂英", "missing"))
    assert code(says("王桂英", "missing")) == "objection_waits"
    done(says("王桂英", "not_entitled"))
    done(says("李建国", "missing"))
    done(says(DESK, "missing", "老张"))
    done(says(DESK, "missing", "老刘"))
    assert code(says(DESK, "missing", "老张")) == "objection_waits"
    first = b.vote.objections.order_by("id")[0]
    done(roll.rule_roll(b.ask(SECRETARY), first.uid, "已经补上", upheld=True))
    done(says("王桂英", "missing"))


def test_an_area_is_not_put_right_once_nobody_can_object_to_it(world: World) -> None:
    settle(world, FOUR, level=Level.OWNER, area=600_000)
    b = make_ballots(world, unit="owner", roll="7")
    b.roll()
    line = b.line("赵一").uid
    done(roll.correct_voter(b.ask(DESK), line, 700_000, "产权证"))
    done(roll.object_roll(b.ask("钱二"), b.vote.uid, "area", "赵一家没有这么大"))
    b.hall.now = b.vote.roll_until_at or b.hall.now
    late = roll.correct_voter(b.ask(DESK), line, 9_000_000, "产权证")
    assert late == Refusal("roll_settled", 1, 0, "objection", "norms.md §2")
    ruled = b.vote.objections.get()
    done(roll.rule_roll(b.ask(SECRETARY), ruled.uid, "以产权证为准", upheld=True))
    done(roll.correct_voter(b.ask(DESK), line, 600_000, "产权证"))
    again = roll.correct_voter(b.ask(DESK), line, 9_000_000, "产权证")
    assert again == Refusal("roll_settled", 2, 1, "objection", "norms.md §2")


def test_nobody_rules_on_the_roll_who_objected_to_it(world: World) -> None:
    b = ready(world, roll="7")
    b.roll()
    chair = "柳荫社区居委会召集人"
    done(roll.object_roll(b.ask(chair), b.vote.uid, "not_entitled", "这家不住这里"))
    row = b.vote.objections.get()
    ruled = roll.rule_roll(b.ask(chair), row.uid, "对", upheld=True)
    assert code(ruled) == "not_independent"
    done(roll.rule_roll(b.ask(SECRETARY), row.uid, "住着", upheld=False))


def test_a_proxy_is_filed_before_the_vote_and_not_passed_on(world: World) -> None:
    b = ready(world, roll="7", proxies="1")
    b.roll()

    def give(giver: str, holder: str) -> object:
        uids = (b.line(giver).uid, b.line(holder).uid)
        return proxy.file_proxy(b.ask(DESK), b.vote.uid, *uids)

    done(give("赵一", "钱二"))
    barred = [
        give("赵一", "孙三"),
        give("钱二", "孙三"),
        give("孙三", "赵一"),
        give("孙三", "孙三"),
    ]
    assert [getattr(one, "have", one) for one in barred] == [
        "given", "giver_holds", "holder_gave", "same",
    ]  # fmt: skip
    assert code(give("孙三", "钱二")) == "proxy_many"
    b.hall.now = b.vote.roll_until_at or b.hall.now
    done(opening.open_vote(b.ask(DESK), b.topic))
    assert code(give("孙三", "李四")) == "roll_closed"
    done(b.cast("钱二", FOR, line="赵一"))
    done(b.cast("钱二", FOR))
    assert Part.objects.count() == 2
    done(b.cast("赵一", AGAINST))  # takes the proxy back
    assert Proxy.objects.get().ended_at is not None
    assert code(b.cast("钱二", FOR, line="赵一")) == "proxy_missing"


def test_no_candidate_votes_for_others(world: World) -> None:
    settle(world, FOUR)
    b = make_ballots(world, ("钱二", "孙三"), roll="7", proxies="3")
    b.roll()
    given = proxy.file_proxy(b.ask(DESK), b.vote.uid, b.line("赵一").uid, b.line("钱二").uid)
    assert isinstance(given, Refusal) and given.have == "candidate"


def test_a_vote_by_roll_is_not_counted_by_hands(world: World) -> None:
    b = opened(world)
    body = {BodyKind.RESIDENTS_ASSEMBLY: 30}
    counted = staging.count(b.ask(DESK), b.topic, body, {b.options[0]: (30, 0, 0)})
    assert code(counted) == "voted_otherwise"


def test_a_vote_in_the_city_s_own_system_is_brought_back_by_two(world: World) -> None:
    b = ready(world, roll="3", handed="true")
    with_papers(b)  # of a vote before this one
    assert code(opening.hand_vote(b.ask(DESK), b.topic, "市业主决策平台")) == "roll_missing"
    b.roll()
    assert code(opening.hand_vote(b.ask(DESK), b.topic, "市业主决策平台")) == "roll_runs"
    b.hall.now = b.vote.roll_until_at or b.hall.now
    done(opening.hand_vote(b.ask(DESK), b.topic, "市业主决策平台"))
    assert (b.vote.state, b.vote.handed_to) == ("handed", "市业主决策平台")
    assert (b.vote.voters, len(b.vote.roll_digest)) == (4, 64)
    # The whole it is counted of is the roll's, whatever was typed.
    result = Polled(voters=1, heads=3, votes={b.options[0]: (2, 1, 0)})
    assert code(closing.bring_result(b.ask(DESK), b.topic, result)) == "attach_missing"
    with_papers(b)
    one = Polled(voters=1, heads=1, votes={b.options[0]: (1, 0, 0)})
    many = Polled(voters=100, heads=5, votes={b.options[0]: (5, 0, 0)})
    assert code(closing.bring_result(b.ask(DESK), b.topic, many)) == "result_wrong"
    done(closing.bring_result(b.ask(DESK), b.topic, one))
    done(closing.bring_result(b.ask(DESK), b.topic, result))
    assert b.vote.state == "handed"
    done(closing.bring_result(b.ask(OVERSEER), b.topic, result))
    assert (b.vote.state, b.vote.result["outcome"], b.vote.voters) == ("decided", "passed", 4)
    assert b.hall.topic(b.topic).stage == "carry_out"


def test_a_secret_vote_that_lost_its_key_is_called_off_and_held_again(world: World) -> None:
    b = opened(world, secret="true")
    done(b.cast("赵一", FOR))
    destroy_key(b.vote.uid)  # as after a backup was restored
    assert code(b.cast("钱二", FOR)) == "vote_key_lost"
    b.end()
    assert code(b.close()) == "vote_key_lost"
    Ticker().tick(b.hall.now)
    assert b.vote.state == "open"
    assert code(closing.void(b.ask(SECRETARY), b.vote.uid, " ")) == "why_missing"
    done(closing.void(b.ask(SECRETARY), b.vote.uid, "系统恢复过，票读不出来了"))
    assert (b.vote.state, b.vote.result["ways"]) == ("void", {"online": 1})
    assert Ballot.objects.count() == 0
    assert code(closing.void(b.ask(SECRETARY), b.vote.uid, "再来")) == "vote_ended"
    b.open()
    assert has_key(b.vote.uid)
    done(b.cast("赵一", FOR))


def test_a_vote_whose_end_has_passed_is_counted_and_not_called_off(world: World) -> None:
    b = opened(world)
    for who in FOUR[:3]:
        done(b.cast(who, FOR))
    b.end()
    off = closing.void(b.ask(SECRETARY), b.vote.uid, "结果不好看，重来")
    assert code(off) == "vote_to_count"
    done(b.close())
    assert b.vote.result["outcome"] == "passed"


def test_a_vote_left_against_the_procedure_counts_for_nothing(world: World) -> None:
    b = opened(world)
    done(b.cast("赵一", FOR))
    done(leaving.override(b.ask("街道主任"), b.topic, "talk", "方案要重谈"))
    assert (b.vote.state, b.vote.result["void"]) == ("void", "left")
    assert code(b.cast("钱二", FOR)) == "vote_not_open"


def test_the_tick_counts_a_vote_whose_time_has_run_out_once(world: World) -> None:
    b = opened(world)
    for who in FOUR[:3]:
        done(b.cast(who, FOR))
    assert b.vote.until_at is not None
    Ticker().tick(b.vote.until_at - timedelta(seconds=1))
    assert b.vote.state == "open"
    did = [Ticker().tick(b.vote.until_at)["close_votes"] for _ in range(2)]
    assert (did, b.vote.state) == ([1, 0], "decided")


def test_the_tick_leaves_a_vote_alone_whose_paper_waits(world: World) -> None:
    b = opened(world)
    for who in FOUR[:3]:
        done(b.take(who))
    b.end()
    assert (Ticker().tick(b.hall.now)["close_votes"], b.vote.state) == (0, "open")
    for no, name in enumerate(FOUR[:3], 1):
        for who in (DESK, OVERSEER):
            done(b.enter(no, who, FOR, name=name))
    assert (Ticker().tick(b.hall.now)["close_votes"], b.vote.state) == (1, "decided")


@pytest.mark.parametrize("secret", ["false", "true"])
def test_casting_takes_eight_statements_the_first_time_and_in_place_of_it(
    world: World, secret: str
) -> None:
    b = opened(world, secret=secret)
    vote = b.vote.uid
    for choice in (FOR, AGAINST):
        ask, choices = b.ask("赵一"), b.says(choice)
        with CaptureQueriesContext(connection) as found:
            done(casting.cast(ask, vote, choices))
        asked = [one["sql"] for one in found if "SAVEPOINT" not in one["sql"]]
        assert len(asked) == 8


def test_the_journal_says_who_took_part_and_not_what(world: World) -> None:
    b = opened(world, secret="true")
    done(b.cast("赵一", FOR))
    entry = Entry.objects.get(code="vote.cast")
    assert entry.params == {"way": "online"}
    assert b"chosen" not in bytes(entry.leaf) and b'"f"' not in bytes(entry.leaf)
    assert set(json.loads(bytes(entry.leaf))["digests"]) == {
        f"part:{Part.objects.get().uid}", f"entry:{entry.uid}.params",
    }  # fmt: skip
