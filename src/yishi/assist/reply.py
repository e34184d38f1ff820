"""Whether an answer answers: what is noticed before it is sent. It never holds an answer back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yishi.assist.reply_words import COURTESY, DATES, HAN, HANDLE, MEASURES, SIGNED
from yishi.assist.similar.words import Weights, runs
from yishi.assist.text import letters, plain

BESIDE = 0.01
"""Below this an answer's words do not touch the question. Ours: see docs/algorithms/reply.md."""

SHORT = 20
"""In an answer of fewer letters the words are not compared: 已清走 says it all. Ours."""


class NoticeCode(StrEnum):
    """What an answer may lack."""

    EMPTY = "empty"
    NO_DATE = "no_date"
    NO_MEASURE = "no_measure"
    BESIDE = "beside"


@dataclass(frozen=True)
class Notice:
    """`code`: what is lacking. `score`: for `BESIDE`, how far the words touch the question."""

    code: NoticeCode
    score: float = 0.0


def look(
    question: str, reply: str, weights: Weights | None = None, *, dated: bool = True
) -> tuple[Notice, ...]:
    """What `reply` lacks as an answer to `question`; () if nothing was noticed.

    Only Chinese is read; of another language nothing is said. An empty acknowledgement is said to
    be that and nothing else. `weights`: learned from earlier
    texts; without them every run of characters counts alike. `dated`: whether it should name a
    date; what is settled there and then need not.
    """
    if letters(reply) and not HAN.search(reply):
        return ()
    if is_empty(reply):
        return (Notice(NoticeCode.EMPTY),)
    found = []
    said = plain(reply)
    if dated and not DATES.search(SIGNED.sub("", said)):
        found.append(Notice(NoticeCode.NO_DATE))
    if not MEASURES.search(said):
        found.append(Notice(NoticeCode.NO_MEASURE))
    score = float(touches([question], [reply], weights)[0])
    if letters(question) and len(letters(reply)) >= SHORT and score < BESIDE:
        found.append(Notice(NoticeCode.BESIDE, score))
    return tuple(found)


def is_empty(reply: str) -> bool:
    """Whether every clause only thanks, acknowledges, passes on or asks to wait."""
    clauses = re.split(r"[,。.!?;:\n]", HANDLE.sub("", plain(reply)))
    return all(not clause or COURTESY.match(clause) for clause in clauses)


def touches(
    questions: Sequence[str], replies: Sequence[str], weights: Weights | None = None
) -> NDArray[Any]:
    """How far each reply's words touch its question, 0 to 2.

    The cosine of the words that say what is the matter, plus that of the words that name places.
    """
    weights = weights or Weights.even()
    asked, said = weights.weigh(runs(questions)), weights.weigh(runs(replies))
    return np.asarray(
        asked.subject.multiply(said.subject).sum(axis=1)
        + asked.place.multiply(said.place).sum(axis=1)
    ).ravel()
