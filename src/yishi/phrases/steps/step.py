"""How one kind of step is shown: its mark, and who reads what was written on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yishi.phrases.clock import say_by

Params = Mapping[str, Any]
OFFICES: frozenset[str] = frozenset()
RESIDENT = frozenset({"resident"})
EVERYONE = frozenset({"resident", "public"})


@dataclass(frozen=True, slots=True)
class Step:
    """`words`: the parameter that holds what was written on it, `readers` who reads that besides
    staff. `inside`: a step of the offices among themselves, told to staff only. `about`: the
    parameter that holds the ground, for staff.
    """

    mark: str
    kind: str = ""
    words: str = ""
    readers: frozenset[str] = OFFICES
    inside: bool = False
    about: str = ""


def by(params: Params, now: datetime, words: str, name: str = "due") -> str:
    """`words` with the moment filled in, where the step set a date."""
    moment = params.get(name)
    if not moment:
        return ""
    return words % {"by": say_by(datetime.fromisoformat(moment), now)}


def units(names: object) -> str:
    """Names of bodies in a row: 区水务公司、区城管局."""
    return "、".join(str(name) for name in names) if isinstance(names, list | tuple) else ""
