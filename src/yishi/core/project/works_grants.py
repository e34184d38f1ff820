"""Who may do what while a project is built, accepted, settled, handed over and used.

Who reported it as done (`built`) or sits in a body that builds it or ever built it (`builds`)
neither looks on, nor accepts, settles or scores it; and none of such a body decides on its money.
That a body reviews it or looks after it is data; the acts look at that besides.
Source: practice G10–G12, C5; norms.md §1 Independence, §3.
"""

from collections.abc import Sequence

from yishi.core.grant import Grant, Scope, rows
from yishi.core.person import Role
from yishi.core.project.now import ProjectState as S

R = Role

# The office side of the works: whoever carries the stage, and the desk.
_RUNS: tuple[tuple[R | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.CONVENER, Scope.UNIT),
)
_BUILDS: tuple[tuple[R | None, Scope], ...] = (*_RUNS, (R.UNIT_HANDLER, Scope.UNIT))
_DECIDES: tuple[tuple[R | None, Scope], ...] = (
    (R.SECRETARY, Scope.PLACE),
    (R.CONVENER, Scope.UNIT),
)
_WORKS = [S.FUNDED, S.UNDER_WAY]
_BUILT = ["built", "builds"]

WORKS: Sequence[Grant] = (
    *rows(
        "project.contract",
        *_RUNS,
        (R.SECRETARY, Scope.PLACE),
        states=[S.FUNDED],
        unless=["builds"],
    ),
    *rows(
        "project.build_selves",
        *_RUNS,
        (R.SECRETARY, Scope.PLACE),
        states=[S.FUNDED],
        unless=["builds"],
    ),
    *rows("project.plan_milestones", *_BUILDS, states=[S.UNDER_WAY]),
    *rows("project.reach_milestone", *_BUILDS, states=[S.UNDER_WAY]),
    *rows("project.ask_change", *_BUILDS, states=_WORKS),
    # By somebody else than who asked: the act looks, since one may ask and decide another's
    *rows("project.decide_change", *_DECIDES, states=_WORKS, unless=["builds"]),
    *rows(
        "project.lower_pledge",
        *_RUNS,
        (R.SECRETARY, Scope.PLACE),
        states=[S.CHOSEN],
        unless=["builds"],
    ),
    # Committees of the stage, and residents of the place: the act tells which
    *rows(
        "project.watch",
        (R.RESIDENT, Scope.ALL),
        states=[S.UNDER_WAY, S.BUILT],
        unless=_BUILT,
    ),
    *rows("project.report_built", *_BUILDS, states=[S.UNDER_WAY]),
    *rows(
        "project.accept",
        (R.OVERSEER, Scope.PLACE),
        (R.COMMUNITY_DESK, Scope.PLACE),
        states=[S.BUILT],
        unless=_BUILT,
    ),
    *rows(
        "project.settle",
        (R.COMMUNITY_DESK, Scope.PLACE),
        (R.SECRETARY, Scope.PLACE),
        (R.LEADER, Scope.PLACE),
        states=[S.ACCEPTED],
        unless=_BUILT,
    ),
    *rows(
        "project.hand_over",
        *_RUNS,
        (R.SECRETARY, Scope.PLACE),
        states=[S.SETTLED],
        unless=["builds"],
    ),
    # By the keeper, and nobody for it: of bodies it alone has part in this
    *rows(
        "project.take_over",
        (R.CONVENER, Scope.UNIT),
        (R.UNIT_HANDLER, Scope.UNIT),
        states=[S.SETTLED],
    ),
    *rows(
        "project.stop",
        (R.SECRETARY, Scope.PLACE),
        *_RUNS,
        states=[
            S.SCREENED, S.COSTED, S.AGREED, S.CHOSEN, S.FUNDED, S.UNDER_WAY, S.BUILT,
        ],
        unless=["builds"],
    ),
    *rows("project.score", (R.RESIDENT, Scope.ALL), states=[S.HANDED_OVER], unless=_BUILT),
    *rows("project.report_defect", (R.RESIDENT, Scope.ALL), states=[S.HANDED_OVER]),
)  # fmt: skip
