"""What each test asks of the database, for `tools/run_tests.py` to choose by.

YISHI_ASKED names a folder: every process of the run writes a line a test into a file of its own
there, the test and the statements it asked, values left out. YISHI_CHOSEN names a file of tests:
only these are run.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper

STATEMENTS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
# As many values as there happen to be, rows of them, and how many are wanted.
VALUES = re.compile(r"\(%s(, %s)*\)(, \(%s(, %s)*\))*")
WANTED = re.compile(r"(LIMIT|OFFSET) \d+")

_asked: set[str] = set()


@lru_cache(maxsize=20_000)
def shape(sql: str) -> str:
    """What a statement asks, in a few signs; empty for what asks nothing."""
    if not STATEMENTS.match(sql):
        return ""
    plain = WANTED.sub(r"\1", VALUES.sub("(%s)", sql))
    return sha256(plain.encode()).hexdigest()[:12]


def listen() -> None:
    """From now on every statement of this process is noticed."""
    for name in ("execute", "executemany"):
        setattr(CursorWrapper, name, _noticed(getattr(CursorWrapper, name)))


def _noticed(ask: Callable[..., Any]) -> Callable[..., Any]:
    def asked(self: CursorWrapper, sql: Any, *more: Any, **named: Any) -> Any:
        _asked.add(shape(str(sql)))
        return ask(self, sql, *more, **named)

    return asked


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """One line a test, with what its fixtures ask."""
    _asked.clear()
    done = yield
    with (Path(os.environ["YISHI_ASKED"]) / f"{os.getpid()}").open("a", encoding="utf-8") as file:
        file.write(json.dumps([item.nodeid, sorted(_asked - {""})]) + "\n")
    return done


class Chosen:
    """Runs the tests of a list, and no other."""

    def __init__(self, file: Path) -> None:
        self.chosen = set(file.read_text("utf-8").splitlines())

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        left_out = [item for item in items if item.nodeid not in self.chosen]
        items[:] = [item for item in items if item.nodeid in self.chosen]
        config.hook.pytest_deselected(items=left_out)
