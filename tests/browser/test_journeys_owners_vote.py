"""业主共同决定 in 柳荫社区: enough heads take part and not enough area, so nothing passes. Ten
papers are collected at the doors and entered twice, one of them differing. Source: G6; 民法典 278.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Later
from tests.browser.hall import Hall
from yishi.records.spreadsheet import read_tables, write_xlsx

DESK, OVERSEER = "demo-desk", "demo-overseer"
COMMITTEE, OWNER = "demo-owners", "demo-li"
# Who goes from door to door with the desk.
WITH = "邱月英"
TITLE = "用维修资金换柳荫苑两台二次供水水泵"
LAW = "民法典第二百七十八条"
# A period ends with its last day.
ROLL_DAYS, VOTE_DAYS = 7 + 1, 30 + 1
# The register of 柳荫苑 as the committee has it: flats, and two shops larger than all of them.
# Four of its rooms belong to owners who have an account, one of them with somebody else.
REGISTER = (
    ("龚家和", "柳荫苑1栋", "101", "88.2"),
    ("赵国华", "柳荫苑1栋", "201", "78.5"),
    ("孙志强", "柳荫苑2栋", "102", "64"),
    ("周桂香", "柳荫苑2栋", "402", "91.25"),
    ("文淑芬", "柳荫苑3栋", "502", "76.5"),
    ("吴建平", "柳荫苑4栋", "201", "83"),
    ("袁丽华", "柳荫苑5栋", "101", "101.3"),
    ("李建国", "柳荫苑5栋", "501", "89.6"),
    ("冯长河", "柳荫苑6栋", "202", "70.75"),
    ("卫文英", "柳荫苑7栋", "101", "88"),
    ("清河商业管理有限公司", "柳荫苑1栋", "底商", "1860"),
    ("望江供销社", "柳荫苑5栋", "底商", "940"),
)
# With the accounts of the community's other owners.
LINES, AREA = "14人", "3,790.9平方米"
# Whose paper is collected, by building.
DOORS = (
    ("柳荫苑1栋", "101"),
    ("柳荫苑1栋", "201"),
    ("柳荫苑2栋", "102"),
    ("柳荫苑2栋", "402"),
    ("柳荫苑3栋", "502"),
    ("柳荫苑4栋", "201"),
    ("柳荫苑5栋", "101"),
    ("柳荫苑6栋", "202"),
    ("柳荫苑7栋", "101"),
    ("柳荫苑7栋", "303"),
)
AGAINST, DIFFERING = 4, 7
FOR, NO = "1", "2"


@pytest.mark.slow
def test_the_heads_are_there_and_the_area_is_not(
    later_apart: Later, browser: Browser, tmp_path: Path
) -> None:
    later = later_apart
    phone, desk = Hall(browser, later.address), Hall(browser, later.address, "desk")

    # The first vote was void, and anybody reads by how much.
    topic = found(phone)
    void_before(phone)

    # A new roll, from the template filled in, on view for its days.
    uid = new_roll(desk, topic, tmp_path / "roll.xlsx")
    on_view(phone, desk, uid)
    assert desk.as_(COMMITTEE).go(f"/topics/{topic}/do/open-vote") == 422
    assert "名册还在公示" in desk.text()
    pass_days(later, ROLL_DAYS, phone, desk)
    desk.act(COMMITTEE, f"/topics/{topic}/do/open-vote")

    # One owner votes on a phone; ten papers are collected at the doors by two.
    cast(phone, uid)
    lines = collected(desk, uid)
    assert len(lines) == 10
    desk.go(f"/votes/{uid}/box")
    assert desk.page.locator("form[data-act]").count() == 0
    desk.see("owners-box-closed", axe=True)

    # Time runs out. Two enter the papers, neither seeing what the other entered; one differs.
    pass_days(later, VOTE_DAYS, phone, desk)
    papers = {no: (line, NO if no == AGAINST else FOR) for no, line in enumerate(lines, 1)}
    other = papers | {DIFFERING: (papers[DIFFERING][0], NO)}
    entered(desk, DESK, uid, papers)
    desk.see("owners-box-once", axe=True)
    entered(desk, OVERSEER, uid, other)
    assert f"两人都要重录： {DIFFERING}" in " ".join(desk.text().split())
    desk.see("owners-box-differs", axe=True)
    desk.as_(COMMITTEE).go(f"/topics/{topic}/do/close-vote")
    desk.press()
    assert f"{DIFFERING}号票" in desk.page.locator(".refusal").first.inner_text()
    for login in (DESK, OVERSEER):
        entered(desk, login, uid, {DIFFERING: papers[DIFFERING]})

    # Agreed, it is counted by itself; nobody's click has anything to pass.
    phone.until_counted(uid)
    result(phone, uid)
    sheet(desk, uid)
    assert "业主共同决定" in phone.stands(topic)
    phone.see("owners-topic-after", axe=True)
    assert phone.wrong + desk.wrong == []


def found(at: Hall) -> str:
    """The topic, found in the list by its title."""
    at.context.clear_cookies()
    at.go("/topics?place=LY&q=水泵")
    with at.page.expect_navigation():
        at.page.locator("a", has_text=TITLE).first.click()
    return at.topic_here()


def void_before(at: Hall) -> None:
    """The page of the first vote: heads reached, area not, each with its arithmetic and law."""
    with at.page.expect_navigation():
        at.page.locator("a[href^='/votes/']").first.click()
    assert tags(at) == ["按人数 达到", "按面积 没达到"]
    assert LAW in at.text()
    at.see("owners-void-before", axe=True)


def tags(at: Hall) -> list[str]:
    """Of each denominator whether enough took part, as the result page has it."""
    cards = at.page.locator("section[aria-labelledby=quorum] h3")
    return [" ".join(words.split()) for words in cards.all_inner_texts()]


def new_roll(at: Hall, topic: str, book: Path) -> str:
    """The template is fetched, filled in, sent; a row without its area is named first."""
    path = f"/topics/{topic}/do/open-roll"
    at.as_(DESK).go(path)
    at.see("owners-make-roll", axe=True)
    answer = at.page.request.get(f"{at.address}/votes/template.xlsx")
    tables = read_tables(answer.body(), "roll.xlsx")
    assert isinstance(tables, dict)
    ((name, rows),) = tables.items()
    heads = list(rows[0])
    lacking = [*REGISTER[:3], ("周桂香", "柳荫苑2栋", "402", "")]
    book.write_bytes(write_xlsx({name: (heads, [(*row, "") for row in lacking])}))
    at.press(file=book)
    assert "面积" in at.page.locator(".table-wrap").first.inner_text()
    at.see("owners-roll-wrong", axe=True)
    book.write_bytes(write_xlsx({name: (heads, [(*row, "") for row in REGISTER])}))
    at.act(DESK, path, file=book)
    return at.page.url.split("/votes/")[1].split("/")[0]


def on_view(phone: Hall, desk: Hall, uid: str) -> None:
    """The roll on view: who owns a flat together is one line, and an owner finds theirs."""
    desk.go(f"/votes/{uid}/roll")
    for words in (f"{LINES}、{AREA}", "卢秀琴、龚家和", *(row[0] for row in REGISTER)):
        assert words in desk.text(), words
    desk.see("owners-roll", axe=True)
    phone.as_(OWNER).go(f"/votes/{uid}/cast")
    assert "柳荫苑5栋 501" in phone.text()
    assert "在名册上" in phone.text()
    phone.see("owners-on-the-roll", axe=True)


def pass_days(later: Later, days: int, *halls: Hall) -> None:
    """So much later; everybody signs in again."""
    later.pass_days(days)
    for hall in halls:
        hall.sign_out_everybody()


def cast(at: Hall, uid: str) -> None:
    """An owner is for it, on a phone: asked, checked, sent."""
    at.to_ballot(OWNER, uid)
    at.page.locator("label.choice", has_text="赞成").click()
    at.send(at.page.locator("form.ballot"))
    at.see("owners-check", axe=True)
    with at.page.expect_navigation():
        at.page.locator("button[name=cast]").click()
    assert "您投过了" in at.text()


def collected(at: Hall, uid: str) -> list[int]:
    """From building to building and door to door, by two; answers each line's number."""
    lines = []
    at.as_(DESK)
    for no, (building, room) in enumerate(DOORS):
        at.go(f"/votes/{uid}/doors")
        click(at, building)
        door = at.page.locator(".doors-list a", has_text=f"{building} {room}")
        lines.append(int(door.locator(".who .muted").inner_text()))
        if no == 0:
            at.see("owners-doors", axe=True)
        click(at, f"{building} {room}")
        if no == 0:
            # Nobody goes to a door alone.
            at.press(what="door")
            assert at.refusal() != ""
            at.see("owners-alone-at-a-door", axe=True)
        second = at.page.locator("[name=second] option", has_text=WITH).get_attribute("value")
        at.press(what="door", second=second)
        assert at.refusal() == "", at.refusal()
    return lines


def click(at: Hall, words: str) -> None:
    """The entry of the register with these words."""
    with at.page.expect_navigation():
        at.page.locator(".doors-list a", has_text=words).first.click()


def entered(at: Hall, login: str, uid: str, papers: dict[int, tuple[int, str]]) -> None:
    """Papers of the box as one of the two enters them, one after the other: serial, line, digit."""
    at.as_(login).go(f"/votes/{uid}/box")
    for serial, (line, says) in papers.items():
        at.press(serial=str(serial), line=str(line), on_1=says)
        assert at.refusal() == "", f"{serial}: {at.refusal()} {at.text()[:300]}"


def result(at: Hall, uid: str) -> None:
    """As a visitor reads it: heads reached, area not, each with its arithmetic and its law."""
    assert "什么都没通过" in at.page.locator("#verdict").inner_text()
    assert tags(at) == ["按人数 达到", "按面积 没达到"]
    quorum = at.page.locator("section[aria-labelledby=quorum]").inner_text()
    for words in (LINES, "11人", "10人", "约78.5%（11/14）"):
        assert words in quorum, words
    for words in (AREA, "923.1平方米", "2,527.2667平方米", "约24.3%（9231/37909）", LAW):
        assert words in quorum, words
    support = at.page.locator("section[aria-labelledby=support]").inner_text()
    assert "赞成10人，占11人的约90.9%（10/11）；要6人。" in support
    assert "赵国华" not in at.text()
    at.see("owners-result", axe=True)
    at.go(f"/votes/{uid}/ballots")
    assert at.page.locator("table").last.locator("tbody tr").count() == 11
    at.see("owners-ballots", axe=True)


def sheet(at: Hall, uid: str) -> None:
    """结果公示, to be hung out: both denominators, reached and not."""
    at.as_(COMMITTEE).go(f"/votes/{uid}/sheets/result")
    rows = at.page.locator("table").first.locator("tbody tr").all_inner_texts()
    assert [" ".join(row.split()) for row in rows] == [
        "按人数 14人 11人 10人 约78.5%（11/14） 是",
        "按面积 3,790.9平方米 923.1平方米 2,527.2667平方米 约24.3%（9231/37909） 否",
    ]
    at.see("owners-sheet", axe=True)
