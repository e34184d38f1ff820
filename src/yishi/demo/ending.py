"""How a story ends: the resident's word on it, the board, the archive."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from yishi.acts import order, publication, report
from yishi.acts.case import closing
from yishi.core.calendar import Span, SpanKind, due
from yishi.core.case.closing import Rating
from yishi.core.case.state import CaseState
from yishi.demo.cast import case
from yishi.demo.district import must
from yishi.demo.story import Rated
from yishi.demo.tale import Tale
from yishi.demo.working import one_round
from yishi.records.models import Order, Report

AXES = ("speed", "result", "service", "answer")


def rated(tale: Tale) -> Iterator[datetime]:
    """Every word of the resident's; where they are not content, another round of work."""
    for turn, word in enumerate(tale.story.ratings):
        hours = tale.moments.office if _by_phone(tale, word) else tale.moments.awake
        last = turn + 1 == len(tale.story.ratings)
        if tale.rests(CaseState.REDO) and last:
            back = 50 if tale.story.order_answer else tale.moments.draw.randint(6, 30)
            yield tale.set_to(hours(tale.moments.now - timedelta(hours=back)))
        else:
            yield tale.go(2, 30, hours)
        _rate(tale, word)
        if case(tale.uid).state != CaseState.REDO:
            continue
        if turn + 1 < len(tale.story.results):
            yield from one_round(tale, turn + 1)
        elif tale.story.order_answer:
            yield from _order_answered(tale)


def _rate(tale: Tale, rated: Rated) -> None:
    own = Report.objects.filter(links__case__uid=tale.uid).earliest("id")
    stars = dict(zip(AXES, map(int, rated.stars), strict=True))
    solved = rated.satisfaction != "dissatisfied"
    if _by_phone(tale, rated):
        officer = tale.cast.sits("call_back_officer", tale.building)
        rating = Rating(own.uid, solved, rated.satisfaction, stars, rated.words)
        must(closing.call_back(tale.ask(officer), tale.uid, rating), "call-back")
    else:
        ask = tale.ask(tale.story.who)
        answer = report.rate(ask, own.uid, tale.uid, solved, rated.satisfaction, stars, rated.words)
        must(answer, "rating")


def _order_answered(tale: Tale) -> Iterator[datetime]:
    yield tale.go(16, 26, tale.moments.office)
    row = Order.objects.get(case__uid=tale.uid)
    ask = tale.ask(tale.who_of(tale.works()[0]))
    must(order.answer(ask, tale.uid, row.uid, tale.story.order_answer), "order answered")


def closed(tale: Tale) -> Iterator[datetime]:
    """Published where the story says so; put away by the tick's hand when its time came."""
    if tale.story.publication:
        yield from _published(tale)
    row = case(tale.uid)
    if row.state != CaseState.CALLED_BACK or row.closed_at is None:
        return
    limit = Span(7, SpanKind.DAY)
    moment = due(row.closed_at, limit, tale.moments.calendar)
    if moment < tale.moments.now:
        tale.at = max(tale.at, moment) + timedelta(minutes=tale.moments.draw.randint(1, 9))
        yield tale.at
        must(closing.archive(tale.cast.ask("", tale.at), tale.uid), "archive")


def _published(tale: Tale) -> Iterator[datetime]:
    written, place = tale.story.publication, tale.building
    yield tale.go(3, 20, tale.moments.office)
    desk = tale.cast.sits("community_desk", place)
    text = f"居民反映：{tale.story.words}"
    answer = publication.draft(
        tale.ask(desk), tale.uid, "", written["title"], text, written["answer"]
    )
    must(answer, "draft")
    if written["state"] == "draft":
        return
    yield tale.go(2, 16, tale.moments.office)
    must(publication.review(tale.ask(tale.cast.sits("dispatcher", place)), tale.uid), "review")
    if written["state"] == "reviewed":
        return
    yield tale.go(2, 16, tale.moments.office)
    leader = tale.cast.sits("leader", place)
    must(publication.sign_off(tale.ask(leader), tale.uid), "sign-off")
    if written["state"] == "taken_down":
        yield tale.go(20, 40, tale.moments.office)
        ground = "有家长提醒，照片里能认出校门和放学时段，先撤下处理。"
        must(publication.take_down(tale.ask(leader), tale.uid, ground), "take down")


def _by_phone(tale: Tale, rated: Rated) -> bool:
    return rated.by_phone or bool(tale.story.name)
