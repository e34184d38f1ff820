"""What an answer may lack is shown before it is sent; pressed again, it is sent all the same."""

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from yishi.records.models import Assignment, Case

MANHOLE = "楼下的井盖不见了，昨晚差点有人掉下去"
EMPTY = "这只说了“收到”。办了什么、打算怎么办、什么时候办？"
NO_DATE = "没有写时间：哪天办的，或最迟哪天办好？"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning, with a browser for each person."""
    return Desk(world, at(monkeypatch))


@pytest.fixture
def handled(desk: Desk) -> Case:
    """A case whose lead unit has spoken with the resident."""
    case = desk.filed(MANHOLE)
    desk.post("分拨员老赵", case, "dispatch", duty=desk.world.duties["井盖缺失"].uid)
    desk.post("城管小孙", case, "sign")
    desk.post("水务小吴", case, "sign")
    desk.post("城管小孙", case, "contact", reached="yes", note="今天下午装好")
    desk.post("水务小吴", case, "submit", words="不是水务井盖", proofs=jpeg())
    return case


def said(page: str) -> list[str]:
    """What the page says was noticed."""
    piece = re.search(r'id="noticed".*?</section>', page, re.S)
    return re.findall("<p data-said>(.*?)</p>", piece.group()) if piece else []


def test_an_empty_result_is_shown_again_with_what_it_lacks(desk: Desk, handled: Case) -> None:
    typed: dict[str, Any] = {"words": "已收悉，感谢您的支持。", "proofs": jpeg(), "noticed": ""}
    answer = desk.send("城管小孙", handled, "submit", **typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert said(page) == [EMPTY]
    assert "已收悉，感谢您的支持。</textarea>" in page
    assert "照样发出" in page
    assert 'name="kept_proofs"' in page
    assert not Assignment.objects.filter(case=handled, is_lead=True).exclude(result="").exists()


def test_pressed_again_it_is_sent(desk: Desk, handled: Case) -> None:
    lacking = {"words": "已收悉，感谢您的支持。", "noticed": "empty"}
    desk.post("城管小孙", handled, "submit", proofs=jpeg(), **lacking)
    lead = Assignment.objects.get(case=handled, is_lead=True)
    assert lead.result == "已收悉，感谢您的支持。"


def test_what_was_not_shown_yet_is_shown(desk: Desk, handled: Case) -> None:
    typed: dict[str, Any] = {"words": "井盖已换新。", "proofs": jpeg(), "noticed": "empty"}
    page = desk.send("城管小孙", handled, "submit", **typed).content.decode()
    assert said(page) == [NO_DATE]
    assert 'name="noticed" value="no_date"' in page


def test_a_whole_result_goes_at_once(desk: Desk, handled: Case) -> None:
    whole = {"words": "3月11日下午已在楼下换上新井盖，明天再查一遍四周。", "noticed": ""}
    desk.post("城管小孙", handled, "submit", proofs=jpeg(), **whole)


def test_the_answer_to_the_resident_is_looked_at_too(desk: Desk, handled: Case) -> None:
    desk.post("城管小孙", handled, "submit", words="3月11日已换新井盖", proofs=jpeg())
    desk.post("网格员小陈", handled, "check", passed="yes", words="已到现场")
    answer = desk.send("城管小孙", handled, "answer", words="感谢您的反映！", noticed="")
    assert said(answer.content.decode()) == [EMPTY]
    desk.post("城管小孙", handled, "answer", words="感谢您的反映！", noticed="empty")
    handled.refresh_from_db()
    assert handled.state == "answered"


def on_the_spot(desk: Desk, answer: str) -> dict[str, object]:
    return {
        "key": "press-spot",
        "words": "楼道堆了纸箱",
        "where": f"building:{desk.world.buildings['柳荫1栋'].uid}",
        "answer": answer,
        "proofs": jpeg(),
        "nature": "complaint",
        "channel": "grid",
        "consent": "yes",
    }


def test_on_the_spot_no_date_is_asked_for_but_a_deed_is(desk: Desk) -> None:
    browser = desk.browser("网格员小陈")
    again = browser.post(reverse("on_spot"), on_the_spot(desk, "谢谢反映，已记录。"))
    page = again.content.decode()
    assert (again.status_code, Case.objects.count()) == (200, 0)
    assert said(page) == [EMPTY]
    assert "谢谢反映，已记录。</textarea>" in page
    sent = on_the_spot(desk, "谢谢反映，已记录。") | {"noticed": "empty"}
    assert browser.post(reverse("on_spot"), sent).status_code == 302
    assert Case.objects.count() == 1


def test_a_device_is_told_while_somebody_is_there_and_held_up_by_nothing_later(desk: Desk) -> None:
    browser = desk.browser("网格员小陈")
    headers = {"X-Yishi-Draft": browser.get("/outbox").json()["who"]}
    typed = on_the_spot(desk, "谢谢反映，已记录。")
    told = browser.post(reverse("on_spot"), typed | {"flash": "yes"}, headers=headers).json()
    assert (told["state"], told["said"]) == ("noticed", EMPTY)
    assert 'name="noticed" value="empty"' in told["html"]
    typed["proofs"] = jpeg()
    assert browser.post(reverse("on_spot"), typed, headers=headers).json()["state"] == "sent"
