"""拆分: water, gas and cables in one trench. One matter, three units, a single answer."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.hands import Hands, picture

WORDS = "石桥新村门口一条沟挖开三样：水管渗水、燃气软管裂了、网线断着。"
WATER, GAS, CABLES = "demo-water", "demo-office", "demo-telecom"
PARTS = (
    ("供水管渗水，修好并回填", "管道漏水"),
    ("燃气软管裂了，检查更换", "软管老化"),
    ("断了的网线接通、收整", "通信线缆"),
)
SPLIT = (
    "拆分为 3 部分，由清河水务有限公司、望江街道办事处、清河通信管线有限公司分别办理，"
    "清河水务有限公司主办，最迟…前办结"
)
# What she reads, oldest first; times left out.
STORY = [
    "反映了这件事，最迟…前定下由谁来办",
    SPLIT,
    "清河水务有限公司签收了",
    "望江街道办事处签收了",
    "清河通信管线有限公司签收了",
    "清河水务有限公司与居民通了话",
    "望江街道办事处办完了自己那部分：“软管换成金属波纹管，查漏合格。”",
    "清河通信管线有限公司办完了自己那部分：“网线接通，走了套管。”",
    "清河水务有限公司办完了：“水管换了接头，沟已回填。”",
    "没有经手的人核查过：确实办好了",
    "已答复：“水管、燃气管、网线三样都好了，沟也填平了。”",
]


@pytest.mark.slow
def test_one_trench_and_three_units(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    phone = Hands(browser, demo.address)
    # The dispatcher's machine runs no scripts.
    desk = Hands(browser, demo.address, "desk", scripts=False)
    photo = picture(tmp_path / "trench.jpg", (134, 126, 112))
    number, report = phone.file("demo-luo", "SQ04", WORDS, photo)

    # Two parts stand on the page, a third is asked for; each looks up its row of the list.
    case = desk.as_("demo-dispatcher").find(number)
    desk.go(f"/cases/{case}")
    with desk.page.expect_navigation():
        desk.page.locator("#acts a.button[href*='/split']").click()
    press(desk, "more")
    for at, (title, words) in enumerate(PARTS):
        form = desk.form("split")
        desk.fill(form, **{f"title_{at}": title, f"q_{at}": words})
    press(desk, "find")
    for at, (title, words) in enumerate(PARTS):
        part = desk.page.locator("fieldset.part").nth(at)
        assert part.locator(f"[name=title_{at}]").input_value() == title
        part.locator("label.choice", has_text=words).first.click()
    desk.picture("parts-chosen")
    press(desk, "split")
    assert desk.refusal() == ""
    assert desk.story()[0] == SPLIT

    # Each signs for its own. The lead cannot settle while a part is open.
    for login in (WATER, GAS, CABLES):
        phone.work(login, case, "sign")
    phone.work(WATER, case, "contact", reached="yes", note="三家一起进场")
    phone.see("parts-lead", axe=True)
    settle(phone, photo)
    assert phone.refusal() == "协办单位还在办"
    assert "望江街道办事处、清河通信管线有限公司" in phone.page.locator("#refusal").inner_text()
    phone.see("parts-open", axe=True)
    phone.work(GAS, case, "submit", words="软管换成金属波纹管，查漏合格。", proofs=photo)
    phone.work(CABLES, case, "submit", words="网线接通，走了套管。", proofs=photo)
    phone.as_(WATER).go(f"/cases/{case}")
    settle(phone, photo)
    assert phone.refusal() == ""
    phone.work("demo-grid-sq", case, "check", passed="yes", words="沟填平了，水、气、网都通。")
    phone.work(WATER, case, "answer", words="水管、燃气管、网线三样都好了，沟也填平了。")

    # She reads one answer.
    phone.as_("demo-luo").go(f"/reports/{report}")
    phone.see("parts-answered", axe=True)
    assert phone.story() == STORY
    answers = phone.page.locator("section.card", has_text="三样都好了")
    assert answers.count() == 1
    assert phone.wrong == []


def press(at: Hands, do: str) -> None:
    """One of the buttons of the page of parts."""
    with at.page.expect_navigation():
        at.form("split").locator(f"button.button[value={do}]").first.click()


def settle(at: Hands, photo: Path) -> None:
    """The lead submits the result, without saying why a part is open."""
    form = at.form("submit")
    at.fill(form, words="水管换了接头，沟已回填。", proofs=photo)
    at.send(form)
    if at.page.locator("#noticed").count():
        # What the result may lack was read; it is sent all the same.
        at.send(at.form("submit"))
