"""Every page a person can reach, each role, phone and desk, light and dark: nothing to complain of.

Each kind of page is looked at once a size, by the first role that comes to it: axe in the light,
and in the dark axe's eye for contrast, the one thing the mode changes. Every page of every role
must answer.
"""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.looking import Watched

PAGES_MOST = 45
# What is downloaded rather than looked at, and what would leave the role.
NOT_PAGES = re.compile(
    r"\.(xlsx|csv|json|ics|svg|png|jpg)$|/photo/|/log/|/export|/sign-out|template|/download|/qr"
    r"|/account/data"
)
LOGINS = {
    "visitor": "",
    "resident": "demo-wang",
    "grid worker": "demo-grid",
    "community desk": "demo-desk",
    "dispatcher": "demo-dispatcher",
    "unit": "demo-unit",
    "call-back officer": "demo-callback",
    "supervisory officer": "demo-supervisor",
    "leader": "demo-leader",
    "administrator": "demo-admin",
    "auditor": "demo-auditor",
}
# What differs by role under one address.
OWN = ("/", "/work", "/cases/*")

seen: set[tuple[str, str]] = set()


def kind_of(address: str) -> str:
    """The address with what names one thing replaced, so that each page is looked at once."""
    path = urlsplit(address).path
    path = re.sub(r"/[a-z2-7]{20}(?=/|$)", "/*", path)
    path = re.sub(r"/b/[^/]+", "/b/*", path)
    return re.sub(r"/\d+(?=/|$)", "/*", path)


def links(window: Watched, base: str) -> list[str]:
    """Addresses of this house on the page as it stands."""
    found = window.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    return [link.split("#")[0] for link in found if link.startswith(base)]


@pytest.mark.slow
@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("who", LOGINS)
def test_nothing_to_complain_of(demo: Demo, browser: Browser, who: str, size: str) -> None:
    window = Watched(browser, size)
    if LOGINS[who]:
        window.be(demo.address, LOGINS[who])
    queue, wrong = [f"{demo.address}/"], []
    kinds: set[str] = set()
    while queue and len(kinds) < PAGES_MOST:
        address = queue.pop(0)
        kind = kind_of(address)
        if kind in kinds or NOT_PAGES.search(urlsplit(address).path):
            continue
        kinds.add(kind)
        if kind not in OWN and (kind, size) in seen and size == "desk":
            # On the phone every role has opened it; at the desk it was looked at already.
            continue
        answer = window.page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if answer.status >= 500:
            wrong.append(f"{address}: {answer.status}")
        queue += links(window, demo.address)
        name, new = f"{who}-{size}-{kind.strip('/') or 'home'}", (kind, size) not in seen
        seen.add((kind, size))
        if new or kind in OWN:
            wrong += window.look(name)
        if new:
            wrong += window.look_in_the_dark(name)
    window.close()
    assert wrong == [], "\n".join(wrong)
    assert len(kinds) >= 4, kinds
