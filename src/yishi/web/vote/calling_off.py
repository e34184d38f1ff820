"""A vote called off, for a reason everybody reads."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.vote.closing import void
from yishi.core.refusal import Refusal
from yishi.core.vote.now import VoteState
from yishi.phrases.vote import say_lines
from yishi.records.models import PaperBallot
from yishi.records.queries.vote_seen import turnout_of
from yishi.web.case.forms import prose
from yishi.web.gate import ask_in
from yishi.web.topic.running import posted
from yishi.web.vote.asking import VoteForm, run
from yishi.web.vote.shown import BOTH, ShownVote, href, vote_page


class VoidForm(VoteForm):
    """Why it is called off."""

    why = prose(
        gettext_lazy("Why it is called off"),
        help_text=gettext_lazy("Everybody reads this, with your name and office."),
    )


@vote_page("vote.void", BOTH)
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """What calling it off does, and doing it."""

    def do(given: Mapping[str, Any]) -> Done | Refusal:
        return void(ask_in(request), shown.vote.uid, given["why"])

    heads = turnout_of(shown.seen).heads
    before = [
        _("Every ballot that was cast is taken away; so far: %(n)s.")
        % {"n": say_lines(shown.vote.unit, heads)},
        *(
            [_("Papers that were entered already stay in the sealed record, and on no page.")]
            if not shown.vote.is_secret and PaperBallot.objects.filter(vote=shown.vote).exists()
            else []
        ),
        _("Nothing is decided. The vote may be held again, with a new roll."),
        _("Your name, your office and the reason are public."),
    ]
    over = shown.state in (VoteState.DECIDED, VoteState.VOID)
    context = {
        "title": _("Call the vote off?"),
        "back_word": _("The vote"),
        "before": [] if over else before,
        "closed": over and request.method != "POST",
        "word": _("Call this vote off"),
        "mark": "refuse",
        "danger": True,
        "note": _("This vote is over.") if over else "",
    }
    form = VoidForm(shown, posted(request))
    said = _("The vote was called off.")
    to = href("vote", shown)
    return run(request, shown, form, do, to, said, context, "yishi/vote/line.html")


urls: list[URLPattern] = [path("votes/<str:uid>/void", view, name="vote_void")]
