"""Fitting weights and judging scores, on few judged pairs, without chance."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

FOLDS = 5
Floats = NDArray[np.float64]


def fit(inputs: Floats, truth: Floats, offset: Floats, ridge: float) -> Floats:
    """Bias and weights of a logistic model, from a given `offset` on, drawn to 0 by `ridge`."""
    wide = np.column_stack([np.ones(len(inputs)), inputs])
    free = np.r_[0.0, np.ones(wide.shape[1] - 1)]

    def loss(weights: Floats) -> tuple[float, Floats]:
        sums = wide @ weights + offset
        pull = ridge * free * weights
        slope = wide.T @ (sigmoid(sums) - truth) + pull
        return float(np.logaddexp(0, sums).sum() - truth @ sums + pull @ weights / 2), slope

    found: Floats = minimize(loss, np.zeros(wide.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def sigmoid(sums: Floats) -> Floats:
    """Chances from sums of weights."""
    return np.asarray(1 / (1 + np.exp(-sums)))


def folds(truth: Floats) -> NDArray[np.int64]:
    """A fold for each judged pair, by turns among those judged the same way."""
    fold = np.zeros(len(truth), dtype=np.int64)
    for judged in (0, 1):
        where = np.flatnonzero(truth == judged)
        fold[where] = np.arange(len(where)) % FOLDS
    return fold


def average_precision(truth: Floats, scores: Floats) -> float:
    """The mean precision at each true pair, by falling score; the order given breaks ties."""
    ranked = truth[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float((precision * ranked).sum() / ranked.sum())


def precision_at(truth: Floats, scores: Floats, recall: float) -> float:
    """Precision among the best, down to where `recall` of the true ones are found."""
    ranked = truth[np.argsort(-scores, kind="stable")]
    found = np.cumsum(ranked)
    last = int(np.argmax(found >= recall * ranked.sum()))
    return float(found[last] / (last + 1))


def f1(truth: Floats, chosen: NDArray[np.bool_]) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * truth[chosen].sum() / (chosen.sum() + truth.sum()))


def f1_across(truth: Floats, scores: Floats, fold: NDArray[np.int64]) -> float:
    """F1 where each fold is cut at the threshold that is best on the other folds."""
    chosen = np.zeros(len(truth), dtype=bool)
    for number in range(FOLDS):
        inside, others = fold == number, fold != number
        cuts = np.unique(scores[others])
        best = max(cuts, key=lambda cut: f1(truth[others], scores[others] >= cut))
        chosen[inside] = scores[inside] >= best
    return f1(truth, chosen)


def area_under_curve(right: Floats, wrong: Floats) -> float:
    """How often a right one scores above a wrong one, ties half."""
    below = np.searchsorted(np.sort(wrong), right, side="left")
    upto = np.searchsorted(np.sort(wrong), right, side="right")
    return float((below + upto).sum() / 2 / len(right) / len(wrong))
