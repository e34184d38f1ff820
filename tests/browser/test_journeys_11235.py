"""居民议事厅11235 in 石桥社区: from a chat message a grid worker pasted to a published result.

Filed for a resident, set aside into a topic, studied by two committees, taken to six sides, hung
out and carried to the doors, changed by a comment, voted on by show of hands, carried out together
and watched, accepted with ten calls. Source: practice.md, H1 to H13.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Later
from tests.browser.hall import Hall
from tests.browser.hands import AXES, NUMBER, picture
from tests.browser.test_filing_by_hand import paste

GRID, DESK = "demo-grid-sq", "demo-desk-sq"
SECRETARY, CONVENER, OVERSEER = "demo-sqsecretary", "demo-sqconvener", "demo-sqoverseer"
MEMBER, OWNER = "demo-sqmember", "demo-sqowner"
FIRM, MARKET = "demo-property-sq", "demo-sqmarket"
FIRM_NAME, MARKET_NAME = "石桥恒瑞物业服务有限公司", "石桥农贸市场管理有限公司"
NEIGHBOUR, CALL_BACK = "demo-sun", "demo-callback"
STARS = {f"axis_{axis}": "5" for axis in AXES}
CHAT = (
    "罗小梅 11/20 09:12\n石桥新村中间那块空地下雨没处躲，老人孩子没处坐，"
    "能不能搭个棚、放几条凳。我电话 130 0000 0113"
)
TITLE = "石桥新村空地搭雨棚、放长凳"
PLAN = "空地东侧搭一座钢架雨棚，棚下放长凳，由物业公司施工，公益金出钱。"
CHANGED = "空地东侧搭一座钢架雨棚，棚下放带靠背的长凳，由物业公司施工，公益金出钱。"
COMMENT, REPLY = "凳子要带靠背，老人坐得住。", "采纳，长凳改成带靠背的。"
DONE = "雨棚搭好，长凳装好，花费和报价一致，收据贴在棚柱上。"
SEEN = "两次到工地，钢架焊口都补过漆。"
TOLD = "雨棚和长凳都用上了，钱从公益金里出，居务监督委员会验收，回访十户都满意。"
BUILDINGS, DELEGATES = 9, 6
SIX = (
    "party_committee",
    "residents_committee",
    "property_firm",
    "owners_committee",
    "local_unit",
    "volunteers",
)
# A week whole, from the day after it was hung out.
NOTICE_DAYS = 8


@pytest.mark.slow
def test_from_a_chat_message_to_a_published_result(
    later_apart: Later, browser: Browser, tmp_path: Path
) -> None:
    later = later_apart
    phone, desk = Hall(browser, later.address), Hall(browser, later.address, "desk")
    for hall in (phone, desk):
        hall.paper = picture(tmp_path / "paper.jpg", (228, 222, 206))

    number = pasted(phone)
    uid = into_a_topic(desk, number)
    studied(desk, uid)
    hung_out(later, phone, desk, uid)
    voted(phone, desk, uid)
    carried_out(phone, desk, uid)
    accepted(phone, desk, uid)
    desk.deed(DESK, uid, "publish", words=TOLD)

    # Anybody reads the whole way; whoever sent the message reads the answer.
    phone.context.clear_cookies()
    assert "办成，已公开晒事" in phone.stands(uid)
    phone.see("11235-public", axe=True)
    for words in (TOLD, DONE, SEEN, CHANGED):
        assert words in phone.text(), words
    # It was filed for her by her phone: she is told by a call, and says how it was.
    case = desk.as_(CALL_BACK).find(number)
    desk.go(f"/cases/{case}")
    desk.wait_for(TOLD)
    said = {"satisfaction": "satisfied", "words": "下雨有地方坐了。"}
    desk.do("call-back", reached="yes", solved="yes", **said, **STARS)
    assert "已解决，满意" in desk.text()
    desk.see("11235-told", axe=True)
    assert phone.wrong + desk.wrong == []


def pasted(at: Hall) -> str:
    """The chat message as it came, with the name and the phone it holds; answers the number."""
    at.as_(GRID).go("/work/file")
    paste(at.page, CHAT)
    for offered in ("130 0000 0113", "罗小梅"):
        at.page.locator("[data-offers] button", has_text=offered).click()
    at.see("11235-pasted", axe=True)
    form = at.page.locator("form.form")
    form.locator("label.choice", has_text="石桥新村3栋").click()
    form.locator("[name=consent]").check()
    at.send(form)
    assert at.refusal() == "", at.refusal()
    return re.findall(NUMBER, at.text())[0]


def into_a_topic(at: Hall, number: str) -> str:
    """The desk sets it aside into a topic, and the party organisation takes it up."""
    case = at.as_(DESK).find(number)
    at.go(f"/topics/from-cases?case={case}")
    at.see("11235-from-cases", axe=True)
    at.press(title=TITLE, words="一百多户共用的一块空地，怎么搭、放在哪儿要大家定。")
    assert at.refusal() == "", at.refusal()
    uid = at.topic_here()
    at.act(
        SECRETARY,
        f"/topics/{uid}/review",
        verdict="taken_up",
        competence="residents",
        size="h11235:major",
        entry="h11235:facilities",
        words="上报件，关系许多户，要花公益金，六方上会。",
    )
    at.act(CONVENER, f"/topics/{uid}/option", title="搭雨棚、放长凳", words=PLAN)
    return uid


def studied(at: Hall, uid: str) -> None:
    """The two committees, then all six sides."""
    at.lay(DESK, uid, "minutes", "opinion")
    here = {"present_party_committee": "4", "present_residents_committee": "4"}
    agreed = {"agreed_party_committee": "4", "agreed_residents_committee": "4"}
    words = "逐件过了上报件，这件归基础设施，立成书面议题。"
    at.deed(DESK, uid, "confer", words=words, **here, **agreed)
    at.lay(DESK, uid, "minutes", "register", "plan")
    joint = f"/topics/{uid}/do/meet"
    words = "六方到齐，照这个方案贴出去征求意见。"
    met = {"present_party_committee": "4", "result": "agreed", "words": words}
    at.as_(DESK).go(joint)
    for side in SIX[:-1]:
        at.page.locator(f"[name=came][value={side}]").check()
    at.press(people="11", **met)
    assert at.refusal() != "", "one side is missing"
    at.see("11235-five-sides", axe=True)
    at.page.locator(f"[name=came][value={SIX[-1]}]").check()
    at.press(people="12", **met)
    assert at.refusal() == "", at.refusal()
    assert "方案征求意见" in at.stands(uid)


def hung_out(later: Later, phone: Hall, desk: Hall, uid: str) -> None:
    """Posted, carried to every building, changed by a comment; a week later it goes on."""
    phone.lay(DESK, uid, "photo", "register")
    desk.deed(DESK, uid, "post", where="石桥新村各单元、桥头小区门口、业主群")
    phone.deed(NEIGHBOUR, uid, "comment", words=COMMENT)
    doors = f"/topics/{uid}/do/doors"
    phone.as_(GRID).go(doors)
    codes = phone.page.locator("[name=building] option").evaluate_all(
        "all => all.map(one => one.value).filter(Boolean)"
    )
    assert len(codes) == BUILDINGS
    for code in codes:
        phone.act(GRID, doors, building=code, found="delivered")
    phone.see("11235-doors", axe=True)
    desk.as_(DESK).go(f"/topics/{uid}/do/take-up")
    desk.see("11235-take-up", axe=True)
    desk.press(text_1=CHANGED, matters="small", words=REPLY)
    assert desk.refusal() == "", desk.refusal()
    phone.as_(NEIGHBOUR).go(f"/topics/{uid}/texts")
    # The first is the legend.
    assert "带靠背的" in phone.page.locator("ins").last.inner_text()
    phone.see("11235-difference", axe=True)
    for hall in (phone, desk):
        hall.page.goto("about:blank")
        hall.sign_out_everybody()
    later.pass_days(NOTICE_DAYS)
    desk.as_(CONVENER).until_it_stands(uid, "议事会议表决")


def voted(phone: Hall, desk: Hall, uid: str) -> None:
    """One roll of six delegates: five raise their hands, the sixth hands in a paper; two count."""
    desk.deed(DESK, uid, "open-roll")
    vote = re.findall(r"/votes/([a-z2-7]{20})", desk.page.url)[0]
    desk.see("11235-roll", axe=True)
    desk.deed(CONVENER, uid, "open-vote")
    desk.as_(DESK).go(f"/votes/{vote}/doors")
    desk.see("11235-register", axe=True)
    buildings = hrefs(desk, f"a[href*='/votes/{vote}/doors?building=']")
    lines = []
    for href in buildings:
        desk.go(href)
        lines += hrefs(desk, f"a[href*='/votes/{vote}/doors/']")
    assert len(lines) == DELEGATES
    for line in lines[:5]:
        desk.act(DESK, line, what="hands")
    # Whoever was not at the meeting has three days; before that, or before all are in, no count.
    desk.as_(DESK).go(f"/votes/{vote}/hands")
    assert desk.page.locator("[name=yes_1]").count() == 0
    desk.act(DESK, lines[5], what="paper")
    for teller in (DESK, OVERSEER):
        desk.act(teller, f"/votes/{vote}/hands", yes_1="4", against_1="1", abstained_1="0")
    desk.see("11235-hands", axe=True)
    for teller in (DESK, OVERSEER):
        desk.act(teller, f"/votes/{vote}/box", serial="1", line="6", on_1="1")
    desk.see("11235-box", axe=True)
    desk.lay(DESK, uid, "register", "count", "minutes")
    desk.deed(DESK, uid, "close-vote")
    assert "协同办事" in desk.stands(uid)
    phone.context.clear_cookies()
    phone.go(f"/votes/{vote}")
    phone.see("11235-result", axe=True)
    assert "4" in phone.text()


def hrefs(at: Hall, selector: str) -> list[str]:
    """Where the links lead, each once."""
    found = at.page.locator(selector).evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return list(dict.fromkeys(found))


def carried_out(phone: Hall, desk: Hall, uid: str) -> None:
    """The property firm leads, the market is called and answers, two bodies look on."""
    desk.deed(CONVENER, uid, "assign", unit=FIRM_NAME)
    desk.as_(FIRM).go(f"/topics/{uid}/call")
    desk.press(unit=MARKET_NAME, words="借三天货棚后面的空地堆钢架。")
    assert desk.refusal() == "", desk.refusal()
    phone.act(MARKET, f"/topics/{uid}/answer-call", yes="yes", words="可以，夜里也有人看着。")
    phone.see("11235-call-answered", axe=True)
    phone.act(MARKET, f"/topics/{uid}/part", done="yes", words="场地让出来了。", photo=phone.paper)
    phone.act(OVERSEER, f"/topics/{uid}/watch", words=SEEN, photo=phone.paper)
    phone.act(MEMBER, f"/topics/{uid}/watch", words="长凳是带靠背的，和方案一样。")
    phone.lay(FIRM, uid, "photo")
    phone.deed(FIRM, uid, "done", words=DONE)
    phone.see("11235-done", axe=True)


def accepted(phone: Hall, desk: Hall, uid: str) -> None:
    """Ten households are called before it counts as accepted; three go and look."""
    phone.lay(OVERSEER, uid, "acceptance")
    look = {"inspectors": "3", "fit": "yes", "words": "三人到场，棚稳凳牢。"}
    phone.go(f"/topics/{uid}/do/accept")
    phone.press(**look)
    assert phone.refusal() != "", "nobody was called yet"
    phone.see("11235-not-called", axe=True)
    for no in range(10):
        name = f"石桥新村第{no + 1}户"
        score = "basically" if no == 3 else "satisfied"
        desk.act(DESK, f"/topics/{uid}/call-back", person="", name=name, score=score)
    desk.see("11235-called", axe=True)
    phone.deed(OVERSEER, uid, "accept", **look)
    phone.see("11235-accepted")
