"""The states of a case and the acts that move it between them.

Merge, split, return, dispute, extension and suspension join this table when they are built: each
is a state beside `HANDLING` and a pair of rows below.
"""

from dataclasses import dataclass
from enum import StrEnum

from yishi.core.refusal import Refusal


class CaseState(StrEnum):
    """Where a case stands. Source: norms.md §1, States."""

    SUBMITTED = "submitted"
    REFUSED = "refused"
    FILED = "filed"
    TOPIC = "topic"
    DISPATCHED = "dispatched"
    SIGNED = "signed"
    HANDLING = "handling"
    CHECKING = "checking"
    SETTLED = "settled"
    ANSWERED = "answered"
    REDO = "redo"
    CALLED_BACK = "called_back"
    ARCHIVED = "archived"

    @property
    def is_open(self) -> bool:
        """Somebody still owes the resident something."""
        return self not in (CaseState.REFUSED, CaseState.CALLED_BACK, CaseState.ARCHIVED)


class CaseKind(StrEnum):
    """Who leads it. Source: norms.md §1; practice H8."""

    UNSORTED = ""
    ON_SPOT = "on_spot"
    ON_BEHALF = "on_behalf"
    REPORTED_UP = "reported_up"


S = CaseState


@dataclass(frozen=True, slots=True)
class Transition:
    """`act` may move a case from any of `before` to any of `after`, as `part` in it."""

    act: str
    before: frozenset[CaseState | None]
    after: frozenset[CaseState]
    part: str = ""


def _t(
    act: str, before: list[CaseState | None], after: list[CaseState], part: str = ""
) -> Transition:
    return Transition(act, frozenset(before), frozenset(after), part)


WORKING: list[CaseState | None] = [S.SIGNED, S.HANDLING, S.REDO]

TRANSITIONS: tuple[Transition, ...] = (
    _t("report.file", [None], [S.SUBMITTED], "raised"),
    _t("report.file_for", [None], [S.SUBMITTED], "filed_for"),
    _t("report.settle_on_spot", [None], [S.ANSWERED, S.CHECKING], "handled"),
    _t("case.refuse", [S.SUBMITTED], [S.REFUSED], "dispatched"),
    _t("case.accept", [S.SUBMITTED], [S.FILED], "dispatched"),
    _t("case.set_aside", [S.SUBMITTED, S.FILED], [S.TOPIC], "dispatched"),
    _t("case.dispatch", [S.SUBMITTED, S.FILED, S.TOPIC], [S.DISPATCHED], "dispatched"),
    _t("case.sign", [S.DISPATCHED], [S.SIGNED, S.DISPATCHED], "handled"),
    _t("case.sign", WORKING, [S.SIGNED, S.HANDLING, S.REDO], "handled"),
    _t("case.contact", WORKING, [S.HANDLING, S.REDO], "handled"),
    _t("case.submit_result", WORKING, [S.CHECKING, S.SIGNED, S.HANDLING, S.REDO], "handled"),
    _t("case.check", [S.CHECKING], [S.SETTLED, S.HANDLING], "checked"),
    _t("case.answer", [S.SETTLED, S.TOPIC], [S.ANSWERED], "answered"),
    _t("case.call_back", [S.ANSWERED], [S.CALLED_BACK, S.REDO], "called_back"),
    _t("report.rate", [S.ANSWERED], [S.CALLED_BACK, S.REDO, S.ANSWERED], "raised"),
    _t("case.archive", [S.CALLED_BACK], [S.ARCHIVED]),
)


def allowed(act: str, state: CaseState | None) -> Transition | Refusal:
    """The row by which `act` may leave `state`, or why it may not."""
    rows = [row for row in TRANSITIONS if row.act == act]
    for row in rows:
        if state in row.before:
            return row
    need = tuple(sorted(s for row in rows for s in row.before if s is not None))
    return Refusal("not_now", need=need, have=state, unit="state", source="norms.md §1 States")
