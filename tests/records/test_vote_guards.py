"""What the database itself holds of a vote, whoever writes: each test fails without its guard."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.acts.roll import FOR, Ballots, make_ballots, settle
from tests.acts.world import World, make_world
from yishi.records.models import Ballot, Holder, PaperBallot, Part, Proxy, Vote, Voter

pytestmark = pytest.mark.django_db
TWO = ("赵一", "钱二")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def ballots(world: World) -> Ballots:
    settle(world, TWO)
    b = make_ballots(world)
    b.open()
    b.cast("赵一", FOR)
    return b


def refused(model: type[Any], **values: object) -> None:
    """The database does not take this row."""
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**values)


def test_a_line_takes_part_once(ballots: Ballots) -> None:
    vote, voter = ballots.vote, ballots.line("赵一")
    refused(Part, uid="u", vote=vote, voter=voter, way="paper", at=ballots.hall.now)


def test_a_key_has_one_ballot_in_a_vote(ballots: Ballots) -> None:
    key = Ballot.objects.get().key
    refused(Ballot, id=7, vote=ballots.vote, voter=None, key=key, chosen="f", way="online")


def test_a_voter_has_one_ballot_by_name(ballots: Ballots) -> None:
    voter = ballots.line("赵一")
    refused(Ballot, id=7, vote=ballots.vote, voter=voter, key="other", chosen="f", way="online")


def test_nobody_stands_on_one_roll_twice(ballots: Ballots) -> None:
    person = ballots.world.people["赵一"]
    refused(Holder, vote=ballots.vote, voter=ballots.line("钱二"), person=person)


def test_a_number_of_the_roll_is_one_line(ballots: Ballots) -> None:
    refused(Voter, uid="u", vote=ballots.vote, no=1, name="赵一")


def test_a_visit_to_a_stage_has_one_vote_that_is_not_over(ballots: Ballots) -> None:
    vote = ballots.vote
    for state in ("roll", "open", "counting", "handed"):
        refused(
            Vote,
            uid=f"u-{state}",
            topic=vote.topic,
            passage=vote.passage,
            place=vote.place,
            state=state,
            unit="person",
            choose="each",
            rolled_at=vote.rolled_at,
        )


def test_a_line_is_entrusted_once(ballots: Ballots) -> None:
    giver, holder = ballots.line("赵一"), ballots.line("钱二")
    known = {"vote": ballots.vote, "giver": giver, "holder": holder, "filed_at": ballots.hall.now}
    Proxy.objects.create(uid="one", **known)
    refused(Proxy, uid="two", **known)


def test_a_serial_is_one_paper(ballots: Ballots) -> None:
    PaperBallot.objects.create(uid="one", vote=ballots.vote, serial=1)
    refused(PaperBallot, uid="two", vote=ballots.vote, serial=1)


def test_nobody_takes_part_at_or_after_the_end(ballots: Ballots) -> None:
    vote, voter = ballots.vote, ballots.line("钱二")
    assert vote.until_at is not None
    for late in (timedelta(0), timedelta(seconds=1)):
        at = vote.until_at + late
        refused(Part, uid="u", vote=vote, voter=voter, way="online", at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.filter(vote=vote).update(at=vote.until_at)
    at = vote.until_at - timedelta(seconds=1)
    Part.objects.create(uid="u", vote=vote, voter=voter, way="online", at=at)


@pytest.mark.parametrize("state", ["roll", "counting", "decided", "handed", "void"])
def test_nobody_takes_part_in_a_vote_that_is_not_open(ballots: Ballots, state: str) -> None:
    vote, voter = ballots.vote, ballots.line("钱二")
    Vote.objects.filter(pk=vote.pk).update(state=state)
    refused(Part, uid="u", vote=vote, voter=voter, way="online", at=ballots.hall.now)
