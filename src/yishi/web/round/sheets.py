"""项目申报表 and 初选评审表, on the one base of everything printed, always in Chinese."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.core.round.now import ProposalState
from yishi.phrases.clock import say_date
from yishi.phrases.round import say_proposal_state, say_title
from yishi.phrases.rule import say_text
from yishi.records.queries.meeting_shown import entry_of
from yishi.records.queries.proposal import proposals
from yishi.records.queries.round import HeldRound, round_of
from yishi.records.wallclock import now
from yishi.web.gate import missing, page
from yishi.web.meeting.drafted import CHINESE
from yishi.web.round.shown import read, wish
from yishi.web.sheet import foot_of, sheet

# More than any round of one community had; the list on the page is paged.
MOST = 2000
# So many photos on the form of a wish.
PICTURES = 2


@page("proposal.view")
def proposal(request: HttpRequest, uid: str) -> HttpResponse:
    """项目申报表: one wish as a form, with what the screening said."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    with translation.override(CHINESE):
        about = wish(shown)
        context = {
            "name": f"{_('Form of a wish')} {about['number']}",
            "wish": about,
            "round": shown.row.topic,
            "on": say_date(shown.row.at),
            "words": about["words"] or about["title"],
            "pictures": about["photos"][:PICTURES],
            "seals": [_("Put forward by"), _("Residents committee")],
            "sheet": sheet(
                reverse("proposal", args=[uid]),
                foot=foot_of(request, entry_of(uid, "proposal.filed")),
                code=about["number"],
            ),
        }
        return render(request, "yishi/round/sheet_proposal.html", context)


@page("round.view")
def screening(request: HttpRequest, uid: str) -> HttpResponse:
    """初选评审表: every wish of a round with what was decided and by which entry."""
    held = round_of(uid)
    if held is None:
        return missing(request)
    with translation.override(CHINESE):
        number = show_number(held.topic.number)
        found = proposals(held.topic).exclude(state=ProposalState.WITHDRAWN)
        context = {
            "name": f"{_('List of the screening')} {number}",
            "round": held.topic,
            "rows": [_row(held, one) for one in found[:MOST]],
            "on": say_date(now()),
            "seals": [
                _("Those who screened"),
                _("Supervisory committee"),
                _("Residents committee"),
            ],
            "sheet": sheet(
                reverse("round", args=[uid]),
                foot=foot_of(request, entry_of(uid, "topic.projects_ended")),
                code=number,
                wide=True,
            ),
        }
        return render(request, "yishi/round/sheet_screening.html", context)


def _row(held: HeldRound, one: dict[str, Any]) -> dict[str, str]:
    kind, ground = held.terms.kind(one["kind"]), held.terms.ground(one["ground"])
    return {
        "number": show_number(one["number"]),
        "title": say_title(one["title"]),
        "kind": say_text(kind.name) if kind else one["kind"],
        "where": one["building__name"] or one["place__name"],
        "state": say_proposal_state(one["state"])["word"],
        "ground": say_text(ground.name) if ground else "",
    }


urls: list[URLPattern] = [
    path("proposals/<str:uid>/sheet", proposal, name="proposal_sheet"),
    path("rounds/<str:uid>/sheet", screening, name="round_sheet"),
]
