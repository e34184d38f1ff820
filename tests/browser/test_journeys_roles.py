"""Each role's main act, on a phone and at a desk, through the real forms of the demo."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.hands import AXES, NUMBER, Hands, picture


def first_row(at: Hands, queue: str, words: str = "") -> None:
    """Opens the first row of a queue, or the first that says `words`."""
    at.go(f"/cases?queue={queue}")
    rows = at.page.locator("a[data-row]", has_text=words)
    with at.page.expect_navigation():
        rows.first.click()


def register(at: Hands, words: str) -> None:
    """Writes down what somebody said, in the first building there is."""
    form = at.page.locator("form[method=post].form")
    where = form.locator("[name=where]").first
    if where.get_attribute("type") == "radio":
        where.check()
    else:
        where.select_option(index=2)
    at.fill(form, words=words, consent="yes", phone="13911112222", name="老张")


def resident(at: Hands, photo: Path) -> None:
    at.as_("demo-li").go("/")
    at.see("resident-home")
    at.go("/b/LY05")
    form = at.page.locator("form.form")
    at.fill(form, text="五栋门口的路灯三天没亮", photos=photo, nature="help")
    at.send(form)
    assert re.search(NUMBER, at.text())
    with at.page.expect_navigation():
        at.page.locator("a.button[href*='/reports/']").click()
    assert at.page.locator(".photos img").count() == 1
    assert "五栋门口的路灯三天没亮" in at.text()


def grid_worker(at: Hands, photo: Path) -> None:
    at.as_("demo-grid2").go("/work")
    at.see("grid-work")
    at.go("/work/on-spot")
    register(at, "楼道口堆着纸箱，轮椅过不去")
    form = at.page.locator("form[method=post].form")
    at.fill(form, answer="和住户一起搬走了", photos=photo, proofs=photo)
    at.see("grid-on-spot")
    at.send(form)
    assert at.refusal() == ""
    assert re.search(NUMBER, at.text())
    assert "和住户一起搬走了" in at.text()


def community_desk(at: Hands, photo: Path) -> None:
    at.as_("demo-desk").go("/work/file")
    register(at, "北门几点关，几栋楼的人想法不一样")
    at.see("desk-register")
    at.send(at.page.locator("form[method=post].form"))
    assert re.search(NUMBER, at.text())
    at.do("set-aside", why="关系六百户，要一起商量")
    assert "关系六百户，要一起商量" in at.text()


def dispatcher(at: Hands, photo: Path) -> None:
    at.as_("demo-dispatcher").go("/work")
    at.see("dispatcher-work")
    first_row(at, "to_dispatch", "香樟" if at.size == "phone" else "井盖")
    with at.page.expect_navigation():
        at.page.locator("#acts a.button[href*='/dispatch']").click()
    if at.page.locator("[name=duty]:checked").count() == 0:
        at.page.locator("label.choice:has([name=duty])").first.click()
    at.see("dispatcher-choose")
    at.send(at.form("dispatch"))
    assert at.refusal() == ""
    assert "已派给" in at.page.locator("#notes").inner_text()


def unit(at: Hands, photo: Path) -> None:
    at.as_("demo-unit").go("/work")
    at.see("unit-work")
    first_row(at, "to_sign")
    at.do("sign")
    at.do("contact", reached="yes", note="下午三点前到现场")
    at.do("submit", words="已经办好", proofs=photo)
    assert "已经办好" in at.story()[0]


def call_back_officer(at: Hands, photo: Path) -> None:
    at.as_("demo-callback").go("/work")
    first_row(at, "to_call")
    at.see("call-back-form")
    axes = {f"axis_{axis}": "5" for axis in AXES}
    at.do("call-back", reached="yes", solved="yes", satisfaction="satisfied", words="好", **axes)
    assert "满意" in at.story()[0]


def supervisory_officer(at: Hands, photo: Path) -> None:
    at.as_("demo-supervisor").go("/work")
    at.see("officer-work")
    # What is being talked over has no unit to order anything of.
    at.go("/cases?queue=late")
    rows = at.page.locator("a[data-row]").all()
    for address in [str(row.get_attribute("href")) for row in rows]:
        at.go(address)
        if at.page.locator("form[action$='/order']").count():
            break
    at.do("order", words="请在两天内答复办理安排")
    assert "请在两天内答复办理安排" in at.story()[0]


def leader(at: Hands, photo: Path) -> None:
    at.as_("demo-leader").go("/work")
    at.see("leader-work")
    at.go("/figures")
    at.see("leader-figures")
    with at.page.expect_navigation():
        at.page.locator(".figure a.behind").first.click()
    at.see("leader-behind")
    total = int(re.findall(r"共 (\d+) 件", at.text())[0])
    assert total >= 1
    assert at.page.locator("#main tbody tr").count() == min(total, 50)


def administrator(at: Hands, photo: Path) -> None:
    pairs = {"phone": ("property-xw", "property-wt"), "desk": ("property-cx", "property-sq")}
    giver, taker = pairs[at.size]
    at.as_("demo-admin").go("/work")
    at.see("admin-work")
    at.go("/appointments/hand-over")
    asked = at.page.locator("#main form[method=get]")
    at.fill(asked, **{"from": f"demo-{giver}", "to": f"demo-{taker}"})
    at.send(asked)
    at.see("admin-hand-over")
    at.send(at.page.locator("#main form[method=post]"))
    assert at.refusal() == ""
    at.go("/appointments")
    at.see("admin-posts")


def auditor(at: Hands, photo: Path) -> None:
    at.as_("demo-dispatcher")
    first_row(at, "to_dispatch")
    at.send(at.form("reporter"))
    at.see("auditor-what-was-read")
    phone = at.page.locator("a[href^='tel:']").inner_text()
    at.as_("demo-auditor").go("/audit?what=report.read_contact")
    at.see("auditor-list")
    assert "赵卫东" in at.text()
    assert phone not in at.text()


JOURNEYS: tuple[Callable[[Hands, Path], None], ...] = (
    resident,
    grid_worker,
    community_desk,
    dispatcher,
    unit,
    call_back_officer,
    supervisory_officer,
    leader,
    administrator,
    auditor,
)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_the_main_act_of_each_role(
    demo: Demo,
    browser: Browser,
    tmp_path: Path,
    journey: Callable[[Hands, Path], None],
    size: str,
) -> None:
    at = Hands(browser, demo.address, size)
    journey(at, picture(tmp_path / "photo.jpg", (140, 138, 128)))
    at.see(f"{journey.__name__}-done")
    at.close()
    assert at.wrong == []
