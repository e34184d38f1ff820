"""What a procedure with a round of small works has to have, proved before it is published.

Source: practice G10; norms.md §3 (call → screening → deliberation → notice → vote → works).
"""

from __future__ import annotations

from collections.abc import Iterator

from yishi.core.method.fault import Fault
from yishi.core.method.language import Edge, Procedure, StageKind

SOURCE = "norms.md §3"
# What a round cannot do without: a call, a screening, somebody who decides, works, an account.
NEEDS = (
    StageKind.COLLECT,
    StageKind.SCREEN,
    StageKind.CONFER,
    StageKind.NOTICE,
    StageKind.CARRY_OUT,
    StageKind.PUBLISH,
)


def round_faults(procedure: Procedure) -> Iterator[Fault]:
    """What a round lacks: `round_lacks` a stage of a kind it needs; `round_terms_late`: the terms
    are on notice first of all, and the call comes next; `round_accepts`: each project is accepted
    by itself while it is carried out."""
    if procedure.round is None:
        return
    first, kinds = procedure.first, tuple(stage.kind for stage in procedure.stages)
    for kind in NEEDS:
        if kind not in kinds:
            yield _fault("round_lacks", procedure, kind, NEEDS)
    call = next((one for one in procedure.stages if one.kind is StageKind.COLLECT), None)
    following = first.to.get(Edge.PASS, "")
    if first.kind is not StageKind.NOTICE or (call is not None and following != call.id):
        yield _fault("round_terms_late", procedure, following, (call.id,) if call else ())
    if StageKind.ACCEPT in kinds:
        yield _fault("round_accepts", procedure, StageKind.ACCEPT, ())


def _fault(code: str, procedure: Procedure, have: object, allowed: tuple[object, ...]) -> Fault:
    first = procedure.first.id
    return Fault(code, procedure.id, first, (first,), have, allowed, SOURCE)
