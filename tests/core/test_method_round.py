"""What a round of small works has to have: each planted fault is named; and how its stages are
gone through, project by project."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.core.sound_method import sound, with_stage
from yishi.core.method.check import check
from yishi.core.method.language import BY_PROJECT, Edge, Method, Paper, Procedure, Stage, StageKind
from yishi.core.method.measure import Count
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Closing, Heard, Posted, Projects
from yishi.core.topic.moving import move
from yishi.core.topic.now import Advanced, TopicNow, TopicState
from yishi.core.topic.step import step
from yishi.rulebook.kinds import method_of
from yishi.rulebook.shipped import shipped_bundle

SHIPPED = method_of(shipped_bundle("methods", "weishi"))
ROUND = SHIPPED.procedures[0]
METHOD = replace(SHIPPED, procedures=(ROUND,), sizes=SHIPPED.sizes[:1])
SMALL = sound()
NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def course(change: Callable[[tuple[Stage, ...]], tuple[Stage, ...]]) -> Method:
    """The shipped round with other stages."""
    return replace(METHOD, procedures=(replace(ROUND, stages=change(ROUND.stages)),))


def without(stage: str, following: str) -> Method:
    """Without a stage: what led to it leads on."""

    def change(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        return tuple(
            replace(one, to={edge: following if to == stage else to for edge, to in one.to.items()})
            for one in stages
            if one.id != stage
        )

    return course(change)


def as_round(method: Method) -> Method:
    """A method that is no round, with the terms of one."""
    major, *rest = method.procedures
    stages = tuple(replace(stage, in_round=True) for stage in major.stages)
    return replace(method, procedures=(replace(major, round=ROUND.round, stages=stages), *rest))


def of_round(method: Method) -> list[tuple[str, object, tuple[object, ...]]]:
    return [
        (fault.code, fault.have, fault.allowed)
        for fault in check(method)
        if fault.code.startswith("round_")
    ]


NEEDS = (
    StageKind.COLLECT,
    StageKind.SCREEN,
    StageKind.CONFER,
    StageKind.NOTICE,
    StageKind.CARRY_OUT,
    StageKind.PUBLISH,
)


def test_the_shipped_round_is_sound() -> None:
    assert check(METHOD) == ()


@pytest.mark.parametrize(
    ("what", "method", "faults"),
    [
        ("no screening", without("screen", "discuss"),
         [("round_lacks", StageKind.SCREEN, NEEDS)]),
        ("no talks", without("discuss", "result"), [("round_lacks", StageKind.CONFER, NEEDS)]),
        ("no works", without("works", "score"), [("round_lacks", StageKind.CARRY_OUT, NEEDS)]),
        ("no call", without("call", "screen"), [("round_lacks", StageKind.COLLECT, NEEDS)]),
        ("a meeting first, the terms never on notice", without("terms", "call"),
         [("round_terms_late", "call", ("call",))]),
        ("the terms lead past the call", with_stage(METHOD, "terms", to={"pass": "screen"}),
         [("round_terms_late", "screen", ("call",))]),
        ("accepted as a whole", with_stage(METHOD, "accounts", kind=StageKind.ACCEPT),
         [("round_accepts", StageKind.ACCEPT, ())]),
        ("a course that is no round, with the terms of one", as_round(SMALL),
         [("round_terms_late", "screen", ("collect",)), ("round_accepts", StageKind.ACCEPT, ())]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_planted_fault_of_a_round_is_named(
    what: str, method: Method, faults: list[tuple[str, object, tuple[object, ...]]]
) -> None:
    assert of_round(method) == faults, what


@pytest.mark.parametrize(
    ("what", "method", "code", "have", "allowed"),
    [
        ("a call that is never over", with_stage(METHOD, "call", period=None),
         "period_missing", None, ("period",)),
        ("a call that counts heads", with_stage(METHOD, "call", least=Count(10, "ours")),
         "key_misplaced", "least", ("period",)),
        ("nobody has to be heard", with_stage(SMALL, "collect", least=None),
         "least_missing", None, ("least",)),
        ("heard for a time, as in a call",
         with_stage(SMALL, "collect", period=SMALL.procedures[0].stages[0].limit),
         "key_misplaced", "period", ("least",)),
    ],
)  # fmt: skip
def test_a_call_runs_for_a_time_and_a_collecting_until_enough_were_heard(
    what: str, method: Method, code: str, have: object, allowed: tuple[object, ...]
) -> None:
    (fault,) = check(method)
    assert (fault.code, fault.have, fault.allowed) == (code, have, allowed), what


@pytest.mark.parametrize(
    ("month", "began_on", "last_day"),
    [
        (3, date(2026, 1, 1), date(2027, 3, 31)),
        (3, date(2026, 12, 31), date(2027, 3, 31)),
        (2, date(2026, 5, 20), date(2027, 2, 28)),
        (2, date(2027, 5, 20), date(2028, 2, 29)),
        (12, date(2026, 5, 20), date(2027, 12, 31)),
    ],
)
def test_what_is_left_is_swept_at_the_end_of_a_month_of_the_year_after(
    month: int, began_on: date, last_day: date
) -> None:
    terms = ROUND.round
    assert terms is not None
    assert replace(terms, sweep_month=month).sweeps_on(began_on) == last_day


def test_the_terms_are_found_by_their_codes() -> None:
    terms = ROUND.round
    assert terms is not None
    works, road, fund = terms.kind("works"), terms.ground("private"), terms.fund("residents")
    assert works is not None and works.cap_fen == 50_000_000
    assert road is not None and road.name.zh == "居民自家的开支"
    assert fund is not None and fund.payer == "residents"
    assert (terms.kind("x"), terms.ground("road"), terms.fund("x")) == (None, None, None)


def test_which_stages_are_gone_through_project_by_project() -> None:
    assert {stage.id for stage in ROUND.stages if stage.by_project} == {
        "call",
        "screen",
        "discuss",
        "works",
        "score",
    }
    assert all(stage.in_round for stage in ROUND.stages)
    assert not any(stage.by_project for one in SMALL.procedures for stage in one.stages)
    assert {StageKind.NOTICE, StageKind.PUBLISH, StageKind.MEET} & BY_PROJECT == set()


# ── a stage of a round is ended ──


def standing(stage: str, procedure: Procedure = ROUND) -> TopicNow:
    return TopicNow("t", TopicState.RUNNING, procedure=procedure.id, stage=stage, visits={stage: 1})


def ended(stage: str, facts: Projects, now: datetime = NOW) -> Advanced | Refusal:
    return step(ROUND, standing(stage), "topic.end_projects", facts, now)


def counted(going: int, stopped: int = 0, waiting: int = 0, **more: object) -> Projects:
    papers = frozenset({Paper.MINUTES, Paper.REGISTER})
    return Projects(
        waiting=waiting,
        going=going,
        stopped=stopped,
        attached=papers,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("stage", "facts", "edge", "to"),
    [
        ("call", counted(12), Edge.PASS, "screen"),
        # Nothing was put forward: the screening has nothing to do, and says so.
        ("call", counted(0), Edge.PASS, "screen"),
        ("screen", counted(7, 5), Edge.PASS, "discuss"),
        ("screen", counted(1, 11), Edge.PASS, "discuss"),
        ("screen", counted(0, 12), Edge.FAIL, "tell_none"),
        ("discuss", counted(0, 7), Edge.FAIL, "tell_none"),
        ("works", counted(3, 1), Edge.PASS, "score"),
        ("works", counted(0, 4), Edge.FAIL, "discuss"),
        ("score", counted(0, 3), Edge.FAIL, "accounts"),
    ],
)
def test_a_stage_ends_when_every_project_went_through(
    stage: str, facts: Projects, edge: Edge, to: str
) -> None:
    answer = ended(stage, facts)
    assert isinstance(answer, Advanced)
    assert [(one.stage, one.edge, one.to) for one in answer.passed] == [(stage, edge, to)]
    assert answer.event.code == "topic.projects_ended"
    assert answer.event.params["going"] == facts.going
    assert answer.event.facts["stopped"] == facts.stopped


def test_the_call_is_not_ended_before_its_time() -> None:
    until = NOW + DAY
    early = ended("call", counted(3, until_at=until), until - timedelta(minutes=1))
    assert early == Refusal(
        "call_runs", until.isoformat(), "2026-03-12T00:59:00+00:00", "moment", "ours"
    )
    assert isinstance(ended("call", counted(3, until_at=until), until), Advanced)


def test_a_project_that_waits_holds_the_round() -> None:
    assert ended("screen", counted(7, 4, waiting=1)) == Refusal(
        "projects_waiting", 0, 1, "project", "screen"
    )


ENDS_AT = datetime(2026, 4, 10, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "now", "edge"),
    [
        # Nine scored it where ten have to: there is time for the tenth to the last minute.
        (counted(0, 0, few=1), NOW, None),
        (counted(4, 1, few=1), ENDS_AT - timedelta(minutes=1), None),
        (counted(4, 1, few=1), ENDS_AT, Edge.PASS),
        # Of what nobody found bad, and of what nobody can say anything of, some go on.
        (counted(0, 0, few=1), ENDS_AT, Edge.PASS),
        (counted(0, 3, few=2), ENDS_AT + DAY, Edge.PASS),
        # Where enough scored every one, nothing has to wait.
        (counted(4, 1), NOW, Edge.PASS),
        (counted(0, 3), NOW, Edge.FAIL),
    ],
)
def test_what_too_few_scored_waits_for_the_limit_and_goes_on_as_neither(
    facts: Projects, now: datetime, edge: Edge | None
) -> None:
    topic = replace(standing("score"), due_at=ENDS_AT)
    answer = step(ROUND, topic, "topic.end_projects", facts, now)
    if edge is None:
        assert answer == Refusal("scores_run", ENDS_AT.isoformat(), facts.few, "project", "score")
        return
    assert isinstance(answer, Advanced)
    assert [(one.stage, one.edge, one.to) for one in answer.passed] == [("score", edge, "accounts")]
    told = {"going": facts.going, "stopped": facts.stopped}
    told |= {"few": facts.few} if facts.few else {}
    assert answer.event.facts == {"stage": "score", "no": 1, **told}


def test_where_the_method_sets_no_limit_nothing_waits_for_more_scores() -> None:
    stages = tuple(replace(one, limit=None) if one.id == "score" else one for one in ROUND.stages)
    free = replace(ROUND, stages=stages)
    answer = step(free, standing("score"), "topic.end_projects", counted(0, few=1), NOW)
    assert isinstance(answer, Advanced)


def test_the_papers_of_the_stage_are_with_it() -> None:
    bare = replace(counted(7), attached=frozenset())
    assert ended("screen", bare) == Refusal(
        "attach_missing", (Paper.MINUTES,), (), "paper", "screen"
    )


def test_what_was_counted_for_one_stage_does_not_end_another() -> None:
    assert ended("screen", counted(7, stage="discuss")) == Refusal(
        "step_skipped", "screen", ("discuss",), "stage", "talked"
    )
    assert isinstance(ended("screen", counted(7, stage="screen")), Advanced)


def test_nothing_is_done_for_a_round_as_a_whole_and_elsewhere_there_are_no_projects() -> None:
    heard = step(ROUND, standing("call"), "topic.collect", Heard(people=10), NOW)
    assert heard == Refusal("done_by_project", "call", "topic.collect", "act", "call")
    major = SMALL.procedures[0]
    theirs = step(major, standing("collect", major), "topic.end_projects", counted(3), NOW)
    assert theirs == Refusal("done_by_project", "collect", "topic.end_projects", "act", "collect")
    skipped = step(ROUND, standing("terms"), "topic.end_projects", counted(3), NOW)
    assert skipped == Refusal(
        "step_skipped", "terms", ("call", "screen", "discuss", "works", "score"), "stage", "talked"
    )


@pytest.mark.parametrize(
    ("stage", "visits", "tally", "fixed"),
    [
        ("terms", {"terms": 1}, {}, False),
        ("terms", {"terms": 1}, {"until": "2026-03-18"}, True),
        ("reset", {"terms": 1, "reset": 1}, {}, False),
        ("terms", {"terms": 2, "reset": 1}, {}, False),
        ("call", {"terms": 1, "call": 1}, {}, True),
        ("works", {"terms": 1, "call": 1, "screen": 1, "discuss": 1, "works": 1}, {}, True),
    ],
)
def test_the_terms_of_a_round_change_only_while_they_are_set(
    stage: str, visits: dict[str, int], tally: dict[str, object], fixed: bool
) -> None:
    terms = ROUND.round
    assert terms is not None
    other = replace(ROUND, round=replace(terms, quotes=2))
    newer = replace(METHOD, version="2", sha256="2" * 64, procedures=(other,))
    topic = replace(standing(stage), visits=visits, tally=tally)
    answer = move(METHOD, newer, topic, "对规矩的异议成立")
    if fixed:
        assert answer == Refusal("round_terms_fixed", source="practice G10")
    else:
        assert isinstance(answer, Advanced)
    same = replace(METHOD, version="2", sha256="2" * 64)
    assert isinstance(move(METHOD, same, topic, "改了名字"), Advanced)


def test_the_terms_hang_out_without_any_option() -> None:
    posted = step(
        ROUND, standing("terms"), "topic.post", Posted(until_at=NOW + 7 * DAY, where="楼道口"), NOW
    )
    assert isinstance(posted, Advanced)
    over = step(ROUND, posted.topic, "topic.end_posting", Closing(), NOW + 7 * DAY)
    assert isinstance(over, Advanced) and over.topic.stage == "call"
    major = SMALL.procedures[0]
    bare = step(
        major, standing("announce", major), "topic.post", Posted(until_at=NOW, where="楼道口"), NOW
    )
    assert bare == Refusal("options_missing", 1, 0, "option", "announce")
