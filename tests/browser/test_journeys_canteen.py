"""长者饭堂 in 柳荫社区: the rules are agreed first, three suppliers are screened and tasted, one is
chosen by secret vote, runs on trial and is scored. Source: practice.md, N5.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Later
from tests.browser.hall import Hall
from tests.browser.hands import picture
from tests.browser.test_journeys_owners_vote import pass_days

RESIDENT, DESK, SECRETARY = "demo-chen", "demo-desk", "demo-secretary"
CONVENER, OVERSEER, CENTRE = "demo-convener", "demo-overseer", "demo-committee"
# Representatives with a phone in hand; the first of them thinks again.
MEMBER, SECOND, THIRD = "demo-member", "demo-owners", CONVENER
ON_LINE = ("杜若兰", "文淑芬", "邱月英")
IN_THE_BOX = (
    "任国庆", "余永康", "卢秀琴", "施建军", "易思敏", "曹小川",
    "简素珍", "管玉兰", "莫少华", "蓝桂芳", "袁丽华", "覃美玲",
)  # fmt: skip
# What the papers of the box say, in the order they are drawn.
PAPERS = (2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 3, 3)
TITLE = "柳荫长者饭堂请谁来办"
SUPPLIERS = ("清河康膳餐饮", "江南春团餐", "望江食堂")
CHOSEN = "江南春团餐"
RULES = "先定六条：持证、十三元封顶、同菜盲评、代表一人一票、每月贴账、先试三个月。"
TASTED = "三家同一天、同一套菜，盘子只编号。甲咸了，乙的鱼好，丙的饭软。"
TOLD = "长者饭堂由江南春团餐来办，一荤两素十元。二十四人打分，二十人满意或基本满意。"
# A period ends with its last day.
ROLL_DAYS, VOTE_DAYS, NOTICE_DAYS, TRIAL_DAYS = 3 + 1, 5 + 1, 5 + 1, 90 + 1


@pytest.mark.slow
def test_the_canteens_supplier_is_chosen(
    later_apart: Later, browser: Browser, tmp_path: Path
) -> None:
    later = later_apart
    phone, desk = Hall(browser, later.address), Hall(browser, later.address, "desk")
    for hall in (phone, desk):
        hall.paper = picture(tmp_path / "paper.jpg", (236, 232, 220))

    uid = raised(phone, desk)
    rules_screened_tasted(desk, uid)

    # A roll of the representatives; those with a phone choose, one of them twice.
    desk.act(DESK, f"/topics/{uid}/do/open-roll")
    vote = desk.page.url.split("/votes/")[1].split("/")[0]
    assert "21人" in desk.text()
    desk.see("canteen-roll", axe=True)
    pass_days(later, ROLL_DAYS, phone, desk)
    desk.act(CONVENER, f"/topics/{uid}/do/open-vote")
    chooses(phone, MEMBER, vote, SUPPLIERS[0])
    chooses(phone, MEMBER, vote, CHOSEN)
    chooses(phone, SECOND, vote, CHOSEN)
    chooses(phone, THIRD, vote, SUPPLIERS[2])
    phone.as_(RESIDENT).go(f"/votes/{vote}/cast")
    assert "您不在这次表决的名册上" in phone.text()
    phone.see("canteen-not-on-the-roll", axe=True)

    # The others put a paper into the box; it is opened when time has run out, by two.
    in_the_box(desk, vote)
    nobody_is_told(desk, uid, vote)
    pass_days(later, VOTE_DAYS, phone, desk)
    desk.lay(DESK, uid, "register")
    for login in (DESK, OVERSEER):
        entered(desk, login, vote)
    phone.until_counted(vote)
    result(phone, vote)
    nobody_is_told(desk, uid, vote)

    # The notice runs out, the trial is looked at, those who eat there score it.
    phone.lay(DESK, uid, "photo")
    phone.deed(DESK, uid, "post", where="饭堂门口、各楼道")
    pass_days(later, NOTICE_DAYS, phone, desk)
    desk.as_(CONVENER).until_it_stands(uid, "试运营")
    desk.deed(CONVENER, uid, "assign", unit="柳荫社区党群服务中心")
    on_trial(later, phone, desk, uid)
    desk.lay(OVERSEER, uid, "register", "count")
    desk.deed(OVERSEER, uid, "appraise", satisfied="15", basically="5", dissatisfied="4")
    desk.deed(DESK, uid, "publish", words=TOLD)
    phone.context.clear_cookies()
    assert "试运营合格，正式运营，已公布" in phone.stands(uid)
    assert TOLD in phone.text()
    phone.see("canteen-ended", axe=True)
    assert phone.wrong + desk.wrong == []


def raised(phone: Hall, desk: Hall) -> str:
    """A resident raises it; it is the residents' own affair."""
    phone.as_(RESIDENT).go("/topics/new")
    form = phone.page.locator("form.form")
    words = "老人中午吃饭难，饭堂盖好了，要请一家来办。价格、菜、卫生都要大家认。"
    phone.fill(form, title=TITLE, words=words)
    form.locator("[name=place]").select_option(label="柳荫社区")
    phone.send(form)
    assert phone.refusal() == ""
    uid = phone.topic_here()
    desk.act(
        SECRETARY,
        f"/topics/{uid}/review",
        verdict="taken_up",
        competence="residents",
        size="canteen:supplier",
        entry="canteen:canteen",
        words="关系到几百位老人，选谁来办由居民定。",
    )
    return uid


def rules_screened_tasted(at: Hall, uid: str) -> None:
    """The rules by two bodies, the suppliers by those rules, the dishes by number."""
    at.lay(DESK, uid, "minutes", "plan")
    here = {"present_residents_committee": "5", "present_representatives": "16"}
    agreed = {"agreed_residents_committee": "5", "agreed_representatives": "15"}
    at.deed(DESK, uid, "confer", words=RULES, **here, **agreed)
    path = f"/topics/{uid}/option"
    at.act(DESK, path, title=SUPPLIERS[0], words="午餐两荤一素十二元，送餐到家加一元。")
    at.act(DESK, path, title=SUPPLIERS[1], words="午餐一荤两素十元，蒸菜为主。")
    at.act(DESK, path, title=SUPPLIERS[2], words="午餐两荤两素十二元，社区里自己炒。")
    at.lay(DESK, uid, "quotation")
    words = "三家都有食品经营许可，报价都在十三元以内，没有要回避的。"
    at.deed(SECRETARY, uid, "screen", fit="yes", words=words)
    at.lay(DESK, uid, "register", "photo", "opinion")
    at.as_(DESK).go(f"/topics/{uid}/do/meet")
    for body in ("representatives", "service_centre", "volunteers"):
        at.page.locator(f"[name=came][value={body}]").check()
    at.see("canteen-tasting", axe=True)
    at.press(present_residents_committee="3", people="46", result="agreed", words=TASTED)
    assert at.refusal() == "", at.refusal()
    assert "投票选一家" in at.stands(uid)


def chooses(at: Hall, login: str, vote: str, supplier: str) -> None:
    """On a phone: nothing is filled in beforehand, and the page after does not say what it was."""
    at.to_ballot(login, vote)
    assert at.page.locator("form.ballot input:checked").count() == 0
    at.page.locator("label.choice", has_text=supplier).click()
    at.see("canteen-ballot", axe=True)
    at.send(at.page.locator("form.ballot"))
    assert supplier in at.page.locator(".answers").inner_text()
    with at.page.expect_navigation():
        at.page.locator("button[name=cast]").click()
    assert "您投过了" in at.text()
    assert [name for name in SUPPLIERS if name in at.text()] == []


def in_the_box(at: Hall, vote: str) -> None:
    """Line by line whose paper went into the box; the papers themselves are all alike."""
    at.as_(DESK)
    doors = by_name(at, vote)
    for name in IN_THE_BOX:
        at.go(doors[name])
        with at.page.expect_navigation():
            at.page.locator(".doors-list a", has_text=name).click()
        at.press(what="paper")
        assert at.refusal() == "", at.refusal()
    assert "应收21份，已收15份" in at.text()
    at.go(f"/votes/{vote}/sheets/paper")
    paper = at.page.locator("body").inner_text()
    assert [name for name in (*ON_LINE, *IN_THE_BOX) if name in paper] == []
    at.see("canteen-paper")


def by_name(at: Hall, vote: str) -> dict[str, str]:
    """Who of the box → where the register has the doors of their building."""
    at.go(f"/votes/{vote}/doors")
    lists = at.page.locator(".doors-list a")
    found = {}
    for address in [str(lists.nth(no).get_attribute("href")) for no in range(lists.count())]:
        at.go(address)
        said = at.page.locator(".doors-list").inner_text()
        found |= {name: address for name in IN_THE_BOX if name in said}
    return found


def entered(at: Hall, login: str, vote: str) -> None:
    """All papers of the box by one of the two: a serial and the option, nobody's name."""
    at.as_(login).go(f"/votes/{vote}/box")
    assert at.page.locator("[name=line]").count() == 0
    for serial, picked in enumerate(PAPERS, 1):
        at.press(serial=str(serial), one=str(picked))
        assert at.refusal() == "", f"{serial}: {at.refusal()}"


def result(at: Hall, vote: str) -> None:
    """As a visitor reads it: enough took part, one has more than half."""
    assert CHOSEN in at.page.locator("#verdict").inner_text()
    quorum = at.page.locator("section[aria-labelledby=quorum]").inner_text()
    for words in ("21人", "15人", "14人", "约71.4%（15/21）"):
        assert words in quorum, words
    support = at.page.locator("section[aria-labelledby=support]").inner_text()
    for words in ("9人 60%（9/15）", "3人 20%（3/15）", "通过需要8人（共15人）。"):
        assert words in support, words
    at.see("canteen-result", axe=True)
    at.go(f"/votes/{vote}/ballots")
    assert at.page.locator("table").last.locator("tbody tr").count() == len(PAPERS) + len(ON_LINE)
    at.see("canteen-ballots", axe=True)


def nobody_is_told(at: Hall, uid: str, vote: str) -> None:
    """Whoever keeps the vote reads who took part; no row of any page has a name and a supplier."""
    for login in (DESK, OVERSEER):
        at.as_(login)
        for end in ("", "/roll", "/roll?state=in", "/doors?building=none", "/box", "/ballots",
                    "/sheets/count", "/sheets/result"):  # fmt: skip
            at.go(f"/votes/{vote}{end}")
            assert tells(at) == [], f"{login} at {end}"
        at.go(f"/topics/{uid}")
        # The record of every step is folded away on this page.
        at.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert "逐条看谁在什么时候" in at.text()
        assert tells(at) == [], login


def tells(at: Hall) -> list[str]:
    """Rows of the page that have a representative's name and a supplier's."""
    rows = at.page.locator("tr, li:not(:has(li)), p, dd").all_inner_texts()
    names = (*ON_LINE, *IN_THE_BOX)
    return [
        row
        for row in rows
        if any(name in row for name in names) and any(one in row for one in SUPPLIERS)
    ]


def on_trial(later: Later, phone: Hall, desk: Hall, uid: str) -> None:
    """Two committees come and look while it runs; then it is reported."""
    pass_days(later, TRIAL_DAYS, phone, desk)
    desk.act(OVERSEER, f"/topics/{uid}/watch", words="看了后厨和留样柜，账本贴在门口。")
    desk.act(MEMBER, f"/topics/{uid}/watch", words="中午去吃过两回，菜量够。")
    phone.lay(CENTRE, uid, "photo")
    words = "试了一个季度，每天一百二十份左右，没有断过。"
    phone.deed(CENTRE, uid, "done", words=words)
