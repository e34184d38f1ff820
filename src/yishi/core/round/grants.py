"""Who may do what with a round and the wishes put forward in it.

Everybody reads; names are for whoever works with them. Who put a wish forward, or wrote it down for
somebody, does not screen it.
Source: practice G10; norms.md §1 Independence, §3.
"""

from collections.abc import Sequence

from yishi.core.grant import Grant, Scope, rows
from yishi.core.person import Role
from yishi.core.round.now import ProposalState as P

R = Role

_EVERYONE: tuple[tuple[R | None, Scope], ...] = ((None, Scope.ALL),)
_SCREENS: tuple[tuple[R | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.SECRETARY, Scope.PLACE),
    (R.CONVENER, Scope.UNIT),
)

ROUNDS: Sequence[Grant] = (
    *rows("round.list", *_EVERYONE),
    *rows("round.view", *_EVERYONE),
    *rows("proposal.view", *_EVERYONE),
    # For oneself, at the desk for somebody else, for a body whoever speaks for it
    *rows(
        "proposal.file",
        (R.RESIDENT, Scope.ALL),
        (R.COMMUNITY_DESK, Scope.PLACE),
        (R.CONVENER, Scope.UNIT),
        (R.UNIT_HANDLER, Scope.UNIT),
    ),
    *(
        row
        for act in ("proposal.change", "proposal.withdraw")
        for row in rows(
            act, (R.RESIDENT, Scope.OWN), (R.COMMUNITY_DESK, Scope.PLACE), states=[P.FILED]
        )
    ),
    # Whether their name is read with it, at any time
    *rows("proposal.show_name", (R.RESIDENT, Scope.OWN)),
    *(
        row
        for act in ("proposal.pass", "proposal.join", "proposal.refuse")
        for row in rows(act, *_SCREENS, states=[P.FILED], unless=["raised", "filed"])
    ),
    *rows("proposal.part", *_SCREENS, states=[P.JOINED], unless=["raised", "filed"]),
    # Whose wish it is, and its words as they were written
    *rows(
        "proposal.read_names",
        *_SCREENS,
        (R.RESIDENT, Scope.OWN),
        (R.OVERSEER, Scope.PLACE),
        (R.SUPERVISORY_OFFICER, Scope.PLACE),
        (R.LEADER, Scope.PLACE),
    ),
)
