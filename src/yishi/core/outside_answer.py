"""What goes back to a higher system for an order, and whether it was in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

ANSWER_FIELDS = (
    "number",
    "our_number",
    "outcome",
    "words",
    "unit",
    "answered_at",
    "due_at",
    "late",
)


class Outcome(StrEnum):
    """How an order ended, as we tell them."""

    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back for one order.

    `answered_at` is when the latest word was given, `first_at` when the first was: that one is
    held against their deadline.
    """

    number: str
    our_number: str
    outcome: Outcome
    words: str
    unit: str
    answered_at: datetime
    first_at: datetime
    due_at: datetime | None

    @property
    def late(self) -> bool:
        """First answered at their deadline or after it."""
        return self.due_at is not None and self.first_at >= self.due_at
