"""Registering for somebody: 代居民登记 in half a minute, 当场办结 with a photo."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.acts import report
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.core.number import show_number
from yishi.core.permit import reach
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.phrases.rule import say_text
from yishi.records.queries.filing import Filing, filing_of
from yishi.records.queries.rule import RulesMissing, today_of
from yishi.records.wallclock import now
from yishi.web.gate import (
    UNPROCESSABLE,
    actor_in,
    answered,
    ask_in,
    new_key,
    page,
    refuse,
)
from yishi.web.photos import Photos, photos_in

BUTTONS = 12


@page("report.file_for", methods=("GET", "HEAD", "POST"))
def file_for(request: HttpRequest) -> HttpResponse:
    """Staff register what somebody told them; that person agreed to it."""
    return _form(request, "report.file_for", on_spot=False)


@page("report.settle_on_spot", methods=("GET", "HEAD", "POST"))
def on_spot(request: HttpRequest) -> HttpResponse:
    """A grid worker registers a matter and settles it there and then, with a photo."""
    return _form(request, "report.settle_on_spot", on_spot=True)


def _form(request: HttpRequest, act: str, *, on_spot: bool) -> HttpResponse:
    held = reach(actor_in(request), act)
    seats = tuple(dict.fromkeys((grant.scope, seat) for grant, seat in held if seat is not None))
    try:
        filing = filing_of(seats, today_of(now()))
    except RulesMissing as lacking:
        return refuse(request, lacking.refusal)
    if request.method != "POST":
        # A building's poster, or the page of a building, fills in the place.
        return _show(request, filing, on_spot, {"where": request.GET.get("where", "")})
    photos = photos_in(request, "photos", filing.rules)
    proofs = photos_in(request, "proofs", filing.rules) if on_spot else Photos()
    answer = photos.refusal or proofs.refusal or _do(request, photos, proofs, on_spot)
    if isinstance(answer, Refusal):
        return _show(request, filing, on_spot, request.POST, answer, photos, proofs)
    number = {"number": show_number(answer.number)}
    said = (
        _("Settled on the spot, number %(number)s.")
        if on_spot
        else _("Registered, number %(number)s. Tell the resident this number.")
    )
    if "again" in request.POST and not answer.again:
        return answered(request, answer, request.path, said % number)
    return answered(request, answer, reverse("case", args=[answer.uid]), said % number)


def _do(request: HttpRequest, photos: Photos, proofs: Photos, on_spot: bool) -> Done | Refusal:
    typed = request.POST
    kind, _colon, where = typed.get("where", "").partition(":")
    words = Words(
        text=typed.get("words", ""),
        nature=typed.get("nature", ""),
        channel=typed.get("channel", ""),
        building=where if kind == "building" else "",
        place=where if kind == "place" else "",
        spot=typed.get("spot", "").strip()[:120],
        photos=photos.files,
        name=typed.get("name", "").strip()[:40],
        phone=typed.get("phone", "").strip()[:40],
        consent=typed.get("consent") == "yes",
    )
    if on_spot:
        return report.settle_on_spot(ask_in(request), words, typed.get("answer", ""), proofs.files)
    return report.file_for(ask_in(request), words)


def _show(
    request: HttpRequest,
    filing: Filing,
    on_spot: bool,
    typed: Mapping[str, Any],
    refusal: Refusal | None = None,
    photos: Photos | None = None,
    proofs: Photos | None = None,
) -> HttpResponse:
    where = typed.get("where", "")
    natures = [
        {"value": code, "word": say_text(name)} for code, name in filing.rules.natures.items()
    ]
    channels = [
        {"value": channel.code, "word": say_text(channel.name)} for channel in filing.channels
    ]
    found = {
        "on_spot": on_spot,
        "places": [
            {"value": f"place:{uid}", "word": name, "checked": where == f"place:{uid}"}
            for uid, name in filing.places
        ],
        "buildings": [
            {"value": f"building:{uid}", "word": name, "checked": where == f"building:{uid}"}
            for uid, name in filing.buildings
        ],
        "as_buttons": len(filing.buildings) + len(filing.places) <= BUTTONS,
        "natures": _chosen(natures, typed.get("nature", "complaint")),
        "channels": _chosen(channels, typed.get("channel", "")),
        "typed": typed,
        "kept_photos": photos.kept if photos else [],
        "kept_proofs": proofs.kept if proofs else [],
        "photos_max": filing.rules.photos_max,
        "words_max": filing.rules.words_max,
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal else None,
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/work/file.html", found, status=status)


def _chosen(options: list[dict[str, Any]], value: str) -> list[dict[str, Any]]:
    known = value if value in [option["value"] for option in options] else ""
    known = known or (options[0]["value"] if options else "")
    return [{**option, "checked": option["value"] == known} for option in options]
