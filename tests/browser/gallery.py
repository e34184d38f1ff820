"""Renders the pieces with believable contexts, pictures them and lets axe look.

    python tests/browser/gallery.py /tmp/gallery [--only queue] [--po django.po]

Serves on a free local port under the strict content policy of the product, so that a piece
which needs an inline style or a foreign host shows here first. Answers 1 when axe or the
policy complains.
"""

import argparse
import sys
import tempfile
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

HERE = Path(__file__).parent / "gallery"
PACKAGE = Path(__file__).parents[2] / "src" / "yishi"
ROOT = PACKAGE.parents[1]
sys.path[:0] = [str(HERE), str(PACKAGE.parent), str(ROOT)]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'"
)
PHOTO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">'
    '<path fill="#9aa39b" d="M0 0h8v8H0z"/><path fill="#6d756f" d="M0 5l3-2 2 2 3-1v4H0z"/>'
    '<circle cx="4" cy="5.5" r="1.4" fill="#222"/></svg>'
)
LOOKS = {
    "phone": (390, {}),
    "phone-dark": (390, {"mode": "dark"}),
    "phone-elder": (390, {"elder": True, "mode": "light"}),
    "desk": (1280, {}),
    "desk-dark": (1280, {"mode": "dark"}),
    "desk-elder": (1280, {"elder": True, "mode": "dark"}),
    "desk-english": (1280, {"lang": "en"}),
}


def words(po: Path) -> str:
    """A folder with the compiled Chinese words of `po`; empty where there is none."""
    import polib

    folder = Path(tempfile.mkdtemp()) / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    if po.exists():
        polib.pofile(str(po)).save_as_mofile(str(folder / "django.mo"))
    return str(folder.parents[1])


def configure(po: Path) -> None:
    """A Django with nothing but templates and static files."""
    import django
    from django.conf import settings

    settings.configure(
        DEBUG=True,
        SECRET_KEY="gallery only",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx"],
        STATIC_URL="/static/",
        STATICFILES_DIRS=[PACKAGE / "web" / "static"],
        LANGUAGE_CODE="zh-hans",
        LOCALE_PATHS=[words(po)],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE, PACKAGE / "web" / "templates"],
                "OPTIONS": {
                    "context_processors": ["django.template.context_processors.request"],
                    "libraries": {"yishi": "yishi.web.templatetags.yishi"},
                },
            }
        ],
    )
    django.setup()


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every page of the gallery: its template and what is handed to it."""
    import samples as s
    from django.contrib.messages.storage.base import Message

    doors = [{**door, "hint": hint} for door, hint in zip(s.DOORS, s.HINTS, strict=True)]
    resident = {
        "place": "福民街道 · 君怡社区",
        "doors": s.DOORS,
        "who": s.RESIDENT,
        "sign_out": "/out/",
        "demo": "演示：您现在是 居民 吴先生（君怡小区 3 栋）",
    }
    staff = {
        "place": "福民街道",
        "doors": s.STAFF_DOORS,
        "more": s.MORE,
        "who": s.WHO,
        "sign_out": "/out/",
    }
    wrong = s.FileForm({"words": "", "place": "君怡小区 3 栋", "phone": "138"}, {})
    wrong.is_valid()
    wrong.add_error("phone", "手机号是 11 位数字，请再看看。")
    case = {
        "story": s.STORY,
        "clock": s.clock("soon", "还剩 1 天 6 小时", 70),
        "facts": s.FACTS,
        "refusal": s.REFUSAL,
        "steps": s.STEPS,
    }
    queue = {
        "rows": s.ROWS,
        "chips": s.CHIPS,
        "pager": {"page": 2, "pages": 4, "prev": "?page=1", "next": "?page=3", "total": 37},
        "shell": staff,
        **case,
    }
    notes = [
        Message(25, "已派给区城管局，最迟周四 17:00 前答复居民。"),
        Message(30, "这一件和 PS2026-004198-3 很像，先看一眼。"),
        Message(40, "照片没有收到，请再传一次。"),
        Message(20, "有新的一版职责清单。"),
    ]
    return {
        "home": (
            "home.html",
            {"shell": {**resident, "home": "/home/"}, "doors": doors, "rows": s.ROWS[2:]},
        ),
        "file": ("file.html", {"shell": resident, "form": s.FileForm()}),
        "wrong": ("file.html", {"shell": resident, "form": wrong}),
        "visitor": (
            "home.html",
            {
                "shell": {
                    "place": "坪山区坑梓街道办事处 · 秀新社区党群服务中心",
                    "doors": s.DOORS,
                    "sign_in": "/sign-in/",
                },
                "doors": doors,
                "rows": s.ROWS,
            },
        ),
        "clock": ("clock.html", {"shell": resident, "lines": s.LINES}),
        "mine": ("mine.html", {"shell": resident, **case}),
        "queue": ("queue.html", {**queue, "open": True, "list_href": "/list/"}),
        "list": ("queue.html", queue),
        "empty": ("queue.html", {**queue, "rows": []}),
        "figures": (
            "figures.html",
            {
                "shell": staff,
                "figures": s.FIGURES,
                "bar": s.BAR,
                "table": s.TABLE,
                "messages": notes,
            },
        ),
        "sheet": (
            "sheet.html",
            {
                "shell": staff,
                "sheet": {
                    "code": "PS2026-004217-8",
                    "verify": "7F3K-29QD-MX6T",
                    "qr": "/photo.svg",
                    "note": "扫码或在公开记录中输入验真码，可核对本件与原记录是否一致。",
                },
            },
        ),
    }


def show(request: Any, name: str) -> Any:
    """One page of the gallery in the look asked for by the query."""
    from django.http import HttpResponse
    from django.shortcuts import render
    from django.utils import translation

    if name == "photo.svg":
        return HttpResponse(PHOTO, content_type="image/svg+xml")
    known = pages()
    if name not in known:
        return HttpResponse("", status=404)
    template, context = known[name]
    prefs = {"mode": request.GET.get("mode", ""), "elder": bool(request.GET.get("elder"))}
    with translation.override(request.GET.get("lang", "zh-hans")):
        answer = render(request, template, {**context, "prefs": prefs})
    answer["Content-Security-Policy"] = POLICY
    return answer


def routes() -> list[Any]:
    """The addresses that the frame itself links to, and the pages."""
    from django.urls import path

    names = ("prefs", "roles", "board", "record", "search")
    return [path(f"{name}/", show, {"name": name}, name=name) for name in names] + [
        path("<str:name>", show)
    ]


class Server(ThreadingMixIn, WSGIServer):
    """Serves several pictures' requests at once."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of every request."""

    def log_message(self, format: str, *args: Any) -> None:
        return


def look(into: Path, base: str, only: str, looks: str) -> int:
    """Pictures of all pages in all looks; answers how many complaints there were."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    from tests import needs

    complaints = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=needs.chromium(), args=needs.CHROMIUM_ARGUMENTS
        )
        for style in looks.split(","):
            width, prefs = LOOKS[style]
            context = browser.new_context(
                viewport={"width": width, "height": 844 if width < 700 else 900}, bypass_csp=False
            )
            page = context.new_page()
            said: list[str] = []
            page.on("console", lambda message, said=said: said.append(message.text))
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            query = "&".join(f"{key}={value}" for key, value in prefs.items())
            for name in pages():
                if only and name not in only.split(","):
                    continue
                said.clear()
                page.goto(f"{base}/{name}?{query}", wait_until="networkidle")
                page.screenshot(path=into / f"{name}-{style}.png", full_page=True)
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                trouble = [text for text in said if "favicon" not in text]
                if wide > 0:
                    trouble.append(f"{wide} px too wide")
                trouble += [
                    f"{found['id']}: {node['html'][:160]} {node['failureSummary']}"
                    for found in Axe().run(page).response["violations"]
                    for node in found["nodes"]
                ]
                for text in trouble:
                    print(f"{name} {style}: {text}")
                complaints += len(trouble)
            context.close()
        if not only:
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            for text in hands(page, base):
                print(f"hands: {text}")
                complaints += 1
        browser.close()
    return complaints


def hands(page: Any, base: str) -> list[str]:
    """What the script promises, tried by hand; answers each promise that does not hold."""
    from PIL import Image

    wrong: list[str] = []

    def hold(true: bool, promise: str) -> None:
        if not true:
            wrong.append(promise)

    page.goto(f"{base}/list")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    hold(page.evaluate("document.activeElement.getAttribute('href')") == "/3/", "j and k walk rows")
    page.keyboard.press("?")
    hold(page.locator("#keys").is_visible(), "? shows the keys")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    hold(page.evaluate("document.activeElement.name") == "q", "/ goes to the search")

    page.goto(f"{base}/file")
    page.locator("textarea").fill("井" * 490)
    hold("10" in page.locator(".field-count").inner_text(), "the counter says what is left")
    big = Path(tempfile.mkdtemp()) / "big.png"
    Image.effect_noise((4000, 3000), 80).save(big)
    page.set_input_files("input[type=file]", big)
    page.wait_for_selector("[data-shown] canvas")
    page.wait_for_function("!document.querySelector('form.form').dataset.working")
    file = page.evaluate(
        "(() => { const f = document.querySelector('[type=file]').files[0];"
        " return [f.type, f.size]; })()"
    )
    hold(file[0] == "image/jpeg" and file[1] < big.stat().st_size, "a large photo travels small")

    posts: list[str] = []
    page.on("request", lambda asked: posts.append(asked.url) if asked.method == "POST" else None)
    page.route("**/file", lambda route: route.fulfill(status=204))
    for _ in range(2):
        page.evaluate("document.querySelector('form.form .button').click()")
        page.wait_for_timeout(300)
    hold(len(posts) == 1, f"a second click sends nothing: {len(posts)} were sent")
    return wrong


def main() -> int:
    """Runs the gallery; answers the exit code."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("into", type=Path)
    ask.add_argument("--only", default="", help="names of pages, with commas")
    ask.add_argument("--looks", default=",".join(LOOKS), help="of " + ", ".join(LOOKS))
    ask.add_argument("--po", type=Path, default=PACKAGE / "locale/zh_Hans/LC_MESSAGES/django.po")
    asked = ask.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    configure(asked.po)
    sys.modules[__name__].__dict__["urlpatterns"] = routes()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    server = make_server(
        "127.0.0.1",
        0,
        StaticFilesHandler(get_wsgi_application()),
        server_class=Server,
        handler_class=Quiet,
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    complaints = look(asked.into, f"http://127.0.0.1:{server.server_port}", asked.only, asked.looks)
    server.shutdown()
    print(f"{complaints} complaints; pictures in {asked.into}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
