"""Who may do what with a project: read it, cost it, decide on it, pay for it.

A body that gives its opinion, works out a cost or offers something is data of the act, so
`Scope.UNIT` reaches it besides the bodies of the stage. Source: practice G10–G13; norms.md §1
Independence (who confirms is not who offered, who pays not who confirmed; who builds it decides on
none of its money).
"""

from collections.abc import Sequence

from yishi.core.grant import Grant, Scope, rows
from yishi.core.person import Role
from yishi.core.project.costing import COSTING, QUOTING, TAKING
from yishi.core.project.deciding import REOPENED
from yishi.core.project.funding import PLEDGING
from yishi.core.project.now import ProjectState as S
from yishi.core.project.paying import PAYING, REVERSING

R = Role

_KEEPS: tuple[tuple[Role | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.CONVENER, Scope.UNIT),
)
_SAYS: tuple[tuple[Role | None, Scope], ...] = (
    *_KEEPS,
    (R.UNIT_HANDLER, Scope.UNIT),
    (R.LEGAL_ADVISER, Scope.UNIT),
)
_GIVES: tuple[tuple[Role | None, Scope], ...] = (
    *_KEEPS,
    (R.UNIT_HANDLER, Scope.UNIT),
    (R.RESIDENT, Scope.ALL),
)
_PAPERS: tuple[tuple[Role | None, Scope], ...] = (
    *_KEEPS,
    (R.SECRETARY, Scope.PLACE),
    (R.OVERSEER, Scope.PLACE),
    (R.SUPERVISORY_OFFICER, Scope.PLACE),
    (R.LEADER, Scope.PLACE),
)

PROJECTS: Sequence[Grant] = (
    *rows("project.view", (None, Scope.ALL)),
    *rows("accounts.view", (None, Scope.ALL)),
    # Opinions, quotations, resolutions and vouchers hold names and accounts.
    *rows("project.read_papers", *_PAPERS, (R.UNIT_HANDLER, Scope.UNIT)),
    # The contract, the review and the record of handing over: for who builds and who keeps, too.
    *rows("project.read_works_papers", *_PAPERS, (R.UNIT_HANDLER, Scope.UNIT)),
    # The money of the round
    *rows("round.announce_fund", *_KEEPS, (R.SECRETARY, Scope.PLACE)),
    *rows("round.correct_fund", *_KEEPS, (R.SECRETARY, Scope.PLACE)),
    *rows("round.sweep", (R.SYSTEM, Scope.ALL)),
    # Costing
    *rows("project.add_opinion", *_SAYS, states=COSTING),
    *rows(
        "project.add_quotation",
        *_KEEPS,
        (R.UNIT_HANDLER, Scope.UNIT),
        states=QUOTING,
        unless=["builds"],
    ),
    *rows("project.cost", *_KEEPS, (R.UNIT_HANDLER, Scope.UNIT), states=COSTING),
    *rows("project.take_quotation", *_KEEPS, states=TAKING, unless=["builds"]),
    # Decided in the talks
    *rows("project.decide", *_KEEPS, states=COSTING),
    *rows("project.reopen", *_KEEPS, states=REOPENED),
    # Who pays: never confirmed by who offered
    *rows("project.offer", *_GIVES, states=PLEDGING),
    *rows("project.withdraw_pledge", *_GIVES, states=PLEDGING),
    *rows(
        "project.confirm_pledge",
        *_KEEPS,
        (R.SECRETARY, Scope.PLACE),
        states=PLEDGING,
        unless=["builds"],
    ),
    *rows(
        "project.decline_pledge",
        *_KEEPS,
        (R.SECRETARY, Scope.PLACE),
        states=PLEDGING,
        unless=["builds"],
    ),
    *rows("project.fund", *_KEEPS, states=[S.CHOSEN], unless=["builds"]),
    # Never paid by who confirmed the funder
    *rows("project.pay", *_KEEPS, (R.SECRETARY, Scope.PLACE), states=PAYING, unless=["builds"]),
    # Never by who entered the payment, nor by who confirmed the funder
    *rows(
        "project.reverse_payment",
        *_KEEPS,
        (R.SECRETARY, Scope.PLACE),
        (R.LEADER, Scope.PLACE),
        states=REVERSING,
        unless=["builds"],
    ),
)
