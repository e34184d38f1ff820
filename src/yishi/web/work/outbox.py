"""Without signal: who may send what was written, the empty shells, the worker that serves them."""

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import translation

from yishi.core.permit import reach
from yishi.records.queries.filing import Filing
from yishi.records.queries.rule import RulesMissing
from yishi.web.draft import owner_of
from yishi.web.gate import UNPROCESSABLE, actor_in, missing, page
from yishi.web.work.choices import (
    channels_of,
    chips,
    filing_for,
    natures_of,
    usual_place,
)

WORKER = Path(__file__).parents[1] / "static" / "yishi" / "sw.js"
KINDS = ("list", "file", "on-spot")


@page("report.file_for")
def mine(request: HttpRequest) -> HttpResponse:
    """Whose drafts may be sent now, a token to send them with, and what a form may choose from.

    `where`, `nature`, `channel`: [value, word]; `chosen`: their defaults. Places and rules only:
    nothing of any resident.
    """
    actor = actor_in(request)
    settles = bool(reach(actor, "report.settle_on_spot"))
    try:
        filing = filing_for(actor, "report.settle_on_spot" if settles else "report.file_for")
        every = filing_for(actor, "report.file_for") if settles else filing
    except RulesMissing:
        return JsonResponse({}, status=UNPROCESSABLE)
    found = {
        "who": owner_of(request),
        "csrf": get_token(request),
        **_choices(request, every),
        "items": chips(actor) if settles else [],
    }
    return JsonResponse(found, headers={"Cache-Control": "no-store"})


def _choices(request: HttpRequest, filing: Filing) -> dict[str, Any]:
    natures = natures_of(filing)
    places = [[f"place:{uid}", name] for uid, name in filing.places]
    buildings = [[f"building:{uid}", name] for uid, name in filing.buildings]
    channels = [[channel["value"], channel["word"]] for channel in channels_of(filing)]
    return {
        "where": [*places, *buildings],
        "nature": [[nature["value"], nature["word"]] for nature in natures],
        "channel": channels,
        "chosen": {
            "where": usual_place(request, filing),
            "nature": "complaint",
            "channel": channels[0][0] if channels else "",
        },
    }


@page("home.view")
def shell(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty filing page to be kept on a device: nobody's name, nothing of the session.

    How it looks comes in its address (`lang`, `elder`, `mode`), never from who asks.
    """
    if kind not in KINDS:
        return missing(request)
    asked = request.GET
    mode = asked.get("mode", "")
    context = {
        "offline": kind,
        "on_spot": kind == "on-spot",
        "shell": {"home": "/work"},
        "prefs": {
            "mode": mode if mode in ("dark", "light") else "",
            "elder": asked.get("elder") == "on",
        },
    }
    with translation.override("en" if asked.get("lang", "").startswith("en") else "zh-hans"):
        answer = render(request, "yishi/work/offline.html", context)
    answer["Cache-Control"] = "no-cache"
    return answer


@page("home.view")
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it may stand before the pages of /work."""
    return HttpResponse(
        WORKER.read_bytes(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )
