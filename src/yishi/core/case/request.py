"""What a unit may ask for: to give the case back, more time, to let the clock stand still."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yishi.core.case.state import CaseState


class RequestKind(StrEnum):
    """申请退回, 申请延期, 申请中止."""

    RETURN = "return"
    EXTENSION = "extension"
    SUSPENSION = "suspension"


class RequestState(StrEnum):
    """ASKED and DISPUTED are open; LAPSED: the case went on without a word on it."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DISPUTED = "disputed"
    RULED = "ruled"
    LAPSED = "lapsed"

    @property
    def is_open(self) -> bool:
        """Somebody still has to say yes or no."""
        return self in (RequestState.ASKED, RequestState.DISPUTED)


@dataclass(frozen=True, slots=True)
class RequestNow:
    """One request on the case. `state_before`: where the case stood when it was
    asked; `ground`: the adopted ground of a suspension, by its code."""

    uid: str
    kind: RequestKind
    state: RequestState
    work: str
    unit_id: int
    unit: str
    state_before: CaseState
    length: int | None = None
    until_at: datetime | None = None
    asked_by: int | None = None
    ground: str = ""
