"""Every page a person can reach, each role, phone and desk, light and dark: nothing to complain of.

Each kind of page is looked at by the first role that comes to it, at both sizes: axe in the light,
and in the dark axe's eye for contrast, the one thing the mode changes. Every page of every role
must answer.
"""

import re
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.looking import SIZES, Watched

PAGES_MOST = 60
# What is downloaded rather than looked at, and what would leave the role.
NOT_PAGES = re.compile(
    r"\.(xlsx|csv|json|ics|svg|png|jpg|zip|docx)$|/photo/|/log/|/export|/sign-out|/template|/qr"
    r"|/download|/account/data|/word$|/shipped$|/current$|/kept/"
)
LOGINS = {
    "visitor": "",
    "resident": "demo-wang",
    "resident who waits": "demo-sima",
    "grid worker": "demo-grid",
    "community desk": "demo-desk",
    "dispatcher": "demo-dispatcher",
    "unit": "demo-unit",
    "local unit": "demo-school",
    "call-back officer": "demo-callback",
    "arbitrator": "demo-ruling",
    "supervisory officer": "demo-supervisor",
    "overseer": "demo-overseer",
    "leader": "demo-leader",
    "administrator": "demo-admin",
    "auditor": "demo-auditor",
}
# Matters whose pages lead where the first one of a list does not: words on the row, what follows
# its address.
ALSO = {
    "resident": [("东门车位都上了地锁", ""), ("单元门关不严", "")],
    "resident who waits": [("天花板渗水", "")],
    "dispatcher": [
        ("十几个车位锁着", ""),
        ("十几个车位锁着", "/merge"),
        ("地锁绊倒过人", ""),
        ("地锁绊倒过人", "/unmerge"),
        ("挖了三个坑", ""),
        ("挖了三个坑", "/split"),
        ("天花板渗水", ""),
        ("天花板渗水", "/clocks"),
        ("井盖塌了一角", ""),
        ("左转只有八秒", ""),
        ("左转只有八秒", "/forms"),
        ("左转车道太短", "/dispatch"),
        ("左转车道太短", "/refuse"),
        ("左转车道太短", "/forms"),
    ],
    "arbitrator": [("后墙根常年冒水", "/rule"), ("没有字的井盖", "/rule")],
}
# Pages that are led to by a script, by paper, or only from one place of many.
FROM = {
    "visitor": ["/b/LY04"],
    "grid worker": ["/offline/list", "/offline/file", "/offline/on-spot"],
    "administrator": ["/places/LY", "/places/LY/posters", "/places/buildings/LY04/poster"],
}
# What differs by role under one address.
OWN = ("/", "/work", "/cases/*")

seen: set[str] = set()


def kind_of(address: str) -> str:
    """The address with what names one thing replaced, so that each page is looked at once."""
    path = urlsplit(address).path
    path = re.sub(r"/[a-z2-7]{20}(?=/|$)", "/*", path)
    path = re.sub(r"/b/[^/]+", "/b/*", path)
    path = re.sub(r"^/places/(buildings/)?[A-Z0-9]+", r"/places/\1*", path)
    path = re.sub(r"^/(office/forms|rules/files)/.+", r"/\1/*", path)
    return re.sub(r"/\d+(?=/|$)", "/*", path)


def links(window: Watched, base: str) -> list[str]:
    """Addresses of this house on the page as it stands."""
    found = window.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    return [link.split("#")[0] for link in found if link.startswith(base)]


def matters(window: Watched, base: str, who: str) -> dict[str, str]:
    """The pages of ALSO: what they are called here → their addresses."""
    found = {}
    for words, then in ALSO.get(who, ()):
        lists = "reports" if who.startswith("resident") else f"cases?q={quote(words)}"
        window.page.goto(f"{base}/{lists}")
        row = window.page.locator("a[data-row]", has_text=words).first
        path = urlsplit(row.get_attribute("href") or "").path
        found[f"{words}{then}"] = f"{base}{path}{then}"
    return found


def look_at_both(window: Watched, name: str) -> list[str]:
    """What is wrong with the page on a phone and at a desk, in the light and in the dark."""
    wrong = []
    for size, box in SIZES.items():
        window.page.set_viewport_size(box)  # type: ignore[arg-type]
        wrong += window.look(f"{name}-{size}")
        wrong += window.look_in_the_dark(f"{name}-{size}")
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("who", LOGINS)
def test_nothing_to_complain_of(demo: Demo, browser: Browser, who: str) -> None:
    window = Watched(browser)
    if LOGINS[who]:
        window.be(demo.address, LOGINS[who])
    also = matters(window, demo.address, who)
    queue = [(path, f"{demo.address}{path}") for path in ("/", *FROM.get(who, ()))]
    queue += also.items()
    kinds: set[str] = set()
    wrong: list[str] = []
    while queue and len(kinds) < PAGES_MOST:
        kind, address = queue.pop(0)
        if kind in kinds or NOT_PAGES.search(urlsplit(address).path):
            continue
        kinds.add(kind)
        answer = window.page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if answer.status >= 500:
            wrong.append(f"{address}: {answer.status}")
        queue += [(kind_of(link), link) for link in links(window, demo.address)]
        if kind not in seen or kind in OWN:
            wrong += look_at_both(window, f"{who}-{kind.strip('/') or 'home'}")
        seen.add(kind)
    window.close()
    assert wrong == [], "\n".join(wrong)
    assert len(kinds) >= 4, kinds
