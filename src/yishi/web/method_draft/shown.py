"""A method that is being written, as its page shows it: tables, what is wrong, what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.method.language import Method, Procedure, Stage, StageKind
from yishi.phrases.flow import say_onward
from yishi.phrases.method import say_bar, say_every, say_span, say_stage_kind
from yishi.phrases.method_case import say_parting
from yishi.phrases.method_difference import say_difference, say_fields
from yishi.phrases.method_draft import say_wrong, stage_of
from yishi.phrases.method_fault import say_fault
from yishi.phrases.method_room import say_meeting, say_room
from yishi.phrases.office import say_rule_error
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text
from yishi.records.models import MethodDraft
from yishi.records.queries.method_draft import Assessed
from yishi.rulebook import draft as rulefile
from yishi.rulebook.played import parting
from yishi.rulebook.problem import RuleFileError
from yishi.web.flow import flow_of
from yishi.web.office import Cell, table
from yishi.web.round_terms import terms_of

Line = dict[str, Any]
DASH = "—"
# What every copy has otherwise, whatever is changed in it.
BY_BEING_A_COPY = frozenset({"based_on", "layer", "source"})


def wrong_lines(row: MethodDraft, wrong: Iterable[RuleFileError]) -> list[Line]:
    """What is not filled in: {text, where, href}, `where` the ids of procedure and stage."""
    data = row.data["file"]
    lines = []
    for one in wrong:
        where = stage_of(one, data)
        href = _stage(row, *where) or _part(row, one.key)
        lines.append({"text": say_wrong(one, data), "where": where, "href": href})
    return lines


def fault_lines(row: MethodDraft, found: Assessed) -> list[Line]:
    """What would go wrong, each leading to its stage."""
    method = found.method
    if method is None:
        return []
    named = _named(method, found.base)
    lines = []
    for fault in found.faults:
        where = (fault.procedure, fault.stage)
        held = method.procedure(fault.procedure)
        known = held is not None and held.stage(fault.stage) is not None
        href = _stage(row, *where) if known else _ends(row, held)
        lines.append({"text": say_fault(fault, named), "where": where, "href": href})
    return lines


def _named(method: Method, base: Method | None) -> Method:
    """The same, for its names alone: a stage that was taken out is still called as it was."""
    procedures = []
    for one in method.procedures:
        old = base.procedure(one.id) if base else None
        gone = [s for s in old.stages if not (one.stage(s.id) or one.end(s.id))] if old else []
        ends = [e for e in old.ends if not (one.stage(e.id) or one.end(e.id))] if old else []
        procedures.append(replace(one, stages=(*one.stages, *gone), ends=(*one.ends, *ends)))
    return replace(method, procedures=tuple(procedures))


def lacking_lines(found: Assessed) -> list[str]:
    """Who would be called and is not there: said, and no hindrance."""
    method = found.method
    if method is None:
        return []
    return list(dict.fromkeys(say_fault(fault, method) for fault in found.lacking))


def case_lines(row: MethodDraft, found: Assessed) -> list[str]:
    """Where the examples and the method no longer agree."""
    method = found.method
    if method is None or found.faults:
        return []
    try:
        made = rulefile.bundle(row.data["file"], row.data["texts"])
        return [say_parting(case, wrong) for case, wrong in parting(made, method, found.floors)]
    except RuleFileError as error:
        said = say_rule_error(error)
        return [" ".join(str(said[key]) for key in ("title", "missing", "have") if said.get(key))]


def difference_lines(found: Assessed) -> list[dict[str, Any]]:
    """How it differs from its base: {text, lines}."""
    if found.method is None or found.base is None:
        return []
    shown = []
    for one in found.differences:
        fields = tuple(field for field in one.fields if field.name not in BY_BEING_A_COPY)
        if fields or not one.fields:
            lines = say_fields(replace(one, fields=fields), found.base, found.method)
            text = say_difference(one, found.base, found.method)
            shown.append({"text": text, "lines": list(lines)})
    return shown


def procedures(row: MethodDraft, found: Assessed, *, changes: bool) -> list[dict[str, Any]]:
    """Each procedure: its table of stages, its ends, its drawing, and where it is changed."""
    sketch = found.sketch
    if sketch is None:
        return [_bare(row, one) for one in row.data["file"].get("procedures", ())]
    touched = {one.procedure for one in found.differences}
    shown = []
    for one in sketch.procedures:
        shown.append(
            {
                "id": one.id,
                "name": say_text(one.name),
                "table": _stages(row, one, changes=changes),
                "ends": [_end(end.name.zh, carried_out=end.carried_out) for end in one.ends],
                "terms": terms_of(one.round) if one.round else None,
                "flow": flow_of(sketch, one),
                # Where nothing was changed the drawing is the known one, and stays folded.
                "open": changes and (not found.differences or one.id in touched),
                "after": [
                    (stage.id, f"{number} {say_text(stage.name)}")
                    for number, stage in enumerate(one.stages, 1)
                ],
                "last": one.stages[-1].id if one.stages else "",
            }
        )
    return shown


def _bare(row: MethodDraft, one: Mapping[str, Any]) -> dict[str, Any]:
    """A procedure nothing can be drawn of: the names of its stages."""
    rows: list[list[Cell]] = [
        [(f"{number} {_zh(stage)}", _stage(row, one["id"], stage["id"]))]
        for number, stage in enumerate(one.get("stages", ()), 1)
    ]
    return {"id": one["id"], "name": _zh(one), "table": table("", [_("Stage")], rows)}


def _stages(row: MethodDraft, one: Procedure, *, changes: bool) -> dict[str, Any]:
    labels = [
        _("Stage"),
        _("Kind"),
        _("Led by"),
        _("Organised by"),
        _("Whose votes count"),
        _("Have to come"),
        _("Have to agree"),
        _("How it is held"),
        _("Within"),
        _("Leads to"),
    ]
    rows = []
    for number, stage in enumerate(one.stages, 1):
        name = f"{number} {say_text(stage.name)}"
        first: Cell = (name, _stage(row, one.id, stage.id)) if changes else name
        rows.append([first, *_stage_cells(stage, one)])
    caption = _("Stages of %(procedure)s") % {"procedure": say_text(one.name)}
    return table(caption, labels, rows)


def _stage_cells(stage: Stage, one: Procedure) -> list[str]:
    decides = stage.decides if stage.decides != (stage.lead,) else ()
    limit = say_span(stage.limit)
    return [
        say_stage_kind(stage.kind.value),
        say_kind(stage.lead.value),
        say_kind(stage.carry.value) if stage.carry else DASH,
        "、".join(say_kind(body.value) for body in decides) or DASH,
        say_bar(stage.quorum) or DASH,
        say_bar(stage.threshold) or DASH,
        say_room(stage) or DASH,
        limit or (say_text(stage.unlimited) if stage.unlimited else DASH),
        say_onward(stage, one) or DASH,
    ]


def _end(name: str, *, carried_out: bool) -> str:
    return _("%(name)s (done)") % {"name": name} if carried_out else name


def lists(sketch: Method) -> dict[str, Any]:
    """Sizes, catalogue and rhythm as tables."""
    names = {one.id: say_text(one.name) for one in sketch.procedures}
    return {
        "sizes": table(
            "",
            [_("Large or small"), _("What is meant by it"), _("Procedure it takes")],
            [
                (
                    say_text(one.name),
                    say_text(one.means),
                    names.get(one.procedure, one.procedure) or _("helped with, not deliberated"),
                )
                for one in sketch.sizes
            ],
        ),
        "catalogue": table(
            "",
            [_("Kind of topic"), _("Who is called to it")],
            [
                (say_text(one.name), "、".join(say_kind(body.value) for body in one.calls) or DASH)
                for one in sketch.catalogue
            ],
        ),
        "rhythm": table(
            "",
            [
                _("Meeting"),
                _("Whose meeting it is"),
                _("Form and who is called"),
                _("When it is held"),
            ],
            [
                (
                    say_text(one.name),
                    say_kind(one.body.value),
                    say_meeting(one) or DASH,
                    say_every(one.every, one.day),
                )
                for one in sketch.rhythm
            ],
        )
        if sketch.rhythm
        else None,
    }


def stage_kinds() -> list[tuple[str, str]]:
    """Kinds of stages as options."""
    return [(kind.value, say_stage_kind(kind.value)) for kind in StageKind]


def _stage(row: MethodDraft, procedure: str, stage: str) -> str:
    if not procedure or not stage:
        return ""
    return reverse("method_draft_stage", args=[row.uid, procedure, stage])


def _ends(row: MethodDraft, held: Procedure | None) -> str:
    if held is None:
        return reverse("method_draft_part", args=[row.uid, "sizes"])
    return reverse("method_draft_ends", args=[row.uid, held.id])


def _part(row: MethodDraft, key: str) -> str:
    """Where what is not in a stage is changed."""
    first, *rest = key.split(".")
    if first in ("sizes", "catalogue", "rhythm"):
        return reverse("method_draft_part", args=[row.uid, first])
    held = row.data["file"].get("procedures", [])
    if first == "procedures" and rest and rest[0].isdigit() and int(rest[0]) <= len(held):
        page = "method_draft_round" if rest[1:2] == ["round"] else "method_draft_ends"
        return reverse(page, args=[row.uid, held[int(rest[0]) - 1]["id"]])
    return reverse("method_draft_about", args=[row.uid])


def _zh(one: Mapping[str, Any]) -> str:
    name = one.get("name")
    return str(name.get("zh", "")) if isinstance(name, Mapping) else ""
