"""What a rule file may say: a small declarative schema that refuses everything else.

A schema is a tree of the fields below. Checking answers plain values (words, dates,
fractions, spans, texts) or raises RuleFileError, which names the file, the key, what
is wrong and what is allowed. Numbers exist only inside tables that carry a ``source``, so no
number can enter a rule file without saying where it comes from; ``ours`` is our own choice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from yishi.core.calendar import LONGEST_SPAN, Span, SpanKind
from yishi.core.caserules import Text
from yishi.rulebook.problem import (
    MISSING,
    NOT_ALLOWED,
    NOT_DATE,
    NOT_LIST,
    NOT_NUMBER,
    NOT_PATTERN,
    NOT_SHARE,
    NOT_TABLE,
    NOT_TIME,
    NOT_WORDS,
    NOT_YES_NO,
    TOO_LONG,
    TWICE,
    UNKNOWN_KEY,
    At,
)


@dataclass(frozen=True)
class Sourced:
    """A number with the place it comes from."""

    value: Any
    source: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """Anything a key may hold. ``default`` is used where an optional key is left out."""

    optional: bool = False
    default: Any = None

    def check(self, value: Any, at: At) -> Any:
        """The plain value, or RuleFileError."""
        raise NotImplementedError


@dataclass(frozen=True)
class Words(Field):
    """A string of at most ``longest`` characters, one of ``choices`` where there are any."""

    choices: tuple[str, ...] = ()
    may_be_empty: bool = False
    longest: int = 4_000

    def check(self, value: Any, at: At) -> str:
        if not isinstance(value, str) or not (value.strip() or self.may_be_empty):
            raise at.error(NOT_WORDS, value)
        if len(value) > self.longest:
            raise at.error(TOO_LONG, len(value), (f"≤ {self.longest}",))
        if self.choices and value not in self.choices:
            raise at.error(NOT_ALLOWED, value, self.choices)
        return value


@dataclass(frozen=True)
class YesNo(Field):
    """true or false."""

    def check(self, value: Any, at: At) -> bool:
        if not isinstance(value, bool):
            raise at.error(NOT_YES_NO, value)
        return value


@dataclass(frozen=True)
class Day(Field):
    """A date, written as TOML writes dates."""

    def check(self, value: Any, at: At) -> date:
        if not isinstance(value, date) or isinstance(value, datetime):
            raise at.error(NOT_DATE, value)
        return value


@dataclass(frozen=True)
class Clock(Field):
    """A time of day, "09:00"."""

    def check(self, value: Any, at: At) -> time:
        if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            raise at.error(NOT_TIME, value)
        return time.fromisoformat(value)


@dataclass(frozen=True)
class TextField(Field):
    """``{zh = "…", en = "…"}``; zh is required."""

    def check(self, value: Any, at: At) -> Text:
        words = Table({"zh": Words(), "en": Words(optional=True, default="")}).check(value, at)
        return Text(words["zh"], words["en"])


@dataclass(frozen=True)
class Table(Field):
    """A table with exactly these keys; any other is refused with the allowed ones."""

    fields: Mapping[str, Field] = field(default_factory=dict)

    def check(self, value: Any, at: At) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise at.error(NOT_TABLE, value)
        allowed = tuple(self.fields)
        for key in value:
            if key not in self.fields:
                raise at.under(key).error(UNKNOWN_KEY, allowed=allowed)
        out = {}
        for key, item in self.fields.items():
            if key in value:
                out[key] = item.check(value[key], at.under(key))
            elif item.optional:
                out[key] = item.default
            else:
                raise at.under(key).error(MISSING, allowed=allowed)
        return out


@dataclass(frozen=True)
class MapOf(Field):
    """A table whose keys are the adopter's own, each holding one ``item``."""

    item: Field = field(default_factory=Words)

    def check(self, value: Any, at: At) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not value:
            raise at.error(NOT_TABLE, value)
        return {key: self.item.check(item, at.under(key)) for key, item in value.items()}


@dataclass(frozen=True)
class ListOf(Field):
    """A list of ``item``. Where entries are tables, ``unique`` names a key none may share."""

    item: Field = field(default_factory=Words)
    unique: str = ""
    may_be_empty: bool = False

    def check(self, value: Any, at: At) -> tuple[Any, ...]:
        if not isinstance(value, list) or not (value or self.may_be_empty):
            raise at.error(NOT_LIST, value)
        out = tuple(self.item.check(item, at.under(n)) for n, item in enumerate(value, 1))
        if self.unique:
            seen = set()
            for number, entry in enumerate(out, 1):
                if entry[self.unique] in seen:
                    raise at.under(number).under(self.unique).error(TWICE, entry[self.unique])
                seen.add(entry[self.unique])
        return out


@dataclass(frozen=True)
class Number(Field):
    """``number = 2000  source = "ours"``: a whole number from ``least`` to ``most``."""

    least: int = 1
    most: int = 10**9

    def check(self, value: Any, at: At) -> Sourced:
        table = _sourced(value, at, number=Whole(self.least, self.most))
        return Sourced(table["number"], table["source"])


@dataclass(frozen=True)
class Share(Field):
    """``share = "4/5"  source = "ours"``: a fraction from 0 to 1."""

    def check(self, value: Any, at: At) -> Sourced:
        table = _sourced(value, at, share=PlainShare())
        return Sourced(table["share"], table["source"])


@dataclass(frozen=True)
class SpanField(Field):
    """``length = 2  kind = "hour"  source = "…"``."""

    def check(self, value: Any, at: At) -> Sourced:
        kinds = tuple(kind.value for kind in SpanKind)
        table = _sourced(value, at, length=Whole(1, LONGEST_SPAN), kind=Words(kinds))
        return Sourced(Span(table["length"], SpanKind(table["kind"])), table["source"])


@dataclass(frozen=True)
class PatternField(Field):
    """A regular expression with a group named ``hide``."""

    def check(self, value: Any, at: At) -> re.Pattern[str]:
        words = Words().check(value, at)
        try:
            pattern = re.compile(words, re.IGNORECASE)
        except (re.error, OverflowError) as broken:
            raise at.error(NOT_PATTERN, str(broken)) from broken
        if "hide" not in pattern.groupindex:
            raise at.error(NOT_PATTERN, words)
        return pattern


@dataclass(frozen=True)
class Whole(Field):
    """A whole number that says no source of its own; the table around it does."""

    least: int
    most: int

    def check(self, value: Any, at: At) -> int:
        # A TOML true is a Python int: it must not pass for 1.
        if isinstance(value, bool) or not isinstance(value, int):
            raise at.error(NOT_NUMBER, value)
        if not self.least <= value <= self.most:
            raise at.error(NOT_NUMBER, value, (f"{self.least}…{self.most}",))
        return value


@dataclass(frozen=True)
class PlainShare(Field):
    """A fraction from 0 to 1, as `"2/3"`; the table around it says its source."""

    def check(self, value: Any, at: At) -> Fraction:
        if not isinstance(value, str) or not re.fullmatch(r"\d{1,9}(/\d{1,9})?", value):
            raise at.error(NOT_SHARE, value)
        try:
            share = Fraction(value)
        except ZeroDivisionError as broken:
            raise at.error(NOT_SHARE, value) from broken
        if share > 1:
            raise at.error(NOT_SHARE, value)
        return share


def _sourced(value: Any, at: At, **fields: Field) -> dict[str, Any]:
    return Table({**fields, "source": Words()}).check(value, at)


HEADER: Mapping[str, Field] = {
    "kind": Words(longest=20),
    "id": Words(longest=80),
    "version": Words(longest=40),
    "valid_from": Day(),
    "repealed_on": Day(optional=True),
    "source": Words(longest=200),
}
