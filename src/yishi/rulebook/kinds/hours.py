"""Kind ``hours``: the working windows of an office's day."""

from __future__ import annotations

from functools import cache

from yishi.core.calendar import WorkHours
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import WRONG_ORDER, At
from yishi.rulebook.schema import HEADER, Clock, ListOf, Table
from yishi.rulebook.shipped import shipped_bundle

FILE = Table({**HEADER, "windows": ListOf(Table({"from": Clock(), "to": Clock()}))})


def work_hours(bundle: Bundle) -> WorkHours:
    """The working hours of a bundle. Raises RuleFileError."""
    at = At(bundle.file)
    windows = FILE.check(bundle.data, at)["windows"]
    last = None
    for number, window in enumerate(windows, 1):
        here = at.under("windows").under(number)
        if window["from"] >= window["to"]:
            raise here.under("to").error(WRONG_ORDER, str(window["to"]))
        if last is not None and window["from"] < last:
            raise here.under("from").error(WRONG_ORDER, str(window["from"]))
        last = window["to"]
    return WorkHours(tuple((window["from"], window["to"]) for window in windows))


@cache
def office_hours() -> WorkHours:
    """The shipped office hours, which hold where nobody has adopted others."""
    return work_hours(shipped_bundle("hours", "standard"))
