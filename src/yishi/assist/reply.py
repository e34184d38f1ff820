"""Whether an answer answers: what is noticed before it is sent. It never holds an answer back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoticeCode(StrEnum):
    """What an answer may lack."""

    EMPTY = "empty"
    NO_DATE = "no_date"
    NO_MEASURE = "no_measure"
    BESIDE = "beside"


@dataclass(frozen=True)
class Notice:
    """`code`: what is lacking; `score`: for BESIDE how far the words touch the question, 0 to 1."""

    code: NoticeCode
    score: float = 0.0


def look(question: str, reply: str) -> tuple[Notice, ...]:
    """What `reply` lacks as an answer to `question`; () if nothing was noticed."""
    raise NotImplementedError
