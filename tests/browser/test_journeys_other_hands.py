"""Hands that are not a mouse: a phone without scripts, and a desk worked by keys alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.hands import AXES, Hands, picture


@pytest.mark.slow
def test_reading_filing_and_rating_need_no_scripts(
    demo: Demo, browser: Browser, tmp_path: Path
) -> None:
    at = Hands(browser, demo.address, "phone", scripts=False)
    assert at.go("/") == 200
    assert at.go("/board") == 200
    with at.page.expect_navigation():
        at.page.locator("a.card").first.click()
    assert at.page.locator(".story li").count() >= 3

    at.as_("demo-chen").go("/b/LY01")
    form = at.page.locator("form.form")
    photo = picture(tmp_path / "photo.jpg", (130, 128, 120))
    at.fill(form, text="一栋一楼过道的灯整夜亮着", photos=photo, nature="suggestion")
    at.send(form)
    at.picture("no-scripts-sent")
    follow = at.page.locator("a.button[href*='/reports/']")
    with at.page.expect_navigation():
        follow.click()
    assert "一栋一楼过道的灯整夜亮着" in at.text()
    assert at.page.locator(".photos img").count() == 1

    at.as_("demo-wang").go("/reports")
    with at.page.expect_navigation():
        at.page.locator(".row", has_text="请您评价").locator("a[data-row]").first.click()
    at.do("rate", solved="yes", satisfaction="satisfied", **dict.fromkeys(AXES, "5"))
    assert "已解决，满意" in at.story()[-1]


@pytest.mark.slow
def test_a_dispatcher_gives_a_matter_out_by_keys_alone(demo: Demo, browser: Browser) -> None:
    at = Hands(browser, demo.address, "desk").as_("demo-dispatcher")
    at.go("/cases?queue=to_dispatch")
    keys = at.page.keyboard
    lines = at.page.locator("a[data-row]").all_inner_texts()
    wanted = next(place for place, line in enumerate(lines) if "梧桐路口左转" in line)
    for _row in range(wanted + 1):
        keys.press("j")
    with at.page.expect_navigation():
        keys.press("Enter")
    # It was filed under a row, which is chosen already.
    keys.press("a")
    assert at.page.evaluate("document.activeElement.name") == "duty"
    with at.page.expect_navigation():
        keys.press("Enter")
    assert at.refusal() == ""
    assert "已派给区公安交警大队" in at.page.locator("#notes").inner_text()
