"""What a verification may find, as values any program can read."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Kinds of finding. Any of them means the log is not what was signed or promised."""

    CHECKPOINT_NONE = "checkpoint_none"
    CHECKPOINT_MALFORMED = "checkpoint_malformed"
    CHECKPOINT_UNSIGNED = "checkpoint_unsigned"
    SIGNATURE_WRONG = "signature_wrong"
    ORIGIN_DIFFERS = "origin_differs"
    SIZE_SHRINKS = "size_shrinks"
    ROOT_DIFFERS = "root_differs"
    ROOT_UNREACHED = "root_unreached"
    FILE_MISSING = "file_missing"
    FILE_MALFORMED = "file_malformed"
    TILE_DIFFERS = "tile_differs"
    ENTRY_DIFFERS = "entry_differs"
    LEAF_MALFORMED = "leaf_malformed"
    LEAF_FOREIGN = "leaf_foreign"
    UID_REPEATED = "uid_repeated"
    NUMBER_BROKEN = "number_broken"
    SAME_PERSON = "same_person"


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold.

    `where` is the number of an entry (from 0), the path of a file, or which checkpoint
    (`checkpoints[2]`, `outside[0]`). `detail` is an English sentence for an operator.
    """

    code: Code
    where: int | str
    detail: str


@dataclass(frozen=True)
class Report:
    """Outcome of `verify_log`.

    `size` is the tree size looked at; `entries` how many entries could be read and checked;
    `checkpoints` how many signed checkpoints held; `outside` how many kept by others held.
    With `outside` 0 a rewrite of the whole log by the holder of the key cannot be excluded.
    """

    origin: str
    size: int
    entries: int
    checkpoints: int
    outside: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
