"""「井盖不见了」: a manhole cover is gone, from a photo on a phone to the public board.

One matter passes through every hand: raised at the poster of a building, given to a lead and
three co-handlers by the responsibility list, done again twice because the resident says so, put
under a supervisory order, and published by three people. Source: practice.md, P3.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.hands import AXES, Hands, picture

WORDS = "柳荫苑4栋西门口的井盖不见了，王桂英昨晚差点掉下去，有事打13900001234"
RESIDENT, DISPATCHER, LEAD, CO = "demo-wang", "demo-dispatcher", "demo-unit", "demo-water"
GRID, DESK, OFFICER, LEADER = "demo-grid", "demo-desk", "demo-supervisor", "demo-leader"
WHY = "先盖上再查是谁家的，两家还在查图。"
ELSEWHERE = ["demo-callback-lx", "demo-dispatcher-lx", "demo-desk-sq", "demo-grid-sq"]
FINISHED = "区城市管理局办完了（区市政设施管理处、清河通信管线有限公司还在办）"
AGAIN = "；由区城市管理局重新办理，最迟…前办结"
# What she reads, oldest first; times left out.
STORY = [
    "反映了这件事，最迟…前定下由谁来办",
    "已派给区城市管理局，清河水务有限公司、区市政设施管理处、清河通信管线有限公司协办，最迟…前办结",
    "区城市管理局签收了",
    "清河水务有限公司签收了",
    "区城市管理局与居民通了话",
    "清河水务有限公司办完了自己那部分：“查过管线图，不是上水井盖。”",
    FINISHED + "：“已经围挡，盖了临时盖板。”",
    "没有经手的人核查过：确实办好了",
    "已答复：“井口已经盖好，请放心走。”",
    "居民评价：没有解决，不满意：“盖板一踩就响，晚上睡不着”" + AGAIN,
    FINISHED + "：“盖板下垫了胶条。”",
    "没有经手的人核查过：确实办好了",
    "已答复：“已经垫了胶条，不响了。”",
    "居民评价：没有解决，不满意：“下雨胶条又掉了”" + AGAIN + "；同时发出督办单",
    "答复了督办单",
    FINISHED + "：“换成铸铁井盖，与路面齐平。”",
    "没有经手的人核查过：确实办好了",
    "已答复：“已换成铸铁井盖。”",
    "居民评价：已解决，满意：“这回是真好了，谢谢。”",
]


def rate(at: Hands, report: str, solved: str, satisfaction: str, stars: str, words: str) -> None:
    """The resident's word on the answer, on the page of the matter."""
    at.as_(RESIDENT).go(f"/reports/{report}")
    given = dict(zip(AXES, stars, strict=True))
    at.do("rate", solved=solved, satisfaction=satisfaction, words=words, **given)


def again(at: Hands, case: str, result: str, seen: str, answer: str, proof: Path) -> None:
    """Done, checked on the spot, answered."""
    at.work(LEAD, case, "submit", words=result, proofs=proof, why_open=WHY)
    at.work(GRID, case, "check", passed="yes", words=seen)
    at.work(LEAD, case, "answer", words=answer)


@pytest.mark.slow
def test_a_manhole_cover_is_gone(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    phone, desk = Hands(browser, demo.address), Hands(browser, demo.address, "desk")
    before = picture(tmp_path / "before.jpg", (122, 120, 114))
    after = picture(tmp_path / "after.jpg", (150, 148, 140))

    # A neighbour scans the code at the entrance: the place is filled in.
    phone.as_(RESIDENT).go("/b/LY04")
    phone.see("manhole-report")
    assert "柳荫社区 · 柳荫苑4栋" in phone.text()
    form = phone.page.locator("form.form")
    phone.fill(form, photos=before, text=WORDS, nature="help")
    phone.send(form)
    phone.see("manhole-sent", axe=True)
    number = re.findall(r"\d{4}-\d{4}-\d{3}", phone.text())[0]
    follow = phone.page.get_attribute("a.button[href*='/reports/']", "href") or ""
    report = follow.rsplit("/", 1)[1]

    # The dispatcher finds it in the queue and gives it out by the list, lead and co-handlers.
    desk.as_(DISPATCHER).go("/work")
    desk.go(f"/cases?q={number}")
    desk.page.locator("a[data-row]").click()
    desk.page.wait_for_url("**/cases/*")
    case = re.search(r"/cases/([a-z2-7]+)", desk.page.url)[1]  # type: ignore[index]
    desk.see("manhole-to-dispatch")
    desk.go(f"/cases/{case}/dispatch")
    desk.see("manhole-dispatch", axe=True)
    assert (
        "井盖缺损" in desk.page.locator("form", has=desk.page.locator("[name=duty]")).inner_text()
    )
    search = desk.page.locator("form.chips")
    desk.fill(search, q="权属不明")
    desk.send(search)
    row = desk.page.locator("label.choice", has_text="缺失、塌陷，危及行人或车辆")
    assert "主办" in row.inner_text()
    assert "区城市管理局" in row.inner_text()
    assert "清河水务有限公司、区市政设施管理处、清河通信管线有限公司" in row.inner_text()
    row.click()
    desk.see("manhole-dispatch-found")
    desk.send(desk.form("dispatch"))
    desk.see("manhole-dispatched")

    # The lead signs, speaks with the neighbour, and one co-handler does its part.
    desk.work(LEAD, case, "sign")
    desk.work(CO, case, "sign")
    desk.work(LEAD, case, "contact", reached="yes", note="先围起来，中午前补盖")
    desk.see("manhole-handling")
    phone.work(CO, case, "submit", words="查过管线图，不是上水井盖。", proofs=before)
    phone.see("manhole-co-part-done")
    desk.as_(LEAD).go(f"/cases/{case}")
    desk.see("manhole-to-submit", axe=True)
    desk.do("submit", words="已经围挡，盖了临时盖板。", proofs=after, why_open=WHY)
    desk.see("manhole-submitted")

    # Somebody who did not handle it looks on the spot; then the unit answers.
    phone.as_(GRID).go("/work")
    phone.see("manhole-grid-work")
    phone.go(f"/cases/{case}")
    phone.see("manhole-to-check")
    phone.do("check", passed="yes", words="盖板在，不晃。")
    desk.work(LEAD, case, "answer", words="井口已经盖好，请放心走。")

    # Twice she says no: again, then again under a supervisory order.
    phone.as_(RESIDENT).go("/")
    phone.see("manhole-home-rate")
    phone.go(f"/reports/{report}")
    phone.see("manhole-to-rate", axe=True)
    rate(phone, report, "no", "dissatisfied", "3222", "盖板一踩就响，晚上睡不着。")
    phone.see("manhole-redo")
    again(desk, case, "盖板下垫了胶条。", "踩了几脚，不响。", "已经垫了胶条，不响了。", after)
    rate(phone, report, "no", "dissatisfied", "2212", "下雨胶条又掉了。")
    desk.as_(OFFICER).go("/work")
    desk.see("manhole-officer")
    desk.go(f"/cases/{case}")
    desk.see("manhole-ordered")
    assert "两次不满意" in desk.text()
    assert "还没答复" in desk.text()
    desk.work(LEAD, case, "order-answer", words="明天换成正式的铸铁井盖，我们盯到装好。")
    again(
        desk,
        case,
        "换成铸铁井盖，与路面齐平。",
        "装好了，推车过去不响。",
        "已换成铸铁井盖。",
        after,
    )
    rate(phone, report, "yes", "satisfied", "4555", "这回是真好了，谢谢。")
    phone.see("manhole-satisfied")
    assert phone.story() == STORY

    # Another place's staff see nothing of it.
    for login in ELSEWHERE:
        assert desk.as_(login).go(f"/cases/{case}") == 404, login
    desk.see("manhole-elsewhere")

    # Three people bring it to the board, without names and phones.
    desk.as_(DESK).go(f"/cases/{case}/publish-draft")
    desk.see("manhole-draft", axe=True)
    draft = desk.page.locator("form.form")
    desk.fill(draft, title="柳荫苑4栋西门口井盖不见了，已换新")
    desk.send(draft)
    assert desk.refusal() == ""
    desk.work(OFFICER, case, "publish-review")
    desk.see("manhole-reviewed", axe=True)
    assert "publish-sign-off" not in desk.offers()
    desk.work(LEADER, case, "publish-sign-off")
    desk.see("manhole-signed-off")
    phone.context.clear_cookies()
    phone.go("/board")
    phone.see("manhole-board")
    phone.page.locator("a.card", has_text="井盖不见了").first.click()
    phone.page.wait_for_load_state()
    phone.see("manhole-public", axe=True)
    public = phone.text()
    assert "王桂英" not in public
    assert "13900001234" not in public
    assert "柳荫苑4栋西门口的井盖不见了" in public
    said = [re.sub("：“[^”]*”", "", sentence) for sentence in STORY]
    assert phone.story() == [*said, "经审核、签发，在公开栏公布"]
    assert phone.wrong + desk.wrong == []
