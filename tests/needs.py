"""What a test needs beyond Python: present, or skipped by name, or a failure where required."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def skip_or_fail(what: str, reason: str) -> None:
    """Skip the test, or fail it when YISHI_REQUIRE names `what` (postgres, chromium, data)."""
    if what in os.environ.get("YISHI_REQUIRE", "").split(","):
        pytest.fail(f"{what} is required here: {reason}")
    pytest.skip(reason)


def chromium() -> str:
    """The path of a Chromium that Playwright may drive."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        skip_or_fail("chromium", "Chromium is not installed (make browser installs it as root)")
    assert found is not None
    return found


def poppler() -> None:
    """pdfinfo and pdftotext, to read what was printed."""
    if shutil.which("pdfinfo") is None or shutil.which("pdftotext") is None:
        skip_or_fail("poppler", "poppler-utils is not installed")


CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
"""A quiet browser; as root Chromium runs only without its sandbox."""


def shared_data(*parts: str) -> Path:
    """A file of the published data sets kept beside the checkout, or in YISHI_TEST_DATA."""
    folder = Path(os.environ.get("YISHI_TEST_DATA", ROOT.parent / "shared" / "data"))
    path = folder.joinpath(*parts)
    if not path.exists():
        skip_or_fail("data", f"the data set {'/'.join(parts)} is not here (set YISHI_TEST_DATA)")
    return path
