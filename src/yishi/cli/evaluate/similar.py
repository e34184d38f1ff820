"""Likely-same matters: on judged pairs beside plain rules; a burst found; the time it takes."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from yishi.assist.similar import Index, Matter, SimilarTerms, Weights, bursts, groups
from yishi.cli.evaluate import fitting as fitted
from yishi.cli.evaluate.fitting import Floats
from yishi.cli.evaluate.line import Line
from yishi.cli.evaluate.pairs import Judged, messages, moment, own, published, rows

RIDGE = 0.3
"""How strongly weights are drawn to 0: few judged pairs bear no more freedom. Ours."""


def similar_pairs(folder: Path) -> Iterator[Line]:
    """Average precision, F1 and precision at recall 0.3, on the published pairs and on ours."""
    theirs, ours = published(folder), own()
    apart, whole = across(theirs, ours)
    yield from _judged_lines(_("published pairs"), theirs, apart[0], whole[0])
    yield from _judged_lines(_("own pairs"), ours, apart[1], whole[1])
    yield Line(_("repeated texts found, of all published"), _repeats(folder), least=0.95)
    weights = weigh(theirs, ours, np.ones(len(theirs.truth), bool), np.ones(len(ours.truth), bool))
    terms = SimilarTerms()
    shipped = [terms.bias, terms.subject, terms.place_words]
    shipped += [terms.near, terms.apart, terms.item, terms.days]
    yield Line(
        _("farthest a shipped weight is from the one fitted now"),
        float(np.abs(np.array(shipped) - weights).max()),
        most=0.01,
        note=" ".join(f"{weight:.2f}" for weight in weights),
    )


def similar_speed(folder: Path) -> Iterator[Line]:
    """Seconds of CPU for the candidates among 100,000 texts, and for those of one."""
    texts = list(islice(_texts(folder), 100_000))
    at = moment("2026-03-01")
    matters = [Matter(key, text, at) for key, text in enumerate(texts)]
    began = time.process_time()
    index = Index(matters)
    found = index.pairs(0.5)
    took = time.process_time() - began
    size = sum(map(len, texts)) / len(texts)
    yield Line(
        _("candidates among %(count)d texts") % {"count": len(texts)},
        took,
        most=5.0,
        unit="s",
        note=_("%(size).0f characters each; %(pairs)d pairs, no place known")
        % {"size": size, "pairs": len(found)},
    )
    began = time.process_time()
    for matter in matters[:20]:
        index.candidates(matter)
    each = (time.process_time() - began) / 20 * 1000
    yield Line(_("candidates of one matter among them"), each, unit="ms")


def similar_bursts(folder: Path) -> Iterator[Line]:
    """What piles up in a year of published messages, week by week; nothing is named beforehand."""
    matters = messages(folder)
    weights = Weights.of([matter.text for matter in matters])
    cluster = set(groups(Index(matters, weights=weights))[0].keys)
    found, weeks, now = [], 0, moment("2019-02-04")
    while now < moment("2020-02-10"):
        found += [(now, burst) for burst in bursts(matters, now, weights=weights)]
        weeks, now = weeks + 1, now + timedelta(days=7)
    first, burst = next((at, one) for at, one in found if cluster & set(one.keys))
    truth = weak_truth(folder, cluster)
    yield Line(
        _("rows of the weak truth in one cluster"),
        len(cluster & truth) / len(truth),
        least=0.85,
        note=_("%(found)d of %(truth)d; %(size)d in the cluster: %(words)s")
        % {
            "found": len(cluster & truth),
            "truth": len(truth),
            "size": len(cluster),
            "words": " ".join(burst.words),
        },
    )
    yield Line(
        _("matters in its window when it was first flagged"),
        burst.count,
        plain=burst.usual,
        note=_("on %(day)s, %(bursts)d flagged in %(weeks)d weeks")
        % {"day": first.date(), "bursts": len(found), "weeks": weeks},
    )


def weak_truth(folder: Path, cluster: set[int]) -> set[int]:
    """Rows that at least half of the teams count to the issue.

    The teams' tables contradict each other: of each team that has the issue at all, the one of its
    issues that shares most rows with the cluster is taken.
    """
    issues: dict[str, dict[str, set[int]]] = {}
    for row in rows(folder, "hot_tables_weak.csv"):
        issues.setdefault(row["team"], {}).setdefault(row["issue"], set()).add(int(row["id"]))
    meant = [max(team.values(), key=lambda ids: len(ids & cluster)) for team in issues.values()]
    meant = [ids for ids in meant if ids & cluster]
    votes = Counter(row for ids in meant for row in ids)
    return {row for row, count in votes.items() if 2 * count >= len(meant)}


def weigh(theirs: Judged, ours: Judged, some: Floats, others: Floats) -> Floats:
    """Weights in the order of `SimilarTerms`, fitted on the chosen pairs of both sets.

    What words weigh is learned from the published pairs, which were not chosen by us; then what
    is known besides, and the bias, from both sets together, the words held fast.
    """
    none = np.zeros(int(some.sum()))
    words = fitted.fit(theirs.words[some], theirs.truth[some], none, RIDGE)[1:]
    inputs = np.concatenate([theirs.beside[some], ours.beside[others]])
    truth = np.concatenate([theirs.truth[some], ours.truth[others]])
    offset = np.concatenate([theirs.words[some] @ words, ours.words[others] @ words])
    rest = fitted.fit(inputs, truth, offset, RIDGE)
    return np.concatenate([rest[:1], words, rest[1:]])


def across(theirs: Judged, ours: Judged) -> tuple[list[Floats], list[Floats]]:
    """Scores (theirs, ours) by subject and place words, and by all; each fold by the other four."""
    folds = fitted.folds(theirs.truth), fitted.folds(ours.truth)
    apart = [np.zeros(len(fold)) for fold in folds]
    whole = [np.zeros(len(fold)) for fold in folds]
    for number in range(fitted.FOLDS):
        weights = weigh(theirs, ours, folds[0] != number, folds[1] != number)
        for side, judged in enumerate((theirs, ours)):
            held = folds[side] == number
            words = judged.words[held] @ weights[1:3]
            apart[side][held] = fitted.sigmoid(weights[0] + words)
            sums = weights[0] + words + judged.beside[held] @ weights[3:]
            whole[side][held] = fitted.sigmoid(sums)
    return apart, whole


def _judged_lines(name: str, judged: Judged, apart: Floats, whole: Floats) -> Iterator[Line]:
    """Held to be no worse than words alone, which is the plain cosine."""
    truth, fold = judged.truth, fitted.folds(judged.truth)
    share = float(truth.mean())
    for what, measure, always in (
        (_("average precision"), fitted.average_precision, share),
        ("F1", lambda t, s: fitted.f1_across(t, s, fold), 2 * share / (1 + share)),
        (_("precision at recall 0.3"), lambda t, s: fitted.precision_at(t, s, 0.3), share),
    ):
        cosine = measure(truth, judged.cosine)
        yield Line(
            f"{name}, {what}",
            measure(truth, whole),
            least=cosine,
            plain=cosine,
            note=_("always same %(always).3f, subject and place told apart %(apart).3f")
            % {"always": always, "apart": measure(truth, apart)},
        )
    yield Line(
        _("%(pairs)s, mean square of the chance's error") % {"pairs": name},
        float(((whole - truth) ** 2).mean()),
        most=share * (1 - share),
        plain=share * (1 - share),
        note=_("plain: the share of same pairs as everyone's chance"),
    )


def _repeats(folder: Path) -> float:
    """Of the pairs of word for word repeated messages, the share that would be offered."""
    of_group: dict[str, list[int]] = {}
    for row in rows(folder, "dup_exact_groups.csv"):
        of_group.setdefault(row["group"], []).append(int(row["id"]))
    matters = {matter.key: matter for matter in messages(folder)}
    index = Index(matters.values())
    pairs = [
        (one, other)
        for group in of_group.values()
        for place, one in enumerate(group)
        for other in group[place + 1 :]
        if one in matters and other in matters
    ]
    offered = [
        index.of(matters[one], matters[other]).score >= index.terms.offer for one, other in pairs
    ]
    return sum(offered) / len(offered)


def _texts(folder: Path) -> Iterator[str]:
    """Sentences of ten characters and more of the published messages and answers, then clauses."""
    for ends in (r"[。！？；\n]", r"[，。！？；\n]"):
        for name in ("hot_messages.csv", "labelled.csv", "unlabelled.csv", "replies.csv"):
            for row in rows(folder, name):
                for column in ("topic", "detail", "reply"):
                    for text in re.split(ends, row.get(column) or ""):
                        if len(text.strip()) >= 10:
                            yield text.strip()
