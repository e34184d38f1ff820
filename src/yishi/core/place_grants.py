"""Who may do what with places, people and rules, with an account of their own, and what is open
to anyone. The administrator never has a part in casework. Source: norms.md §1, who may.
"""

from collections.abc import Sequence

from yishi.core.grant import Grant, Scope, rows
from yishi.core.person import Role

R = Role

_EVERYONE: tuple[tuple[R | None, Scope], ...] = ((None, Scope.ALL),)

PLACES: Sequence[Grant] = (
    # What a ruling would have the list say: read by the group, published by the administrator
    *rows("amendment.list", (R.ARBITRATOR, Scope.PLACE), (R.ADMINISTRATOR, Scope.PLACE)),
    *rows("duties.amend", (R.ADMINISTRATOR, Scope.PLACE)),
    *rows("duties.drop", (R.ADMINISTRATOR, Scope.PLACE)),
    # Places, people, appointments, rules: the administrator; never casework
    *(
        row
        for act in ("place.view", "person.list", "rules.view")
        for row in rows(act, (R.ADMINISTRATOR, Scope.PLACE))
    ),
    # … and by the operator at the machine itself, before there is an administrator
    *(
        row
        for act in (
            "place.load",
            "person.load",
            "appointment.give",
            "appointment.end",
            "appointment.hand_over",
            "appointment.load",
            "rules.load",
            "rules.adopt",
            "duties.load",
            "calendar.load",
            "case.import",
        )
        for row in rows(act, (R.ADMINISTRATOR, Scope.PLACE), (R.SYSTEM, Scope.ALL))
    ),
    *rows("person.check", (R.COMMUNITY_DESK, Scope.PLACE)),
    *rows("person.sign_slip", (R.COMMUNITY_DESK, Scope.PLACE)),
    *rows("person.staff_slip", (R.ADMINISTRATOR, Scope.PLACE), (R.SYSTEM, Scope.ALL)),
    *rows("account.join", *_EVERYONE),
    *rows("account.correct", (R.RESIDENT, Scope.ALL)),
    *rows("account.erase", (R.RESIDENT, Scope.ALL)),
    *rows("account.set_address", (R.RESIDENT, Scope.ALL)),
    *rows("account.set_wishes", (R.RESIDENT, Scope.ALL)),
    # An election of projects from a file: counted for whoever is signed in, kept nowhere
    *rows("budget.count", (R.RESIDENT, Scope.ALL)),
    *rows("audit.view", (R.AUDITOR, Scope.PLACE)),
    # Open to anyone
    *(
        row
        for act in (
            "home.view",
            "board.view",
            "record.view",
            "prefs.set",
            "account.use",
            "help.view",
            "health.view",
            "method.list",
            "method.view",
            # Who deliberates is public; whose names are, `body.names` and the office say
            "body.list",
            "body.view",
        )
        for row in rows(act, *_EVERYONE)
    ),
    *rows(
        "body.names",
        (R.COMMUNITY_DESK, Scope.PLACE),
        (R.DISPATCHER, Scope.PLACE),
        (R.SUPERVISORY_OFFICER, Scope.PLACE),
        (R.OVERSEER, Scope.PLACE),
        (R.LEADER, Scope.PLACE),
        (R.SECRETARY, Scope.PLACE),
        (R.LEGAL_ADVISER, Scope.PLACE),
        (R.ADMINISTRATOR, Scope.PLACE),
        (R.CONVENER, Scope.PLACE),
        (R.MEMBER, Scope.UNIT),
        (R.UNIT_HANDLER, Scope.UNIT),
    ),
    *rows("publication.view", (None, Scope.PUBLIC)),
    *rows("work.view", *((role, Scope.ALL) for role in R if role != R.SYSTEM)),
)
