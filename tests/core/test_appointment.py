"""Posts: where a seat is held, who may serve two bodies at once, and that no roll is two rolls."""

from datetime import date

import pytest

from yishi.core.appointment import (
    Ground,
    Post,
    Service,
    Term,
    Where,
    must_be_one_roll,
    must_fit_post,
    must_have_ground,
    must_stay_apart,
)
from yishi.core.person import Role
from yishi.core.place import BodyKind, PlaceKind
from yishi.core.refusal import Refusal

K = BodyKind
COMMUNITY, STREET = "1.4.9.", "1.4."


def where(kind: K | None, line: str = COMMUNITY, place: PlaceKind = PlaceKind.COMMUNITY) -> Where:
    """A post in the community of line 1.4.9., with a body of `kind` in the place of `line`."""
    return Where(9, place, COMMUNITY, line if kind else "", body_kind=kind)


FITS: list[tuple[Role, Where, str | None]] = [
    (Role.CONVENER, where(K.DELIBERATION_COMMITTEE), None),
    (Role.MEMBER, where(K.REPRESENTATIVES), None),
    (Role.MEMBER, where(K.PROPERTY_FIRM), None),
    (Role.MEMBER, where(None), "seat_body_needed"),
    (Role.CONVENER, where(K.SERVICE_CENTRE), "body_without_seats"),
    (Role.MEMBER, where(K.DEPARTMENT), "body_without_seats"),
    (Role.MEMBER, where(K.RESIDENTS_COMMITTEE, STREET), "seat_elsewhere"),
    (Role.MEMBER, where(K.RESIDENTS_COMMITTEE, "1.4.9.12."), "seat_elsewhere"),
    (Role.SECRETARY, where(K.PARTY_COMMITTEE), None),
    (Role.SECRETARY, where(None), None),
    (Role.SECRETARY, where(None, place=PlaceKind.SUBDISTRICT), "community_needed"),
    (Role.LEGAL_ADVISER, where(None), None),
    (Role.LEGAL_ADVISER, where(None, place=PlaceKind.DISTRICT), "community_needed"),
    (Role.OVERSEER, where(None, place=PlaceKind.SUBDISTRICT), None),
]


@pytest.mark.parametrize(("role", "there", "refused"), FITS)
def test_a_seat_is_one_in_a_body_with_seats_at_its_own_place(
    role: Role, there: Where, refused: str | None
) -> None:
    answer = must_fit_post(role, there)
    assert (answer.code if answer else None) == refused


def test_whoever_keeps_accounts_holds_no_seat() -> None:
    term = Term(date(2026, 1, 1))
    for own in (Role.ADMINISTRATOR, Role.AUDITOR):
        for role in (Role.SECRETARY, Role.CONVENER, Role.MEMBER, Role.LEGAL_ADVISER):
            answer = must_stay_apart(Post(role, 9, 3), term, [(Post(own, 9), term)])
            assert answer is not None
            assert answer.code == "roles_apart"


YEAR = Term(date(2026, 1, 1), date(2027, 1, 1))
NEXT = Term(date(2027, 1, 1))
CARRIED = Ground("YT2026-0003", COMMUNITY, carried=True)


def service(kind: K | None, role: Role = Role.MEMBER, term: Term = YEAR) -> Service:
    return Service(role, kind, term)


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (service(K.OWNERS_COMMITTEE), service(K.RESIDENTS_COMMITTEE)),
        (service(K.RESIDENTS_COMMITTEE, Role.CONVENER), service(K.OWNERS_COMMITTEE)),
        (service(K.PROPERTY_FIRM, Role.UNIT_HANDLER), service(K.OWNERS_COMMITTEE)),
        (service(K.OWNERS_COMMITTEE), service(K.PROPERTY_FIRM, Role.UNIT_HANDLER)),
    ],
)
def test_serving_two_of_the_three_needs_a_topic_that_was_carried(
    given: Service, held: Service
) -> None:
    assert must_have_ground(given, COMMUNITY, [held], None) == Refusal(
        "cross_ground_needed", need=given.kind, have=held.kind, source="practice.md G2"
    )
    assert must_have_ground(given, COMMUNITY, [held], CARRIED) is None


@pytest.mark.parametrize(
    ("given", "held"),
    [
        # Two posts in one body, or in two of a kind, cross nothing.
        (service(K.OWNERS_COMMITTEE), service(K.OWNERS_COMMITTEE, Role.UNIT_HANDLER)),
        # One term ends the day the other begins.
        (service(K.OWNERS_COMMITTEE, term=NEXT), service(K.RESIDENTS_COMMITTEE)),
        # The other bodies and roles are free to be held together.
        (service(K.REPRESENTATIVES), service(K.OWNERS_COMMITTEE)),
        (service(K.RESIDENTS_COMMITTEE), service(K.PARTY_COMMITTEE)),
        (service(K.RESIDENTS_COMMITTEE, Role.COMMUNITY_DESK), service(K.OWNERS_COMMITTEE)),
        (service(K.OWNERS_COMMITTEE), service(K.RESIDENTS_COMMITTEE, Role.GRID_WORKER)),
        (service(None, Role.SECRETARY), service(K.OWNERS_COMMITTEE)),
    ],
)
def test_what_crosses_nothing_needs_no_ground(given: Service, held: Service) -> None:
    assert must_have_ground(given, COMMUNITY, [held], None) is None


def test_the_topic_is_one_of_the_community_and_was_carried_out_and_published() -> None:
    given, held = service(K.OWNERS_COMMITTEE), [service(K.RESIDENTS_COMMITTEE)]
    elsewhere = Ground("YT2026-0004", "1.4.8.", carried=True)
    running = Ground("YT2026-0005", COMMUNITY, carried=False)
    for ground, code in ((elsewhere, "cross_topic_elsewhere"), (running, "cross_topic_open")):
        answer = must_have_ground(given, COMMUNITY, held, ground)
        assert answer == Refusal(code, have=ground.number, source="practice.md G2")
    # A ground nobody asked for has to hold as well: it stands in the record.
    free = service(K.REPRESENTATIVES)
    assert must_have_ground(free, COMMUNITY, [], CARRIED) is None
    answer = must_have_ground(free, COMMUNITY, [], running)
    assert answer == Refusal("cross_topic_open", have=running.number, source="practice.md G2")
    # A firm that belongs to the street: a topic of a community below it is one of its own.
    assert must_have_ground(service(K.PROPERTY_FIRM), STREET, held, CARRIED) is None


@pytest.mark.parametrize(
    ("kinds", "refused"),
    [
        ([K.PARTY_COMMITTEE, K.PARTY_MEMBERS], False),
        ([K.RESIDENTS_COMMITTEE, K.REPRESENTATIVES, K.OWNERS_COMMITTEE], False),
        ([K.PARTY_COMMITTEE, K.OWNERS_COMMITTEE, K.ADVISERS], False),
        ([K.PARTY_COMMITTEE, K.RESIDENTS_COMMITTEE], True),
        ([K.PARTY_MEMBERS, K.REPRESENTATIVES], True),
        ([], False),
    ],
)
def test_the_party_s_roll_and_the_residents_roll_are_two(kinds: list[K], refused: bool) -> None:
    answer = must_be_one_roll(kinds)
    assert (answer is not None) is refused
    if answer:
        assert answer == Refusal("rolls_apart", kinds[0], kinds[1], source="practice.md G2")
