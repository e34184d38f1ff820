"""Elections read from `.pb` files, whole or not at all. Source: pabulib.org/format.

Everything wrong in a file is told at once, by line and column and with what was expected.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from yishi.counting.budget.election import Ballot
from yishi.counting.budget.pabulib import (
    GIFT,
    LOT,
    META,
    NEEDED,
    PROJECTS,
    STEP,
    VOTES,
    WITH_POINTS,
    File,
    Rows,
    Vote,
    parts_of,
)

WRONG_MOST = 50
DECIMALS_MOST = 6
DIGITS_MOST = 9
TOLD_COST, TOLD_COUNT = "an amount above 0, such as 25000 or 216829.41", "a whole number"
TOLD_GIFT = "an amount that is at most the cost"


@dataclass(frozen=True)
class Wrong:
    """One fault: the line from 1, the column by its name, what was expected, what stands there."""

    line: int
    column: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: expected {self.expected}, found {self.found!r}"


class BadFile(ValueError):
    """The file is not a readable election; `wrong` holds each fault, at most fifty of them."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        self.wrong = tuple(wrong)
        super().__init__("\n".join(map(str, wrong)))


def read(text: str) -> File:
    """Reads a file. Raises BadFile with every fault found, and then nothing of it is kept."""
    return _Reading(text).file()


Row = tuple[int, dict[str, str]]


class _Reading:
    """One reading; its faults are gathered."""

    def __init__(self, text: str) -> None:
        self.wrong: list[Wrong] = []
        self.sections: dict[str, list[Row]] = {}
        self._divide(text.removeprefix("\ufeff"))
        self.meta_line = {row["key"]: line for line, row in self.sections.get(META, [])}

    def file(self) -> File:
        self._raise()
        meta = {row["key"]: row["value"] for _, row in self.sections[META]}
        vote = self._check_meta(meta)
        places = self._check_projects()
        self._check_lot(meta, places)
        self._raise()
        assert vote is not None
        ballots = tuple(self._ballots(meta, vote, places))
        self._raise()
        projects, votes = self._rows(PROJECTS), self._rows(VOTES)
        amounts = [meta["budget"], *(row["cost"] for row in projects)]
        amounts += [row[GIFT] for row in projects if row.get(GIFT)]
        amounts += [meta[STEP]] if meta.get(STEP) else []
        decimals = max(2, *(-int(Decimal(amount).as_tuple().exponent) for amount in amounts))
        return File(meta, projects, votes, ballots, 10**decimals)

    def _rows(self, section: str) -> Rows:
        return tuple(row for _, row in self.sections[section])

    def _say(self, line: int, column: str, expected: str, found: str) -> None:
        self.wrong.append(Wrong(line, column, expected, found[:80]))

    def _raise(self) -> None:
        if self.wrong:
            raise BadFile(self.wrong[:WRONG_MOST])

    def _divide(self, text: str) -> None:
        """The rows of each section with their lines."""
        section, last = "", 0
        columns: tuple[str, ...] = ()
        for line, cells in _lines(text):
            last = line
            name = cells[0].strip().upper() if len(cells) == 1 else ""
            if name in NEEDED:
                if name in self.sections:
                    self._say(line, "section", "each section once", name)
                section, columns = name, ()
                self.sections.setdefault(name, [])
            elif not section:
                self._say(line, "section", META, ";".join(cells))
                return
            elif not columns:
                columns = self._columns(line, section, cells)
            elif len(cells) != len(columns):
                expected = f"{len(columns)} columns as in the head of {section}"
                self._say(line, "row", expected, f"{len(cells)}: {';'.join(cells)}")
            else:
                row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
                self.sections[section].append((line, row))
        for name in NEEDED:
            if name not in self.sections:
                self._say(last + 1, "section", name, "the end of the file")

    def _columns(self, line: int, section: str, cells: Sequence[str]) -> tuple[str, ...]:
        columns = tuple(cell.strip() for cell in cells)
        for needed in NEEDED[section]:
            if columns.count(needed) != 1:
                self._say(line, "head", f"one column {needed}", ";".join(columns))
        if len(set(columns)) != len(columns):
            self._say(line, "head", "every column once", ";".join(columns))
        return columns

    def _check_meta(self, meta: Mapping[str, str]) -> Vote | None:
        if _amount(meta.get("budget", "")) is None:
            self._say(self._at("budget"), "budget", TOLD_COST, meta.get("budget", ""))
        for key, section in (("num_projects", PROJECTS), ("num_votes", VOTES)):
            have = len(self.sections[section])
            if meta.get(key) is not None and meta[key] != str(have):
                self._say(self._at(key), key, f"{have}, the rows of {section}", meta[key])
        for key in ("max_length", "min_project_score_threshold"):
            if meta.get(key) and not _is_count(meta[key]):
                self._say(self._at(key), key, TOLD_COUNT, meta[key])
        if meta.get(STEP) and not _amount(meta[STEP]):
            self._say(self._at(STEP), STEP, TOLD_COST, meta[STEP])
        vote = meta.get("vote_type", "")
        if vote not in tuple(Vote):
            self._say(self._at("vote_type"), "vote_type", " or ".join(Vote), vote)
            return None
        return Vote(vote)

    def _check_lot(self, meta: Mapping[str, str], places: Mapping[str, int]) -> None:
        drawn = parts_of(meta.get(LOT, ""))
        if drawn and sorted(drawn) != sorted(places):
            self._say(self._at(LOT), LOT, "each project once", meta[LOT])

    def _at(self, key: str) -> int:
        return self.meta_line.get(key, 1)

    def _check_projects(self) -> dict[str, int]:
        """Project id → its place."""
        places: dict[str, int] = {}
        for line, row in self.sections[PROJECTS]:
            name = row["project_id"]
            if not name or name in places:
                self._say(line, "project_id", "an id that no other project has", name)
            places[name] = len(places)
            cost, gift = _amount(row["cost"]), _amount(row.get(GIFT) or "0")
            if not cost:
                self._say(line, "cost", TOLD_COST, row["cost"])
            elif gift is None or gift > cost:
                self._say(line, GIFT, TOLD_GIFT, row[GIFT])
        return places

    def _ballots(
        self, meta: Mapping[str, str], vote: Vote, places: Mapping[str, int]
    ) -> Iterator[Ballot]:
        rows = self.sections[VOTES]
        longest = int(meta.get("max_length") or 0)
        if vote is Vote.ORDINAL and not longest:
            longest = max((len(parts_of(row["vote"])) for _, row in rows), default=0)
        voters: set[str] = set()
        for line, row in rows:
            if not row["voter_id"] or row["voter_id"] in voters:
                expected = "an id that no other voter has"
                self._say(line, "voter_id", expected, row["voter_id"])
            voters.add(row["voter_id"])
            names = parts_of(row["vote"])
            unknown = [name for name in names if name not in places]
            if unknown:
                self._say(line, "vote", "ids of projects", ",".join(unknown))
            elif len(set(names)) != len(names):
                self._say(line, "vote", "each project once", row["vote"])
            elif vote is Vote.CHOOSE_ONE and len(names) > 1:
                self._say(line, "vote", "one project", row["vote"])
            elif vote is Vote.ORDINAL and len(names) > longest:
                self._say(line, "vote", f"at most {longest} projects", row["vote"])
            else:
                yield self._points(line, row, vote, [places[name] for name in names], longest)

    def _points(
        self, line: int, row: Mapping[str, str], vote: Vote, chosen: list[int], longest: int
    ) -> Ballot:
        if vote is Vote.ORDINAL:
            # The first of three gets three, as every city in the collection counts.
            return {project: longest - place for place, project in enumerate(chosen)}
        if vote not in WITH_POINTS:
            return dict.fromkeys(chosen, 1)
        given = parts_of(row.get("points", ""))
        if len(given) != len(chosen) or not all(map(_is_count, given)):
            expected = f"{len(chosen)} whole numbers, one for each project"
            self._say(line, "points", expected, row.get("points", ""))
            return {}
        pairs = zip(chosen, map(int, given), strict=True)
        return {project: points for project, points in pairs if points}


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, with the line each begins on."""
    reader = csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=";")
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadFile([Wrong(begins, "row", "cells parted by ;", str(error))]) from None


def _is_count(text: str) -> bool:
    """A whole number that any count of them holds."""
    return text.isdecimal() and len(text) <= DIGITS_MOST


def _amount(text: str) -> Decimal | None:
    """An amount of money of at most six decimals, None where it is none."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount < 0 or amount > 10**15:
        return None
    return amount if -int(amount.as_tuple().exponent) <= DECIMALS_MOST else None
