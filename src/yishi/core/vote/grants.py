"""Who may do what with a vote by roll.

Who is on the roll, and by whom a line may be cast, is data of the vote: the table says that any
resident may try. Source: norms.md §2; norms.md §1 Independence.
"""

from collections.abc import Sequence

from yishi.core.grant import Grant, Scope, rows
from yishi.core.person import Role
from yishi.core.topic.now import TopicState as S

R = Role

_KEEPS: tuple[tuple[Role | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.CONVENER, Scope.UNIT),
)
_LEADS: tuple[tuple[Role | None, Scope], ...] = (
    (R.SECRETARY, Scope.PLACE),
    (R.CONVENER, Scope.UNIT),
)
_COUNTS: tuple[tuple[Role | None, Scope], ...] = (
    *_KEEPS,
    (R.MEMBER, Scope.UNIT),
    (R.OVERSEER, Scope.PLACE),
)
# A line of the roll says where somebody lives and what they own.
_READS: tuple[tuple[Role | None, Scope], ...] = (*_COUNTS, (R.SECRETARY, Scope.PLACE))
_RUNNING = [S.RUNNING]

VOTES: Sequence[Grant] = (
    *rows("vote.view", (None, Scope.ALL)),
    *rows("vote.read_roll", *_READS),
    # In the stage a topic stands in
    *rows("topic.open_roll", *_KEEPS, states=_RUNNING),
    *rows("topic.open_vote", *_KEEPS, (R.SECRETARY, Scope.PLACE), states=_RUNNING),
    *rows("topic.close_vote", *_COUNTS, (R.SYSTEM, Scope.ALL), states=_RUNNING),
    *rows("topic.hand_vote", *_KEEPS, states=_RUNNING),
    *rows("topic.bring_result", *_COUNTS, states=_RUNNING),
    # On the vote itself
    *rows("vote.cast", (R.RESIDENT, Scope.ALL)),
    *rows("vote.object_roll", (R.RESIDENT, Scope.ALL), (R.COMMUNITY_DESK, Scope.PLACE)),
    *rows("vote.rule_roll", *_LEADS, unless=["objected"]),
    *rows("vote.add_voter", *_KEEPS),
    *rows("vote.strike_voter", *_KEEPS),
    *rows("vote.correct_voter", *_KEEPS),
    *rows("vote.file_proxy", *_KEEPS),
    *rows("vote.take_paper", *_COUNTS, (R.GRID_WORKER, Scope.PLACE)),
    *rows("vote.unmark", *_COUNTS, (R.GRID_WORKER, Scope.PLACE)),
    *rows("vote.record_door", *_COUNTS, (R.GRID_WORKER, Scope.PLACE)),
    *rows("vote.enter_paper", *_COUNTS),
    *rows("vote.enter_hands", *_COUNTS),
    *rows("vote.void", *_LEADS),
    *rows("vote.remind", (R.SYSTEM, Scope.ALL)),
)
