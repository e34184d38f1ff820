"""What a sentence of a case does in a stage, as acts with their facts: one function a kind.

Whoever writes a case says only what matters; everything else is as it should be: papers are
attached, reasons are given, the second teller counts as the first did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from yishi.core.calendar import Span, SpanKind, due
from yishi.core.method.language import StageKind
from yishi.core.topic.facts import (
    Answered,
    Appraised,
    Assigned,
    CallAnswered,
    Called,
    CalledBack,
    CarriedOut,
    Closing,
    Conferred,
    Consented,
    Counted,
    Heard,
    Inspected,
    Met,
    PartReported,
    Posted,
    Published,
    Score,
    Screened,
    TakenUp,
    Voiced,
    Watched,
)
from yishi.core.topic.rehearse_round import by_project
from yishi.core.topic.rehearse_scene import EVENING, WORDS, Deed, Scene
from yishi.core.topic.rehearse_vote import by_roll
from yishi.core.topic.sentence import Said

BUILDINGS = 20
Doing = Callable[[Scene, Said], Iterator[Deed]]


def deeds(scene: Scene, said: Said) -> tuple[Deed, ...]:
    """The acts a sentence does in the stage its topic stands in, in their order."""
    if not scene.stage.by_project:
        return tuple(DOES[scene.stage.kind](scene, said))
    ends_at = _ends_at(scene, said) if scene.stage.period else scene.now
    return tuple(by_project(scene, said, ends_at))


def _collect(scene: Scene, said: Said) -> Iterator[Deed]:
    heard = said.number("heard")
    if heard:
        yield "topic.collect", Heard(people=heard), scene.now
    if said.has("collected"):
        yield "topic.end_collecting", Closing(attached=scene.papers(said)), scene.now


def _screen(scene: Scene, said: Said) -> Iterator[Deed]:
    ground = said.one("unfit")
    name = ground.name if ground else ""
    code = next((code for code, text in scene.stage.grounds.items() if text.zh == name), name)
    fit = said.has("fit") and ground is None
    facts = Screened(fit=fit, ground=code, words=WORDS, attached=scene.papers(said))
    yield "topic.screen", facts, scene.now


def _confer(scene: Scene, said: Said) -> Iterator[Deed]:
    facts = Conferred(
        present=said.of_bodies("present"),
        agreed=said.of_bodies("agreed"),
        words=WORDS,
        dissent=WORDS,
        attached=scene.papers(said),
    )
    yield "topic.confer", facts, scene.now


def _meet(scene: Scene, said: Said) -> Iterator[Deed]:
    present = said.of_bodies("present")
    option = said.one("on_option")
    settled, talked, against = said.has("settled"), said.has("talked"), said.has("not_talked")
    facts = Met(
        came=frozenset(body for body, number in present.items() if number),
        present=present,
        people=sum(present.values()),
        words=WORDS,
        agreed=talked and not against,
        settled=settled,
        option=scene.uid(option.option) if option else "",
        attached=scene.papers(said),
    )
    yield "topic.meet", facts, scene.now


def _posting(scene: Scene, said: Said) -> Iterator[Deed]:
    """Hung out; what was said while it hung; and its end, tried on the day the sentence says."""
    assert scene.stage.period is not None
    until = due(scene.now, scene.stage.period.span, scene.calendar)
    yield "topic.post", Posted(until_at=until, where=WORDS), scene.now
    comment = scene.stage.kind is StageKind.COMMENT
    speak, answer = (
        ("topic.comment", "topic.answer_comment")
        if comment
        else ("topic.object", "topic.rule_objection")
    )
    opened = said.number("voices_open")
    ruled = (*(False,) * said.number("voices_denied"), *(True,) * said.number("voices_upheld"))
    taken = said.number("taken_up") if comment else 0
    for _ in range(opened + len(ruled) + taken):
        yield speak, Voiced(words=WORDS), scene.now
    for _ in range(taken):
        yield "topic.take_up_comment", _taken_up(scene, until), scene.now
    for upheld in ruled:
        yield answer, Answered(words=WORDS, upheld=upheld), scene.now
    left = said.number("undelivered")
    closing = Closing(attached=scene.papers(said), buildings=BUILDINGS, reached=BUILDINGS - left)
    yield "topic.end_posting", closing, _ends_at(scene, said)


def _taken_up(scene: Scene, until: datetime) -> TakenUp:
    """A comment that changes a word of the first option, and nothing that matters."""
    return TakenUp(
        words=WORDS,
        option=scene.uid(1),
        changes=True,
        figures=False,
        matters=False,
        until_at=until,
    )


def _ends_at(scene: Scene, said: Said) -> datetime:
    full, on_day = said.number("days_full"), said.number("on_day")
    if full:
        return due(scene.now, Span(full, SpanKind.DAY), scene.calendar)
    local = scene.now.astimezone(scene.calendar.zone)
    day = local.date() + timedelta(days=on_day)
    return datetime.combine(day, EVENING, tzinfo=scene.calendar.zone)


def _consent(scene: Scene, said: Said) -> Iterator[Deed]:
    papers = scene.papers(said)
    for clause in said.every("consents"):
        assert clause.body is not None
        yield "topic.consent", Consented(body=clause.body, yes=True, attached=papers), scene.now
    for clause in said.every("refuses"):
        assert clause.body is not None
        yield "topic.consent", Consented(body=clause.body, yes=False, words=WORDS), scene.now


def _vote(scene: Scene, said: Said) -> Iterator[Deed]:
    if scene.stage.voting is not None:
        yield from by_roll(scene, said)
        return
    present = said.of_bodies("present")
    first = _votes(scene, said, "votes", sum(present.values()))
    again = {**first, **_votes(scene, said, "recounted", sum(present.values()))}
    second = "甲" if said.has("same_teller") else "乙"
    papers = scene.papers(said)
    yield "topic.count", Counted(present=present, votes=first, by="甲"), scene.now
    if not said.has("unconfirmed"):
        facts = Counted(present=present, votes=again, by=second, attached=papers)
        yield "topic.confirm", facts, scene.now


def _votes(scene: Scene, said: Said, code: str, present: int) -> dict[str, tuple[int, int, int]]:
    """For an option so many; everybody else who is there is against it."""
    return {
        scene.uid(clause.option): (clause.number, present - clause.number, 0)
        for clause in said.every(code)
    }


def _carry_out(scene: Scene, said: Said) -> Iterator[Deed]:
    unit, option = said.one("assigned"), said.one("on_option")
    if unit:
        uid = scene.uid(option.option) if option else ""
        until = _trial_until(scene)
        yield "topic.assign", Assigned(unit=unit.name, option=uid, not_before=until), scene.now
    for one in said.every("partner"):
        yield "topic.call_unit", Called(unit=one.name, words=WORDS), scene.now
        yield "topic.answer_call", CallAnswered(unit=one.name, yes=True), scene.now
    for one in said.every("partner_done"):
        part = PartReported(unit=one.name, done=True, words=WORDS, proof=True)
        yield "topic.report_task", part, scene.now
    away = {clause.body for clause in said.every("unwatched")}
    if said.has("done"):
        # Who looks on has looked, and every part is done: what is not said is as it should be.
        for body in [body for body in scene.stage.watch if body not in away]:
            yield "topic.watch", Watched(body=body, words=WORDS), scene.now
        facts = CarriedOut(done=True, words=WORDS, attached=scene.papers(said))
        tried = said.number("trial_full")
        full = due(scene.now, Span(tried, SpanKind.DAY), scene.calendar) if tried else None
        yield "topic.report_done", facts, full or _trial_until(scene) or scene.now
    if said.has("not_done"):
        yield "topic.report_failed", CarriedOut(done=False, words=WORDS), scene.now


def _trial_until(scene: Scene) -> datetime | None:
    """When a trial that begins now has run its whole period; None where it is no trial."""
    period = scene.stage.period
    return due(scene.now, period.span, scene.calendar) if period else None


def _accept(scene: Scene, said: Said) -> Iterator[Deed]:
    good, bad = said.has("good"), said.has("not_good")
    back, least = said.one("called_back"), scene.stage.calls
    for _ in range(back.number if back else least.number if least else 0):
        yield "topic.call_back", CalledBack(score=Score.SATISFIED), scene.now
    facts = Inspected(
        inspectors=said.number("inspected"),
        fit=good and not bad,
        words=WORDS,
        attached=scene.papers(said),
    )
    yield "topic.accept", facts, scene.now


def _publish(scene: Scene, said: Said) -> Iterator[Deed]:
    if said.has("published"):
        yield "topic.publish", Published(words=WORDS, attached=scene.papers(said)), scene.now


def _appraise(scene: Scene, said: Said) -> Iterator[Deed]:
    facts = Appraised(
        satisfied=said.number("satisfied"),
        basically=said.number("basically"),
        dissatisfied=said.number("dissatisfied"),
        attached=scene.papers(said),
    )
    yield "topic.appraise", facts, scene.now


DOES: Mapping[StageKind, Doing] = {
    StageKind.COLLECT: _collect,
    StageKind.SCREEN: _screen,
    StageKind.CONFER: _confer,
    StageKind.MEET: _meet,
    StageKind.COMMENT: _posting,
    StageKind.CONSENT: _consent,
    StageKind.VOTE: _vote,
    StageKind.NOTICE: _posting,
    StageKind.CARRY_OUT: _carry_out,
    StageKind.ACCEPT: _accept,
    StageKind.PUBLISH: _publish,
    StageKind.APPRAISE: _appraise,
}
