"""How two methods differ, in words: what was added, taken out, changed, from what to what."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from yishi.core.caserules import Text
from yishi.core.method.compare import Difference, Field, Part, Way
from yishi.core.method.language import (
    Every,
    Fallback,
    Layer,
    Method,
    Paper,
    Procedure,
    Publicity,
    Stage,
    StageKind,
    Tie,
)
from yishi.core.method.measure import Bar, Count, Limit
from yishi.core.place import BodyKind
from yishi.phrases.method import (
    say_bar,
    say_edge,
    say_fallback,
    say_layer,
    say_paper,
    say_publicity,
    say_span,
    say_stage_kind,
    say_tie,
    say_with_source,
)
from yishi.phrases.method_room import SAID, say_key
from yishi.phrases.method_round import say_term, say_term_name
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text


def say_difference(difference: Difference, old: Method, new: Method) -> str:
    """What differs: the part by its name, and in which way."""
    words = {
        Way.ADDED: _("Added: %(part)s “%(name)s”"),
        Way.REMOVED: _("Taken out: %(part)s “%(name)s”"),
        Way.CHANGED: _("Changed: %(part)s “%(name)s”"),
    }[difference.way]
    holder = old if difference.way is Way.REMOVED else new
    said = words % {"part": say_part(difference.part), "name": _name(difference, holder)}
    procedure = holder.procedure(difference.procedure)
    if procedure is None or difference.part is Part.PROCEDURE:
        return said
    return _("Procedure %(procedure)s: %(sentence)s") % {
        "procedure": say_text(procedure.name),
        "sentence": said,
    }


def say_fields(difference: Difference, old: Method, new: Method) -> Iterator[str]:
    """One line for each field that changed: before → after."""
    for field in difference.fields:
        yield _("%(field)s: %(before)s → %(after)s") % {
            "field": say_field(difference, field, new),
            "before": _said(field.name, field.before, old, difference) or _("nothing said"),
            "after": _said(field.name, field.after, new, difference) or _("nothing said"),
        }


def say_part(part: Part) -> str:
    """What of a method it is."""
    return {
        Part.METHOD: _("the method itself"),
        Part.PROCEDURE: _("procedure"),
        Part.STAGE: _("stage"),
        Part.END: _("end"),
        Part.SIZE: _("size of matters"),
        Part.ENTRY: _("entry of the catalogue"),
        Part.RHYTHM: _("meeting that comes round"),
    }[part]


def say_field(difference: Difference, field: Field, method: Method) -> str:
    """What a field is; where a stage leads, by why it leads there."""
    if field.name.startswith("to."):
        stage = _stage(difference, method)
        edge = field.name.removeprefix("to.")
        return say_edge(stage.kind, edge, by_project=stage.by_project) if stage else edge
    if field.name.partition(".")[0] == "round":
        return say_term_name(field.name)
    if field.name == "calls" and difference.part is Part.STAGE:
        return _("how many are called back")
    return say_key(field.name) or _fields().get(field.name, field.name)


def _fields() -> dict[str, str]:
    return {
        "about": _("what it is about"),
        "asked": _("who is asked for consent"),
        "attach": _("what is attached"),
        "based_on": _("what it is made from"),
        "body": _("whose meeting"),
        "calls": _("who is called"),
        "carried_out": _("whether it has been done"),
        "carry": _("who carries it"),
        "collects": _("whether topics are collected"),
        "day": _("day of the month"),
        "doors": _("whether it is carried to every door"),
        "decides": _("who decides"),
        "every": _("how often it comes round"),
        "fallback": _("where to with what cannot be done"),
        "first": _("first stage"),
        "form": _("held as"),
        "grounds": _("grounds for refusing"),
        "kind": _("kind of stage"),
        "layer": _("whose rule it is"),
        "in_round": _("whether it belongs to a round of small works"),
        "lead": _("who leads"),
        "least": _("how many people at least"),
        "limit": _("time limit"),
        "means": _("what is meant"),
        "must_come": _("who has to come"),
        "name": _("its name"),
        "observers": _("who observes"),
        "parties": _("who takes part"),
        "period": _("how long it runs"),
        "procedure": _("procedure it takes"),
        "publicity": _("who may read it"),
        "quorum": _("how many have to come"),
        "rules_first": _("whether only rules are agreed, options come after"),
        "rules": _("working rules"),
        "source": _("what it rests on"),
        "text": _("whose text it settles"),
        "threshold": _("how many have to agree"),
        "tie": _("as many votes"),
        "times": _("how often at most"),
        "unlimited": _("why it has no time limit"),
        "voting": _("how it is voted"),
        "watch": _("who looks on"),
    }


def _stage(difference: Difference, method: Method) -> Stage | None:
    procedure = method.procedure(difference.procedure)
    return procedure.stage(difference.id) if procedure else None


def _name(difference: Difference, method: Method) -> str:
    id, procedure = difference.id, method.procedure(difference.procedure)
    if difference.part is Part.METHOD:
        return say_text(method.name)
    if difference.part in (Part.STAGE, Part.END):
        return _target(id, procedure)
    if difference.part is Part.RHYTHM:
        return next((say_text(one.name) for one in method.rhythm if one.code == id), id)
    found = {
        Part.PROCEDURE: method.procedure,
        Part.SIZE: method.size,
        Part.ENTRY: method.entry,
    }[difference.part](id)
    return say_text(found.name) if found else id


def _target(id: str, procedure: Procedure | None) -> str:
    found = procedure and (procedure.stage(id) or procedure.end(id))
    return say_text(found.name) if found else id


def _said(name: str, value: object, method: Method, difference: Difference) -> str:
    """The value of a field in words; "" for none."""
    if name.partition(".")[0] == "round":
        return say_term(name, value)
    told = SAID.get(name)
    empty = value is None or value == ""
    return told(value) if told and not empty else _value(value, method, difference)


def _value(value: object, method: Method, difference: Difference) -> str:
    """A value of the language in words; "" for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Text):
        return say_text(value)
    if isinstance(value, tuple | Mapping):
        items = tuple(value.values() if isinstance(value, Mapping) else value)
        # Rules are sentences, which end by themselves.
        between = " " if isinstance(next(iter(items), None), Text) else _(", ")
        return between.join(_value(item, method, difference) for item in items)
    if isinstance(value, Bar):
        return say_with_source(say_bar(value), value.source)
    if isinstance(value, Limit):
        return say_with_source(say_span(value), value.source)
    if isinstance(value, Count):
        return say_with_source(str(value.number), value.source)
    return _choice(value) or _id(str(value), method, difference)


def _choice(value: object) -> str:
    if isinstance(value, BodyKind):
        return say_kind(value)
    if isinstance(value, StageKind):
        return say_stage_kind(value)
    if isinstance(value, Tie):
        return say_tie(value)
    if isinstance(value, Fallback):
        return say_fallback(value)
    if isinstance(value, Publicity):
        return say_publicity(value)
    if isinstance(value, Paper):
        return say_paper(value)
    if isinstance(value, Layer):
        return say_layer(value)
    if isinstance(value, Every):
        return say_often(value)
    return ""


def say_often(every: Every) -> str:
    """How often a meeting comes round."""
    return {
        Every.MONTH: _("each month"),
        Every.QUARTER: _("each quarter"),
        Every.HALF_YEAR: _("each half year"),
        Every.YEAR: _("each year"),
    }[every]


def _id(value: str, method: Method, difference: Difference) -> str:
    """Where something leads, or the procedure a size takes; otherwise what stands there."""
    procedure = method.procedure(difference.procedure)
    named = method.procedure(value) if difference.part is Part.SIZE else None
    return say_text(named.name) if named else _target(value, procedure)
