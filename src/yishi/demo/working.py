"""What a unit does with it: it signs, works, is checked and answers."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from yishi.acts.case import closing, handling
from yishi.core.case.state import CaseState
from yishi.demo.district import must
from yishi.demo.pace import near_end, result_at
from yishi.demo.tale import Tale
from yishi.records.models import Body, Clock

CHECKS = (
    "到现场看过，已办好。",
    "现场核对照片属实。",
    "问过邻居，都说好了。",
    "上午去看过，没有问题。",
)


def signed(tale: Tale, unit: str) -> Iterator[datetime]:
    """The unit signs, or the limit does."""
    if tale.story.signs_by_itself and unit == tale.works()[0]:
        clock = Clock.objects.get(case__uid=tale.uid, kind="sign", assignment__unit__code=unit)
        assert clock.due_at is not None
        yield tale.set_to(clock.due_at + timedelta(minutes=1))
        body = Body.objects.get(code=unit)
        must(handling.sign(tale.cast.ask("", tale.at), tale.uid, body.uid), "by itself")
        return
    yield tale.go(0.1, 0.7)
    body = Body.objects.get(code=unit)
    must(handling.sign(tale.ask(tale.who_of(unit)), tale.uid, body.uid), f"sign {unit}")


def one_round(tale: Tale, turn: int) -> Iterator[datetime]:
    """One round of result, check and answer."""
    story, moments = tale.story, tale.moments
    lead, co = tale.works()
    tale.handled |= {tale.who_of(unit) for unit in (lead, *co)}
    yield tale.set_to(result_at(tale, turn))
    why = "协办单位的部分另行跟进，不影响本件办结。" if story.part_open else ""
    answer = handling.submit_result(
        tale.ask(tale.who_of(lead)), tale.uid, story.results[turn], tale.proofs(), why
    )
    must(answer, f"result {story.duty} at {story.at}")
    if tale.rests(CaseState.CHECKING):
        return
    yield near_end(tale, CaseState.SETTLED) or tale.go(1, 6, moments.office)
    checker = tale.cast.checker(tale.building, tale.handled)
    words = moments.draw.choice(CHECKS)
    must(closing.check(tale.ask(checker), tale.uid, True, words), "check")
    if tale.rests(CaseState.SETTLED):
        return
    yield near_end(tale, CaseState.ANSWERED) or tale.go(0.5, 5, moments.office)
    must(closing.answer(tale.ask(tale.who_of(lead)), tale.uid, story.answers[turn]), "answer")
