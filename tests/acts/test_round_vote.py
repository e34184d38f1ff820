"""A round's vote on its projects, from the lot to what becomes of each project."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acts import paid, rounds
from tests.acts.hall import DESK, OVERSEER, SECRETARY
from tests.acts.rounds_voted import GREEDY, YUAN, Poll, make_poll
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.acts.project import deciding, funding, settling
from yishi.acts.round import ending
from yishi.acts.topic import staging
from yishi.acts.vote import casting, opening
from yishi.core.method.language import Paper
from yishi.core.method.round import Payer
from yishi.core.refusal import Refusal
from yishi.records.models import Ballot, Entry, Fund, Pledge, Project, Voice
from yishi.records.queries.vote_round import money_for

pytestmark = pytest.mark.django_db

SIX = ("赵一", "钱二", "孙三", "李四", "周五", "吴六")
# One project takes all the money where most votes go first; by shares each half gets its own.
COSTS = {"修路": 9_000, "路灯": 4_000, "长椅": 3_000, "花坛": 3_000}


@pytest.fixture
def world() -> World:
    return make_world()


def opened(world: World, **said: str) -> Poll:
    poll = make_poll(world, COSTS, SIX, 10_000, None, **said)
    poll.open()
    return poll


def done(answer: object) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def refused(answer: object) -> tuple[str, object, object]:
    assert isinstance(answer, Refusal), answer
    return answer.code, answer.need, answer.have


def all_cast(poll: Poll) -> None:
    for who in SIX[:4]:
        done(poll.cast(who, ["修路"]))
    for who in SIX[4:]:
        done(poll.cast(who, ["路灯", "长椅"]))


def test_the_lot_is_drawn_and_told_before_anybody_votes(world: World) -> None:
    poll = opened(world)
    kept = poll.vote.rule["projects"]
    assert sorted(kept["lot"]) == sorted(poll.options.values())
    assert kept["costs"] == [cost * YUAN for cost in COSTS.values()]
    assert (kept["gifts"], kept["money_fen"]) == ([0, 0, 0, 0], 10_000 * YUAN)
    numbers = {one[0]: one[1] for one in poll.vote.options}
    entry = Entry.objects.get(code="topic.vote_opened")
    assert entry.params["lot"] == " ".join(str(numbers[uid]) for uid in kept["lot"])
    assert entry.params["money_fen"] == 10_000 * YUAN
    assert not Ballot.objects.exists()


def test_equal_shares_give_each_part_of_the_voters_its_own(world: World) -> None:
    poll = opened(world)
    all_cast(poll)
    assert done(poll.close()).code == "topic.ballot_passed"
    # Four of six could pay for the road from 2,250 yuan each on, which would overspend; so sharing
    # ends below it, and what is left goes to the lamps, then to nothing.
    assert poll.won() == ["长椅", "路灯"]
    assert poll.states() == {
        "修路": "not_chosen", "路灯": "chosen", "长椅": "chosen", "花坛": "not_chosen",
    }  # fmt: skip
    assert poll.hall.topic(poll.topic).stage == "result"
    result = poll.vote.result["projects"]
    assert result["rule"] == "equal_shares/until_overspent"
    assert result["votes"] == [4, 2, 2, 0]
    assert (result["money"], result["left"], result["voters"]) == (1_000_000, 300_000, 6)
    # What would have been enough for the road was found by counting again, and is kept.
    assert [row[0] for row in result["enough"]] == [0]
    assert poll.vote.result["quorums"][0]["met"] is True
    assert _options(poll) == ["open", "chosen", "chosen", "open"]


def test_most_votes_first_takes_the_dearest(world: World) -> None:
    poll = opened(world, counting=GREEDY)
    all_cast(poll)
    done(poll.close())
    assert poll.won() == ["修路"]
    assert poll.vote.result["projects"]["turns"][0] == [0, 4, 1_000_000, "won"]


def test_phragmen_buys_as_the_money_comes(world: World) -> None:
    phragmen = '{ rule = "phragmen", version = "sequential", source = "ours" }'
    poll = opened(world, counting=phragmen)
    all_cast(poll)
    done(poll.close())
    # The benches are paid for when each has 1,500 yuan, the road at 2,250: it is not held then.
    assert poll.won() == ["长椅"]


def test_below_quorum_nothing_passes_and_it_may_be_voted_again(world: World) -> None:
    poll = opened(world)
    for who in SIX[:3]:
        done(poll.cast(who, ["修路"]))
    assert done(poll.close()).code == "topic.ballot_void"
    assert set(poll.states().values()) == {"agreed"}
    assert "projects" not in poll.vote.result and poll.vote.result["passing"] == []
    assert poll.hall.topic(poll.topic).stage == "vote"
    poll.open()
    all_cast(poll)
    assert done(poll.close()).code == "topic.ballot_passed"


def test_where_nobody_wants_any_none_is_chosen(world: World) -> None:
    poll = opened(world)
    for who in SIX:
        done(poll.cast(who, []))
    assert done(poll.close()).code == "topic.ballot_failed"
    assert set(poll.states().values()) == {"not_chosen"}
    assert poll.hall.topic(poll.topic).stage == "tell_none"


def test_projects_alike_in_cost_and_votes_go_by_the_lot(world: World) -> None:
    costs = {"长椅": 3_000, "花坛": 3_000, "棋桌": 3_000}
    poll = make_poll(world, costs, SIX, 3_500, counting=GREEDY)
    poll.open()
    for who in SIX:
        done(poll.cast(who, list(costs)))
    done(poll.close())
    first = poll.vote.rule["projects"]["lot"][0]
    assert poll.vote.result["passing"] == [first]


def test_a_voter_changes_a_ballot_and_it_holds_one(world: World) -> None:
    poll = opened(world, secret="false")
    assert done(poll.cast("赵一", ["修路"])).code == "vote.cast"
    assert done(poll.cast("赵一", ["长椅", "花坛"])).code == "vote.cast_again"
    assert [one.chosen for one in Ballot.objects.all()] == ["0011"]


@pytest.mark.parametrize(
    ("said", "marks", "why"),
    [
        ({"most": '{ number = 2, source = "ours" }'}, ["修路", "路灯", "长椅"],
         ("chosen_many", 2, 3)),
        ({"ballot": '"knapsack"'}, ["修路", "路灯"], ("over_money", 1_000_000, 1_300_000)),
        ({"ballot": '"ranking"', "counting": GREEDY}, {"修路": 1, "路灯": 1},
         ("rank_twice", 1, 1)),
        ({"ballot": '"points"', "counting": GREEDY}, {"修路": 4, "路灯": 2},
         ("points_many", 5, 6)),
        ({}, ["没有的"], ("option_unknown", (1, 2, 3, 4), "没有的")),
    ],
)  # fmt: skip
def test_a_ballot_that_cannot_be_is_refused_and_nothing_is_kept(
    world: World, said: dict[str, str], marks: object, why: tuple[str, object, object]
) -> None:
    poll = opened(world, **said)
    assert refused(poll.cast("赵一", marks)) == why  # type: ignore[arg-type]
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("kind", "ballots", "scores", "won"),
    [
        # The first of five gets five points, the second four.
        ("ranking", [{"修路": 1, "长椅": 2}] * 4 + [{"长椅": 1, "路灯": 2}] * 2,
         [20, 8, 26, 0], ["长椅", "路灯"]),
        ("points", [{"修路": 5}] * 4 + [{"路灯": 2, "长椅": 3}] * 2, [20, 4, 6, 0], ["修路"]),
        ("knapsack", [{"修路": 1}] * 4 + [{"路灯": 1, "长椅": 1}] * 2, [4, 2, 2, 0], ["修路"]),
    ],
)  # fmt: skip
def test_each_kind_of_ballot_is_counted(
    world: World, kind: str, ballots: list[dict[str, int]], scores: list[int], won: list[str]
) -> None:
    poll = opened(world, ballot=f'"{kind}"', counting=GREEDY)
    for who, marks in zip(SIX, ballots, strict=True):
        done(poll.cast(who, marks))
    done(poll.close())
    assert poll.vote.result["projects"]["scores"] == scores
    assert poll.won() == won


def test_paper_takes_the_place_of_on_line_and_is_entered_twice(world: World) -> None:
    poll = opened(world)
    all_cast(poll)
    done(poll.take("赵一"))
    assert Ballot.objects.count() == 5
    poll.hall.now = poll.vote.until_at or poll.hall.now
    done(poll.enter(1, DESK, ["路灯"]))
    assert done(poll.enter(1, OVERSEER, ["长椅"])).code == "vote.paper_differs"
    assert refused(poll.close())[0] == "paper_differs"
    done(poll.enter(1, DESK, ["路灯"]))
    assert done(poll.enter(1, OVERSEER, ["路灯"])).code == "vote.paper_agreed"
    done(poll.close())
    assert poll.vote.result["projects"]["votes"] == [3, 3, 2, 0]
    assert poll.vote.result["ways"] == {"online": 5, "paper": 1}


def test_the_published_ballots_give_the_result_again(world: World) -> None:
    """All of one length while it is open, and after it nobody's, without a key or a way."""
    poll = opened(world)
    all_cast(poll)
    assert len({len(one.sealed) for one in Ballot.objects.all()}) == 1
    done(poll.close())
    rows = list(Ballot.objects.all())
    assert Counter(one.chosen for one in rows) == {"1000": 4, "0110": 2}
    assert {(one.sealed, one.way, one.voter_id) for one in rows} == {("", "", None)}


def test_a_gift_lets_a_project_win_and_harms_nobody(world: World) -> None:
    """The road, 6,000 of its 9,000 yuan given: by votes it takes 3,000 of the fund, by shares it is
    counted first as if nobody gave."""
    gifts = {"修路": 6_000}
    poll = make_poll(world, COSTS, SIX, 10_000, gifts)
    poll.open()
    assert poll.vote.rule["projects"]["gifts"] == [600_000, 0, 0, 0]
    all_cast(poll)
    done(poll.close())
    assert poll.won() == ["长椅", "路灯", "修路"]
    ways = {row[0]: row[1] for row in poll.vote.result["projects"]["won"]}
    assert ways == {2: "shares", 1: "left_over", 0: "gifts"}
    assert poll.vote.result["projects"]["left"] == 0


def test_what_was_set_aside_for_a_project_that_loses_goes_back(world: World) -> None:
    poll = make_poll(world, COSTS, SIX, 10_000, {"花坛": 1_000})
    poll.open()
    all_cast(poll)
    done(poll.close())
    assert Pledge.objects.get().state == "declined"


@pytest.mark.parametrize("secret", ["true", "false"])
def test_casting_takes_eight_statements_as_an_ordinary_vote_does(world: World, secret: str) -> None:
    poll = opened(world, secret=secret)
    vote = poll.vote.uid
    for title in ("修路", "路灯"):
        ask, says = poll.ask("赵一"), poll.says([title])
        with CaptureQueriesContext(connection) as found:
            done(casting.cast(ask, vote, says))
        asked = [one["sql"] for one in found if "SAVEPOINT" not in one["sql"]]
        assert len(asked) == 8


def test_a_vote_with_nothing_new_to_vote_on_is_left_with_what_was_chosen(world: World) -> None:
    poll = opened(world)
    all_cast(poll)
    done(poll.close())
    objected(poll, upheld=True)
    assert poll.hall.topic(poll.topic).stage == "discuss"
    rounds.ends(poll.hall, poll.topic, Paper.MINUTES, Paper.REGISTER)
    assert poll.hall.topic(poll.topic).stage == "vote"
    poll.roll()
    assert refused(opening.open_vote(poll.ask(DESK), poll.topic)) == ("projects_missing", 1, 0)
    rounds.ends(poll.hall, poll.topic)
    # Two stay chosen, and the roll nobody votes on counts for nothing.
    assert poll.hall.topic(poll.topic).stage == "result"
    assert list(poll.states().values()) == ["not_chosen", "chosen", "chosen", "not_chosen"]
    assert (poll.vote.state, poll.vote.result["void"]) == ("void", "left")


def test_a_vote_whose_projects_were_all_stopped_fails(world: World) -> None:
    poll = make_poll(world, {"修路": 9_000}, SIX, 10_000)
    early = ending.end_projects(poll.ask(DESK), poll.topic)
    assert refused(early) == ("projects_waiting", 0, 1)
    done(settling.stop(poll.ask(DESK), poll.projects["修路"], "物业自己修"))
    rounds.ends(poll.hall, poll.topic)
    assert poll.hall.topic(poll.topic).stage == "tell_none"


def test_a_project_over_its_cap_is_not_voted_on_before_others_pay_the_rest(world: World) -> None:
    poll = make_poll(world, {"修路": 520_000, "路灯": 4_000}, SIX, 600_000)
    poll.roll()
    # Works have 500,000 of the fund at most: had it won, nobody could have confirmed it.
    answer = opening.open_vote(poll.ask(DESK), poll.topic)
    assert refused(answer) == ("projects_over_cap", "", ("修路",))
    paid.pledged(poll.hall, poll.projects["修路"], 20_000)
    done(opening.open_vote(poll.ask(DESK), poll.topic))


def test_without_money_nothing_more_is_chosen_and_gifts_go_back(world: World) -> None:
    poll = make_poll(world, {"修路": 9_000, "路灯": 4_000}, SIX, 9_000, {"路灯": 1_000})
    poll.open()
    for who in SIX:
        done(poll.cast(who, ["修路"]))
    done(poll.close())
    objected(poll, upheld=True)
    lamp = Project.objects.get(uid=poll.projects["路灯"])
    assert lamp.state == "not_chosen"
    done(deciding.reopen(poll.ask(DESK), lamp.uid, "有异议，再议一次"))
    paid.pledged(poll.hall, lamp.uid, 1_000)
    paid.agreed(poll.hall, lamp.uid)
    rounds.ends(poll.hall, poll.topic, Paper.MINUTES, Paper.REGISTER)
    poll.roll()
    assert refused(opening.open_vote(poll.ask(DESK), poll.topic)) == ("money_missing", 1, 0)
    rounds.ends(poll.hall, poll.topic)
    assert poll.hall.topic(poll.topic).stage == "result"
    assert poll.states() == {"修路": "chosen", "路灯": "not_chosen"}
    assert [one.state for one in Pledge.objects.order_by("id")] == ["declined", "declined"]


def test_a_second_vote_that_chooses_none_keeps_what_was_chosen(world: World) -> None:
    poll = opened(world)
    all_cast(poll)
    done(poll.close())
    objected(poll, upheld=True)
    bench = poll.projects["长椅"]
    done(deciding.reopen(poll.ask(DESK), bench, "有异议，再议一次"))
    paid.agreed(poll.hall, bench)
    rounds.ends(poll.hall, poll.topic, Paper.MINUTES, Paper.REGISTER)
    poll.open()
    # The lamps, chosen before, take 4,000 of the 10,000.
    assert poll.vote.rule["projects"]["money_fen"] == 6_000 * YUAN
    for who in SIX:
        done(poll.cast(who, []))
    assert done(poll.close()).code == "topic.ballot_failed"
    assert poll.hall.topic(poll.topic).stage == "result"
    assert poll.states()["路灯"] == "chosen"


def test_money_that_was_spent_on_what_was_stopped_is_not_voted_on_again(world: World) -> None:
    poll = opened(world)
    all_cast(poll)
    done(poll.close())
    rounds.taken_to(poll.hall, poll.topic, "works")
    paid.funded(poll.hall, poll.projects["路灯"])
    pledge = Pledge.objects.get().uid
    Project.objects.filter(uid=poll.projects["路灯"]).update(state="under_way")
    done(paid.paid(poll.hall, poll.projects["路灯"], pledge, 1_500, "0001"))
    done(settling.stop(poll.ask(DESK), poll.projects["路灯"], "灯杆要占消防通道"))
    # Of 10,000 the bench still lacks 3,000, and 1,500 are spent.
    assert money_for(poll.hall.topic(poll.topic)) == 5_500 * YUAN


def test_what_is_set_aside_for_a_project_on_the_paper_is_voted_on(world: World) -> None:
    poll = opened(world)
    all_cast(poll)
    done(poll.close())
    objected(poll, upheld=True)
    bench = poll.projects["长椅"]
    fund = Fund.objects.get().uid
    paid.pledged(poll.hall, bench, 3_000, Payer.FUND, fund=fund)
    done(deciding.reopen(poll.ask(DESK), bench, "有异议，再议一次"))
    paid.agreed(poll.hall, bench)
    assert money_for(poll.hall.topic(poll.topic)) == 6_000 * YUAN


def test_what_others_give_is_not_taken_away_while_people_vote_on_it(world: World) -> None:
    poll = make_poll(world, COSTS, SIX, 10_000, {"花坛": 1_000})
    poll.open()
    bed, pledge = poll.projects["花坛"], Pledge.objects.get().uid
    late = funding.decline_pledge(poll.ask(SECRETARY), bed, pledge, "公司不捐了")
    assert refused(late) == ("pledge_voted_on", None, None)
    offered = paid.pledged(poll.hall, bed, 500, name="平安市政", confirm=False)
    done(funding.decline_pledge(poll.ask(SECRETARY), bed, offered, "只是口头一说"))


def objected(poll: Poll, *, upheld: bool) -> None:
    """The result is posted, somebody objects and the committee rules."""
    hall = poll.hall
    done(staging.post(poll.ask(DESK), poll.topic, "各楼道口"))
    done(staging.object_to(poll.ask("赵一"), poll.topic, "路灯的位置不对"))
    voice = Voice.objects.get(passage__topic__uid=poll.topic).uid
    done(staging.rule_objection(poll.ask(SECRETARY), poll.topic, voice, "再议", upheld=upheld))
    hall.attach(poll.topic, Paper.PHOTO)
    hall.now += timedelta(days=8)
    done(staging.end_posting(poll.ask(DESK), poll.topic))


def _options(poll: Poll) -> list[str]:
    rows = poll.hall.topic(poll.topic).options.order_by("no")
    return list(rows.values_list("state", flat=True))
