"""A case somebody else has handled and written down: what their row says, and what it only claims.

Whether it was closed on time is their assertion. It is kept as such, beside the figures computed
from our own clocks and never among them. Source: architecture, decision 19.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from yishi.core.columns import ColumnMap, read_row
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal

THEIR_ID_MAX = 60
TITLE_MAX = 80
UNIT_MAX = 80
PLACE_MAX = 60
WORDS_MAX = 2_000
OLDEST = 2000
UNKNOWN_CHANNEL = "unknown"


@dataclass(frozen=True, slots=True)
class Imported:
    """One row, read. `item` names the kind of matter in every import; moments are UTC.

    `unit_code` is their number of the unit, `unit` and `unit_within` its name and what stood
    in brackets behind it. `on_time`: what they assert; None where they say nothing.
    """

    their_id: str
    filed_at: datetime
    settled_at: datetime | None
    street: str
    community: str
    item: str
    item_title: str
    words: str
    nature: str
    channel: str
    unit_code: str
    unit: str
    unit_within: str
    on_time: bool | None


def read_case(
    row: Mapping[str, str], columns: ColumnMap, zone: tzinfo, now: datetime
) -> Imported | Refusal:
    """A row of their table as a case of ours.

    Refused as :func:`read_row`, and `cell_not_time` (need: the format), `cell_in_future`,
    `cell_too_long`, `assertions_differ` (closed in time and overdue at once), `item_unnamed`.
    Moments are read in `zone`.
    """
    cells = read_row(row, columns)
    if isinstance(cells, Refusal):
        return cells
    filed_at = _moment(cells.get("raised_at", ""), "raised_at", columns, zone, now)
    if isinstance(filed_at, Refusal):
        return filed_at
    settled = cells.get("settled_at", "")
    settled_at = _moment(settled, "settled_at", columns, zone, now) if settled else None
    if isinstance(settled_at, Refusal):
        return settled_at
    asserted = _asserted(cells.get("on_time", ""), cells.get("overdue", ""))
    if isinstance(asserted, Refusal):
        return asserted
    kinds = [cells.get(name, "") for name in ("item_type", "item_major", "item_minor")]
    named = [kind for kind in kinds if kind]
    if not named:
        return Refusal("item_unnamed", source=columns.id)
    for name, longest in _LONGEST.items():
        if len(cells.get(name, "")) > longest:
            return Refusal(
                "cell_too_long", longest, len(cells[name]), columns.columns[name], columns.id
            )
    return Imported(
        their_id=cells.get("source_id", ""),
        filed_at=filed_at,
        settled_at=settled_at,
        street=cells.get("street", ""),
        community=cells.get("community", ""),
        item=item_code(kinds),
        item_title=named[-1],
        words=cells.get("words", "") or " · ".join(dict.fromkeys(named)),
        nature=cells.get("nature", ""),
        channel=cells.get("channel", "") or UNKNOWN_CHANNEL,
        unit_code=cells.get("unit_code", "") if cells.get("unit") else "",
        unit=cells.get("unit", ""),
        unit_within=cells.get("unit_within", ""),
        on_time=asserted,
    )


def item_code(kinds: Iterable[str]) -> str:
    """A code for a kind of matter that has only words: equal words, equal code; 13 characters."""
    return "x" + hashlib.sha256("\n".join(kinds).encode()).hexdigest()[:12]


def row_digest(row: Mapping[str, str], columns: ColumnMap) -> str:
    """SHA-256, in hex, of the cells the map reads. Another digest for the same id is a change."""
    cells = {name: (row.get(name) or "").strip() for name in sorted(columns.columns.values())}
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()


def name_units(rows: Iterable[Imported]) -> dict[str, str]:
    """Their number of a unit → its name.

    One number comes written in several ways, and one name stands for several numbers: 城管办
    exists in every sub-district. The way written most often wins; a name several numbers share
    keeps its bracket, 城管办（坑梓街道办事处）.
    """
    plain: dict[str, dict[str, int]] = defaultdict(dict)
    within: dict[str, str] = {}
    for row in rows:
        if row.unit_code:
            count = plain[row.unit_code]
            count[row.unit] = count.get(row.unit, 0) + 1
            if row.unit_within:
                within.setdefault(row.unit_code, row.unit_within)
    names = {code: max(count, key=lambda name: count[name]) for code, count in plain.items()}
    bearers: dict[str, int] = defaultdict(int)
    for name in names.values():
        bearers[name] += 1
    return {
        code: f"{name}（{within[code]}）" if bearers[name] > 1 and code in within else name
        for code, name in names.items()
    }


def kind_of_body(name: str) -> BodyKind:
    """What a unit's name says it is; a guess an administrator may correct."""
    bare = name.partition("（")[0]
    if bare.endswith(("社区", "居委会", "社区工作站")):
        return BodyKind.RESIDENTS_COMMITTEE
    if bare.endswith(("公司", "营业中心", "集团")):
        return BodyKind.COMPANY
    if bare.endswith(("街道办事处", "街道办")):
        return BodyKind.SUBDISTRICT_OFFICE
    return BodyKind.DEPARTMENT


_LONGEST = {
    "source_id": THEIR_ID_MAX,
    "street": PLACE_MAX,
    "community": PLACE_MAX,
    "item_type": TITLE_MAX,
    "item_major": TITLE_MAX,
    "item_minor": TITLE_MAX,
    "unit": UNIT_MAX // 2,
    "unit_code": UNIT_MAX // 2,
    "words": WORDS_MAX,
}


def _moment(
    cell: str, field: str, columns: ColumnMap, zone: tzinfo, now: datetime
) -> datetime | Refusal:
    column = columns.columns[field]
    try:
        if columns.time_format:
            read = datetime.strptime(cell, columns.time_format)  # noqa: DTZ007 - zone follows
        else:
            read = datetime.fromisoformat(cell)
    except ValueError:
        return Refusal("cell_not_time", columns.time_format, cell, column, columns.id)
    moment = (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    if moment.year < OLDEST:
        return Refusal("cell_not_time", columns.time_format, cell, column, columns.id)
    if moment > now:
        return Refusal("cell_in_future", now, cell, column, columns.id)
    return moment


def _asserted(on_time: str, overdue: str) -> bool | Refusal | None:
    says = {answer == wanted for answer, wanted in ((on_time, "yes"), (overdue, "no")) if answer}
    if len(says) > 1:
        return Refusal("assertions_differ", have=(on_time, overdue))
    return says.pop() if says else None
