"""A change to the terms of a round in a method that is being written; nothing is judged here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yishi.rulebook.draft import Data, text
from yishi.rulebook.draft_edit import Edit, fresh, in_procedure

LISTS = ("kinds", "positive", "negative", "funds")


def round_in(held: Mapping[str, Any]) -> Data | None:
    """The terms of a procedure that is a round; None for any other."""
    terms = held.get("round")
    return terms if isinstance(terms, dict) else None


def put_round(procedure: str, lists: Mapping[str, Sequence[Data]], numbers: Data) -> Edit:
    """What the terms say from now on; an entry without a code gets one. None where the procedure
    is no round."""

    def edit(held: Data) -> bool:
        before = round_in(held)
        if before is None:
            return False
        entries = {key: _entries(key, lists.get(key, ()), before.get(key, ())) for key in LISTS}
        held["round"] = {**entries, **numbers}
        return True

    return in_procedure(procedure, edit)


def _entries(key: str, rows: Sequence[Data], before: Sequence[Mapping[str, Any]]) -> list[Data]:
    known = {one["code"]: one for one in before}
    taken, made = set(known), []
    for row in rows:
        code = row.get("code") or fresh(key, taken)
        taken.add(code)
        name = text(row["name"], known.get(code, {}).get("name"))
        made.append({**row, "code": code, "name": name})
    return made
