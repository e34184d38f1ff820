"""Which pairs are worth comparing: those that share several telling words."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from yishi.assist.similar.words import Runs

TELLING = 16
"""A text's heaviest words that others share too; so many are looked at. Ours."""
COMMON = 120
"""A word in more texts than this tells nothing apart. Ours."""
SHARED = 3
"""So many of them must be the same. Ours."""


def near_pairs(weighed: Runs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of pairs that share at least `SHARED` telling runs, the lower row first."""
    telling = _telling(hstack([weighed.subject, weighed.place], format="csr"))
    common = (telling @ telling.T).tocoo()
    keep = (common.row < common.col) & (common.data >= SHARED)
    return common.row[keep].astype(np.int64), common.col[keep].astype(np.int64)


def _telling(runs: Any) -> Any:
    """Ones where a run is among its row's heaviest that neither one nor too many rows have."""
    seen = np.bincount(runs.indices, minlength=runs.shape[1])
    rows = np.repeat(np.arange(runs.shape[0]), np.diff(runs.indptr))
    some = (seen[runs.indices] > 1) & (seen[runs.indices] <= COMMON)
    rows, columns, weights = rows[some], runs.indices[some], runs.data[some]
    order = np.argsort(rows * 2.0 - weights)
    rows, columns = rows[order], columns[order]
    first = np.searchsorted(rows, rows)
    heavy = np.arange(len(rows)) - first < TELLING
    ones = np.ones(int(heavy.sum()), dtype=np.int32)
    return csr_array((ones, (rows[heavy], columns[heavy])), shape=runs.shape)
