"""Kind ``duties``: a responsibility list (职责清单), read and written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yishi.core.duty import CommunityMay, DutyRow
from yishi.rulebook.load import Bundle, read_bundle
from yishi.rulebook.problem import TWICE, At
from yishi.rulebook.schema import HEADER, Field, ListOf, SpanField, Table, Words
from yishi.rulebook.write import toml_words


def _optional() -> Field:
    return Words(may_be_empty=True, optional=True, default="")


FILE = Table(
    {
        **HEADER,
        "rows": ListOf(
            Table(
                {
                    "code": Words(),
                    "category": _optional(),
                    "major": _optional(),
                    "minor": _optional(),
                    "title": Words(),
                    "grade": _optional(),
                    "area": _optional(),
                    "lead": Words(),
                    "co": ListOf(Words(), may_be_empty=True, optional=True, default=()),
                    "supervising": _optional(),
                    "limit": SpanField(),
                    "limit_words": _optional(),
                    "basis": _optional(),
                    "standard": _optional(),
                    "promise": _optional(),
                    "community_may": Words(
                        choices=tuple(choice.value for choice in CommunityMay),
                        optional=True,
                        default="none",
                    ),
                }
            )
        ),
    }
)


def duty_rows(bundle: Bundle) -> tuple[DutyRow, ...]:
    """The rows of a bundle. Raises RuleFileError, also for two rows that answer alike."""
    at = At(bundle.file)
    rows = []
    seen = set()
    for number, entry in enumerate(FILE.check(bundle.data, at)["rows"], 1):
        limit, may = entry.pop("limit").value, CommunityMay(entry.pop("community_may"))
        row = DutyRow(**entry, limit=limit, community_may=may)
        if row_key(row) in seen:
            twice = " · ".join(filter(None, row_key(row)))
            raise at.under("rows").under(number).error(TWICE, twice)
        seen.add(row_key(row))
        rows.append(row)
    return tuple(rows)


def row_key(row: DutyRow) -> tuple[str, str, str]:
    """What no two rows of a list share: item, grade and area."""
    return row.code, row.grade, row.area


@dataclass(frozen=True)
class Amended:
    """A row to put where ``key`` stands in the list, or beside its item's rows where none does."""

    key: tuple[str, str, str]
    row: DutyRow


def amended_bundle(
    before: Bundle, change: Amended, *, version: str, valid_from: date, source: str
) -> Bundle:
    """The next version of a list: every row as it was, each limit with its source, and one change.

    A row of its own goes after the last row of its item, so that no other row seems to change.
    """
    rows = list(duty_rows(before))
    limits = [entry["limit"]["source"] for entry in before.data["rows"]]
    keys = [row_key(row) for row in rows]
    if change.key in keys:
        rows[keys.index(change.key)] = change.row
    else:
        after = max(at for at, row in enumerate(rows) if row.code == change.row.code)
        rows.insert(after + 1, change.row)
        limits.insert(after + 1, limits[after])
    return bundle_of_rows(
        rows,
        id=before.id,
        version=version,
        valid_from=valid_from,
        source=source,
        limit_sources=limits,
    )


def next_version(version: str, taken: Collection[str]) -> str:
    """1 → 2, 2026-03-01 → 2026-03-01.1 → 2026-03-01.2; past those that are taken."""
    whole = re.fullmatch(r"(.*\.)?(\d+)", version)
    head, number = (whole[1] or "", int(whole[2])) if whole else (f"{version}.", 0)
    while f"{head}{number + 1}" in taken:
        number += 1
    return f"{head}{number + 1}"


def bundle_of_rows(
    rows: Iterable[DutyRow],
    *,
    id: str,
    version: str,
    valid_from: date,
    source: str,
    limit_sources: Sequence[str] = (),
) -> Bundle:
    """A ``duties`` bundle of rows read from elsewhere, so that they are published like any rule.

    Each limit carries ``source``, or its own of ``limit_sources``. Raises RuleFileError where
    the rows cannot stand together.
    """
    lines = [
        'kind = "duties"',
        f"id = {toml_words(id)}",
        f"version = {toml_words(version)}",
        f"valid_from = {valid_from.isoformat()}",
        f"source = {toml_words(source)}",
    ]
    for number, row in enumerate(rows):
        from_where = limit_sources[number] if limit_sources else source
        lines += ["", "[[rows]]"]
        for key in ("code", "category", "major", "minor", "title", "grade", "area", "lead"):
            lines.append(f"{key} = {toml_words(getattr(row, key))}")
        lines.append(f"co = [{', '.join(toml_words(name) for name in row.co)}]")
        limit = f'length = {row.limit.length}, kind = "{row.limit.kind.value}"'
        lines.append(f"limit = {{ {limit}, source = {toml_words(from_where)} }}")
        for key in ("supervising", "limit_words", "basis", "standard", "promise"):
            lines.append(f"{key} = {toml_words(getattr(row, key))}")
        lines.append(f'community_may = "{row.community_may.value}"')
    bundle = read_bundle("duties", {f"{id}.toml": ("\n".join(lines) + "\n").encode()})
    duty_rows(bundle)
    return bundle
