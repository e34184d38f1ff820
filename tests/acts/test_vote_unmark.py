"""A mark on the wrong line is taken back before the vote is closed, and its voter is told."""

import pytest
from django.db import IntegrityError, transaction

from tests.acts.roll import (
    AGAINST,
    DESK,
    FOR,
    OVERSEER,
    SECRETARY,
    Ballots,
    Way,
    make_ballots,
    settle,
)
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.acts.vote import closing, paper
from yishi.acts.vote.unmarking import unmark
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.jobs.sequence import sequence
from yishi.jobs.tick import Ticker
from yishi.jobs.verify.whole import verify
from yishi.jobs.verify.wrong import Looked
from yishi.records.models import Ballot, Entry, Message, PaperBallot, Part

pytestmark = pytest.mark.django_db
FOUR = ("赵一", "钱二", "孙三", "李四")
BOTH = pytest.mark.parametrize("secret", ["false", "true"])
WHY = "登记时点错了一行"


@pytest.fixture
def world() -> World:
    return make_world()


def opened(world: World, **voting: str) -> Ballots:
    settle(world, FOUR)
    b = make_ballots(world, **voting)
    b.open()
    return b


def taken_back(b: Ballots, name: str, who: str = OVERSEER, why: str = WHY) -> Done | Refusal:
    """`who` withdraws the mark of a line."""
    return unmark(b.ask(who), b.vote.uid, b.line(name).uid, why)


def done(answer: object) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def code(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


@BOTH
@pytest.mark.parametrize("who", [DESK, OVERSEER])
def test_the_same_worker_or_another_withdraws_it_and_the_line_may_vote_again(
    world: World, secret: str, who: str
) -> None:
    b = opened(world, secret=secret)
    done(b.cast("赵一", FOR))
    done(b.take("赵一"))
    done(taken_back(b, "赵一", who))
    assert (b.vote.roll.filter(part__isnull=False).count(), Ballot.objects.count()) == (0, 0)
    row = Part.objects.get()
    assert (row.voter, row.withdrawn_from, row.withdrawn_at) == (None, b.line("赵一"), b.hall.now)
    entry = Entry.objects.get(code="vote.unmarked")
    assert (entry.subject_uid, entry.params["why"]) == (b.vote.uid, WHY)
    told = Message.objects.get(template="vote.unmarked")
    assert (told.recipient.name, told.params["why"]) == ("赵一", WHY)
    done(b.cast("赵一", AGAINST))
    done(b.take("钱二"))
    assert sorted(Part.objects.filter(voter__isnull=False).values_list("way", flat=True)) == [
        "online",
        "paper",
    ]


def test_what_was_withdrawn_is_counted_nowhere_and_the_vote_closes(world: World) -> None:
    b = opened(world)
    for who in FOUR[:2]:
        done(b.cast(who, FOR))
    done(b.take("孙三"))
    done(b.take("李四"))
    done(taken_back(b, "李四"))
    b.end()
    for who in (DESK, OVERSEER):
        done(b.enter(1, who, AGAINST, name="孙三"))
    assert Ticker().tick(b.hall.now)["close_votes"] == 1
    result = b.vote.result
    assert (result["heads"], result["ways"]) == (3, {"online": 2, "paper": 1})
    assert b.vote.state == "decided"


def test_a_door_s_paper_is_withdrawn_too_and_the_door_says_so(world: World) -> None:
    b = opened(world)
    done(b.take("赵一", Way.DOOR, second=OVERSEER))
    done(taken_back(b, "赵一", "网格员小陈"))
    assert Part.objects.get().voter is None
    assert code(b.take("赵一", Way.DOOR)) == "collectors_missing"
    done(b.take("赵一", Way.DOOR, second=OVERSEER))


def test_a_hand_withdrawn_makes_both_count_again(world: World) -> None:
    b = opened(world, ways="online hands")
    for name in FOUR[:3]:
        done(b.take(name, Way.HANDS))
    b.end()
    for who in (DESK, OVERSEER):
        done(paper.enter_hands(b.ask(who), b.vote.uid, {b.options[0]: (3, 0, 0)}))
    assert PaperBallot.objects.get().is_agreed is True
    done(taken_back(b, "孙三"))
    assert PaperBallot.objects.get().is_agreed is False
    assert code(b.close()) == "paper_differs"
    for who in (DESK, OVERSEER):
        done(paper.enter_hands(b.ask(who), b.vote.uid, {b.options[0]: (2, 0, 0)}))
    done(b.close())
    assert b.vote.result["ways"] == {"hands": 2}


def test_one_whose_paper_by_name_was_entered_is_not_withdrawn(world: World) -> None:
    b = opened(world)
    done(b.take("赵一"))
    done(b.take("钱二"))
    b.end()
    done(b.enter(1, DESK, FOR, name="赵一"))
    assert taken_back(b, "赵一") == Refusal("paper_named", 0, 1, "paper_ballot", "norms.md §2")
    done(taken_back(b, "钱二"))


def test_in_a_secret_vote_there_are_never_fewer_marks_than_papers(world: World) -> None:
    b = opened(world, secret="true")
    done(b.take("赵一"))
    done(b.take("钱二"))
    b.end()
    done(b.enter(1, DESK, FOR))
    done(taken_back(b, "钱二"))
    again = taken_back(b, "赵一")
    assert again == Refusal("papers_counted", 0, 1, "paper_ballot", "norms.md §2")


def test_what_is_not_marked_ones_own_line_and_a_vote_that_is_over_are_refused(
    world: World,
) -> None:
    b = opened(world)
    assert code(taken_back(b, "赵一")) == "not_marked"
    done(b.cast("赵一", FOR))
    assert code(taken_back(b, "赵一")) == "not_marked"
    done(b.take("钱二"))
    assert code(taken_back(b, "钱二", why=" ")) == "why_missing"
    assert code(taken_back(b, "钱二", "王桂英")) == "not_yours"
    world.appoint("钱二", Role.MEMBER, "柳荫社区", "柳荫社区居委会")
    assert code(taken_back(b, "钱二", "钱二")) == "not_independent"
    long = taken_back(b, "钱二", why="长" * 20_001)
    assert code(long) == "words_too_long"
    done(closing.void(b.ask(SECRETARY), b.vote.uid, "名册错了"))
    assert code(taken_back(b, "钱二")) == "vote_not_open"


def of_parts() -> list[str]:
    """What verification says of the rows of taking part."""
    return [one.code for one in verify(Looked()) if one.params.get("kind") == "part"]


def test_the_record_verifies_after_it(world: World) -> None:
    b = opened(world)
    done(b.take("赵一"))
    done(taken_back(b, "赵一"))
    sequence()
    assert of_parts() == []
    Part.objects.update(withdrawn_at=b.vote.rolled_at.replace(year=2025))
    assert of_parts() == ["row_changed"]


def test_the_database_holds_that_a_row_is_of_one_line(world: World) -> None:
    b = opened(world)
    done(b.take("赵一"))
    for values in ({"withdrawn_from": b.line("赵一")}, {"voter": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Part.objects.update(**values)


def test_after_the_table_was_made_anew_nobody_takes_part_too_late(world: World) -> None:
    b = opened(world)
    done(b.take("赵一"))
    assert b.vote.until_at is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.update(at=b.vote.until_at)
    voter = b.line("钱二")
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.create(uid="u", vote=b.vote, voter=voter, way="paper", at=b.vote.until_at)
