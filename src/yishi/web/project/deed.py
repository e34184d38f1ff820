"""One act on a project as a page of its own: what it is about, a form, and the act behind it.

An address for each deed, gated by its act. A page is shown only to those who may do the act; where
the project stands otherwise by now it says why, with what was typed; a second press meets what the
first one did.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from yishi.acts.door import Done, done_before
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.web.draft import draft_in, drop_draft
from yishi.web.gate import UNPROCESSABLE, ask_in, missing, new_key, page
from yishi.web.project.fields import ProjectForm
from yishi.web.project.shown import Shown, head, read
from yishi.web.uploads_limit import over_limit

Do = Callable[[HttpRequest, Shown, Mapping[str, Any]], "Done | Refusal"]
TEMPLATE = "yishi/project/deed.html"
BOTH = ("GET", "HEAD", "POST")


@dataclass(frozen=True)
class Deed:
    """One act on a project.

    `name` ends its address. `title` asks the page's one question, `word` is on its button, `said`
    is told once it is done. `do` gets what the form holds once it is valid. `ready`: whether it is
    worth offering where the permit table allows it. `lead`: what is told above the form; `more`:
    what a template of its own shows besides. `mark`: a line mark. `danger`: it ends or turns down
    what others count on, and looks so. `asked`: fields that a link to the page may choose before.
    """

    name: str
    act: str
    title: Callable[[], str]
    word: Callable[[], str]
    said: Callable[[], str]
    form: type[ProjectForm]
    do: Do
    lead: Callable[[Shown], str] = lambda shown: ""
    ready: Callable[[Shown], bool] = lambda shown: True
    more: Callable[[Shown], dict[str, Any]] = lambda shown: {}
    mark: str = "check"
    danger: bool = False
    template: str = TEMPLATE
    asked: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The name of its address."""
        return f"project_{self.name.replace('-', '_')}"

    def href(self, uid: str) -> str:
        """Its address for a project."""
        return reverse(self.address, args=[uid])


def addresses(deeds: Sequence[Deed]) -> list[URLPattern]:
    """An address for each deed."""
    return [
        path(f"projects/<str:uid>/do/{deed.name}", _view(deed), name=deed.address) for deed in deeds
    ]


def offered(shown: Shown, deeds: Sequence[Deed]) -> list[Deed]:
    """The deeds the viewer may do now, in the order given."""
    return [deed for deed in deeds if shown.may(deed.act) and deed.ready(shown)]


def _view(deed: Deed) -> Callable[..., Any]:
    @page(deed.act, methods=BOTH)
    def view(request: HttpRequest, uid: str) -> HttpResponse:
        return _run(request, uid, deed)

    view.__doc__ = f"The page of `{deed.act}`, and the act."
    return view


def _run(request: HttpRequest, uid: str, deed: Deed) -> HttpResponse:
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    sent = request.method == "POST"
    if sent and isinstance(done_before(ask_in(request), deed.act, uid), Done):
        return redirect(shown.href)
    closed = _closed(request, shown, deed)
    if closed is not None:
        return closed
    form = deed.form(shown, *((request.POST, request.FILES) if sent else ()))
    if not sent:
        form.initial = {name: request.GET[name] for name in deed.asked if name in request.GET}
        form.initial |= draft_in(request, deed.act)
        return _show(request, shown, deed, form)
    over = over_limit(request)
    if over is not None:
        return _show(request, shown, deed, form, over, UNPROCESSABLE)
    if not form.is_valid():
        return _show(request, shown, deed, form, None, UNPROCESSABLE)
    answer = deed.do(request, shown, form.cleaned_data)
    if isinstance(answer, Refusal):
        return _again(request, uid, deed, answer)
    drop_draft(request, deed.act)
    if not answer.again:
        messages.success(request, deed.said())
    return redirect(shown.href)


def _again(request: HttpRequest, uid: str, deed: Deed, refusal: Refusal) -> HttpResponse:
    """The page as the project stands now, so that a second press meets its present version."""
    shown = read(request, uid)
    assert shown is not None
    closed = _closed(request, shown, deed)
    if closed is not None:
        return closed
    form = deed.form(shown, request.POST)
    form.is_valid()
    return _show(request, shown, deed, form, refusal, UNPROCESSABLE)


def _closed(request: HttpRequest, shown: Shown, deed: Deed) -> HttpResponse | None:
    """Not theirs: no such page. Theirs, but not now: why, with what was typed."""
    granted = shown.granted(deed.act)
    if not isinstance(granted, Refusal):
        return None
    if granted.code == "not_yours":
        return missing(request)
    written = [request.POST.get(name, "").strip() for name in deed.form.WRITTEN]
    found = {
        **head(shown),
        "refusal": say_refusal(granted),
        "typed": [words for words in written if words],
    }
    return render(request, "yishi/project/moved.html", found, status=UNPROCESSABLE)


def _show(
    request: HttpRequest,
    shown: Shown,
    deed: Deed,
    form: ProjectForm,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    found = {
        **head(shown),
        "deed": deed,
        "question": deed.title(),
        "word": deed.word(),
        "lead": deed.lead(shown),
        "danger": deed.danger,
        "action": deed.href(shown.row.uid),
        "form": form,
        "draft": not form.is_bound and draft_in(request, deed.act),
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal else None,
        **deed.more(shown),
    }
    return render(request, deed.template, found, status=status)
