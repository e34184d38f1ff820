"""Staff sign in with a password and a second factor; neither can be walked around."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from pytest_django import Settings

from tests.acts.world import World, make_world
from tests.web.signing import (
    PASSWORD,
    audited,
    last_code,
    newcomer,
    sign_in,
    staff_in,
    who_is,
    with_password,
)
from yishi.acts import account
from yishi.core.person import SlipPurpose
from yishi.records.models import Person, Slip
from yishi.records.wallclock import now

pytestmark = pytest.mark.django_db
WHO = "分拨员老赵"
NEW = "River-Stone-9"


@pytest.fixture
def world(db: None) -> World:
    """A district with every role in it."""
    return make_world()


@pytest.fixture
def person(world: World) -> Person:
    """A dispatcher with a password and a phone."""
    return with_password(world, WHO)


def test_password_then_code_then_work(client: Client, person: Person) -> None:
    step = client.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
    assert (step["Location"], who_is(client)) == ("/staff/sign-in/second", "")
    done = client.post("/staff/sign-in/second", {"code": last_code()})
    assert (done["Location"], who_is(client)) == ("/work", WHO)
    assert audited("sign_in") == [(True, "password code")]


def test_after_the_password_alone_nothing_is_open(client: Client, person: Person) -> None:
    client.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
    for address in ("/work", "/cases", "/account", "/account/factors"):
        assert client.get(address)["Location"].startswith("/sign-in?next="), address


def test_a_phone_alone_opens_no_appointment(client: Client, person: Person) -> None:
    sign_in(client, person.phone)
    assert who_is(client) == WHO
    assert client.get("/cases").status_code == 403
    assert client.get("/account/factors").status_code == 404
    assert client.get("/account/password")["Location"] == "/account"


def test_a_resident_without_password_does_not_pass_the_staff_door(client: Client) -> None:
    newcomer("+8613900001111")
    for password in ("", "13900001111", PASSWORD):
        page = client.post("/staff/sign-in", {"login": "somebody", "password": password})
        assert page.status_code == 422
    assert client.get("/staff/sign-in/second")["Location"] == "/staff/sign-in"


def test_unknown_name_and_wrong_password_read_alike(person: Person) -> None:
    said = []
    for login in (WHO, "没有这个人"):
        page = Client().post("/staff/sign-in", {"login": login, "password": "Wrong-Bank-7"})
        said.append((page.status_code, page.context["form"].non_field_errors()))
    assert said[0] == said[1]
    assert audited("staff.password") == [(False, "known login"), (False, "unknown login")]


def test_five_wrong_passwords_lock_the_name_here_for_a_while(
    client: Client, person: Person
) -> None:
    wrong = {"login": WHO, "password": "Wrong-Bank-7"}
    seen = [client.post("/staff/sign-in", wrong).status_code for _ in range(5)]
    assert seen == [422, 422, 422, 422, 429]
    right = {"login": WHO, "password": PASSWORD}
    assert client.post("/staff/sign-in", right).status_code == 429
    assert audited("staff.locked")[-1] == (False, "")
    colleague = {"login": "街道主任", "password": "Wrong-Bank-7"}
    assert client.post("/staff/sign-in", colleague).status_code == 422
    elsewhere = Client(REMOTE_ADDR="10.1.1.9")
    assert elsewhere.post("/staff/sign-in", right)["Location"] == "/staff/sign-in/second"


def test_a_wrong_second_step_is_said_and_limited(client: Client, person: Person) -> None:
    client.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
    wrong = "000000" if last_code() != "000000" else "111111"
    seen = [client.post("/staff/sign-in/second", {"code": wrong}).status_code for _ in range(9)]
    assert seen == [*[422] * 8, 302]
    assert client.get("/staff/sign-in/second")["Location"] == "/staff/sign-in"
    assert who_is(client) == ""


def test_the_second_step_waits_fifteen_minutes(
    client: Client, person: Person, settings: Settings
) -> None:
    client.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
    settings.YISHI_CLOCK_OFFSET_SECONDS = 15 * 60
    assert client.get("/staff/sign-in/second")["Location"] == "/staff/sign-in"


@pytest.mark.parametrize(("days", "step"), [(89, "/work"), (90, "/staff/sign-in/password")])
def test_a_password_is_good_for_ninety_days(
    client: Client, person: Person, days: int, step: str
) -> None:
    Person.objects.filter(pk=person.pk).update(password_set_at=now() - timedelta(days=days))
    client.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
    done = client.post("/staff/sign-in/second", {"code": last_code()})
    assert done["Location"] == step


@pytest.mark.parametrize("poor", ["short-1A", "alllowercase", "1234567890", PASSWORD, ""])
def test_a_poor_new_password_is_refused_before_anybody_is_in(
    client: Client, person: Person, poor: str
) -> None:
    Person.objects.filter(pk=person.pk).update(password_set_at=None)
    staff_in(client, WHO)
    page = client.post("/staff/sign-in/password", {"new": poor, "again": poor})
    assert (page.status_code, who_is(client)) == (422, "")
    assert client.get("/work")["Location"].startswith("/sign-in")
    done = client.post("/staff/sign-in/password", {"new": NEW, "again": NEW})
    assert (done["Location"], who_is(client)) == ("/work", WHO)


def _slip(world: World, purpose: SlipPurpose, code: str = "12345678") -> None:
    done = account.staff_slip(world.ask("管理员", now()), world.people[WHO], purpose, code)
    assert done.code == "person.slip_issued"


def test_a_first_password_is_set_by_a_slip_and_a_code(client: Client, world: World) -> None:
    with_password(world, WHO)
    Person.objects.update(password="", password_set_at=None)
    _slip(world, SlipPurpose.PASSWORD)
    step = client.post("/staff/sign-in/first", {"login": WHO, "code": "1234 5678"})
    assert (step["Location"], who_is(client)) == ("/staff/sign-in/second", "")
    step = client.post("/staff/sign-in/second", {"code": last_code()})
    assert (step["Location"], who_is(client)) == ("/staff/sign-in/password", "")
    client.post("/staff/sign-in/password", {"new": NEW, "again": NEW})
    assert who_is(client) == WHO
    again = Client().post("/staff/sign-in/first", {"login": WHO, "code": "12345678"})
    assert again.status_code == 422


def test_a_slip_is_void_after_a_day(
    client: Client, world: World, person: Person, settings: Settings
) -> None:
    _slip(world, SlipPurpose.PASSWORD)
    settings.YISHI_CLOCK_OFFSET_SECONDS = 24 * 3600
    page = client.post("/staff/sign-in/first", {"login": WHO, "code": "12345678"})
    assert page.status_code == 422


def test_a_new_slip_voids_the_one_before(client: Client, world: World, person: Person) -> None:
    _slip(world, SlipPurpose.PASSWORD, "11112222")
    _slip(world, SlipPurpose.PASSWORD, "33334444")
    posts = [
        client.post("/staff/sign-in/first", {"login": WHO, "code": code}).status_code
        for code in ("11112222", "33334444")
    ]
    assert posts == [422, 302]


def test_a_slip_stands_for_the_second_step_where_nothing_is_sent(
    client: Client, world: World, person: Person, settings: Settings
) -> None:
    settings.YISHI_CODES = "slip"
    _slip(world, SlipPurpose.FACTOR)
    client.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
    done = client.post("/staff/sign-in/second", {"code": "12345678"})
    assert done["Location"] == "/work"
    assert Slip.objects.get().used_at is not None


def test_a_resident_slip_is_no_second_step(client: Client, world: World, person: Person) -> None:
    place = world.places["柳荫社区"]
    account.sign_slip(world.ask("社区小周", now()), place, person.phone, "12345678")
    client.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
    assert client.post("/staff/sign-in/second", {"code": "12345678"}).status_code == 422


def test_an_authenticator_app_instead_of_a_message(client: Client, person: Person) -> None:
    secret = totp.generate_totp_secret()
    row = totp.TOTP.activate(person, secret).instance
    assert secret not in str(row.data)
    client.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
    shown = totp.hotp_value(secret, list(totp.yield_hotp_counters_from_time())[1])
    code = totp.format_hotp_value(shown)
    assert client.post("/staff/sign-in/second", {"code": code})["Location"] == "/work"
    other = Client()
    other.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
    assert other.post("/staff/sign-in/second", {"code": code}).status_code == 422


def test_a_recovery_code_is_good_once(person: Person) -> None:
    totp.TOTP.activate(person, totp.generate_totp_secret())
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    seen = []
    for _ in range(2):
        client = Client()
        client.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
        seen.append(client.post("/staff/sign-in/second", {"code": code}).status_code)
    assert seen == [302, 422]


def test_a_made_up_passkey_does_not_pass(client: Client, person: Person) -> None:
    client.post("/staff/sign-in", {"login": WHO, "password": PASSWORD})
    for credential in ("", "{}", "[]", "not json", '{"id": "AA", "response": {}}'):
        page = client.post("/staff/sign-in/second", {"credential": credential})
        assert (page.status_code, who_is(client)) == (422, "")


def test_staff_manage_their_factors(client: Client, person: Person) -> None:
    staff_in(client, WHO)
    page = client.get("/account/factors/app")
    secret = page.context["secret"].replace(" ", "")
    shown = totp.hotp_value(secret, list(totp.yield_hotp_counters_from_time())[1])
    wrong = client.post("/account/factors/app", {"code": "12"})
    assert wrong.status_code == 422
    done = client.post("/account/factors/app", {"code": totp.format_hotp_value(shown)})
    assert done["Location"] == "/account/factors/recovery"
    made = client.post("/account/factors/recovery")
    assert len(made.context["fresh"]) == 10
    assert client.get("/account/factors/recovery").context["fresh"] == []
    token = client.get("/account/factors").context["app"]
    assert client.post(f"/account/factors/{token}/remove")["Location"] == "/account/factors"
    assert Authenticator.objects.count() == 0
    assert client.post(f"/account/factors/{token}/remove").status_code == 404
    assert client.get("/account/factors/passkey").status_code == 200
    assert client.post("/account/factors/passkey").status_code == 422


def test_staff_are_signed_out_after_half_an_hour_without_use(
    client: Client, person: Person, settings: Settings
) -> None:
    staff_in(client, WHO)
    settings.YISHI_CLOCK_OFFSET_SECONDS = 29 * 60
    assert client.get("/account").status_code == 200
    settings.YISHI_CLOCK_OFFSET_SECONDS = 58 * 60
    assert client.get("/account").status_code == 200
    settings.YISHI_CLOCK_OFFSET_SECONDS = 88 * 60
    assert client.get("/account")["Location"].startswith("/sign-in")
    assert who_is(client) == ""
    assert audited("session.idle") == [(True, "")]


def test_a_forged_moment_does_not_keep_staff_in(
    client: Client, person: Person, settings: Settings
) -> None:
    staff_in(client, WHO)
    client.cookies["yishi_seen"] = "99999999999:forged"
    Person.objects.update(last_login=now() - timedelta(hours=1))
    assert client.get("/account")["Location"].startswith("/sign-in")


def test_a_resident_stays_signed_in(client: Client, settings: Settings) -> None:
    sign_in(client)
    settings.YISHI_CLOCK_OFFSET_SECONDS = 24 * 3600
    assert client.get("/account").status_code == 200


def test_a_changed_password_ends_other_sessions(client: Client, person: Person) -> None:
    staff_in(client, WHO)
    other = Client()
    other.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    wrong = {"present": "Wrong-Bank-7", "new": NEW, "again": NEW}
    assert client.post("/account/password", wrong).status_code == 422
    done = client.post("/account/password", {**wrong, "present": PASSWORD})
    assert done["Location"] == "/account"
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example"])
def test_the_staff_door_leads_nowhere_else(client: Client, person: Person, onward: str) -> None:
    given = {"login": WHO, "password": PASSWORD, "next": onward}
    client.post("/staff/sign-in", given)
    assert client.post("/staff/sign-in/second", {"code": last_code()})["Location"] == "/work"
