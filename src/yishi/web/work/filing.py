"""Registering for somebody: 代居民登记 in half a minute, 当场办结 with a photo."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.acts import report
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.records.queries.filing import Filing, place_named
from yishi.records.queries.rule import RulesMissing
from yishi.records.queries.similar import Written
from yishi.records.wallclock import now as read_clock
from yishi.web.draft import owner_of
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
from yishi.web.reply import noticed
from yishi.web.similar import asks_only, offered_to_staff, rules_of
from yishi.web.work.choices import (
    channels_of,
    chips,
    filing_for,
    keep_place,
    natures_of,
    usual_place,
)

BUTTONS = 12
# A draft sent by script names whose it is; another person's session does not send it.
DRAFT = "X-Yishi-Draft"
NOT_THEIRS = 409


@page("report.file_for", methods=("GET", "HEAD", "POST"))
def file_for(request: HttpRequest) -> HttpResponse:
    """Staff register what somebody told them; that person agreed to it."""
    return _form(request, "report.file_for", on_spot=False)


@page("report.settle_on_spot", methods=("GET", "HEAD", "POST"))
def on_spot(request: HttpRequest) -> HttpResponse:
    """A grid worker registers a matter and settles it there and then, with a photo."""
    return _form(request, "report.settle_on_spot", on_spot=True)


def _form(request: HttpRequest, act: str, *, on_spot: bool) -> HttpResponse:
    try:
        filing = filing_for(actor_in(request), act)
    except RulesMissing as lacking:
        return refuse(request, lacking.refusal)
    if request.method != "POST":
        # A building's poster, or the page of a building, fills in the place.
        where = usual_place(request, filing)
        if where and request.GET.get("where") == where:
            keep_place(request, where)
        return _show(request, filing, on_spot, {"where": where})
    owner = request.headers.get(DRAFT, "")
    if owner and owner != owner_of(request):
        return JsonResponse({"state": "other"}, status=NOT_THEIRS)
    photos = photos_in(request, "photos", filing.rules)
    proofs = photos_in(request, "proofs", filing.rules) if on_spot else Photos()
    if "similar" in request.POST and not on_spot:
        return _look(request, filing, photos)
    sound = on_spot and not (photos.refusal or proofs.refusal)
    seen = _noticed(request, filing.rules.words_max) if sound else None
    if seen is not None and owner:
        return _tell_noticed(request, seen)
    if seen is not None:
        return _show(request, filing, on_spot, request.POST, None, photos, proofs, seen)
    answer = photos.refusal or proofs.refusal or _do(request, photos, proofs, on_spot)
    if isinstance(answer, Refusal):
        if owner:
            return _tell_refused(request, answer)
        return _show(request, filing, on_spot, request.POST, answer, photos, proofs)
    keep_place(request, request.POST.get("where", ""))
    number = {"number": show_number(answer.number)}
    said = (
        _("Settled on the spot, number %(number)s.")
        if on_spot
        else _("Registered, number %(number)s. Tell the resident this number.")
    )
    if owner:
        return _tell_sent(request, answer, said % number)
    if "again" in request.POST and not answer.again:
        return answered(request, answer, request.path, said % number)
    return answered(request, answer, reverse("case", args=[answer.uid]), said % number)


def _look(request: HttpRequest, filing: Filing, photos: Photos) -> HttpResponse:
    """The open matters like what is being registered, with everything typed kept."""
    if asks_only(request):
        return render(request, "yishi/pieces/similar.html", {"offered": _offered(request)})
    return _show(request, filing, False, request.POST, photos=photos)


def _offered(request: HttpRequest) -> dict[str, Any] | None:
    typed = request.POST
    where = place_named(typed.get("where", ""))
    if where is None:
        return None
    place, building = where
    written = Written(typed.get("words", ""), place, building, typed.get("spot", ""))
    return offered_to_staff(request, written)


def _tell_sent(request: HttpRequest, answer: Done, said: str) -> HttpResponse:
    """To the script: the number, the first one where this draft had arrived before."""
    if "flash" in request.POST and not answer.again:
        messages.success(request, said)
    href = reverse("case", args=[answer.uid])
    number = show_number(answer.number)
    return JsonResponse({"state": "sent", "number": number, "href": href, "again": answer.again})


def _tell_refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """To the script: why not, in a sentence for its list and as the piece for its form."""
    said = say_refusal(refusal)
    html = render_to_string("yishi/pieces/refusal.html", {"refusal": said}, request)
    told = {"state": "refused", "said": str(said["missing"]), "html": html}
    return JsonResponse(told, status=UNPROCESSABLE)


def _noticed(request: HttpRequest, most: int) -> dict[str, Any] | None:
    """What the answer may lack; not asked of what a device sends by itself, with nobody there,
    nor of one that is refused for its length.
    """
    typed = request.POST
    answer = typed.get("answer", "").strip()
    unseen = DRAFT in request.headers and "flash" not in typed
    if unseen or not 0 < len(answer) <= most:
        return None
    return noticed(request, typed.get("words", ""), answer, dated=False)


def _tell_noticed(request: HttpRequest, seen: dict[str, Any]) -> HttpResponse:
    """To the script: the same piece, for its form."""
    html = render_to_string("yishi/pieces/noticed.html", {"noticed": seen}, request)
    return JsonResponse({"state": "noticed", "said": seen["said"][0], "html": html})


def _do(request: HttpRequest, photos: Photos, proofs: Photos, on_spot: bool) -> Done | Refusal:
    typed = request.POST
    kind, _colon, where = typed.get("where", "").partition(":")
    name, phone = typed.get("name", "").strip()[:40], typed.get("phone", "").strip()[:40]
    # What one found oneself needs nobody's consent, as long as nobody is named in it.
    own = on_spot and typed.get("consent") == "self" and not (name or phone)
    words = Words(
        text=typed.get("words", ""),
        nature=typed.get("nature", ""),
        channel=typed.get("channel", ""),
        building=where if kind == "building" else "",
        place=where if kind == "place" else "",
        spot=typed.get("spot", "").strip()[:120],
        photos=photos.files,
        name=name,
        phone=phone,
        consent=own or typed.get("consent") == "yes",
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
    seen: dict[str, Any] | None = None,
) -> HttpResponse:
    where = typed.get("where", "")
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
        "natures": _chosen(natures_of(filing), typed.get("nature", "complaint")),
        "channels": _chosen(channels_of(filing), typed.get("channel", "")),
        "typed": typed,
        "items": chips(actor_in(request)) if on_spot else [],
        "kept_photos": photos.kept if photos else [],
        "kept_proofs": proofs.kept if proofs else [],
        "photos_max": filing.rules.photos_max,
        "words_max": filing.rules.words_max,
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal else None,
        "noticed": seen,
    }
    if not on_spot:
        found["similar"] = rules_of(actor_in(request), "report.file_for", read_clock())
        found["offered"] = _offered(request) if request.method == "POST" else None
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/work/file.html", found, status=status)


def _chosen(options: list[dict[str, Any]], value: str) -> list[dict[str, Any]]:
    known = value if value in [option["value"] for option in options] else ""
    known = known or (options[0]["value"] if options else "")
    return [{**option, "checked": option["value"] == known} for option in options]
