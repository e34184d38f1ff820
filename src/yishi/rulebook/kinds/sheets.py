"""Kind ``sheets``: the sheets that are asked for from above, and what fills each column."""

from __future__ import annotations

from yishi.core.casesheet import FIELDS, CaseSheet, Column, Over
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import At
from yishi.rulebook.schema import HEADER, ListOf, Table, TextField, Words

FILE = Table(
    {
        **HEADER,
        "sheets": ListOf(
            Table(
                {
                    "code": Words(),
                    "name": TextField(),
                    "asked_by": TextField(),
                    "over": Words(choices=tuple(over.value for over in Over)),
                    "columns": ListOf(
                        Table({"head": Words(), "field": Words(choices=FIELDS)}), unique="head"
                    ),
                }
            ),
            unique="code",
        ),
    }
)


def case_sheets(bundle: Bundle) -> tuple[CaseSheet, ...]:
    """The sheets of a bundle, in the order of the file. Raises RuleFileError."""
    data = FILE.check(bundle.data, At(bundle.file))
    return tuple(
        CaseSheet(
            entry["code"],
            entry["name"],
            entry["asked_by"],
            Over(entry["over"]),
            tuple(Column(**column) for column in entry["columns"]),
        )
        for entry in data["sheets"]
    )
