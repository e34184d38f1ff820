"""Who may look after the work of others: orders, findings, the committee, the lists, the figures.

Source: norms.md §1, who may; practice H12.
"""

from collections.abc import Sequence

from yishi.core.case.state import CaseState as S
from yishi.core.grant import Grant, Scope, rows
from yishi.core.oversight import FINISHED
from yishi.core.person import Role

R = Role

_CLOSES: tuple[tuple[R | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.DISPATCHER, Scope.PLACE),
    (R.SUPERVISORY_OFFICER, Scope.PLACE),
)
_WATCHES: tuple[tuple[R | None, Scope], ...] = (
    *_CLOSES,
    (R.OVERSEER, Scope.PLACE),
    (R.LEADER, Scope.PLACE),
)
_OPEN = frozenset(s for s in S if s.is_open)
_INVOLVED = frozenset({"handled"})

OVERSIGHT: Sequence[Grant] = (
    # Supervision
    *rows("order.issue", (R.SUPERVISORY_OFFICER, Scope.PLACE), states=_OPEN),
    *rows("order.answer", (R.UNIT_HANDLER, Scope.UNIT)),
    *rows("finding.record", (R.SUPERVISORY_OFFICER, Scope.PLACE), unless=_INVOLVED),
    # The affairs supervisory committee: it looks and writes, and orders nobody
    *rows("oversight.sample", (R.OVERSEER, Scope.PLACE)),
    *rows("oversight.inspect", (R.OVERSEER, Scope.PLACE), states=FINISHED, unless=_INVOLVED),
    *rows("opinion.write", (R.OVERSEER, Scope.PLACE)),
    *rows("opinion.reply", (R.UNIT_HANDLER, Scope.UNIT)),
    *rows("oversight.view", *_WATCHES),
    *(
        row
        for act in ("opinion.list", "order.list", "finding.list", "listed.list")
        for row in rows(act, *_WATCHES, (R.UNIT_HANDLER, Scope.UNIT))
    ),
    *rows("duty.view", *_WATCHES, (R.ADMINISTRATOR, Scope.PLACE)),
    # A rating left out of the rates: asked by one, decided by another
    *rows(
        "exclusion.ask",
        (R.UNIT_HANDLER, Scope.UNIT),
        (R.DISPATCHER, Scope.PLACE),
        (R.CALL_BACK_OFFICER, Scope.PLACE),
    ),
    *rows("exclusion.decide", (R.SUPERVISORY_OFFICER, Scope.PLACE), unless=["asked", "handled"]),
    *rows(
        "exclusion.list",
        *_WATCHES,
        (R.CALL_BACK_OFFICER, Scope.PLACE),
        (R.UNIT_HANDLER, Scope.UNIT),
    ),
    # The dated list: who closes an entry never reported it done
    *rows("listed.open", *_CLOSES),
    *rows("listed.report_done", (R.UNIT_HANDLER, Scope.UNIT)),
    *rows("listed.close", *_CLOSES, unless=["reported"]),
    # Figures: counts are for staff of a place; the public board shows published ones
    *rows(
        "figures.view",
        *(
            (role, Scope.PLACE)
            for role in (
                R.LEADER,
                R.SUPERVISORY_OFFICER,
                R.DISPATCHER,
                R.COMMUNITY_DESK,
                R.CALL_BACK_OFFICER,
            )
        ),
    ),
    # Sheets asked for from above: matters one by one, so only where one may see them
    *rows(
        "sheet.take",
        *(
            (role, Scope.PLACE)
            for role in (R.LEADER, R.SUPERVISORY_OFFICER, R.DISPATCHER, R.COMMUNITY_DESK)
        ),
    ),
)
