"""委托: proxies in writing, entered by line of the roll, and the list of them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.vote.proxy import file_proxy
from yishi.core.refusal import Refusal
from yishi.core.vote.now import VoteState
from yishi.phrases.clock import say_when
from yishi.records.queries.vote_lines import line_numbered, proxies_page
from yishi.web.gate import ask_in
from yishi.web.office import table
from yishi.web.rows import page_in, pager_of
from yishi.web.topic.fields import number
from yishi.web.topic.running import posted
from yishi.web.vote.asking import VoteForm, run
from yishi.web.vote.shown import BOTH, ShownVote, href, vote_page

LINES_MOST = 999_999


class ProxyForm(VoteForm):
    """Who gives their vote, and to whom: by the numbers on the roll."""

    giver = number(gettext_lazy("Who gives their vote: number on the roll"), LINES_MOST, 1)
    holder = number(gettext_lazy("Who votes for them: number on the roll"), LINES_MOST, 1)

    def clean_giver(self) -> str:
        return self._line("giver")

    def clean_holder(self) -> str:
        return self._line("holder")

    def _line(self, name: str) -> str:
        uid = line_numbered(self.shown.vote, self.cleaned_data[name])
        if not uid:
            raise forms.ValidationError(_("There is no such number on the roll."))
        return uid


@vote_page("vote.file_proxy", BOTH)
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """The proxies that were filed, and one more."""

    def do(given: Mapping[str, Any]) -> Done | Refusal:
        return file_proxy(ask_in(request), shown.vote.uid, given["giver"], given["holder"])

    rule = shown.seen.voting.proxies
    before = []
    if rule is not None:
        known = {"n": rule.number}
        before.append(_("One votes for at most %(n)s others, and passes none of it on.") % known)
    before += [
        _("The paper is signed by whoever gives their vote, and kept by you."),
        _("Whoever votes themselves takes their vote back by that."),
    ]
    found = proxies_page(shown.vote, page_in(request.GET))
    rows = [
        [
            _line(row, "giver"),
            _line(row, "holder"),
            say_when(row["filed_at"], shown.now),
            row["filed_by__name"] or "—",
            _("Taken back") if row["ended_at"] else _("holds"),
        ]
        for row in found.rows
    ]
    labels = [_("Gives the vote"), _("Votes for them"), _("Filed on"), _("Filed by"),
              _("How the line stands")]  # fmt: skip
    closed = shown.state is not VoteState.ROLL or rule is None
    context = {
        "title": _("Votes given to others in writing"),
        "back_word": _("The vote"),
        "before": [] if closed else before,
        "closed": closed and request.method != "POST",
        "word": _("File this proxy"),
        "mark": "person",
        "table": table(_("Filed so far"), labels, rows) if rows else None,
        "pager": pager_of(found, request.GET),
    }
    form = ProxyForm(shown, posted(request))
    to = href("vote_proxies", shown)
    said = _("The proxy is filed.")
    return run(request, shown, form, do, to, said, context, "yishi/vote/proxies.html")


def _line(row: Mapping[str, Any], part: str) -> str:
    label = row[f"{part}__label"] or row[f"{part}__name"]
    return f"{row[f'{part}__no']} {label}"


urls: list[URLPattern] = [path("votes/<str:uid>/proxies", view, name="vote_proxies")]
