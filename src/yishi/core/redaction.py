"""Hiding what identifies a person before words are made public.

The patterns are data (rules/redaction). Matching is done on a shadow of the text in which
full-width and Chinese digits are ordinary ones, so １３８… and 一三八… hide like 138….
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

NAME = "name"
_FROM = "〇零一二三四五六七八九幺" + "".join(chr(c) for c in range(0xFF01, 0xFF5F)) + "　－—–"
_TO = "001234567891" + "".join(chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)) + " ---"
_SHADOW = str.maketrans(_FROM, _TO)


@dataclass(frozen=True)
class Pattern:
    """Something to hide: what the group named ``hide`` matches becomes ``mask``."""

    code: str
    pattern: re.Pattern[str]
    mask: str


@dataclass(frozen=True)
class Redaction:
    """The patterns in the order they are tried, and what stands for a given name."""

    patterns: tuple[Pattern, ...]
    name_mask: str


@dataclass(frozen=True)
class Mark:
    """What was hidden: the pattern's code and the place in the original words, end excluded."""

    code: str
    start: int
    end: int


def redact(text: str, rules: Redaction, names: Sequence[str] = ()) -> tuple[str, tuple[Mark, ...]]:
    """``text`` with everything hidden that ``rules`` name, and where, in order of place.

    ``names``: people's names known from the record; each keeps its first character (李某).
    They are given, never guessed: a name nobody gave is left to the reviewer. Where two
    patterns overlap the earlier one in the rule file wins.
    """
    shadow = text.translate(_SHADOW)
    hidden: list[tuple[Mark, str]] = []
    for name in sorted({name.strip() for name in names}, key=len, reverse=True):
        if len(name) > 1:
            spaced = r"\s*".join(re.escape(character) for character in name)
            mask = name[0] + rules.name_mask
            for match in re.finditer(spaced, text):
                _hide(hidden, Mark(NAME, match.start(), match.end()), mask)
    for pattern in rules.patterns:
        for match in pattern.pattern.finditer(shadow):
            _hide(hidden, Mark(pattern.code, *match.span("hide")), pattern.mask)
    hidden.sort(key=lambda pair: pair[0].start)
    parts, at = [], 0
    for mark, mask in hidden:
        parts += [text[at : mark.start], mask]
        at = mark.end
    return "".join([*parts, text[at:]]), tuple(mark for mark, _ in hidden)


def _hide(hidden: list[tuple[Mark, str]], mark: Mark, mask: str) -> None:
    free = all(mark.end <= other.start or other.end <= mark.start for other, _ in hidden)
    if free and mark.start < mark.end:
        hidden.append((mark, mask))
