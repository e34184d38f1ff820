"""A person at a browser: becomes somebody, goes somewhere, fills the real forms, reads."""

import io
import re
import time
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page

from tests.browser.looking import Watched

# Rating and call-back ask the same four questions; the call-back's names begin with `axis_`.
AXES = ("speed", "result", "service", "answer")


# Only what hangs waits so long: a machine may be busy.
WAIT_MS = 30_000


class Hands(Watched):
    """A watched window in which somebody works at one demo."""

    def __init__(
        self, browser: Browser, address: str, size: str = "phone", scripts: bool = True
    ) -> None:
        super().__init__(browser, size, scripts=scripts)
        self.page.set_default_timeout(WAIT_MS)
        self.address, self.size = address, size
        self.wrong: list[str] = []
        self.signed_in: dict[str, list[Any]] = {}

    def as_(self, login: str) -> "Hands":
        """Is that demo person from now on. Who was here before goes on with the same session."""
        self.context.clear_cookies()
        if login in self.signed_in:
            self.context.add_cookies(self.signed_in[login])
        else:
            self.be(self.address, login)
            self.signed_in[login] = self.context.cookies()
        return self

    def go(self, path: str) -> int:
        """Opens an address of the demo; answers its status."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is not None
        return answer.status

    def form(self, ending: str) -> Locator:
        """The form whose act is `ending`, unfolded if it was folded away."""
        form = self.page.locator(f"form[method=post][action$='/{ending}']").first
        folded = self.page.locator("details:not([open])", has=form)
        if folded.count():
            folded.first.locator("summary").first.click()
        return form

    def fill(self, form: Locator, **typed: Any) -> None:
        """Types, chooses and attaches."""
        for name, value in typed.items():
            field = form.locator(f"[name='{name}']").first
            kind = field.get_attribute("type")
            if isinstance(value, Path):
                field.set_input_files(value)
            elif kind in ("radio", "checkbox"):
                form.locator(f"[name='{name}'][value='{value}']").check()
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def send(self, form: Locator) -> None:
        """Presses the form's own button and waits for what it leads to."""
        with self.page.expect_navigation():
            form.locator("button.button:not([type=button]):not([name=join])").first.click()

    def do(self, act: str, **typed: Any) -> None:
        """Does an act whose form stands on the page."""
        form = self.form(act)
        self.fill(form, **typed)
        self.send(form)
        if self.page.locator("#noticed").count():
            # What the reply may lack was read; it is sent all the same.
            self.send(self.form(act))
        assert self.refusal() == "", f"{act}: {self.refusal()}"

    def work(self, login: str, case: str, act: str, **typed: Any) -> None:
        """One act on a case by one of the staff, on its page."""
        self.as_(login).go(f"/cases/{case}")
        self.do(act, **typed)

    def file(self, login: str, building: str, words: str, photo: Path) -> tuple[str, str]:
        """A resident raises a matter at a building's code; answers its number and its report."""
        self.as_(login).go(f"/b/{building}")
        form = self.page.locator("form.form")
        self.fill(form, photos=photo, text=words, nature="help")
        self.send(form)
        assert self.refusal() == ""
        number = re.findall(NUMBER, self.text())[0]
        follow = self.page.get_attribute("a.button[href*='/reports/']", "href") or ""
        return number, follow.rsplit("/", 1)[1]

    def find(self, number: str) -> str:
        """The case of a number, found in the list of whoever this is."""
        self.go(f"/cases?q={number}")
        href = self.page.locator("a[data-row]").first.get_attribute("href") or ""
        return href.split("?")[0].rsplit("/", 1)[1]

    def until(self, true: str, page: Page | None = None) -> None:
        """Waits for an expression to hold. The content policy forbids the browser's own way."""
        until = time.monotonic() + WAIT_MS / 1000
        while not (page or self.page).evaluate(true):
            assert time.monotonic() < until, f"never held: {true}"
            time.sleep(0.05)

    def refusal(self) -> str:
        """What the page refuses, empty when it refuses nothing."""
        said = self.page.locator(".refusal h2, #errors")
        return said.first.inner_text() if said.count() else ""

    def text(self) -> str:
        """All words of the page's content."""
        return self.page.locator("#main").inner_text()

    def story(self) -> list[str]:
        """The sentences of the story, times left out."""
        found = self.page.locator(".story .story-text").all_inner_texts()
        return [re.sub(TIME, "…", text) for text in found]

    def offers(self) -> set[str]:
        """The acts that stand on a case page."""
        forms = self.page.locator("#acts form").evaluate_all("all => all.map(f => f.action)")
        links = self.page.locator("#acts a.button").evaluate_all("all => all.map(a => a.href)")
        return {href.split("?")[0].rsplit("/", 1)[1] for href in forms + links}

    def see(self, name: str, *, axe: bool = False) -> None:
        """Looks at the page as it stands; what is wrong with it is kept in `wrong`.

        axe is slow and looks at every page in the walk: here only where a journey comes to a
        state of a page that the walk may not meet.
        """
        self.wrong += self.look(f"journey-{name}-{self.size}", axe=axe)


NUMBER = r"\d{4}-\d{4}-\d{3}"
# A moment as a sentence names it: 「今天12:00」「下周三24:00」「11月24日17:30」.
TIME = r"(今天|明天|后天|下?周.|(\d+年)?\d+月\d+日)\s?\d\d:\d\d"


def picture(path: Path, shade: tuple[int, int, int]) -> Path:
    """A photo as a phone takes it: large, with a dark round hole in the road."""
    image = Image.new("RGB", (1800, 1350), shade)
    drawn = ImageDraw.Draw(image)
    for line in range(0, 1350, 90):
        drawn.line((0, line, 1800, line + 60), fill=tuple(part - 18 for part in shade), width=6)
    drawn.ellipse((620, 420, 1180, 980), fill=(28, 28, 30), outline=(70, 70, 72), width=26)
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=88)
    path.write_bytes(kept.getvalue())
    return path
