"""Fields of the forms a method is written with, as `method_draft/field.html` shows them.

A stage has a hundred boxes to tick. Plain values in one template show them in a tenth of the time
that a widget for each would take.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from yishi.web.method_draft.stage_said import LINES_MAX, LONGEST

Options = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    word: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `kind` is line, lines, select, checks or hidden. `must`: it has to say
    something; the form does not insist, the list of what is wrong does."""

    kind: str
    name: str
    label: str = ""
    value: object = ""
    options: tuple[Option, ...] = ()
    help: str = ""
    must: bool = False
    most: int = LONGEST
    rows: int = 4
    numeric: bool = False

    @property
    def said(self) -> str:
        """What is chosen, in a row."""
        return "、".join(option.word for option in self.options if option.chosen)


def line(
    name: str,
    label: str,
    value: object,
    *,
    most: int = LONGEST,
    help: str = "",
    must: bool = False,
    numeric: bool = False,
) -> Field:
    """A line to type."""
    return Field("line", name, label, value, help=help, must=must, most=most, numeric=numeric)


def lines(
    name: str, label: str, value: str, *, rows: int = 4, most: int = LINES_MAX, help: str = ""
) -> Field:
    """Several lines to type."""
    return Field("lines", name, label, value, help=help, most=most, rows=rows)


def select(name: str, label: str, options: Options, chosen: object, *, must: bool = False) -> Field:
    """One of several."""
    shown = tuple(Option(value, word, value == chosen) for value, word in options)
    return Field("select", name, label, options=shown, must=must)


def yes_no(name: str, label: str, words: Options, *, yes: bool) -> Field:
    """One of two, `no` or `yes`."""
    return select(name, label, words, "yes" if yes else "no")


def checks(name: str, label: str, options: Options, chosen: Collection[str]) -> Field:
    """As many as are wanted."""
    shown = tuple(Option(value, word, value in chosen) for value, word in options)
    return Field("checks", name, label, options=shown)


def hidden(name: str, value: object) -> Field:
    """What the form carries along."""
    return Field("hidden", name, value=value)
