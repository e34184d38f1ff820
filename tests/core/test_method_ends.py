"""The proof that a method ends, held against walking every way through thousands of small ones."""

from dataclasses import replace
from random import Random

from tests.core.sound_method import sound
from yishi.core.caserules import Text
from yishi.core.method.check import check
from yishi.core.method.graph import cycles
from yishi.core.method.language import Edge, End, Method, Procedure, Stage, StageKind
from yishi.core.method.measure import Count
from yishi.core.place import BodyKind

METHOD = sound()
LOOPS = frozenset({"loop_unbounded", "exhausted_returns"})
PROCEDURES = 3_000


def procedure(random: Random) -> Procedure:
    """Two to four stages that lead anywhere, some of them bounded."""
    ids = [f"s{number}" for number in range(random.randint(2, 4))]
    targets = [*ids, "end"]
    stages = []
    for id in ids:
        to = {Edge.PASS: random.choice(targets), Edge.FAIL: random.choice([*targets, "end"])}
        times = None
        if random.random() < 0.5:
            times = Count(random.randint(1, 2), "ours")
            to[Edge.EXHAUSTED] = random.choice(targets)
        stages.append(
            Stage(id, StageKind.CONFER, Text(id), BodyKind.PARTY_COMMITTEE, to, times=times)
        )
    return Procedure("any", Text("任意"), tuple(stages), (End("end", Text("完"), False),))


def may_go_on_for_ever(walked: Procedure) -> bool:
    """Whether some course never ends, found by walking: a state is where a topic comes to, and
    how often it has been in each bounded stage."""
    seen: dict[str, tuple[str, ...]] = {}
    start = (walked.first.id, tuple(0 for _ in walked.stages))
    waiting = [start]
    order = [stage.id for stage in walked.stages]
    for target, visits in waiting:
        stage = walked.stage(target)
        if stage is None:
            following = []
        elif stage.times and visits[order.index(target)] >= stage.times.number:
            following = [(stage.to[Edge.EXHAUSTED], visits)]
        else:
            at = order.index(target)
            more = (*visits[:at], visits[at] + bool(stage.times), *visits[at + 1 :])
            following = [(stage.to[edge], more) for edge in (Edge.PASS, Edge.FAIL)]
        seen[str((target, visits))] = tuple(map(str, following))
        waiting += [state for state in dict.fromkeys(following) if state not in waiting]
    return cycles(seen) != ()


def test_a_method_without_a_fault_of_loops_ends_on_every_way() -> None:
    random, sound_ones, endless = Random(11), 0, 0
    for _ in range(PROCEDURES):
        one = procedure(random)
        faults = {fault.code for fault in check(_method(one))}
        if not faults & LOOPS:
            sound_ones += 1
            assert not may_go_on_for_ever(one)
        elif may_go_on_for_ever(one):
            endless += 1
    assert (sound_ones > PROCEDURES // 10, endless > PROCEDURES // 10) == (True, True)


def test_where_nothing_is_bounded_a_fault_is_a_loop_somebody_can_walk() -> None:
    random, found = Random(12), 0
    for _ in range(PROCEDURES):
        one = procedure(random)
        if any(stage.times for stage in one.stages):
            continue
        codes = {fault.code for fault in check(_method(one))}
        if "stage_unreached" not in codes:
            found += 1
            assert bool(codes & LOOPS) is may_go_on_for_ever(one)
    assert found > 100


def _method(one: Procedure) -> Method:
    return replace(METHOD, procedures=(one,))
