"""The work on a topic as anybody reads it: who does which part until when, who looked on, where it
leads, and the meetings and votes held on it."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.clock import Colour, colour
from yishi.core.method.language import Edge
from yishi.core.topic.kinds.parts import OPEN
from yishi.core.topic.now import TopicState
from yishi.phrases.clock import say_by, say_exact, say_when
from yishi.phrases.method import say_edge
from yishi.phrases.method_text import say_bodies
from yishi.phrases.rule import say_text
from yishi.phrases.topic import say_part_state
from yishi.phrases.vote_result import say_verdict
from yishi.records.models import Vote
from yishi.records.queries.topic_carry import MEETING, VOTE, Row
from yishi.records.queries.topic_page import TopicPage, passage_stage
from yishi.web.topic.left import Reader, link


def work(found: TopicPage, reader: Reader) -> list[dict[str, Any]]:
    """Each try with its parts and looks, the latest first; only where there is more to it than
    what its option tells: {no, unit, option, parts, looks, waits}."""
    told = []
    for one in reversed(found.attempts):
        stage = passage_stage(one.passage)
        bodies = stage.watch if stage else ()
        parts, looks = found.carried.parts.get(one.pk, []), found.carried.looks.get(one.pk, [])
        if not (bodies or parts or looks):
            continue
        open_to = reader.reads(one.passage)
        seen = {look["kind"] for look in looks}
        waits = tuple(body for body in bodies if body not in seen) if one.ended_at is None else ()
        told.append(
            {
                "no": one.no,
                "unit": one.unit.name,
                "parts": [_part(part, reader, open_to) for part in parts],
                "looks": [_look(look, reader, open_to) for look in looks],
                "waits": say_bodies(waits) if waits else "",
            }
        )
    return told


def _part(row: Row, reader: Reader, open_to: bool) -> dict[str, Any]:
    is_open = row["how"] in OPEN
    late = is_open and colour(reader.now, row["amber"], row["until"]) is Colour.LATE
    return {
        "unit": row["name"],
        "tag": say_part_state(row["how"]),
        "called": say_when(row["begun"], reader.now),
        "exact": say_exact(row["begun"]),
        "due": say_by(row["until"], reader.now) if is_open and row["until"] else "",
        "late": late,
        "words": row["said"] if open_to else "",
        "answer": row["answer_"] if open_to else "",
        "result": row["result_"] if open_to else "",
        "photo": _photo("topic_part_photo", row, reader) if open_to else "",
    }


def _look(row: Row, reader: Reader, open_to: bool) -> dict[str, Any]:
    return {
        "body": row["name"],
        "at": say_when(row["begun"], reader.now),
        "exact": say_exact(row["begun"]),
        "words": row["said"] if open_to else "",
        "photo": _photo("topic_watch_photo", row, reader) if open_to else "",
    }


def _photo(name: str, row: Row, reader: Reader) -> str:
    return link(name, reader.found.topic.uid, row["key"]) if row["photo_"] is not None else ""


def onward(found: TopicPage) -> list[dict[str, str]]:
    """Where the stage leads, verdict by verdict: {why, to}. Empty where it stands in none."""
    stage, course = found.held.stage, found.held.procedure
    if stage is None or course is None:
        return []
    names = {one.id: say_text(one.name) for one in course.stages}
    names |= {end.id: say_text(end.name) for end in course.ends}
    shown = [edge for edge in Edge if edge in stage.to and edge is not Edge.EXHAUSTED]
    return [
        {
            "why": say_edge(stage.kind, edge, by_project=stage.by_project),
            "to": names[stage.to[edge]],
        }
        for edge in shown
    ]


def last_vote(found: TopicPage, now: datetime) -> dict[str, str] | None:
    """What the last vote that was counted came to where nothing passed and the topic goes on:
    {words, href}."""
    if found.topic.state != TopicState.RUNNING:
        return None
    for row in found.carried.rooms:
        result = json.loads(row["said"]) if row["what"] == VOTE else {}
        if not result.get("outcome"):
            continue
        if result["outcome"] == "passed" or result.get("void") or row["until"] is None:
            return None
        verdict = say_verdict(Vote(result=result), {})
        said = _("Last vote (counted %(when)s): %(title)s. %(words)s")
        words = said % {**verdict, "when": say_when(row["until"], now)}
        return {"words": words, "href": link("vote", row["key"])}
    return None


def rooms(found: TopicPage, now: datetime) -> list[dict[str, str]]:
    """Meetings and votes held on it, the latest first: {word, at, exact, href}."""
    return [
        {
            "word": row["name"] or _("Vote by roll"),
            "is_vote": "" if row["what"] == MEETING else "yes",
            "at": say_when(row["begun"], now),
            "exact": say_exact(row["begun"]),
            "href": link(row["what"], row["key"]),
        }
        for row in found.carried.rooms
    ]
