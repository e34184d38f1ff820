"""What is wrong with a method, where, by which path, and what would be right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing a method may not say.

    `stage` is the id of a stage or an end; "" where a whole procedure or the method is meant.
    `path`: ids a topic would go along, from the first stage, or once round a loop. `have` and
    `allowed`: what was found and what would be right, as ids or as values of the language.
    `source`: the rule it goes against, where there is one.
    """

    code: str
    procedure: str
    stage: str
    path: tuple[str, ...] = ()
    have: object = None
    allowed: tuple[object, ...] = ()
    source: str = ""
