"""A method as a text to read: who it is for, its procedures stage by stage, every number with
its source."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from yishi.core.method.language import End, Entry, Method, Procedure, Rhythm, Size, Stage, StageKind
from yishi.core.place import BodyKind
from yishi.phrases.method import (
    say_bar,
    say_edge,
    say_every,
    say_fallback,
    say_layer,
    say_paper,
    say_publicity,
    say_span,
    say_stage_kind,
    say_tie,
    say_with_source,
)
from yishi.phrases.method_round import say_round
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text

STEP, BELOW = "  ", "     "


def say_method(method: Method) -> Iterator[str]:
    """The lines of the text; an empty one before each part."""
    yield _("%(name)s (%(id)s, version %(version)s, from %(day)s)") % {
        "name": say_text(method.name),
        "id": method.id,
        "version": method.version,
        "day": method.valid_from.isoformat(),
    }
    yield say_with_source(say_layer(method.layer), method.source)
    if method.based_on:
        yield _("Made from %(base)s") % {"base": method.based_on}
    yield say_text(method.about)
    yield from (f"· {say_text(rule)}" for rule in method.rules)
    yield ""
    yield _("Large matters and small ones")
    yield from (STEP + _size(size, method) for size in method.sizes)
    yield ""
    yield _("Catalogue of topics")
    yield from (STEP + _entry(entry) for entry in method.catalogue)
    if method.rhythm:
        yield ""
        yield _("Meetings that come round")
        yield from (STEP + _meeting(one) for one in method.rhythm)
    for procedure in method.procedures:
        yield ""
        yield _("Procedure %(name)s") % {"name": say_text(procedure.name)}
        if procedure.round:
            yield STEP + _("A round of small works, on these terms")
            yield from (BELOW + line for line in say_round(procedure.round))
        for number, stage in enumerate(procedure.stages, 1):
            yield from _stage(number, stage, procedure)
        ends = _("; ").join(_end(end) for end in procedure.ends)
        yield STEP + _("Ends: %(ends)s") % {"ends": ends}


def say_bodies(bodies: Iterable[BodyKind]) -> str:
    """Bodies, by the names of their kinds."""
    return _(", ").join(say_kind(body) for body in bodies)


def _size(size: Size, method: Method) -> str:
    procedure = method.procedure(size.procedure)
    where = say_text(procedure.name) if procedure else _("helped with, without a procedure")
    return _("%(size)s → %(where)s: %(means)s") % {
        "size": say_text(size.name),
        "where": where,
        "means": say_text(size.means),
    }


def _entry(entry: Entry) -> str:
    if not entry.calls:
        return say_text(entry.name)
    return _("%(name)s: %(bodies)s are called") % {
        "name": say_text(entry.name),
        "bodies": say_bodies(entry.calls),
    }


def _meeting(one: Rhythm) -> str:
    words = (
        _("%(name)s: %(when)s, topics are collected too")
        if one.collects
        else _("%(name)s: %(when)s")
    )
    said = words % {"name": say_text(one.name), "when": say_every(one.every, one.day)}
    return say_with_source(said, one.source)


def _end(end: End) -> str:
    name = say_text(end.name)
    return _("%(name)s (carried out)") % {"name": name} if end.carried_out else name


def _stage(number: int, stage: Stage, procedure: Procedure) -> Iterator[str]:
    name, kind = say_text(stage.name), say_stage_kind(stage.kind)
    yield f"{STEP}{number}. {name}" + (f" · {kind}" if kind != name else "")
    for line in (*_who(stage), *_asked_for(stage), *_how_long(stage), *_papers(stage)):
        yield BELOW + line
    for edge, target in stage.to.items():
        yield BELOW + _("%(why)s → %(where)s") % {
            "why": say_edge(stage.kind, edge, by_project=stage.by_project),
            "where": _target(target, procedure),
        }


def _who(stage: Stage) -> Iterator[str]:
    yield _("Led by: %(bodies)s") % {"bodies": say_kind(stage.lead)}
    for words, bodies in (
        (_("Carried by: %(bodies)s"), (stage.carry,) if stage.carry else ()),
        (_("Decided by: %(bodies)s"), stage.decides),
        (_("Has to come: %(bodies)s"), stage.must_come),
        (_("Asked for consent: %(bodies)s"), stage.asked),
        (_("Takes part: %(bodies)s"), stage.parties),
        (_("Observes, may speak, does not vote: %(bodies)s"), stage.observers),
    ):
        if bodies:
            yield words % {"bodies": say_bodies(bodies)}


def _asked_for(stage: Stage) -> Iterator[str]:
    if stage.quorum:
        words = _("Counts if there come: %(bar)s") % {"bar": say_bar(stage.quorum)}
        yield say_with_source(words, stage.quorum.source)
    if stage.threshold:
        words = _("Passes if there agree: %(bar)s") % {"bar": say_bar(stage.threshold)}
        yield say_with_source(words, stage.threshold.source)
    if stage.tie:
        yield say_tie(stage.tie)
    if stage.least:
        words = _("At least %(n)s people") % {"n": stage.least.number}
        yield say_with_source(words, stage.least.source)
    if stage.fallback:
        yield say_fallback(stage.fallback)
    for ground in stage.grounds.values():
        yield _("It may be refused because: %(ground)s") % {"ground": say_text(ground)}


def _how_long(stage: Stage) -> Iterator[str]:
    if stage.period:
        trial = stage.kind is StageKind.CARRY_OUT
        words = _("It runs on trial for %(span)s at least") if trial else _("It runs for %(span)s")
        words %= {"span": say_span(stage.period)}
        yield say_with_source(words, stage.period.source)
    if stage.limit:
        words = _("To be done within %(span)s") % {"span": say_span(stage.limit)}
        yield say_with_source(words, stage.limit.source)
    if stage.unlimited:
        yield _("No time limit: %(why)s") % {"why": say_text(stage.unlimited)}
    if stage.times:
        words = _("At most %(n)s times") % {"n": stage.times.number}
        yield say_with_source(words, stage.times.source)


def _papers(stage: Stage) -> Iterator[str]:
    if stage.attach:
        papers = _(", ").join(say_paper(paper) for paper in stage.attach)
        yield _("To be attached: %(papers)s") % {"papers": papers}
    yield from (f"· {say_text(rule)}" for rule in stage.rules)
    if stage.publicity.value != "public":
        yield say_publicity(stage.publicity)


def _target(id: str, procedure: Procedure) -> str:
    found = procedure.stage(id) or procedure.end(id)
    if found is None:
        return id
    name = say_text(found.name)
    return _("end: %(name)s") % {"name": name} if isinstance(found, End) else name
