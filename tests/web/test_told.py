"""Where messages reach me: an address is mine once its code is typed, and I choose what comes."""

import re
from pathlib import Path

import pytest
from django.conf import settings as live
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.acts.world import World
from tests.jobs.gateways import mail_server
from tests.web.signing import audited
from tests.web.town import signed_in
from yishi.records.models import Entry, Person, Wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(world: World) -> Client:
    cache.clear()
    return signed_in(world, "王桂英")


def prove(browser: Client, channel: str, address: str) -> str:
    """Types an address and the code that went there; where the last answer leads."""
    sent = browser.post(f"/account/told/{channel}", {"address": address, "key": "a1"})
    assert sent["Location"] == f"/account/told/{channel}/code"
    page = browser.get(f"/account/told/{channel}/code")
    line = (Path(live.YISHI_LOG_DIR) / "messages.txt").read_text("utf-8").splitlines()[-1]
    assert line.split()[1] == address
    code = re.search(r"(?<!\d)\d{6}(?!\d)", line.partition(address)[2])
    assert code is not None
    form = {"code": code[0], "key": page.context["key"]}
    return browser.post(f"/account/told/{channel}/code", form)["Location"]


def test_the_page_shows_each_channel_and_the_address_masked(world: World, browser: Client) -> None:
    page = browser.get("/account/told").content.decode()
    for word in ("电子邮件", "短信", "138****0001", "21:00", "08:00"):
        assert word in page
    assert "13800000001" not in page
    assert "政务微信" not in page
    assert "政务微信" in signed_in(world, "城管小孙").get("/account/told").content.decode()


def test_without_any_channel_it_says_so(browser: Client, settings: Settings) -> None:
    settings.YISHI_SENDERS = {}
    page = browser.get("/account/told").content.decode()
    assert "还没有开通向外发消息" in page
    assert browser.get("/account/told/email").status_code == 404


@pytest.mark.parametrize(
    ("channel", "address", "masked"),
    [("email", "wang@example.cn", "w***@example.cn"), ("wecom", "wangguiying", "w***")],
)
def test_an_address_is_mine_once_its_code_is_typed(
    browser: Client, world: World, channel: str, address: str, masked: str
) -> None:
    assert prove(browser, channel, address) == "/account/told"
    person = Person.objects.get(login="王桂英")
    assert getattr(person, channel) == address
    assert masked in browser.get("/account/told").content.decode()
    entry = Entry.objects.get(code="account.address_set")
    assert entry.params == {"channel": channel, "set": 1}
    assert address.encode() not in bytes(entry.leaf)
    off = browser.post(f"/account/told/{channel}", {"address": "", "key": "a2"})
    assert off["Location"] == "/account/told"
    person.refresh_from_db()
    assert getattr(person, channel) == ""


def test_a_wrong_code_changes_nothing(browser: Client) -> None:
    browser.post("/account/told/email", {"address": "wang@example.cn", "key": "a1"})
    for _ in range(4):
        wrong = browser.post("/account/told/email/code", {"code": "000000", "key": "k"})
        assert wrong.status_code == 422
    over = browser.post("/account/told/email/code", {"code": "000000", "key": "k"})
    assert over["Location"] == "/account/told/email"
    assert browser.get("/account/told/email/code")["Location"] == "/account/told/email"
    assert Person.objects.get(login="王桂英").email == ""


def test_the_code_of_one_channel_proves_no_other(browser: Client) -> None:
    browser.post("/account/told/email", {"address": "wang@example.cn", "key": "a1"})
    assert browser.get("/account/told/wecom/code")["Location"] == "/account/told/wecom"


@pytest.mark.parametrize("typed", ["wang", "a@b.cn,c@d.cn", "@all", "w" * 300])
def test_what_is_no_address_is_refused(browser: Client, typed: str) -> None:
    assert browser.post("/account/told/email", {"address": typed, "key": "a"}).status_code == 422
    assert not (Path(live.YISHI_LOG_DIR) / "messages.txt").exists()


def test_codes_are_not_sent_again_and_again(browser: Client) -> None:
    first = browser.post("/account/told/email", {"address": "wang@example.cn", "key": "a1"})
    again = browser.post("/account/told/email", {"address": "li@example.cn", "key": "a2"})
    assert (first.status_code, again.status_code) == (302, 429)


def test_a_mail_server_that_refuses_is_said_at_once(browser: Client, settings: Settings) -> None:
    with mail_server() as mails:
        mails.behaves = "refuses"
        at = {"host": "127.0.0.1", "port": mails.port, "user": "", "password": "", "tls": "none"}
        settings.YISHI_SENDERS = {"email": at | {"from": "yishi@example.cn"}}
        page = browser.post("/account/told/email", {"address": "wang@example.cn", "key": "a1"})
    assert page.status_code == 503
    assert "验证码现在发不到那里" in page.content.decode()
    assert audited("code.failed") == [(False, "email")]


def test_a_phone_is_not_typed_here(browser: Client) -> None:
    assert browser.get("/account/told/sms").status_code == 404
    assert browser.get("/account/told/pigeon").status_code == 404


def test_a_choice_is_kept_and_taken_back(browser: Client, world: World) -> None:
    page = browser.get("/account/told")
    assert page.context["form"].fields["sms"].initial == "usual"
    assert list(page.context["form"].fields) == ["sms"]
    for choice, kept in (("all", True), ("none", False), ("usual", None)):
        done = browser.post("/account/told/wishes", {"sms": choice, "key": f"w-{choice}"})
        assert done["Location"] == "/account/told"
        wish = Wish.objects.filter(person=world.people["王桂英"], channel="sms").first()
        assert (wish.wanted if wish else None) is kept
        assert browser.get("/account/told").context["form"].fields["sms"].initial == choice
    browser.post("/account/told/wishes", {"sms": "sometimes", "key": "w"})
    assert not Wish.objects.exists()


def test_a_visitor_signs_in_first(client: Client, db: None) -> None:
    assert client.get("/account/told")["Location"] == "/sign-in?next=/account/told"
    assert client.get("/account/told/email")["Location"].startswith("/sign-in?next=")
    assert client.post("/account/told/wishes")["Location"].startswith("/sign-in?next=")


def test_the_own_copy_holds_address_and_choice(browser: Client) -> None:
    prove(browser, "email", "wang@example.cn")
    browser.post("/account/told/wishes", {"email": "all", "sms": "none", "key": "w1"})
    copy = browser.get("/account/data").json()
    assert copy["account"]["email"] == "wang@example.cn"
    assert copy["wishes"] == [
        {"channel": "email", "wanted": True},
        {"channel": "sms", "wanted": False},
    ]
