"""What a wish in a round is, and how it came. Source: practice G10; norms.md §3."""

from __future__ import annotations

from enum import StrEnum


class ProposalState(StrEnum):
    """Put forward; passed into a project of its own; joined with another's; on the negative list;
    taken back by whoever put it forward."""

    FILED = "filed"
    PASSED = "passed"
    JOINED = "joined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CameBy(StrEnum):
    """A resident put it forward, a meeting or a case gave rise to it, or a unit proposes it."""

    RESIDENT = "resident"
    MEETING = "meeting"
    CASE = "case"
    UNIT = "unit"
