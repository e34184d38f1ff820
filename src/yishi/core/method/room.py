"""What the rooms of a procedure have to say: of which form a meeting is, who looks on, who is
called back, what is carried to the doors, where only rules are agreed; and that a text of the
community's own is voted on.

Each of the five forms has its own rule (practice G3): a hearing hears both sides, a consultation
decides nothing, an appraisal is scored. Source: practice G3, G5, C5, H10, H12.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yishi.core.meeting.now import Form
from yishi.core.method.fault import Fault
from yishi.core.method.graph import ids_of, paths_from, ways
from yishi.core.method.language import Edge, Procedure, Stage, StageKind

# The form of a meeting, by the kind of stage that is held as one.
FORMS: Mapping[StageKind, tuple[str, ...]] = {
    StageKind.CONFER: (
        Form.DELIBERATION.value,
        Form.JOINT.value,
        Form.ASSEMBLY.value,
    ),
    StageKind.MEET: (
        Form.TALK.value,
        Form.DELIBERATION.value,
        Form.HEARING.value,
        Form.CONSULTATION.value,
        Form.JOINT.value,
        Form.ASSEMBLY.value,
        Form.REPORT.value,
    ),
}
# Hears, advises or tells; what is to be done is decided elsewhere.
DECIDES_NOTHING = frozenset({Form.HEARING.value, Form.CONSULTATION.value, Form.REPORT.value})
SIDES = 2
# What only some kinds of stages have.
OF_KINDS: Mapping[str, tuple[StageKind, ...]] = {
    "voting": (StageKind.VOTE,),
    "form": tuple(FORMS),
    "watch": (StageKind.CARRY_OUT,),
    "calls": (StageKind.ACCEPT,),
    "doors": (StageKind.COMMENT, StageKind.NOTICE),
    "rules_first": (StageKind.CONFER,),
}
G3, G5, C5 = "practice G3", "practice G5", "practice C5"


def of_stage(stage: Stage) -> Iterator[tuple[str, object, tuple[object, ...], str]]:
    """(code, have, allowed, source) of what is wrong with a stage by itself."""
    for key, kinds in OF_KINDS.items():
        if getattr(stage, key) and stage.kind not in kinds:
            yield "key_misplaced", key, tuple(kind.value for kind in kinds), ""
    if stage.kind in OF_KINDS["doors"] and stage.period is None:
        yield "period_missing", None, ("period",), ""
    allowed = FORMS.get(stage.kind, ())
    if stage.form and allowed and stage.form not in allowed:
        yield "form_unknown", stage.form, allowed, G3
    if stage.form == Form.HEARING and len(stage.must_come) < SIDES:
        yield "hearing_one_sided", len(stage.must_come), (SIDES,), G3
    if stage.form in DECIDES_NOTHING and Edge.SETTLED in stage.to:
        yield "form_decides", stage.form, (), G3
    for body in stage.watch:
        if body in (stage.lead, stage.carry):
            yield "watched_by_doer", body, (), C5


def of_procedure(procedure: Procedure) -> Iterator[Fault]:
    """A text of the community's own is adopted by a vote, on every way."""
    if not procedure.text:
        return
    votes = ids_of(procedure, lambda one: one.kind is StageKind.VOTE)
    unvoted = ways(procedure, lambda one, edge: one.id not in votes or edge is not Edge.PASS)
    paths = paths_from((procedure.first.id,), unvoted)
    for end in procedure.ends:
        if end.carried_out and end.id in paths:
            yield Fault("text_unvoted", procedure.id, end.id, paths[end.id], None, votes, G5)
    if not any(end.carried_out for end in procedure.ends):
        yield Fault("text_not_adopted", procedure.id, procedure.first.id, (), None, (), G5)
