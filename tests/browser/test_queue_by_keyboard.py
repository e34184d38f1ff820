"""A dispatcher clears the queue without touching the mouse, and without scripts by buttons."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.hands import Hands

QUEUE = "/cases?queue=to_dispatch"
# Longer than a key sleeps on a page that nobody can have read yet.
READ_MS = 800


def press(at: Hands, key: str) -> None:
    """Presses a key that leads to another page, after the time it takes to read this one."""
    at.page.wait_for_timeout(READ_MS)
    with at.page.expect_navigation():
        at.page.keyboard.press(key)


def focused(at: Hands) -> str:
    found = at.page.evaluate(
        "(() => { const e = document.activeElement; return e.id || e.name || e.tagName; })()"
    )
    return str(found)


def go_to(at: Hands, words: str) -> list[str]:
    """To the page of the queue that has these words; the lines of it."""
    for page in range(1, 6):
        at.go(f"{QUEUE}&page={page}")
        lines = at.page.locator("a[data-row]").all_inner_texts()
        if any(words in line for line in lines):
            return lines
    raise AssertionError(f"{words} is not in the queue")


def open_first(at: Hands, words: str = "") -> None:
    """From the list to a matter beside it, by keys."""
    lines = go_to(at, words)
    for _ in range(1 + next(n for n, line in enumerate(lines) if words in line)):
        at.page.keyboard.press("j")
    press(at, "o")


def file_one(at: Hands, words: str) -> None:
    """A resident raises a matter, so that the queue holds one we know."""
    at.as_("demo-wang").go("/b/LY04")
    form = at.page.locator("form.form")
    at.fill(form, text=words, nature="help")
    at.send(form)


def test_a_matter_is_dispatched_by_two_keys_and_the_next_one_follows(
    demo: Demo, browser: Browser
) -> None:
    at = Hands(browser, demo.address, "desk")
    file_one(at, "东门口的井盖不见了，两家店的人都绕着走")
    at.as_("demo-dispatcher")
    open_first(at, "东门口的井盖不见了")
    own = at.page.url
    at.page.keyboard.press("d")
    assert at.page.url == own, "nothing is chosen yet, so nothing is sent"
    at.page.keyboard.press("1")
    assert at.page.locator("[name=duty]:checked").count() == 1
    assert focused(at) == "quick_1"
    at.see("queue-chosen", axe=True)
    press(at, "d")
    assert at.page.url != own
    assert "beside=queue" in at.page.url
    done = at.page.locator("#notes").inner_text()
    assert "东门口的井盖不见了" in done
    assert "已派给" in done
    assert "不能撤回" in done
    at.see("queue-next", axe=True)
    at.close()
    assert at.wrong == []


def test_a_key_pressed_twice_does_not_dispatch_an_unread_matter(
    demo: Demo, browser: Browser
) -> None:
    at = Hands(browser, demo.address, "desk")
    file_one(at, "井盖一踩就响，推车的人都怕")
    file_one(at, "井盖边上的砖松了")
    at.as_("demo-dispatcher")
    open_first(at, "井盖一踩就响")
    at.page.keyboard.press("1")
    press(at, "d")
    following = at.page.url
    at.page.keyboard.press("1")
    at.page.keyboard.press("d")
    at.page.wait_for_timeout(300)
    assert at.page.url == following
    at.close()


def test_rows_are_walked_and_forms_opened_by_keys(demo: Demo, browser: Browser) -> None:
    at = Hands(browser, demo.address, "desk").as_("demo-dispatcher")
    open_first(at)
    first = at.page.url
    rows = at.page.locator("a[data-row]")
    at.page.keyboard.press("ArrowDown")
    assert rows.nth(1).evaluate("e => e === document.activeElement")
    at.page.keyboard.press("j")
    at.page.keyboard.press("ArrowUp")
    assert rows.nth(1).evaluate("e => e === document.activeElement")
    ring = rows.nth(1).evaluate("e => getComputedStyle(e, '::after').outlineStyle")
    assert ring == "solid", "the focus is seen"
    press(at, "Enter")
    assert at.page.url != first

    at.page.keyboard.press("s")
    assert focused(at).endswith("why")
    here = at.page.url
    at.page.keyboard.type("d1 2x 关系到全院?")
    assert at.page.url == here, "letters typed in a field are letters"
    assert not at.page.locator("#keys").is_visible()
    assert at.page.locator("textarea[name=why]").input_value() == "d1 2x 关系到全院?"

    at.go(first.removeprefix(demo.address))
    press(at, "Shift+D")
    assert "/dispatch?" in at.page.url
    assert at.page.locator("[data-search]").is_visible()
    at.see("queue-several", axe=True)
    with at.page.expect_navigation():
        at.page.locator("a.back").first.click()
    assert "beside=queue" in at.page.url
    at.close()
    assert at.wrong == []


def test_the_help_sheet_lists_the_keys_and_turns_them_off(demo: Demo, browser: Browser) -> None:
    at = Hands(browser, demo.address, "desk").as_("demo-dispatcher")
    open_first(at)
    at.page.keyboard.press("?")
    sheet = at.page.locator("#keys")
    assert sheet.is_visible()
    for key in ("j", "k", "o", "1", "5", "d", "s", "x"):
        assert sheet.locator(f"kbd:text-is('{key}')").count() == 1, key
    at.see("queue-help", axe=True)
    at.page.keyboard.press("j")
    assert sheet.evaluate("e => e.contains(document.activeElement)"), "the sheet keeps the focus"
    sheet.locator("[data-keys-on]").uncheck()
    at.page.keyboard.press("Escape")
    at.page.reload()
    at.page.keyboard.press("j")
    assert at.page.evaluate("document.activeElement === document.body")
    at.page.keyboard.press("?")
    assert not sheet.is_visible()
    assert at.page.locator(".quick kbd").first.is_hidden()
    at.page.locator("footer [data-keys]").click()
    sheet.locator("[data-keys-on]").check()
    at.page.keyboard.press("Escape")
    at.page.keyboard.press("j")
    assert at.page.locator("a[data-row]:focus").count() == 1
    at.close()
    assert at.wrong == []


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_without_scripts_the_same_by_buttons(demo: Demo, browser: Browser, size: str) -> None:
    at = Hands(browser, demo.address, size)
    file_one(at, f"井盖缺了一角，{size}")
    at.close()
    at = Hands(browser, demo.address, size, scripts=False).as_("demo-dispatcher")
    go_to(at, f"井盖缺了一角，{size}")
    row = at.page.locator("a[data-row]", has_text=f"井盖缺了一角，{size}")
    at.page.goto(f"{demo.address}{row.get_attribute('href')}")
    form = at.page.locator("form.quick")
    form.locator("label.choice").first.click()
    at.send(form)
    assert "已派给" in at.page.locator("#notes").inner_text()
    assert "beside=queue" in at.page.url
    at.close()


def test_in_elder_mode_nothing_overflows(demo: Demo, browser: Browser) -> None:
    at = Hands(browser, demo.address, "phone").as_("demo-dispatcher")
    at.page.locator("button[name=elder]").first.click()
    at.page.wait_for_load_state()
    at.go(QUEUE)
    with at.page.expect_navigation():
        at.page.locator("a[data-row]").first.click()
    at.see("queue-elder", axe=True)
    at.close()
    assert at.wrong == []
