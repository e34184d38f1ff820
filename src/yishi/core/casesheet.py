"""A sheet asked for from above (台账), filled from the record: entered once, never again.

Which columns a sheet has, under which heads, is a rule file; what a column can hold is here.
No column holds a resident's name, phone or words. Source: practice H3; norms.md §5 Enter once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yishi.core.caserules import Text


class Over(StrEnum):
    """Which moment of a matter has to lie in the period a sheet is about."""

    FILED = "filed_at"
    ANSWERED = "answered_at"


FIELDS = (
    "position", "number", "their_number", "filed_on", "filed_at", "channel", "street", "community",
    "grid", "building", "spot", "nature", "kind", "major", "item", "item_code", "lead", "co",
    "dispatched_at", "signed_at", "contacted_at", "due_at", "their_due_at", "settled_at",
    "answered_at", "days", "on_time", "limit", "basis", "result", "state", "merged_into",
    "residents", "returns", "urged", "solved", "satisfaction", "orders",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A head as those who ask write it, and the field that fills it."""

    head: str
    field: str


@dataclass(frozen=True)
class CaseSheet:
    """One sheet: a row for each matter whose `over` lies in the period."""

    code: str
    name: Text
    asked_by: Text
    over: Over
    columns: tuple[Column, ...]
