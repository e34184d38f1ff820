"""Kind ``mapping``: how to read somebody else's table of cases, of duties or of orders, and how to
write the answers to their orders."""

from __future__ import annotations

from typing import Any

from yishi.core.calendar import SpanKind
from yishi.core.columns import ColumnMap, UnknownUnits
from yishi.core.duty import CommunityMay
from yishi.core.outside import ORDER_FIELDS, REQUIRED
from yishi.core.outside_answer import ANSWER_FIELDS
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import MISSING, NOT_ALLOWED, At
from yishi.rulebook.schema import HEADER, ListOf, MapOf, Table, Words

FIELDS = {
    "cases": (
        "source_id", "raised_at", "street", "community", "place", "item_type", "item_major",
        "item_minor", "nature", "channel", "unit", "unit_code", "on_time", "overdue", "words",
        "settled_at",
    ),
    "duties": (
        "category", "major_code", "major", "minor_code", "minor", "title", "bodies",
        "supervising", "grade", "standard", "limit_words", "limit_length", "limit_unit", "area",
        "basis", "promise",
    ),
    "orders": ORDER_FIELDS,
}  # fmt: skip
KINDS_OF_SPAN = tuple(kind.value for kind in SpanKind)
FILE = Table(
    {
        **HEADER,
        "reads": Words(choices=tuple(FIELDS)),
        "unknown": ListOf(Words(), optional=True, default=()),
        "unknown_units": Words(choices=tuple(choice.value for choice in UnknownUnits)),
        "strip_brackets": ListOf(Words(), optional=True, default=()),
        "required": ListOf(Words()),
        "time_format": Words(optional=True, default=""),
        "community_may": Words(
            choices=tuple(choice.value for choice in CommunityMay), optional=True, default="none"
        ),
        "columns": MapOf(Words()),
        "values": MapOf(MapOf(Words(may_be_empty=True)), optional=True, default={}),
        "limits": Table(
            {"source": Words(), "units": MapOf(Words(choices=KINDS_OF_SPAN))}, optional=True
        ),
        "answers": MapOf(Words(), optional=True, default={}),
        "answer_values": MapOf(MapOf(Words()), optional=True, default={}),
    }
)


def column_map(bundle: Bundle) -> ColumnMap:
    """The column map of a bundle. Raises RuleFileError, also for a field it does not map."""
    at = At(bundle.file)
    data = FILE.check(bundle.data, at)
    known = FIELDS[data["reads"]]
    for field in data["columns"]:
        Words(choices=known).check(field, at.under("columns").under(field))
    mapped = Words(choices=tuple(data["columns"]))
    for key in ("values", "required", "strip_brackets"):
        for field in data[key]:
            mapped.check(field, at.under(key).under(field))
    limits = data["limits"] or {"source": "", "units": {}}
    if data["reads"] == "duties" and not limits["units"]:
        raise at.under("limits").error(NOT_ALLOWED, allowed=KINDS_OF_SPAN)
    if data["reads"] == "orders":
        _must_answer(data, at)
    return ColumnMap(
        id=bundle.id,
        version=bundle.version,
        sha256=bundle.sha256,
        reads=data["reads"],
        columns=data["columns"],
        values=data["values"],
        required=data["required"],
        unknown=data["unknown"],
        unknown_units=UnknownUnits(data["unknown_units"]),
        strip_brackets=data["strip_brackets"],
        time_format=data["time_format"],
        limits={unit: SpanKind(kind) for unit, kind in limits["units"].items()},
        limits_source=limits["source"],
        community_may=CommunityMay(data["community_may"]),
        answers=data["answers"],
        answer_values=data["answer_values"],
    )


def _must_answer(data: dict[str, Any], at: At) -> None:
    """A map of orders reads all an order must hold, and says what goes back for it."""
    for field in REQUIRED:
        if field not in data["columns"]:
            raise at.under("columns").under(field).error(MISSING)
    answered = Words(choices=ANSWER_FIELDS)
    for field in (*data["answers"], *data["answer_values"]):
        answered.check(field, at.under("answers").under(field))
    if "number" not in data["answers"]:
        raise at.under("answers").under("number").error(MISSING)
