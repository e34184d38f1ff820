"""同类诉求 at a browser: one types, an open matter like it is offered, one tap joins it."""

import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.conftest import Demo
from tests.browser.hands import NUMBER, Hands, picture

JOIN = "button[name=join]"


def own_words(page: Page) -> str:
    return page.locator("[name=text]").input_value()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_while_one_types_it_is_offered_and_one_tap_joins(
    demo: Demo, browser: Browser, tmp_path: Path, size: str
) -> None:
    at = Hands(browser, demo.address, size).as_("demo-luo")
    at.go("/b/CX03")
    asked: list[Request] = []
    at.page.on("request", lambda r: asked.append(r) if r.method == "POST" else None)
    words = f"春晓大道工地夜间打桩施工，吵得睡不着（{size}）"
    at.page.locator("[name=photos]").set_input_files(picture(tmp_path / "a.jpg", (90, 90, 90)))
    at.page.locator("[name=text]").press_sequentially(words, delay=15)
    at.until(f"document.querySelectorAll('{JOIN}').length > 0")
    assert len(asked) == 1, "once a pause, never a key"
    sent = parse_qs(asked[0].post_data or "", keep_blank_values=True)
    assert set(sent) == {"csrfmiddlewaretoken", "text", "spot", "similar"}
    offers = at.page.locator("ul.similar > li")
    assert 1 <= offers.count() <= 5
    said = at.page.locator("#similar").inner_text()
    assert "春晓花园" in said and "同一小区" in said
    assert "郑雅文" not in said and "明天还要上班" not in said
    assert not at.page.locator("button[name=similar]").is_visible()
    at.see("similar", axe=True)
    with at.page.expect_navigation():
        at.page.locator(JOIN).first.click()
    number = re.findall(NUMBER, at.text())[0]
    assert "同类诉求一起办" in at.text()
    at.go("/reports")
    assert number in at.text()
    at.close()
    assert at.wrong == []


def test_without_scripts_a_button_shows_them_and_nothing_is_lost(
    demo: Demo, browser: Browser, tmp_path: Path
) -> None:
    at = Hands(browser, demo.address, "phone", scripts=False).as_("demo-sima")
    at.go("/b/CX04")
    form = at.page.locator("form.form")
    words = "春晓大道工地夜间施工打桩，吵得老人睡不着"
    photo = picture(tmp_path / "b.jpg", (120, 90, 90))
    at.fill(form, photos=photo, text=words, nature="help", spot="东门")
    with at.page.expect_navigation():
        at.page.locator("button[name=similar]").click()
    assert own_words(at.page) == words
    assert at.page.locator("[name=spot]").input_value() == "东门"
    assert at.page.locator("[name=kept_photos]").count() == 1
    # Enter in a line sends the form as it is: it joins nothing.
    assert at.page.locator("form.form button").first.get_attribute("name") is None
    with at.page.expect_navigation():
        at.page.locator(JOIN).first.click()
    assert re.findall(NUMBER, at.text())
    at.close()
    assert at.wrong == []


def test_a_dispatcher_sees_the_burst_and_the_pair(demo: Demo, browser: Browser) -> None:
    at = Hands(browser, demo.address, "desk").as_("demo-dispatcher")
    at.go("/work")
    assert "热点" in at.text()
    at.go("/groups")
    assert "春晓花园" in at.text() and "路灯" in at.text()
    at.see("groups", axe=True)
    with at.page.expect_navigation():
        at.page.locator("article a[href*='merge']").first.click()
    assert at.page.locator("[name=main]").count() >= 2
    at.close()
    assert at.wrong == []
