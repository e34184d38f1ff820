"""What happens in the demo, as written in `cases/*.toml`: one story for each case."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cases"
FILES = (
    "archived",
    "recent",
    "open",
    "topics",
    "refused",
    "on_spot",
    "again",
    "turns",
    "many",
    "lift",
)


@dataclass(frozen=True)
class Rated:
    """What the resident said: four stars in the order of the adopted axes."""

    satisfaction: str
    stars: str
    words: str = ""
    by_phone: bool = False


@dataclass(frozen=True)
class Story:
    """One case from its words to where it stands.

    `who` files, without the `demo-` of their sign-in; `name` is set where staff file for
    somebody. `filed` is `-12 19:40` (days before, at that hour), `-2w 09:10` (working days
    before), `-5h` or `-40m`. `results`, `answers`, `ratings` hold one entry for each round.
    `stop` names the state the story rests in; empty tells it to its end. `part` is what the
    co-handlers did, `part_open` that they are not done. `told` are the words of a refusal.
    `parts` split the matter instead of dispatching it: title, duty and grade of each; `turns` is
    what comes between signing and the result, as `yishi.demo.turns` tells it.
    """

    who: str
    at: str
    filed: str
    words: str
    name: str = ""
    channel: str = ""
    nature: str = "complaint"
    photo: bool = True
    on_spot: bool = False
    duty: str = ""
    grade: str = ""
    urgent: bool = False
    late: bool = False
    signs_by_itself: bool = False
    lead: str = ""
    stop: str = ""
    refuse: str = ""
    told: str = ""
    topic: str = ""
    topic_answer: str = ""
    order: str = ""
    order_answer: str = ""
    part: str = "已配合到场核对，我方部分处理完毕。"
    part_open: bool = False
    results: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    ratings: tuple[Rated, ...] = ()
    publication: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Mapping[str, str], ...] = ()
    turns: tuple[Mapping[str, Any], ...] = ()


@cache
def stories() -> tuple[Story, ...]:
    """Every story, in the order of the files. Raises TypeError for a key that is not one."""
    found: list[Story] = []
    for name in FILES:
        entries = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["cases"]
        found.extend(_story(entry) for entry in entries)
    return tuple(found)


def _story(entry: dict[str, Any]) -> Story:
    ratings = tuple(Rated(**rating) for rating in entry.pop("ratings", ()))
    parts, turns = tuple(entry.pop("parts", ())), tuple(entry.pop("turns", ()))
    results, answers = tuple(entry.pop("results", ())), tuple(entry.pop("answers", ()))
    return Story(
        **entry, results=results, answers=answers, ratings=ratings, parts=parts, turns=turns
    )
