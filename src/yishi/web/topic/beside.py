"""An act beside the stages on a page of its own: what will happen and to whom, then a form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from yishi.acts.door import Done
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState
from yishi.web.gate import new_key
from yishi.web.topic.running import After, Running, head, posted, view_of
from yishi.web.topic.said import say_here
from yishi.web.topic.shown import Shown

TEMPLATE = "yishi/topic/beside.html"
WRITTEN = ("title", "words", "why")


class BesideForm(forms.Form):
    """A form about a topic. `prepare` makes what depends on it; `takes_files`: it has some."""

    use_required_attribute = False
    takes_files = False

    def __init__(self, shown: Shown, data: Any = None, files: Any = None) -> None:
        self.shown = shown
        super().__init__(data, files, auto_id="do_%s")
        self.prepare()

    def prepare(self) -> None:
        """Fields and choices that depend on the topic."""


@dataclass(frozen=True)
class Beside:
    """One act beside the stages. `before`: paragraphs on what will happen and to whom; `more`:
    what the page shows besides; `closed`: why it has no place now."""

    name: str
    act: str
    title: Callable[[Shown], str]
    word: Callable[[], str]
    said: Callable[[], str]
    form: type[BesideForm]
    do: Callable[[HttpRequest, Shown, Mapping[str, Any]], "Done | Refusal"]
    before: Callable[[Shown], list[str]] = lambda shown: []
    more: Callable[[Shown, Any], dict[str, Any]] = lambda shown, form: {}
    closed: Callable[[Shown], Refusal | None] = lambda shown: None
    kind: str = ""
    mark: str = "check"

    @property
    def address(self) -> str:
        """The name of its address."""
        return f"topic_{self.name.replace('-', '_')}"


def addresses(deeds: Sequence[Beside]) -> list[URLPattern]:
    """An address for each act."""
    return [
        path(f"topics/<str:uid>/{deed.name}", view_of(_running(deed)), name=deed.address)
        for deed in deeds
    ]


def _running(deed: Beside) -> Running:
    def make(shown: Shown, request: HttpRequest) -> BesideForm:
        # An empty set of files would bind the form, and what it begins with would not be shown.
        files = request.FILES if request.method == "POST" else None
        return deed.form(shown, posted(request), files)

    def show(
        request: HttpRequest,
        shown: Shown,
        form: Any,
        refusal: Refusal | None = None,
        status: int = 200,
    ) -> HttpResponse:
        found = {
            **head(shown),
            "deed": deed,
            "title": deed.title(shown),
            "word": deed.word(),
            "before": deed.before(shown),
            "action": reverse(deed.address, args=[shown.topic.uid]),
            "form": form,
            "key": new_key(),
            "refusal": say_here(shown, refusal) if refusal else None,
            **deed.more(shown, form),
        }
        return render(request, TEMPLATE, found, status=status)

    return Running(
        deed.act,
        make,
        lambda request, shown, form: deed.do(request, shown, form.cleaned_data),
        show,
        lambda shown, given, done: After(deed.said()),
        lambda shown, refused: _why(shown, refused) or deed.closed(shown),
        WRITTEN,
    )


def _why(shown: Shown, refused: Refusal | None) -> Refusal | None:
    """A refusal for its state is said of the topic: it ended, waits for its review, or had it."""
    if refused is None or refused.code != "not_now":
        return refused
    code = {
        TopicState.ENDED: "topic_ended",
        TopicState.PROPOSED: "topic_proposed",
        TopicState.RUNNING: "topic_reviewed",
    }[TopicState(shown.topic.state)]
    return Refusal(code, refused.need, refused.have, refused.unit, refused.source)
