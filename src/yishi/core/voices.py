"""Rules on what is said on a topic: when a voice is not shown, how many there are from one person,
and how long a text may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yishi.core.caserules import Text
from yishi.core.refusal import Refusal

COMMENT, OBJECTION = "comment", "objection"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a voice may be not shown, and by which rule."""

    name: Text
    source: str


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """`grounds`: code → ground, in the order of the file. `text_max`: characters a plan, charter
    or covenant may have, with its source. `most`: kind of a voice → how many one person may make of
    a plan each time it hangs out, with the source."""

    id: str
    version: str
    grounds: Mapping[str, Ground]
    text_max: int
    text_source: str
    most: Mapping[str, tuple[int, str]]


def one_more(rules: VoiceRules, kind: str, have: int) -> Refusal | None:
    """Whether somebody who has said `have` of that kind of a plan says one more: each is answered,
    so that one person alone does not keep a community from going on. Refused: `voices_many`."""
    most, source = rules.most[kind]
    return Refusal("voices_many", most, have, "voice", source) if have >= most else None
