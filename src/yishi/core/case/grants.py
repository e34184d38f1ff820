"""Who may do what with a report, a case, and what is asked, drafted and printed about one.

Source: norms.md §1, who may.
"""

from collections.abc import Sequence

from yishi.core.case.state import AWAITED, GIVEN, INTAKE, MOVABLE, STANDING, WORKING
from yishi.core.case.state import CaseState as S
from yishi.core.grant import Grant, Scope, rows
from yishi.core.oversight import FINISHED
from yishi.core.person import Role

R = Role

_STAFF_VIEW: tuple[tuple[R | None, Scope], ...] = (
    (R.GRID_WORKER, Scope.GRID),
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.DISPATCHER, Scope.PLACE),
    (R.UNIT_HANDLER, Scope.UNIT),
    (R.CALL_BACK_OFFICER, Scope.PLACE),
    (R.ARBITRATOR, Scope.PLACE),
    (R.SUPERVISORY_OFFICER, Scope.PLACE),
    (R.OVERSEER, Scope.PLACE),
    (R.LEADER, Scope.PLACE),
)
_CLOSES: tuple[tuple[R | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.DISPATCHER, Scope.PLACE),
    (R.SUPERVISORY_OFFICER, Scope.PLACE),
)
_BEFORE_RESULT = frozenset({S.DISPATCHED, S.SIGNED, S.HANDLING})
_INVOLVED = frozenset({"handled"})

CASES: Sequence[Grant] = (
    # Reports: what one person raises
    *rows("report.file", (R.RESIDENT, Scope.ALL)),
    *rows("report.join", (R.RESIDENT, Scope.ALL), states=MOVABLE),
    *rows(
        "report.file_for",
        (R.GRID_WORKER, Scope.GRID),
        (R.COMMUNITY_DESK, Scope.PLACE),
        (R.DISPATCHER, Scope.PLACE),
    ),
    *rows("report.settle_on_spot", (R.GRID_WORKER, Scope.GRID)),
    *rows("report.view", (R.RESIDENT, Scope.OWN)),
    *rows("report.list", (R.RESIDENT, Scope.OWN)),
    *rows("message.list", (R.RESIDENT, Scope.OWN)),
    *rows("photo.view", (R.RESIDENT, Scope.OWN), *_STAFF_VIEW),
    *rows("report.rate", (R.RESIDENT, Scope.OWN), states=[S.ANSWERED]),
    *rows("report.still_unsolved", (R.RESIDENT, Scope.OWN), states=[S.ANSWERED]),
    *rows("report.urge", (R.RESIDENT, Scope.OWN), states=AWAITED),
    *rows("report.supplement", (R.RESIDENT, Scope.OWN), states=AWAITED),
    *rows("report.withdraw", (R.RESIDENT, Scope.OWN), states=INTAKE),
    *rows(
        "report.read_contact",
        (R.DISPATCHER, Scope.PLACE),
        (R.COMMUNITY_DESK, Scope.PLACE),
        states=[S.SUBMITTED, S.FILED, S.TOPIC],
    ),
    *rows("report.read_contact", (R.UNIT_HANDLER, Scope.UNIT), states=WORKING),
    *rows("report.read_contact", (R.CALL_BACK_OFFICER, Scope.PLACE), states=[S.ANSWERED]),
    *rows("report.read_contact", (R.OVERSEER, Scope.DRAWN), states=FINISHED),
    # The line to a higher system: what it signed speaks as the system
    *(
        row
        for act in ("outside.add_system", "outside.end_system")
        for row in rows(act, (R.ADMINISTRATOR, Scope.PLACE))
    ),
    *(
        row
        for act in ("outside.receive", "outside.send_back")
        for row in rows(act, (R.DISPATCHER, Scope.PLACE), (R.SYSTEM, Scope.ALL))
    ),
    *rows("outside.list", (R.DISPATCHER, Scope.PLACE)),
    *rows("outside.view", (R.DISPATCHER, Scope.PLACE), (R.ADMINISTRATOR, Scope.PLACE)),
    # Cases: what is handled
    *rows("case.view", *_STAFF_VIEW),
    *rows("case.list", *_STAFF_VIEW),
    *rows("case.refuse", (R.DISPATCHER, Scope.PLACE), states=[S.SUBMITTED]),
    *rows("case.accept", (R.DISPATCHER, Scope.PLACE), states=[S.SUBMITTED]),
    *rows(
        "case.set_aside",
        (R.DISPATCHER, Scope.PLACE),
        (R.COMMUNITY_DESK, Scope.PLACE),
        states=[S.SUBMITTED, S.FILED],
    ),
    *rows("case.hand_back", (R.SYSTEM, Scope.ALL), states=[S.TOPIC]),
    *rows("case.dispatch", (R.DISPATCHER, Scope.PLACE), states=[S.SUBMITTED, S.FILED, S.TOPIC]),
    *rows("case.split", (R.DISPATCHER, Scope.PLACE), states=MOVABLE),
    *rows("case.merge", (R.DISPATCHER, Scope.PLACE), states=MOVABLE),
    *rows("case.take_in", (R.DISPATCHER, Scope.PLACE), states=MOVABLE),
    *rows("case.unmerge", (R.DISPATCHER, Scope.PLACE), states=[S.MERGED]),
    *rows("case.let_go", (R.DISPATCHER, Scope.PLACE), states=AWAITED),
    # Call and answer: the community calls, bodies of the place claim (呼叫响应)
    *(
        row
        for act in ("case.call", "case.end_call")
        for row in rows(
            act,
            (R.COMMUNITY_DESK, Scope.PLACE),
            (R.DISPATCHER, Scope.PLACE),
            (R.UNIT_HANDLER, Scope.UNIT),
            states=GIVEN,
        )
    ),
    *rows("case.claim", (R.UNIT_HANDLER, Scope.CALLED), states=GIVEN),
    *rows("call.list", (R.UNIT_HANDLER, Scope.CALLED)),
    # Returns and rulings
    *rows("case.ask_return", (R.UNIT_HANDLER, Scope.UNIT), states=_BEFORE_RESULT),
    *rows("case.decide_return", (R.DISPATCHER, Scope.PLACE), states=[S.RETURNING, *GIVEN]),
    *rows("case.contest_return", (R.UNIT_HANDLER, Scope.UNIT), states=_BEFORE_RESULT),
    *rows("case.rule", (R.ARBITRATOR, Scope.PLACE), states=[S.DISPUTED], unless=_INVOLVED),
    # More time, or time that stands still: never decided by whoever handles it
    *rows("case.ask_extension", (R.UNIT_HANDLER, Scope.UNIT), states=GIVEN),
    *rows("case.decide_extension", (R.DISPATCHER, Scope.PLACE), states=GIVEN, unless=_INVOLVED),
    *rows("case.ask_suspension", (R.UNIT_HANDLER, Scope.UNIT), states=WORKING),
    *rows("case.decide_suspension", (R.DISPATCHER, Scope.PLACE), states=WORKING, unless=_INVOLVED),
    *rows(
        "case.resume",
        (R.UNIT_HANDLER, Scope.UNIT),
        (R.DISPATCHER, Scope.PLACE),
        (R.SYSTEM, Scope.ALL),
        states=[S.SUSPENDED],
    ),
    *rows("case.interim", (R.UNIT_HANDLER, Scope.UNIT), states=GIVEN | STANDING),
    *rows("case.sign", (R.UNIT_HANDLER, Scope.UNIT), states=[S.DISPATCHED, *WORKING]),
    *rows("case.sign", (R.SYSTEM, Scope.ALL), states=[S.DISPATCHED, *WORKING]),
    *rows("case.contact", (R.UNIT_HANDLER, Scope.UNIT), states=WORKING),
    *rows("case.submit_result", (R.UNIT_HANDLER, Scope.UNIT), states=WORKING),
    *rows(
        "case.check",
        (R.GRID_WORKER, Scope.GRID),
        (R.COMMUNITY_DESK, Scope.PLACE),
        (R.DISPATCHER, Scope.PLACE),
        states=[S.CHECKING],
        unless=_INVOLVED,
    ),
    *rows("case.answer", (R.UNIT_HANDLER, Scope.UNIT), states=[S.SETTLED]),
    *rows("case.answer", (R.COMMUNITY_DESK, Scope.PLACE), states=[S.SETTLED, S.TOPIC]),
    # With what its topic came to, once that is published.
    *rows("case.answer", (R.SYSTEM, Scope.ALL), states=[S.TOPIC]),
    *rows(
        "case.call_back",
        (R.CALL_BACK_OFFICER, Scope.PLACE),
        states=[S.ANSWERED],
        unless=_INVOLVED,
    ),
    *rows(
        "case.still_unsolved",
        (R.CALL_BACK_OFFICER, Scope.PLACE),
        states=[S.ANSWERED],
        unless=_INVOLVED,
    ),
    *rows("case.close_silent", (R.SYSTEM, Scope.ALL), states=[S.ANSWERED]),
    *rows("case.archive", (R.SYSTEM, Scope.ALL), states=[S.CALLED_BACK]),
    *rows("case.set_clock", (R.SYSTEM, Scope.ALL)),
    *rows("burden.record", (R.DISPATCHER, Scope.PLACE), (R.ARBITRATOR, Scope.PLACE)),
    *(
        row
        for act in ("request.list", "burden.list")
        for row in rows(
            act,
            *(
                (role, Scope.PLACE)
                for role in (
                    R.DISPATCHER,
                    R.ARBITRATOR,
                    R.SUPERVISORY_OFFICER,
                    R.LEADER,
                    R.COMMUNITY_DESK,
                )
            ),
        )
    ),
    *rows("request.list", (R.UNIT_HANDLER, Scope.UNIT)),
    # 秒回: who drafts a text never puts it in force
    *rows("instant.draft", (R.DISPATCHER, Scope.PLACE), (R.COMMUNITY_DESK, Scope.PLACE)),
    *(
        row
        for act in ("instant.approve", "instant.refuse")
        for row in rows(
            act,
            (R.LEADER, Scope.PLACE),
            (R.SUPERVISORY_OFFICER, Scope.PLACE),
            unless=["drafted"],
        )
    ),
    *(
        row
        for act in ("instant.end", "instant.list")
        for row in rows(act, *_CLOSES, (R.LEADER, Scope.PLACE))
    ),
    # Forms of the trade: two hold name and phone, so they go where a contact may be read
    *rows("form.print", *_STAFF_VIEW),
    *rows("form.dossier", *_STAFF_VIEW),
    *rows("form.print_own", (R.RESIDENT, Scope.OWN)),
    *rows(
        "form.print_registration",
        (R.DISPATCHER, Scope.PLACE),
        (R.COMMUNITY_DESK, Scope.PLACE),
        states=INTAKE,
    ),
    *rows(
        "form.print_call_back",
        (R.CALL_BACK_OFFICER, Scope.PLACE),
        states=[S.ANSWERED, S.REDO, S.CALLED_BACK],
    ),
    *rows("form.set_template", (R.ADMINISTRATOR, Scope.PLACE)),
    # Publication of a case
    *rows(
        "publication.draft",
        (R.COMMUNITY_DESK, Scope.PLACE),
        (R.DISPATCHER, Scope.PLACE),
        states=[S.ANSWERED, S.CALLED_BACK, S.ARCHIVED],
    ),
    *rows(
        "publication.review",
        (R.DISPATCHER, Scope.PLACE),
        (R.SUPERVISORY_OFFICER, Scope.PLACE),
        unless=["drafted"],
    ),
    *rows("publication.sign_off", (R.LEADER, Scope.PLACE), unless=["drafted", "reviewed"]),
    *rows(
        "publication.take_down",
        (R.LEADER, Scope.PLACE),
        (R.DISPATCHER, Scope.PLACE),
        (R.COMMUNITY_DESK, Scope.PLACE),
    ),
)
