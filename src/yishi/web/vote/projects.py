"""What the vote of a round came to: which projects win and why, beside the simple count of votes,
and what each share paid for; and the same election as a file anybody counts again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yishi.acts.vote.projects import election_in
from yishi.core.method.ballot import BallotKind
from yishi.core.number import show_number
from yishi.core.vote.marks import Paper
from yishi.core.vote.now import VoteState
from yishi.counting.budget import pabulib
from yishi.counting.budget.counted import Counted, Rule, count
from yishi.counting.budget.explain import explain
from yishi.counting.budget.kept import read_kept, with_enough
from yishi.counting.budget.pabulib import File
from yishi.counting.budget.pabulib_out import Listed, file_of
from yishi.phrases.ballot_result import say_lot
from yishi.phrases.budget import Money
from yishi.phrases.money import FEN, say_yuan
from yishi.records.queries.vote_round import marks_counted, paper_of
from yishi.records.queries.vote_seen import options_of
from yishi.web.count_shown import Named, election_shown
from yishi.web.gate import missing
from yishi.web.office import download
from yishi.web.vote.shown import ShownVote, head, href, vote_page

PB_TYPE = "text/plain; charset=utf-8"
MONEY = Money(FEN)
TYPES = {
    BallotKind.APPROVAL: pabulib.Vote.APPROVAL,
    BallotKind.KNAPSACK: pabulib.Vote.APPROVAL,
    BallotKind.RANKING: pabulib.Vote.ORDINAL,
    BallotKind.POINTS: pabulib.Vote.CUMULATIVE,
}


def is_counted(shown: ShownVote) -> bool:
    """Whether the vote is one on projects that came to a result."""
    return shown.state is VoteState.DECIDED and "projects" in shown.vote.result


@vote_page("vote.view")
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """The count of the round, project by project and round by round."""
    if not is_counted(shown):
        return missing(request)
    counted = counted_of(shown)
    counts = [counted]
    if counted.rule is not Rule.GREEDY_SKIP:
        counts.append(count(counted.election, counted.lot, Rule.GREEDY_SKIP))
    told = [explain(one) for one in counts]
    told[0] = with_enough(told[0], shown.vote.result["projects"]["enough"])
    named = [Named(str(one[1]), one[2]) for one in shown.vote.options]
    context = {
        **head(shown),
        **election_shown(counts, told, named, MONEY),
        "lot": say_lot(shown.vote),
        "blank": _blank(shown, counted),
        "given": any(counted.gifts.values()),
        "ballots": href("vote_ballots", shown),
        "file": href("vote_pb", shown),
    }
    return render(request, "yishi/vote/projects.html", context)


@vote_page("vote.view")
def as_pb(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """The election as a `.pb` file: projects, costs and every ballot without a name."""
    if not is_counted(shown):
        return missing(request)
    paper = paper_of(shown.vote)
    assert paper is not None
    text = pabulib.write(_file(shown, paper))
    name = _("Ballots %(number)s") % {"number": show_number(shown.vote.topic.number)}
    return download(text.encode(), PB_TYPE, f"{name}.pb")


def counted_of(shown: ShownVote) -> Counted:
    """The count as it was kept, beside the ballots that were published. One statement."""
    kept = shown.vote.result["projects"]
    return read_kept(kept, election_in(shown.vote, marks_counted(shown.vote), kept["out"]))


def _blank(shown: ShownVote, counted: Counted) -> str:
    number = shown.vote.result["heads"] - counted.election.voters
    if number < 1:
        return ""
    words = ngettext(
        "%(n)s ballot is blank: it took part and has no share.",
        "%(n)s ballots are blank: they took part and have no share.",
        number,
    )
    return words % {"n": number}


def _file(shown: ShownVote, paper: Paper) -> File:
    """The election that was counted: blank ballots and projects nobody could choose any more are
    in it as the count had them."""
    vote = shown.vote
    most = {
        BallotKind.APPROVAL: "max_length",
        BallotKind.POINTS: "max_sum_points",
    }.get(paper.kind)
    about = {
        "description": vote.topic.title,
        "country": "China",
        "unit": vote.place.name,
        "currency": "CNY",
        **({most: str(paper.most)} if most and paper.most else {}),
    }
    listed = [Listed(str(no), title) for _uid, no, title in vote.options]
    longest = paper.most if paper.kind is BallotKind.RANKING else 0
    kind = TYPES[paper.kind]
    return file_of(counted_of(shown), kind, listed, about=about, longest=longest, unit=FEN)


def options_told(shown: ShownVote) -> list[dict[str, Any]]:
    """The options of a vote; of a round with what each costs, in words."""
    told = options_of(shown.seen)
    for one in told:
        if "cost_fen" in one:
            one["cost"] = say_yuan(one["cost_fen"])
            one["given"] = say_yuan(one["given_fen"]) if one["given_fen"] else ""
    return told


urls: list[URLPattern] = [
    path("votes/<str:uid>/count", view, name="vote_projects"),
    path("votes/<str:uid>/ballots.pb", as_pb, name="vote_pb"),
]
