"""Two people at one topic at once, in real processes: one succeeds, the other is told."""

from collections.abc import Iterator

import pytest

from tests.acts.hall import DESK, OVERSEER, SECRETARY, Hall, make_hall
from tests.acts.test_race import race
from tests.acts.test_race_course import one_of
from tests.acts.world import World, make_world
from yishi.acts import report
from yishi.acts.case import intake
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.acts.topic import staging
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.records.models import Entry, Option, Passage, StageEntry, TopicLink
from yishi.rulebook.shipped import shipped_bundle

pytestmark = pytest.mark.django_db(transaction=True)
ENTRY = shipped_bundle("methods", "c4321").data["catalogue"][0]["code"]
FULL = {"present": "21", "favour": "21"}


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that other processes see it."""
    yield make_world()


@pytest.fixture
def hall(world: World) -> Hall:
    world.appoint("书记老常", Role.SECRETARY, "柳荫社区")
    return make_hall(world, "c4321")


def at_the_vote(hall: Hall) -> tuple[str, str]:
    """A topic whose representatives vote now, with one option."""
    uid = hall.raise_()
    hall.take_up(uid, "c4321")
    option = hall.option(uid, "请人大修")
    hall.to(uid, "resolve")
    hall.attach(uid)
    return uid, option


def test_two_reviews_at_once_review_once(hall: Hall) -> None:
    uid = hall.raise_()
    known = {"act": "review", "topic": uid, "entry": ENTRY}
    told = one_of(
        [{**known, "who": SECRETARY, "key": "one"}, {**known, "who": "书记老常", "key": "two"}]
    )
    assert told in ("not_now", "stale", "topic_reviewed")
    assert Entry.objects.filter(subject_uid=uid, code="topic.taken_up").count() == 1
    assert Passage.objects.filter(topic__uid=uid).count() == 1


def test_two_confirmations_at_once_decide_once(hall: Hall) -> None:
    uid, option = at_the_vote(hall)
    w = hall.world
    body = {"representatives": 21}
    done = staging.count(w.ask(DESK, hall.now), uid, body, {option: (21, 0, 0)})
    assert isinstance(done, Done), done
    known = {"act": "confirm", "topic": uid, "option": option, **FULL}
    told = one_of(
        [
            {**known, "who": OVERSEER, "key": "one"},
            {**known, "who": hall.chair(BodyKind.REPRESENTATIVES), "key": "two"},
        ]
    )
    # Where the first leads on at once, the second has no part in the step it stands in then.
    assert told in ("step_skipped", "stale", "not_yours")
    assert Entry.objects.filter(subject_uid=uid, code="topic.vote_passed").count() == 1


def test_two_counts_of_one_page_count_once(hall: Hall) -> None:
    uid, option = at_the_vote(hall)
    version = str(hall.topic(uid).version)
    known = {"act": "count", "topic": uid, "option": option, "version": version, **FULL}
    told = one_of(
        [
            {**known, "who": DESK, "key": "one"},
            {**known, "who": hall.chair(BodyKind.REPRESENTATIVES), "key": "two"},
        ]
    )
    assert told == "stale"
    assert StageEntry.objects.filter(act="topic.count").count() == 1


def test_a_click_twice_adds_one_option(hall: Hall) -> None:
    uid = hall.raise_()
    hall.take_up(uid, "c4321")
    order = {"act": "add_option", "topic": uid, "title": "请人大修", "who": DESK, "key": "click"}
    answers = race([order] * 2)
    assert {a["kind"] for a in answers} == {"Done"}
    assert Option.objects.filter(topic__uid=uid).count() == 1


def test_a_matter_put_into_two_topics_at_once_is_in_one(hall: Hall) -> None:
    w = hall.world
    filed = report.file(w.ask("王桂英"), Words("电梯坏了", building=w.buildings["柳荫1栋"].uid))
    assert isinstance(filed, Done)
    intake.set_aside(w.ask("分拨员老赵"), filed.uid, "要大家商量")
    one, two = hall.raise_(), hall.raise_("停车棚", "李建国")
    known = {"act": "join_cases", "case": filed.uid, "who": DESK}
    told = one_of([{**known, "topic": one, "key": "one"}, {**known, "topic": two, "key": "two"}])
    assert told == "case_in_topic"
    assert TopicLink.objects.filter(until_at=None).count() == 1
