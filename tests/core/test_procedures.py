"""Every shipped procedure, explored whole: nothing skipped, nothing outside, no way without end."""

import pytest

from tests.core.explore import Explored, explore
from yishi.core.method.language import Edge, Procedure, StageKind
from yishi.core.topic.kinds import ACTS, kinds_of
from yishi.core.topic.now import OptionState, TopicState
from yishi.rulebook.kinds import parse
from yishi.rulebook.shipped import shipped

PROCEDURES = {
    f"{bundle.id} {bundle.version}/{procedure.id}": procedure
    for bundle in shipped()
    if bundle.kind == "methods"
    for procedure in parse(bundle).procedures
}
FOUND: dict[str, Explored] = {}
# What is chosen from a list of the page's own is counted in nothing.
CHOSEN = frozenset({"found_unknown", "change_matters"})


@pytest.fixture(params=sorted(PROCEDURES))
def explored(request: pytest.FixtureRequest) -> tuple[Procedure, Explored]:
    name = request.param
    if name not in FOUND:
        FOUND[name] = explore(PROCEDURES[name])
    return PROCEDURES[name], FOUND[name]


def test_the_count_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for name in sorted(PROCEDURES):
        found = FOUND.setdefault(name, explore(PROCEDURES[name]))
        with capsys.disabled():
            print(
                f"\n{name}: {len(found.states)} states, {len(found.advanced)} moves, "
                f"{found.refusals} refusals",
                end="",
            )
        assert found.advanced and found.refused
        assert tried_by_roll(found) == any(one.voting for one in PROCEDURES[name].stages), name


def tried_by_roll(found: Explored) -> bool:
    """Whether some ballots were counted there and some counted for nothing."""
    codes = {answer.event.code for _, act, answer in found.advanced if act == "topic.close_vote"}
    return {"topic.ballot_passed", "topic.ballot_failed", "topic.ballot_void"} <= codes


def test_a_topic_moves_only_along_what_its_stage_says(
    explored: tuple[Procedure, Explored],
) -> None:
    procedure, found = explored
    for before, act, answer in found.advanced:
        after = answer.topic
        if not answer.passed:
            assert (after.stage, after.state) == (before.stage, before.state), act
            continue
        standing = before.stage
        for passed in answer.passed:
            stage = procedure.stage(standing)
            assert stage is not None and passed.stage == standing
            assert stage.to[Edge(passed.edge)] == passed.to
            standing = passed.to
        if after.state is TopicState.ENDED:
            assert (after.stage, after.outcome) == ("", standing)
            last = procedure.stage(answer.passed[-1].stage)
            assert last is not None and last.kind is StageKind.PUBLISH
        else:
            assert (after.stage, after.outcome) == (standing, "")


def test_an_act_of_another_kind_of_stage_is_refused_as_a_skipped_step(
    explored: tuple[Procedure, Explored],
) -> None:
    procedure, found = explored
    for before, act, _ in found.advanced:
        stage = procedure.stage(before.stage)
        assert stage is not None
        assert act == "topic.lapse" or stage.kind in kinds_of(act)
    skipped = [(s, a, r) for s, a, r in found.refused if r.code == "step_skipped"]
    for before, act, refusal in skipped:
        stage = procedure.stage(before.stage)
        assert stage is not None and act not in ACTS[stage.kind]
        theirs = tuple(one.id for one in procedure.stages if one.kind in kinds_of(act))
        assert (refusal.need, refusal.have) == (before.stage, theirs)


def test_every_refusal_names_what_is_needed_what_there_is_and_by_which_rule(
    explored: tuple[Procedure, Explored],
) -> None:
    for _, act, refusal in explored[1].refused:
        assert refusal.need is not None, (act, refusal)
        assert refusal.have is not None, (act, refusal)
        assert refusal.source, (act, refusal)
        assert refusal.unit or refusal.code in CHOSEN, (act, refusal)


def test_no_state_is_outside_and_every_stage_and_end_is_reached(
    explored: tuple[Procedure, Explored],
) -> None:
    procedure, found = explored
    stages = {stage.id for stage in procedure.stages}
    standing = {state.stage for state in found.states if state.state is TopicState.RUNNING}
    assert standing == stages
    assert found.ends == {end.id for end in procedure.ends}


def test_from_every_state_an_end_can_be_reached(explored: tuple[Procedure, Explored]) -> None:
    _, found = explored
    reaching = {state for state in found.states if state.state is TopicState.ENDED}
    back: dict[object, set[object]] = {}
    for state, following in found.moves.items():
        for after in following:
            back.setdefault(after, set()).add(state)
    waiting: list[object] = list(reaching)
    while waiting:
        for before in back.get(waiting.pop(), ()):
            if before not in reaching:
                reaching.add(before)  # type: ignore[arg-type]
                waiting.append(before)
    stuck = [(one.stage, one.tally, one.chosen) for one in found.states - reaching]
    assert stuck == []


def test_what_is_the_owners_is_never_chosen_and_nothing_is_done_unchosen(
    explored: tuple[Procedure, Explored],
) -> None:
    for state in explored[1].states:
        assert state.chosen != "fund"
        done = [one.uid for one in state.options if one.state is OptionState.DONE]
        assert "fund" not in done
