"""What is remembered for a minute is remembered under a name that only one reader uses."""

import re
from collections import Counter
from pathlib import Path

from yishi.records.queries.lately import lately

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "yishi"


def test_the_same_thing_is_made_once() -> None:
    made: list[str] = []
    for _ in range(2):
        assert lately("test", 1, lambda: made.append("made") or "kept") == "kept"
    assert made == ["made"]


def test_no_two_readers_remember_under_one_name() -> None:
    # Bodies that a case may go to were once handed out as those of a place, by its number.
    named = Counter(
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r'\blately\(\s*"([^"]+)"', path.read_text("utf-8"))
    )
    assert len(named) >= 10
    assert [name for name, times in named.items() if times > 1] == []
