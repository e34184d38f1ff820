"""Judged pairs: the published ones, and ours, as matters side by side."""

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack

from yishi.assist.similar import Matter, Weights
from yishi.assist.similar.known import Known, Names
from yishi.assist.similar.words import Runs, runs

FOLDER = "appeals_tipdm2020c"
OWN = Path(__file__).parent / "similar_pairs.csv"
_LEVELS = 3

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """`truth`: 1 same, 0 different. `cosine`: of all words alike, the plain rule.

    `words`: roots of the cosines of subject words and place words. `beside`: what is known besides.
    """

    truth: Floats
    cosine: Floats
    words: Floats
    beside: Floats


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Rows of a published table of messages."""
    with (folder / FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def messages(folder: Path) -> list[Matter]:
    """The published messages with their hot issues; they have no columns for place and item."""
    return [
        Matter(int(row["id"]), f"{row['topic']}。{row['detail']}", moment(row["time"]))
        for row in rows(folder, "hot_messages.csv")
    ]


def moment(text: str) -> datetime:
    """A moment as the tables write it; the zone makes no difference to days between."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def published(folder: Path) -> Judged:
    """The published judged pairs, those called ambiguous left out."""
    matters = messages(folder)
    row = {str(matter.key): number for number, matter in enumerate(matters)}
    pairs = [
        pair for pair in rows(folder, "dup_pairs_labelled.csv") if pair["label"] != "ambiguous"
    ]
    return _judged(
        matters,
        [row[pair["id_a"]] for pair in pairs],
        [row[pair["id_b"]] for pair in pairs],
        [pair["label"] for pair in pairs],
    )


def own() -> Judged:
    """Our own judged pairs: invented sentences of neighbours, many of them hard on purpose."""
    with OWN.open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    matters = [_matter(pair, side) for side in ("a", "b") for pair in pairs]
    first = list(range(len(pairs)))
    second = [number + len(pairs) for number in first]
    return _judged(matters, first, second, [pair["label"] for pair in pairs])


def _matter(pair: dict[str, str], side: str) -> Matter:
    place = pair[f"place_{side}"]
    return Matter(
        0,
        pair[f"text_{side}"],
        moment(pair[f"at_{side}"]),
        tuple(place.split("/")) if place else (),
        item=pair[f"item_{side}"],
    )


def _judged(matters: list[Matter], one: list[int], other: list[int], label: list[str]) -> Judged:
    counted = runs([matter.text for matter in matters])
    weighed = Weights.learned(counted).weigh(counted)
    both = hstack([counted.subject, counted.place], format="csr")
    whole = Weights.learned(Runs(both, counted.place)).weigh(Runs(both, counted.place)).subject
    known = Known.of(matters, Names(), _LEVELS)
    words = [_dots(side, one, other) for side in (weighed.subject, weighed.place)]
    return Judged(
        np.array([word == "same" for word in label], dtype=np.float64),
        _dots(whole, one, other),
        np.sqrt(np.clip(np.column_stack(words), 0, 1)),
        known.rows(np.array(one)).beside(known.rows(np.array(other))),
    )


def _dots(weighed: Any, one: list[int], other: list[int]) -> Floats:
    return np.asarray(weighed[one].multiply(weighed[other]).sum(axis=1), dtype=np.float64).ravel()
