"""Tells topics through the acts, at their moments, as `seed` comes to each of them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from yishi.acts.door import Ask, Done
from yishi.acts.topic import adding, leaving, reviewing, staging
from yishi.core.method.language import Competence, Paper
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.review import Reviewed, Verdict
from yishi.demo.district import must
from yishi.demo.topics import hall, rounds
from yishi.demo.topics.read import subjects
from yishi.demo.topics.talk import Answer, Asking, Given, Talk, Talks, bodies
from yishi.records.models import Body

Act = Callable[[Talk, Asking, Given], Answer | list[Answer]]
WRITING = "会议材料"


def tell(talks: Talks) -> Iterator[Iterator[datetime]]:
    """The moments of each topic, a story told beside the others; resuming after one does what
    happens then."""
    for tint, subject in enumerate(subjects()):
        yield _steps(Talk(talks, subject, tint))


def _steps(talk: Talk) -> Iterator[datetime]:
    for step in talk.subject.steps:
        at = talk.told.moments.filed(step.at)
        yield at

        def ask(who: str = step.who, at: datetime = at) -> Ask:
            return talk.told.cast.ask(who, at)

        for kind, title in step.papers.items():
            _lay(talk, ask(), Paper(kind), title)
        done = ACTS[step.do](talk, ask, step.more)
        for one in done if isinstance(done, list) else [done]:
            if one is not None:
                must(one, f"{step.do} at {step.at}: {talk.subject.title}")


def _lay(talk: Talk, ask: Ask, kind: Paper, title: str) -> None:
    scene = talk.subject.title if kind is Paper.PHOTO else WRITING
    new = talk.told.album.photo(scene, True, talk.tint)
    must(adding.attach(ask, talk.uid, kind, title, new), title)


def _reviewed(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    said = {name: given.get(name, "") for name in ("size", "entry", "words", "clause")}
    verdict = Verdict(given.get("verdict", Verdict.TAKEN_UP))
    whose = Competence(given.get("competence", Competence.RESIDENTS))
    reviewed = Reviewed(verdict, whose, **said)
    return reviewing.review_topic(ask(), talk.uid, given["method"], reviewed)


def _conferred(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    present, agreed = bodies(given, "present"), bodies(given, "agreed")
    words, dissent = given["words"], given.get("dissent", "")
    return staging.confer(ask(), talk.uid, present, agreed, words, dissent)


def _met(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    came = frozenset(BodyKind(kind) for kind in given["came"])
    return staging.meet(
        ask(),
        talk.uid,
        came,
        bodies(given, "present"),
        given["people"],
        given["words"],
        agreed=True,
        settled=given.get("settled", False),
    )


def _optioned(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    words, matter = given.get("words", ""), given.get("matter", "")
    return adding.add_option(ask(), talk.uid, given["title"], words, matter)


def _given_to(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    unit = Body.objects.get(code=given["unit"]).uid
    return staging.assign(ask(), talk.uid, unit, talk.option(given.get("option", 0)))


# What a step calls it → the act.
ACTS: Mapping[str, Act] = {
    "raise": Talk.raise_,
    "join": Talk.join,
    "review": _reviewed,
    "option": _optioned,
    "collect": lambda t, ask, g: staging.collect(ask(), t.uid, g["people"], g["words"]),
    "heard": lambda t, ask, g: staging.end_collecting(ask(), t.uid),
    "confer": _conferred,
    "meet": _met,
    "count": lambda t, ask, g: staging.count(ask(), t.uid, bodies(g, "present"), t.votes(g)),
    "confirm": lambda t, ask, g: staging.confirm(ask(), t.uid, bodies(g, "present"), t.votes(g)),
    "post": lambda t, ask, g: staging.post(ask(), t.uid, g["where"]),
    "comment": lambda t, ask, g: staging.comment(ask(), t.uid, g["words"]),
    "object": lambda t, ask, g: staging.object_to(ask(), t.uid, g["words"]),
    "posted": lambda t, ask, g: staging.end_posting(ask(), t.uid),
    "assign": _given_to,
    "done": lambda t, ask, g: staging.report_done(ask(), t.uid, g["words"]),
    "failed": lambda t, ask, g: staging.report_failed(ask(), t.uid, g["words"]),
    "accept": lambda t, ask, g: staging.accept(ask(), t.uid, g["inspectors"], g["words"], fit=True),
    "publish": lambda t, ask, g: staging.publish(ask(), t.uid, g["words"]),
    **hall.ACTS,
    **rounds.ACTS,
    "override": lambda t, ask, g: leaving.override(ask(), t.uid, g["to"], g["why"]),
    "answered": Talk.answered,
    "rate": Talk.rate,
}
