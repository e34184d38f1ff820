"""By which methods the demo's communities work, and one that is being written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yishi.acts.method import adopting, drafting, saying
from yishi.core.method.drafting import Part
from yishi.demo.cast import Cast
from yishi.demo.district import must
from yishi.demo.moments import Moments
from yishi.records.models import MethodDraft, Place
from yishi.records.queries.method_draft import sent_digest
from yishi.records.queries.rule import today_of
from yishi.rulebook import draft_edit as edit

# Community, its secretary, the method.
WORKS_BY = (
    ("LY", "secretary", "siyi"),
    ("LY", "secretary", "talkday"),
    ("LY", "secretary", "charter"),
    ("LY", "secretary", "owners"),
    ("LY", "secretary", "canteen"),
    ("LY", "secretary", "weishi"),
    ("SQ", "sqsecretary", "h11235"),
    ("CC", "ccsecretary", "c4321"),
)
OWN, BEGUN = "柳荫四议工作法", "船厂四议试行"
LONGER = {
    "length": 10,
    "kind": "day",
    "source": "ours：柳荫白天多半没人在家，公示跨两个周末",
}
VOTED = "柳荫微实事（照着钱选）"
WITHIN_MONEY = {
    "zh": "每户一票，在议定的项目里选，合起来不超过资金；名册先公示，有错的可以提。",
    "en": "One vote a household, for projects agreed on that together cost no more than there is; "
    "the roll is on view first and may be objected to.",
}


@dataclass
class Methods:
    """Told beside the stories: adopted at the beginning, and of late a draft from a copy."""

    cast: Cast
    moments: Moments

    def steps(self) -> Iterator[datetime]:
        """The moments; resuming after each does what happens then."""
        for code, secretary, name in WORKS_BY:
            at = self.moments.filed("-78 10:00")
            yield at
            place = Place.objects.get(code=code).uid
            ask = self.cast.ask(secretary, at)
            must(adopting.adopt(ask, place, name, "1", today_of(at)), f"{code} adopts {name}")
        yield from self._voted()
        yield from self._own()
        yield from self._begun()

    def _voted(self) -> Iterator[datetime]:
        """Small works decided by vote, with ballots that hold no more than the money there is:
        agreed to by all four and in force."""
        yield (at := self.moments.filed("-78 14:00"))
        place = Place.objects.get(code="LY").uid
        ask = self.cast.ask("desk", at)
        uid = must(drafting.copy(ask, place, "weishi", "1", VOTED), VOTED).uid
        said = _said(uid, "voted", "vote")
        voting = {name: value for name, value in said["voting"].items() if name != "most"}
        said |= {"voting": {**voting, "ballot": "knapsack"}}
        said |= {"rules": [WITHIN_MONEY, *said["rules"][1:]]}
        changed = edit.put_stage("voted", "vote", said)
        must(drafting.change(self.cast.ask("desk", at), uid, changed, "vote"), VOTED)
        must(drafting.send(self.cast.ask("desk", at), uid), VOTED)
        words = (
            ("-78 16:00", "secretary", Part.PARTY_COMMITTEE),
            ("-78 17:30", "convener", Part.RESIDENTS_COMMITTEE),
            ("-77 09:20", "adviser", Part.LEGAL),
            ("-77 11:10", "leader", Part.FILING),
        )
        yield from self._words(uid, words)
        yield (at := self.moments.filed("-77 14:00"))
        digest, today = sent_digest(MethodDraft.objects.get(uid=uid)), today_of(at)
        ask, by = self.cast.ask("secretary", at), "柳荫社区居民代表会议决议"
        must(adopting.publish(ask, uid, digest, by, today), VOTED)

    def _own(self) -> Iterator[datetime]:
        """A longer notice: approved by both committees, waiting for the legal adviser's word."""
        yield (at := self.moments.filed("-10 10:20"))
        place = Place.objects.get(code="LY").uid
        uid = must(drafting.copy(self.cast.ask("desk", at), place, "siyi", "1", OWN), OWN).uid
        yield (at := self.moments.filed("-10 11:05"))
        said = _said(uid, "four", "notice")
        longer = edit.put_stage("four", "notice", {**said, "period": LONGER})
        must(drafting.change(self.cast.ask("desk", at), uid, longer, "notice"), OWN)
        yield (at := self.moments.filed("-8 09:30"))
        must(drafting.send(self.cast.ask("desk", at), uid), OWN)
        words = (
            ("-6 15:00", "secretary", Part.PARTY_COMMITTEE),
            ("-5 10:30", "convener", Part.RESIDENTS_COMMITTEE),
        )
        yield from self._words(uid, words)

    def _words(self, uid: str, words: Iterable[tuple[str, str, Part]]) -> Iterator[datetime]:
        """Each says yes, at their moment."""
        for when, who, part in words:
            yield (at := self.moments.filed(when))
            digest = sent_digest(MethodDraft.objects.get(uid=uid))
            must(saying.say(self.cast.ask(who, at), uid, part, digest, yes=True), part)

    def _begun(self) -> Iterator[datetime]:
        """Copied and not yet fit: some of the bodies it needs are not there."""
        yield (at := self.moments.filed("-3 16:20"))
        place = Place.objects.get(code="CC").uid
        must(drafting.copy(self.cast.ask("desk-cc", at), place, "siyi", "1", BEGUN), BEGUN)


def _said(uid: str, procedure: str, stage: str) -> dict[str, Any]:
    """What a stage of a draft says, to be changed."""
    written = edit.stage_in(MethodDraft.objects.get(uid=uid).data["file"], procedure, stage)
    assert written is not None
    return {name: value for name, value in written.items() if name not in ("id", "kind")}
