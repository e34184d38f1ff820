"""Part `first_level_class`: to which of seven classes a message belongs, by runs of its letters."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from yishi.assist.routing import Case, Heard, Item, Items
from yishi.cli.evaluate.line import Line
from yishi.cli.evaluate.messages import FOLDS, read_messages

MARK, SUSPECT = 0.92, 0.945
WIDTH = 1 << 18
STEPS, STRICT = 60, 1.0

Array = NDArray[np.float64]


def first_level_class(folder: Path) -> Iterable[Line]:
    """Macro-F1 over ten folds, of a linear model on runs of letters and of the product's index."""
    messages = read_messages(folder)
    table = runs_table(messages.texts)
    found = np.zeros_like(messages.labels)
    index = np.zeros_like(messages.labels)
    listed = [Item(name, name) for name in messages.names]
    for fold in range(FOLDS):
        held = messages.folds == fold
        model = train(table[~held], messages.labels[~held], len(messages.names))
        found[held] = np.asarray(table[held] @ model).argmax(axis=1)
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
        _("linear model on runs of 1–2 letters, macro-F1"),
        score,
        least=MARK,
        plain=macro_f1(messages.labels, common),
        note=note,
    )
    raw = messages.raw
    yield Line(_("the same, raw rows only"), macro_f1(messages.labels[raw], found[raw]))
    yield Line(_("the index the product suggests by, macro-F1"), macro_f1(messages.labels, index))


def runs_table(texts: list[str]) -> sparse.csr_matrix:
    """Each text's runs of one and two letters, hashed; counts damped, rare runs heavier, each
    row of length one."""
    signs = [np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64) for text in texts]
    runs = [np.concatenate([s, (s[:-1] * 1_000_003 + s[1:] * 7_919 + 104_729)]) for s in signs]
    lengths = np.array([len(run) for run in runs])
    columns = np.concatenate(runs) * 2_654_435_761 % (1 << 61) >> 16
    rows = np.repeat(np.arange(len(texts)), lengths)
    shape = (len(texts), WIDTH)
    ones = np.ones(len(rows), np.float32)
    table = sparse.csr_matrix((ones, (rows, columns % WIDTH)), shape=shape)
    table.sum_duplicates()
    often = np.bincount(table.indices, minlength=WIDTH)
    table.data = (1 + np.log(table.data)) * (1 + np.log((1 + len(texts)) / (1 + often)))[
        table.indices
    ].astype(np.float32)
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sparse.csr_matrix(
        sparse.diags(1 / np.maximum(length, 1e-9)).dot(table), dtype=np.float32
    )


def train(table: sparse.csr_matrix, labels: NDArray[np.int64], classes: int) -> Array:
    """A linear model, one column to a class: squared hinge, each class weighing the same."""
    used = np.flatnonzero(np.bincount(table.indices, minlength=WIDTH))
    rows = table[:, used]
    turned = rows.T.tocsr()
    sides = np.where(labels[:, None] == np.arange(classes), 1, -1).astype(np.float32)
    many = np.bincount(labels, minlength=classes)
    # Of each class against the others, both sides weigh as much as they would were they equal.
    heavy = np.where(sides > 0, len(labels) / (2 * many), len(labels) / (2 * (len(labels) - many)))
    heavy = heavy.astype(np.float32) * STRICT

    def loss(flat: Array) -> tuple[float, Array]:
        model = flat.reshape(len(used), classes).astype(np.float32)
        short = np.maximum(1 - sides * (rows @ model), 0)
        slope = model - 2 * (turned @ (heavy * sides * short))
        whole = 0.5 * float((model * model).sum()) + float((heavy * short * short).sum())
        return whole, slope.ravel().astype(np.float64)

    start = np.zeros(len(used) * classes)
    options = {"maxiter": STEPS, "maxcor": 5}
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    model = np.zeros((WIDTH, classes))
    model[used] = best.reshape(len(used), classes)
    return model


def macro_f1(true: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """The mean of the classes' F1."""
    scores = []
    for label in np.unique(true):
        both = int(((true == label) & (found == label)).sum())
        scores.append(2 * both / (int((true == label).sum()) + int((found == label).sum())))
    return float(np.mean(scores))
