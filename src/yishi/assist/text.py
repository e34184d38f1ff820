"""Words as they are compared: one form for full and half width, case and spaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


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
