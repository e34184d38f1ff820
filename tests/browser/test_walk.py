"""Every page a person can reach, each role, phone and desk, light and dark: nothing to complain of.

Each kind of page is looked at by the first role that comes to it, at both sizes: axe in the light,
and in the dark axe's eye for contrast, the one thing the mode changes. Every page of every role
must answer.
"""

import re
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Demo
from tests.browser.looking import SIZES, Watched

PAGES_MOST = 200
# What is downloaded rather than looked at, and what would leave the role.
NOT_PAGES = re.compile(
    r"\.(xlsx|csv|json|ics|svg|png|jpg|zip|docx)$|/photo/|/papers/|/log/|/export|/sign-out|/template|/qr"
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
    "secretary": "demo-secretary",
    "convener": "demo-convener",
    "representative": "demo-member",
    "legal adviser": "demo-adviser",
    "desk of the seven steps": "demo-desk-cc",
    "secretary of the seven steps": "demo-ccsecretary",
    "convener of the seven steps": "demo-ccconvener",
    "property firm": "demo-property",
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
        ("菜场顶棚漏雨", "/dispatch"),
        ("菜场顶棚漏雨", "/refuse"),
        ("菜场顶棚漏雨", "/forms"),
    ],
    "supervisory officer": [("人行道翻浆", "/forms")],
    "arbitrator": [("后墙根常年冒水", "/rule"), ("没有字的井盖", "/rule")],
}
# Pages that are led to by a script, by paper, or only from one place of many.
FROM = {
    "visitor": ["/b/LY04", "/number"],
    "grid worker": ["/offline/list", "/offline/file", "/offline/on-spot"],
    "administrator": ["/places/LY"],
}
# Topics by their titles: each stands in another step, and offers its own acts.
TOPICS = {
    "visitor": ["君怡小区", "给欠物业费", "后墙排水沟", "两台二次供水水泵"],
    "resident": ["步道换石凳", "5栋门口添两把", "信报箱的锁坏了", "居民自治章程"],
    "community desk": ["柳荫苑楼道灯"],
    "secretary": ["锦绣里六十辆车", "步道换石凳"],
    "convener": ["柳荫苑北门内", "步道换石凳", "柳荫苑楼道灯"],
    "representative": ["柳荫苑北门内"],
    "overseer": ["7栋晒被杆"],
    "leader": ["柳荫苑楼道灯"],
    "property firm": ["3栋单元门的门禁"],
    "desk of the seven steps": ["家属院里怎么划"],
    "secretary of the seven steps": ["老船厂俱乐部"],
    "convener of the seven steps": ["5栋门口添两把"],
}
# What differs by role under one address.
OWN = ("/", "/work", "/cases/*")
# What the walk has to come to, so that no page loses the link that leads to it.
PAGES = """
/ /account /account/factors /account/factors/app /account/factors/passkey /account/password
/appointments /appointments/hand-over /appointments/load /audit /b/LY04 /board /board/*
/board/listed /burden /calls /cases /cases/* /cases/*/clocks /cases/*/dispatch /cases/*/forms
/cases/*/inspect /cases/*/merge /cases/*/opinion /cases/*/put-on-list /cases/*/refuse
/cases/*/rule /cases/*/split /cases/*/unmerge /count /demo/roles /figures /figures/by/channel
/figures/by/item /figures/by/unit /figures/list /findings /forms/answer/* /forms/call_back/*
/forms/dated_list/* /forms/extension/* /forms/handing_over/* /forms/opinion/* /forms/order/*
/forms/registration/* /forms/return/* /groups /listed /listed/* /listed/new /messages /methods
/methods/* /methods/*/wall /number
/office/forms /office/forms/* /offline/file /offline/list /offline/on-spot /opinions
/opinions/* /opinions/new /orders /outside /outside/* /oversight /people /people/*
/people/*/give /people/load
/places /places/* /places/*/posters /places/LY /places/buildings/*/poster /places/load /record
/record/entries/* /report/new /reports /reports/* /reports/*/answer-sheet /requests
/residents/check /rules /rules/amendments /rules/amendments/* /rules/calendar /rules/duties
/rules/duties/* /rules/files/* /rules/load /sign-in /sign-in/slip /slips /staff/sign-in
/staff/sign-in/first /staff/slips /talk /work /work/file /work/on-spot
/methods/adopt/* /methods/copy/* /methods/drafts /methods/drafts/* /methods/drafts/*/about
/methods/drafts/*/cases /methods/drafts/*/ends/* /methods/drafts/*/part/*
/methods/drafts/*/stage/* /methods/stop/*
/topics /topics/* /topics/*/do/accept /topics/*/do/answer /topics/*/do/collect /topics/*/do/comment
/topics/*/do/confer /topics/*/do/confirm /topics/*/do/count /topics/*/do/done
/topics/*/do/end-collecting /topics/*/do/end-posting /topics/*/do/failed /topics/*/do/object
/topics/*/do/rule /topics/*/flow /topics/*/option /topics/*/override /topics/*/paper
/topics/*/review /topics/*/withdraw /topics/new
/meetings /meetings/* /votes/*
"""

# A version of a method, and its sheet for the wall by whichever procedure.
METHOD = re.compile(r"^/methods/(?!drafts|copy|adopt|stop)[^/]+/[^/]+(?:/[^/]+(/wall))?$")

walked: set[str] = set()
seen: set[str] = set()


def kind_of(address: str) -> str:
    """The address with what names one thing replaced, so that each page is looked at once."""
    path = urlsplit(address).path
    path = re.sub(r"/[a-z2-7]{20}(?=/|$)", "/*", path)
    path = re.sub(r"/b/[^/]+", "/b/*", path)
    path = re.sub(METHOD, r"/methods/*\g<1>", path)
    path = re.sub(r"^/places/(buildings/)?[A-Z0-9]+", r"/places/\1*", path)
    path = re.sub(r"^/(office/forms|rules/files)/.+", r"/\1/*", path)
    path = re.sub(r"^/methods/(copy|adopt|stop)/.+", r"/methods/\1/*", path)
    path = re.sub(r"(/drafts/\*/(?:stage|ends|part|add))/.+", r"\1/*", path)
    return re.sub(r"/\d+(?=/|$)", "/*", path)


def links(html: str, address: str) -> list[str]:
    """Addresses of this house on the page."""
    base = "/".join(address.split("/")[:3])
    found = [
        urljoin(address, unescape(href)) for href in re.findall(r'<a\b[^>]*?href="([^"]+)"', html)
    ]
    return [link.split("#")[0] for link in found if link.startswith(f"{base}/")]


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


def topics(window: Watched, base: str, who: str) -> list[tuple[str, str]]:
    """The topics of TOPICS: what they are called here → their addresses."""
    found = []
    for words in TOPICS.get(who, ()):
        window.page.goto(f"{base}/topics?place=")
        row = window.page.locator("a[data-row]", has_text=words).first
        found.append((f"/topics/{words}", urljoin(base, row.get_attribute("href") or "")))
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
    queue += topics(window, demo.address, who)
    kinds: set[str] = set()
    wrong: list[str] = []
    while queue and len(kinds) < PAGES_MOST:
        kind, address = queue.pop(0)
        if kind in kinds or NOT_PAGES.search(urlsplit(address).path):
            continue
        kinds.add(kind)
        new = kind not in seen or kind in OWN
        # What was looked at already need not be drawn again to answer and to lead on.
        answer = window.page.goto(address) if new else window.context.request.get(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if answer.status >= 500:
            wrong.append(f"{address}: {answer.status}")
        queue += [(kind_of(link), link) for link in links(answer.text(), address)]
        if new:
            wrong += look_at_both(window, f"{who}-{kind.strip('/') or 'home'}")
        # A matter opened by its words stands for its kind, and the hall for the desk it leads to.
        kinds.add(kind_of(answer.url))
        seen.update((kind, kind_of(answer.url)))
    window.close()
    walked.add(who)
    assert wrong == [], "\n".join(wrong)
    assert len(kinds) >= 4, kinds


@pytest.mark.slow
def test_the_walk_came_to_every_page() -> None:
    if walked != set(LOGINS):
        pytest.skip("only a part of the walk was made")
    assert sorted(set(PAGES.split()) - seen) == []
