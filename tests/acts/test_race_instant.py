"""Instant answers at the same moment: one text is approved once, one matter sent back once."""

from collections.abc import Iterator

import pytest

from tests.acts.test_instant import drafted, filed, in_force_there
from tests.acts.test_race import race
from tests.acts.test_race_course import one_of
from tests.acts.world import World, make_world
from yishi.records.models import Case, Clock, Entry, InstantAnswer, Message, Report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that other processes see it."""
    yield make_world()


def test_two_people_approving_at_once_approve_once(world: World) -> None:
    text = drafted(world)
    known = {"act": "approve", "text": text}
    told = one_of(
        [{**known, "who": "街道主任", "key": "one"}, {**known, "who": "督查员老冯", "key": "two"}]
    )
    assert told == "instant_decided"
    assert InstantAnswer.objects.get().state == "approved"
    assert Entry.objects.filter(subject_uid=text).count() == 2


def test_two_forms_of_one_matter_are_answered_once(world: World) -> None:
    in_force_there(world)
    order = {
        "act": "file",
        "who": "王桂英",
        "building": world.buildings["柳荫1栋"].uid,
        "words": "家里停水了",
        "key": "click",
    }
    answers = race([order] * 2)
    assert {a["kind"] for a in answers} == {"Done"}
    assert (Report.objects.count(), Message.objects.count()) == (1, 1)
    assert Case.objects.get().state == "answered"


def test_still_unsolved_and_rated_at_once_is_one_of_the_two(world: World) -> None:
    in_force_there(world)
    case, own = filed(world)
    known = {"who": "王桂英", "case": case.uid, "report": own.uid}
    told = one_of(
        [{**known, "act": "still_unsolved", "key": "one"}, {**known, "act": "rate", "key": "two"}]
    )
    assert told == "not_now"
    case.refresh_from_db()
    clock = Clock.objects.get(case=case, kind="intake")
    assert (case.state, clock.state) in {("submitted", "running"), ("called_back", "done")}
