"""One act on a meeting as a page of its own, and the same form inline where it is done.

Inline forms are sent to the deed's own address. What is refused is shown there with what was
typed; where the meeting has gone on meanwhile, the words are handed back to be copied.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Ask, Done
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.records.models import AgendaItem
from yishi.web.gate import UNPROCESSABLE, View, ask_in, missing, new_key, page
from yishi.web.meeting.forms import MeetingForm
from yishi.web.meeting.shown import Shown, read

BOTH = ("GET", "HEAD", "POST")
# What earlier meetings left is reported back too.
REPORTED = "meeting.report_back"
WRITTEN = ("title", "words", "minutes", "summary", "name", "who")


@dataclass(frozen=True)
class About:
    """What an act is about: the meeting as shown, and an item of it where it is about one."""

    request: HttpRequest
    shown: Shown
    item: AgendaItem | None = None


Do = Callable[[Ask, About, Mapping[str, Any]], "Done | Refusal"]


@dataclass(frozen=True)
class Deed:
    """One act on a meeting.

    `name` ends its address; `of_item`: it is about one item, named by `item` in the form.
    `title` asks the page's one question, `word` is on the button that leads to it, `send` on the
    one that does it. `offered` fills the form's choices, `typed` what it begins with.
    `as_shown`: it is about the text as it was shown, so that whoever saw another is told.
    `ready`: whether it is worth offering now. `before`: what will happen, and to whom.
    """

    name: str
    act: str
    title: Callable[[], str]
    word: Callable[[], str]
    send: Callable[[], str]
    said: Callable[[Done], str]
    form: type[MeetingForm]
    do: Do
    offered: Callable[[About], Mapping[str, Any]] = lambda about: {}
    typed: Callable[[About], Mapping[str, Any]] = lambda about: {}
    ready: Callable[[Shown], bool] = lambda shown: True
    before: Callable[[Shown], list[str]] = lambda shown: []
    lead: Callable[[Shown], str] = lambda shown: ""
    of_item: bool = False
    as_shown: bool = False
    mark: str = "check"
    danger: bool = False
    to: str = ""

    @property
    def address(self) -> str:
        """The name of its address."""
        return f"meeting_{self.name.replace('-', '_')}"

    def href(self, uid: str, item: str = "") -> str:
        """Its address for a meeting, and an item of it."""
        return reverse(self.address, args=[uid, item] if self.of_item else [uid])


def addresses(deeds: Sequence[Deed]) -> list[URLPattern]:
    """An address for each deed."""
    return [
        path(
            f"meetings/<str:uid>/items/<str:item>/{deed.name}"
            if deed.of_item
            else f"meetings/<str:uid>/do/{deed.name}",
            _view(deed),
            name=deed.address,
        )
        for deed in deeds
    ]


def inline(
    deed: Deed,
    shown: Shown,
    item: AgendaItem | None = None,
    *,
    to: str = "",
    quiet: bool = False,
    small: bool = False,
) -> dict[str, Any]:
    """The deed for `yishi/meeting/inline.html`, to be done where it stands; `to`: where one goes
    afterwards, the meeting's screen where nothing is said."""
    about = About(None, shown, item)  # type: ignore[arg-type]
    own = f"{deed.name}_{item.uid if item else ''}_".replace("-", "_")
    form = deed.form(offered=deed.offered(about), typed=deed.typed(about), of=own)
    return {
        "word": deed.word(),
        "send": deed.send(),
        "mark": deed.mark,
        "lead": deed.lead(shown),
        "action": deed.href(shown.row.uid, item.uid if item else ""),
        "key": new_key(),
        "version": shown.row.version if deed.as_shown else None,
        "form": form,
        "of": item.title if item else "",
        "quiet": quiet,
        "small": small,
        "to": to or (f"item-{item.uid}" if item else "now"),
    }


def back_to(request: HttpRequest, shown: Shown) -> tuple[str, str]:
    """Where one came from and its name: the desk's screen for whoever holds the meeting."""
    uid = shown.row.uid
    if request.POST.get("to", "") == "called":
        return reverse("meeting_called", args=[uid]), _("The register of calls")
    if shown.keeps:
        return reverse("meeting_desk", args=[uid]), _("The meeting")
    return reverse("meeting", args=[uid]), _("The meeting")


def _view(deed: Deed) -> View:
    @page(deed.act, methods=BOTH)
    def view(request: HttpRequest, uid: str, item: str = "") -> HttpResponse:
        return _run(request, uid, item, deed)

    view.__doc__ = f"The page of `{deed.act}`, and the act."
    return view


def _run(request: HttpRequest, uid: str, item_uid: str, deed: Deed) -> HttpResponse:
    shown = read(request, uid)
    item = None
    if shown is not None and deed.of_item:
        here = shown.held.items if deed.act != REPORTED else shown.held.reportable
        item = next((one for one in here if one.uid == item_uid), None)
    if shown is None or (deed.of_item and item is None):
        return missing(request)
    granted = shown.granted(deed.act, item)
    if isinstance(granted, Refusal) and granted.code == "not_yours":
        return missing(request)
    about, posted = About(request, shown, item), request.method == "POST"
    form = deed.form(
        request.POST if posted else None,
        request.FILES if posted else None,
        offered=deed.offered(about),
        typed=deed.typed(about),
    )
    if not posted:
        refusal = granted if isinstance(granted, Refusal) else None
        return _show(about, deed, form, refusal)
    if not form.is_valid():
        return _show(about, deed, form, None, UNPROCESSABLE)
    ask = ask_in(request)
    unseen = deed.as_shown and ask.version is None
    answer = Refusal("stale") if unseen else deed.do(ask, about, form.cleaned_data)
    if isinstance(answer, Refusal):
        about = About(request, read(request, uid) or shown, item)
        if deed.as_shown and answer.code == "stale":
            # The form begins anew with the text that stands; what was typed stands above it.
            form = deed.form(offered=deed.offered(about), typed=deed.typed(about))
        return _show(about, deed, form, answer, UNPROCESSABLE)
    if not answer.again:
        messages.success(request, deed.said(answer))
    at = request.POST.get("to", "")
    anchor = at if at.replace("-", "").isalnum() and len(at) < 60 else ""
    return redirect(back_to(request, shown)[0] + (f"#{anchor}" if anchor else ""))


def _show(
    about: About,
    deed: Deed,
    form: MeetingForm,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; where the act has no place now, why, with what was typed."""
    request, shown = about.request, about.shown
    granted = shown.granted(deed.act, about.item)
    closed = isinstance(granted, Refusal) or (
        about.item is not None
        and refusal is not None
        and refusal.code in ("item_done", "reported_already")
    )
    back, word = back_to(request, shown)
    apart = closed or not form.is_bound
    typed = [text for name in WRITTEN if (text := request.POST.get(name, "").strip())]
    context = {
        "meeting": shown.row,
        "number": show_number(shown.row.number),
        "about": about.item.title if about.item else shown.row.title,
        "back": back,
        "back_word": word,
        "title": deed.title(),
        "word": deed.send(),
        "mark_name": deed.mark,
        "danger": deed.danger,
        "before": deed.before(shown),
        "form": None if closed else form,
        "typed": typed if apart else [],
        "action": deed.href(shown.row.uid, about.item.uid if about.item else ""),
        "key": new_key(),
        "version": shown.row.version if deed.as_shown else None,
        "to": request.POST.get("to", ""),
        "refusal": say_refusal(refusal) if refusal else None,
    }
    status = UNPROCESSABLE if closed and request.method == "POST" else status
    return render(request, "yishi/meeting/deed.html", context, status=status)
