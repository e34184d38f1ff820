"""What differs between two texts, so that anybody sees it: sentence by sentence, then by character.

Two sentences that are alike are compared by their characters; others are taken out and put in
whole. Nothing is lost: what stays and what went give the old text, what stays and what came the
new one. Source: practice G5, H10; docs/algorithms/texts.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# How alike two sentences are before their characters are compared, how long they may be for that,
# and how many pairs are tried; a stretch that stayed between two changes and is shorter than an
# island is not worth stopping the eye for.
ALIKE, LONGEST, PAIRS, ISLAND = 0.5, 2000, 900, 2
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]|[^。！？；!?;\n]+")
_NUMERAL = "[〇零一二两三四五六七八九十百千万亿半]+"
_UNIT = "户元天日月年人次周小时分点栋层楼成倍票席名块平米个"
_FIGURE = re.compile(rf"\d+(?:\.\d+)?|百分之{_NUMERAL}|{_NUMERAL}(?=[{_UNIT}])")
_PLAIN = str.maketrans("０１２３４５６７８９．", "0123456789.")


class Change(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what became of it."""

    change: Change
    words: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """From `old` to `new`, in the order of reading; what went stands before what came."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    return tuple(_joined(_sentences(before, after)))


def is_changed(old: str, new: str) -> bool:
    """Whether anything but white space at the ends differs."""
    return old.strip() != new.strip()


def figures_changed(old: str, new: str) -> bool:
    """Whether a figure is another one, came or went: sums, days, shares are what a plan is held
    to. Digits of any width, and Chinese numerals before what they count."""
    return _figures(old) != _figures(new)


def _figures(text: str) -> list[str]:
    return sorted(_FIGURE.findall(text.translate(_PLAIN)))


def _sentences(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for how, a, b, c, d in matcher.get_opcodes():
        if how == "equal":
            yield Piece(Change.SAME, "".join(before[a:b]))
        else:
            yield from _paired(before[a:b], after[c:d])


def _paired(gone: list[str], come: list[str]) -> Iterator[Piece]:
    """The two sentences most alike stand for one another; so again on either side of them."""
    best, at = ALIKE, (-1, -1)
    for i, old in enumerate(gone):
        for j, new in enumerate(come):
            if len(gone) * len(come) <= PAIRS and (how := _alike(old, new)) >= best:
                best, at = (how, (i, j)) if how > best or at == (-1, -1) else (best, at)
    if at == (-1, -1):
        yield from _whole("".join(gone), "".join(come))
        return
    i, j = at
    yield from _paired(gone[:i], come[:j])
    yield from _characters(gone[i], come[j])
    yield from _paired(gone[i + 1 :], come[j + 1 :])


def _alike(old: str, new: str) -> float:
    """0 to 1, and 0 where the two are too long to be compared."""
    if max(len(old), len(new)) > LONGEST:
        return 0
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0


def _characters(gone: str, come: str) -> Iterator[Piece]:
    """Two sentences that are alike, character by character."""
    matcher = SequenceMatcher(None, gone, come, autojunk=False)
    out, into = "", ""
    for how, a, b, c, d in matcher.get_opcodes():
        if how == "equal" and (b - a >= ISLAND or not (out or into)):
            yield from _whole(out, into)
            yield Piece(Change.SAME, gone[a:b])
            out, into = "", ""
        else:
            out, into = out + gone[a:b], into + come[c:d]
    yield from _whole(out, into)


def _whole(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece(Change.OUT, gone)
    if come:
        yield Piece(Change.IN, come)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; between two stretches that stayed, what went before
    what came."""
    held: dict[Change, str] = {}
    for piece in pieces:
        stays = piece.change is Change.SAME
        if any(words and (change is Change.SAME) is not stays for change, words in held.items()):
            yield from _flush(held)
            held = {}
        held[piece.change] = held.get(piece.change, "") + piece.words
    yield from _flush(held)


def _flush(held: dict[Change, str]) -> Iterator[Piece]:
    for change in (Change.SAME, Change.OUT, Change.IN):
        if held.get(change):
            yield Piece(change, held[change])
