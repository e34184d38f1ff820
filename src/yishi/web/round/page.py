"""The page of a round: its terms as posted, where it stands, every wish and every project."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.method.language import StageKind
from yishi.core.method.round import Round
from yishi.core.number import show_number
from yishi.core.permit import reach
from yishi.core.person import VISITOR
from yishi.core.round.now import ProposalState
from yishi.core.round.proposing import must_be_open
from yishi.core.topic.now import TopicState
from yishi.core.vote.now import VoteState
from yishi.phrases.ballot_result import say_winners
from yishi.phrases.clock import say_full_by
from yishi.phrases.method_round import NUMBERS, say_entry, say_list, say_term_of
from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.phrases.project import say_purse
from yishi.phrases.round import say_proposal_state, say_round_standing
from yishi.phrases.round_notice import LISTS, say_deciding, say_who
from yishi.phrases.topic import say_kept_text, say_outcome, say_topic_state
from yishi.phrases.works import say_few_of
from yishi.records.models import Vote
from yishi.records.queries import proposal as wishes
from yishi.records.queries.paging import listed
from yishi.records.queries.round import (
    HeldRound,
    funds_of,
    project_rows,
    round_of,
    round_sums,
    subject_of,
)
from yishi.records.queries.round_stage import fewest, scored_in, too_few
from yishi.records.queries.rule import parsed
from yishi.records.wallclock import now
from yishi.web import rows as paged
from yishi.web.flow import flow_of
from yishi.web.gate import actor_in, missing, page
from yishi.web.office import table
from yishi.web.project.funds import funds_open
from yishi.web.round import rows
from yishi.web.rows import number_in

SIZE = 20


@page("round.view")
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """What anybody may know of a round, and what this reader may do in it now."""
    held = round_of(uid)
    if held is None:
        return missing(request)
    state = request.GET.get("state", "")
    state = state if state in set(ProposalState) else ""
    wished = listed(wishes.proposals(held.topic, state), number_in(request.GET, "wish"), SIZE)
    made = listed(project_rows(held.topic), number_in(request.GET, "project"), SIZE)
    sums = round_sums(held.topic)
    context = {
        **head(held),
        "buttons": _buttons(request, held),
        "lists": [_list(held.terms, name) for name in LISTS],
        "who": list(say_who(held.procedure)),
        "deciding": list(say_deciding(held.procedure, now())),
        "numbers": [
            {"label": say_list(name), "value": say_term_of(held.terms, name)} for name in NUMBERS
        ],
        "funds": _funds(held),
        "most_each": held.terms.wishes_each,
        "states": _states(uid, sums, state),
        "wishes": rows.proposal_rows(wished.rows),
        "wish_pager": paged.pager(
            wished.page, wished.pages, wished.total, request.GET, name="wish"
        ),
        "projects": _projects(held, made.rows),
        "project_pager": paged.pager(
            made.page, made.pages, made.total, request.GET, name="project"
        ),
        "vote": _vote(held),
        "leads": _leads(held),
    }
    return render(request, "yishi/round/page.html", context)


def head(held: HeldRound) -> dict[str, Any]:
    """What stands at the top of every page about a round."""
    topic = held.topic
    until = held.call.until_at
    is_open = must_be_open(held.call, now()) is None
    assert topic.method is not None
    method = parsed(topic.method)
    return {
        "round": topic,
        "number": show_number(topic.number),
        "tag": say_topic_state(topic.state, is_carried_out=topic.is_carried_out),
        "standing": say_outcome(topic.outcome, topic.outcome_name)
        if topic.state == TopicState.ENDED
        else say_round_standing(
            say_kept_text(topic.stage_name), say_full_by(until) if until and is_open else ""
        ),
        "flow": flow_of(method, held.procedure, topic.stage or topic.outcome, topic.visits),
        "is_open": is_open,
    }


def _buttons(request: HttpRequest, held: HeldRound) -> list[dict[str, Any]]:
    actor, uid, found = actor_in(request), held.topic.uid, []
    open_ = must_be_open(held.call, now()) is None
    if open_ and (actor == VISITOR or reach(actor, "proposal.file")):
        href = reverse("propose", args=[uid])
        found.append({"href": href, "word": _("Put a wish forward"), "mark": "send"})
    vote = _open_vote(held)
    if vote is not None:
        href = reverse("vote", args=[vote.uid])
        found.append({"href": href, "word": _("To the vote"), "mark": "check"})
    if funds_open(held) and rows.may(actor, "round.announce_fund", subject_of(held)):
        href = reverse("round_funds", args=[uid])
        found.append({"href": href, "word": _("Announce a fund"), "mark": "board"})
    if held.stage_kind == StageKind.SCREEN and may_screen(request, held):
        href = reverse("round_screen", args=[uid])
        found.append({"href": href, "word": _("Screen the wishes"), "mark": "check"})
    return found


def _open_vote(held: HeldRound) -> Vote | None:
    """The vote that people cast in now. One statement while the round stands in its vote."""
    if held.stage_kind != StageKind.VOTE:
        return None
    return Vote.objects.filter(topic=held.topic, state=VoteState.OPEN).first()


def may_screen(request: HttpRequest, held: HeldRound) -> bool:
    """Whether this reader screens wishes of the round."""
    subject = subject_of(held)
    waiting = type(subject)(ProposalState.FILED, subject.path, None, subject.units, public=True)
    return rows.may(actor_in(request), "proposal.refuse", waiting)


def _list(terms: Round, name: str) -> dict[str, Any]:
    return {"name": say_list(name), "entries": [say_entry(one) for one in getattr(terms, name)]}


def _funds(held: HeldRound) -> dict[str, Any]:
    """The sums that were announced; before that, whose money there may be."""
    found = funds_of(held.topic)
    rows_ = [
        {
            "name": row["name"],
            "payer": say_purse(row["payer"]),
            "amount": say_yuan(row["amount_fen"]),
            "body": row["body__name"] or "",
            "until": say_day(row["sweeps_on"]),
        }
        for row in found
    ]
    return {
        "rows": rows_,
        "sum": say_yuan(sum(row["amount_fen"] for row in found)),
        "kinds": [] if found else [say_entry(one) for one in held.terms.funds],
    }


def _projects(held: HeldRound, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Its projects as rows; where their scoring is over, with those that too few scored. One
    statement then."""
    made = rows.project_rows(found)
    stage = scored_in(held.procedure, held.topic)
    if stage is not None and held.stage_kind != StageKind.APPRAISE:
        few = too_few((one["uid"] for one in found), stage)
        for one, row in zip(found, made, strict=True):
            if one["uid"] in few:
                word = say_few_of(few[one["uid"]], fewest(stage))
                row["marks"] = [*row["marks"], {"word": word, "mark": "people"}]
    return made


def _vote(held: HeldRound) -> dict[str, Any] | None:
    """What the vote of the round came to: each project with how it was chosen, by the rule first,
    then by votes out of what was left. None where no vote was counted. One statement at most."""
    if not any(stage.kind is StageKind.VOTE for stage in held.procedure.stages):
        return None
    vote = Vote.objects.filter(topic=held.topic, closed_at__isnull=False).order_by("-id").first()
    won = say_winners(vote) if vote else []
    if vote is None or not won:
        return None
    heads = [_("Project chosen"), _("Cost"), _("Votes"), _("How")]
    lines = [(f"{one['no']} {one['title']}", one["cost"], one["votes"], one["way"]) for one in won]
    return {
        "table": table("", heads, lines, (1,)),
        "href": reverse("vote", args=[vote.uid]),
    }


def _states(uid: str, sums: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """How many wishes stand in each state, each a link to them."""
    base = reverse("round", args=[uid])
    whole = {"word": _("All"), "count": sum(sums.values()), "href": f"{base}#wishes"}
    each = [
        {
            "word": say_proposal_state(state)["word"],
            "count": sums[state],
            "href": f"{base}?state={state}#wishes",
            "chosen": state == chosen,
        }
        for state in ProposalState
        if sums.get(state)
    ]
    return [{**whole, "chosen": not chosen}, *each] if len(each) > 1 else []


def _leads(held: HeldRound) -> list[dict[str, str]]:
    """Where else to look."""
    uid = held.topic.uid
    return [
        {
            "href": reverse("topic", args=[uid]),
            "word": _("The round as a topic: steps, papers, objections"),
            "mark": "talk",
        },
        {
            "href": reverse("accounts", args=[uid]),
            "word": _("Accounts of the round"),
            "mark": "ground",
        },
        {
            "href": reverse("round_sheet", args=[uid]),
            "word": _("Screening list, for print"),
            "mark": "print",
        },
    ]


urls: list[URLPattern] = [path("rounds/<str:uid>", view, name="round")]
