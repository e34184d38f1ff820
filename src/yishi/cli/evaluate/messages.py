"""The labelled messages: raw and as tokens, told apart into folds with duplicates on one side."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from yishi.assist.text import letters
from yishi.cli.evaluate.message_words import cut_raw, token_words

FOLDS = 10
# Two texts are one where this share of the shorter stands in the other, in order. A row of tokens
# has a title and lacks small words, so it never has all of its message.
SAME = 0.7
# Only texts that share this much of the rare pairs of either are compared sign by sign.
NEAR, RARE = 0.2, 40


@dataclass(frozen=True)
class Messages:
    """Texts as their letters alone and as words, their labels, whether each is raw, its fold."""

    texts: list[str]
    words: list[list[str]]
    labels: NDArray[np.int64]
    names: list[str]
    raw: NDArray[np.bool_]
    folds: NDArray[np.int64]
    groups: int


def read_messages(folder: Path) -> Messages:
    """Every labelled row of both files. A group of duplicates goes into one fold, by its digest."""
    raw = rows_of(folder / "appeals_tipdm2020c" / "labelled.csv")
    cut = rows_of(folder / "appeals_tipdm2020c" / "labelled_tokens.csv")
    written = [f"{row['topic']} {row['detail']}" for row in raw]
    texts = [letters(text) for text in written]
    texts += [letters(row["tokens"]) for row in cut]
    said = [row["label"] for row in (*raw, *cut)]
    names = sorted(set(said))
    group = groups_of(texts)
    first: dict[int, str] = {}
    for number, text in zip(group.tolist(), texts, strict=True):
        first.setdefault(number, text)
    fold = {
        number: int(hashlib.sha256(text.encode()).hexdigest(), 16) % FOLDS
        for number, text in first.items()
    }
    folds = [fold[number] for number in group.tolist()]
    tokens = [token_words(row["tokens"]) for row in cut]
    return Messages(
        texts,
        cut_raw(written, folds[: len(raw)], tokens, folds[len(raw) :]) + tokens,
        np.array([names.index(label) for label in said]),
        names,
        np.arange(len(texts)) < len(raw),
        np.array(folds),
        len(first),
    )


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table of the data sets."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def groups_of(texts: list[str]) -> NDArray[np.int64]:
    """The number of the group of duplicates each text belongs to: identical, near-identical, or
    the tokens of the other."""
    table = _pairs(texts)
    both = sparse.triu(table @ table.T, 1).tocoo()
    size = np.asarray(table.sum(axis=1)).ravel()
    near = both.data >= np.maximum(NEAR * np.minimum(size[both.row], size[both.col]), 1)
    near &= np.minimum(size[both.row], size[both.col]) >= 3
    same = [
        (one, other)
        for one, other in zip(both.row[near].tolist(), both.col[near].tolist(), strict=True)
        if in_order(texts[one], texts[other]) >= SAME
    ]
    ends = np.array(same, np.int64).reshape(-1, 2)
    graph = sparse.coo_matrix(
        (np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(texts), len(texts))
    )
    found: NDArray[np.int64] = connected_components(graph, directed=False)[1]
    return found


def in_order(one: str, other: str) -> float:
    """The longest common subsequence as a share of the shorter text."""
    short, long = sorted((one, other), key=len)
    if not short:
        return 0.0
    places: dict[str, int] = {}
    for at, sign in enumerate(short):
        places[sign] = places.get(sign, 0) | (1 << at)
    full = (1 << len(short)) - 1
    row = full
    for sign in long:
        kept = row & places.get(sign, 0)
        row = ((row + kept) | (row - kept)) & full
    return (len(short) - row.bit_count()) / len(short)


def _pairs(texts: list[str]) -> sparse.csr_matrix:
    """Which rare pairs of signs each text has; digits and Latin letters are no part of one."""
    known: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for number, text in enumerate(texts):
        bare = "".join(sign for sign in text if not sign.isascii())
        for pair in {bare[at : at + 2] for at in range(len(bare) - 1)}:
            rows.append(number)
            columns.append(known.setdefault(pair, len(known)))
    shape = (len(texts), len(known))
    every = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    often = np.bincount(every.indices, minlength=len(known))
    return every[:, (often >= 2) & (often <= RARE)]
