"""并案 and 争议裁定: many residents about one car park, and a row that was argued about."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.hands import AXES, Hands, picture

DISPATCHER, PROPERTY, GRID, ADMIN = "demo-dispatcher", "demo-property", "demo-grid2", "demo-admin"
# Eight raised it before, and one matter holds them.
MAIN = "十几个车位锁着没人停"
SAME = ("东门车位还有人锁着，快递车进不来。", "东门停车场的地锁没人管，回来晚了只能停路边。")
OTHER = "东门停车场的灯三盏不亮，夜里看不见。"
ANSWER = "地锁全部拆了，车位按先来后到停，物业每晚巡一次。"
# What each of them reads, oldest first; times left out. Who came early reads what was done since.
HERS = ["反映了这件事，最迟…前定下由谁来办", "与同类诉求并案办理；编号、答复和评价各归各的"]
BEFORE = [
    "安和物业服务有限公司先作了临时处置：“先把占了消防通道的四辆车请走，通道画上黄线。”",
    "安和物业服务有限公司与居民通了话",
]
DONE = [
    "安和物业服务有限公司办完了（柳荫社区居委会还在办）：“拆地锁十七把，重画车位线。”",
    "没有经手的人核查过：确实办好了",
    f"已答复：“{ANSWER}”",
]
STARS = dict.fromkeys(AXES, "5")


@pytest.mark.slow
def test_one_car_park_and_many_residents(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    phone, desk = Hands(browser, demo.address), Hands(browser, demo.address, "desk")
    photo = picture(tmp_path / "locks.jpg", (126, 124, 118))

    # Three more raise it by their phones; one of them means something else.
    _, hers = phone.file("demo-he", "LY07", SAME[0], photo)
    phone.file("demo-hu", "LY10", SAME[1], photo)
    number, lamps = phone.file("demo-gao", "LY12", OTHER, photo)

    # The dispatcher picks them in the list and looks at them side by side.
    desk.as_(DISPATCHER).go("/cases?q=东门&open=yes")
    for words in (MAIN, *SAME, OTHER):
        row = desk.page.locator("article.row", has_text=words)
        row.locator("[name=case]").check()
    desk.see("many-picked", axe=True)
    desk.send(desk.page.locator("form[action$='/merge']"))
    desk.see("many-side-by-side", axe=True)
    chosen = desk.page.locator("label.choice:has([name=main]:checked)").inner_text()
    assert MAIN in chosen
    form = desk.form("merge")
    desk.fill(form, why="同一处停车场")
    desk.send(form)
    main = desk.page.url.rsplit("/", 1)[1]
    assert "11位居民反映" in desk.text()

    # The lamps are another matter: taken out again, they wait for their own unit.
    row = desk.page.locator("#merged li", has_text="灯三盏不亮")
    with desk.page.expect_navigation():
        row.locator("a.button").click()
    desk.see("many-take-out", axe=True)
    form = desk.form("unmerge")
    desk.fill(form, why="说的是路灯，不是地锁")
    desk.send(form)
    assert "dispatch" in desk.offers()
    assert "10位居民反映" in case_text(desk, main)
    assert desk.find(number) != main

    # The window for giving it back has closed: the property does it, and a neighbour looks.
    phone.as_(PROPERTY).go(f"/cases/{main}")
    assert "ask-return" not in phone.offers()
    phone.see("many-property", axe=True)
    phone.do("submit", words="拆地锁十七把，重画车位线。", proofs=photo, why_open="居委会还在劝")
    phone.work(GRID, main, "check", passed="yes", words="一把锁也没有了。")
    phone.work(PROPERTY, main, "answer", words=ANSWER)

    # One answer, and each reads it, with nobody else's words, and rates it alone.
    phone.as_("demo-he").go(f"/reports/{hers}")
    phone.see("many-answered", axe=True)
    assert ANSWER in phone.text()
    assert SAME[0] in phone.text()
    assert SAME[1] not in phone.text()
    phone.do("rate", solved="yes", satisfaction="satisfied", words="回家有位子了。", **STARS)
    assert phone.story() == [*HERS, *DONE, "居民评价：已解决，满意：“回家有位子了。”"]
    phone.as_("demo-chen").go("/reports")
    with phone.page.expect_navigation():
        phone.page.locator("a[data-row]", has_text="地锁绊倒过人").first.click()
    assert ANSWER in phone.text()
    phone.do("rate", solved="yes", satisfaction="basically", words="", **STARS)
    assert phone.story() == [*HERS, *BEFORE, *DONE, "居民评价：已解决，基本满意"]
    phone.as_("demo-gao").go(f"/reports/{lamps}")
    assert phone.story() == [*HERS, "从并案中分出，单独办理"]
    assert ANSWER not in phone.text()
    assert phone.wrong + desk.wrong == []


def case_text(at: Hands, case: str) -> str:
    """What stands on a case's page."""
    at.go(f"/cases/{case}")
    return at.text()


@pytest.mark.slow
def test_a_ruling_teaches_the_list(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    phone, desk = Hands(browser, demo.address), Hands(browser, demo.address, "desk")

    # The arbitrator reads both sides, rules, and proposes what the list should say.
    desk.as_("demo-ruling").go("/work")
    desk.see("ruling-work")
    with desk.page.expect_navigation():
        desk.page.locator("a[data-row]", has_text="后墙根常年冒水").first.click()
    with desk.page.expect_navigation():
        desk.page.locator("#acts a.button[href*='/rule']").click()
    desk.see("ruling", axe=True)
    assert "听漏三次，供水管不漏" in desk.text()
    form = desk.form("rule")
    form.locator("[name=lead]").select_option(label="区市政设施管理处")
    desk.fill(
        form,
        words="现场开挖，水从墙后雨水沟来，由市政设施管理处主办。",
        amend="yes",
        area="船厂社区",
        grade="墙后雨水沟渗水",
        why="船厂一带墙后都是市政雨水沟，写明了不再来回推。",
    )
    desk.send(form)
    assert desk.refusal() == ""
    assert desk.story()[0] == (
        "争议裁定：由区市政设施管理处主办："
        "“现场开挖，水从墙后雨水沟来，由市政设施管理处主办”，最迟…前办结"
    )

    # The administrator reads what would change and publishes the next version in one click.
    desk.as_(ADMIN).go("/rules/amendments?state=proposed")
    with desk.page.expect_navigation():
        desk.page.locator("#main tbody tr", has_text="墙后雨水沟渗水").locator("a").first.click()
    desk.see("ruling-amendment", axe=True)
    desk.do("publish")
    desk.see("ruling-published", axe=True)
    assert "已入清单" in desk.text()
    assert "职责清单第2版" in desk.text()

    # The next one who raises it meets the row that was argued about, and it says whose it is.
    photo = picture(tmp_path / "wall.jpg", (118, 118, 112))
    number, report = phone.file("demo-you", "CC05", "五栋后墙根又冒水了，鞋都湿了。", photo)
    case = desk.as_(DISPATCHER).find(number)
    desk.go(f"/cases/{case}/dispatch?q=冒水")
    row = desk.page.locator("label.choice", has_text="墙后雨水沟渗水")
    assert "区市政设施管理处" in row.inner_text()
    row.click()
    desk.send(desk.form("dispatch"))
    assert desk.refusal() == ""
    phone.go(f"/reports/{report}")
    assert phone.story()[1] == "已派给区市政设施管理处，最迟…前办结"
    assert phone.wrong + desk.wrong == []
