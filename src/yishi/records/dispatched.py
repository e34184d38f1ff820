"""What was dispatched, as suggestions learn it: words without what identifies, item, place, units.

`records/suggest.py` keeps what is learned of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from yishi.assist.routing import Case as Learned
from yishi.assist.routing import Heard, Where
from yishi.records.alike import redaction_at, without_names
from yishi.records.models import Assignment, Report

COLUMNS = (
    "id",
    "uid",
    "is_lead",
    "ended_at",
    "unit__uid",
    "case_id",
    "case__number",
    "case__item",
    "case__channel",
    "case__place_id",
    "case__place__parent_id",
    "case__duty__grade",
    "case__duty__major",
)
SAID = ("number", "words", "name", "phone", "person__name", "person__phone")


@dataclass(frozen=True)
class Dispatch:
    """A case, where it belongs, and the uids of the units that got it."""

    case: Learned
    where: Where
    lead: str
    co: tuple[str, ...]


def marks_of(place: int, area: int | None, channel: str) -> tuple[str, ...]:
    """Where a matter is and how it came in, as an index hears it."""
    return (f"place:{place}", f"area:{area}", f"channel:{channel}")


def where_of(
    item: str, grade: str | None, major: str | None, place: int, area: int | None
) -> Where:
    """Where units are learned by."""
    return Where(item, grade or "", major or "", str(place), str(area))


def rows_after(after: int, most: int) -> list[dict[str, Any]]:
    """Works given since the work `after`, oldest first. One statement, by primary key."""
    found = Assignment.objects.filter(id__gt=after).order_by("id")
    return list(found.values(*COLUMNS)[:most])


def dispatches(rows: Sequence[dict[str, Any]], day: date) -> Iterator[Dispatch]:
    """The cases of these works, each once. One statement; a work taken from a unit again teaches
    nothing, and neither does a case whose lead is not among them."""
    if not rows:
        return
    numbers = sorted({row["case__number"] for row in rows})
    said = {row["number"]: row for row in Report.objects.filter(number__in=numbers).values(*SAID)}
    ordered = sorted(rows, key=lambda row: (row["case_id"], row["id"]))
    for case_id, group in groupby(ordered, key=lambda row: row["case_id"]):
        works = [row for row in group if row["ended_at"] is None]
        lead = next((row for row in works if row["is_lead"]), None)
        if lead is None or not lead["case__item"]:
            continue
        place, area = lead["case__place_id"], lead["case__place__parent_id"]
        heard = Heard(
            _words(said.get(lead["case__number"]), place, day),
            marks_of(place, area, lead["case__channel"]),
        )
        yield Dispatch(
            Learned(case_id, lead["case__item"], heard),
            where_of(
                lead["case__item"],
                lead["case__duty__grade"],
                lead["case__duty__major"],
                place,
                area,
            ),
            lead["unit__uid"],
            tuple(row["unit__uid"] for row in works if not row["is_lead"]),
        )


def _words(said: dict[str, Any] | None, place: int, day: date) -> str:
    """Nothing where nobody has adopted rules for what is hidden."""
    rules = redaction_at(place, day)
    if said is None or rules is None:
        return ""
    known = [said[name] or "" for name in SAID[2:]]
    return without_names(said["words"], rules, known)
