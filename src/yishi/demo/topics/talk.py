"""Tells topics through the acts, at their moments, as `seed` comes to each of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yishi.acts import report
from yishi.acts.door import Ask, Done
from yishi.acts.topic import adding, joining, leaving, raising, reviewing, staging
from yishi.acts.topic.raising import Raised
from yishi.core.method.language import Competence, Paper
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.review import Reviewed, Verdict
from yishi.demo.cast import Cast
from yishi.demo.district import must
from yishi.demo.moments import Moments
from yishi.demo.photos import Album
from yishi.demo.topics import hall, rounds
from yishi.demo.topics.read import Subject, subjects
from yishi.records.models import Body, Option, Place, Report, Topic
from yishi.records.queries.topic_cases import waiting_cases

# Words a story begins with → the uid of its case, "" where it is not told or not yet.
Find = Callable[[str], str]
Asking = Callable[[], Ask]
Given = Mapping[str, Any]
# A step done: None where it has nothing to do, because what it is about is not told.
Answer = Done | Refusal | None
Act = Callable[["Talk", Asking, Given], "Answer | list[Answer]"]
STARS = {"speed": 4, "result": 5, "service": 4, "answer": 5}
WRITING = "会议材料"


@dataclass
class Talks:
    """All topics of the demo, each a story told beside the others."""

    cast: Cast
    moments: Moments
    album: Album
    find: Find

    def all(self) -> Iterator[Iterator[datetime]]:
        """The moments of each topic; resuming after one does what happens then."""
        for tint, subject in enumerate(subjects()):
            yield Talk(self, subject, tint).steps()


@dataclass
class Talk:
    """One topic being told. `uid` is known once it was raised."""

    told: Talks
    subject: Subject
    tint: int
    uid: str = ""

    def steps(self) -> Iterator[datetime]:
        """The moments of the topic; resuming after each does what happens then."""
        for step in self.subject.steps:
            at = self.told.moments.filed(step.at)
            yield at

            def ask(who: str = step.who, at: datetime = at) -> Ask:
                return self.told.cast.ask(who, at)

            for kind, title in step.papers.items():
                self._lay(ask(), Paper(kind), title)
            done = ACTS[step.do](self, ask, step.more)
            for one in done if isinstance(done, list) else [done]:
                if one is not None:
                    must(one, f"{step.do} at {step.at}: {self.subject.title}")

    def _lay(self, ask: Ask, kind: Paper, title: str) -> None:
        scene = self.subject.title if kind is Paper.PHOTO else WRITING
        new = self.told.album.photo(scene, True, self.tint)
        must(adding.attach(ask, self.uid, kind, title, new), title)

    # What a step says, as the acts take it

    def cases(self, given: Given) -> list[str]:
        """The cases a step names by how they begin; those not told are left out."""
        return [uid for words in given.get("cases", ()) if (uid := self.told.find(words))]

    def option(self, no: int) -> str:
        """The uid of an option of that number, "" for none."""
        return Option.objects.get(topic__uid=self.uid, no=no).uid if no else ""

    def votes(self, given: Given) -> dict[str, tuple[int, int, int]]:
        """uid of option → for, against, abstained."""
        return {
            self.option(int(no)): (yes, against, abstained)
            for no, (yes, against, abstained) in given["votes"].items()
        }

    # Acts that need more than their words

    def raise_(self, ask: Asking, given: Given) -> Done | Refusal:
        """Raised in words, or from cases set aside."""
        place = Place.objects.get(code=self.subject.place).uid
        raised, cases = Raised(self.subject.title, self.subject.words), self.cases(given)
        if cases:
            done = raising.raise_cases(ask(), place, raised, cases)
        else:
            done = raising.raise_(ask(), place, raised)
        self.uid = must(done, self.subject.title).uid
        return done

    def join(self, ask: Asking, given: Given) -> Done | Refusal | None:
        """More cases, where they are told."""
        cases = self.cases(given)
        return joining.join_cases(ask(), self.uid, cases) if cases else None

    def answered(self, ask: Asking, given: Given) -> Done | Refusal:
        """Everybody whose case it was is answered, as the tick does."""
        topic = Topic.objects.get(uid=self.uid)
        for case in waiting_cases(topic.pk).order_by("id").values_list("uid", flat=True):
            said = joining.answer_case(ask(), case, topic.outcome, topic.result, topic.clause)
            must(said, self.subject.title)
        return joining.end_cases(ask(), self.uid)

    def rate(self, ask: Asking, given: Given) -> Done | Refusal | None:
        """Who raised it says how the answer was."""
        for case in self.cases(given):
            own = Report.objects.get(links__case__uid=case).uid
            return report.rate(ask(), own, case, True, "satisfied", STARS, given["words"])
        return None


def _bodies(given: Given, name: str) -> dict[BodyKind, int]:
    return {BodyKind(kind): number for kind, number in given.get(name, {}).items()}


def _reviewed(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    said = {name: given.get(name, "") for name in ("size", "entry", "words", "clause")}
    verdict = Verdict(given.get("verdict", Verdict.TAKEN_UP))
    whose = Competence(given.get("competence", Competence.RESIDENTS))
    reviewed = Reviewed(verdict, whose, **said)
    return reviewing.review_topic(ask(), talk.uid, given["method"], reviewed)


def _conferred(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    present, agreed = _bodies(given, "present"), _bodies(given, "agreed")
    words, dissent = given["words"], given.get("dissent", "")
    return staging.confer(ask(), talk.uid, present, agreed, words, dissent)


def _met(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    came = frozenset(BodyKind(kind) for kind in given["came"])
    return staging.meet(
        ask(),
        talk.uid,
        came,
        _bodies(given, "present"),
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
    "count": lambda t, ask, g: staging.count(ask(), t.uid, _bodies(g, "present"), t.votes(g)),
    "confirm": lambda t, ask, g: staging.confirm(ask(), t.uid, _bodies(g, "present"), t.votes(g)),
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
