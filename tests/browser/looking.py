"""Looking at a page: axe, the content policy, sideways scrolling, a picture if one is asked for.

YISHI_PICTURES names a folder for the pictures; without it none are taken.
"""

import os
import re
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
SIZES = {"phone": PHONE, "desk": DESK}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING: dict[str, object] = {"type": "tag", "values": TAGS}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Watched:
    """A browser window whose complaints are kept."""

    def __init__(
        self, browser: Browser, size: str = "phone", mode: str = "light", *, scripts: bool = True
    ) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport=SIZES[size],  # type: ignore[arg-type]
            color_scheme=mode,  # type: ignore[arg-type]
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
            # Colours that are still moving have no contrast yet.
            reduced_motion="reduce",
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _console(self, message) -> None:  # type: ignore[no-untyped-def]
        # A refused form answers 422 and a gate 403 or 404: the browser logs these as errors.
        if message.type == "error" and not re.search(r"status of 4\d\d", message.text):
            self.complaints.append(f"console: {message.text}")

    def be(self, address: str, login: str) -> None:
        """Becomes a demo person by the page of roles."""
        self.page.goto(f"{address}/demo/roles")
        self.page.locator(f"[name=login][value='{login}']").first.locator(
            "xpath=ancestor::form"
        ).locator("button").first.click()
        self.page.wait_for_load_state()

    def look(self, name: str, *, axe: bool = True) -> list[str]:
        """What is wrong with the page as it stands; a picture of it where pictures are wanted.

        Without `axe` only what the browser itself says, and sideways scrolling.
        """
        found = [f"{name}: {complaint}" for complaint in self.complaints]
        self.complaints.clear()
        if self.page.evaluate(WIDER):
            found.append(f"{name}: scrolls sideways")
        if axe:
            found += self.axe(name)
        self.picture(name)
        return found

    def look_in_the_dark(self, name: str) -> list[str]:
        """The same page in the dark, where only its colours are others."""
        self.page.emulate_media(color_scheme="dark")
        found = self.axe(f"{name}-dark", {"type": "rule", "values": ["color-contrast"]})
        self.picture(f"{name}-dark")
        self.page.emulate_media(color_scheme="light")
        return found

    def axe(self, name: str, only: dict[str, object] = EVERYTHING) -> list[str]:
        """What axe finds on the page."""
        found = []
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        # Of what passes axe keeps every node, unless told that only violations are wanted.
        options = {"runOnly": only, "resultTypes": ["violations"]}
        result = self.page.evaluate("options => axe.run(options)", options)
        for violation in result["violations"]:
            nodes = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
            found.append(f"{name}: axe {violation['id']} at {nodes}")
        return found

    def picture(self, name: str) -> None:
        """A whole-page picture into YISHI_PICTURES, where it is set."""
        folder = os.environ.get("YISHI_PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name.replace('/', '_')}.png", full_page=True)

    def close(self) -> None:
        self.context.close()
