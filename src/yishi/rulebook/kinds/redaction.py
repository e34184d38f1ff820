"""Kind ``redaction``: what is hidden before words are made public."""

from __future__ import annotations

from yishi.core.redaction import Pattern, Redaction
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import At
from yishi.rulebook.schema import HEADER, ListOf, PatternField, Table, TextField, Words

FILE = Table(
    {
        **HEADER,
        "name_mask": Words(),
        "patterns": ListOf(
            Table(
                {"code": Words(), "name": TextField(), "pattern": PatternField(), "mask": Words()}
            )
        ),
    }
)


def redaction_of(bundle: Bundle) -> Redaction:
    """The compiled patterns of a bundle, in the order of the file. Raises RuleFileError."""
    data = FILE.check(bundle.data, At(bundle.file))
    patterns = data["patterns"]
    return Redaction(
        tuple(Pattern(entry["code"], entry["pattern"], entry["mask"]) for entry in patterns),
        data["name_mask"],
    )
