"""Kind ``mapping``: how to read somebody else's table of cases or of duties."""

from __future__ import annotations

from yishi.core.calendar import SpanKind
from yishi.core.columns import ColumnMap, UnknownUnits
from yishi.core.duty import CommunityMay
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import NOT_ALLOWED, At
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
    )
