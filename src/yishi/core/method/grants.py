"""Who may do what with a community's own method, and with the methods a place works by.

The conveners of both committees reach a draft by their body (`Scope.UNIT`), everybody else by
place. The word of the residents' committee is its convener's alone: it is asked of the body
without the place. Source: norms.md §2, Layers of rules; §1 Independence.
"""

from collections.abc import Sequence

from yishi.core.grant import Grant, Scope, rows
from yishi.core.person import Role

R = Role
MADE = "made"

# Whoever may write it: the desk, the secretary, and who speaks for one of both committees.
_WRITES: tuple[tuple[R | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.SECRETARY, Scope.PLACE),
    (R.CONVENER, Scope.UNIT),
)

METHODS: Sequence[Grant] = (
    *(
        row
        for act in ("method.copy", "method.change", "method.send", "method.withdraw")
        for row in rows(act, *_WRITES)
    ),
    # Whoever wrote it says none of the four words on it
    *rows(
        "method.approve", (R.SECRETARY, Scope.PLACE), (R.CONVENER, Scope.UNIT), unless=[MADE]
    ),
    *rows("method.review", (R.LEGAL_ADVISER, Scope.PLACE), unless=[MADE]),
    *rows(
        "method.file", (R.LEADER, Scope.PLACE), (R.DISPATCHER, Scope.PLACE), unless=[MADE]
    ),
    *(
        row
        for act in ("method.publish", "method.adopt", "method.stop")
        for row in rows(act, (R.SECRETARY, Scope.PLACE))
    ),
    *rows(
        "method.list_drafts",
        *_WRITES,
        (R.LEGAL_ADVISER, Scope.PLACE),
        (R.LEADER, Scope.PLACE),
        (R.DISPATCHER, Scope.PLACE),
        (R.SUPERVISORY_OFFICER, Scope.PLACE),
        (R.OVERSEER, Scope.PLACE),
    ),
)  # fmt: skip
