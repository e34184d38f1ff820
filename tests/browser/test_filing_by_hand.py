"""Filing in a few seconds: a pasted chat message with its screenshots; three taps on the spot."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Demo
from tests.browser.hands import Hands, picture

PASTE = """([text, files]) => {
  const carry = new DataTransfer();
  if (text) carry.setData('text/plain', text);
  for (const [name, data] of files) {
    const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
    carry.items.add(new File([bytes], name, { type: 'image/jpeg' }));
  }
  const at = document.activeElement || document.body;
  const how = { clipboardData: carry, bubbles: true, cancelable: true };
  at.dispatchEvent(new ClipboardEvent('paste', how));
}"""
SENT = "document.querySelector('[name=photos]').files.length"


def paste(page: Page, text: str = "", *files: Path) -> None:
    held = [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files]
    page.evaluate(PASTE, [text, held])


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    return [picture(tmp_path / f"{n}.jpg", (100 + n * 20, 120, 130)) for n in range(3)]


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_chat_message_with_screenshots_is_pasted(
    demo: Demo, browser: Browser, photos: list[Path], size: str
) -> None:
    at = Hands(browser, demo.address, size).as_("demo-grid")
    at.go("/work/file")
    paste(at.page, "王桂英 11/20 09:12\n门口路灯不亮三天了，我电话 139 0000 1234", *photos[:2])
    assert "路灯不亮三天了" in at.page.locator("[name=words]").input_value()
    at.until(f"{SENT} === 2")
    offers = at.page.locator("[data-offers] button")
    assert offers.all_inner_texts() == ["填入电话 139 0000 1234", "填入称呼 王桂英"]
    assert at.page.locator("[name=phone]").input_value() == "", "nothing is filled in by itself"
    assert at.page.locator("[name=name]").input_value() == ""
    at.see("pasted", axe=True)
    offers.first.click()
    offers.first.click()
    assert at.page.locator("[name=phone]").input_value() == "139 0000 1234"
    assert at.page.locator("[name=name]").input_value() == "王桂英"
    paste(at.page, "", photos[2])
    at.until(f"{SENT} === 3")
    at.page.locator(".photo-held button").nth(1).click()
    at.until(f"{SENT} === 2")
    at.close()
    assert at.wrong == []


def test_photos_chosen_one_after_the_other_are_all_kept(
    demo: Demo, browser: Browser, photos: list[Path]
) -> None:
    at = Hands(browser, demo.address).as_("demo-grid")
    at.go("/work/file")
    chooser = at.page.locator("[name=photos]")
    chooser.set_input_files(photos[0])
    at.until(f"{SENT} === 1")
    chooser.set_input_files(photos[1:])
    at.until(f"{SENT} === 3")
    at.close()


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("我是李建国，5栋漏水", ["填入称呼 李建国"]),
        ("王阿姨：楼道灯坏了", ["填入称呼 王阿姨"]),
        ("联系人：欧阳 座机 0591-87654321", ["填入电话 0591-87654321"]),
        ("物业费涨到3.80元，2026112012345678是工单号", []),
        ("位置：5栋门口", []),
        ("我是住在五栋的", []),
        ("打+86 13900001234找张师傅", ["填入电话 +86 13900001234"]),
    ],
)
def test_what_a_message_holds_is_offered_and_nothing_else(
    demo: Demo, browser: Browser, text: str, offered: list[str]
) -> None:
    at = Hands(browser, demo.address).as_("demo-grid")
    at.go("/work/file")
    at.page.locator("[name=words]").fill(text)
    assert at.page.locator("[data-offers] button").all_inner_texts() == offered
    at.close()


def test_three_taps_settle_a_matter_on_the_spot(
    demo: Demo, browser: Browser, photos: list[Path]
) -> None:
    at = Hands(browser, demo.address).as_("demo-grid")
    at.go("/b/LY03")
    assert "/work/file?where=building" in at.page.url, "at work, a poster opens this form"
    at.go("/work")
    at.see("taps-first", axe=True)
    at.page.locator("[data-camera] input").set_input_files(photos[0])  # 1: the camera
    at.page.wait_for_url("**/work/on-spot*")
    at.page.locator("[data-shown] canvas").wait_for()
    at.page.locator("[data-fills] button").first.click()  # 2: what it was
    at.see("taps-ready", axe=True)
    with at.page.expect_navigation(url="**/cases/*"):
        at.page.locator("form[data-draft] .buttons button").first.click()  # 3: send
    assert "柳荫苑3栋" in at.text()
    assert "巡查发现" in at.text()
    assert "已当场处理" in at.text()
    at.see("taps-done")
    at.close()
    assert at.wrong == []


def test_in_elder_mode_and_at_a_desk_nothing_overflows(demo: Demo, browser: Browser) -> None:
    for size in ("phone", "desk"):
        at = Hands(browser, demo.address, size).as_("demo-grid")
        at.page.locator("button[name=elder]").first.click()
        at.page.wait_for_load_state()
        for path in ("/work", "/work/file", "/work/on-spot"):
            at.go(path)
            at.see(f"filing-elder-{path.rsplit('/', 1)[1]}", axe=True)
        for kind in ("list", "file", "on-spot"):
            at.go(f"/offline/{kind}?elder=on")
            at.see(f"shell-elder-{kind}", axe=True)
        at.close()
        assert at.wrong == []
