"""The page of a wish: what it says, where it stands, what it became; its photos."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.round import proposing as acts
from yishi.core.round.proposing import must_be_open
from yishi.core.round.screening import Standing, must_wait
from yishi.phrases.story import say_story
from yishi.records.files import file_path
from yishi.records.models import Entry, ProposalPhoto
from yishi.records.queries.paging import listed
from yishi.records.queries.proposal import proposals_by
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, missing, page
from yishi.web.round.rows import proposal_rows
from yishi.web.round.shown import Shown, read, wish
from yishi.web.rows import page_in, pager_of

STORY = 30


@page("proposal.view")
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """What anybody may know of a wish, and what this reader may do with it now."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    entries = Entry.objects.filter(subject_uid=uid).select_related("person")
    told = say_story(
        entries.order_by("-subject_no")[:STORY],
        shown.now,
        "staff" if shown.is_named and not shown.is_own else "public",
        shown.actor.person_id,
    )
    context = {
        "wish": wish(shown),
        "round": shown.row.topic,
        "story": told,
        "buttons": _buttons(shown),
    }
    return render(request, "yishi/round/proposal.html", context)


def _buttons(shown: Shown) -> list[dict[str, Any]]:
    uid, found = shown.row.uid, []
    waits = Standing(shown.held.state, shown.round.stage_kind)
    if must_wait(waits) is None and shown.may("proposal.refuse"):
        href = f"{reverse('round_screen', args=[shown.row.topic.uid])}?wish={uid}"
        found.append({"href": href, "word": _("Screen it"), "mark": "check", "primary": True})
    speaks = acts.is_of(shown.actor, shown.row)
    is_open = must_be_open(shown.round.call, shown.now) is None
    if speaks and is_open and shown.may("proposal.change"):
        found.append(_button("proposal_change", uid, _("Say it otherwise"), "message"))
    if speaks and shown.may("proposal.withdraw"):
        found.append(_button("proposal_withdraw", uid, _("Take it back"), "back"))
    if shown.round.stage_kind == "screen" and shown.may("proposal.part"):
        found.append(_button("proposal_part", uid, _("Part it from the others"), "back"))
    if shown.is_own and shown.may("proposal.show_name") and shown.row.title:
        named = shown.row.shows_name
        word = _("Take my name off it") if named else _("Put my name to it")
        found.append(_button("proposal_unname" if named else "proposal_name", uid, word, "person"))
    found.append(_button("proposal_sheet", uid, _("As a form, for print"), "print"))
    return found


def _button(name: str, uid: str, word: str, mark: str) -> dict[str, Any]:
    return {"href": reverse(name, args=[uid]), "word": word, "mark": mark, "primary": False}


@page("proposal.view")
def photo(request: HttpRequest, uid: str) -> HttpResponse:
    """A photo of a wish; wishes are public."""
    found = ProposalPhoto.objects.filter(uid=uid).select_related("file").first()
    kept = file_path(found.file.sha256) if found is not None else None
    if found is None or kept is None or not kept.is_file():
        return missing(request)
    answer = HttpResponse(kept.read_bytes(), content_type=found.file.media_type)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@page("proposal.file")
def mine(request: HttpRequest) -> HttpResponse:
    """One's own wishes, of every round."""
    found = listed(proposals_by(actor_in(request)), page_in(request.GET))
    rows = proposal_rows(found.rows)
    for row, kept in zip(rows, found.rows, strict=True):
        row["place"] = kept["topic__title"]
    context = {"rows": rows, "pager": pager_of(found, request.GET), "now": now()}
    return render(request, "yishi/round/mine.html", context)


urls: list[URLPattern] = [
    path("proposals", mine, name="proposals_mine"),
    path("proposals/<str:uid>", view, name="proposal"),
    path("proposals/photo/<str:uid>", photo, name="proposal_photo"),
]
