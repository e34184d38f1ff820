"""A grid worker writes without signal; what was written is sent later, once, by nobody else."""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import Demo
from tests.browser.hands import Hands, picture

NUMBER = re.compile(r"\d{4}-\d{4}-\d{3}")
TEXTS = """caches.open('yishi-shell').then(async shelf => {
  const pages = (await shelf.keys()).filter(asked => !asked.url.includes('/static/'));
  const texts = pages.map(async asked => (await shelf.match(asked)).text());
  return (await Promise.all(texts)).map((text, n) => [new URL(pages[n].url).pathname, text]);
})"""
DRAFTS = """new Promise((done, fail) => {
  const asked = indexedDB.open('yishi-drafts');
  asked.onerror = fail;
  asked.onsuccess = () => {
    const all = asked.result.transaction('drafts').objectStore('drafts').getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result.map(d => [d.state, d.line])); };
  };
})"""


@pytest.fixture
def at(demo: Demo, browser: Browser) -> Iterator[Hands]:
    """A grid worker whose phone has been at work with signal once."""
    hands = Hands(browser, demo.address, "phone").as_("demo-grid")
    ready(hands)
    yield hands
    hands.context.set_offline(False)
    hands.close()


def said(words: str) -> str:
    """Words nobody has said before, also where the demo has been tried already."""
    return f"{words}{secrets.token_hex(3)}"


def ready(at: Hands) -> None:
    at.go("/work")
    at.page.evaluate("window.yishiOutbox.ready")
    at.until("navigator.serviceWorker.ready.then(r => r.active.state === 'activated')")


def write(page: Page, words: str) -> None:
    """Writes down what somebody said, in the first building there is."""
    where = page.locator("form[data-draft] [name=where]").first
    if where.get_attribute("type") == "radio":
        where.check()
    else:
        where.select_option(index=1)
    page.locator("[name=words]").fill(words)
    page.locator("[name=consent][value=yes]").check()


def send(page: Page) -> None:
    page.locator("form[data-draft] .buttons button").first.click()


def waiting(at: Hands) -> list[list[str]]:
    found: list[list[str]] = at.page.evaluate(DRAFTS)
    return found


def state(page: Page, word: str) -> None:
    page.locator(f"[data-outbox-list] [data-state={word}]").first.wait_for()


def registered(at: Hands, words: str) -> int:
    """How many matters with these words the office has."""
    at.go(f"/cases?q={words}")
    return at.page.locator("a[data-row]").count()


def test_what_is_written_without_signal_is_sent_once_there_is_some(at: Hands) -> None:
    words = said("地下车库的灯全灭了")
    at.context.set_offline(True)
    at.go("/work/file")
    assert at.page.locator("[data-no-signal]").is_visible()
    write(at.page, words)
    at.see("draft-shell", axe=True)
    send(at.page)
    state(at.page, "waiting")
    assert at.page.locator("[data-count]").first.inner_text() == "1"
    assert "没有信号" in at.page.locator("[data-outbox-list]").inner_text()
    assert at.page.locator("[name=words]").input_value() == ""
    at.see("draft-waiting", axe=True)
    at.context.set_offline(False)
    state(at.page, "sent")
    assert NUMBER.search(at.page.locator("[data-outbox-list]").inner_text())
    assert at.page.locator("[data-count]").first.inner_text() == ""
    at.see("draft-sent", axe=True)
    assert registered(at, words) == 1
    assert at.wrong == []


def test_a_photo_taken_without_signal_arrives_with_it(at: Hands, tmp_path: Path) -> None:
    words = said("水泵房门口积水没过脚面")
    at.context.set_offline(True)
    at.go("/work/on-spot")
    form = at.page.locator("form[data-draft]")
    at.page.locator("[data-fills] button").first.click()
    at.fill(form, words=words, answer="已抽干", proofs=picture(tmp_path / "p.jpg", (120, 130, 140)))
    at.page.locator("[data-shown] canvas").wait_for()
    at.page.locator("#where").select_option(index=1)
    send(at.page)
    state(at.page, "waiting")
    at.context.set_offline(False)
    state(at.page, "sent")
    assert registered(at, words) == 1
    with at.page.expect_navigation():
        at.page.locator("a[data-row]").click()
    assert "已抽干" in at.text()
    assert at.page.locator(".photos img").count() == 1


def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_filed_twice(at: Hands) -> None:
    words = said("三单元门禁坏了敞着")

    def lose(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch()
        route.abort()

    at.go("/work/file")
    at.page.route("**/work/file", lose)
    write(at.page, words)
    send(at.page)
    state(at.page, "trying")
    assert at.page.locator("[data-edit]").count() == 0, "what may have arrived is not rewritten"
    at.page.unroute("**/work/file")
    at.page.locator("[data-send]").click()
    state(at.page, "sent")
    number = NUMBER.search(at.page.locator("[data-outbox-list]").inner_text())
    assert number is not None
    assert registered(at, words) == 1
    assert number[0] in at.text()


def test_two_tabs_send_the_same_draft_at_once(demo: Demo, browser: Browser) -> None:
    """Even where the tabs cannot agree who goes first, the door answers both with one number."""
    words = said("垃圾桶盖少了一个")
    at = Hands(browser, demo.address, "phone")
    at.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})"
    )
    at.as_("demo-grid")
    ready(at)
    at.context.set_offline(True)
    at.go("/work/file")
    write(at.page, words)
    send(at.page)
    state(at.page, "waiting")
    other = at.context.new_page()
    other.goto(f"{demo.address}/work/file")
    state(other, "waiting")
    posts: list[str] = []
    at.context.on(
        "request", lambda asked: posts.append(asked.url) if asked.method == "POST" else None
    )
    at.context.set_offline(False)
    for page in (at.page, other):
        page.evaluate("void window.yishiOutbox.flush()")
    state(at.page, "sent")
    state(other, "sent")
    assert registered(at, words) == 1
    assert len(posts) >= 1
    at.close()


def test_a_reload_without_signal_loses_nothing(at: Hands, tmp_path: Path) -> None:
    at.context.set_offline(True)
    at.go("/work/file")
    write(at.page, "电梯里有水滴下来")
    form = at.page.locator("form[data-draft]")
    at.fill(form, phone="13900001234", photos=picture(tmp_path / "p.jpg", (90, 90, 90)))
    at.page.locator("[data-shown] canvas").wait_for()
    at.page.wait_for_timeout(500)
    at.page.reload()
    at.page.locator("[data-shown] canvas").wait_for()
    assert at.page.locator("[name=words]").input_value() == "电梯里有水滴下来"
    assert at.page.locator("[name=phone]").input_value() == "13900001234"
    assert at.page.locator("[name=where]").input_value().startswith("building:")
    assert at.page.locator("[name=consent]").is_checked()
    assert waiting(at) == [["writing", "电梯里有水滴下来"]]


def test_a_sign_in_that_ran_out_keeps_the_draft_and_sends_it_after(at: Hands) -> None:
    words = said("楼顶晾衣架松了要掉")
    at.go("/work/file")
    write(at.page, words)
    at.context.clear_cookies()
    send(at.page)
    state(at.page, "waiting")
    link = at.page.locator("[data-why=sign] a")
    link.wait_for()
    assert link.get_attribute("href") == "/sign-in?next=/work"
    at.see("draft-sign-in", axe=True)
    at.be(at.address, "demo-grid")
    state(at.page, "sent")
    assert registered(at, words) == 1
    assert at.wrong == []


def test_another_person_on_the_phone_neither_sees_nor_sends_it(at: Hands) -> None:
    words = said("配电间门没锁")
    at.context.set_offline(True)
    at.go("/work/file")
    write(at.page, words)
    send(at.page)
    state(at.page, "waiting")
    mark = at.page.evaluate("window.yishiOutbox.who")
    at.page.goto("about:blank")
    at.context.clear_cookies()
    at.context.set_offline(False)
    at.as_("demo-grid2")
    ready(at)
    assert at.page.evaluate("window.yishiOutbox.who") != mark
    at.page.evaluate("window.yishiOutbox.flush()")
    assert at.page.locator("[data-outbox-list]").is_hidden()
    assert words not in at.page.content()
    assert waiting(at) == [["waiting", words]]
    at.context.set_offline(True)
    at.go("/work/file")
    assert at.page.locator("[data-outbox-list]").is_hidden()
    at.context.set_offline(False)
    at.be(at.address, "demo-grid")
    state(at.page, "sent")
    assert registered(at, words) == 1


def test_signing_out_asks_and_then_takes_everything_along(at: Hands) -> None:
    at.context.set_offline(True)
    at.go("/work/file")
    write(at.page, "单元门口有碎玻璃")
    send(at.page)
    state(at.page, "waiting")
    at.page.goto("about:blank")
    at.context.set_offline(False)
    at.page.route("**/outbox", lambda route: route.abort())
    at.go("/work")

    def leave() -> None:
        at.page.locator("details[data-menu] summary").click()
        at.page.locator("form[action$='/sign-out'] button").first.click()

    leave()
    sheet = at.page.locator("#leave")
    sheet.wait_for()
    assert sheet.locator("[data-count]").inner_text() == "1"
    at.see("draft-leave", axe=True)
    sheet.locator("button").first.click()
    assert waiting(at) == [["waiting", "单元门口有碎玻璃"]]
    leave()
    with at.page.expect_navigation():
        sheet.locator("[data-go]").click()
    assert "已退出" in at.page.locator("#notes").inner_text()
    assert waiting(at) == []
    at.page.unroute("**/outbox")
    at.context.set_offline(True)
    at.go("/work/file")
    at.page.locator("[data-never]").wait_for()
    assert at.page.locator("form[data-draft]").is_hidden()
    assert [wrong for wrong in at.wrong if "ERR_FAILED" not in wrong] == []


def test_the_phone_keeps_no_page_with_anybodys_data(at: Hands) -> None:
    at.go("/cases")
    name = str(at.page.locator(".more-list a").first.text_content()).split()[-1]
    kept = dict(at.page.evaluate(TEXTS))
    assert set(kept) == {"/offline/list", "/offline/file", "/offline/on-spot"}
    for text in kept.values():
        assert name not in text
        assert "csrfmiddlewaretoken" not in text
        assert "building:" not in text


def test_a_refused_draft_says_why_and_can_be_put_right(at: Hands) -> None:
    words = said("公告栏玻璃碎了")
    at.go("/work/file")
    write(at.page, words)
    at.page.locator("[name=phone]").fill("1380")
    send(at.page)
    at.page.locator("[data-refused] .refusal").wait_for()
    assert at.page.locator("[name=words]").input_value() == words
    at.see("draft-refused", axe=True)
    at.page.locator("[name=phone]").fill("13900001234")
    with at.page.expect_navigation():
        send(at.page)
    assert NUMBER.search(at.text())
    assert "已登记" in at.page.locator("#notes").inner_text()
    assert registered(at, words) == 1
    assert at.wrong == []


def test_without_scripts_the_form_is_sent_the_ordinary_way(demo: Demo, browser: Browser) -> None:
    at = Hands(browser, demo.address, "phone", scripts=False).as_("demo-grid")
    at.go("/work/file")
    write(at.page, "信报箱锁坏了")
    with at.page.expect_navigation():
        send(at.page)
    assert NUMBER.search(at.text())
    at.go("/work")
    assert at.page.locator("[data-camera]").is_hidden()
    assert at.page.locator("[data-camera-link]").is_visible()
    at.close()
