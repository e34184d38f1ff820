"""The form of one stage of a method: its fields are those its kind may say."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.floors import Floors
from yishi.core.method.language import Edge, Fallback, Paper, Publicity, StageKind, Tie
from yishi.core.method.measure import Limit, Of
from yishi.core.method.room import FORMS
from yishi.core.place import BodyKind
from yishi.phrases.meeting_form import say_form
from yishi.phrases.method import (
    say_bar,
    say_fallback,
    say_paper,
    say_publicity,
    say_span,
    say_tie,
    say_with_source,
)
from yishi.phrases.method_draft import say_field, say_required
from yishi.phrases.place import say_kind
from yishi.rulebook.kinds.methods import BAR, VOTING, stage_table
from yishi.rulebook.schema import Field, ListOf, Number, SpanField, TextField, YesNo
from yishi.web.method_draft import fields
from yishi.web.method_draft.figures import number_field, source_field, span_fields, yes_or_no
from yishi.web.method_draft.stage_said import NUMBER_MAX, zh_of
from yishi.web.method_draft.voting import voting_fields

GROUPS = (
    ("who", ("name", "lead", "carry", "decides", "must_come", "asked", "parties", "observers")),
    ("counts", ("least", "quorum", "threshold", "tie")),
    ("room", ("form", "rules_first", "voting", "doors", "watch", "calls")),
    ("time", ("period", "limit", "unlimited", "times")),
    ("where", (*(edge.value for edge in Edge), "fallback")),
    ("papers", ("attach", "publicity", "rules", "grounds")),
)


def bodies() -> list[tuple[str, str]]:
    """Kinds of bodies as options."""
    return [(kind.value, say_kind(kind.value)) for kind in BodyKind]


def _choices(
    key: str, kind: StageKind, targets: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    if key in set(Edge):
        return list(targets)
    return {
        "form": [(form, say_form(form)) for form in FORMS.get(kind, ())],
        "attach": [(one.value, say_paper(one)) for one in Paper],
        "publicity": [(one.value, say_publicity(one)) for one in Publicity],
        "tie": [(one.value, say_tie(one)) for one in Tie],
        "fallback": [(one.value, say_fallback(one)) for one in Fallback],
    }.get(key, bodies())


def form_of(
    stage: Mapping[str, Any],
    targets: Sequence[tuple[str, str]],
    floors: Iterable[Floors],
    *,
    in_round: bool = False,
) -> list[dict[str, Any]]:
    """The form in groups: {title, items}; an item is fields that belong together, {label,
    fields, floors, several, folded, said}. `in_round`: of a round, whose call runs for a time
    where any other collecting counts who was heard."""
    kind = StageKind(stage["kind"])
    table = dict(stage_table(kind).fields)
    if kind is StageKind.COLLECT:
        del table["least" if in_round else "period"]
    titles = {
        "who": _("Who does it"),
        "counts": _("What counts as reached"),
        "room": _("How it is held"),
        "time": _("How long it may take"),
        "where": _("Where it leads"),
        "papers": _("What is left behind"),
    }
    help_of = _floor_words(stage, kind, tuple(floors))
    groups = []
    for name, keys in GROUPS:
        items = [
            _item(key, table[key], stage, kind, targets, help_of.get(key, ()), in_round=in_round)
            for key in keys
            if key in table
        ]
        if items:
            groups.append({"title": titles[name], "items": items})
    return groups


def _item(
    key: str,
    field: Field,
    stage: Mapping[str, Any],
    kind: StageKind,
    targets: Sequence[tuple[str, str]],
    floors: Sequence[str],
    *,
    in_round: bool,
) -> dict[str, Any]:
    label = say_field(key, kind.value)
    value = stage.get(key)
    shown = _several(key, field, value, in_round=in_round)
    item = {"label": label, "floors": floors, "several": bool(shown), "folded": False}
    if shown:
        return {**item, "fields": shown}
    one = _single(key, field, label, value, _choices(key, kind, targets))
    nothing = _("nothing named") if key == "attach" else _("nobody named")
    folded = one.kind == "checks"
    return {**item, "fields": [one], "folded": folded, "said": one.said or nothing}


def _several(key: str, field: Field, value: Any, *, in_round: bool) -> list[fields.Field]:
    """The fields of a share, a number or a time, with where it comes from; none for another."""
    said = value if isinstance(value, Mapping) else {}
    if field is VOTING:
        return voting_fields(said, in_round=in_round)
    if field is BAR:
        return [*_bar_fields(key, said), source_field(key, said)]
    if isinstance(field, Number):
        return [number_field(key, said, "number"), source_field(key, said)]
    if isinstance(field, SpanField):
        return span_fields(key, said)
    return []


def _single(
    key: str, field: Field, label: str, value: Any, choices: Sequence[tuple[str, str]]
) -> fields.Field:
    if isinstance(field, YesNo):
        return fields.yes_no(key, label, yes_or_no(), yes=bool(value))
    if key in ("rules", "grounds"):
        given = [zh_of(one["name"] if key == "grounds" else one) for one in value or ()]
        return fields.lines(key, label, "\n".join(given), help=_("One a line."))
    if isinstance(field, TextField):
        return fields.line(key, label, zh_of(value), must=not field.optional)
    options = list(choices)
    if isinstance(field, ListOf):
        return fields.checks(key, label, options, value or ())
    known = {code for code, _word in options}
    if value and value not in known:  # where it led is no more: said, and to be chosen anew
        options = [(value, _("“%(id)s”, which is not there any more") % {"id": value}), *options]
    if field.optional and key != "publicity":
        options = [("", _("none")), *options]
    elif not value and key != "publicity":
        options = [("", _("choose …")), *options]
    return fields.select(key, label, options, value or "", must=not field.optional)


def _bar_fields(key: str, said: Mapping[str, Any]) -> list[fields.Field]:
    of = [(Of.SEATS.value, _("all seats that are filled")), (Of.PRESENT.value, _("who has come"))]
    more = [("no", _("at least this share")), ("yes", _("more than this share"))]
    return [
        fields.line(
            f"{key}.share",
            say_field("share"),
            said.get("share", ""),
            most=NUMBER_MAX,
            help=_("Such as 1/2 or 2/3; empty for none."),
        ),
        fields.yes_no(
            f"{key}.more_than", say_field("more_than"), more, yes=bool(said.get("more_than"))
        ),
        fields.select(f"{key}.of", say_field("of"), of, said.get("of", Of.SEATS.value)),
    ]


def _floor_words(
    stage: Mapping[str, Any], kind: StageKind, layers: Sequence[Floors]
) -> dict[str, list[str]]:
    """What no community may go below, beside the field it is about."""
    found: dict[str, list[str]] = {"quorum": [], "threshold": [], "period": []}
    decides = stage.get("decides") or [stage.get("lead")]
    for layer in layers:
        said = {"layer": say_required(layer.layer)}
        for floor in layer.bodies if kind is StageKind.VOTE else ():
            for key in ("quorum", "threshold"):
                bar = getattr(floor, key)
                if bar is not None and floor.body in decides:
                    words = say_with_source(say_bar(bar), bar.source)
                    body = say_kind(floor.body.value)
                    found[key].append(
                        _("%(layer)s: for %(body)s not below %(words)s")
                        % {**said, "body": body, "words": words}
                    )
        if kind is StageKind.NOTICE and isinstance(layer.notice, Limit):
            words = say_with_source(say_span(layer.notice), layer.notice.source)
            found["period"].append(_("%(layer)s: not below %(words)s") % {**said, "words": words})
    return {key: words for key, words in found.items() if words}
