"""Who is called: the list of participants (主体清单), from the form, the rhythm, the catalogue and
the stage. Source: practice H2, G7."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yishi.core.meeting.sitting import Part
from yishi.core.meeting.terms import Terms
from yishi.core.method.language import Stage
from yishi.core.place import BodyKind


@dataclass(frozen=True)
class Invited:
    """One kind of body: as what, and whether nothing begins without it."""

    part: Part
    must_come: bool = False


def invited(
    terms: Terms, body: BodyKind, calls: Iterable[BodyKind], stages: Iterable[Stage] = ()
) -> Mapping[BodyKind, Invited]:
    """Kind → as what it is called. Who decides does so whatever else names it; who observes in
    one place and takes part in another takes part.

    `calls`: kinds the form, the rhythm and the entries of the catalogue name. `stages`: the
    stages topics of the agenda stand in.
    """
    found: dict[BodyKind, Invited] = {}
    stages = tuple(stages)
    for stage in stages:
        found |= dict.fromkeys(stage.observers, Invited(Part.OBSERVER))
    for stage in stages:
        carry = (stage.carry,) if stage.carry else ()
        for kind in (stage.lead, *carry, *stage.parties, *stage.asked):
            found[kind] = Invited(Part.PARTY)
    for kind in (*calls, body):
        found[kind] = Invited(Part.PARTY)
    must = {*terms.must_come, *(kind for stage in stages for kind in stage.must_come)}
    decides = {*terms.decides, *(kind for stage in stages for kind in stage.decides)}
    for kind in sorted(must | decides):
        part = Part.DECIDES if kind in decides else Part.PARTY
        found[kind] = Invited(part, kind in must)
    return found
