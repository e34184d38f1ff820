"""The demo keeps the promises of the product, on whatever day it is made."""

from collections import Counter

import pytest
from django.db.models import Exists, OuterRef, Q

from tests.demo.conftest import Told
from yishi.core.case.state import CaseState as S
from yishi.core.person import Actor, Level, Role
from yishi.core.place import BodyKind as K
from yishi.records.models import (
    Appointment,
    Case,
    Clock,
    Entry,
    InstantAnswer,
    Link,
    Order,
    Person,
    Place,
    Publication,
    Rating,
    Report,
)
from yishi.records.queries.actor import actor_of
from yishi.records.queries.permit import visible
from yishi.records.queries.rule import today_of
from yishi.records.queries.seat import seats_at, sitting
from yishi.records.queries.work import BY_CODE

pytestmark = pytest.mark.django_db


def actor(told: Told, login: str) -> Actor:
    return actor_of(Person.objects.get(login=login), today_of(told.now))


def queue(told: Told, login: str, *codes: str) -> list[str]:
    """The numbers of the cases that stand in these queues of somebody's first screen."""
    who, found = actor(told, login), set()
    for code in codes:
        asked = BY_CODE[code]
        seats = tuple(seat for seat in who.seats if seat.role == asked.role)
        one = Actor(who.person_id, seats, who.level)
        condition = visible(one, "case.list") & asked.condition(one, told.now)
        found |= set(Case.objects.filter(condition).values_list("number", flat=True))
    return sorted(found)


def test_every_state_is_there(told: Told) -> None:
    counted = Counter(Case.objects.values_list("state", flat=True))
    assert 150 <= sum(counted.values()) <= 250
    least = {
        S.SUBMITTED: 10,
        S.FILED: 4,
        S.TOPIC: 5,
        S.DISPATCHED: 5,
        S.SIGNED: 5,
        S.HANDLING: 12,
        S.CHECKING: 6,
        S.SETTLED: 4,
        S.ANSWERED: 10,
        S.REDO: 4,
        S.CALLED_BACK: 8,
        S.ARCHIVED: 80,
        S.REFUSED: 7,
        S.RETURNING: 1,
        S.DISPUTED: 1,
        S.SUSPENDED: 1,
        S.MERGED: 7,
    }
    assert {state: counted[state] for state in least if counted[state] < least[state]} == {}


def test_no_matter_is_without_a_clock_or_an_answer(told: Told) -> None:
    runs = Clock.objects.filter(case=OuterRef("pk"), state__in=["running", "waits"])
    without = Case.objects.filter(is_open=True).exclude(Exists(runs))
    here = Link.objects.filter(case__is_open=False, until_at=None)
    unanswered = Report.objects.filter(pk__in=here.values("report_id"), answer="")
    assert list(without.values_list("line", flat=True)) == []
    assert list(unanswered.values_list("words", flat=True)) == []
    # A merged case's clock runs on: its main case is held to it.
    closed = Case.objects.filter(is_open=False).exclude(state=S.MERGED)
    assert Clock.objects.filter(case__in=closed, state__in=["running", "waits"]).count() == 0
    assert Case.objects.filter(state=S.MERGED).exclude(main__is_open=True).count() == 0


def test_the_story_is_past_and_in_order(told: Told) -> None:
    late = Entry.objects.filter(at__gte=told.now)
    assert late.count() == 0
    moments = {}
    for uid, at in Entry.objects.order_by("subject_no").values_list("subject_uid", "at"):
        assert at >= moments.get(uid, at)
        moments[uid] = at
    assert list(Entry.objects.order_by("id").values_list("at", flat=True)) == sorted(
        Entry.objects.values_list("at", flat=True)
    )


def test_first_asked_is_named(told: Told) -> None:
    # Nobody was asked where a text answered at once.
    unnamed = Case.objects.filter(first_asked=None, instant=None).exclude(state=S.SUBMITTED)
    assert list(unnamed.values_list("line", flat=True)) == []


def test_twice_dissatisfied_brought_an_order(told: Told) -> None:
    twice = Case.objects.filter(dissatisfied__gte=2)
    assert twice.count() == 2
    assert Order.objects.filter(case__in=twice, cause="twice").count() == 2
    assert Order.objects.filter(cause="officer").count() == 1
    assert Rating.objects.filter(satisfaction="dissatisfied").count() >= 6


def test_a_text_answers_at_once_and_one_resident_is_not_helped_by_it(told: Told) -> None:
    texts = dict(InstantAnswer.objects.values_list("title", "state"))
    assert texts == {"柳荫街停水通知": "approved", "菜场公厕检修": "draft"}
    answered = Case.objects.filter(instant__title="柳荫街停水通知").order_by("filed_at")
    assert list(answered.values_list("state", flat=True)) == [
        S.ANSWERED,
        S.CALLED_BACK,
        S.ANSWERED,
        S.SUBMITTED,
    ]


def test_the_board_holds_what_three_people_let_through(told: Told) -> None:
    counted = Counter(Publication.objects.values_list("state", flat=True))
    assert counted["published"] >= 8
    assert (counted["taken_down"], counted["reviewed"], counted["draft"]) == (1, 2, 1)
    assert Publication.objects.exclude(state="taken_down").filter(~Q(ground="")).count() == 0
    for row in Publication.objects.filter(state="published").select_related("case"):
        hands = Entry.objects.filter(
            subject_uid=row.case.uid, code__startswith="publication."
        ).values_list("person_id", flat=True)
        assert len(set(hands)) == 3


@pytest.mark.parametrize(
    ("login", "codes", "least"),
    [
        ("demo-dispatcher", ["to_dispatch"], 8),
        ("demo-dispatcher", ["to_review"], 1),
        ("demo-unit", ["to_sign", "to_contact", "to_submit", "to_answer"], 5),
        ("demo-unit", ["to_sign"], 1),
        ("demo-unit", ["to_answer"], 1),
        ("demo-grid", ["grid_new", "grid_check"], 4),
        ("demo-desk", ["desk_topics", "desk_check"], 2),
        ("demo-callback", ["to_call"], 4),
        ("demo-supervisor", ["twice", "orders_open"], 2),
        ("demo-leader", ["to_sign_off"], 1),
    ],
)
def test_each_role_has_something_to_do(
    told: Told, login: str, codes: list[str], least: int
) -> None:
    assert len(queue(told, login, *codes)) >= least


def test_wang_guiying_has_one_of_each(told: Told) -> None:
    wang = Person.objects.get(login="demo-wang")
    here = Link.objects.filter(report__person=wang, until_at=None).values("case_id")
    own = Counter(Case.objects.filter(pk__in=here).values_list("state", flat=True))
    # One of the two being handled is a neighbour's, into which hers was merged.
    assert (own[S.ANSWERED], own[S.HANDLING]) == (1, 2)
    assert own[S.ARCHIVED] >= 1


def test_a_guest_for_each_role_and_level(told: Told) -> None:
    people = {p.login: p for p in Person.objects.filter(login__startswith="demo-")}
    guests = [people[guest.login] for guest in told.guests]
    roles = {seat.role for person in guests for seat in actor(told, person.login).seats}
    assert roles == set(Role) - {Role.RESIDENT, Role.SYSTEM}
    assert {p.level for p in guests if not p.is_staff_member} == set(Level)
    assert all(p.is_staff_member for p in people.values() if p.appointments.exists())
    # Whoever a newcomer cannot be has a seat somewhere, and no more.
    others = Person.objects.exclude(login__startswith="demo-")
    assert {role for p in others for role in p.appointments.values_list("role", flat=True)} == {
        Role.CONVENER,
        Role.MEMBER,
    }


@pytest.mark.parametrize(
    ("community", "filled"),
    [
        (
            "LY",
            {
                K.PARTY_COMMITTEE: 5,
                K.RESIDENTS_COMMITTEE: 5,
                K.PARTY_MEMBERS: 15,
                K.REPRESENTATIVES: 21,
                K.RESIDENTS_ASSEMBLY: 26,
                K.GROUP_LEADERS: 3,
                K.SUPERVISORY_COMMITTEE: 3,
                K.OWNERS_COMMITTEE: 5,
                K.OWNERS_ASSEMBLY: 1,
                K.PROPERTY_FIRM: 1,
                K.ADVISERS: 1,
            },
        ),
        (
            "CC",
            {
                K.PARTY_COMMITTEE: 5,
                K.RESIDENTS_COMMITTEE: 5,
                K.REPRESENTATIVES: 30,
                K.GROUP_LEADERS: 8,
                K.DELIBERATION_COMMITTEE: 9,
                K.SUPERVISORY_COMMITTEE: 3,
                K.OWNERS_COMMITTEE: 5,
                K.PROPERTY_FIRM: 1,
                K.ADVISERS: 1,
            },
        ),
    ],
)
def test_two_communities_have_everybody_who_deliberates(
    told: Told, community: str, filled: dict[K, int]
) -> None:
    place, today = Place.objects.get(code=community), today_of(told.now)
    assert seats_at(place.pk, today) == filled
    speak = Appointment.objects.filter(sitting(today), body__place=place, role=Role.CONVENER)
    assert set(speak.values_list("body__kind", flat=True)) == set(filled)
