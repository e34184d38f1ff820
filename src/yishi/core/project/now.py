"""A project as a decision sees it, and the course every project takes.

Its course is fixed, as a case's is; what differs from community to community are the numbers of the
round it belongs to. Source: practice G10–G12; norms.md §3 (works → acceptance → evaluation).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from yishi.core.topic.now import TopicState


class ProjectState(StrEnum):
    """Passed the screening; costed; agreed on; to be paid for; every yuan found; being built; said
    to be built; accepted; its final account reviewed; handed to whoever maintains it; or not agreed
    on, not voted for, stopped."""

    SCREENED = "screened"
    COSTED = "costed"
    AGREED = "agreed"
    CHOSEN = "chosen"
    FUNDED = "funded"
    UNDER_WAY = "under_way"
    BUILT = "built"
    ACCEPTED = "accepted"
    SETTLED = "settled"
    HANDED_OVER = "handed_over"
    NOT_AGREED = "not_agreed"
    NOT_CHOSEN = "not_chosen"
    STOPPED = "stopped"


S = ProjectState
# Each state and the states one act away. Where no vote follows, what is agreed on is chosen. A
# refused inspection goes back to the works; an approved change of the cost goes back to finding the
# money; an upheld objection, to the talks.
COURSE: Mapping[ProjectState, frozenset[ProjectState]] = {
    S.SCREENED: frozenset({S.COSTED, S.NOT_AGREED, S.STOPPED}),
    S.COSTED: frozenset({S.COSTED, S.AGREED, S.CHOSEN, S.NOT_AGREED, S.STOPPED}),
    S.AGREED: frozenset({S.CHOSEN, S.NOT_CHOSEN, S.COSTED, S.STOPPED}),
    S.CHOSEN: frozenset({S.FUNDED, S.COSTED, S.STOPPED}),
    S.FUNDED: frozenset({S.UNDER_WAY, S.CHOSEN, S.STOPPED}),
    S.UNDER_WAY: frozenset({S.BUILT, S.CHOSEN, S.STOPPED}),
    S.BUILT: frozenset({S.ACCEPTED, S.UNDER_WAY, S.STOPPED}),
    S.ACCEPTED: frozenset({S.SETTLED}),
    S.SETTLED: frozenset({S.HANDED_OVER}),
    S.HANDED_OVER: frozenset(),
    S.NOT_AGREED: frozenset({S.COSTED}),
    S.NOT_CHOSEN: frozenset({S.COSTED}),
    S.STOPPED: frozenset(),
}
# Its funders have to sum to its cost; the database holds it.
PAID_FOR = (S.FUNDED, S.UNDER_WAY, S.BUILT, S.ACCEPTED, S.SETTLED, S.HANDED_OVER)
BUILDING = (S.FUNDED, S.UNDER_WAY, S.BUILT)
ENDED = (S.HANDED_OVER, S.NOT_AGREED, S.NOT_CHOSEN, S.STOPPED)


class OpinionOn(StrEnum):
    """What a body is asked about: the cost, whether it can be done, the law, whether it is planned
    by government already, whether it is split to stay under the cap. Source: norms.md §3; G12."""

    COST = "cost"
    FEASIBLE = "feasible"
    LEGAL = "legal"
    PLANNED = "planned"
    SPLIT = "split"


class Form(StrEnum):
    """What a funder gives: money, goods or work in kind, or a part it does itself (认领)."""

    MONEY = "money"
    KIND = "kind"
    CLAIM = "claim"


class PledgeState(StrEnum):
    """Offered; valued and confirmed; not taken up; taken back before it was confirmed."""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ChangeState(StrEnum):
    """A change of the cost: asked for, approved, refused."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class WorksPaper(StrEnum):
    """A paper the works leave: the contract, a photo of what was built, of the acceptance, the
    review of the final account, the record of handing over."""

    CONTRACT = "contract"
    BUILT = "built"
    ACCEPTANCE = "acceptance"
    REVIEW = "review"
    HANDING = "handing"


class Look(StrEnum):
    """A look while it is built, or to accept it."""

    WATCH = "watch"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class ProjectNow:
    """A project at the moment of an act. `stage`: the kind of stage its round stands in, "" where
    the round does not run; `confirmed_fen`: what its confirmed funders give together; `paid_fen`:
    what was paid or delivered of it; `is_being_voted_on`: a vote of its round is open, on what
    others give; `cap_fen`: the most one of its kind may have of the fund."""

    uid: str
    state: ProjectState
    round: TopicState
    stage: str
    kind: str
    cap_fen: int
    cost_fen: int | None = None
    contract_fen: int | None = None
    confirmed_fen: int = 0
    fund_fen: int = 0
    paid_fen: int = 0
    settled_fen: int | None = None
    is_being_voted_on: bool = False
