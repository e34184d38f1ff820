"""Two at one meeting at once, in real processes: one sign-in a person, one end an item, one meeting
called again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.acts.hall import DESK, SECRETARY, Hall, make_hall
from tests.acts.test_race import race
from tests.acts.test_race_course import one_of
from tests.acts.world import NOW, World, make_world
from yishi.acts.meeting import calling, sitting
from yishi.acts.meeting.asked import Called, ItemAsk
from yishi.records.models import AgendaItem, Attendance, Entry, Listed, Meeting

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "柳荫社区居委会"


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that other processes see it."""
    yield make_world()


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "siyi")


def called(hall: Hall, form: str = "talk", body: str = BODY) -> Meeting:
    """A meeting that begins at the moment every process acts at, called a week before."""
    given = Called("恳谈", "议事厅", NOW, form=form, items=(ItemAsk("楼道照明"),))
    w = hall.world
    done = calling.call(
        w.ask(DESK, NOW - timedelta(days=9)), w.places["柳荫社区"].uid, w.bodies[body].uid, given
    )
    return Meeting.objects.get(uid=hall.did(done).uid)


def opened(hall: Hall) -> AgendaItem:
    row = called(hall)
    hall.did(sitting.sign_in(hall.world.ask("王桂英", NOW), row.uid, row.code))
    hall.did(sitting.open_(hall.world.ask(DESK, NOW), row.uid))
    return AgendaItem.objects.get(meeting=row)


def test_one_person_by_code_and_at_the_desk_at_once_is_counted_once(hall: Hall) -> None:
    row = called(hall)
    person = hall.world.people["王桂英"].uid
    told = one_of(
        [
            {"act": "sign_in", "meeting": row.uid, "code": row.code, "who": "王桂英", "key": "one"},
            {"act": "sign_in_for", "meeting": row.uid, "person": person, "who": DESK, "key": "two"},
        ]
    )
    assert told == "signed_in_already"
    assert Attendance.objects.filter(meeting=row).count() == 1


def test_many_sign_in_at_once_and_all_are_counted(hall: Hall) -> None:
    row = called(hall)
    who = ["王桂英", "李建国", "网格员小陈", DESK]
    orders = [
        {"act": "sign_in", "meeting": row.uid, "code": row.code, "who": one, "key": one}
        for one in who
    ]
    answers = race(orders)
    assert {one["kind"] for one in answers} == {"Done"}
    numbers = Entry.objects.filter(code="meeting.signed_in").order_by("subject_no")
    assert sorted(entry.params["no"] for entry in numbers) == [1, 2, 3, 4]


def test_an_item_ends_once(hall: Hall) -> None:
    item = opened(hall)
    unit = hall.world.bodies["区水务公司"].uid
    told = one_of(
        [
            {"act": "settle_item", "item": item.uid, "who": DESK, "key": "one"},
            {"act": "list_item", "item": item.uid, "unit": unit, "who": SECRETARY, "key": "two"},
        ]
    )
    assert told == "item_done"
    item.refresh_from_db()
    assert Listed.objects.count() == (1 if item.state == "listed" else 0)


def test_a_meeting_is_called_again_once(hall: Hall) -> None:
    row = called(hall, "assembly", "柳荫社区居民代表会议")
    known = {"act": "call_again", "meeting": row.uid}
    told = one_of([{**known, "who": DESK, "key": "one"}, {**known, "who": SECRETARY, "key": "two"}])
    assert told == "called_again_already"
    assert Meeting.objects.filter(again_of=row).count() == 1
