"""Kind ``calendar``: one year's holidays and make-up workdays, as a TOML file or as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from yishi.core.calendar import Year
from yishi.rulebook.load import Bundle, read_bundle
from yishi.rulebook.problem import (
    NOT_DATE,
    NOT_LIST,
    NOT_NUMBER,
    NOT_TABLE,
    NOT_TOML,
    NOT_WORDS,
    NOT_YES_NO,
    TWICE,
    WRONG_ORDER,
    WRONG_YEAR,
    At,
    RuleFileError,
)
from yishi.rulebook.schema import HEADER, Day, Field, ListOf, Table, Words
from yishi.rulebook.write import toml_words

JSON_KEYS = ("year", "papers", "days")
FILE = Table(
    {
        **HEADER,
        "off": ListOf(
            Table({"from": Day(), "to": Day(optional=True), "name": Words()}), may_be_empty=True
        ),
        "work": ListOf(Table({"day": Day(), "name": Words()}), may_be_empty=True),
    }
)


def year_of(bundle: Bundle) -> Year:
    """The year of a ``calendar`` bundle; its id is the year. Raises RuleFileError."""
    at = At(bundle.file)
    data = FILE.check(bundle.data, at)
    if not bundle.id.isdigit():
        raise at.under("id").error(NOT_NUMBER, bundle.id)
    year = int(bundle.id)
    off: dict[date, str] = {}
    for number, entry in enumerate(data["off"], 1):
        here = at.under("off").under(number)
        last = entry["to"] or entry["from"]
        if last < entry["from"]:
            raise here.under("to").error(WRONG_ORDER, str(last))
        for offset in range((last - entry["from"]).days + 1):
            _put(off, entry["from"] + timedelta(days=offset), entry["name"], year, here)
    work: dict[date, str] = {}
    for number, entry in enumerate(data["work"], 1):
        here = at.under("work").under(number)
        if entry["day"] in off:
            raise here.error(TWICE, str(entry["day"]))
        _put(work, entry["day"], entry["name"], year, here)
    return Year(year, bundle.version, bundle.source, off, work)


def bundle_of_year_json(content: bytes, file: str = "year.json", version: str = "") -> Bundle:
    """A ``calendar`` bundle from a year in the holiday-cn JSON format.

    ``{"year", "papers": [url…], "days": [{"name", "date", "isOffDay"}…]}``. ``version`` is
    by default made from the content's digest, so loading a file twice is loading it once. A
    year without days gives a bundle whose Year says it is not loaded. Raises RuleFileError.
    """
    year, papers, days = _read_json(content, file)
    version = version or "json-" + hashlib.sha256(content).hexdigest()[:12]
    # The day the notice took effect is not in the format; the year's calendar is used for
    # due dates counted from the year before, when notices appear.
    lines = [
        'kind = "calendar"',
        f'id = "{year}"',
        f"version = {toml_words(version)}",
        f"valid_from = {year - 1}-10-01",
        f"source = {toml_words(' '.join(papers) or file)}",
    ]
    for key, off in (("off", True), ("work", False)):
        day_key = "from" if off else "day"
        rows = [
            f"  {{ {day_key} = {day.isoformat()}, name = {toml_words(name)} }},"
            for day, (name, is_off) in sorted(days.items())
            if is_off is off
        ]
        lines += [f"{key} = [", *rows, "]"]
    return read_bundle("calendar", {f"{year}.toml": ("\n".join(lines) + "\n").encode()})


def _put(days: dict[date, str], day: date, name: str, year: int, at: At) -> None:
    if day.year != year and not (day.year == year - 1 and day.month == 12):
        raise at.error(WRONG_YEAR, str(day), (str(year),))
    if day in days:
        raise at.error(TWICE, str(day))
    days[day] = name


def _read_json(content: bytes, file: str) -> tuple[int, list[str], dict[date, tuple[str, bool]]]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as broken:
        raise RuleFileError(file, "", NOT_TOML, ("JSON",), str(broken)) from broken
    at = At(file)
    if not isinstance(data, Mapping):
        raise at.error(NOT_TABLE, type(data).__name__)
    fields: dict[str, Field] = {"$schema": Words(optional=True), "$id": Words(optional=True)}
    checked = Table({**fields, **dict.fromkeys(JSON_KEYS, Field())})
    for key in data:
        if key not in checked.fields:
            checked.check(data, at)
    year = data.get("year")
    if isinstance(year, bool) or not isinstance(year, int) or not 2000 <= year <= 2200:
        raise at.under("year").error(NOT_NUMBER, year, ("2000…2200",))
    papers, entries = data.get("papers", []), data.get("days")
    if not isinstance(papers, list) or not all(isinstance(paper, str) for paper in papers):
        raise at.under("papers").error(NOT_LIST, papers)
    if not isinstance(entries, list):
        raise at.under("days").error(NOT_LIST, entries)
    days: dict[date, tuple[str, bool]] = {}
    for number, entry in enumerate(entries, 1):
        day, name, is_off = _json_day(entry, at.under("days").under(number))
        if day in days:
            raise at.under("days").under(number).error(TWICE, str(day))
        days[day] = (name, is_off)
    return year, papers, days


def _json_day(entry: Any, at: At) -> tuple[date, str, bool]:
    if not isinstance(entry, Mapping):
        raise at.error(NOT_TABLE, entry)
    name, written, is_off = entry.get("name"), entry.get("date"), entry.get("isOffDay")
    if not isinstance(name, str) or not name:
        raise at.under("name").error(NOT_WORDS, name)
    if not isinstance(is_off, bool):
        raise at.under("isOffDay").error(NOT_YES_NO, is_off)
    try:
        return date.fromisoformat(str(written)), name, is_off
    except ValueError as broken:
        raise at.under("date").error(NOT_DATE, written) from broken
