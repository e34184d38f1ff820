"""What the acts of a room may bring: a vote by roll, calls to units, who looks on, calls back,
comments taken up, doors. What is enough, exactly enough, one below, and nonsense."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from yishi.core.method.language import Paper, Procedure, Stage, StageKind
from yishi.core.method.measure import Bar, Of
from yishi.core.place import BodyKind
from yishi.core.topic import facts as f
from yishi.core.topic.doors import FOUND
from yishi.core.topic.now import TopicNow
from yishi.core.vote import facts as v

NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
SOON, LONG_AFTER = NOW + timedelta(days=7), NOW + timedelta(days=400)
PAPERS = frozenset(Paper)
VOTERS, AREA = 12, 9_000
# What an act needs a later moment for, beside being tried too soon.
WAIT = frozenset(
    {"topic.end_posting", "topic.open_vote", "topic.hand_vote", "topic.close_vote",
     "topic.report_done", "topic.end_projects"}
)  # fmt: skip


def shortened(stage: Stage) -> Stage:
    """The same stage where one is called back: never, or enough, is all that decides."""
    return replace(stage, calls=replace(stage.calls, number=1)) if stage.calls else stage


def room_facts(act: str, stage: Stage, topic: TopicNow) -> Iterator[f.Facts]:
    """Facts of an act of a room; nothing for any other act."""
    tally = topic.tally
    match act:
        case "topic.end_projects":
            # Proposals are taken for a while; a project still waits, none goes on, some do, too few
            # scored one.
            until = SOON if stage.period else None
            for waiting, going, stopped in ((1, 1, 0), (0, 0, 2), (0, 1, 1)):
                yield f.Projects(waiting=waiting, going=going, stopped=stopped, until_at=until)
            if stage.kind is StageKind.APPRAISE:
                yield f.Projects(waiting=0, going=0, stopped=1, few=1)
        case "topic.watch":
            for body in (*stage.watch, BodyKind.ADVISERS):
                yield f.Watched(body=body, words="看过了")
            yield f.Watched(body=stage.lead, words="")
        case "topic.call_unit":
            yield f.Called(unit="p", words="请来修水管")
            yield f.Called(unit="u", words="主办的不用请")
            yield f.Called(unit="p", words="", until_at=SOON)
            yield f.Called(unit="p", words="早就过了", until_at=NOW)
        case "topic.answer_call":
            yield f.CallAnswered(unit="p", yes=True)
            yield f.CallAnswered(unit="p", yes=False, words="不归我们")
            yield f.CallAnswered(unit="p", yes=False)
            yield f.CallAnswered(unit="nobody", yes=True)
        case "topic.report_task":
            yield f.PartReported(unit="p", done=True, words="修好了", proof=True)
            yield f.PartReported(unit="p", done=True, words="修好了")
            yield f.PartReported(unit="p", done=False, words="修不了")
            yield f.PartReported(unit="p", done=False, words="")
        case "topic.call_back":
            if not tally.get("reached"):
                yield f.CalledBack(score="satisfied")
            yield f.CalledBack(score="unreached")
            yield f.CalledBack(score="dissatisfied")
            yield f.CalledBack(score="who knows")
        case "topic.score":
            if not any(tally.get(score.value) for score in f.Score):
                yield f.Scored(score="satisfied")
            yield f.Scored(score="unreached")
        case "topic.call_at_doors":
            if not tally.get("delivered"):
                yield f.DoorsCalled(
                    building="b", name="1号楼", found="delivered", doors=3, moved={"delivered": 3}
                )
            yield f.DoorsCalled(building="b", name="1号楼", found="?", doors=3, moved={})
            yield f.DoorsCalled(building="b", name="1号楼", found=FOUND[1], doors=0, moved={})
        case "topic.take_up_comment":
            for changes, matters, option in (
                (True, False, "a"), (True, True, "a"), (False, False, "a"), (True, False, "none")
            ):  # fmt: skip
                for hours in (12, 48):  # within the time of the stage, and past it
                    yield f.TakenUp(
                        words="照改", option=option, changes=changes, figures=False,
                        matters=matters, until_at=NOW + timedelta(hours=hours),
                    )  # fmt: skip
            yield f.TakenUp(
                words="照改", option="a", changes=True, figures=True, matters=False,
                until_at=SOON,
            )  # fmt: skip
        case "topic.open_roll":
            yield v.RollOpened(vote="v", voters=VOTERS, area_cm2=AREA, until_at=SOON)
            yield v.RollOpened(vote="v", voters=0, until_at=SOON)
        case "topic.open_vote":
            for voters, objections in ((VOTERS, 0), (VOTERS, 1), (0, 0)):
                for projects, money in (
                    ((3, 100), (0, 100), (3, 0)) if stage.in_round else ((0, 0),)
                ):
                    yield v.VoteOpened(
                        voters=voters,
                        area_cm2=AREA,
                        objections=objections,
                        until_at=SOON,
                        projects=projects,
                        money_fen=money,
                    )
        case "topic.close_vote":
            yield from _closings(stage)
        case "topic.hand_vote":
            for voters, objections in ((VOTERS, 0), (VOTERS, 1), (0, 0)):
                yield v.VoteHanded(to="市里的系统", voters=voters, objections=objections)
            yield v.VoteHanded(to=" ", voters=VOTERS)
        case "topic.bring_result":
            for by in ("one", "two"):
                for polled in (_polled(stage, 0, 0), _polled(stage, -1, 0), _polled(stage, 0, -1)):
                    yield v.Brought(**polled, by=by)
            wrong = _polled(stage, 0, 0)
            yield v.Brought(**{**wrong, "voters": 1})
            yield v.Brought(**{**wrong, "votes": {"fund": (1, 0, 0)}})
            yield v.Brought(**{**wrong, "votes": {}})


def _closings(stage: Stage) -> Iterator[v.VoteClosed]:
    """The quorum and one below it; enough for the first, for both alike, for none."""
    for heads in (0, -1):
        for more in (0, -1):
            for tied in (True, False):
                polled = _polled(stage, heads, more, tied=tied)
                here = int(str(polled["heads"]))
                won = ("p",) if stage.in_round and not more else ()
                yield v.VoteClosed(**polled, ways={"paper": 1}, ballots=here, won=won)
    fine = _polled(stage, 0, 0)
    here = int(str(fine["heads"]))
    yield v.VoteClosed(**fine, ways={}, ballots=here, once=(3,))
    yield v.VoteClosed(**fine, ways={}, ballots=here, differ=(3,))
    yield v.VoteClosed(**fine, ways={}, ballots=here - 1)
    yield v.VoteClosed(**fine, ways={"hands": here}, ballots=0)
    yield v.VoteClosed(**fine, ways={"hands": here}, ballots=0, hands=here - 1)
    yield v.VoteClosed(**fine, ways={"hands": here}, ballots=0, hands=here)


def _polled(stage: Stage, heads: int, more: int, *, tied: bool = False) -> dict[str, object]:
    """So many took part, from the quorum on, by heads and by area alike; so many are for `a`, from
    the threshold on, and for `b` as many or none."""
    here = max(0, _least(stage.quorum, VOTERS) + heads)
    area = max(0, _least(stage.quorum, AREA) + heads)
    yes, yes_area = (
        max(0, _least(stage.threshold, _whole(stage.threshold, whole, part)) + more)
        for whole, part in ((VOTERS, here), (AREA, area))
    )
    votes = {"a": (min(yes, here), here - min(yes, here), 0)}
    areas = {"a": (min(yes_area, area), area - min(yes_area, area), 0)}
    if tied:
        votes["b"], areas["b"] = votes["a"], areas["a"]
    return {
        "voters": VOTERS, "area_cm2": AREA, "heads": here, "heads_cm2": area, "votes": votes,
        "areas": areas,
    }  # fmt: skip


def _least(bar: Bar | None, whole: int) -> int:
    return bar.need(whole) if bar else 1


def _whole(bar: Bar | None, seats: int, present: int) -> int:
    return seats if bar is not None and bar.of is Of.SEATS else present


def owners_decide(procedure: Procedure) -> bool:
    """Whether what is decided in it is the owners' to decide."""
    return any(BodyKind.OWNERS_ASSEMBLY in stage.decides for stage in procedure.stages)
