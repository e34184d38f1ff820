"""Part `first_level_class`: to which of seven classes a message belongs, by letters and words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve

from yishi.assist.routing import Case, Heard, Item, Items
from yishi.cli.evaluate.line import Line
from yishi.cli.evaluate.messages import FOLDS, Messages, read_messages

MARK, SUSPECT = 0.92, 0.945
# Of what makes two messages alike, the share of the runs of letters, of the words, and of the
# words a message begins with: what it is about is said first.
LETTERS, WORDS, BEGINNING = 0.4, 0.4, 0.2
FIRST_WORDS = 15
RIDGE = 0.3
OFTEN, AT_ONCE = 400, 2000

Floats = NDArray[np.float32]


def first_level_class(folder: Path) -> Iterable[Line]:
    """Macro-F1 over ten folds, of a linear model on letters and words and the product's index."""
    messages = read_messages(folder)
    alike = likeness(messages)
    found = np.zeros_like(messages.labels)
    index = np.zeros_like(messages.labels)
    listed = [Item(name, name) for name in messages.names]
    for fold in range(FOLDS):
        held = messages.folds == fold
        found[held] = classed(alike, messages.labels, held)
        cases = [
            Case(at, messages.names[messages.labels[at]], Heard(messages.texts[at]))
            for at in np.flatnonzero(~held).tolist()
        ]
        items = Items.of(listed, cases)
        for at in np.flatnonzero(held).tolist():
            offered = items.suggest(Heard(messages.texts[at]), 1)
            index[at] = messages.names.index(offered[0].code) if offered else 0
    score = macro_f1(messages.labels, found)
    common = np.full_like(found, np.bincount(messages.labels).argmax())
    note = _("%(rows)s rows in %(groups)s texts, ten folds") % {
        "rows": len(found),
        "groups": messages.groups,
    }
    if score > SUSPECT:
        note += "; " + _("above %(mark)s: look for duplicates across folds") % {"mark": SUSPECT}
    yield Line(
        _("linear model on letters and words, macro-F1"),
        score,
        least=MARK,
        plain=macro_f1(messages.labels, common),
        note=note,
    )
    raw = messages.raw
    yield Line(_("the same, raw rows only"), macro_f1(messages.labels[raw], found[raw]))
    yield Line(_("the index the product suggests by, macro-F1"), macro_f1(messages.labels, index))


def likeness(messages: Messages) -> Floats:
    """How alike every two messages are, 1 for the same one."""
    letters = [[*text, *(one + two for one, two in pairwise(text))] for text in messages.texts]
    beginnings = [words[:FIRST_WORDS] for words in messages.words]
    shares = ((LETTERS, letters), (WORDS, messages.words), (BEGINNING, beginnings))
    table = sparse.hstack([share**0.5 * table_of(rows) for share, rows in shares], format="csc")
    often = np.diff(table.indptr)
    # What few rows have is multiplied as it stands, what many have in dense blocks, for speed.
    rare = table[:, often <= OFTEN]
    alike = (rare @ rare.T).toarray()
    common = np.flatnonzero(often > OFTEN)
    for start in range(0, len(common), AT_ONCE):
        block = table[:, common[start : start + AT_ONCE]].toarray()
        alike += block @ block.T
    return np.asarray(alike, np.float32)


def table_of(rows: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    """Rows by what stands in two of them at least: counts damped, what is rare heavier, each row
    of length one."""
    known: dict[str, int] = {}
    counts = [Counter(row) for row in rows]
    columns = [known.setdefault(sign, len(known)) for count in counts for sign in count]
    often = np.bincount(columns)
    values = [value for count in counts for value in count.values()]
    weights = 1 + np.log((1 + len(rows)) / (1 + often))
    weights[often < 2] = 0
    numbers = np.repeat(np.arange(len(rows)), [len(count) for count in counts])
    table = sparse.csr_matrix(
        ((1 + np.log(values)) * weights[columns], (numbers, columns)),
        shape=(len(rows), len(known)),
        dtype=np.float32,
    )
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(length, 1e-9)) @ table, dtype=np.float32)


def classed(alike: Floats, labels: NDArray[np.int64], held: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The classes of the rows `held` back, by a linear model of the others.

    Least squares with a ridge, each class weighing the same, solved by the likeness of the rows
    (Saunders, Gammerman and Vovk 1998, Ridge regression in dual variables).
    """
    others = np.flatnonzero(~held)
    many = np.bincount(labels[others])
    sides = np.where(labels[others, None] == np.arange(len(many)), 1, -1).astype(np.float32)
    # One more likeness to all is the model's bias.
    among = alike[np.ix_(others, others)] + np.float32(1)
    share = many * len(many) / len(others)
    among[np.diag_indices_from(among)] += (RIDGE * share[labels[others]]).astype(np.float32)
    factor = cho_factor(among, lower=True, overwrite_a=True, check_finite=False)
    pull = cho_solve(factor, sides, check_finite=False)
    scores = (alike[np.ix_(np.flatnonzero(held), others)] + np.float32(1)) @ pull
    return np.asarray(scores.argmax(axis=1))


def macro_f1(true: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """The mean of the classes' F1."""
    scores = []
    for label in np.unique(true):
        both = int(((true == label) & (found == label)).sum())
        scores.append(2 * both / (int((true == label).sum()) + int((found == label).sum())))
    return float(np.mean(scores))
