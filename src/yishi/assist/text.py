"""Words as they are compared: one form for full and half width, case and spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence


def plain(text: str) -> str:
    """`text` in one form: NFKC, lower case, without spaces and control characters.

    １２３ is 123, ＡＢ is ab; punctuation stays.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in folded if not sign.isspace() and sign.isprintable())


def letters(text: str) -> str:
    """`plain` without punctuation and symbols: what a search compares."""
    return "".join(sign for sign in plain(text) if unicodedata.category(sign)[0] in "LNM")


def grams(text: str, least: int, most: int) -> Iterator[str]:
    """Every run of `least` to `most` characters of `text`, in order of place, then length."""
    for start in range(len(text)):
        for length in range(least, most + 1):
            if start + length <= len(text):
                yield text[start : start + length]


_SMALL = "的了着过在是有和与及或也都又还就才很太被把从到向对为以等这那个们我你他她它吗呢吧啊呀请"

_BUILDING = re.compile("第?[0-9一二三四五六七八九十百]+(?:栋|幢|座|号楼|号|楼|单元|层|期|门)")

LONGEST = 12
"""A run that is shown is cut to so many characters."""


def _clauses(text: str) -> str:
    """The letters of each clause, between single spaces."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(re.findall(r"[^\W_]+", folded))


def _trimmed(run: str) -> str:
    """A run without small words and half words at its ends: 吵得 goes, 睡不着 stays."""
    run = run.lstrip(_SMALL + "得")
    bare = run.rstrip(_SMALL + "得不没")
    after = run[len(bare) :]
    return bare + after[:2] if re.match("不[着了到过]", after) else bare


def shared(one: str, other: str, most: int = 4) -> tuple[str, ...]:
    """The longest runs of two or more characters that stand in both, at most `most` of them.

    Of one form (`letters`), none across punctuation, each with its small words (的, 了, 请) taken
    from its ends, none within another; the longest first, then as they stand in `one`. Numbers
    that identify are left out.
    """
    mine, theirs = _clauses(one), _clauses(other)
    found: list[str] = []
    start = 0
    while start < len(mine) - 1:
        end = start
        while (
            end < len(mine)
            and mine[end] != " "
            and end - start < LONGEST
            and mine[start : end + 1] in theirs
        ):
            end += 1
        run = _trimmed(mine[start:end])
        if len(run) > 1 and not (run.isdigit() and len(run) > 5) and run not in found:
            found.append(run)
        start = max(end, start + 1)
    found.sort(key=len, reverse=True)
    kept: list[str] = []
    for run in found:
        if not any(run in longer for longer in kept):
            kept.append(run)
    return tuple(kept[:most])


def _overlap(one: str, other: str) -> bool:
    """Whether one is within the other, or begins with two or more signs the other ends with."""
    return (
        one in other
        or other in one
        or any(
            first.endswith(then[:size])
            for first, then in ((one, other), (other, one))
            for size in range(2, min(len(one), len(other)))
        )
    )


def common(texts: Sequence[str], most: int = 4) -> tuple[str, ...]:
    """The runs that stand in at least half of `texts`, at most `most`, none within another or
    going on where another ends (春晓大道工地, 工地夜间).

    Those first that stand in most texts and are longest. Looked for in the first five texts.
    """
    clauses = [_clauses(text) for text in texts]
    seen = {
        run
        for one in texts[:5]
        for other in texts
        if one is not other
        for run in shared(one, other, most)
    }
    spread = {run: sum(run in text for text in clauses) for run in seen}
    kept: list[str] = []
    for run in sorted(seen, key=lambda run: (-spread[run] * (len(run) - 1), run)):
        if spread[run] * 2 >= len(texts) and not any(_overlap(run, one) for one in kept):
            kept.append(run)
    return tuple(kept[:most])


def says_where(words: Sequence[str], names: Sequence[str]) -> bool:
    """Whether words say where, and nothing else: each is part of a name in `names`, or counts a
    building. False for no words.

    What lies in one estate often says its name alike; that makes it no one matter.
    """
    return bool(words) and all(
        _BUILDING.fullmatch(word) or any(word in letters(name) for name in names) for word in words
    )
