"""A vote on the projects of a round: what a method has to say of it, its opening and its end."""

from dataclasses import replace
from typing import Any

import pytest

from tests.core.test_voting import DAYS, NOW, STAGE, UNTIL, A, B, close, topic
from yishi.core.method.ballot import BallotKind, Counting, CountRule
from yishi.core.method.language import Choose, Edge, Stage, Tie, Unit, Voting
from yishi.core.method.measure import Count
from yishi.core.place import BodyKind
from yishi.core.project.choosing import by_vote
from yishi.core.project.now import COURSE, ProjectState
from yishi.core.refusal import Refusal
from yishi.core.topic.kinds import acts_of, voting
from yishi.core.topic.now import Leave, OptionState, Stay
from yishi.core.vote.facts import VoteClosed, VoteOpened
from yishi.core.vote.result import plain
from yishi.core.vote.sound import voting_faults

FIVE = Count(5, "ours")
SHARES = Counting(CountRule.EQUAL_SHARES, "until_overspent", "ours")
GREEDY = Counting(CountRule.GREEDY, "skip", "ours")
ON_PROJECTS = Voting(
    Unit.PERSON,
    ("online", "paper"),
    secret=True,
    choose=Choose.EACH,
    period=DAYS,
    ballot=BallotKind.APPROVAL,
    most=FIVE,
    counting=SHARES,
)
ROUND = replace(STAGE, threshold=None, tie=Tie.ORDER, voting=ON_PROJECTS, in_round=True)


def in_round(**more: Any) -> Stage:
    """The stage with that of its voting changed."""
    return replace(ROUND, voting=replace(ON_PROJECTS, **more))


OWNERS = replace(in_round(unit=Unit.OWNER, secret=False), decides=(BodyKind.OWNERS_ASSEMBLY,))


@pytest.mark.parametrize(
    ("stage", "faults"),
    [
        (ROUND, []),
        (in_round(ballot=BallotKind.KNAPSACK, most=None), []),
        (in_round(ballot=BallotKind.POINTS, counting=GREEDY), []),
        (in_round(counting=Counting(CountRule.PHRAGMEN, "sequential", "ours")), []),
        (in_round(counting=Counting(CountRule.GREEDY, "threshold", "ours", FIVE)), []),
        (replace(ROUND, voting=None), ["ballot_missing None"]),
        (in_round(ballot=None), ["ballot_missing None"]),
        (replace(in_round(ballot=None), in_round=False), ["ballot_missing most"]),
        (replace(ROUND, in_round=False), ["ballot_round approval"]),
        (in_round(counting=None), ["ballot_needs counting"]),
        (in_round(ballot=BallotKind.RANKING, counting=GREEDY, most=None), ["ballot_needs most"]),
        (in_round(counting=Counting(CountRule.GREEDY, "threshold", "ours")),
         ["ballot_needs least"]),
        (in_round(counting=replace(GREEDY, least=FIVE)), ["ballot_spare least"]),
        (in_round(choose=Choose.ONE), ["ballot_spare choose"]),
        (replace(ROUND, tie=Tie.AGAIN), ["ballot_spare tie"]),
        (replace(ROUND, threshold=STAGE.threshold), ["ballot_spare threshold"]),
        (in_round(ballot=BallotKind.RANKING), ["ballot_rule equal_shares"]),
        (in_round(ballot=BallotKind.POINTS,
                  counting=Counting(CountRule.PHRAGMEN, "sequential", "ours")),
         ["ballot_rule phragmen"]),
        (in_round(counting=replace(GREEDY, version="plain")), ["ballot_version plain"]),
        (in_round(ways=("hands", "paper"), secret=False), ["ballot_ways hands"]),
        (in_round(handed=True), ["ballot_ways handed"]),
        (OWNERS, ["ballot_ways owner"]),
    ],
)  # fmt: skip
def test_what_a_method_may_say_of_a_vote_on_projects(stage: Stage, faults: list[str]) -> None:
    assert [f"{code} {have}" for code, have, _ in voting_faults(stage)] == faults


ROLLED = {"vote": "v", "state": "roll", "roll_until": NOW.isoformat()}
OPENED = VoteOpened(
    voters=10, area_cm2=0, objections=0, until_at=UNTIL, projects=3, money_fen=30_000, lot=(3, 1, 2)
)


def test_the_lot_and_the_money_are_told_as_it_opens() -> None:
    answer = voting.open_vote(ROUND, topic(tally=ROLLED, options=()), OPENED, NOW)
    assert isinstance(answer, Stay)
    assert (answer.event.facts["lot"], answer.event.facts["money_fen"]) == ("3 1 2", 30_000)
    ordinary = voting.open_vote(STAGE, topic(tally=ROLLED), OPENED, NOW)
    assert isinstance(ordinary, Stay)
    assert "lot" not in ordinary.event.facts


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(OPENED, projects=0), "projects_missing"),
        (replace(OPENED, money_fen=0), "money_missing"),
        (replace(OPENED, over_cap=("修路",)), "projects_over_cap"),
        (replace(OPENED, objections=1), "roll_objections"),
    ],
)
def test_it_does_not_open(facts: VoteOpened, code: str) -> None:
    answer = voting.open_vote(ROUND, topic(tally=ROLLED), facts, NOW)
    assert isinstance(answer, Refusal)
    assert answer.code == code


def closed(heads: int, *won: str) -> VoteClosed:
    return VoteClosed(
        voters=10, heads=heads, votes={}, ways={"online": heads}, ballots=heads, won=won
    )


def test_every_winner_is_chosen_in_its_order_and_the_topic_passes() -> None:
    answer = close(ROUND, closed(6, "b", "a"), options=(A, B))
    assert isinstance(answer, Leave)
    assert (answer.edge, answer.event.code, answer.chosen) == (
        Edge.PASS, "topic.ballot_passed", "",
    )  # fmt: skip
    assert answer.event.facts["projects"] == 2
    assert answer.options is not None
    assert [(one.uid, one.rank, one.state) for one in answer.options] == [
        ("a", 2, OptionState.CHOSEN),
        ("b", 1, OptionState.CHOSEN),
    ]


def test_where_none_wins_it_goes_where_the_method_says() -> None:
    answer = close(ROUND, closed(6), options=(A, B))
    assert isinstance(answer, Leave)
    assert (answer.edge, answer.event.code) == (Edge.FAIL, "topic.ballot_failed")
    assert answer.options == (A, B)


def test_where_none_wins_it_goes_on_with_what_was_chosen_before() -> None:
    answer = close(ROUND, replace(closed(6), chosen_before=1), options=(A, B))
    assert isinstance(answer, Leave)
    assert (answer.edge, answer.event.code) == (Edge.PASS, "topic.ballot_failed")


def test_only_a_vote_on_projects_is_ended_without_being_held() -> None:
    assert "topic.end_projects" in acts_of(ROUND)
    assert "topic.end_projects" not in acts_of(STAGE)


def test_below_quorum_nothing_passes_whoever_won() -> None:
    answer = close(ROUND, closed(5, "a", "b"), options=(A, B))
    assert isinstance(answer, Stay)
    assert (answer.event.code, answer.event.facts["projects"]) == ("topic.ballot_void", 0)
    assert answer.tally == {}


def test_its_result_has_the_quorum_alone() -> None:
    result = plain(voting.result_in(ROUND, topic(options=(A, B)), closed(6, "a")))
    assert (result["options"], result["passing"], result["missed"]) == ([], [], [])


@pytest.mark.parametrize(
    ("before", "won", "after"),
    [
        ("agreed", True, "chosen"),
        ("agreed", False, "not_chosen"),
        ("stopped", True, "stopped"),  # stopped since the vote opened
        ("costed", False, "costed"),  # talked over again
        ("chosen", False, "chosen"),  # by an earlier vote
    ],
)
def test_what_a_vote_makes_of_a_project(before: str, won: bool, after: str) -> None:
    assert by_vote(ProjectState(before), won=won) == after
    assert ProjectState(after) in {*COURSE[ProjectState(before)], ProjectState(before)}
