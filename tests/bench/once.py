"""What is measured once: cold start, memory, page weight, packages, the import of a real list."""

import gzip
import os
import resource
import subprocess
import sys
import tempfile
from importlib.metadata import distributions
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders

from tests.needs import ROOT

SETUP = [
    "setup",
    *("--district", "坪山区", "--code", "PS"),
    *("--name", "管理员", "--phone", "13800000001", "--login", "first-admin"),
]
FIRST_VISIT = (".css", ".js", ".svg")


def measure() -> None:
    """Prints a line each, with its aim."""
    print("\nOnce")
    seconds, megabytes = _child(
        [sys.executable, "-c", "import yishi.site.wsgi"], {"YISHI_MODE": "test"}
    )
    print(f"cold start          {seconds:.2f} CPU s      (aim ≤ 1.5)")
    print(f"memory, started     {megabytes:.0f} MB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory, this bench  {peak:.0f} MB at its largest")
    print(f"first visit         {_weight() / 1024:.1f} KiB of style, script and marks, gzip (≤ 60)")
    pins = (ROOT / "requirements" / "run.txt").read_text().count("==")
    print(f"packages, run time  {pins} (≤ 75); installed here {len(list(distributions()))}")
    _import()


def _child(command: list[str], more: dict[str, str]) -> tuple[float, float]:
    """CPU seconds and peak MB of a child process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"YISHI_VAR": folder} | more
        subprocess.run(command, check=True, env=environment, cwd=ROOT, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss / 1024


def _weight() -> int:
    """Bytes, compressed, of what a first page loads: our own files and htmx."""
    total = 0
    for finder in get_finders():
        for name, storage in finder.list([]):
            ours = name.startswith("yishi/") and name.endswith(FIRST_VISIT)
            htmx = name.endswith("htmx.min.js") and "/ext/" not in name
            if ours or htmx:
                total += len(gzip.compress(Path(storage.path(name)).read_bytes()))
    return total


def _import() -> None:
    data = Path(os.environ.get("YISHI_TEST_DATA", ROOT.parent / "shared" / "data"))
    cases = data / "appeals_pingshan2018" / "cases.csv"
    if not cases.exists():
        print("import              skipped: the data set is not here (set YISHI_TEST_DATA)")
        return
    steps = (
        "import sys; from yishi.cli import main; "
        f"sys.exit(main({SETUP!r}) or "
        f"main(['import-cases', {str(cases)!r}, '--map', 'pingshan', '--place', 'PS']))"
    )
    seconds, _ = _child([sys.executable, "-c", steps], {"YISHI_MODE": "test"})
    print(f"import, 6,952 cases {seconds:.1f} CPU s with setup (aim ≤ 60)")
