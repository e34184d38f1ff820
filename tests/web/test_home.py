"""The first page, the number lookup, messages and preferences."""

import pytest
from django.test import Client

from tests.acts.hall import make_hall
from tests.acts.test_meeting import called
from tests.acts.world import World
from tests.web.town import answered, filed, page_of, published, signed_in
from yishi.core.number import show_number
from yishi.records.models import Message

pytestmark = pytest.mark.django_db


def test_a_visitor_sees_four_doors_and_is_asked_to_sign_in(world: World, client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    text = page.content.decode()
    for door in ("我要反映", "我要议事", "我的诉求", "公开栏"):
        assert door in text
    assert "用手机号登录" in text


def test_staff_go_to_what_is_theirs_to_do(world: World) -> None:
    page = signed_in(world, "分拨员老赵").get("/")
    assert (page.status_code, page["Location"]) == (302, "/work")


def test_what_waits_for_me_is_mine_alone(world: World) -> None:
    own = answered(world)
    mine = signed_in(world, "王桂英").get("/").content.decode()
    assert show_number(own.number) in mine
    assert "条新消息" in mine
    other = signed_in(world, "李建国").get("/").content.decode()
    assert show_number(own.number) not in other
    assert "现在没有" in other


def test_the_talk_page_leads_on(world: World, client: Client) -> None:
    page = client.get("/talk")
    assert page.status_code == 200
    assert 'href="/report/new"' in page.content.decode()


def test_a_number_opens_what_is_public(world: World, client: Client) -> None:
    own = answered(world)
    uid = published(world, own)
    for typed in (own.number, show_number(own.number), f" {show_number(own.number)} "):
        page = client.get("/number", {"number": typed})
        assert (page.status_code, page["Location"]) == (302, f"/board/{uid}")


def test_the_number_of_a_topic_and_of_a_meeting_leads_to_it(world: World, client: Client) -> None:
    hall = make_hall(world, "siyi")
    topic = hall.topic(hall.raise_("地下室水泵谁来修"))
    page = client.get("/number", {"number": show_number(topic.number)})
    assert (page.status_code, page["Location"]) == (302, f"/topics/{topic.uid}")
    page = client.get("/search", {"q": topic.number})
    assert (page.status_code, page["Location"]) == (302, f"/topics/{topic.uid}")
    meeting = called(hall)
    page = client.get("/number", {"number": show_number(meeting.number)})
    assert (page.status_code, page["Location"]) == (302, f"/meetings/{meeting.uid}")


def test_a_number_that_is_not_public_tells_no_more_than_one_nobody_has(
    world: World, client: Client
) -> None:
    own = filed(world)
    there = client.get("/number", {"number": own.number})
    nobody = client.get("/number", {"number": "26038765432"})
    assert there.status_code == 404
    assert nobody.status_code in (404, 422)
    assert "楼下的井盖" not in there.content.decode()
    assert "请用当时的手机号登录" in there.content.decode()


def test_ones_own_number_opens_ones_own_matter(world: World) -> None:
    own = filed(world)
    page = signed_in(world, "王桂英").get("/number", {"number": own.number})
    assert (page.status_code, page["Location"]) == (302, page_of(own))
    other = signed_in(world, "李建国").get("/number", {"number": own.number})
    assert other.status_code == 404


@pytest.mark.parametrize("typed", ["12", "26114821354", "x" * 300, "<b>1</b>"])
def test_a_mistyped_number_is_said_so(world: World, client: Client, typed: str) -> None:
    page = client.get("/number", {"number": typed})
    assert page.status_code == 422
    assert "<b>1</b>" not in page.content.decode()


def test_messages_are_mine_and_count_as_read_once_their_matter_is_opened(world: World) -> None:
    own = answered(world)
    client = signed_in(world, "王桂英")
    page = client.get("/messages").content.decode()
    assert page_of(own) in page
    assert page.count("tag soon") == Message.objects.filter(read_at=None).count()
    client.get(page_of(own))
    assert Message.objects.filter(read_at=None).count() == 0
    assert "tag soon" not in client.get("/messages").content.decode()
    assert page_of(own) not in signed_in(world, "李建国").get("/messages").content.decode()


def test_a_message_is_said_in_the_readers_language(world: World) -> None:
    own = answered(world)
    Message.objects.update(text="已发出的话")
    client = signed_in(world, "王桂英")
    assert "已发出的话" in client.get("/messages").content.decode()
    client.post("/prefs", {"lang": "en"})
    said = client.get("/messages").content.decode()
    assert "已发出的话" not in said
    assert f"Your matter {show_number(own.number)} has been answered" in said


def test_a_visitor_has_no_messages(world: World, client: Client) -> None:
    page = client.get("/messages")
    assert (page.status_code, page["Location"]) == (302, "/sign-in?next=%2Fmessages")


@pytest.mark.parametrize(
    ("sent", "cookie", "value"),
    [
        ({"elder": "on"}, "yishi_elder", "on"),
        ({"elder": "off"}, "yishi_elder", "off"),
        ({"mode": "dark"}, "yishi_mode", "dark"),
        ({"lang": "en"}, "yishi_language", "en"),
    ],
)
def test_a_preference_is_kept_in_a_cookie(
    client: Client, sent: dict[str, str], cookie: str, value: str
) -> None:
    page = client.post("/prefs", {**sent, "next": "/board?page=2"})
    assert (page.status_code, page["Location"]) == (302, "/board?page=2")
    assert page.cookies[cookie].value == value
    assert page.cookies[cookie]["httponly"]


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "javascript:1", ""])
def test_a_preference_never_leads_to_another_house(client: Client, to: str) -> None:
    page = client.post("/prefs", {"mode": "pink", "next": to})
    assert page["Location"] == "/"
    assert dict(page.cookies) == {}


def test_a_preference_is_only_sent(client: Client) -> None:
    assert client.get("/prefs").status_code == 405


def test_english_is_whole(world: World, client: Client) -> None:
    client.cookies["yishi_language"] = "en"
    text = client.get("/").content.decode()
    assert "What is it today?" in text
