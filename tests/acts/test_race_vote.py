"""Many at one vote at once, in real processes: nobody counts twice, nothing comes too late."""

from collections.abc import Iterator

import pytest

from tests.acts.roll import DESK, FOR, OVERSEER, SECRETARY, Ballots, make_ballots, settle
from tests.acts.test_race import race
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.core.vote.now import Way
from yishi.records.models import Ballot, Entry, PaperBallot, Part, Vote

pytestmark = pytest.mark.django_db(transaction=True)
FOUR = ("赵一", "钱二", "孙三", "李四")
BOTH = pytest.mark.parametrize("secret", ["false", "true"])
TEN_DAYS = 24 * 10


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that other processes see it."""
    yield make_world()


def opened(world: World, **voting: str) -> tuple[Ballots, dict[str, str]]:
    """An open vote, and what every order on it names."""
    settle(world, FOUR)
    b = make_ballots(world, **voting)
    b.open()
    return b, {"topic": b.topic, "vote": b.vote.uid, "option": b.options[0]}


def kinds(answers: list[dict[str, object]]) -> list[str]:
    return sorted(str(one["kind"]) for one in answers)


@BOTH
def test_one_who_casts_many_times_at_once_has_one_ballot(world: World, secret: str) -> None:
    b, known = opened(world, secret=secret)
    orders = [
        {**known, "act": "cast", "who": "赵一", "choice": choice, "key": f"k{no}"}
        for no, choice in enumerate(["for", "against", "for", "against"])
    ]
    answers = race(orders)
    # Who was overtaken is told so; whatever was written holds together.
    assert "Done" in kinds(answers)
    assert {one["code"] for one in answers if one["kind"] == "Refusal"} <= {"stale", "busy"}
    assert (Part.objects.count(), Ballot.objects.count()) == (1, 1)
    told = Entry.objects.filter(subject_uid=Part.objects.get().uid).count()
    assert told == kinds(answers).count("Done")
    b.end()
    b.close()
    assert b.vote.result["heads"] == 1


def test_a_household_s_two_casting_at_once_have_one_vote(world: World) -> None:
    settle(world, FOUR[:2], room="101")
    b = make_ballots(world, unit="household", secret="true")
    b.open()
    known = {"vote": b.vote.uid, "option": b.options[0], "act": "cast"}
    answers = race([{**known, "who": who, "key": who} for who in FOUR[:2]])
    assert "Done" in kinds(answers)
    assert (Part.objects.count(), Ballot.objects.count()) == (1, 1)


@BOTH
def test_paper_and_on_line_at_once_count_once_and_paper_holds(world: World, secret: str) -> None:
    b, known = opened(world, secret=secret)
    voter = b.line("赵一").uid
    cast = {**known, "act": "cast", "who": "赵一", "key": "a"}
    take = {**known, "act": "take_paper", "who": DESK, "voter": voter, "key": "b"}
    answers = race([cast, take, {**cast, "key": "c"}])
    took = next(one for one in answers if one.get("code") == "vote.paper_taken")
    assert took["kind"] == "Done"
    assert [part.way for part in Part.objects.all()] == [Way.PAPER]
    assert Ballot.objects.count() == 0


@BOTH
def test_what_is_cast_while_the_vote_is_closed_is_counted_or_refused(
    world: World, secret: str
) -> None:
    b, known = opened(world, secret=secret)
    for who in FOUR[:3]:
        assert isinstance(b.cast(who, FOR), Done)
    answers = race(
        [
            {**known, "act": "cast", "who": "李四", "key": "late", "at": str(TEN_DAYS - 16)},
            {
                **known,
                "act": "close_vote",
                "who": OVERSEER,
                "key": "close",
                "at": str(TEN_DAYS + 16),
            },
        ]
    )
    cast = next(one for one in answers if one.get("code") != "topic.ballot_passed")
    assert cast["kind"] == "Done" or cast["code"] in ("vote_not_open", "stale")
    heads = 4 if cast["kind"] == "Done" else 3
    vote = b.vote
    assert (vote.state, vote.result["heads"]) == ("decided", heads)
    assert vote.result["options"][0]["for"] == heads
    assert Part.objects.count() == Ballot.objects.count() == heads


def test_two_who_close_at_once_count_once(world: World) -> None:
    b, known = opened(world, secret="true")
    for who in FOUR:
        assert isinstance(b.cast(who, FOR), Done)
    close = {**known, "act": "close_vote", "at": str(TEN_DAYS)}
    answers = race([{**close, "who": OVERSEER, "key": "1"}, {**close, "who": DESK, "key": "2"}])
    assert kinds(answers) == ["Done", "Refusal"]
    assert (b.vote.state, Ballot.objects.count()) == ("decided", 4)
    assert Entry.objects.filter(code="topic.ballot_passed").count() == 1


def test_two_rolls_at_once_are_one_and_two_openings_open_once(world: World) -> None:
    settle(world, FOUR)
    b = make_ballots(world, secret="true")
    known = {"topic": b.topic, "vote": ""}
    answers = race(
        [{**known, "act": "open_roll", "who": DESK, "key": key} for key in ("one", "two")]
    )
    assert kinds(answers) == ["Done", "Refusal"]
    answers = race(
        [{**known, "act": "open_vote", "who": DESK, "key": key} for key in ("three", "four")]
    )
    assert kinds(answers) == ["Done", "Refusal"]
    assert Vote.objects.count() == 1
    # The key that lies there is the one the vote is sealed under.
    assert isinstance(b.cast("赵一", FOR), Done)


def test_closing_and_calling_off_at_once_do_one_of_them(world: World) -> None:
    b, known = opened(world)
    for who in FOUR:
        assert isinstance(b.cast(who, FOR), Done)
    answers = race(
        [
            {**known, "act": "close_vote", "who": OVERSEER, "key": "1", "at": str(TEN_DAYS)},
            {**known, "act": "void", "who": SECRETARY, "key": "2", "at": str(TEN_DAYS)},
        ]
    )
    assert kinds(answers) == ["Done", "Refusal"]
    assert b.vote.state in ("decided", "void")
    assert Ballot.objects.count() == (4 if b.vote.state == "decided" else 0)


def test_two_who_enter_one_paper_at_once_are_first_and_second(world: World) -> None:
    b, known = opened(world, secret="true")
    for who in FOUR:
        b.take(who)
    enter = {**known, "act": "enter_paper", "serial": "1", "at": str(TEN_DAYS)}
    answers = race([{**enter, "who": DESK, "key": "1"}, {**enter, "who": OVERSEER, "key": "2"}])
    assert kinds(answers) == ["Done", "Done"]
    assert PaperBallot.objects.get().is_agreed is True
