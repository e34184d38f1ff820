"""Lays out the demo's district through the acts: rules, places, people, posts, the list."""

import csv
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yishi.acts import appointment, duty, person, place, rule
from yishi.acts.door import Ask, Done
from yishi.core.refusal import Refusal
from yishi.records.models import CalendarYear, Person, Place
from yishi.rulebook.kinds import parse
from yishi.rulebook.load import load_bundle
from yishi.rulebook.shipped import ADOPTED, shipped

HERE = Path(__file__).parent
DISTRICT = "QH"
# Whoever was elected holds the seat for a term of five years, of which the demo shows the second.
ELECTED = ("召集人", "代表", "委员")
TERM_YEARS = 4
SHEETS = {"places": "区划", "groupings": "分组", "buildings": "楼栋", "bodies": "单位"}
Asking = Callable[[datetime], Ask]


class DemoBroken(Exception):
    """The demo asks for something the house refuses: its own files and the rules disagree."""


def must(answer: Done | Refusal, what: str) -> Done:
    """The act as done. Raises DemoBroken with the refusal: a seed never goes on half told."""
    if isinstance(answer, Refusal):
        raise DemoBroken(f"{what}: {answer}")
    return answer


def lay_out(asking: Asking, began: datetime, began_on: date) -> None:
    """Everything a case needs, from the day the demo's history begins.

    Work-day calendars already loaded are left alone. Raises DemoBroken.
    """
    _load_calendars(asking, began)
    ask = asking(began)
    must(place.load(ask, None, {SHEETS[name]: sheet(name) for name in SHEETS}), "places")
    district = Place.objects.get(code=DISTRICT)
    _adopt(asking, began, began_on, district)
    must(duty.load(asking(began), district, load_bundle(HERE / "duties" / "demo.toml")), "duties")
    _people(asking, began, began_on)


def sheet(name: str) -> list[dict[str, Any]]:
    """The rows of `district/<name>.csv`, by their Chinese headings."""
    with (HERE / "district" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [dict(row) for row in csv.DictReader(lines)]


def handlers() -> Mapping[str, str]:
    """Body code → sign-in name of whoever handles matters for it."""
    logins = {row["手机"]: row["登录名"] for row in sheet("people")}
    return {
        row["单位编码"]: logins[row["手机"]]
        for row in reversed(sheet("appointments"))
        if row["角色"] == "承办人"
    }


def _load_calendars(asking: Asking, began: datetime) -> None:
    kept = set(CalendarYear.objects.values_list("year", flat=True))
    for bundle in shipped():
        if bundle.kind == "calendar" and (year := parse(bundle)).off and year.year not in kept:
            must(rule.load_calendar(asking(began), year, bundle.sha256), bundle.file)


def _adopt(asking: Asking, began: datetime, began_on: date, district: Place) -> None:
    for bundle in shipped():
        if bundle.kind != "calendar":
            must(rule.load_bundle(asking(began), bundle), bundle.file)
        if bundle.kind in ADOPTED:
            must(rule.adopt(asking(began), district, bundle, began_on), bundle.file)


def _people(asking: Asking, began: datetime, began_on: date) -> None:
    people, posts = sheet("people"), sheet("appointments")
    staff = {row["手机"] for row in posts}
    rows = [row if row["手机"] in staff else {**row, "登录名": ""} for row in people]
    must(person.load(asking(began), None, {"人员": rows}), "people")
    over = date(began_on.year + TERM_YEARS, 7, 1)
    dated = [
        {**row, "起始日": began_on, "截止日": over if row["角色"] in ELECTED else ""}
        for row in posts
    ]
    must(appointment.load(asking(began), None, {"任职": dated}), "appointments")
    for row in people:
        if row["手机"] not in staff:
            # A resident has no sign-in name; the demo's page of roles finds its guests by one.
            found = Person.objects.with_phone(f"+86{row['手机']}")
            assert found is not None
            Person.objects.filter(pk=found.pk).update(login=row["登录名"])
