"""Search, with hands: a dispatcher at a desk, a resident on a phone, a visitor without scripts."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Demo
from tests.browser.hands import Hands


def marks(page: Page) -> list[str]:
    """What is marked on the page."""
    return page.locator("#main mark").all_inner_texts()


def look_for(hands: Hands, words: str) -> None:
    """Types into the box of the page and sends it with Enter."""
    box = hands.page.locator("#main input[type=search]").first
    box.fill(words)
    with hands.page.expect_navigation():
        box.press("Enter")


@pytest.mark.slow
def test_a_dispatcher_finds_a_matter_and_opens_it(demo: Demo, browser: Browser) -> None:
    desk = Hands(browser, demo.address, "desk").as_("demo-dispatcher")
    desk.go("/work")
    look_for(desk, "车位")
    assert set(marks(desk.page)) == {"车位"}
    desk.see("search-desk", axe=True)
    number = desk.page.locator(".row .number").first.inner_text()
    desk.page.locator("[data-row]").first.click()
    assert number in desk.page.locator("#main").inner_text()

    # Its number alone leads there too; so does the key from any page.
    desk.go("/figures")
    with desk.page.expect_navigation():
        desk.page.keyboard.press("/")
    look_for(desk, number)
    assert "/cases/" in desk.page.url
    desk.go("/search?q=车位&open=no")
    look_for(desk, "没有人写过这句话")
    assert marks(desk.page) == []
    desk.see("search-none", axe=True)
    assert desk.wrong == []


@pytest.mark.slow
def test_a_resident_finds_their_own_and_the_board(demo: Demo, browser: Browser) -> None:
    phone = Hands(browser, demo.address).as_("demo-wang")
    phone.go("/")
    look_for(phone, "车位")
    assert set(marks(phone.page)) == {"车位"}
    phone.see("search-phone", axe=True)
    look_for(phone, "，。")
    assert phone.refusal() == "没有可以查找的字"
    phone.see("search-empty", axe=True)
    # The server says 422 to a search for nothing, and the browser's console repeats it.
    assert [line for line in phone.wrong if "422" not in line] == []


@pytest.mark.slow
def test_a_visitor_searches_the_board_without_scripts(demo: Demo, browser: Browser) -> None:
    phone = Hands(browser, demo.address, scripts=False)
    phone.go("/board")
    # Topics stand on the board too; a published matter is a card of its own.
    title = phone.page.locator("#main ul.stack a.card b").first.inner_text()
    look_for(phone, title[:4])
    assert title[:4] in marks(phone.page)
    phone.see("search-board")
    assert phone.wrong == []
