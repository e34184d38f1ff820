"""A page that asks for one act on a topic: shown, sent, refused, sent again.

One course for all of them. A page is there for those who may do the act. Where the topic stands
elsewhere it says why, with what was typed; what is refused is shown again at the topic's present
version; and the second press of a form meets what the first one did.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Done, done_before
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.web.gate import UNPROCESSABLE, View, ask_in, missing, page
from yishi.web.topic.said import say_here
from yishi.web.topic.shown import Shown, read

MOVED = "yishi/topic/moved.html"
BOTH = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class After:
    """What is told once an act is done, and where one goes; `href` "" for the topic. `warns`: it
    came out otherwise than meant."""

    words: str
    href: str = ""
    warns: bool = False


class Show(Protocol):
    """Renders the page with its form, and a refusal above it where there is one."""

    def __call__(
        self,
        request: HttpRequest,
        shown: Shown,
        form: Any,
        refusal: Refusal | None = None,
        status: int = 200,
    ) -> HttpResponse: ...


@dataclass(frozen=True)
class Running:
    """What the course needs of one page.

    `form` makes it, bound where the request is a POST. `why` says why the act has no place now,
    given what the permit table refuses besides "not yours". `written`: where people write more
    than a word, in the order it is shown again.
    """

    act: str
    form: Callable[[Shown, HttpRequest], forms.Form]
    do: Callable[[HttpRequest, Shown, Any], "Done | Refusal"]
    show: Show
    after: Callable[[Shown, Mapping[str, Any], Done], After]
    why: Callable[[Shown, Refusal | None], Refusal | None]
    written: tuple[str, ...]
    say: Callable[[Shown, Refusal], Mapping[str, Any]] = say_here


def view_of(running: Running, doc: str = "") -> View:
    """The gated view of a page; GET shows, POST does."""

    @page(running.act, methods=BOTH)
    def view(request: HttpRequest, uid: str) -> HttpResponse:
        return _run(request, uid, running)

    view.__doc__ = doc or f"The page of `{running.act}`, and the act."
    return view


def topic_href(uid: str) -> str:
    """The page of a topic."""
    return reverse("topic", args=[uid])


def posted(request: HttpRequest) -> QueryDict | None:
    """What binds a form: what was sent, None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def head(shown: Shown) -> dict[str, Any]:
    """What every such page has above its form."""
    return {
        "shown": shown,
        "topic": shown.topic,
        "number": show_number(shown.topic.number),
        "back": topic_href(shown.topic.uid),
        "back_word": _("The topic"),
    }


def _run(request: HttpRequest, uid: str, running: Running) -> HttpResponse:
    shown = read(request, uid, running.act)
    if shown is None:
        return missing(request)
    out = _closed(request, shown, running)
    if request.method != "POST":
        return out or running.show(request, shown, running.form(shown, request))
    # The topic may have gone on to a step of the same kind, which asks for other things.
    if isinstance(done_before(ask_in(request), running.act, uid), Done):
        return redirect(topic_href(uid))
    if out is not None:
        return out
    form = running.form(shown, request)
    if not form.is_valid():
        return running.show(request, shown, form, None, UNPROCESSABLE)
    answer = running.do(request, shown, form)
    if isinstance(answer, Refusal):
        return _again(request, uid, running, answer)
    after = running.after(shown, form.cleaned_data, answer)
    if not answer.again:
        (messages.warning if after.warns else messages.success)(request, after.words)
    return redirect(after.href or topic_href(uid))


def _again(request: HttpRequest, uid: str, running: Running, refusal: Refusal) -> HttpResponse:
    """The page as the topic stands now, so that a second press meets its present version."""
    shown = read(request, uid, running.act)
    if shown is None:
        return missing(request)
    out = _closed(request, shown, running)
    if out is not None:
        return out
    form = running.form(shown, request)
    form.is_valid()
    return running.show(request, shown, form, refusal, UNPROCESSABLE)


def _closed(request: HttpRequest, shown: Shown, running: Running) -> HttpResponse | None:
    """Not theirs: no such page. Theirs, but not now or not here: why, with what was typed."""
    granted = shown.granted(running.act)
    refused = granted if isinstance(granted, Refusal) else None
    if refused is not None and refused.code == "not_yours":
        return missing(request)
    why = running.why(shown, refused)
    if why is None:
        return None
    typed = [words for name in running.written if (words := request.POST.get(name, "").strip())]
    found = {**head(shown), "refusal": running.say(shown, why), "typed": typed}
    return render(request, MOVED, found, status=UNPROCESSABLE)
