"""Runs the tests on SQLite and on PostgreSQL, and counts what was skipped.

    python -m tools.run_tests [pytest arguments]

With arguments both run the same tests. Without, PostgreSQL gets what may differ on it, and of the
pages as many tests as ask every statement that any test of a page asked of SQLite.

YISHI_REQUIRE=postgres,chromium makes a skip for one of these a failure.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
# What asks no database is run once; so is the demo, which is a folder with its own SQLite file.
ONCE = (
    "assist/", "core/", "counting/", "tlog/", "rules/", "phrases/", "tools/", "soak/", "demo/",
)  # fmt: skip
# What is run whole on both: where it matters what is written, sent, sorted or summed, and by whom
# at once, and not only which statements are asked. The rest draws pages, which is not the
# database's doing.
BOTH = (
    "acts/", "api/", "cli/", "jobs/", "records/", "site/", "web/test_hostile.py",
    "web/test_search.py", "web/test_lists.py", "web/test_figures",
)  # fmt: skip
# Of these, what stands up an office with an SQLite file of its own or asks no database is run once.
ALONE = (
    "acts/test_import.py::test_killed", "cli/test_count.py", "cli/test_evaluate",
    "cli/test_first_backup.py", "cli/test_main.py::test_up", "cli/test_method.py",
)  # fmt: skip


def chosen(asked: dict[str, set[str]]) -> list[str]:
    """The tests for PostgreSQL, of tests and the statements they asked of SQLite: those of BOTH,
    and of the others the one with most that nobody has asked yet, until everything is asked."""
    asked = {test: shapes for test, shapes in asked.items() if not _among(test, (*ONCE, *ALONE))}
    both = sorted(test for test in asked if _among(test, BOTH))
    seen = {statement for test in both for statement in asked[test]}
    pages = sorted(set(asked) - set(both))
    found = []
    while pages := [test for test in pages if asked[test] - seen]:
        found.append(max(pages, key=lambda test: len(asked[test] - seen)))
        seen |= asked[found[-1]]
    return both + found


def _among(test: str, begins: tuple[str, ...]) -> bool:
    return test.startswith(tuple(f"tests/{one}" for one in begins))


def _asked(folder: Path) -> dict[str, set[str]]:
    """What tests/asked.py wrote there."""
    lines = [line for file in folder.iterdir() for line in file.read_text("utf-8").splitlines()]
    return {test: set(statements) for test, statements in map(json.loads, lines)}


def _run(
    title: str, database_url: str, arguments: list[str], **more: str
) -> tuple[int, Counter[str]]:
    """Exit code of pytest, and how many tests were skipped for each reason; `more` goes into its
    environment."""
    print(f"\n== {title} ==", flush=True)
    with tempfile.TemporaryDirectory(prefix="yishi-report-") as folder:
        report = Path(folder) / "report.xml"
        environment = os.environ | {"YISHI_DATABASE_URL": database_url} | more
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
        code = subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode
        skipped: Counter[str] = Counter()
        if report.exists():
            # Our own pytest wrote this file a moment ago.
            for element in ElementTree.parse(report).iter("skipped"):  # noqa: S314
                skipped[f"{title}: {element.get('message', 'no reason given')}"] += 1
    return code, skipped


def main(arguments: list[str]) -> int:
    """0 when everything passed and nothing required was skipped."""
    required = os.environ.get("YISHI_REQUIRE", "").split(",")
    given = bool(arguments)
    arguments = arguments or ["-q", "-n", "2", "--ignore=tests/browser", "tests"]
    with tempfile.TemporaryDirectory(prefix="yishi-asked-") as folder:
        ask = {} if given else {"YISHI_ASKED": folder}
        code, skipped = _run("SQLite", "", arguments, **ask)
        tests = [] if given else chosen(_asked(Path(folder)))
    with postgres.server() as (url, how), tempfile.NamedTemporaryFile("w+") as file:
        if url is None:
            skipped[f"everything on PostgreSQL: {how}"] = 1
            code = code or int("postgres" in required)
        else:
            file.write("\n".join(tests))
            file.flush()
            title = f"PostgreSQL, {how}"
            second, more = _run(
                title, url, arguments, **({} if given else {"YISHI_CHOSEN": file.name})
            )
            code, skipped = code or second, skipped + more
    print("\n== Skipped ==")
    for reason, count in skipped.items():
        print(f"{count:4}  {reason}")
    print(f"{sum(skipped.values())} skipped; {'passed' if code == 0 else 'FAILED'}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
