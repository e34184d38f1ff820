"""Runs the tests on SQLite and on PostgreSQL, and counts what was skipped.

    python -m tools.run_tests [pytest arguments]

YISHI_REQUIRE=postgres,chromium makes a skip for one of these a failure.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
# What asks no database is run once.
PURE = ("assist", "core", "counting", "tlog", "rules", "phrases", "tools", "soak")


def _run(title: str, database_url: str, arguments: list[str]) -> tuple[int, Counter[str]]:
    """Exit code of pytest, and how many tests were skipped for each reason."""
    print(f"\n== {title} ==", flush=True)
    with tempfile.TemporaryDirectory(prefix="yishi-report-") as folder:
        report = Path(folder) / "report.xml"
        environment = os.environ | {"YISHI_DATABASE_URL": database_url}
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
    code, skipped = _run("SQLite", "", arguments)
    with postgres.server() as (url, how):
        if url is None:
            skipped[f"everything on PostgreSQL: {how}"] = 1
            code = code or int("postgres" in required)
        else:
            once = [] if given else [f"--ignore=tests/{folder}" for folder in PURE]
            second, more = _run(f"PostgreSQL, {how}", url, [*arguments, *once])
            code, skipped = code or second, skipped + more
    print("\n== Skipped ==")
    for reason, count in skipped.items():
        print(f"{count:4}  {reason}")
    print(f"{sum(skipped.values())} skipped; {'passed' if code == 0 else 'FAILED'}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
