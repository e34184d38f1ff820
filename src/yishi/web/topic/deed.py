"""One act of a stage as a page of its own: what the stage asks, a form, and the act behind it.

An address for each deed, gated by its act. A page is shown only to those who may do the act, and
only while the topic stands in a stage the act belongs to; what was typed is never lost.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from yishi.acts.door import Ask, Done
from yishi.core.refusal import Refusal
from yishi.core.topic.kinds import acts_of
from yishi.web.gate import ask_in, new_key
from yishi.web.topic.asked import stage_asks
from yishi.web.topic.fields import StageForm
from yishi.web.topic.running import After, Running, head, posted, view_of
from yishi.web.topic.said import say_here
from yishi.web.topic.shown import Shown

Do = Callable[[Ask, Shown, Mapping[str, Any]], "Done | Refusal"]
TEMPLATE = "yishi/topic/deed.html"
# Where people write more than a word, in the order it is shown again.
WRITTEN = ("words", "dissent", "where")


@dataclass(frozen=True)
class Deed:
    """One act of a stage.

    `name` ends its address. `title` asks the page's one question, `word` is on its button, `said`
    is told once it is done. `do` gets what the form holds once it is valid. `ready`: whether it is
    worth offering where the permit table and the stage allow it. `mark`: a line mark.
    `barred`: why it is refused whatever is typed, so that nobody types in vain. `after`: what is
    told instead of `said`, where that depends on what came of it. `papers`: whether the stage's
    papers are asked for here, as where it is left.
    `template` extends `yishi/topic/deed.html`; `more` is what it shows besides.
    """

    name: str
    act: str
    title: Callable[[], str]
    word: Callable[[], str]
    said: Callable[[], str]
    form: type[StageForm]
    do: Do
    lead: Callable[[Shown], str] = lambda shown: ""
    ready: Callable[[Shown], bool] = lambda shown: True
    barred: Callable[[Shown], "Refusal | None"] = lambda shown: None
    after: Callable[[Shown, Mapping[str, Any], Done], After] | None = None
    more: Callable[[Shown], dict[str, Any]] = lambda shown: {}
    mark: str = "check"
    papers: bool = True
    template: str = TEMPLATE

    @property
    def address(self) -> str:
        """The name of its address."""
        return f"topic_{self.name.replace('-', '_')}"

    def href(self, uid: str) -> str:
        """Its address for a topic."""
        return reverse(self.address, args=[uid])

    def fits(self, shown: Shown) -> bool:
        """Whether its act belongs to the stage the topic stands in."""
        stage = shown.held.stage
        return stage is not None and self.act in acts_of(stage)


def addresses(deeds: Sequence[Deed]) -> list[URLPattern]:
    """An address for each deed."""
    return [
        path(f"topics/<str:uid>/do/{deed.name}", view_of(_running(deed)), name=deed.address)
        for deed in deeds
    ]


def offered(shown: Shown, deeds: Sequence[Deed]) -> list[Deed]:
    """The deeds the viewer may do where the topic stands, in the order given."""
    return [d for d in deeds if d.fits(shown) and shown.may(d.act) and d.ready(shown)]


def _running(deed: Deed) -> Running:
    def why(shown: Shown, refused: Refusal | None) -> Refusal | None:
        return shown.off_course(deed.act) or refused or deed.barred(shown)

    def after(shown: Shown, given: Mapping[str, Any], done: Done) -> After:
        return deed.after(shown, given, done) if deed.after else After(deed.said())

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
            "title": deed.title(),
            "word": deed.word(),
            "lead": deed.lead(shown),
            "action": deed.href(shown.topic.uid),
            "asks": stage_asks(shown) | ({} if deed.papers else {"papers": []}),
            "form": form,
            "key": new_key(),
            "refusal": say_here(shown, refusal) if refusal else None,
            **deed.more(shown),
        }
        return render(request, deed.template, found, status=status)

    return Running(
        deed.act,
        lambda shown, request: deed.form(shown, posted(request)),
        lambda request, shown, form: deed.do(ask_in(request), shown, form.cleaned_data),
        show,
        after,
        why,
        WRITTEN,
    )
