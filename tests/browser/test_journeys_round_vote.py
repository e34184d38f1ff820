"""年末微实事 in 柳荫社区: two households choose within the money on a phone, one of them without
scripts, one hands a paper in, every paper is entered by two, and equal shares count it. Anybody
reads why, works out their own share, and counts the published file again. Source: G10, G11.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Later
from tests.browser.hall import Hall
from tests.browser.test_count import expected, tick, upload, worked_out
from yishi.counting.budget.counted import Counted
from yishi.counting.budget.pabulib_in import read
from yishi.counting.budget.stated import count_file, stated_rule

DESK, OVERSEER = "demo-desk", "demo-overseer"
WANG, LI = "demo-wang", "demo-li"
# Who goes from door to door with the desk, and whose paper they bring back.
WITH, DOOR = "邱月英", ("柳荫苑4栋", "401")
TITLE = "柳荫社区2026年年末微实事"
# A period ends with its last day.
DAYS_LEFT = 9 + 1
RAMP, RACKS, FLOWERS, CORNER, MIRRORS = (
    "5栋门口修一条无障碍坡道",
    "3号楼前装六副晾衣架",
    "中心花园种四季的花",
    "党群服务中心开一间放学后的托管角",
    "地下车库口装凸面镜和减速带",
)
# Ten papers were brought back before, and one is now.
PAPERS = ("4 2",) * 4 + ("4 5",) * 3 + ("1 5 3",) * 2 + ("4 3",) * 2
DIFFERING, OTHER = 6, "4 3"
WON = [CORNER, MIRRORS, FLOWERS, RACKS]
WANG_CHOSE = [RAMP, FLOWERS, CORNER]


@pytest.mark.slow
def test_households_choose_within_the_money_and_equal_shares_decide(
    later_apart: Later, browser: Browser, tmp_path: Path
) -> None:
    later = later_apart
    phone, desk = Hall(browser, later.address), Hall(browser, later.address, "desk")
    plain = Hall(browser, later.address, scripts=False)
    uid = found(phone)

    on_a_phone(phone, uid)
    without_scripts(plain, uid)
    on_paper(desk, uid)

    # Time runs out. Two enter the papers, neither seeing what the other entered; one differs.
    later.pass_days(DAYS_LEFT)
    for hall in (phone, desk, plain):
        hall.sign_out_everybody()
    papers = dict(enumerate(PAPERS, 1))
    entered(desk, DESK, uid, papers)
    desk.see("round-box-once", axe=True)
    entered(desk, OVERSEER, uid, papers | {DIFFERING: OTHER})
    assert f"两人都要重录： {DIFFERING}" in " ".join(desk.text().split())
    for login in (DESK, OVERSEER):
        entered(desk, login, uid, {DIFFERING: PAPERS[DIFFERING - 1]})

    phone.until_counted(uid)
    result(phone, uid)
    counted = counted_again(phone, uid, tmp_path / "ballots.pb")
    why(phone, uid, counted)
    plain.go(f"/votes/{uid}/count")
    assert "照公开的轮次表往下看" in plain.text()
    assert not plain.page.locator("[data-ballot]").is_visible()
    assert phone.wrong + desk.wrong + plain.wrong == []


def found(at: Hall) -> str:
    """The vote, found from the page of its round by anybody."""
    at.go("/topics?place=LY&q=年末微实事")
    with at.page.expect_navigation():
        at.page.locator("a", has_text=TITLE).first.click()
    at.see("round-to-be-voted-on", axe=True)
    with at.page.expect_navigation():
        at.page.locator("a[href^='/votes/']:not([href$='/cast'])").first.click()
    assert "每户投票" in at.text()
    at.see("round-vote-open", axe=True)
    return at.page.url.split("/votes/")[1].split("/")[0]


def pick(at: Hall, title: str) -> None:
    """Chooses a project, or does not choose it any more."""
    at.page.locator("label.choice", has_text=title).click()


def left(at: Hall) -> str:
    """What the page says is left of the money."""
    return at.page.locator(".vote-left b").inner_text()


def send(at: Hall, name: str) -> None:
    """Presses the button of that name."""
    with at.page.expect_navigation():
        at.page.locator(f"button[name={name}]").click()


def to_ballot(at: Hall, login: str, uid: str) -> None:
    """The ballot of somebody's household, opened."""
    at.to_ballot(login, uid)


def order(at: Hall) -> list[str]:
    """The projects in the order somebody is shown them."""
    return at.page.locator("label.choice b").all_inner_texts()


def on_a_phone(at: Hall, uid: str) -> None:
    """What is left changes while they choose; too much is refused; what was checked is cast."""
    to_ballot(at, WANG, uid)
    shown = order(at)
    assert left(at) == "40,000 元"
    for title, now in zip(WANG_CHOSE, ("24,000 元", "15,500 元", "500 元"), strict=True):
        pick(at, title)
        assert left(at) == now
    at.see("round-ballot", axe=True)
    at.wrong += at.look_in_the_dark("round-ballot")
    pick(at, RACKS)
    assert left(at) == "-6,300 元"
    send(at, "check")
    assert "超过了资金" in at.text()
    at.see("round-ballot-over", axe=True)
    assert order(at) == shown
    pick(at, RACKS)
    send(at, "check")
    at.see("round-check", axe=True)
    assert "500 元" in at.text()
    assert RACKS not in at.text()
    send(at, "cast")
    assert "您投过了" in at.text()


def without_scripts(at: Hall, uid: str) -> None:
    """A button works out what is left, by the keyboard alone."""
    to_ballot(at, LI, uid)
    assert left(at) == "40,000 元"
    for title in (RAMP, FLOWERS, MIRRORS):
        at.page.locator("label.choice", has_text=title).locator("input").focus()
        at.page.keyboard.press("Space")
    at.page.locator("button[name=sum]").focus()
    with at.page.expect_navigation():
        at.page.keyboard.press("Enter")
    assert left(at) == "11,300 元"
    assert at.page.locator("input[name=pick]:checked").count() == 3
    send(at, "check")
    send(at, "cast")
    assert "您投过了" in at.text()


def on_paper(at: Hall, uid: str) -> None:
    """A paper is brought back from a door by two."""
    building, room = DOOR
    at.as_(DESK).go(f"/votes/{uid}/doors")
    for words in (building, f"{building} {room}"):
        with at.page.expect_navigation():
            at.page.locator(".doors-list a", has_text=words).first.click()
    second = at.page.locator("[name=second] option", has_text=WITH).get_attribute("value")
    at.press(what="door", second=second)
    assert at.refusal() == "", at.refusal()


def entered(at: Hall, login: str, uid: str, papers: dict[int, str]) -> None:
    """Papers of the box as one of the two enters them: the numbers of the projects ticked."""
    at.as_(login).go(f"/votes/{uid}/box")
    for serial, numbers in papers.items():
        at.press(serial=str(serial), numbers=numbers)
        assert at.refusal() == "", f"{serial}: {at.refusal()} {at.text()[:300]}"


def result(at: Hall, uid: str) -> None:
    """As a visitor reads it: who won, in their order."""
    assert "选出4个项目" in at.page.locator("#verdict").inner_text()
    support = at.page.locator("section[aria-labelledby=support]").inner_text()
    assert sorted(WON, key=support.index) == WON
    assert RAMP not in support
    at.see("round-result", axe=True)
    at.go(f"/votes/{uid}/ballots")
    assert at.page.locator("table").last.locator("tbody tr").count() == 16
    at.see("round-ballots", axe=True)


def counted_again(at: Hall, uid: str, path: Path) -> Counted:
    """The published file, counted on the page where anybody counts one: the same winners."""
    at.go(f"/votes/{uid}/count")
    href = at.page.locator("a[href$='ballots.pb']").get_attribute("href")
    path.write_bytes(at.page.request.get(f"{at.address}{href}").body())
    file = read(path.read_text("utf-8"))
    rule = stated_rule(file)
    assert rule is not None
    counted = count_file(file, rule)
    assert [file.projects[one]["name"] for one in counted.winners] == WON
    upload(at, path)
    assert "与这里第一种规则算出来的相同" in at.text()
    at.see("round-counted-again", axe=True)
    return counted


def why(at: Hall, uid: str, counted: Counted) -> None:
    """Why each won or lost, and what one's own ballot paid for."""
    at.context.clear_cookies()
    at.go(f"/votes/{uid}/count")
    at.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    ramp = at.page.locator("#why-0").inner_text()
    assert "坡道" in ramp
    at.see("round-why", axe=True)
    at.wrong += at.look_in_the_dark("round-why")
    chose = [0, 2, 3]
    tick(at.page, chose)
    assert worked_out(at.page) == expected(counted, chose)
    at.see("round-receipt", axe=True)
