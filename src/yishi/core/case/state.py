"""The states of a case and the acts that move it between them."""

from collections.abc import Iterable
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
    RETURNING = "returning"
    DISPUTED = "disputed"
    SUSPENDED = "suspended"
    CHECKING = "checking"
    SETTLED = "settled"
    ANSWERED = "answered"
    REDO = "redo"
    CALLED_BACK = "called_back"
    ARCHIVED = "archived"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Somebody still owes the resident something; of a merged case, its main case does."""
        return self not in CLOSED


CLOSED = frozenset(
    {
        CaseState.REFUSED,
        CaseState.CALLED_BACK,
        CaseState.ARCHIVED,
        CaseState.MERGED,
        CaseState.WITHDRAWN,
    }
)


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
    act: str, before: Iterable[CaseState | None], after: Iterable[CaseState], part: str = ""
) -> Transition:
    return Transition(act, frozenset(before), frozenset(after), part)


INTAKE = frozenset({S.SUBMITTED, S.FILED, S.TOPIC})
WORKING = frozenset({S.SIGNED, S.HANDLING, S.REDO})
GIVEN = WORKING | {S.DISPATCHED}
STANDING = frozenset({S.RETURNING, S.DISPUTED, S.SUSPENDED})
# Where a case may be merged, be merged into, or be split.
MOVABLE = INTAKE | GIVEN
# Where the resident still waits for the answer.
AWAITED = MOVABLE | STANDING | {S.CHECKING, S.SETTLED}
# Content, done again, to be dispatched (again), or others are still to be asked.
AFTER_RATING = frozenset({S.CALLED_BACK, S.REDO, S.FILED, S.SUBMITTED, S.ANSWERED})


def _same(act: str, states: Iterable[CaseState], part: str = "") -> tuple[Transition, ...]:
    """Rows of an act that leaves the state as it is."""
    return tuple(_t(act, [state], [state], part) for state in sorted(states))


TRANSITIONS: tuple[Transition, ...] = (
    _t("report.file", [None], [S.SUBMITTED, S.ANSWERED], "raised"),
    _t("report.join", [None], [S.MERGED], "raised"),
    _t("report.file_for", [None], [S.SUBMITTED, S.ANSWERED], "filed_for"),
    _t("report.settle_on_spot", [None], [S.ANSWERED, S.CHECKING], "handled"),
    _t("outside.receive", [None], [S.SUBMITTED], "filed_for"),
    *_same("report.urge", AWAITED, "raised"),
    *_same("report.supplement", AWAITED, "raised"),
    _t("report.withdraw", [S.SUBMITTED], [S.WITHDRAWN, S.SUBMITTED], "raised"),
    _t("report.withdraw", [S.FILED], [S.WITHDRAWN, S.FILED], "raised"),
    _t("report.withdraw", [S.TOPIC], [S.WITHDRAWN, S.TOPIC], "raised"),
    _t("case.refuse", [S.SUBMITTED], [S.REFUSED], "dispatched"),
    _t("case.accept", [S.SUBMITTED], [S.FILED], "dispatched"),
    _t("case.set_aside", [S.SUBMITTED, S.FILED], [S.TOPIC], "dispatched"),
    # The topic ended as somebody's duty.
    _t("case.hand_back", [S.TOPIC], [S.FILED]),
    _t("case.dispatch", INTAKE, [S.DISPATCHED], "dispatched"),
    _t("case.split", INTAKE, [S.DISPATCHED], "dispatched"),
    *_same("case.split", GIVEN, "dispatched"),
    _t("case.merge", MOVABLE, [S.MERGED], "dispatched"),
    *_same("case.take_in", MOVABLE, "dispatched"),
    _t("case.unmerge", [S.MERGED], MOVABLE, "dispatched"),
    *_same("case.let_go", AWAITED, "dispatched"),
    *_same("case.call", GIVEN, "called"),
    *_same("case.claim", GIVEN, "handled"),
    *_same("case.end_call", GIVEN, "called"),
    _t("case.sign", [S.DISPATCHED], [S.SIGNED, S.DISPATCHED], "handled"),
    _t("case.sign", WORKING, [S.SIGNED, S.HANDLING, S.REDO], "handled"),
    _t("case.ask_return", [S.DISPATCHED], [S.RETURNING, S.DISPATCHED], "handled"),
    _t("case.ask_return", [S.SIGNED], [S.RETURNING, S.SIGNED], "handled"),
    _t("case.ask_return", [S.HANDLING], [S.RETURNING, S.HANDLING], "handled"),
    _t(
        "case.decide_return",
        [S.RETURNING],
        [S.FILED, S.DISPUTED, S.DISPATCHED, S.SIGNED, S.HANDLING, S.RETURNING],
        "dispatched",
    ),
    *_same("case.decide_return", GIVEN, "dispatched"),
    _t("case.contest_return", [S.DISPATCHED, S.SIGNED, S.HANDLING], [S.DISPUTED], "handled"),
    _t("case.rule", [S.DISPUTED], [S.DISPATCHED, S.SIGNED, S.HANDLING], "ruled"),
    *_same("case.ask_extension", GIVEN, "handled"),
    *_same("case.decide_extension", GIVEN, "approved"),
    *_same("case.ask_suspension", WORKING, "handled"),
    *(
        _t("case.decide_suspension", [state], [S.SUSPENDED, state], "approved")
        for state in sorted(WORKING)
    ),
    _t("case.resume", [S.SUSPENDED], [S.SIGNED, S.HANDLING, S.REDO]),
    *_same("case.interim", GIVEN | STANDING, "handled"),
    _t("case.contact", WORKING, [S.HANDLING, S.REDO], "handled"),
    _t("case.submit_result", WORKING, [S.CHECKING, S.SIGNED, S.HANDLING, S.REDO], "handled"),
    _t("case.check", [S.CHECKING], [S.SETTLED, S.HANDLING, S.REDO, S.FILED], "checked"),
    _t("case.answer", [S.SETTLED, S.TOPIC], [S.ANSWERED], "answered"),
    _t("case.call_back", [S.ANSWERED], AFTER_RATING, "called_back"),
    _t("report.rate", [S.ANSWERED], AFTER_RATING, "raised"),
    # What a text answered at once (秒回): not solved by it, or no word from the resident.
    _t("report.still_unsolved", [S.ANSWERED], [S.SUBMITTED], "raised"),
    _t("case.still_unsolved", [S.ANSWERED], [S.SUBMITTED], "called_back"),
    _t("case.close_silent", [S.ANSWERED], [S.CALLED_BACK]),
    _t("case.archive", [S.CALLED_BACK], [S.ARCHIVED]),
)


_BY_ACT: dict[str, tuple[Transition, ...]] = {
    act: tuple(row for row in TRANSITIONS if row.act == act)
    for act in {row.act for row in TRANSITIONS}
}


def allowed(act: str, state: CaseState | None) -> Transition | Refusal:
    """The row by which `act` may leave `state`, or why it may not."""
    rows = _BY_ACT.get(act, ())
    for row in rows:
        if state in row.before:
            return row
    need = tuple(sorted(s for row in rows for s in row.before if s is not None))
    return Refusal("not_now", need=need, have=state, unit="state", source="norms.md §1 States")
