"""What a verification may find, and what it says besides."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wrong:
    """One thing that does not hold: a code of `phrases.verify`, and what names it."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Looked:
    """What was looked at, filled while the verification goes on.

    `outside`: checkpoints kept by others that hold. `pending`: entries of the database that no
    signed checkpoint counts yet. `erased`: digests whose salt is gone, with the data.
    """

    size: int = 0
    checkpoints: int = 0
    outside: int = 0
    entries: int = 0
    pending: int = 0
    erased: int = 0
    rows: int = 0
    cases: int = 0
    files: int = 0
