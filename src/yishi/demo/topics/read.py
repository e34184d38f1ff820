"""What the files of topics say, read strictly."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FILES = ("lift", "willow", "dock", "hall", "rounds", "voted")


@dataclass(frozen=True)
class Step:
    """One act on a topic: when (as `Moments.filed` reads it), by whom, what, and with what.

    `papers` are laid with the stage before it, kind → what is written on them. `more` holds what
    the act itself is told.
    """

    at: str
    do: str
    who: str = ""
    papers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """One topic: where, how it is called and why, and everything done with it in its order."""

    place: str
    title: str
    words: str
    steps: tuple[Step, ...]


@cache
def subjects() -> tuple[Subject, ...]:
    """Every topic of the demo, in the order of the files. Raises TypeError for an unknown key."""
    found: list[Subject] = []
    for name in FILES:
        entries = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["topics"]
        for entry in entries:
            steps = tuple(_step(step) for step in entry.pop("steps"))
            found.append(Subject(**entry, steps=steps))
    return tuple(found)


def _step(said: dict[str, Any]) -> Step:
    known = {name: said.pop(name) for name in ("at", "do", "who", "papers") if name in said}
    return Step(**known, more=said)
