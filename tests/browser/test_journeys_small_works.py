"""东大路160号: a wish at April's talk becomes a road, a wall and a gate, for 180,000 yuan.

Decided by deliberation; a sixth is the fund's, a firm repaves, an institute claims the wall,
residents pay for the gate.
Source: practice.md, G10 to G12.
"""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Later
from tests.browser.hands import picture
from tests.browser.small_works import (
    ADVISER,
    ASKED,
    BALCONY,
    BIDS,
    BUILDER,
    CALLED_ON,
    CENTRE,
    CONVENER,
    DESK,
    FUND,
    FUND_YUAN,
    ITEM,
    KEEPER,
    PROJECT,
    ROUND,
    SCREENED_ON,
    SECRETARY,
    TALK,
    TALK_DAY,
    WALL,
    WORKS_ON,
    Works,
)
from tests.browser.small_works_built import built, funded, scored, settled
from tests.browser.small_works_read import accounted, all_of_it
from tests.browser.test_journeys_talk_day import called, on, press, sign


@pytest.mark.slow
def test_a_wish_at_a_talk_becomes_a_road_a_wall_and_a_gate(
    later_apart: Later, browser: Browser, tmp_path: Path
) -> None:
    later = later_apart
    phone, desk = Works(browser, later.address), Works(browser, later.address, "desk")
    for one in (phone, desk):
        one.paper = picture(tmp_path / "paper.jpg", (236, 232, 220))

    on(later, CALLED_ON, phone, desk)
    announced(desk)
    phone.round = desk.round
    talk = talk_called(desk)
    on(later, TALK_DAY, phone, desk)
    wished(phone, desk, talk)
    on(later, SCREENED_ON, phone, desk)
    screened(phone, desk)
    costed(desk)
    agreed(desk)
    on(later, WORKS_ON, phone, desk)
    funded(desk)
    built(phone, desk)
    settled(phone, desk)
    scored(phone, desk)
    accounted(phone)
    assert phone.wrong + desk.wrong == []


def announced(desk: Works) -> None:
    """The round is raised and reviewed, its fund announced, its terms posted."""
    desk.as_(DESK).go("/topics/new")
    form = desk.page.locator("form.form")
    desk.fill(form, title=ROUND, words="街道给了三十万元，居民提项目，恳谈议定做哪些。")
    form.locator("[name=place]").select_option(label="柳荫社区")
    desk.send(form)
    # The round of the year before is like it, and is not it.
    desk.send(desk.page.locator("form.form"))
    assert desk.refusal() == "", desk.text()[:400]
    desk.round = desk.topic_here()
    review = {
        "verdict": "taken_up",
        "competence": "residents",
        "size": "weishi:round",
        "entry": "weishi:works",
        "words": "专项资金已下达，按微实事的程序办。",
    }
    desk.act(SECRETARY, f"/topics/{desk.round}/review", **review)
    desk.as_(DESK).go(f"/rounds/{desk.round}")
    desk.deed_here("funds", "专项资金", "望江街道办事处", seen="fund", name=FUND, amount=FUND_YUAN)
    assert "300,000" in desk.text()
    desk.look_here("terms")
    desk.on_topic(DESK, "post", where="各楼道口、宣传栏、居民群")


def talk_called(desk: Works) -> str:
    """April's talk with the residents, as the rhythm proposes it; its uid."""
    begins = datetime.now(ZoneInfo("Asia/Shanghai")).strftime("%H:%M")
    return called(desk, TALK_DAY, begins, TALK, (ITEM,), ())


def wished(phone: Works, desk: Works, talk: str) -> None:
    """The terms have hung out; the talk asks for the road and the gate, a resident for the wall."""
    desk.as_(DESK).until_it_stands(desk.round, "征集")
    desk.go(f"/meetings/{talk}/desk")
    for who in ("13000000106", "160号院 王秀兰", "160号院 老宋"):
        sign(desk, talk, who, "")
    press(desk, f"/meetings/{talk}/do/open")
    desk.look_here("talk")
    desk.press_button("作为心愿申报")
    desk.fill(desk.page.locator("form.form"), title=ASKED)
    assert desk.page.locator("[name=meeting] option:checked").inner_text().endswith(TALK)
    wish(desk, "wish-of-the-talk", name="王秀兰", spot="东大路160号院内")
    wish_on_the_phone(phone, "demo-li", WALL, photos=phone.paper)
    phone.look_here("wish")
    wish_on_the_phone(phone, "demo-wang", BALCONY)


def wish(at: Works, seen: str, **typed: object) -> None:
    """The form of a wish, with what is folded away where it is typed."""
    form = at.page.locator("form.form")
    if "spot" in typed and not at.page.locator("[name=spot]").is_visible():
        form.locator("summary").first.click()
    at.fill(form, **typed)
    if seen:
        at.look_here(seen)
    at.send(form)
    if at.page.locator("#alike").count():
        at.send(at.page.locator("form.form"))
    assert at.refusal() == "", at.text()[:600]


def wish_on_the_phone(at: Works, login: str, title: str, **typed: object) -> None:
    """A resident's own, from the page of the round: a photo and one sentence."""
    at.as_(login).go("/talk")
    with at.page.expect_navigation():
        at.page.locator(f"a[href='/rounds/{at.round}']").first.click()
    at.press_button("我要申报")
    wish(at, "propose" if typed else "", title=title, **typed)


def screened(phone: Works, desk: Works) -> None:
    """One becomes the project, one goes on with it, one is barred by the list; with the reasons."""
    desk.on_topic(DESK, "end-projects")
    desk.as_(SECRETARY).go(f"/rounds/{desk.round}")
    desk.look_here("round-screening")
    desk.press_button("初审申报")
    desk.look_here("screening")
    judged(desk, ASKED, "pass", planned="no", checked="问过街道城建办，三年内没有列入计划。",
           title=PROJECT, words="院内路面重铺，东侧围墙拆了重建，院口装一道大门。")  # fmt: skip
    judged(desk, WALL, "join", "东大路160号院整治", words="同一个院子，路、墙、门一起做。")
    judged(desk, BALCONY, "refuse", "居民自家的开支", words="自家阳台由自家修，已请物业上门看过。")
    desk.see("small-works-all-screened")
    desk.lay(DESK, desk.round, "minutes")
    desk.on_topic(DESK, "end-projects")
    desk.find_project(PROJECT)
    phone.project = desk.project
    phone.as_("demo-wang").go("/proposals")
    phone.press_button(BALCONY)
    assert "居民自家的开支" in phone.text()
    phone.see("small-works-refused", axe=True)


def judged(at: Works, wish_: str, act: str, *chosen: str, **typed: str) -> None:
    """A wish at the desk of the screening: found by its title, judged in one of the three ways."""
    at.go(f"/rounds/{at.round}/screen")
    if wish_ not in at.page.locator("h2").all_inner_texts():
        at.press_button(wish_)
    form = at.form(act)
    at.choose(form, *chosen)
    at.fill(form, **typed)
    at.send(form)
    assert at.refusal() == "", f"{act}: {at.text()[:600]}"


def costed(desk: Works) -> None:
    """Three quotations, what three bodies say, the cost, and which quotation is taken."""
    for bidder, yuan in BIDS:
        desk.on_project(DESK, "quotation", bidder=bidder, amount=yuan, paper=desk.paper)
    for body, on_what, more in (
        (CENTRE, "造价", {"amount": "186000", "words": "路九万、墙四万、门和排水五万六。"}),
        (KEEPER, "是否可行", {"words": "地下没有管线冲突，可以施工。"}),
    ):
        desk.on_project(DESK, "opinion", body, on_what, favourable="yes", paper=desk.paper, **more)
    law = "院墙属全体住户共有，征得住户同意后可以重建。"
    desk.on_project(ADVISER, "opinion", "法律", favourable="yes", words=law)
    desk.on_project(DESK, "cost", CENTRE, "紧急", amount="186000", households="96",
                    seen="cost")  # fmt: skip
    desk.on_project(DESK, "take", BUILDER, seen="take")
    desk.go(desk.project)
    desk.look_here("costed")
    said = all_of_it(desk)
    for words in (*(bidder for bidder, _yuan in BIDS), "58,200.50", law):
        assert words in said, words


def agreed(desk: Works) -> None:
    """Body by body: who was there, who agreed; then the result is posted."""
    desk.on_project(
        CONVENER,
        "decide",
        present_residents_committee="5",
        agreed_residents_committee="5",
        present_representatives="16",
        agreed_representatives="15",
        words="路最急，墙有危险，门住户自己愿意出钱，三样一起做。",
        dissent="有一位代表觉得大门可以等一等。",
        seen="decide",
    )
    desk.lay(DESK, desk.round, "minutes", "register")
    desk.on_topic(DESK, "end-projects")
    desk.lay(DESK, desk.round, "photo")
    desk.on_topic(DESK, "post", where="各楼道口、宣传栏、居民群")
