"""A procedure as people read it beside its drawing: the steps, who leads, how long, where to."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from yishi.core.method.chart_place import nodes_of
from yishi.core.method.chart_shape import Mark
from yishi.core.method.language import Edge, Procedure, Stage, StageKind
from yishi.phrases.method import say_edge, say_span
from yishi.phrases.method_room import say_room, say_vote_note
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text


def say_arrow(edge: Edge) -> str:
    """Why a topic goes along an arrow, in a word or two."""
    return {
        Edge.PASS: _("passes"),
        Edge.FAIL: _("does not pass"),
        Edge.SETTLED: _("settled at once"),
        Edge.OBJECTION: _("objection"),
        Edge.LATE: _("overdue there"),
        Edge.EXHAUSTED: _("tries used up"),
    }[edge]


def say_mark(mark: Mark, times: int = 0, *, is_end: bool = False) -> str:
    """Where a topic stands with a step, or that it came to that end; empty where no topic is
    meant."""
    if mark is Mark.HERE and is_end:
        return _("it ended here")
    if mark is Mark.HERE and times > 1:
        return _("is here now, time %(n)s") % {"n": times}
    if mark is Mark.DONE and times > 1:
        return _("was here %(n)s times") % {"n": times}
    return {
        Mark.DONE: _("step done"),
        Mark.HERE: _("is here now"),
        Mark.TO_COME: _("step to come"),
        Mark.NONE: "",
    }[mark]


def say_leader(stage: Stage) -> str:
    """Who leads it, whose seats decide where these are not its own alone, and how it is held."""
    said = say_kind(stage.lead.value)
    if stage.decides not in ((), (stage.lead,)):
        said = _("%(lead)s leads, %(bodies)s decides") % {
            "lead": said,
            "bodies": _(", ").join(say_kind(body.value) for body in stage.decides),
        }
    room = say_room(stage)
    return _("; ").join([said, room]) if room else said


def say_how_long(stage: Stage) -> str:
    """How long it may take; for a notice or for comments how long it lasts, for a trial how long at
    least; else why no limit."""
    period, limit = say_span(stage.period), say_span(stage.limit)
    if period and limit and stage.kind is StageKind.CARRY_OUT:
        known = {"period": period, "limit": limit}
        return _("on trial for %(period)s at least, done within %(limit)s") % known
    if period and limit:
        return _("open for %(period)s, done within %(limit)s") % {"period": period, "limit": limit}
    if period:
        return _("open for %(period)s") % {"period": period}
    if limit:
        return _("within %(limit)s") % {"limit": limit}
    why = say_text(stage.unlimited) if stage.unlimited else ""
    return _("no limit: %(why)s") % {"why": why} if why else _("no limit")


def say_onward(stage: Stage, procedure: Procedure) -> str:
    """Where a topic goes from it, and why, every way there is."""
    names = {one.id: say_text(one.name) for one in nodes_of(procedure)}
    ways: Mapping[Edge, str] = {edge: names[to] for edge, to in stage.to.items() if to in names}
    return _("; ").join(
        _("%(why)s → %(where)s")
        % {
            "why": say_edge(stage.kind.value, edge.value, by_project=stage.by_project),
            "where": where,
        }
        for edge, where in ways.items()
    )


def note_of(stage: Stage) -> tuple[str, ...]:
    """The small lines in its box: who leads, how a vote is held, how long."""
    span = stage.period or stage.limit
    lines = (say_kind(stage.lead.value), say_vote_note(stage), say_span(span))
    return tuple(line for line in lines if line)
