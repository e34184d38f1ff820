"""The page of a topic: where it stands and why, who takes part, every try, every step."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from yishi.core.number import show_number
from yishi.core.permit import Permitted, permit
from yishi.core.topic.now import TopicState
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.rule import say_text
from yishi.phrases.topic import (
    say_competence,
    say_kept_text,
    say_outcome,
    say_raised_as,
    say_topic_standing,
    say_topic_state,
)
from yishi.phrases.topic_clock import open_until, say_topic_clock
from yishi.phrases.topic_need import say_needs
from yishi.records.queries.rule import today_of
from yishi.records.queries.topic_page import TopicPage, topic_page
from yishi.records.wallclock import now
from yishi.web.flow import flow_of
from yishi.web.gate import actor_in, missing, page
from yishi.web.rows import number_in, pager
from yishi.web.topic.about import buttons, facts, options, who
from yishi.web.topic.left import Reader, passages, story
from yishi.web.topic.links import doors_told, links
from yishi.web.topic.projects import waits
from yishi.web.topic.shown import Shown
from yishi.web.topic.working import last_vote, onward, rooms, work


@page("topic.view")
def topic(request: HttpRequest, uid: str) -> HttpResponse:
    """What anybody may know of a topic, and what this person may do with it now."""
    actor, moment = actor_in(request), now()
    number_of = {name: number_in(request.GET, name) for name in ("step", "story")}
    found = topic_page(actor, uid, today_of(moment), number_of["step"], number_of["story"])
    if found is None:
        return missing(request)
    shown = Shown(found.held, actor, moment)
    reader = Reader(found, actor, moment)
    context = {
        **_head(found, shown),
        "flow": _flow(found),
        "buttons": buttons(found, shown),
        "waits": waits(shown),
        "links": links(found, shown),
        "doors": doors_told(shown),
        "hidden": found.hidden,
        "who": who(found),
        "onward": onward(found),
        "work": work(found, reader),
        "whole": isinstance(permit(actor, "topic.dossier", found.held.subject), Permitted),
        "rooms": rooms(found, moment),
        "last_vote": last_vote(found, moment),
        "options": options(found, reader),
        "facts": facts(found, shown),
        "passages": passages(found, reader),
        "passage_pager": pager(*found.passage_page, request.GET, name="step"),
        "story": story(found, reader),
        "story_pager": pager(*found.story_page, request.GET, name="story"),
        "cases": [
            {
                "number": show_number(row["case__number"]),
                "href": reverse("case", args=[row["case__uid"]]),
            }
            for row in found.cases
        ],
        "case_count": found.case_count,
    }
    return render(request, "yishi/topic/page.html", context)


@page("topic.view")
def flow(request: HttpRequest, uid: str) -> HttpResponse:
    """The flow chart of its procedure, marked with where it stands."""
    moment = now()
    found = topic_page(actor_in(request), uid, today_of(moment), 1, 1)
    if found is None:
        return missing(request)
    context = {**_head(found, Shown(found.held, actor_in(request), moment)), "flow": _flow(found)}
    return render(request, "yishi/topic/flow.html", context)


def _head(found: TopicPage, shown: Shown) -> dict[str, Any]:
    row, held, moment = found.topic, found.held, shown.now
    trying = held.attempt.unit.name if held.attempt else ""
    needs = []
    if held.stage is not None:
        needs = say_needs(held.stage, held.now, held.attached, moment, trying)
    return {
        "topic": row,
        "number": show_number(row.number),
        "tag": say_topic_state(row.state, is_carried_out=row.is_carried_out),
        "standing": say_topic_standing(
            row.state,
            say_kept_text(row.stage_name),
            row.lead,
            # One date at the top: while one may speak or vote, how long that lasts.
            None if open_until(row.stage_kind, row.tally, row.due_at, moment) else row.due_at,
            moment,
            say_outcome(row.outcome, row.outcome_name),
        ),
        "clock": say_topic_clock(
            row.stage_kind, row.tally, row.due_at, row.amber_at, row.entered_at, moment
        )
        if row.state == TopicState.RUNNING
        else None,
        "needs": needs,
        "rules": [say_text(rule) for rule in held.stage.rules] if held.stage else [],
        "competence": say_competence(row.competence),
        "raised": say_when(row.raised_at, moment),
        "raised_exact": say_exact(row.raised_at),
        "raised_as": say_raised_as(row.raised_as),
        "ended": say_when(row.ended_at, moment) if row.ended_at else "",
    }


def _flow(found: TopicPage) -> dict[str, Any] | None:
    held = found.held
    if held.method is None or held.procedure is None:
        return None
    here = held.topic.stage or held.topic.outcome
    return flow_of(held.method, held.procedure, here, held.topic.visits)


urls: list[URLPattern] = [
    path("topics/<str:uid>", topic, name="topic"),
    path("topics/<str:uid>/flow", flow, name="topic_flow"),
]
