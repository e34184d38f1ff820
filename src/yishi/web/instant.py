"""秒回: the texts that answer at once, drafted by one, approved by another, ended by anyone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts import instant as acts
from yishi.acts.door import Done
from yishi.core.figures import share
from yishi.core.instant import NOT, Drafted, as_if_approved, standing
from yishi.core.permit import Permitted, Subject, permit, reach
from yishi.core.person import Actor
from yishi.core.redaction import redact
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.figures import say_tenths
from yishi.phrases.instant import say_instant, say_word
from yishi.phrases.refusal import say_refusal
from yishi.records.models import InstantAnswer, Place
from yishi.records.queries import instant as query
from yishi.records.queries.paging import listed
from yishi.records.queries.place import places_below
from yishi.records.queries.rule import RulesMissing, adopted, in_force, parsed, today_of
from yishi.records.wallclock import now
from yishi.web.case.forms import prose
from yishi.web.gate import (
    UNPROCESSABLE,
    View,
    actor_in,
    answered,
    ask_in,
    missing,
    new_key,
    page,
    refuse,
)
from yishi.web.instant_form import DraftForm
from yishi.web.ledger import Ledger, asked, select, show, workbook
from yishi.web.office import Cell
from yishi.web.rows import case_rows, page_in, pager_of

BOTH = ("GET", "HEAD", "POST")
SHOWN = 20


class WhyForm(forms.Form):
    """Why a text is not approved, or not sent any more."""

    why = prose(gettext_lazy("Why"), rows=2)


@page("instant.list")
def account(request: HttpRequest) -> HttpResponse:
    """Texts of the reader's places: drafts, those in force and what became of their answers."""
    return show(request, _ledger(request))


@page("instant.list")
def account_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    return workbook(_ledger(request))


@page("instant.draft", methods=BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """A new text: first, if wanted, what it would have answered; then to be approved."""
    actor = actor_in(request)
    places = places_below(actor, "instant.draft")
    posted = request.method == "POST"
    form = DraftForm(places, request.POST if posted else None)
    looks = posted and "preview" in request.POST
    answer: Done | Refusal | None = None
    context: dict[str, Any] = {}
    if form.is_valid():
        place = Place.objects.get(uid=form.cleaned_data["place"])
        drafted = form.drafted()
        if looks:
            try:
                context["preview"] = _preview(actor, place, drafted)
            except RulesMissing as lacking:
                return refuse(request, lacking.refusal)
        else:
            item = form.cleaned_data["item"].strip()
            answer = acts.draft(ask_in(request), place.uid, drafted, item)
            if not isinstance(answer, Refusal):
                to, said = (
                    reverse("instant_text", args=[answer.uid]),
                    _("Drafted. Somebody else approves it."),
                )
                return answered(request, answer, to, said)
    context |= {
        "form": form,
        "key": new_key(),
        "refusal": say_refusal(answer) if isinstance(answer, Refusal) else None,
    }
    wrong = posted and not (looks and form.is_valid())
    return render(
        request, "yishi/instant/new.html", context, status=UNPROCESSABLE if wrong else 200
    )


@page("instant.list")
def text(request: HttpRequest, uid: str) -> HttpResponse:
    """One text, what it answered, and what the reader may do about it now."""
    row = query.text_for(actor_in(request), uid)
    return missing(request) if row is None else _shown(request, row)


def _act(name: str) -> View:
    @page(f"instant.{name}", methods=BOTH)
    def does(request: HttpRequest, uid: str) -> HttpResponse:
        if request.method != "POST":
            return redirect("instant_text", uid)
        row = query.text_for(actor_in(request), uid)
        if row is None:
            return missing(request)
        form, ask = WhyForm(request.POST), ask_in(request)
        answer: Done | Refusal | None = None
        if name == "approve":
            answer = acts.approve(ask, uid)
        elif form.is_valid():
            does_it = acts.refuse if name == "refuse" else acts.end
            answer = does_it(ask, uid, form.cleaned_data["why"])
        if isinstance(answer, Done):
            return answered(request, answer, reverse("instant_text", args=[uid]), _said(answer))
        return _shown(request, row, answer, **({} if name == "approve" else {name: form}))

    does.__doc__ = f"`instant.{name}` of a text."
    return does


def _said(answer: Done) -> str:
    return {
        "instant.approved": _("In force. Matters that fit are answered at once from now on."),
        "instant.refused": _("Not approved. Whoever drafted it reads why."),
    }.get(answer.code, _("Ended. It is not sent any more."))


def _ledger(request: HttpRequest) -> Ledger:
    actor, moment = actor_in(request), now()
    given, words = asked(request, "state", "month"), say_instant()
    rows = query.texts(actor, given["state"], given["month"], moment)
    base = reverse("instant")
    counts = query.counts(actor, moment)
    figures = [
        {"label": words[state], "value": counts[state], "href": f"{base}?state={state}"}
        for state in ("draft", "in_force", "expired")
    ]
    actions = []
    if reach(actor, "instant.draft"):
        href = reverse("instant_new")
        actions.append({"href": href, "word": _("Draft an instant answer"), "mark": "talk"})
    return Ledger(
        name="instant",
        title=_("Instant answers"),
        lead=_("Approved texts that answer a hot question the moment it is raised."),
        labels=[
            _("Title"),
            _("How it stands"),
            _("Area"),
            _("It expires"),
            _("Times sent"),
            _("Still unsolved"),
            _("Share"),
            _("Topic"),
        ],
        rows=rows,
        cells=lambda row: _cells(row, moment),
        filters=[select("state", _("How it stands"), words.items(), given["state"])],
        figures=figures,
        actions=actions,
        none=(
            _("No instant answers yet"),
            _("When many ask the same, one approved text answers them all at once."),
        ),
    )


def _cells(row: Mapping[str, Any], moment: Any) -> list[Cell]:
    sent, unsolved = row["sent"] or 0, row["unsolved"] or 0
    return [
        (row["title"], reverse("instant_text", args=[row["uid"]])),
        say_instant()[standing(row["state"], row["until_at"], moment)],
        row["place__name"],
        say_exact(row["until_at"])[:16],
        sent,
        unsolved,
        say_tenths(share(unsolved, sent)) if sent else "—",
        "、".join(say_word(word) for word in row["words"]),
    ]


def _preview(actor: Actor, place: Place, drafted: Drafted) -> dict[str, Any]:
    """What a text would have answered: how many of how many, and the first of them, with what
    identifies people hidden. Raises RulesMissing."""
    moment = now()
    rules = acts.limits_of(in_force(place, today_of(moment)), place)
    found = query.preview(actor, as_if_approved(drafted, moment), place, rules, moment)
    rows = query.case_lines(found.found[:SHOWN])
    return {
        "looked": found.looked,
        "many": len(found.found),
        "capped": found.capped,
        "rows": case_rows(_hidden(rows, place), moment),
        "more": max(0, len(found.found) - SHOWN),
    }


def _hidden(rows: Sequence[dict[str, Any]], place: Place) -> list[dict[str, Any]]:
    rules = parsed(adopted(place, today_of(now()), "redaction")["redaction"])
    return [{**row, "line": redact(row["line"], rules)[0]} for row in rows]


def _shown(
    request: HttpRequest,
    row: InstantAnswer,
    answer: Done | Refusal | None = None,
    refuse: forms.Form | None = None,
    end: forms.Form | None = None,
) -> HttpResponse:
    actor, moment = actor_in(request), now()
    stands = standing(row.state, row.until_at, moment)
    sent, unsolved = getattr(row, "sent", 0) or 0, getattr(row, "unsolved", 0) or 0
    only = request.GET.get("show", "") == "unsolved"
    matters = query.answered_by(actor, row, unsolved=only)
    found = listed(matters, page_in(request.GET)) if sent else None
    subject = Subject(path=row.place.ids, parties=query.parties_of(row))
    decides = stands == "draft" and _may(actor, "instant.approve", subject)
    ends = stands in ("draft", "in_force") and _may(actor, "instant.end", subject)
    context = {
        "row": row,
        "facts": _facts(row, stands, moment),
        "waits": stands == "draft",
        "decides": decides,
        "refuse": refuse or (WhyForm(auto_id="refuse_%s") if decides else None),
        "end": end or (WhyForm(auto_id="end_%s") if ends else None),
        "preview": _approved_preview(actor, row) if stands == "draft" else None,
        "figures": _figures(sent, unsolved, row.uid) if sent else [],
        "only": only,
        "rows": case_rows(found.rows, moment) if found else [],
        "pager": pager_of(found, request.GET) if found else None,
        "key": new_key(),
        "refusal": say_refusal(answer) if isinstance(answer, Refusal) else None,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "yishi/instant/text.html", context, status=status)


def _approved_preview(actor: Actor, row: InstantAnswer) -> dict[str, Any] | None:
    try:
        return _preview(actor, row.place, query.drafted_of(row))
    except RulesMissing:
        return None


def _figures(sent: int, unsolved: int, uid: str) -> list[dict[str, Any]]:
    """How often it was sent, and how often that was not enough."""
    base = reverse("instant_text", args=[uid])
    return [
        {"label": _("Times sent"), "value": sent, "href": f"{base}#answered"},
        {
            "label": _("Still unsolved"),
            "value": unsolved,
            "denominator": say_tenths(share(unsolved, sent)),
            "href": f"{base}?show=unsolved#answered",
        },
    ]


def _facts(row: InstantAnswer, stands: str, moment: Any) -> list[dict[str, Any]]:
    meant = [say_word(word) for word in row.words if not word.startswith(NOT)]
    unless = [say_word(word.removeprefix(NOT)) for word in row.words if word.startswith(NOT)]
    facts: list[dict[str, Any]] = [
        {"label": _("How it stands"), "value": say_instant()[stands]},
        {"label": _("Topic"), "value": "、".join(meant)},
        {"label": _("Area"), "value": row.place.name},
        {
            "label": _("It expires"),
            "value": say_when(row.until_at, moment),
            "exact": say_exact(row.until_at),
        },
        _step(_("Drafted"), row.drafted_at, row.drafted_by, moment),
    ]
    if unless:
        facts.insert(2, {"label": _("Not where it says"), "value": "、".join(unless)})
    if row.item:
        facts.append({"label": _("Item of the responsibility list"), "value": row.item})
    if row.decided_at is not None:
        word = _("Not approved") if stands == "refused" else _("Approved")
        facts.append(_step(word, row.decided_at, row.decided_by, moment))
    if row.ended_at is not None:
        facts.append(_step(_("Ended"), row.ended_at, row.ended_by, moment))
    if row.why:
        facts.append({"label": _("Why"), "value": row.why})
    return facts


def _step(label: str, at: Any, person: Any, moment: Any) -> dict[str, Any]:
    who = f" · {person.name}" if person else ""
    return {"label": label, "value": f"{say_when(at, moment)}{who}", "exact": say_exact(at)}


def _may(actor: Actor, act: str, subject: Subject) -> bool:
    """As the act asks: the place, and who had which part in the text."""
    return isinstance(permit(actor, act, subject), Permitted)


urls: list[URLPattern] = [
    path("instant", account, name="instant"),
    path("instant.xlsx", account_xlsx, name="instant_xlsx"),
    path("instant/new", new, name="instant_new"),
    path("instant/<str:uid>", text, name="instant_text"),
    path("instant/<str:uid>/approve", _act("approve"), name="instant_approve"),
    path("instant/<str:uid>/refuse", _act("refuse"), name="instant_refuse"),
    path("instant/<str:uid>/end", _act("end"), name="instant_end"),
]
