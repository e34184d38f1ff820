"""The desk of the screening: the wishes that wait on the left, one of them on the right."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from yishi.core.method.language import StageKind
from yishi.core.permit import Permitted, permit
from yishi.core.refusal import Refusal
from yishi.core.round.now import ProposalState
from yishi.core.round.screening import NEGATIVE
from yishi.phrases.money import say_yuan
from yishi.records.queries import proposal as query
from yishi.records.queries.paging import listed
from yishi.records.queries.round import HeldRound, round_of, round_sums
from yishi.records.queries.similar import Written, offers_to_staff, rules_offered_by
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, missing, new_key, page, refuse
from yishi.web.round.deeds import SCREENS, form_of
from yishi.web.round.page import may_screen
from yishi.web.round.rows import proposal_rows
from yishi.web.round.shown import Shown, wish
from yishi.web.rows import case_rows, page_in, pager_of

ACT = "proposal.refuse"
NONE = Refusal("not_screening", StageKind.SCREEN, source=NEGATIVE)


@page(ACT)
def desk(request: HttpRequest, uid: str) -> HttpResponse:
    """What waits, the first put forward first; open is the one asked for, else the first."""
    held = round_of(uid)
    if held is None:
        return missing(request)
    if held.stage_kind != StageKind.SCREEN:
        return refuse(request, NONE, back=(reverse("round", args=[uid]), held.topic.title))
    if not may_screen(request, held):
        return refuse(request, Refusal("not_yours", need=ACT), status=403)
    found = listed(query.waiting_at(held.topic), page_in(request.GET))
    asked = request.GET.get("wish", "")
    first = found.rows[0]["uid"] if found.rows and "list" not in request.GET else ""
    open_ = asked or first
    shown = _shown(request, held, open_) if open_ else None
    rows = proposal_rows(found.rows, open_)
    for row, kept in zip(rows, found.rows, strict=True):
        row["href"] = f"?{urlencode({'wish': kept['uid'], 'page': found.page})}#matter"
    sums = round_sums(held.topic)
    context: dict[str, Any] = {
        "round": held.topic,
        "rows": rows,
        "pager": pager_of(found, request.GET),
        "open": shown is not None,
        "asked": bool(asked),
        "list_href": f"?list=1&page={found.page}",
        "done": sum(sums.values()) - sums.get(ProposalState.FILED, 0),
        "total": sum(sums.values()),
        "end_href": reverse("topic", args=[uid]),
        **(_matter(shown) if shown is not None else {}),
    }
    return render(request, "yishi/round/screen.html", context)


def _shown(request: HttpRequest, held: HeldRound, uid: str) -> Shown | None:
    found = query.proposal_of(uid)
    if found is None or found.round.topic.pk != held.topic.pk:
        return None
    return Shown(found, actor_in(request), now())


def _matter(shown: Shown) -> dict[str, Any]:
    """The wish, what is to be looked at before it is judged, and the three ways it may go."""
    row, barred = shown.row, permit(shown.actor, ACT, shown.subject)
    own = isinstance(barred, Refusal) and barred.code == "not_independent"
    forms = [
        {
            "deed": deed,
            "title": deed.title(),
            "word": deed.word(),
            "action": deed.href(row.uid),
            "form": form_of(deed, shown),
            "key": new_key(),
        }
        for deed in (SCREENS if isinstance(barred, Permitted) else ())
    ]
    topic = row.topic
    return {
        "wish": wish(shown),
        "version": row.version,
        "forms": forms,
        "own": own,
        "alike": proposal_rows(query.alike_in(topic, row.title, but=row.uid)),
        "before": proposal_rows(query.alike_before(topic.place, topic, row.title)),
        "cases": _cases(shown),
        "split": proposal_rows(query.maybe_one_project(row)),
        "cap_word": wish_cap(shown),
    }


def wish_cap(shown: Shown) -> str:
    """The cap of its kind, as the terms say it."""
    kind = shown.round.terms.kind(shown.row.kind)
    return say_yuan(kind.cap_fen) if kind else ""


def _cases(shown: Shown) -> list[dict[str, Any]]:
    """Open matters like it that this reader may see."""
    row = shown.row
    rules = rules_offered_by(row.topic.place, shown.now)
    if rules is None:
        return []
    written = Written(f"{row.title}\n{row.words}", row.topic.place, row.building, row.spot)
    found = offers_to_staff(written, shown.actor, rules, shown.now)
    return case_rows([one.row for one in found], shown.now)


urls: list[URLPattern] = [path("rounds/<str:uid>/screen", desk, name="round_screen")]
