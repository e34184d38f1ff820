"""Who may do what with a meeting. `Scope.UNIT` reaches the body that convenes it; of an answer
the body that was invited; `Scope.OWN` somebody who was invited by name.

Source: practice G7, H2; norms.md §1 Independence.
"""

from collections.abc import Sequence

from yishi.core.grant import Grant, Scope, rows
from yishi.core.meeting.now import MeetingState as S
from yishi.core.person import Role

R = Role
WROTE = "wrote"

_EVERYONE: tuple[tuple[R | None, Scope], ...] = ((None, Scope.ALL),)
_KEEPS: tuple[tuple[R | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.CONVENER, Scope.UNIT),
    (R.SECRETARY, Scope.PLACE),
)
_WATCHES: tuple[tuple[R | None, Scope], ...] = (
    *_KEEPS,
    (R.MEMBER, Scope.UNIT),
    (R.OVERSEER, Scope.PLACE),
    (R.SUPERVISORY_OFFICER, Scope.PLACE),
    (R.LEADER, Scope.PLACE),
)

MEETINGS: Sequence[Grant] = (
    # When, where, about what, offices and counts are public; who sat there by name is not.
    *rows("meeting.list", *_EVERYONE),
    *rows("meeting.view", *_EVERYONE),
    *rows("meeting.read_names", *_WATCHES),
    *rows("meeting.call", *_KEEPS),
    *rows("meeting.cancel", *_KEEPS, states=[S.CALLED]),
    *rows("meeting.invite", *_KEEPS, states=[S.CALLED, S.SITTING]),
    *rows("meeting.record_told", *_KEEPS, (R.GRID_WORKER, Scope.PLACE), states=[S.CALLED]),
    *rows(
        "meeting.answer",
        (R.UNIT_HANDLER, Scope.UNIT),
        (R.CONVENER, Scope.UNIT),
        (R.COMMUNITY_DESK, Scope.PLACE),
        (R.RESIDENT, Scope.OWN),
        states=[S.CALLED],
    ),
    *rows("meeting.add_item", *_KEEPS, states=[S.CALLED, S.SITTING]),
    *rows("meeting.open", *_KEEPS, states=[S.CALLED]),
    # One that nobody opened counts as not held, and may still be called again.
    *rows("meeting.lapse", (R.SYSTEM, Scope.ALL), states=[S.CALLED]),
    *rows("meeting.call_again", *_KEEPS, states=[S.CALLED, S.FAILED]),
    *rows("meeting.sign_in", (R.RESIDENT, Scope.ALL), states=[S.CALLED, S.SITTING]),
    *rows(
        "meeting.sign_in_for",
        *_KEEPS,
        (R.GRID_WORKER, Scope.PLACE),
        states=[S.CALLED, S.SITTING],
    ),
    *rows("meeting.state", *_KEEPS, (R.RESIDENT, Scope.ALL), states=[S.SITTING]),
    *(
        row
        for act in ("meeting.settle_item", "meeting.list_item", "meeting.put_off_item")
        for row in rows(act, *_KEEPS, states=[S.SITTING])
    ),
    *rows("meeting.close", *_KEEPS, states=[S.SITTING]),
    *rows("meeting.add_paper", *_KEEPS, states=[S.SITTING, S.CLOSED]),
    *rows("meeting.write_minutes", *_KEEPS, states=[S.CLOSED]),
    *rows(
        "meeting.sign_off",
        (R.CONVENER, Scope.UNIT),
        (R.SECRETARY, Scope.PLACE),
        states=[S.CLOSED],
        unless=[WROTE],
    ),
    *rows("meeting.report_back", *_KEEPS, states=[S.CLOSED, S.SIGNED]),
    # What is owed a word, for whoever keeps the record and whoever looks after it
    *rows("meeting.owed", *_WATCHES),
)
