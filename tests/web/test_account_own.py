"""One's own account: name, sessions, own copy, signing out."""

import json

import pytest
from django.test import Client

from tests.acts.world import NOW, make_world
from tests.web.signing import audited, newcomer, sign_in, who_is
from yishi.records.models import Audit, Entry, Person

pytestmark = pytest.mark.django_db


def test_the_account_shows_the_phone_masked(client: Client) -> None:
    newcomer("+8613900001111")
    sign_in(client)
    page = client.get("/account").content.decode()
    assert "139****1111" in page
    assert "13900001111" not in page


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    for address in ("/account", "/account/data", "/account/password", "/account/factors"):
        assert client.get(address)["Location"] == f"/sign-in?next={address}"
    assert client.post("/account/name", {"name": "x"})["Location"].startswith("/sign-in")


def test_a_name_is_corrected_once_and_journaled(client: Client) -> None:
    newcomer("+8613900001111")
    sign_in(client)
    key = client.get("/account").context["key"]
    for _ in range(2):
        done = client.post("/account/name", {"name": " 何  秀英 ", "key": key})
        assert done["Location"] == "/account"
    assert Person.objects.get().name == "何 秀英"
    assert list(Entry.objects.values_list("code", flat=True)) == ["account.corrected"]


@pytest.mark.parametrize("name", ["", "   ", "长" * 41])
def test_an_empty_or_overlong_name_is_refused(client: Client, name: str) -> None:
    newcomer("+8613900001111")
    sign_in(client)
    assert client.post("/account/name", {"name": name, "key": "k1"}).status_code == 422
    assert Person.objects.get().name == "何秀兰"


def test_other_devices_are_signed_out(client: Client) -> None:
    newcomer("+8613900001111")
    sign_in(client)
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0")
    from django.core.cache import cache

    cache.clear()
    sign_in(other)
    assert "微信 · Android" in client.get("/account").content.decode()
    client.post("/account/sessions")
    assert (who_is(client), other.get("/account").status_code) == ("somebody", 302)
    assert len(client.get("/account").context["sessions"]) == 1


def test_own_copy_holds_ones_own_and_nothing_of_anybody_else(client: Client) -> None:
    world = make_world()
    person = world.people["王桂英"]
    person.phone = "+8613900001111"
    person.save()
    Audit.objects.create(at=NOW, person=world.people["李建国"], what="sign_in", success=True)
    sign_in(client)
    answer = client.get("/account/data")
    assert answer["Content-Disposition"] == 'attachment; filename="yishi-account.json"'
    copy = json.loads(answer.content)
    assert copy["account"]["name"] == "王桂英"
    assert copy["account"]["phone"] == "+8613900001111"
    assert [row["what"] for row in copy["sign_ins"]] == ["sign_in", "account.copy"]
    assert "李建国" not in answer.content.decode()


def test_signing_out_takes_a_post(client: Client) -> None:
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert who_is(client) != ""
    assert client.post("/sign-out")["Location"] == "/"
    assert who_is(client) == ""
    assert audited("sign_out") == [(True, "")]
    assert client.post("/sign-out")["Location"] == "/"
