"""A topic being told: what it is told with, and what a step of it says, as the acts take it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from yishi.acts import report
from yishi.acts.door import Ask, Done
from yishi.acts.topic import joining, raising
from yishi.acts.topic.raising import Raised
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.demo.cast import Cast
from yishi.demo.district import must
from yishi.demo.moments import Moments
from yishi.demo.photos import Album
from yishi.demo.topics.read import Subject
from yishi.records.models import Option, Place, Report, Topic
from yishi.records.queries.topic_cases import waiting_cases

# Words a story begins with → the uid of its case, "" where it is not told or not yet.
Find = Callable[[str], str]
Asking = Callable[[], Ask]
Given = Mapping[str, Any]
# A step done: None where it has nothing to do, because what it is about is not told.
Answer = Done | Refusal | None
STARS = {"speed": 4, "result": 5, "service": 4, "answer": 5}


@dataclass
class Talks:
    """What all topics of the demo are told with."""

    cast: Cast
    moments: Moments
    album: Album
    find: Find


@dataclass
class Talk:
    """One topic being told. `uid` is known once it was raised."""

    told: Talks
    subject: Subject
    tint: int
    uid: str = ""

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


def bodies(given: Given, name: str) -> dict[BodyKind, int]:
    """Body → how many of its seats, as a step says; nobody where it says nothing."""
    return {BodyKind(kind): number for kind, number in given.get(name, {}).items()}
