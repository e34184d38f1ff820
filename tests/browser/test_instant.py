"""秒回 in a browser: drafted, approved by somebody else, sent at once, and not enough for one."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.hands import Hands, picture

DISPATCHER, LEADER, RESIDENT = "demo-dispatcher", "demo-leader", "demo-chen"
ANSWER = "柳荫苑电梯年检，今天下午五点前恢复。行动不便的，打物业电话，有人陪您上下楼。"


@pytest.mark.slow
def test_a_hot_question_is_answered_at_once(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    phone, desk = Hands(browser, demo.address), Hands(browser, demo.address, "desk")
    desk.as_(DISPATCHER).go("/instant")
    desk.see("instant-list", axe=True)
    with desk.page.expect_navigation():
        desk.page.locator("a.button[href='/instant/new']").click()
    form = desk.page.locator("form.form")
    desk.fill(
        form,
        title="柳荫苑电梯年检",
        words="电梯停了\n电梯+年检",
        answer=ANSWER,
        until_at="2026-11-22T20:00",
    )
    with desk.page.expect_navigation():
        form.locator("button[name=preview]").click()
    desk.see("instant-preview", axe=True)
    assert "最近30天的" in desk.text()
    desk.send(desk.page.locator("form.form"))
    text = desk.page.url.removeprefix(demo.address)
    assert desk.page.locator("form[action$='/approve']").count() == 0

    # Somebody else reads and approves it.
    phone.as_(LEADER).go(text)
    phone.see("instant-approve", axe=True)
    phone.do("approve")
    assert "已生效" in phone.text() or "生效中" in phone.text()

    # It answers the next one, photo and all.
    photo = picture(tmp_path / "lift.jpg", (120, 120, 128))
    phone.as_(RESIDENT).go("/b/LY01")
    form = phone.page.locator("form.form")
    phone.fill(form, photos=photo, text="一栋电梯停了，怎么回事？", nature="consult")
    phone.send(form)
    phone.see("instant-filed", axe=True)
    assert ANSWER in phone.text()
    report = phone.page.url.removesuffix("/filed").rsplit("/", 1)[1]

    # Not enough for her: one tap, and it is in the queue.
    phone.do("unsolved")
    assert phone.page.url == f"{demo.address}/reports/{report}"
    phone.see("instant-unsolved", axe=True)
    assert phone.story() == [
        f"反映了这件事，当即秒回（柳荫苑电梯年检）：“{ANSWER}”",
        "表示秒回后还没解决；已转人工办理，时限从提出时算起",
    ]
    desk.as_(DISPATCHER).go("/cases?queue=to_dispatch&page=9")
    desk.see("instant-queue")
    assert "秒回后仍未解决" in desk.text()
    desk.go(text)
    desk.see("instant-counted", axe=True)
    assert "100.0%" in desk.text()
    desk.do("end", why="年检结束，电梯已恢复。")
    assert "已停用" in desk.text()
    assert phone.wrong + desk.wrong == []
