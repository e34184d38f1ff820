"""Answers that answer: whether a right one is told from a random one, and what is noticed."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from yishi.assist.reply import BESIDE, NoticeCode, is_empty, look, touches
from yishi.assist.similar import Weights
from yishi.assist.text import letters
from yishi.cli.evaluate.fitting import Floats, area_under_curve
from yishi.cli.evaluate.line import Line
from yishi.cli.evaluate.pairs import rows

QUOTED = 6
"""A run of the topic this long in an answer is a quotation."""


def replies(folder: Path) -> Iterator[Line]:
    """The published answers against their own questions, and each against another's.

    The other question's answer is the one half the table away: nothing is drawn. Words are weighed
    by messages of other tables, so no answer is weighed by itself.
    """
    table = rows(folder, "replies.csv")
    questions = [f"{row['topic']}。{row['detail']}" for row in table]
    answers = [row["reply"] for row in table]
    weights = Weights.of([*_earlier(folder)])
    turned = np.roll(np.arange(len(table)), -(len(table) // 2))

    def told(said: list[str], by: Weights | None) -> tuple[Floats, Floats]:
        other = [said[row] for row in turned]
        return touches(questions, said, by), touches(questions, other, by)

    right, wrong = told(answers, weights)
    yield Line(_("right against random answer, AUC"), area_under_curve(right, wrong), least=0.94)
    bare = [body(row["topic"], row["reply"]) for row in table]
    yield Line(
        _("the same without opening and quoted topic"),
        area_under_curve(*told(bare, weights)),
    )
    yield Line(_("the same with every word worth alike"), area_under_curve(*told(answers, None)))
    empty = np.array([is_empty(answer) for answer in answers])
    full = ~empty
    yield Line(
        _("the same without empty acknowledgements"),
        area_under_curve(right[full], wrong[full[turned]]),
        note=_("%(count)d of %(all)d are empty") % {"count": empty.sum(), "all": len(empty)},
    )
    yield Line(
        _("random answers said to be beside the question"),
        float((wrong[full[turned]] < BESIDE).mean()),
        note=_("of the right ones %(share).3f") % {"share": (right[full] < BESIDE).mean()},
    )
    yield from _noticed(folder, table, weights)


def _noticed(folder: Path, table: list[dict[str, str]], weights: Weights) -> Iterator[Line]:
    """How often each is noticed; and among answers that people called complete, or not."""
    found = {
        row["id"]: [
            notice.code
            for notice in look(f"{row['topic']}。{row['detail']}", row["reply"], weights)
        ]
        for row in table
    }
    seen = Counter(code for codes in found.values() for code in codes)
    for code in NoticeCode:
        yield Line(_("answers noticed: %(code)s") % {"code": code.value}, seen[code] / len(table))
    judged = [row for row in rows(folder, "reply_labels_100.csv") if row["id"] in found]
    for complete in ("0", "1"):
        ids = [row["id"] for row in judged if row["complete"] == complete]
        share = sum(bool(found[row]) for row in ids) / len(ids)
        name = _("judged complete") if complete == "1" else _("judged incomplete")
        yield Line(
            _("%(judged)s, something noticed") % {"judged": name},
            share,
            note=_("%(count)d answers") % {"count": len(ids)},
        )


def body(topic: str, answer: str) -> str:
    """The answer without its opening and without what it quotes of the topic."""
    ends = [
        at.end() for at in re.finditer("(如下|收悉|知悉)[^，。：:！]{0,6}[：:。，！]", answer[:250])
    ]
    said = letters(answer[ends[-1] :] if ends else answer)
    asked, start = letters(topic), 0
    while start + QUOTED <= len(asked):
        end = start + QUOTED
        if asked[start:end] not in said:
            start += 1
            continue
        while end < len(asked) and asked[start : end + 1] in said:
            end += 1
        said = said.replace(asked[start:end], " ")
        start = end
    return said


def _earlier(folder: Path) -> Iterator[str]:
    for name in ("hot_messages.csv", "unlabelled.csv", "labelled.csv"):
        for row in rows(folder, name):
            yield f"{row.get('topic') or ''}。{row.get('detail') or ''}"
