"""The page of one case: what it is, where it stands, what the reader may do now."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.core.permit import reach
from yishi.core.publication import PublicationState
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_by, say_exact, say_exact_by, say_when
from yishi.phrases.refusal import say_refusal
from yishi.phrases.rule import say_text
from yishi.phrases.similar import say_burst
from yishi.phrases.state import say_state
from yishi.phrases.story import say_story
from yishi.records.queries.groups import hot_bursts
from yishi.web.case.beside import came_from, list_context
from yishi.web.case.deed import Deed
from yishi.web.case.deeds import DEEDS
from yishi.web.case.forms import CaseForm
from yishi.web.case.group import group_context, photos_shown, steps_shown
from yishi.web.case.overseeing import order_clock
from yishi.web.case.requests import requests_shown
from yishi.web.case.shown import Shown, read
from yishi.web.case.standing import clock_shown, ended_shown, works_shown
from yishi.web.gate import missing, new_key, page
from yishi.web.photos import Photos
from yishi.web.round.note import call_note_at_desk
from yishi.web.rows import pictures
from yishi.web.topic_note import topic_note

TEMPLATE = "yishi/case/case.html"


@page("case.view")
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """A case to somebody who may see it; 404 to everybody else."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    found = context(shown, query=request.GET) | list_context(shown, came_from(request))
    return render(request, TEMPLATE, found)


def context(
    shown: Shown,
    failed: Deed | None = None,
    form: CaseForm | None = None,
    refusal: Refusal | None = None,
    photos: Photos | None = None,
    contacts: list[dict[str, str]] | None = None,
    query: QueryDict | None = None,
) -> dict[str, Any]:
    """The page of a case. `failed`, with what was typed in `form`, is shown open again. `query`:
    which page of its reports and of the cases merged into it.
    """
    query = query if query is not None else QueryDict()
    steps, older = steps_shown(shown, query)
    case, now = shown.case, shown.now
    acts = _acts(shown, failed, form, refusal, photos)
    return {
        "shown": shown,
        "case": case,
        "number": show_number(case.number),
        "line": case.line or case.item_title or _("Without words"),
        "state": say_state(case.state),
        "clock": clock_shown(shown),
        "hot": _hot(shown),
        "topic": topic_note(shown.topic, shown.now) if shown.topic else None,
        "call": call_note_at_desk(shown.actor, case.place, case.uid, case.line),
        "facts": _facts(shown),
        "ground": ground_facts(shown),
        **group_context(shown, query),
        "contacts": contacts,
        "photos": pictures(photos_shown(shown, query), _("Photo sent with the matter")),
        "proofs": pictures(
            [p.uid for p in shown.beside.photos if p.proof], _("Photo as proof of the result")
        ),
        "works": works_shown(shown),
        "ended": ended_shown(shown),
        "requests": requests_shown(shown),
        "orders": _orders(shown),
        "publication": _publication(shown),
        "story": say_story(steps, now, "staff", viewer=shown.actor.person_id),
        "older": older,
        "primary": next((act for act in acts if act["primary"]), None),
        "others": [act for act in acts if not act["primary"]],
        "may_contact": shown.may("report.read_contact") and contacts is None,
        "contact_key": new_key(),
    }


def _acts(
    shown: Shown,
    failed: Deed | None,
    form: CaseForm | None,
    refusal: Refusal | None,
    photos: Photos | None,
) -> list[dict[str, Any]]:
    """The acts the reader may do now; the first natural one is the primary one."""
    acts: list[dict[str, Any]] = []
    offered = [d for d in DEEDS if shown.may(d.act) and d.ready(shown)]
    if failed is not None and failed not in offered:
        # It may not be done any more; what was typed is shown all the same.
        offered.insert(0, failed)
    first = next((d for d in offered if d.natural), None)
    for deed in offered:
        here = failed is deed
        acts.append(
            {
                "deed": deed,
                "verb": deed.verb,
                "word": deed.word(),
                "hint": deed.hint(),
                "mark": deed.mark,
                "href": reverse(deed.name, args=[shown.case.uid]),
                "form": None if deed.page else form if here else deed.form(shown),
                "key": new_key(),
                "version": shown.case.version,
                "refusal": say_with_last(shown, refusal) if here and refusal else None,
                "kept": photos.kept if here and photos else [],
                "open": here,
                "primary": deed is first if failed is None else here,
            }
        )
    return acts


def say_with_last(shown: Shown, refusal: Refusal) -> dict[str, Any]:
    """The refusal; one about a form that is out of date says what happened meanwhile."""
    said = say_refusal(refusal)
    if refusal.code in ("stale", "not_now") and shown.beside.entries:
        last = say_story(shown.beside.entries[-1:], shown.now, "staff", shown.actor.person_id)[0]
        said["have"] = f"{last['at']} {last['text']}"
    return said


def _hot(shown: Shown) -> dict[str, str] | None:
    """The burst this open case is one of, with the way to it for those who may see it."""
    burst = hot_bursts(shown.now).get(shown.case.pk) if shown.case.is_open else None
    if burst is None:
        return None
    often = say_burst(burst.count, burst.days, burst.usual)
    href = reverse("groups") if reach(shown.actor, "case.take_in") else ""
    return {"said": _("One of many at once: %(often)s") % {"often": often}, "href": href}


def _facts(shown: Shown) -> list[dict[str, Any]]:
    case = shown.case
    nature, kind = shown.rules.natures.get(case.nature), shown.rules.kinds.get(case.kind)
    place = [case.place.name, case.building.name if case.building else ""]
    spots = [report.spot for report in shown.held.reports if report.spot]
    facts = [
        *_orders_outside(shown),
        (_("Place"), " · ".join(part for part in (*place, *spots[:1]) if part), ""),
        (_("Grid"), case.grid.name if case.grid else "", ""),
        (_("Nature"), say_text(nature) if nature else "", ""),
        (_("Kind"), say_text(kind) if kind else "", ""),
        (_("Raised"), say_when(case.filed_at, shown.now), say_exact(case.filed_at)),
        (_("First asked"), case.first_asked.name if case.first_asked else "", ""),
    ]
    told = [{"label": la, "value": value, "exact": exact} for la, value, exact in facts if value]
    if case.instant is not None:
        may = reach(shown.actor, "instant.list")
        href = reverse("instant_text", args=[case.instant.uid]) if may else ""
        told.append({"label": _("Instant answer"), "value": case.instant.title, "href": href})
    return told


def _orders_outside(shown: Shown) -> list[tuple[str, str, str]]:
    """The orders of higher systems it is handled for: their numbers and deadlines, and whether
    the answer has gone back."""
    facts = []
    for order in shown.beside.outside:
        said = [order.number]
        if order.due_at is not None:
            said.append(_("wanted by %(by)s") % {"by": say_by(order.due_at, shown.now)})
        if order.sent_back_at is not None:
            at = {"at": say_when(order.sent_back_at, shown.now)}
            said.append(_("answer sent back %(at)s") % at)
        exact = say_exact_by(order.due_at) if order.due_at else ""
        facts.append((order.system, " · ".join(said), exact))
    return facts


def ground_facts(shown: Shown) -> list[dict[str, Any]]:
    """The row of the responsibility list the case keeps."""
    duty = shown.case.duty
    if duty is None:
        return []
    facts = [
        (_("Item"), " · ".join(part for part in (duty.title, duty.grade) if part)),
        (_("Time limit"), duty.limit_words),
        (_("Legal basis"), duty.basis),
        (_("Settled when"), duty.standard),
        (_("Promise to the public"), duty.promise),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _orders(shown: Shown) -> list[dict[str, Any]]:
    return [
        {
            "cause": _("Twice dissatisfied") if order.cause == "twice" else _("From the officer"),
            "unit": order.unit,
            "words": order.words,
            "answer": order.answer,
            "at": say_when(order.issued_at, shown.now),
            "exact": say_exact(order.issued_at),
            "clock": order_clock(shown, order.issued_at),
        }
        for order in shown.beside.orders
    ]


def _publication(shown: Shown) -> dict[str, Any] | None:
    row = shown.publication
    if row is None:
        return None
    word, mark, kind = {
        PublicationState.DRAFT: (_("Draft, waits for review"), "waiting", "waiting"),
        PublicationState.REVIEWED: (_("Reviewed, waits for sign-off"), "waiting", "waiting"),
        PublicationState.PUBLISHED: (_("Public"), "board", "done"),
        PublicationState.TAKEN_DOWN: (_("Taken down"), "refuse", ""),
    }[PublicationState(row.state)]
    public = row.state == PublicationState.PUBLISHED
    return {
        "row": row,
        "tag": {"word": word, "mark": mark, "kind": kind},
        "waits": row.state in (PublicationState.DRAFT, PublicationState.REVIEWED),
        "href": reverse("publication", args=[row.uid]) if public else "",
    }
