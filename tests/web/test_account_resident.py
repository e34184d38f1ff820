"""A resident signs in with phone and code, or with a slip."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.web.signing import audited, last_code, newcomer, sign_in, who_is
from yishi.records.models import Audit, Entry, Person

pytestmark = pytest.mark.django_db
PHONE = "+8613900001111"


def test_a_new_phone_joins_by_its_code(client: Client) -> None:
    sent = client.post("/sign-in", {"phone": "139 0000 1111"})
    assert (sent.status_code, sent["Location"]) == (302, "/sign-in/code")
    assert Person.objects.count() == 0
    done = client.post("/sign-in/code", {"code": last_code()})
    assert (done.status_code, done["Location"]) == (302, "/")
    person = Person.objects.with_phone(PHONE)
    assert person is not None
    assert (person.level, person.has_usable_password()) == ("phone", False)
    assert who_is(client) == person.login
    assert list(Entry.objects.values_list("code", "subject_uid")) == [
        ("account.joined", person.uid)
    ]


def test_a_known_phone_comes_back_as_the_same_person(client: Client) -> None:
    newcomer(PHONE)
    sign_in(client)
    assert who_is(client) == "somebody"
    assert (Person.objects.count(), Entry.objects.count()) == (1, 0)


def test_known_and_unknown_phones_look_the_same() -> None:
    newcomer(PHONE)
    pages = []
    for phone in ("13900001111", "13900002222"):
        client = Client()
        asked = client.post("/sign-in", {"phone": phone})
        shown = client.get("/sign-in/code").content.decode()
        wrong = client.post("/sign-in/code", {"code": "x"}).content.decode()
        pages.append((asked.status_code, len(shown) - len(wrong)))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("typed", ["", "1390000111", "12345678901", "010 65001234", "abc"])
def test_what_is_no_mobile_number_is_refused_and_kept_in_the_form(
    client: Client, typed: str
) -> None:
    page = client.post("/sign-in", {"phone": typed})
    assert page.status_code == 422
    assert f'value="{typed}"'.encode() in page.content or typed == ""
    assert client.get("/sign-in/code")["Location"] == "/sign-in"


def test_a_wrong_code_may_be_tried_five_times(client: Client) -> None:
    client.post("/sign-in", {"phone": "13900001111"})
    right = last_code()
    wrong = "000000" if right != "000000" else "111111"
    seen = [client.post("/sign-in/code", {"code": wrong}).status_code for _ in range(5)]
    assert seen == [422, 422, 422, 422, 302]
    client.post("/sign-in/code", {"code": right})
    assert who_is(client) == ""
    assert audited("sign_in.code") == [
        *[(False, "wrong 139****1111")] * 4,
        (False, "over 139****1111"),
    ]


def test_a_code_of_another_session_is_worth_nothing(client: Client) -> None:
    client.post("/sign-in", {"phone": "13900001111"})
    code = last_code()
    other = Client()
    assert other.post("/sign-in/code", {"code": code})["Location"] == "/sign-in"
    other.post("/sign-in", {"phone": "13900002222"})
    assert other.post("/sign-in/code", {"code": code}).status_code == 422
    assert who_is(other) == ""


@pytest.mark.parametrize(("seconds", "in_by_it"), [(295, True), (301, False)])
def test_a_code_is_good_for_five_minutes(
    client: Client, settings: Settings, seconds: int, in_by_it: bool
) -> None:
    client.post("/sign-in", {"phone": "13900001111"})
    settings.YISHI_CLOCK_OFFSET_SECONDS = seconds
    client.post("/sign-in/code", {"code": last_code()})
    assert bool(who_is(client)) is in_by_it


def test_a_code_is_good_once(client: Client) -> None:
    sign_in(client)
    client.post("/sign-out")
    assert client.post("/sign-in/code", {"code": last_code()})["Location"] == "/sign-in"


def test_the_same_phone_waits_before_the_next_code(client: Client) -> None:
    client.post("/sign-in", {"phone": "13900001111"})
    again = Client().post("/sign-in", {"phone": "139-0000-1111"})
    assert again.status_code == 429
    assert audited("code.refused") == [(False, "")]


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/reports?page=2", "/reports?page=2"),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_only_a_local_page_is_led_to(client: Client, asked: str, led_to: str) -> None:
    client.post("/sign-in", {"phone": "13900001111", "next": asked})
    assert client.post("/sign-in/code", {"code": last_code()})["Location"] == led_to


def test_signing_in_changes_the_session_key(client: Client) -> None:
    client.post("/sign-in", {"phone": "13900001111"})
    before = client.session.session_key
    client.post("/sign-in/code", {"code": last_code()})
    assert client.session.session_key != before


def test_a_closed_account_stays_out(client: Client) -> None:
    Person.objects.filter(pk=newcomer(PHONE).pk).update(is_active=False)
    sign_in(client)
    assert who_is(client) == ""


def test_no_code_is_in_the_audit_table_or_the_session(client: Client) -> None:
    client.post("/sign-in", {"phone": "13900001111"})
    code = last_code()
    assert code not in str(dict(client.session.items()))
    assert "13900001111" not in str(dict(client.session.items()))
    assert code.encode() not in client.get("/sign-in/code").content
    client.post("/sign-in/code", {"code": code})
    rows = list(Audit.objects.values_list("what", "success", "address"))
    assert rows == [("code.sent", True, "127.0.0.1"), ("sign_in", True, "127.0.0.1")]
    assert code not in str(list(Audit.objects.values()))


def test_the_demo_shows_the_code_on_the_page(client: Client, settings: Settings) -> None:
    settings.YISHI_DEMO = True
    client.post("/sign-in", {"phone": "13900001111"})
    assert last_code().encode() in client.get("/sign-in/code").content


def test_without_messages_the_slip_is_asked_for(client: Client, settings: Settings) -> None:
    settings.YISHI_CODES = "slip"
    page = client.get("/sign-in?next=/reports")
    assert page["Location"] == "/sign-in/slip?next=%2Freports"
    assert client.get("/sign-in/slip").status_code == 200


def test_a_code_goes_by_the_gateway_of_messages(client: Client, settings: Settings) -> None:
    settings.YISHI_CODES = "sms"
    assert client.post("/sign-in", {"phone": "13900001111"})["Location"] == "/sign-in/code"
    sent = (settings.YISHI_LOG_DIR / "messages.txt").read_text("utf-8")
    assert sent.startswith("sms +8613900001111 ")
    assert not (settings.YISHI_LOG_DIR / "codes.txt").exists()


def test_a_gateway_that_does_not_answer_is_said_at_once(client: Client, settings: Settings) -> None:
    settings.YISHI_CODES = "sms"
    dead = {"url": "http://127.0.0.1:9/sms", "body": {}, "headers": {}, "accepted": ""}
    settings.YISHI_SENDERS = {"sms": dead}
    assert client.post("/sign-in", {"phone": "13900001111"}).status_code == 503


def test_allauths_own_pages_are_not_there(client: Client) -> None:
    for address in ("/accounts/login/", "/login/", "/signup/", "/account/login/", "/2fa/"):
        assert client.get(address).status_code == 404
