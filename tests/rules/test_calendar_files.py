"""Our calendars against the shared work-day files, and the JSON they come in."""

import json
from datetime import date

import pytest

from tests.needs import shared_data
from tests.rules.files import HEAD, bundle
from yishi.rulebook.kinds.calendar import bundle_of_year_json, year_of
from yishi.rulebook.problem import RuleFileError
from yishi.rulebook.shipped import shipped_bundle


@pytest.mark.parametrize("year", range(2018, 2027))
def test_the_shared_years_load(year: int) -> None:
    content = shared_data("cn_workdays", f"{year}.json").read_bytes()
    loaded = year_of(bundle_of_year_json(content, f"{year}.json"))
    assert (loaded.year, loaded.is_loaded) == (year, True)
    entries = json.loads(content)["days"]
    assert {day.isoformat(): name for day, name in (loaded.off | loaded.work).items()} == {
        entry["date"]: entry["name"] for entry in entries
    }
    assert {day.isoformat() for day in loaded.off} == {
        entry["date"] for entry in entries if entry["isOffDay"]
    }


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_shipped_years_equal_the_shared_ones(year: int) -> None:
    ours = year_of(shipped_bundle("calendar", str(year)))
    theirs = year_of(bundle_of_year_json(shared_data("cn_workdays", f"{year}.json").read_bytes()))
    assert (ours.off, ours.work) == (theirs.off, theirs.work)


def test_a_year_not_yet_announced_counts_as_not_loaded() -> None:
    assert not year_of(
        bundle_of_year_json(shared_data("cn_workdays", "2027.json").read_bytes())
    ).is_loaded


def test_json_becomes_a_bundle_and_the_same_file_the_same_version() -> None:
    content = json.dumps(
        {
            "year": 2030,
            "papers": ["https://www.gov.cn/x"],
            "days": [
                {"name": "元旦", "date": "2030-01-01", "isOffDay": True},
                {"name": "元旦", "date": "2029-12-29", "isOffDay": False},
            ],
        }
    ).encode()
    made = bundle_of_year_json(content)
    assert (made.kind, made.id, made.source) == ("calendar", "2030", "https://www.gov.cn/x")
    assert made == bundle_of_year_json(content, "another name.json")
    loaded = year_of(made)
    assert loaded.off == {date(2030, 1, 1): "元旦"}
    assert loaded.work == {date(2029, 12, 29): "元旦"}


DAY = {"name": "元旦", "date": "2030-01-01", "isOffDay": True}


@pytest.mark.parametrize(
    ("data", "key", "problem"),
    [
        ([], "", "must be a table of keys and values"),
        ({"days": []}, "year", "must be a whole number"),
        ({"year": "2030", "days": []}, "year", "must be a whole number"),
        ({"year": 2030}, "days", "must be a list"),
        ({"year": 2030, "papers": [1], "days": []}, "papers", "must be a list"),
        ({"year": 2030, "days": [], "holidays": []}, "holidays", "is not a key of this rule file"),
        ({"year": 2030, "days": [3]}, "days.1", "must be a table"),
        ({"year": 2030, "days": [DAY | {"name": ""}]}, "days.1.name", "must be words"),
        ({"year": 2030, "days": [DAY | {"date": "2030-02-30"}]}, "days.1.date", "must be a date"),
        ({"year": 2030, "days": [DAY | {"isOffDay": 1}]}, "days.1.isOffDay", "must be true or"),
        ({"year": 2030, "days": [DAY, DAY]}, "days.2", "is there twice"),
        ({"year": 2030, "days": [DAY | {"date": "2031-01-01"}]}, "off.1", "is a day of another"),
    ],
)
def test_json_that_is_wrong(data: object, key: str, problem: str) -> None:
    with pytest.raises(RuleFileError) as refused:
        year_of(bundle_of_year_json(json.dumps(data).encode()))
    assert refused.value.key == key
    assert refused.value.problem.startswith(problem)


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(RuleFileError, match=r"year\.json: the file is not a readable"):
        bundle_of_year_json(b"<html>")


@pytest.mark.parametrize(
    ("body", "key", "problem"),
    [
        ("off = []\n", "work", "is missing"),
        (
            'off = [{ from = 2026-01-03, to = 2026-01-01, name = "元旦" }]\nwork = []\n',
            "off.1.to",
            "must come after",
        ),
        (
            'off = [{ from = 2026-01-03, name = "元旦" }]\n'
            'work = [{ day = 2026-01-03, name = "元旦" }]\n',
            "work.1",
            "is there twice",
        ),
        ('off = [{ from = 2025-11-30, name = "元旦" }]\nwork = []\n', "off.1", "is a day of"),
    ],
)
def test_a_calendar_file_that_is_wrong(body: str, key: str, problem: str) -> None:
    with pytest.raises(RuleFileError) as refused:
        year_of(bundle("calendar", body, head=HEAD.replace('id = "t"', 'id = "2026"')))
    assert refused.value.key == key
    assert refused.value.problem.startswith(problem)
