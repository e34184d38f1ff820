"""The turns a story may take between signing and the result: returned, ruled on, merged, put off.

Each turn is a table with `do` and what it needs; a `verdict` of `open` leaves it waiting.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from yishi.acts import report
from yishi.acts.case import handling, intake, joining, merging, returning, stretching
from yishi.acts.case.returning import Amended
from yishi.acts.report import Words, thread
from yishi.demo.cast import case
from yishi.demo.district import must
from yishi.demo.tale import Tale
from yishi.demo.working import signed
from yishi.records.models import Assignment, Body, Report, Request

Turn = Mapping[str, Any]


def turns(tale: Tale) -> Iterator[datetime]:
    """Every turn of the story in its order. Raises KeyError for one nobody wrote."""
    for turn in tale.story.turns:
        yield from TOLD[turn["do"]](tale, turn)


def _return(tale: Tale, turn: Turn) -> Iterator[datetime]:
    """申请退回 within the window after signing, and the word on it."""
    lead, _ = tale.works()
    yield tale.go(0.2, 1.2)
    suggested = Body.objects.get(code=turn["suggests"]).uid if "suggests" in turn else ""
    ask = tale.ask(tale.who_of(lead))
    must(returning.ask_return(ask, tale.uid, turn["reason"], turn["clause"], suggested), "return")
    if turn["verdict"] == "open":
        return
    yield tale.go(0.3, 2)
    request = Request.objects.filter(case__uid=tale.uid, kind="return").latest("id")
    answer = returning.decide_return(
        _dispatcher(tale), tale.uid, request.uid, turn["verdict"], turn.get("words", "")
    )
    must(answer, "decide return")
    if turn["verdict"] == "accepted":
        yield tale.go(0.2, 1)
        row = tale.cast.duty(turn["duty"], turn.get("grade", ""))
        must(intake.dispatch(_dispatcher(tale), tale.uid, row.uid), "dispatch again")
        yield from _sign_all(tale)


def _ruling(tale: Tale, turn: Turn) -> Iterator[datetime]:
    """争议裁定: who leads, who helps, and what the list should say."""
    yield tale.go(3, 9, tale.moments.office)
    row = tale.cast.duty(turn["duty"], turn.get("grade", ""))
    lead = Body.objects.get(code=turn["lead"]).uid
    co = [Body.objects.get(code=code).uid for code in turn.get("co", ())]
    amended = Amended(turn["amend"], turn.get("area", "")) if "amend" in turn else None
    ask = tale.ask(tale.cast.sits("arbitrator", tale.building))
    must(returning.rule(ask, tale.uid, turn["words"], row.uid, lead, co, amended), "ruling")
    yield from _sign_all(tale)


def _extension(tale: Tale, turn: Turn) -> Iterator[datetime]:
    lead, _ = tale.works()
    yield tale.go(1, 5)
    ask = tale.ask(tale.who_of(lead))
    must(stretching.ask_extension(ask, tale.uid, turn["length"], turn["reason"]), "extension")
    yield from _decided(tale, turn, stretching.decide_extension)


def _suspension(tale: Tale, turn: Turn) -> Iterator[datetime]:
    lead, _ = tale.works()
    yield tale.go(1, 5)
    until = tale.moments.now + timedelta(days=turn["days"])
    answer = stretching.ask_suspension(
        tale.ask(tale.who_of(lead)), tale.uid, turn["ground"], until, turn["reason"]
    )
    must(answer, "suspension")
    yield from _decided(tale, turn, stretching.decide_suspension)


def _interim(tale: Tale, turn: Turn) -> Iterator[datetime]:
    lead, _ = tale.works()
    yield tale.go(0.2, 2)
    must(handling.interim(tale.ask(tale.who_of(lead)), tale.uid, turn["words"], []), "interim")


def _urge(tale: Tale, turn: Turn) -> Iterator[datetime]:
    yield tale.go(5, 30, tale.moments.awake)
    answer = thread.urge(tale.ask(tale.story.who), _own(tale), tale.uid, turn["words"])
    must(answer, "urge")


def _supplement(tale: Tale, turn: Turn) -> Iterator[datetime]:
    yield tale.go(1, 9, tale.moments.awake)
    answer = thread.supplement(tale.ask(tale.story.who), _own(tale), tale.uid, turn["words"])
    must(answer, "supplement")


def _call(tale: Tale, turn: Turn) -> Iterator[datetime]:
    """呼叫响应, and the claim where somebody has answered."""
    yield tale.go(0.5, 3)
    desk = tale.cast.sits("community_desk", tale.building)
    must(joining.call(tale.ask(desk), tale.uid, turn["words"]), "call")
    if "claimed_by" in turn:
        yield tale.go(1, 6)
        call = case(tale.uid).calls.get().uid
        ask = tale.ask(tale.who_of(turn["claimed_by"]))
        must(joining.claim(ask, tale.uid, call), "claim")


def _merge(tale: Tale, turn: Turn) -> Iterator[datetime]:
    """Neighbours raise the same; the dispatcher puts it all into the first one (并案)."""
    uids = []
    for who, at, words in turn["others"]:
        yield tale.go(0.1, 1.5, tale.moments.awake)
        building = tale.cast.buildings[at].uid
        answer = report.file(tale.ask(who), Words(words, building=building, channel="web"))
        uids.append(must(answer, words).uid)
    yield tale.go(0.3, 2, tale.moments.desk)
    for answer in merging.merge(_dispatcher(tale), tale.uid, uids, turn["why"]):
        must(answer, "merge")


def _decided(tale: Tale, turn: Turn, decide: Callable[..., Any]) -> Iterator[datetime]:
    if turn["verdict"] == "open":
        return
    yield tale.go(0.5, 4)
    request = Request.objects.filter(case__uid=tale.uid).latest("id")
    accepted = turn["verdict"] == "accepted"
    words = turn.get("words", "")
    must(decide(_dispatcher(tale), tale.uid, request.uid, accepted, words), "decision")


def _sign_all(tale: Tale) -> Iterator[datetime]:
    unsigned = Assignment.objects.filter(case__uid=tale.uid, ended_at=None, signed_at=None)
    for unit in list(unsigned.values_list("unit__code", flat=True)):
        yield from signed(tale, unit)


def _dispatcher(tale: Tale) -> Any:
    return tale.ask(tale.cast.sits("dispatcher", tale.building))


def _own(tale: Tale) -> str:
    return Report.objects.filter(links__case__uid=tale.uid).earliest("id").uid


TOLD: dict[str, Callable[[Tale, Turn], Iterator[datetime]]] = {
    "return": _return,
    "ruling": _ruling,
    "extension": _extension,
    "suspension": _suspension,
    "interim": _interim,
    "urge": _urge,
    "supplement": _supplement,
    "call": _call,
    "merge": _merge,
}
