"""People who deliberate at a browser: they open a topic's pages and do what their stage asks."""

import re
import time
from pathlib import Path
from typing import Any

from tests.browser.hands import Hands

WAIT_SECONDS = 120


class Hall(Hands):
    """Somebody at the pages of topics; `paper` is what they lay with a stage."""

    paper: Path

    def act(self, login: str, path: str, **typed: Any) -> None:
        """One act on a page that holds a single form; it is done, or the test fails with why."""
        assert self.as_(login).go(path) == 200, f"{login} at {path}: {self.text()[:200]}"
        self.press(**typed)
        assert self.refusal() == "", f"{path}: {self.refusal()} {self.text()[:400]}"

    def press(self, **typed: Any) -> None:
        """Fills the one form of the page and sends it, whatever comes of it."""
        form = self.page.locator("form[data-act]")
        self.fill(form, **typed)
        self.send(form)

    def deed(self, login: str, uid: str, name: str, **typed: Any) -> None:
        """One act of the stage the topic stands in."""
        self.act(login, f"/topics/{uid}/do/{name}", **typed)

    def to_ballot(self, login: str, vote: str) -> None:
        """The ballot of somebody's line: asked at once, or opened again where it was cast."""
        self.as_(login).go(f"/votes/{vote}/cast")
        if not self.page.locator("form.ballot").count():
            self.send(self.page.locator("form[action$='/cast']"))

    def lay(self, login: str, uid: str, *kinds: str) -> None:
        """Papers are laid with the stage it stands in."""
        for kind in kinds:
            self.act(login, f"/topics/{uid}/paper", kind=kind, title="", paper=self.paper)

    def stands(self, uid: str) -> str:
        """Where the topic stands, as anybody reads it."""
        self.go(f"/topics/{uid}")
        return self.page.locator("#stands").inner_text()

    def until_it_stands(self, uid: str, words: str) -> None:
        """Waits for what comes by itself."""
        until = time.monotonic() + WAIT_SECONDS
        while words not in (said := self.stands(uid)):
            assert time.monotonic() < until, said
            time.sleep(0.5)

    def sign_out_everybody(self) -> None:
        """Days have passed: nobody's session is remembered."""
        self.signed_in.clear()

    def topic_here(self) -> str:
        """The uid of the topic whose page this is."""
        found = re.search(r"/topics/([a-z2-7]{20})", self.page.url)
        assert found, self.page.url
        return found[1]

    def until_counted(self, uid: str) -> None:
        """The vote is counted without anybody's click."""
        self.context.clear_cookies()
        self.go(f"/votes/{uid}")
        until = time.monotonic() + WAIT_SECONDS
        while self.page.locator("#verdict").count() == 0:
            assert time.monotonic() < until, self.text()[:400]
            time.sleep(0.5)
            self.page.reload()

    def wait_for(self, words: str) -> None:
        """The page says so once the tick has been there."""
        until = time.monotonic() + WAIT_SECONDS
        while words not in self.text():
            assert time.monotonic() < until, self.text()[:600]
            self.page.wait_for_timeout(1000)
            self.page.reload()
