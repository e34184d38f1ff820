"""Who may do what, said a second time by hand: a new act missing here fails the tests."""

import pytest

from yishi.core.case.state import TRANSITIONS, CaseState
from yishi.core.permit import ACTS, TABLE, Permitted, Scope, Subject, grants, permit, reach
from yishi.core.person import SYSTEM, VISITOR, Actor, Role, Seat
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState

S = CaseState
ANY = ""
OPEN = (
    "submitted filed topic dispatched signed handling returning disputed suspended checking "
    "settled answered redo"
)
GIVEN = "dispatched signed handling redo"
MOVABLE = f"submitted filed topic {GIVEN}"
AWAITED = f"{MOVABLE} returning disputed suspended checking settled"
FINISHED = "answered called_back archived"
BEFORE_RESULT = "dispatched signed handling"
STAFF = (
    "grid_worker@grid community_desk@place dispatcher@place unit_handler@unit "
    "call_back_officer@place arbitrator@place supervisory_officer@place overseer@place leader@place"
)
ACCOUNT = (
    "dispatcher@place arbitrator@place supervisory_officer@place leader@place community_desk@place"
)
CLOSES = "community_desk@place dispatcher@place supervisory_officer@place"
OVERSIGHT = f"{CLOSES} overseer@place leader@place"
CALLERS = "community_desk@place dispatcher@place unit_handler@unit"
DESKS = "grid_worker@grid community_desk@place dispatcher@place"
FIGURES = (
    "leader@place supervisory_officer@place dispatcher@place community_desk@place "
    "call_back_officer@place"
)
ADMIN = "administrator@place"
OPERATOR = "administrator@place system@all"
EVERYBODY = "anybody@all"
# Topics: whoever keeps the record of a stage, sits in a body of it, leads it, watches over it.
KEEPS = "community_desk@place convener@unit"
SITS = f"{KEEPS} member@unit"
LEADS = "secretary@place convener@unit"
CARRIES = "unit_handler@unit community_desk@place"
WATCHES = (
    "community_desk@place secretary@place overseer@place supervisory_officer@place leader@place"
)
BOTH_CASES = "community_desk@place dispatcher@place secretary@place"
SPEAK = "resident@all community_desk@place"
# Projects of a round: while they are talked over, and while funders are found.
COSTING, PLEDGING = "screened costed", "costed agreed chosen"
# Meetings: whoever holds them, and whoever reads who was there by name.
HOLDS = f"{KEEPS} secretary@place"
RECORD = f"{HOLDS} member@unit overseer@place supervisory_officer@place leader@place"

# Rounds of small works: whoever screens what was wished for.
SCREENS = "community_desk@place secretary@place convener@unit"

# act: (who from where, states, unless)
EXPECTED: dict[str, list[tuple[str, str, str]]] = {
    "report.file": [("resident@all", ANY, "")],
    "report.join": [("resident@all", MOVABLE, "")],
    "report.file_for": [(DESKS, ANY, "")],
    "report.settle_on_spot": [("grid_worker@grid", ANY, "")],
    "report.view": [("resident@own", ANY, "")],
    "report.list": [("resident@own", ANY, "")],
    "report.rate": [("resident@own", "answered", "")],
    "report.still_unsolved": [("resident@own", "answered", "")],
    "report.urge": [("resident@own", AWAITED, "")],
    "report.supplement": [("resident@own", AWAITED, "")],
    "report.withdraw": [("resident@own", "submitted filed topic", "")],
    "report.read_contact": [
        ("dispatcher@place community_desk@place", "submitted filed topic", ""),
        ("unit_handler@unit", "signed handling redo", ""),
        ("call_back_officer@place", "answered", ""),
        ("overseer@drawn", FINISHED, ""),
    ],
    "outside.add_system": [(ADMIN, ANY, "")],
    "outside.end_system": [(ADMIN, ANY, "")],
    "outside.receive": [("dispatcher@place system@all", ANY, "")],
    "outside.send_back": [("dispatcher@place system@all", ANY, "")],
    "outside.list": [("dispatcher@place", ANY, "")],
    "outside.view": [("dispatcher@place administrator@place", ANY, "")],
    "case.view": [(STAFF, ANY, "")],
    "case.list": [(STAFF, ANY, "")],
    "case.refuse": [("dispatcher@place", "submitted", "")],
    "case.accept": [("dispatcher@place", "submitted", "")],
    "case.set_aside": [("dispatcher@place community_desk@place", "submitted filed", "")],
    "case.dispatch": [("dispatcher@place", "submitted filed topic", "")],
    "case.sign": [("unit_handler@unit system@all", "dispatched signed handling redo", "")],
    "case.contact": [("unit_handler@unit", "signed handling redo", "")],
    "case.submit_result": [("unit_handler@unit", "signed handling redo", "")],
    "case.check": [(DESKS, "checking", "handled")],
    "case.answer": [
        ("unit_handler@unit", "settled", ""),
        ("community_desk@place", "settled topic", ""),
        ("system@all", "topic", ""),
    ],
    "case.hand_back": [("system@all", "topic", "")],
    **{act: [(EVERYBODY, ANY, "")] for act in ("topic.list", "topic.view")},
    "topic.read_closed": [
        (f"{WATCHES} convener@unit member@unit unit_handler@unit resident@own", ANY, "")
    ],
    "topic.read_cases": [(f"{WATCHES} dispatcher@place", ANY, "")],
    "topic.read_papers": [(f"{WATCHES} convener@unit member@unit unit_handler@unit", ANY, "")],
    "topic.raise": [(SPEAK, ANY, "")],
    "topic.raise_cases": [(BOTH_CASES, ANY, "")],
    "topic.join_cases": [(BOTH_CASES, "proposed running", "")],
    "topic.withdraw": [("resident@own", "proposed", "")],
    "topic.review": [("secretary@place", "proposed", "raised")],
    "topic.add_option": [(f"{LEADS} community_desk@place", "running", "")],
    "topic.attach": [(f"{SITS} unit_handler@unit secretary@place", "running", "")],
    **{
        act: [(f"{SITS} grid_worker@place", "running", "")]
        for act in ("topic.collect", "topic.end_collecting")
    },
    "topic.screen": [(LEADS, "running", "")],
    **{
        act: [(KEEPS, "running", "")]
        for act in ("topic.confer", "topic.meet", "topic.post", "topic.answer_comment")
    },
    "topic.end_projects": [(KEEPS, "running", "")],
    **{act: [(EVERYBODY, ANY, "")] for act in ("round.list", "round.view", "proposal.view")},
    "proposal.file": [(f"{SPEAK} convener@unit unit_handler@unit", ANY, "")],
    **{
        act: [("resident@own community_desk@place", "filed", "")]
        for act in ("proposal.change", "proposal.withdraw")
    },
    **{
        act: [(SCREENS, "filed", "filed raised")]
        for act in ("proposal.pass", "proposal.join", "proposal.refuse")
    },
    "proposal.show_name": [("resident@own", ANY, "")],
    "proposal.part": [(SCREENS, "joined", "filed raised")],
    "proposal.read_names": [
        (f"{SCREENS} resident@own overseer@place supervisory_officer@place leader@place", ANY, "")
    ],
    "topic.end_posting": [(f"{KEEPS} system@all", "running", "")],
    **{act: [(SPEAK, "running", "")] for act in ("topic.comment", "topic.object")},
    "topic.take_up_comment": [(KEEPS, "running", "")],
    "topic.call_at_doors": [(f"{SITS} grid_worker@place", "running", "")],
    "topic.read_doors": [(f"{WATCHES} convener@unit member@unit grid_worker@place", ANY, "")],
    "topic.hide_voice": [(KEEPS, "running ended", "")],
    "topic.restore_voice": [(f"{KEEPS} secretary@place overseer@place", "running ended", "")],
    "topic.change_option": [(f"{LEADS} community_desk@place", "running", "")],
    "text.list": [(EVERYBODY, ANY, "")],
    "text.view": [(EVERYBODY, ANY, "")],
    "topic.rule_objection": [(LEADS, "running", "objected")],
    "topic.consent": [(f"convener@unit {CARRIES}", "running", "")],
    "topic.count": [(SITS, "running", "")],
    "topic.open_roll": [(KEEPS, "running", "")],
    "topic.open_vote": [(f"{KEEPS} secretary@place", "running", "")],
    "topic.close_vote": [(f"{SITS} overseer@place system@all", "running", "")],
    "topic.hand_vote": [(KEEPS, "running", "")],
    "topic.bring_result": [(f"{SITS} overseer@place", "running", "")],
    "vote.view": [(EVERYBODY, ANY, "")],
    "vote.read_roll": [(f"{SITS} overseer@place secretary@place", ANY, "")],
    "vote.cast": [("resident@all", ANY, "")],
    "vote.object_roll": [(SPEAK, ANY, "")],
    "vote.rule_roll": [(LEADS, ANY, "objected")],
    **{
        act: [(KEEPS, ANY, "")]
        for act in (
            "vote.add_voter",
            "vote.strike_voter",
            "vote.correct_voter",
            "vote.file_proxy",
        )
    },
    **{
        act: [(f"{SITS} overseer@place grid_worker@place", ANY, "")]
        for act in ("vote.take_paper", "vote.unmark", "vote.record_door")
    },
    **{
        act: [(f"{SITS} overseer@place", ANY, "")]
        for act in ("vote.enter_paper", "vote.enter_hands")
    },
    "vote.void": [(LEADS, ANY, "")],
    "vote.remind": [("system@all", ANY, "")],
    # A round's money, and its projects costed, decided on and paid for
    **{act: [(EVERYBODY, ANY, "")] for act in ("project.view", "accounts.view")},
    "project.read_papers": [
        (f"{KEEPS} secretary@place overseer@place supervisory_officer@place", ANY, ""),
        ("leader@place unit_handler@unit", ANY, ""),
    ],
    "project.read_works_papers": [
        (f"{KEEPS} secretary@place overseer@place supervisory_officer@place", ANY, ""),
        ("leader@place unit_handler@unit", ANY, ""),
    ],
    **{
        act: [(f"{KEEPS} secretary@place", ANY, "")]
        for act in ("round.announce_fund", "round.correct_fund")
    },
    "round.sweep": [("system@all", ANY, "")],
    "project.add_opinion": [(f"{KEEPS} unit_handler@unit legal_adviser@unit", COSTING, "")],
    "project.add_quotation": [
        (f"{KEEPS} unit_handler@unit", f"{COSTING} chosen funded under_way", "builds")
    ],
    "project.take_quotation": [(KEEPS, f"{COSTING} chosen funded", "builds")],
    "project.cost": [(f"{KEEPS} unit_handler@unit", COSTING, "")],
    "project.decide": [(KEEPS, COSTING, "")],
    "project.reopen": [(KEEPS, "agreed chosen not_agreed not_chosen", "")],
    **{
        act: [(f"{KEEPS} unit_handler@unit resident@all", PLEDGING, "")]
        for act in ("project.offer", "project.withdraw_pledge")
    },
    **{
        act: [(f"{KEEPS} secretary@place", PLEDGING, "builds")]
        for act in ("project.confirm_pledge", "project.decline_pledge")
    },
    "project.fund": [(KEEPS, "chosen", "builds")],
    # The works: who runs them, who builds, who looks and accepts, who looks after it
    **{
        act: [(f"{KEEPS} secretary@place", "funded", "builds")]
        for act in ("project.contract", "project.build_selves")
    },
    **{
        act: [(f"{KEEPS} unit_handler@unit", "under_way", "")]
        for act in ("project.plan_milestones", "project.reach_milestone", "project.report_built")
    },
    "project.ask_change": [(f"{KEEPS} unit_handler@unit", "funded under_way", "")],
    "project.decide_change": [(LEADS, "funded under_way", "builds")],
    "project.lower_pledge": [(f"{KEEPS} secretary@place", "chosen", "builds")],
    "project.watch": [("resident@all", "under_way built", "builds built")],
    "project.accept": [("overseer@place community_desk@place", "built", "builds built")],
    "project.settle": [
        ("community_desk@place secretary@place leader@place", "accepted", "builds built")
    ],
    "project.hand_over": [(f"{KEEPS} secretary@place", "settled", "builds")],
    "project.take_over": [("convener@unit unit_handler@unit", "settled", "")],
    "project.stop": [
        (f"{KEEPS} secretary@place", f"{COSTING} agreed chosen funded under_way built", "builds")
    ],
    "project.score": [("resident@all", "handed_over", "builds built")],
    "project.report_defect": [("resident@all", "handed_over", "")],
    "project.pay": [(f"{KEEPS} secretary@place", "under_way built accepted", "builds")],
    "project.reverse_payment": [
        (
            f"{KEEPS} secretary@place leader@place",
            "chosen funded under_way built accepted stopped",
            "builds",
        )
    ],
    "topic.confirm": [(f"{SITS} overseer@place", "running", "")],
    "topic.assign": [(f"{KEEPS} secretary@place", "running", "")],
    **{
        act: [(f"{CARRIES} convener@unit", "running", "")]
        for act in (
            "topic.report_done",
            "topic.report_failed",
            "topic.answer_call",
            "topic.report_task",
        )
    },
    "topic.call_unit": [(f"{CARRIES} {LEADS}", "running", "")],
    "topic.watch": [("overseer@unit convener@unit member@unit", "running", "carried")],
    "topic.call_back": [
        ("community_desk@place call_back_officer@place overseer@place", "running", "carried")
    ],
    "topic.score": [("resident@all", "running", "carried")],
    "topic.dossier": [(f"{WATCHES} auditor@place", ANY, "")],
    "topic.accept": [("overseer@place convener@unit member@unit", "running", "carried")],
    "topic.publish": [(f"{KEEPS} secretary@place", "running", "")],
    "topic.appraise": [(f"{KEEPS} overseer@place", "running", "")],
    "topic.lapse": [("system@all", "running", "")],
    "topic.end_cases": [("system@all", "ended", "")],
    "topic.override": [("leader@place", "running", "")],
    "topic.move_method": [("secretary@place", "running", "")],
    "case.call_back": [("call_back_officer@place", "answered", "handled")],
    "case.still_unsolved": [("call_back_officer@place", "answered", "handled")],
    "case.close_silent": [("system@all", "answered", "")],
    "case.split": [("dispatcher@place", MOVABLE, "")],
    "case.merge": [("dispatcher@place", MOVABLE, "")],
    "case.take_in": [("dispatcher@place", MOVABLE, "")],
    "case.unmerge": [("dispatcher@place", "merged", "")],
    "case.let_go": [("dispatcher@place", AWAITED, "")],
    "case.call": [(CALLERS, GIVEN, "")],
    "case.end_call": [(CALLERS, GIVEN, "")],
    "case.claim": [("unit_handler@called", GIVEN, "")],
    "call.list": [("unit_handler@called", ANY, "")],
    "case.ask_return": [("unit_handler@unit", BEFORE_RESULT, "")],
    "case.decide_return": [("dispatcher@place", f"returning {GIVEN}", "")],
    "case.contest_return": [("unit_handler@unit", BEFORE_RESULT, "")],
    "case.rule": [("arbitrator@place", "disputed", "handled")],
    "case.ask_extension": [("unit_handler@unit", GIVEN, "")],
    "case.decide_extension": [("dispatcher@place", GIVEN, "handled")],
    "case.ask_suspension": [("unit_handler@unit", "signed handling redo", "")],
    "case.decide_suspension": [("dispatcher@place", "signed handling redo", "handled")],
    "case.resume": [("unit_handler@unit dispatcher@place system@all", "suspended", "")],
    "case.interim": [("unit_handler@unit", f"{GIVEN} returning disputed suspended", "")],
    "burden.record": [("dispatcher@place arbitrator@place", ANY, "")],
    "request.list": [(f"{ACCOUNT} unit_handler@unit", ANY, "")],
    "amendment.list": [("arbitrator@place administrator@place", ANY, "")],
    "duties.amend": [(ADMIN, ANY, "")],
    "duties.drop": [(ADMIN, ANY, "")],
    "burden.list": [(ACCOUNT, ANY, "")],
    "case.archive": [("system@all", "called_back", "")],
    "case.set_clock": [("system@all", ANY, "")],
    "order.issue": [("supervisory_officer@place", OPEN, "")],
    "order.answer": [("unit_handler@unit", ANY, "")],
    "sheet.take": [
        ("leader@place supervisory_officer@place dispatcher@place community_desk@place", ANY, "")
    ],
    "exclusion.ask": [("unit_handler@unit dispatcher@place call_back_officer@place", ANY, "")],
    "exclusion.decide": [("supervisory_officer@place", ANY, "asked handled")],
    "exclusion.list": [(f"{OVERSIGHT} call_back_officer@place unit_handler@unit", ANY, "")],
    "finding.record": [("supervisory_officer@place", ANY, "handled")],
    "oversight.sample": [("overseer@place", ANY, "")],
    "oversight.inspect": [("overseer@place", FINISHED, "handled")],
    "oversight.view": [(OVERSIGHT, ANY, "")],
    "opinion.write": [("overseer@place", ANY, "")],
    "opinion.reply": [("unit_handler@unit", ANY, "")],
    **{
        act: [(f"{OVERSIGHT} unit_handler@unit", ANY, "")]
        for act in ("opinion.list", "order.list", "finding.list", "listed.list")
    },
    "duty.view": [(f"{OVERSIGHT} administrator@place", ANY, "")],
    "instant.draft": [("dispatcher@place community_desk@place", ANY, "")],
    "instant.approve": [("leader@place supervisory_officer@place", ANY, "drafted")],
    "instant.refuse": [("leader@place supervisory_officer@place", ANY, "drafted")],
    "instant.end": [(f"{CLOSES} leader@place", ANY, "")],
    "instant.list": [(f"{CLOSES} leader@place", ANY, "")],
    "listed.open": [(CLOSES, ANY, "")],
    **{act: [(EVERYBODY, ANY, "")] for act in ("meeting.list", "meeting.view")},
    **{act: [(RECORD, ANY, "")] for act in ("meeting.read_names", "meeting.owed")},
    "meeting.call": [(HOLDS, ANY, "")],
    **{act: [(HOLDS, "called", "")] for act in ("meeting.cancel", "meeting.open")},
    "meeting.call_again": [(HOLDS, "called failed", "")],
    "meeting.lapse": [("system@all", "called", "")],
    **{act: [(HOLDS, "called sitting", "")] for act in ("meeting.invite", "meeting.add_item")},
    "meeting.record_told": [(f"{HOLDS} grid_worker@place", "called", "")],
    "meeting.answer": [
        ("unit_handler@unit convener@unit community_desk@place resident@own", "called", "")
    ],
    "meeting.sign_in": [("resident@all", "called sitting", "")],
    "meeting.sign_in_for": [(f"{HOLDS} grid_worker@place", "called sitting", "")],
    "meeting.state": [(f"{HOLDS} resident@all", "sitting", "")],
    **{
        act: [(HOLDS, "sitting", "")]
        for act in (
            "meeting.settle_item",
            "meeting.list_item",
            "meeting.put_off_item",
            "meeting.close",
        )
    },
    "meeting.add_paper": [(HOLDS, "sitting closed", "")],
    "meeting.write_minutes": [(HOLDS, "closed", "")],
    "meeting.sign_off": [(LEADS, "closed", "wrote")],
    "meeting.report_back": [(HOLDS, "closed signed", "")],
    "listed.report_done": [("unit_handler@unit", ANY, "")],
    "listed.close": [(CLOSES, ANY, "reported")],
    "form.print": [(STAFF, ANY, "")],
    "form.dossier": [(STAFF, ANY, "")],
    "form.print_own": [("resident@own", ANY, "")],
    "form.print_registration": [
        ("dispatcher@place community_desk@place", "submitted filed topic", "")
    ],
    "form.print_call_back": [("call_back_officer@place", "answered redo called_back", "")],
    "form.set_template": [(ADMIN, ANY, "")],
    "publication.draft": [
        ("community_desk@place dispatcher@place", "answered called_back archived", "")
    ],
    "publication.review": [("dispatcher@place supervisory_officer@place", ANY, "drafted")],
    "publication.sign_off": [("leader@place", ANY, "drafted reviewed")],
    "publication.take_down": [("leader@place dispatcher@place community_desk@place", ANY, "")],
    "publication.view": [("anybody@public", ANY, "")],
    "figures.view": [(FIGURES, ANY, "")],
    **{act: [(ADMIN, ANY, "")] for act in ("place.view", "person.list", "rules.view")},
    **{
        act: [(OPERATOR, ANY, "")]
        for act in (
            "place.load",
            "person.load",
            "appointment.load",
            "appointment.give",
            "appointment.end",
            "appointment.hand_over",
            "rules.load",
            "rules.adopt",
            "duties.load",
            "calendar.load",
            "case.import",
        )
    },
    "person.staff_slip": [(OPERATOR, ANY, "")],
    "account.join": [(EVERYBODY, ANY, "")],
    "account.correct": [("resident@all", ANY, "")],
    "account.erase": [("resident@all", ANY, "")],
    "account.set_address": [("resident@all", ANY, "")],
    "account.set_wishes": [("resident@all", ANY, "")],
    "message.list": [("resident@own", ANY, "")],
    "photo.view": [(f"resident@own {STAFF}", ANY, "")],
    "person.check": [("community_desk@place", ANY, "")],
    "person.sign_slip": [("community_desk@place", ANY, "")],
    "budget.count": [("resident@all", ANY, "")],
    "audit.view": [("auditor@place", ANY, "")],
    **{
        act: [(EVERYBODY, ANY, "")]
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
            "body.list",
            "body.view",
        )
    },
    "body.names": [
        (f"{OVERSIGHT} secretary@place legal_adviser@place convener@place {ADMIN}", ANY, ""),
        ("member@unit unit_handler@unit", ANY, ""),
    ],
    **{
        act: [("community_desk@place secretary@place convener@unit", ANY, "")]
        for act in ("method.copy", "method.change", "method.send", "method.withdraw")
    },
    "method.approve": [("secretary@place convener@unit", ANY, "made")],
    "method.review": [("legal_adviser@place", ANY, "made")],
    "method.file": [("leader@place dispatcher@place", ANY, "made")],
    **{
        act: [("secretary@place", ANY, "")]
        for act in ("method.publish", "method.adopt", "method.stop")
    },
    "method.list_drafts": [
        ("community_desk@place secretary@place legal_adviser@place leader@place", ANY, ""),
        ("dispatcher@place supervisory_officer@place overseer@place convener@unit", ANY, ""),
    ],
    "work.view": [(" ".join(f"{r}@all" for r in Role if r != Role.SYSTEM), ANY, "")],
}


def flat(act: str) -> set[tuple[str, str, str, str]]:
    """The hand-written rows of an act: (role, scope, state or any, unless)."""
    rows = set()
    for who, states, unless in EXPECTED.get(act, []):
        for one in who.split():
            role, scope = one.split("@")
            for state in states.split() or ["any"]:
                rows.add((role, scope, state, unless))
    return rows


@pytest.mark.parametrize("act", sorted(ACTS | set(EXPECTED)))
def test_the_table_says_what_is_written_here(act: str) -> None:
    said = {
        (
            str(row.role or "anybody"),
            str(row.scope),
            state,
            " ".join(sorted(row.unless)),
        )
        for row in TABLE
        if row.act == act
        for state in sorted(row.states) or ["any"]
    }
    assert said == flat(act)


def test_every_transition_is_an_act_of_the_table() -> None:
    assert {row.act for row in TRANSITIONS} - ACTS == set()


def test_an_act_nobody_wrote_down_is_an_error_and_never_a_yes() -> None:
    with pytest.raises(KeyError):
        grants("case.teleport")


def seat(role: Role, place: int = 3, body: int | None = None, grid: int | None = None) -> Actor:
    return Actor(9, (Seat(role, place, f"1.2.{place}.", body, grid),))


HERE = Subject(state=S.CHECKING, path=frozenset({1, 2, 3}), grid=7, units=frozenset({5}))


@pytest.mark.parametrize(
    ("actor", "act", "subject", "answer"),
    [
        (seat(Role.DISPATCHER), "case.check", HERE, True),
        (seat(Role.DISPATCHER, place=4), "case.check", HERE, "not_yours"),
        (seat(Role.GRID_WORKER, grid=7), "case.check", HERE, True),
        (seat(Role.GRID_WORKER, grid=8), "case.check", HERE, "not_yours"),
        (seat(Role.GRID_WORKER), "case.check", Subject(S.CHECKING, HERE.path), "not_yours"),
        (seat(Role.UNIT_HANDLER, body=5), "case.view", HERE, True),
        (seat(Role.UNIT_HANDLER, body=6), "case.view", HERE, "not_yours"),
        (seat(Role.DISPATCHER), "case.refuse", HERE, "not_now"),
        (VISITOR, "case.view", HERE, "not_yours"),
        (VISITOR, "publication.view", HERE, "not_yours"),
        (VISITOR, "board.view", HERE, True),
        (SYSTEM, "case.archive", HERE, "not_now"),
        (SYSTEM, "case.view", HERE, "not_yours"),
        (Actor(9), "report.view", Subject(parties={"raised": frozenset({9})}), True),
        (Actor(9), "report.view", Subject(parties={"raised": frozenset({8})}), "not_yours"),
    ],
)
def test_scope_and_state_answer_as_the_table_says(
    actor: Actor, act: str, subject: Subject, answer: bool | str
) -> None:
    said = permit(actor, act, subject)
    assert (said.code if isinstance(said, Refusal) else isinstance(said, Permitted)) == answer


def test_an_act_is_asked_in_the_states_of_what_it_is_about() -> None:
    about_topics = {row.act for row in TABLE if {*row.states} & {*TopicState}}
    assert {act.split(".")[0] for act in about_topics} == {"topic"}
    assert all({*row.states} <= {*TopicState} for row in TABLE if row.act in about_topics)
    about_cases = [row for row in TABLE if row.act.split(".")[0] in ("case", "report", "order")]
    assert all({*row.states} <= {*CaseState} for row in about_cases)


@pytest.mark.parametrize("act", sorted(act for act in ACTS if act.startswith("topic.")))
@pytest.mark.parametrize("role", list(Role))
def test_each_role_at_a_topic_in_each_of_its_states(act: str, role: Role) -> None:
    """Somebody of that role with a seat of the place and of a body of the stage, who raised it."""
    who = {Role.RESIDENT: Actor(9), Role.SYSTEM: SYSTEM}.get(role, seat(role, body=5, grid=7))
    mine = {row[2] for row in flat(act) if row[0] in {*map(str, who.roles()), "anybody"}}
    for state in TopicState:
        topic = Subject(
            state,
            HERE.path,
            units=frozenset({5}),
            parties={"raised": frozenset({9})} if act != "topic.review" else {},
            public=True,
        )
        allowed = isinstance(permit(who, act, topic), Permitted)
        assert allowed == bool(mine & {"any", state}), (act, role, state)


def test_who_raised_objected_or_carried_out_does_not_decide_on_it() -> None:
    for act, part, role in (
        ("topic.review", "raised", Role.SECRETARY),
        ("topic.rule_objection", "objected", Role.SECRETARY),
        ("topic.accept", "carried", Role.OVERSEER),
    ):
        state = TopicState.PROPOSED if act == "topic.review" else TopicState.RUNNING
        said = permit(
            seat(role), act, Subject(state, HERE.path, parties={part: frozenset({9})}, public=True)
        )
        assert isinstance(said, Refusal) and said.code == "not_independent", act


def test_who_checks_is_never_who_handled() -> None:
    handled = Subject(S.CHECKING, HERE.path, parties={"handled": frozenset({9})})
    said = permit(seat(Role.DISPATCHER), "case.check", handled)
    assert said == Refusal(
        "not_independent", need="case.check", have="handled", source="norms.md §1 Independence"
    )


def test_reach_names_the_seats_a_list_is_made_from() -> None:
    both = Actor(9, (Seat(Role.DISPATCHER, 2, "1.2."), Seat(Role.DISPATCHER, 6, "1.6.")))
    assert [(row.scope, held and held.place_id) for row, held in reach(both, "case.list")] == [
        (Scope.PLACE, 2),
        (Scope.PLACE, 6),
    ]
