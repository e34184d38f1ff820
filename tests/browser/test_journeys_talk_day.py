"""居民恳谈日 about a meter for every household, in 柳荫社区: four units come, two items end there,
three go on the dated list and are reported back a month later. Source: practice.md, G7 and G8.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.conftest import Later
from tests.browser.hall import Hall
from tests.browser.hands import picture

DESK, SECRETARY, CONVENER = "demo-desk", "demo-secretary", "demo-convener"
RESIDENT, NEIGHBOUR = "demo-chen", "demo-yu"
TALK_DAY, DONE_BY, MONTH_LATER = date(2026, 12, 10), date(2026, 12, 28), date(2027, 1, 10)
HALL = "柳荫社区居民议事厅（党群服务中心二楼）"
TITLE = "恳谈日：锦绣里分户装表怎么办"
NEXT = "恳谈日：先回报上月三件，再谈过冬"
HOUSING, CITY = "区住房和建设局", "区城市管理局"
POWER, WATER = "清河供电公司", "清河水务有限公司"
ITEMS = (
    "锦绣里水表分户装",
    "锦绣里电表分户装",
    "装表挖开的弄堂路面谁来恢复",
    "困难户的材料费",
    "施工那几天到哪里接水",
)
# On the dated list: which item, whose it is, in how many days, what was agreed.
LISTED = (
    (0, WATER, 25, "供水公司二十五天内把六十四户的水表装到户，表和管由公司出。"),
    (1, POWER, 28, "供电公司二十八天内把电表分到户，总表箱换新。"),
    (2, CITY, 45, "城管局四十五天内排定恢复弄堂路面的工期，贴到弄堂口。"),
)
SETTLED = (
    (3, "住建局当场答复：低保和重残户的户内材料费从老旧小区改造里列支，会后就登记。"),
    (4, "供水公司停水当天派车到弄堂口送水，居委会帮行动不便的提上楼。"),
)
LEFT = "黄线划好了，夜里九点后有人巡，这几个星期没再堵过。"
BACK = (
    "水表装到户了，六十四户都在用。",
    "电表分到户了，总表箱换成不锈钢的。",
    "路面排在三月上旬恢复，城管局已贴出工期。",
)


@pytest.mark.slow
def test_a_talk_day_is_reported_back_a_month_later(
    later_apart: Later, browser: Browser, tmp_path: Path
) -> None:
    later = later_apart
    phone, desk = Hall(browser, later.address), Hall(browser, later.address, "desk")
    photo = picture(tmp_path / "hall.jpg", (214, 206, 190))
    begins = datetime.now(ZoneInfo("Asia/Shanghai")).strftime("%H:%M")

    # The rhythm proposes the day; the desk calls it, and sees the sum of the notice first.
    uid = called(desk, TALK_DAY, begins, TITLE, ITEMS, (HOUSING, CITY, POWER, WATER))
    desk.see("talk-called", axe=True)
    answered(phone, "demo-water", uid, "管网所所长和班长两人来。")
    phone.see("talk-answered", axe=True)
    answered(phone, "demo-power", uid, "营业部来一人。")
    desk.as_(DESK).go(f"/meetings/{uid}/called")
    for words in ("管网所所长和班长两人来。", "营业部来一人。"):
        assert words in desk.text()
    desk.see("talk-register", axe=True)

    # The day itself: by the code at the door, and at the desk.
    on(later, TALK_DAY, phone, desk)
    signed_in(phone, desk, uid)
    press(desk, f"/meetings/{uid}/do/open")
    desk.see("talk-sits", axe=True)
    for no, unit, days, words in LISTED:
        due = (TALK_DAY + timedelta(days=days)).isoformat()
        of_item(desk, no, "list", unit=unit, due_on=due, words=words)
    for no, words in SETTLED:
        of_item(desk, no, "settle", words=words)
    # What the last talk day left is owed first; no meeting ends without it.
    press(desk, "/report-back", words=LEFT)
    press(desk, f"/meetings/{uid}/do/close")
    minutes(phone, desk, uid, photo)
    listed_everywhere(desk, uid)

    # Two units report theirs done by its day, and the desk looks and takes it off the list.
    on(later, DONE_BY, phone, desk)
    for login, item, words in (
        ("demo-water", ITEMS[0], "六十四户水表装完，逐户试过水。"),
        ("demo-power", ITEMS[1], "六十四户电表装完，总表箱换新。"),
    ):
        on_the_list(phone, login, item, "done", words=words)
        on_the_list(desk, DESK, item, "close", settled="yes", words="同楼长逐户看过。")
    desk.see("talk-off-the-list", axe=True)

    # A month later the next one begins with what became of the three.
    following = called(desk, MONTH_LATER, begins, NEXT, ("楼道里取暖器的用电",), (POWER, WATER))
    on(later, MONTH_LATER, phone, desk)
    signed_in(phone, desk, following)
    press(desk, f"/meetings/{following}/do/open")
    owed = desk.page.locator("#owed").locator("xpath=ancestor::section")
    assert owed.locator("article").count() == len(LISTED)
    desk.see("talk-owed", axe=True)
    for words in BACK:
        press(desk, "/report-back", words=words)
    assert desk.page.locator("#owed").count() == 0

    # Anybody reads the first one, from what was asked to what became of it.
    phone.context.clear_cookies()
    assert phone.go(f"/meetings/{uid}") == 200
    for words in (*ITEMS, *BACK, *(row[3] for row in LISTED), *(row[1] for row in SETTLED)):
        assert words in phone.text(), words
    assert "陈阿凤" not in phone.text()
    phone.see("talk-public", axe=True)
    assert phone.wrong + desk.wrong == []


def called(
    at: Hall, day: date, begins: str, title: str, items: tuple[str, ...], units: tuple[str, ...]
) -> str:
    """Called from what the rhythm proposes; answers the meeting's uid."""
    at.as_(DESK).go("/meetings?place=LY")
    with at.page.expect_navigation():
        at.page.locator(f"a[href*='rhythm=talk_day'][href*='on={day.isoformat()}']").click()
    form = at.page.locator("form.calling")
    assert form.locator("[name=on]").input_value() == day.isoformat()
    words = "锦绣里还是总表，请各家当面说清楚。"
    at.fill(form, title=title, at=begins, until="", where=HALL, more="\n".join(items), words=words)
    for name in units:
        form.locator("label.choice", has_text=name).check()
    at.send(form)
    assert at.refusal() == "", at.refusal()
    assert "通知时间" in at.page.locator("#next").inner_text()
    at.send(form)
    assert at.refusal() == "", at.refusal()
    return at.page.url.split("/meetings/")[1].split("/")[0]


def answered(at: Hall, login: str, uid: str, words: str) -> None:
    """A unit says from its own screen that it comes, and who."""
    at.as_(login).go("/work")
    with at.page.expect_navigation():
        at.page.locator(f"a[href*='/meetings/{uid}']").first.click()
    with at.page.expect_navigation():
        at.page.locator(f"a[href^='/meetings/{uid}/called/'][href$='/answer']").click()
    form = at.page.locator("form.form")
    at.fill(form, words=words)
    at.send(form)
    assert at.refusal() == ""


def on(later: Later, day: date, *halls: Hall) -> None:
    """The day has come; everybody signs in to the pages again."""
    for hall in halls:
        # A screen that counts who is there goes on asking while the server is away.
        hall.page.goto("about:blank")
        hall.sign_out_everybody()
    later.pass_days((day - later.today).days)


def signed_in(phone: Hall, desk: Hall, uid: str) -> None:
    """A resident by the code on the door, the others at the desk."""
    desk.as_(DESK).go(f"/meetings/{uid}/desk")
    code = desk.page.locator(".door-code b").inner_text().replace(" ", "")
    phone.as_(RESIDENT).go(f"/in/{code}")
    phone.see("talk-at-the-door", axe=True)
    phone.send(phone.page.locator("form[action$='/here']"))
    assert "您已签到" in phone.text()
    for who, body in (
        ("13000000147", WATER),
        ("13000000148", POWER),
        ("锦绣里 老宋", ""),
        ("市政协委员 钟秀兰", ""),
    ):
        sign(desk, uid, who, body)
    assert desk.page.locator("#count b").inner_text() == "5"
    desk.see("talk-signing-in", axe=True)


def sign(at: Hall, uid: str, who: str, body: str) -> None:
    """Signed in at the desk, for a body or for themselves."""
    typed = {"body": body} if body else {}
    press(at, f"/meetings/{uid}/do/sign-in-for", who=who, **typed)


def press(at: Hall, action: str, **typed: str) -> None:
    """The first form of that act on the meeting's screen: unfolded, filled in, sent."""
    form = at.page.locator(f"form[method=post][action$='{action}']").first
    sent(at, form, **typed)


def of_item(at: Hall, no: int, act: str, **typed: str) -> None:
    """What came of one item, done where it stands."""
    card = at.page.locator("#items").locator("xpath=ancestor::section").locator("article").nth(no)
    assert ITEMS[no] in card.inner_text()
    sent(at, card.locator(f"form[action$='/{act}']"), **typed)


def sent(at: Hall, form: Locator, **typed: str) -> None:
    """A form that may be folded under its button; a choice is named by its words."""
    folded = form.locator("xpath=ancestor::details[not(@open)]")
    if folded.count():
        folded.locator("summary").click()
    for name in ("unit", "body"):
        if name in typed:
            form.locator(f"[name={name}]").select_option(label=typed.pop(name))
    at.fill(form, **typed)
    at.send(form)
    assert at.refusal() == "", f"{at.refusal()} {at.text()[:400]}"


def minutes(phone: Hall, desk: Hall, uid: str, photo: Path) -> None:
    """Written by the desk, signed off by the secretary; public only then."""
    desk.act(DESK, f"/meetings/{uid}/papers/new", kind="photo", title="恳谈现场", paper=photo)
    desk.as_(DESK).go(f"/meetings/{uid}/do/minutes")
    written = desk.page.locator("[name=minutes]").input_value()
    for title in ITEMS:
        assert title in written
    assert "锦绣里 老宋" in written
    desk.see("talk-minutes", axe=True)
    desk.press()
    assert desk.refusal() == ""
    assert desk.page.locator("form[action$='/do/sign-off']").count() == 0
    phone.context.clear_cookies()
    phone.go(f"/meetings/{uid}")
    assert "纪要" not in phone.page.locator("#main h2").all_inner_texts()
    desk.act(SECRETARY, f"/meetings/{uid}/do/sign-off")
    assert "纪要已签发" in desk.text()
    desk.see("talk-signed", axe=True)


def on_the_list(at: Hall, login: str, title: str, act: str, **typed: str) -> None:
    """An entry of the dated list, found in it by whoever this is, and one act on it."""
    at.as_(login).go("/listed")
    row = at.page.locator("tbody tr", has_text=title)
    with at.page.expect_navigation():
        row.locator("a").first.click()
    sent(at, at.page.locator(f"form[action$='/{act}']"), **typed)


def listed_everywhere(at: Hall, uid: str) -> None:
    """The four sheets, and the three on the list of those who owe them."""
    at.as_(DESK)
    for name, words in (
        ("notice", TITLE),
        ("signin", "锦绣里 老宋"),
        ("minutes", SETTLED[0][1]),
        ("listed", WATER),
    ):
        assert at.go(f"/meetings/{uid}/sheets/{name}") == 200, name
        assert words in at.page.locator("body").inner_text(), name
        at.see(f"talk-sheet-{name}")
    assert at.page.locator("tbody tr").count() == len(LISTED)
