"""The pure packages stay pure: the standard library, without clock, randomness or input."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "yishi"

IMPURE = {
    "asyncio", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil",
    "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
}  # fmt: skip

CLOCK_READERS = {"now", "utcnow", "today"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Names of the modules that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level <= 1, "relative imports stay within their own package"
            if node.module and node.level == 0:
                yield node.module


def clock_reads(tree: ast.AST) -> Iterator[int]:
    """Lines that ask a class of `datetime`, or Django, what time it is."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCK_READERS
            and isinstance(node.func.value, ast.Name | ast.Attribute)
            and ast.unparse(node.func.value).rsplit(".", 1)[-1] in {"datetime", "date", "timezone"}
        ):
            yield node.lineno


ARRAYS = {"numba", "numpy", "scipy"}
"""What counts and suggests may use besides."""


def files(*packages: str) -> list[Path]:
    """Python files of the packages that are there."""
    return sorted(path for name in packages for path in (PACKAGE / name).rglob("*.py"))


@pytest.mark.parametrize("path", files("core", "tlog"), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_pure_file_imports_only_pure_things(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    strange = [
        name
        for name in imported(tree)
        if not name.startswith(("yishi.core", "yishi.tlog"))
        and (name.split(".")[0] not in sys.stdlib_module_names or name.split(".")[0] in IMPURE)
    ]
    assert strange == []


@pytest.mark.parametrize(
    "path", files("assist", "counting"), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_what_counts_and_suggests_is_pure_and_may_use_arrays(path: Path) -> None:
    own = ("yishi.core", "yishi.assist" if "assist" in path.parts else "yishi.counting")
    roots = {
        name.split(".")[0]
        for name in imported(ast.parse(path.read_text("utf-8")))
        if not name.startswith(own)
    }
    assert roots - ARRAYS - set(sys.stdlib_module_names) == set()
    assert roots & IMPURE == set()


def test_only_the_wall_clock_reads_the_time() -> None:
    readers = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in files(".")
        if path != PACKAGE / "records" / "wallclock.py"
        for line in clock_reads(ast.parse(path.read_text("utf-8")))
    ]
    assert readers == []
