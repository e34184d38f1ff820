"""What a search compares: one form of every text, its overlapping pairs of signs, and the marks.

Any substring of a text is found by the pairs it is made of, for Chinese, Latin and digits alike;
no dictionary decides where a word ends. Source: architecture, decision 16.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from yishi.core.redaction import NAME, Redaction, redact
from yishi.core.refusal import Refusal

# Counted up whenever the same text would be cut otherwise: an index of another version is rebuilt.
VERSION = 1
MOST = 60  # ours: a sentence, not a letter
WORDS_MOST = 6  # ours
AROUND = 22  # characters shown before and after what was found


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for, folded: its `words` as they were spaced apart."""

    words: tuple[str, ...]

    @property
    def whole(self) -> str:
        """All of it, as one phrase."""
        return "".join(self.words)


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of a text as it is shown; `hit` where it is what was looked for."""

    text: str
    hit: bool = False


@lru_cache(maxsize=100_000)
def _sign(sign: str) -> str:
    """One sign as it is compared: half width, lower case; "" where it is no letter or digit."""
    folded = unicodedata.normalize("NFKC", sign).lower()
    return "".join(part for part in folded if unicodedata.category(part)[0] in "LNM")


def fold(text: str) -> str:
    """`text` as it is compared: letters and digits only, half width, lower case.

    Sign by sign, so that what is folded out of a part is a part of what is folded out of the
    whole: １２３ is 123, ＡＢ is ab, 停车，位 is 停车位.
    """
    return "".join(map(_sign, unicodedata.normalize("NFC", text)))


def read_sought(typed: str) -> Sought | Refusal:
    """What was typed into a search box.

    Refuses: `search_empty` (no letter and no digit in it), `search_too_long`.
    """
    typed = " ".join(typed.split())
    if len(typed) > MOST:
        return Refusal("search_too_long", MOST, len(typed), "characters")
    words = [word for word in map(fold, typed.split()) if word]
    if not words:
        return Refusal("search_empty")
    # More words than this are held together as they were typed.
    return Sought((*words[: WORDS_MOST - 1], "".join(words[WORDS_MOST - 1 :]))[: len(words)])


def pairs(run: str) -> Iterator[str]:
    """Every two neighbouring signs of a folded run, in order."""
    return map("".join, pairwise(run))


def tokens(run: str) -> str:
    """A folded run as the index keeps it: its pairs in order, then its last sign by itself.

    The last sign stands between this run and the next, so that no phrase is found across two.
    """
    return " ".join((*pairs(run), run[-1])) if run else ""


def parts_to_keep(text: str, rules: Redaction, known: Sequence[str] = ()) -> list[str]:
    """`text` without what identifies a person: cut out whole, and cut apart there.

    `known`: names and phones of the people it is about. What the rules hide in part (the middle
    of a phone) goes with all the digits and letters it hangs on.
    """
    kept, at = [], 0
    for mark in redact(text, rules, known)[1]:
        start, end = mark.start, mark.end
        if mark.code != NAME:
            while start > at and _hangs(text[start - 1]):
                start -= 1
            while end < len(text) and _hangs(text[end]):
                end += 1
        kept.append(text[at : max(at, start)])
        at = max(at, end)
    return [part for part in (*kept, text[at:]) if part]


def _hangs(sign: str) -> bool:
    plain = unicodedata.normalize("NFKC", sign)
    return (
        plain in "+-－—"
        or (plain.isascii() and plain.isalnum())
        or plain in "〇零一二三四五六七八九幺"
    )


def first_with(texts: Sequence[str], sought: Sought) -> str:
    """The first text that holds the whole phrase, else a word of it; "" where none does."""
    folded = [(fold(text), text) for text in texts]
    for needle in (sought.whole, *sought.words):
        for run, text in folded:
            if needle in run:
                return text
    return ""


def marked(text: str, sought: Sought, around: int = AROUND) -> tuple[Piece, ...]:
    """A cutting of `text` around the first place that fits, with every place in it marked.

    The whole phrase is marked where the text holds it, else each word. "…" stands for what was
    cut off.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    signs = [_sign(sign) for sign in text]
    run = "".join(signs)
    places = [at for at, sign in enumerate(signs) for _ in sign]
    needles = (sought.whole,) if sought.whole in run else sought.words
    hits = sorted(hit for needle in needles for hit in _hits(run, needle, places))
    if not hits:
        return (Piece(_cut(text, 0, 2 * around)),)
    start = max(0, hits[0][0] - around)
    end = min(len(text), max(hits[0][1] + around, start + 2 * around))
    pieces, at = [Piece("…")] if start else [], start
    for left, right in hits:
        left, right = max(left, at), min(right, end)
        if left < right:
            pieces += [Piece(text[at:left]), Piece(text[left:right], hit=True)]
            at = right
    pieces += [Piece(text[at:end]), Piece("…" if end < len(text) else "")]
    return tuple(piece for piece in pieces if piece.text)


def _hits(run: str, needle: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    at = run.find(needle)
    while at >= 0:
        yield places[at], places[at + len(needle) - 1] + 1
        at = run.find(needle, at + len(needle))


def _cut(text: str, start: int, length: int) -> str:
    return text if len(text) <= length else text[start : start + length] + "…"
