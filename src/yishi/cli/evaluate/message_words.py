"""The labelled messages as words: tokens as they stand, raw text cut by the words of the tokens."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

LONGEST = 8
# A word is known by two rows; what stands in one only is mostly a slip of the segmenter.
KNOWN = 2


def token_words(tokens: str) -> list[str]:
    """The words of a row of tokens, in one form, without punctuation."""
    words = unicodedata.normalize("NFKC", tokens).lower().split()
    return [word for word in words if any(unicodedata.category(sign)[0] in "LN" for sign in word)]


def cut_raw(
    texts: Sequence[str], folds: Iterable[int], rows: Sequence[list[str]], row_folds: Iterable[int]
) -> list[list[str]]:
    """Each raw text cut at the longest word known from the token rows outside its own fold.

    Letters that begin no known word are left out, as the token rows leave out small words.
    """
    within: dict[int, Counter[str]] = {}
    for row, fold in zip(rows, row_folds, strict=True):
        within.setdefault(fold, Counter()).update(set(row))
    everywhere = Counter[str]()
    for counts in within.values():
        everywhere.update(counts)
    none = Counter[str]()
    cut = []
    for text, fold in zip(texts, folds, strict=True):
        own = within.get(fold, none)
        clauses = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())
        cut.append([word for clause in clauses for word in _cut(clause, everywhere, own)])
    return cut


def _cut(clause: str, everywhere: Counter[str], own: Counter[str]) -> Iterable[str]:
    at = 0
    while at < len(clause):
        for length in range(min(LONGEST, len(clause) - at), 0, -1):
            word = clause[at : at + length]
            if everywhere[word] - own[word] >= KNOWN:
                yield word
                at += length
                break
        else:
            at += 1
