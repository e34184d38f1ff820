"""柳荫社区 writes a method of its own from a copy, is told what is wrong, mends it, publishes it,
works by it, and hangs its flow chart on the wall. Source: norms.md §2, Layers of rules; L4.
"""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import needs
from tests.browser.conftest import Later
from tests.browser.hall import Hall
from tests.browser.hands import picture

NAME = "柳荫小事快办"
DESK, SECRETARY, CONVENER = "demo-desk", "demo-secretary", "demo-convener"
ADVISER, LEADER, OVERSEER = "demo-adviser", "demo-leader", "demo-overseer"
RESIDENT, COMMITTEE = "demo-chen", "demo-committee"
TITLE = "柳荫苑1栋门口的信报箱换新"
SHOWN_ONCE = "信报箱换好了，三十六格，锁都配了两把钥匙。"
STAGES = ("当事各方当面商量", "办理", "查看", "当场解决公布", "结果公布", "未谈成公布")
# Points of a sheet of A3.
A3 = [842, 1191]


@pytest.mark.slow
def test_a_community_writes_its_own(later: Later, browser: Browser, tmp_path: Path) -> None:
    needs.poppler()
    phone, desk = Hall(browser, later.address), Hall(browser, later.address, "desk")
    for hall in (phone, desk):
        hall.paper = picture(tmp_path / "paper.jpg", (236, 232, 220))

    # A copy; one number below the floor is told with the floor, and mended.
    assert desk.as_(DESK).go("/methods/copy/siyi/1") == 200
    press(desk, "form.form", name=NAME)
    draft = re.findall(r"/methods/drafts/([a-z2-7]{20})", desk.page.url)[0]
    desk.see("own-copied", axe=True)
    notice = f"/methods/drafts/{draft}/stage/four/notice"
    change(desk, notice, "period", length="3", source="ours：想快一点")
    wrong = desk.page.locator("#wrong").inner_text()
    assert "决议公示" in wrong
    assert "5" in wrong
    press(desk, "form[action$='/send']")
    assert desk.refusal() != ""
    desk.see("own-below-the-floor", axe=True)
    change(desk, notice, "period", length="10", source="ours：公示跨两个周末")
    looked = f"/methods/drafts/{draft}/stage/small/accept"
    change(desk, looked, "least", number="2", source="ours：两个人看才放心")
    assert "查看" in desk.page.locator("#differences").inner_text()
    press(desk, "form[action$='/send']")
    assert desk.refusal() == ""

    # Whoever wrote it says none of the four words; four others do, and the secretary publishes.
    desk.go(f"/methods/drafts/{draft}")
    assert desk.page.locator("#words [name=say]").count() == 0
    words = ((SECRETARY, "approve"), (CONVENER, "approve"), (ADVISER, "review"), (LEADER, "file"))
    for login, act in words:
        desk.as_(login).go(f"/methods/drafts/{draft}")
        press(desk, f"form[action$='/{act}']:has([name=say][value=yes])")
        assert desk.refusal() == "", f"{login}: {desk.refusal()}"
    desk.as_(SECRETARY).go(f"/methods/drafts/{draft}")
    desk.see("own-agreed", axe=True)
    day = later.today.isoformat()
    press(desk, "#publish form", resolution="柳荫社区两委联席会议决议", from_on=day)
    assert desk.refusal() == ""
    own = desk.page.locator("p.note.success a[href^='/methods/']").get_attribute("href") or ""

    uid = through_it(phone, desk, own.split("/")[2])
    phone.context.clear_cookies()
    assert "办成，结果已公布" in phone.stands(uid)
    assert NAME in phone.text()
    phone.see("own-ended", axe=True)

    # The flow chart on the wall: one sheet, every stage on it.
    desk.go(f"{own}/small/wall")
    desk.see("own-wall")
    one_sheet(desk, tmp_path / "small.pdf", STAGES)
    desk.go("/methods/c4321/1/seven/wall")
    seven = ("居委会提议", "两委商议", "居民小组长审议", "居民代表会议决议", "组织实施", "共同验收")
    one_sheet(desk, tmp_path / "seven.pdf", seven)
    assert phone.wrong + desk.wrong == []


def press(at: Hall, form: str, **typed: str) -> None:
    """Fills one form of the page and sends it."""
    one = at.page.locator(form).first
    at.fill(one, **typed)
    at.send(one)


def change(at: Hall, path: str, part: str, **typed: str) -> None:
    """One number of a stage with where it comes from; kept, right or wrong."""
    assert at.go(path) == 200
    press(at, "form.form", **{f"{part}.{name}": value for name, value in typed.items()})


def through_it(phone: Hall, desk: Hall, method: str) -> str:
    """A small matter from a resident's words to its end, by the method of their own."""
    phone.as_(RESIDENT).go("/topics/new")
    words = "信报箱锈得关不上，三十六户的信都放在地上。"
    press(
        phone,
        "form.form",
        place="柳荫社区",
        title=TITLE,
        words=words,
        option="换一组新信报箱",
    )
    # Another broken letter box is being talked of; this one is not it, and is raised all the same.
    assert "柳荫苑信报箱的锁坏了一半" in phone.text()
    press(phone, "form.form")
    uid = phone.topic_here()
    desk.act(
        SECRETARY,
        f"/topics/{uid}/review",
        verdict="taken_up",
        competence="residents",
        size=f"{method}:minor",
        entry=f"{method}:facilities",
        words="一栋楼的事，小事小议。",
    )
    phone.lay(DESK, uid, "minutes")
    phone.as_(DESK).go(f"/topics/{uid}/do/meet")
    for body in ("residents_committee", "group_leaders"):
        phone.page.locator(f"[name=came][value={body}]").check()
    met = {"present_residents_committee": "3", "people": "6", "result": "agreed"}
    phone.press(words="照原样换一组，居委会去办，一周办完。", **met)
    assert phone.refusal() == ""
    desk.deed(CONVENER, uid, "assign", unit="柳荫社区居委会")
    phone.lay(COMMITTEE, uid, "photo")
    phone.deed(COMMITTEE, uid, "done", words="换好了，花一千一百元。")
    phone.lay(OVERSEER, uid, "acceptance")
    # One pair of eyes was enough in the method it was copied from; here it takes two.
    phone.go(f"/topics/{uid}/do/accept")
    phone.press(inspectors="1", fit="yes", words="看过，好用。")
    assert phone.refusal() != ""
    assert "2" in phone.page.locator(".refusal, #errors").first.inner_text()
    phone.see("own-one-is-too-few", axe=True)
    phone.press(inspectors="2", fit="yes", words="两人看过，好用。")
    assert phone.refusal() == ""
    phone.deed(DESK, uid, "publish", words=SHOWN_ONCE)
    return uid


def one_sheet(at: Hall, pdf: Path, names: tuple[str, ...]) -> None:
    """Printed, it is one sheet of A3 on which every stage can be read."""
    at.page.pdf(path=pdf, prefer_css_page_size=True)
    told = poppler("pdfinfo", str(pdf))
    assert re.search(r"Pages:\s+1\n", told), told
    size = sorted(round(float(side)) for side in re.findall(r"([\d.]+) x ([\d.]+) pts", told)[0])
    assert size == A3
    text = re.sub(r"\s", "", poppler("pdftotext", str(pdf), "-"))
    assert [name for name in names if name not in text] == []


def poppler(*command: str) -> str:
    """What one of poppler's tools says."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
