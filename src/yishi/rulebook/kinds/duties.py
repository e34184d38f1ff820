"""Kind ``duties``: a responsibility list (职责清单), read and written."""

from __future__ import annotations

from collections.abc import Iterable
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
        key = (entry["code"], entry["grade"], entry["area"])
        if key in seen:
            raise at.under("rows").under(number).error(TWICE, " · ".join(filter(None, key)))
        seen.add(key)
        limit, may = entry.pop("limit").value, CommunityMay(entry.pop("community_may"))
        rows.append(DutyRow(**entry, limit=limit, community_may=may))
    return tuple(rows)


def bundle_of_rows(
    rows: Iterable[DutyRow], *, id: str, version: str, valid_from: date, source: str
) -> Bundle:
    """A ``duties`` bundle of rows read from elsewhere, so that they are published like any rule.

    Each limit carries ``source``. Raises RuleFileError where the rows cannot stand together.
    """
    lines = [
        'kind = "duties"',
        f"id = {toml_words(id)}",
        f"version = {toml_words(version)}",
        f"valid_from = {valid_from.isoformat()}",
        f"source = {toml_words(source)}",
    ]
    for row in rows:
        lines += ["", "[[rows]]"]
        for key in ("code", "category", "major", "minor", "title", "grade", "area", "lead"):
            lines.append(f"{key} = {toml_words(getattr(row, key))}")
        lines.append(f"co = [{', '.join(toml_words(name) for name in row.co)}]")
        limit = f'length = {row.limit.length}, kind = "{row.limit.kind.value}"'
        lines.append(f"limit = {{ {limit}, source = {toml_words(source)} }}")
        for key in ("supervising", "limit_words", "basis", "standard", "promise"):
            lines.append(f"{key} = {toml_words(getattr(row, key))}")
        lines.append(f'community_may = "{row.community_may.value}"')
    bundle = read_bundle("duties", {f"{id}.toml": ("\n".join(lines) + "\n").encode()})
    duty_rows(bundle)
    return bundle
