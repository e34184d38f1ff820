"""People of a round of small works at a browser: what they do on its pages and its project's."""

from datetime import date
from typing import Any

from playwright.sync_api import Locator

from tests.browser.hall import Hall
from tests.browser.looking import SIZES
from tests.browser.test_walk import look_at_both

DESK, SECRETARY, CONVENER = "demo-desk", "demo-secretary", "demo-convener"
OVERSEER, ADVISER, ROADS = "demo-overseer", "demo-adviser", "demo-road"
CALLED_ON, TALK_DAY = date(2027, 4, 1), date(2027, 4, 10)
SCREENED_ON, WORKS_ON = date(2027, 5, 11), date(2027, 5, 19)
ROUND = "柳荫社区2027年第一轮微实事"
FUND, FUND_YUAN = "2027年微实事专项资金", "300000"
TALK = "恳谈日：东大路160号院怎么修"
ITEM = "东大路160号院的路、墙、门"
ASKED = "160号院的路重铺，再装一道大门"
WALL = "160号院东侧的围墙快倒了"
BALCONY = "我家阳台漏水请帮忙修"
PROJECT = "东大路160号院整治：路、墙、门"
FIRM, INSTITUTE, NEIGHBOURS = "清河沥青公司", "省建筑设计研究院", "160号院32户居民"
MONEY, KIND, CLAIM = "出钱", "出物", "认领"
CENTRE, KEEPER = "柳荫社区党群服务中心", "区市政设施管理处"
BUILDER = "清河路桥工程有限公司"
# Those of the estate who have a way in, and neither built it nor wrote down that it was built.
USERS = (
    "demo-chen", "demo-wang", "demo-li", "demo-zhou", "demo-yu", "demo-ayi",
    "demo-member", "demo-owners", "demo-secretary", "demo-convener",
)  # fmt: skip
# The forms of acts are one template: what a body decides stands for them at a desk, what somebody
# saw on a phone, and those that take papers are met by no walk.
FOR_ALL_FORMS = ("decide", "watch", "contract", "reach", "settle", "hand-over")
BIDS = ((BUILDER, "50000"), ("望江市政养护队", "53600"), ("大道建设有限公司", "58200.50"))


class Works(Hall):
    """Somebody at the pages of one round and one project, found by the buttons that lead there."""

    round: str
    project: str

    def look_here(self, name: str) -> None:
        """The page as it stands on a phone and at a desk, in the light and in the dark."""
        self.wrong += look_at_both(self, f"small-works-{name}")
        self.page.set_viewport_size(SIZES[self.size])  # type: ignore[arg-type]

    def look_as_elder(self, name: str) -> None:
        """The page as it stands with the letters of elder mode, where it is narrowest."""
        self.page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
        self.page.evaluate("document.documentElement.dataset.elder = ''")
        self.wrong += self.look(f"journey-{name}-elder")
        self.page.evaluate("delete document.documentElement.dataset.elder")
        self.page.set_viewport_size(SIZES[self.size])  # type: ignore[arg-type]

    def press_button(self, words: str) -> None:
        """Follows the link or presses the button of those words."""
        with self.page.expect_navigation():
            self.page.locator("#main a:visible, #main button:visible", has_text=words).first.click()

    def deed_here(self, ending: str, *chosen: str, seen: str = "", **typed: Any) -> None:
        """The act whose button stands on this page: opened, filled in and sent. `chosen` are
        choices by their words; `seen` names the form, of which a picture is taken."""
        with self.page.expect_navigation():
            self.page.locator(f"#main a[href$='/{ending}']").first.click()
        if seen:
            self.see(f"small-works-{seen}", axe=seen in FOR_ALL_FORMS)
            if seen in FOR_ALL_FORMS:
                self.wrong += self.look_in_the_dark(f"journey-small-works-{seen}-{self.size}")
                self.look_as_elder(f"small-works-{seen}")
        self.choose(self.page.locator("form[data-act]"), *chosen)
        self.press(**typed)
        assert self.refusal() == "", f"{ending}: {self.refusal()} {self.text()[:600]}"

    def choose(self, form: Locator, *chosen: str) -> None:
        """Choices of a form by their words: radios, boxes, lists."""
        for words in chosen:
            label = form.locator("label.choice", has_text=words)
            if label.count():
                if not label.first.is_visible():
                    label.first.locator("xpath=ancestor::details/summary").first.click()
                label.first.locator("input").check()
            else:
                option = form.locator("option", has_text=words).first
                option.locator("xpath=..").select_option(option.get_attribute("value"))

    def on_topic(self, login: str, act: str, *chosen: str, **typed: Any) -> None:
        """One act of the step the round stands in, from the round's page."""
        self.as_(login).go(f"/rounds/{self.round}")
        with self.page.expect_navigation():
            self.page.locator(f"#main a[href='/topics/{self.round}']").click()
        self.deed_here(f"do/{act}", *chosen, **typed)

    def on_project(self, login: str, act: str, *chosen: str, **typed: Any) -> None:
        """One act on the project, from its page."""
        self.as_(login).go(self.project)
        self.deed_here(f"do/{act}", *chosen, **typed)

    def find_project(self, title: str) -> None:
        """The project of that title, from the page of its round."""
        self.go(f"/rounds/{self.round}")
        href = self.page.locator("a[href^='/projects/']", has_text=title).first
        self.project = str(href.get_attribute("href"))

    def stands_at(self) -> str:
        """What the project's page says of where it stands."""
        self.go(self.project)
        return self.page.locator("#main .tag").first.inner_text()
