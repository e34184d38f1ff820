"""The course of a form about a vote: shown, sent, refused with what was typed, sent again."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yishi.acts.door import Done
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.web.gate import UNPROCESSABLE, new_key
from yishi.web.vote.shown import ShownVote, head

TEMPLATE = "yishi/vote/form.html"
Do = Callable[[Mapping[str, Any]], "Done | Refusal"]


class VoteForm(forms.Form):
    """A form about a vote. `prepare` makes what depends on it."""

    use_required_attribute = False

    def __init__(self, shown: ShownVote, data: Any = None, initial: Any = None) -> None:
        self.shown = shown
        super().__init__(data, initial=initial, auto_id="do_%s")
        self.prepare()

    def prepare(self) -> None:
        """Fields and choices that depend on the vote."""


def run(
    request: HttpRequest,
    shown: ShownVote,
    form: forms.Form,
    do: Do,
    to: str,
    said: str,
    context: Mapping[str, Any],
    template: str = TEMPLATE,
) -> HttpResponse:
    """Shows the form; sent and valid, does the act and goes on to `to` with `said` above it. What
    is refused is shown again with all that was typed; a second press is what the first was."""
    refusal: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        answer = do(form.cleaned_data)
        if isinstance(answer, Done):
            if not answer.again:
                messages.success(request, said)
            return redirect(to)
        refusal = say_refusal(answer)
    found = {**head(shown), "form": form, "key": new_key(), "refusal": refusal,
             "action": request.path, **context}  # fmt: skip
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, template, found, status=status)
