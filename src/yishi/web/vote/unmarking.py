"""A mark made by mistake is taken back: which line, why, and what comes of it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.vote.unmarking import unmark as act
from yishi.core.refusal import Refusal
from yishi.core.vote.casting import MARKED
from yishi.core.vote.now import VoteState
from yishi.phrases.vote import say_way
from yishi.records.queries.vote_lines import line_seen
from yishi.web.case.forms import prose
from yishi.web.gate import ask_in, missing
from yishi.web.topic.running import posted
from yishi.web.vote.asking import VoteForm, run
from yishi.web.vote.shown import BOTH, ShownVote, href, vote_page

ACT = "vote.unmark"


class UnmarkForm(VoteForm):
    """Why the mark was a mistake."""

    why = prose(
        gettext_lazy("How the mistake came about"),
        help_text=gettext_lazy("The voter is told it. It stays in the record with your name."),
    )


@vote_page(ACT, BOTH)
def unmark(request: HttpRequest, shown: ShownVote, line: str) -> HttpResponse:
    """The mark of a line, withdrawn for a reason."""
    row = line_seen(shown.vote, line)
    if row is None or (request.method != "POST" and not may_unmark(shown, row)):
        return missing(request)

    def do(given: Mapping[str, Any]) -> Done | Refusal:
        return act(ask_in(request), shown.vote.uid, line, given["why"])

    to = request.GET.get("building", "")[:20]
    where = href("vote_doors", shown) + (f"?building={to}" if to.isalnum() else "")
    before = [
        _("The line counts as not having voted; until the vote ends it can vote again, any way."),
        _("Whoever may vote for it is told, with your reason."),
    ]
    if shown.state is VoteState.OPEN and not shown.is_running:
        before[0] = _("The line counts as not having voted. The vote has ended: it votes no more.")
    context: dict[str, Any] = {
        "title": _("Withdraw the mark?"),
        "lead": _("%(line)s: %(way)s")
        % {"line": row["label"] or row["name"], "way": say_way(row["way"]) if row["way"] else "—"},
        "back": where,
        "back_word": _("The register"),
        "before": before,
        "word": _("Withdraw the mark"),
        "mark": "back",
        "action": request.get_full_path(),
    }
    said = _("The mark was withdrawn: %(label)s") % {"label": row["label"] or row["name"]}
    return run(request, shown, UnmarkForm(shown, posted(request)), do, where, said, context)


def may_unmark(shown: ShownVote, row: Mapping[str, Any]) -> bool:
    """Whether the line has a mark that this person may withdraw."""
    return row["way"] in MARKED and shown.state is VoteState.OPEN and shown.may(ACT)


urls: list[URLPattern] = [
    path("votes/<str:uid>/doors/<str:line>/unmark", unmark, name="vote_unmark"),
]
