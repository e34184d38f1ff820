"""Rules on what is said on a topic: when a voice is not shown, and how long a text may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yishi.core.caserules import Text


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a voice may be not shown, and by which rule."""

    name: Text
    source: str


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """`grounds`: code → ground, in the order of the file. `text_max`: characters a plan, charter
    or covenant may have, with its source."""

    id: str
    version: str
    grounds: Mapping[str, Ground]
    text_max: int
    text_source: str
