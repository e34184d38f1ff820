"""The register of calls, how each was told, and what those called answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Done
from yishi.acts.meeting import calling
from yishi.core.meeting.sitting import Part, Told
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_when
from yishi.phrases.meeting import say_coming, say_part, say_told
from yishi.phrases.refusal import say_refusal
from yishi.records.models import Invitee
from yishi.web.gate import UNPROCESSABLE, ask_in, missing, new_key, page, refuse
from yishi.web.meeting.deeds import INVITE
from yishi.web.meeting.forms import AnswerForm
from yishi.web.meeting.shown import Shown, read

BY_HAND = (Told.PHONE, Told.DOOR, Told.PAPER)


@page("meeting.view")
def called(request: HttpRequest, uid: str) -> HttpResponse:
    """Who is called, how told, what they answered: for those who read names, and for a grid
    worker who tells them at their doors."""
    shown = read(request, uid)
    if shown is None or not (shown.names or shown.may("meeting.record_told")):
        return missing(request)
    return _register(request, shown)


@page("meeting.record_told", methods=("POST",))
def told(request: HttpRequest, uid: str) -> HttpResponse:
    """送达登记: one was told by telephone, at the door, on paper."""
    shown, one = _one(request, uid)
    if shown is None or one is None:
        return missing(request)
    answer = calling.record_told(ask_in(request), one.uid, request.POST.get("how", "")[:12])
    return _after(request, uid, one, answer, _("Entered in the register."))


@page("meeting.answer", methods=("GET", "HEAD", "POST"))
def answer(request: HttpRequest, uid: str, invitee: str) -> HttpResponse:
    """A body that was called says whether it comes, and who; or somebody called by name."""
    shown = read(request, uid)
    one = _find(shown, invitee) if shown else None
    if shown is None or one is None or not _may_answer(shown, one):
        return missing(request)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        comes = request.POST.get("comes", "")
        if comes in ("yes", "no"):
            words = form.cleaned_data["words"]
            done = calling.answer(ask_in(request), one.uid, comes == "yes", words)
            if isinstance(done, Done):
                if not done.again:
                    said = _("Thank you, you are expected.") if comes == "yes" else _("Noted.")
                    messages.success(request, said)
                return redirect(_back(shown))
            refusal = done
        else:
            form.add_error(None, _("Say whether you come or not."))
    context = {
        "meeting": shown.row,
        "number": show_number(shown.row.number),
        "when": say_when(shown.row.starts_at, shown.now),
        "who": _name(shown, one),
        "form": form,
        "key": new_key(),
        "back": _back(shown),
        "refusal": say_refusal(refusal) if refusal else None,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "yishi/meeting/answer.html", context, status=status)


def answer_links(shown: Shown) -> list[dict[str, Any]]:
    """For each call the viewer may answer, the way to the form that does it."""
    if not shown.calls or not shown.may("meeting.answer"):
        return []
    made = []
    for one in shown.calls:
        word = say_coming(one.answer)["word"] if one.answer else _("Can you come?")
        made.append(
            {
                "href": reverse("meeting_answer", args=[shown.row.uid, one.uid]),
                "word": _("%(body)s: %(answer)s") % {"body": one.body.name, "answer": word}
                if one.body
                else word,
                "mark": "message",
                "primary": not one.answer,
            }
        )
    return made


def _register(request: HttpRequest, shown: Shown, refusal: Refusal | None = None) -> HttpResponse:
    rows = shown.held.invitees
    groups = []
    for part in Part:
        mine = [_row(shown, one) for one in rows if one.part == part]
        if mine:
            groups.append({"word": say_part(part), "rows": mine})
    to, word = ("meeting_desk", _("The meeting")) if shown.keeps else ("meeting", _("The meeting"))
    told = sum(1 for one in rows if one.told_how)
    comes = sum(1 for one in rows if one.answer == "comes")
    context = {
        "meeting": shown.row,
        "number": show_number(shown.row.number),
        "about": f"{shown.row.title} · {say_when(shown.row.starts_at, shown.now)}",
        "back": reverse(to, args=[shown.row.uid]),
        "back_word": word,
        "groups": groups,
        "words": _("%(all)s called, %(told)s told, %(comes)s come")
        % {"all": len(rows), "told": told, "comes": comes},
        "more": {"href": INVITE.href(shown.row.uid), "word": INVITE.word(), "mark": INVITE.mark}
        if shown.may(INVITE.act)
        else None,
        "refusal": say_refusal(refusal) if refusal else None,
    }
    return render(request, "yishi/meeting/called.html", context)


def _row(shown: Shown, one: Invitee) -> dict[str, Any]:
    told = ""
    if one.told_how and one.told_at:
        known = {"how": say_told(one.told_how), "at": say_when(one.told_at, shown.now)}
        told = _("Told: %(how)s, %(at)s") % known
    deeds: list[dict[str, str]] = []
    if shown.may("meeting.record_told"):
        deeds = [
            {
                "action": reverse("meeting_told", args=[shown.row.uid]),
                "key": new_key(),
                "name": "how",
                "value": how.value,
                "word": say_told(how),
            }
            for how in BY_HAND
        ]
    answer_href = ""
    if _may_answer(shown, one):
        answer_href = reverse("meeting_answer", args=[shown.row.uid, one.uid])
    return {
        "uid": one.uid,
        "name": _name(shown, one),
        "must": one.must_come,
        "tag": say_coming(one.answer),
        "told": told,
        "answer_words": one.answer_words if shown.names else "",
        "answer": answer_href,
        "deeds": deeds,
    }


def _name(shown: Shown, one: Invitee) -> str:
    """A body by its name; a person's to those who read names, and to themselves."""
    if one.body is not None:
        return one.body.name
    own = one.person_id is not None and one.person_id == shown.actor.person_id
    if shown.names or own:
        return one.person.name if one.person else one.name
    return _("A guest")


def _may_answer(shown: Shown, one: Invitee) -> bool:
    from yishi.core.permit import Permitted, permit

    units = (one.body_id,) if one.body_id else ()
    subject = shown.held.subject(units=units, own=one.person_id)
    # The body that convenes reaches the meeting, not the call of another body.
    if one.body_id not in shown.actor.bodies() and one.person_id != shown.actor.person_id:
        return shown.keeps and isinstance(permit(shown.actor, "meeting.answer", subject), Permitted)
    return isinstance(permit(shown.actor, "meeting.answer", subject), Permitted)


def _find(shown: Shown, uid: str) -> Invitee | None:
    return next((one for one in shown.held.invitees if one.uid == uid), None)


def _one(request: HttpRequest, uid: str) -> tuple[Shown | None, Invitee | None]:
    shown = read(request, uid)
    if shown is None:
        return None, None
    return shown, _find(shown, request.POST.get("invitee", "")[:40])


def _back(shown: Shown) -> str:
    if shown.names:
        return reverse("meeting_called", args=[shown.row.uid])
    return reverse("meeting", args=[shown.row.uid])


def _after(
    request: HttpRequest, uid: str, one: Invitee, answer: Done | Refusal, said: str
) -> HttpResponse:
    to = reverse("meeting_called", args=[uid])
    if isinstance(answer, Refusal):
        return refuse(request, answer, back=(to, _("The register of calls")))
    if not answer.again:
        messages.success(request, said)
    return redirect(f"{to}#called-{one.uid}")


urls: list[URLPattern] = [
    path("meetings/<str:uid>/called", called, name="meeting_called"),
    path("meetings/<str:uid>/called/told", told, name="meeting_told"),
    path("meetings/<str:uid>/called/<str:invitee>/answer", answer, name="meeting_answer"),
]
