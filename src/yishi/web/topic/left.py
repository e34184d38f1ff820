"""What the stages of a topic left: numbers, words, dissent, voices, papers, and the whole story.

A stage that is for those who take part keeps its words among them and staff of the place; its
numbers and where it led are public like everything else.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import NoReverseMatch, reverse

from yishi.core.method.language import Paper
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.topic.beside import PUBLIC_PAPERS
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.method import say_paper, say_stage_kind
from yishi.phrases.story import say_story
from yishi.phrases.text import say_ground_kept
from yishi.phrases.topic import say_kept_text, say_voice_kind
from yishi.phrases.topic_passage import say_calls, say_left, say_numbers
from yishi.records.models import Entry, Passage, Voice
from yishi.records.queries.topic_page import VOICES, TopicPage, passage_stage

# What a step of a stage may hold that somebody wrote.
WRITTEN = ("words", "dissent")


@dataclass
class Reader:
    """Who reads a topic, and when."""

    found: TopicPage
    actor: Actor
    now: datetime
    _asked: dict[int, bool] = field(default_factory=dict)
    _may: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def is_staff(self) -> bool:
        """Staff of the place: they read names and the matters behind a topic."""
        subject = self.found.held.subject
        return isinstance(permit(self.actor, "topic.read_cases", subject), Permitted)

    def reads(self, passage: Passage) -> bool:
        """Whether they read what that visit to a stage left in words."""
        if passage.pk not in self._asked:
            self._asked[passage.pk] = passage.is_public or self._has_part(passage)
        return self._asked[passage.pk]

    def has_papers(self, passage: Passage) -> bool:
        """Whether they may have papers of that visit that hold names."""
        return self._has_part(passage, "topic.read_papers")

    def _has_part(self, passage: Passage, act: str = "topic.read_closed") -> bool:
        stage = passage_stage(passage)
        tried = (one for one in self.found.attempts if one.passage_id == passage.pk)
        own = self.found.own_ids(stage.bodies if stage else ())
        units = own | frozenset(one.unit_id for one in tried)
        subject = replace(self.found.held.subject, units=units)
        return isinstance(permit(self.actor, act, subject), Permitted)

    def moderates(self, *, hidden: bool) -> bool:
        """Whether they may hide a voice that is shown, or restore one that is hidden."""
        act = "topic.restore_voice" if hidden else "topic.hide_voice"
        if act not in self._may:
            self._may[act] = isinstance(permit(self.actor, act, self.found.held.subject), Permitted)
        return self._may[act]

    @cached_property
    def closed(self) -> frozenset[tuple[str, int]]:
        """Stage and visit whose words are not for this reader."""
        return frozenset((one.stage, one.visit) for one in self.found.closed if not self.reads(one))


def passages(found: TopicPage, reader: Reader) -> list[dict[str, Any]]:
    """The visits of the page, the newest first."""
    numbers = {row.uid: row.no for row in found.held.options}
    return [_passage(one, found, reader, numbers) for one in found.passages]


def _passage(
    one: Passage, found: TopicPage, reader: Reader, numbers: dict[str, int]
) -> dict[str, Any]:
    stage, open_to = passage_stage(one), reader.reads(one)
    voices = found.voices.get(one.pk, [])
    counted = one.facts.get("voices", found.topic.tally.get("voices", 0))
    return {
        "name": say_kept_text(one.name),
        "kind": say_stage_kind(one.kind),
        "visit": one.visit,
        "from": say_when(one.entered_at, reader.now),
        "from_exact": say_exact(one.entered_at),
        "until": say_when(one.left_at, reader.now) if one.left_at else "",
        "until_exact": say_exact(one.left_at) if one.left_at else "",
        "late": bool(one.due_at and one.left_at and one.left_at > one.due_at),
        "left": say_left(one.kind, one.edge, one.facts),
        "numbers": [
            *say_numbers(one.kind, one.facts, stage, numbers),
            *say_calls(one.kind, found.carried.calls.get(one.pk, {})),
        ],
        "words": one.words if open_to else "",
        "dissent": one.dissent if open_to else "",
        "closed": not one.is_public and not open_to,
        "inside": not one.is_public and open_to,
        "voices": [_voice(voice, reader) for voice in voices[:VOICES]] if open_to else [],
        "more_voices": max(0, (counted or 0) - len(voices[:VOICES])) if open_to else 0,
        "papers": _papers(found, one, reader) if open_to else [],
    }


def _voice(voice: Voice, reader: Reader) -> dict[str, Any]:
    """What was said; where it is not shown, the ground in its place, and never its words."""
    hidden = voice.hidden_at is not None
    uid = reader.found.topic.uid
    name = "topic_restore_voice" if hidden else "topic_hide_voice"
    return {
        "kind": say_voice_kind(voice.kind),
        "at": say_when(voice.at, reader.now),
        "exact": say_exact(voice.at),
        "name": voice.name if reader.is_staff else "",
        "words": "" if hidden else voice.words,
        "hidden": say_ground_kept(voice.hidden_ground) if hidden else "",
        "href": link(name, uid, voice.uid) if reader.moderates(hidden=hidden) else "",
        "answer": voice.answer,
        "upheld": voice.is_upheld and voice.kind == "objection",
        "taken_up": voice.is_upheld and voice.kind == "comment",
    }


def _papers(found: TopicPage, one: Passage, reader: Reader) -> list[dict[str, str]]:
    """The papers of a visit; of one that is not for this reader only of what kind it is."""
    told, part = [], reader.has_papers(one)
    for paper in found.papers.get(one.pk, ()):
        kind = say_paper(Paper(paper.kind))
        theirs = part or (one.is_public and paper.kind in PUBLIC_PAPERS)
        href = link("topic_paper_file", found.topic.uid, paper.uid) if theirs else ""
        told.append({"word": (paper.title or kind) if theirs else kind, "href": href})
    return told


def story(found: TopicPage, reader: Reader) -> list[dict[str, Any]]:
    """The steps of a page, the newest first, without the words that are not for this reader; each
    that is in the signed record leads there."""
    told = [_without(entry, reader) for entry in found.story]
    lines = say_story(
        told, reader.now, "staff" if reader.is_staff else "public", reader.actor.person_id
    )
    at = {entry.uid: entry.seq for entry in found.story}
    for line in lines:
        seq = at.get(line["uid"])
        if seq is not None:
            line["verified_href"] = reverse("record_entry", args=[seq])
    return lines


def _without(entry: Entry, reader: Reader) -> Entry:
    """The entry, unsaved, as this reader may have it."""
    if (entry.params.get("stage"), entry.params.get("no")) in reader.closed:
        kept = {name: value for name, value in entry.params.items() if name not in WRITTEN}
        entry.params = kept
    return entry


def link(name: str, *args: object) -> str:
    """The address of that name; "" where there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
