"""While it is open: more time, time that stands still; urging, adding, withdrawing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.hands import Hands, picture

DISPATCHER, UNIT, RESIDENT = "demo-dispatcher", "demo-road", "demo-zheng"
# What she reads, oldest first; times left out.
STORY = [
    "反映了这件事，最迟…前定下由谁来办",
    "已派给区市政设施管理处，最迟…前办结",
    "区市政设施管理处签收了",
    "同意区市政设施管理处延期 1 个工作日：“同意，先把灯杆扶稳”，最迟…前办结",
    "区市政设施管理处暂时无法继续办理（已列入工程计划，按工期推进），已中止：“同意，养护期间请围好”，至…",
    "恢复办理：“混凝土强度够了，今天立杆”，最迟…前办结",
]


@pytest.mark.slow
def test_more_time_and_time_that_stands_still(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    phone, desk = Hands(browser, demo.address), Hands(browser, demo.address, "desk")
    photo = picture(tmp_path / "lamp.jpg", (96, 98, 104))
    number, report = phone.file(RESIDENT, "CX06", "六号楼前的路灯杆歪了，灯也不亮。", photo)
    case = desk.as_(DISPATCHER).find(number)
    desk.go(f"/cases/{case}/dispatch?q=路灯")
    desk.page.locator("label.choice", has_text="路灯不亮").click()
    desk.send(desk.form("dispatch"))
    phone.work(UNIT, case, "sign")

    # The unit asks for a day more; the dispatcher agrees; she reads it, with the new day.
    phone.do("ask-extension", length="1", reason="灯杆要重做基础，混凝土要养护。")
    phone.see("waiting-asked", axe=True)
    desk.as_(DISPATCHER).go(f"/cases/{case}")
    desk.see("waiting-extension", axe=True)
    desk.do("decide-extension", accepted="yes", words="同意，先把灯杆扶稳。")
    phone.as_(RESIDENT).go(f"/reports/{report}")
    assert phone.story() == STORY[:4]

    # It cannot go on: agreed until a day, and her page shows that no clock runs.
    phone.work(
        UNIT,
        case,
        "ask-suspension",
        ground="works",
        until="2026-11-27",
        reason="基础已浇筑，养护七天才能立杆。",
    )
    desk.go(f"/cases/{case}")
    desk.see("waiting-suspension", axe=True)
    desk.do("decide-suspension", accepted="yes", words="同意，养护期间请围好。")
    desk.see("waiting-suspended", axe=True)
    phone.as_(RESIDENT).go(f"/reports/{report}")
    phone.see("waiting-stands-still", axe=True)
    assert phone.story() == STORY[:5]
    assert "11月27日24:00" in phone.text()

    # The ground is gone earlier: it goes on by the unit's word.
    phone.work(UNIT, case, "resume", words="混凝土强度够了，今天立杆。")
    phone.as_(RESIDENT).go(f"/reports/{report}")
    phone.see("waiting-goes-on", axe=True)
    assert phone.story() == STORY
    assert phone.wrong + desk.wrong == []


@pytest.mark.slow
def test_she_urges_adds_and_withdraws(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    phone, tablet = Hands(browser, demo.address), Hands(browser, demo.address, "desk")
    photo = picture(tmp_path / "door.jpg", (140, 132, 120))
    _, report = phone.file("demo-yu", "LY09", "一号楼单元门关不上，夜里谁都能进。", photo)
    other, mistaken = phone.file("demo-yu", "LY09", "楼下有人装修太吵。", photo)

    # She presses on two devices; the second is told from when she may again.
    tablet.as_("demo-yu").go(f"/reports/{report}")
    phone.go(f"/reports/{report}")
    phone.see("thread", axe=True)
    phone.do("urge", words="昨晚有人进来翻快递。")
    form = tablet.form("urge")
    tablet.fill(form, words="再催一次。")
    tablet.send(form)
    tablet.see("thread-urged-twice", axe=True)
    assert tablet.refusal() == "您已经催过了"
    assert "过一段时间可以再催" in tablet.text()
    form = phone.form("supplement")
    phone.fill(form, words="门锁舌头断了，拍给你们看。", photos=photo)
    phone.see("thread-adds", axe=True)
    phone.send(form)
    assert phone.page.locator(".photos img").count() == 2
    assert phone.story() == [
        "反映了这件事，最迟…前定下由谁来办",
        "催办：“昨晚有人进来翻快递。”",
        "作了补充，附1张照片：“门锁舌头断了，拍给你们看。”",
    ]

    # The other one was nothing: withdrawn before anybody has it, and nobody works on it.
    phone.go(f"/reports/{mistaken}")
    with phone.page.expect_navigation():
        phone.page.locator("#thread a.button").click()
    phone.see("thread-withdraw", axe=True)
    phone.do("withdraw", words="他们今天已经停了。")
    phone.see("thread-withdrawn", axe=True)
    assert phone.story()[-1] == "撤回了这件事：“他们今天已经停了。”"
    assert phone.page.locator("#thread").count() == 0
    case = tablet.as_(DISPATCHER).find(other)
    tablet.go(f"/cases/{case}")
    tablet.see("thread-withdrawn-staff", axe=True)
    assert {"dispatch", "split", "merge", "refuse"} & tablet.offers() == set()
    assert phone.wrong + tablet.wrong == []
