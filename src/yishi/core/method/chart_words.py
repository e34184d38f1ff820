"""How wide words are, and where a name is broken: estimated, as no font is at hand.

A Chinese character is as wide as it is high; a Latin letter is taken for six tenths of that,
which is more than most are.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

NAME = 18
SMALL = 16
LINES = 2
WIDE = frozenset({"W", "F", "A"})
# What no line begins with.
CLOSING = "，。、；：！？）》」』”’,.;:!?)"
PIECE = re.compile(r"[!-~]+ ?|.", re.DOTALL)


def width_of(words: str, size: int) -> int:
    """The width of one line of words of that size, in the same unit, rounded up."""
    tenths = sum(10 if east_asian_width(letter) in WIDE else 6 for letter in words)
    return -(-tenths * size // 10)


def in_lines(words: str, size: int, most: int) -> tuple[str, ...]:
    """Words in one line, or in two of about the same width, neither wider than `most`.

    A Latin word is not broken unless it is wider than a line; what does not fit ends in `…`.
    """
    words = " ".join(words.split())
    if width_of(words, size) <= most:
        return (words,)
    pieces = [cut for piece in PIECE.findall(words) for cut in _cut(piece, size, most)]
    aim = min(most, width_of(words, size) // LINES + size)
    first, rest = _fill(pieces, size, aim)
    if width_of("".join(rest), size) > most:
        first, rest = _fill(pieces, size, most)
    second = "".join(rest).strip()
    if width_of(second, size) > most:
        kept = second
        while width_of(f"{kept}…", size) > most:
            kept = kept[:-1]
        second = f"{kept.rstrip()}…"
    return ("".join(first).strip(), second) if second else ("".join(first).strip(),)


def _fill(pieces: list[str], size: int, most: int) -> tuple[list[str], list[str]]:
    """The pieces of a first line no wider than `most`, and the others."""
    many = 1
    while many < len(pieces) and width_of("".join(pieces[: many + 1]).strip(), size) <= most:
        many += 1
    while many > 1 and many < len(pieces) and pieces[many][0] in CLOSING:
        many -= 1
    return pieces[:many], pieces[many:]


def _cut(piece: str, size: int, most: int) -> list[str]:
    if width_of(piece, size) <= most:
        return [piece]
    step = max(1, most // -(-size * 6 // 10) - 1)
    return [piece[at : at + step] for at in range(0, len(piece), step)]
