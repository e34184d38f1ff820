"""Changes to a method that is being written: each answers the changed data, or None where the
part it is to change is not there. Nothing is judged here; `rulebook.draft` says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from yishi.rulebook.draft import Data, renamed, text

Edit = Callable[[Data], "Data | None"]
LISTS = ("sizes", "catalogue", "rhythm")


def procedure_in(data: Data, procedure: str) -> Data | None:
    """The procedure of that id."""
    found = (one for one in data.get("procedures", ()) if one.get("id") == procedure)
    return next(found, None)


def stage_in(data: Data, procedure: str, stage: str) -> Data | None:
    """The stage of that id."""
    held = procedure_in(data, procedure) or {}
    return next((one for one in held.get("stages", ()) if one.get("id") == stage), None)


def about(name: str, words: str, rules: Sequence[str]) -> Edit:
    """What the method is called, what it is about, and its working rules."""

    def edit(data: Data) -> Data | None:
        return {
            **renamed(data, name),
            "about": text(words, data.get("about")),
            "rules": texts(rules, data.get("rules", ())),
        }

    return edit


def texts(lines: Iterable[str], before: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """One text for each line that says something; the English of unchanged lines stays."""
    known = {one.get("zh"): one for one in before}
    return [text(line, known.get(line.strip())) for line in lines if line.strip()]


def put_stage(procedure: str, stage: str, said: Data) -> Edit:
    """What a stage says from now on; its id and kind stay."""

    def edit(held: Data) -> bool:
        for at, one in enumerate(held["stages"]):
            if one["id"] == stage:
                held["stages"][at] = {"id": stage, "kind": one["kind"], **said}
                return True
        return False

    return in_procedure(procedure, edit)


def add_stage(procedure: str, after: str, kind: str, name: str) -> Edit:
    """A stage of a kind after another, on the way that one passed on to; what else it needs is
    left open."""

    def edit(held: Data) -> bool:
        stages = held["stages"]
        at = _place(stages, after)
        if at is None:
            return False
        before = stages[at]
        taken = {one["id"] for one in (*stages, *held.get("ends", ()))}
        made = {"id": fresh(kind, taken), "kind": kind, "name": text(name)}
        made["lead"] = before.get("lead", "")
        if before.get("kind") != "publish" and before.get("pass"):
            made["pass"] = before["pass"]
            before["pass"] = made["id"]
        stages.insert(at + 1, made)
        return True

    return in_procedure(procedure, edit)


def drop_stage(procedure: str, stage: str) -> Edit:
    """Without that stage; what led to it still says so, and is found wrong. The last one stays."""

    def edit(held: Data) -> bool:
        at = _place(held["stages"], stage)
        if at is None or len(held["stages"]) == 1:
            return False
        held["stages"].pop(at)
        return True

    return in_procedure(procedure, edit)


def move_stage(procedure: str, stage: str, by: int) -> Edit:
    """That many places further down (or up, below 0) in the list; the first is where it begins."""

    def edit(held: Data) -> bool:
        at = _place(held["stages"], stage)
        if at is None or not 0 <= at + by < len(held["stages"]):
            return False
        held["stages"].insert(at + by, held["stages"].pop(at))
        return True

    return in_procedure(procedure, edit)


def put_ends(procedure: str, name: str, ends: Sequence[Data], settles: str = "") -> Edit:
    """What a procedure is called, how it may end, and which text it settles, "" for none. An end
    without an id gets one."""

    def edit(held: Data) -> bool:
        held["name"] = text(name, held.get("name"))
        held.pop("text", None)
        if settles:
            held["text"] = settles
        before = {one["id"]: one for one in held.get("ends", ())}
        taken = {one["id"] for one in (*held["stages"], *before.values())}
        held["ends"] = []
        for one in ends:
            id = one.get("id") or fresh("end", taken)
            taken.add(id)
            said = text(one["name"], before.get(id, {}).get("name"))
            held["ends"].append({"id": id, "name": said, "carried_out": one["carried_out"]})
        return True

    return in_procedure(procedure, edit)


def drop_procedure(procedure: str) -> Edit:
    """Without that procedure; a size that took it still says so, and is found wrong. The last one
    stays."""

    def edit(data: Data) -> Data | None:
        left = [one for one in data["procedures"] if one["id"] != procedure]
        gone = len(left) < len(data["procedures"])
        return {**data, "procedures": left} if gone and left else None

    return edit


def put_list(key: str, rows: Sequence[Data], words: Sequence[str]) -> Edit:
    """The entries of `sizes`, `catalogue` or `rhythm`; one without a code gets one. `words` are
    the keys that hold texts."""
    assert key in LISTS, key

    def edit(data: Data) -> Data | None:
        before = {one["code"]: one for one in data.get(key, ())}
        taken, made = set(before), []
        for row in rows:
            code = row.get("code") or fresh(key, taken)
            taken.add(code)
            said = {one: text(row[one], before.get(code, {}).get(one)) for one in words}
            made.append({**row, "code": code, **said})
        return {**data, key: made}

    return edit


def in_procedure(procedure: str, edit: Callable[[Data], bool]) -> Edit:
    """A change of that procedure alone, which says whether it found what it was to change."""

    def whole(data: Data) -> Data | None:
        changed = deepcopy(data)
        held = procedure_in(changed, procedure)
        return changed if held is not None and edit(held) else None

    return whole


def _place(stages: Sequence[Mapping[str, Any]], id: str) -> int | None:
    return next((at for at, one in enumerate(stages) if one["id"] == id), None)


def fresh(stem: str, taken: Iterable[str]) -> str:
    """An id nothing else there has."""
    known, number = set(taken), 2
    if stem not in known:
        return stem
    while f"{stem}_{number}" in known:
        number += 1
    return f"{stem}_{number}"
