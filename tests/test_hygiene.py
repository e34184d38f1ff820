"""What a stranger who clones the repository must not find, and must find."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Written in pieces, so that this file does not find itself.
FORBIDDEN = {
    # /work/file and /work/on-spot are pages of ours.
    "a folder of one machine": re.compile(
        r"(?<![\w.~*-])/(?:work(?!/(?:file|on-spot)\b)|farm|root|home|Users)/\w"
    ),
    "a package index": re.compile(
        r"index-"
        r"url|find-"
        r"links|pypi"
        r"\.org/simple|files\.python"
        r"hosted|://[^ /]+/simple/"
    ),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" r" KEY-----"),
    "a cloud credential": re.compile(
        r"\b(?:AKIA[0-9A-Z]{16}|ghp_[0-9A-Za-z]{36}|sk-[0-9A-Za-z]{32})"
    ),
    "a note to oneself": re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b"),
    "something skipped for now": re.compile(r"mark\.(?:skip|skipif|xfail)\b"),
}

BINARY = {
    ".png", ".jpg", ".jpeg", ".ico", ".gz", ".zip", ".xlsx", ".docx",
    ".webp", ".sqlite3", ".woff2",
}  # fmt: skip


def tracked() -> list[Path]:
    """Files that git knows, and new ones it would not ignore; without git, all of the sources."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        return sorted(
            path
            for top in ("src", "tests", "docs", "tools")
            for path in (ROOT / top).rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        )
    return sorted(
        path for name in listed.stdout.split("\0") if name if (path := ROOT / name).is_file()
    )


def texts() -> list[tuple[str, str]]:
    """(name, content) of every text file."""
    return [
        (str(path.relative_to(ROOT)), path.read_text("utf-8"))
        for path in tracked()
        if path.suffix not in BINARY
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = FORBIDDEN[what]
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts()
        if name != "tests/test_hygiene.py"
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_lines_end_cleanly() -> None:
    bad = [
        f"{name}:{number}"
        for name, text in texts()
        if name != "LICENSE"
        for number, line in enumerate(text.split("\n"), 1)
        if line != line.rstrip()
    ]
    bad += [name for name, text in texts() if text and not text.endswith("\n")]
    assert bad == []


def test_every_python_file_says_what_it_is() -> None:
    silent = [
        name
        for name, text in texts()
        if name.endswith(".py")
        and "/migrations/" not in name
        and ast.get_docstring(ast.parse(text)) is None
    ]
    assert silent == []


def test_locks_pin_hashes_and_name_no_place() -> None:
    for name in ("requirements/run.txt", "requirements/test.txt", "requirements/compiled.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        assert " @ " not in text
        pinned = [line for line in text.splitlines() if line and not line.startswith(" ")]
        assert all("==" in line and line.endswith("\\") for line in pinned)


def test_a_small_office_installs_few_packages() -> None:
    text = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    assert text.count("==") <= 75


def test_scripts_and_styles_are_ours() -> None:
    """No licence banner, minified line or foreign address in what a browser loads from us."""
    found = [
        name
        for name, text in texts()
        if name.endswith((".js", ".css", ".html"))
        if max(map(len, text.splitlines() or [""])) > 600
        or re.search(r"@license|@preserve|sourceMappingURL|/\*!", text)
        or re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text)
        or re.search(r"url\([\"']?(?:https?:)?//|@import", text)
    ]
    assert found == []


def test_pages_obey_the_strict_policy() -> None:
    """No inline script, style or handler: the content policy would stop them in silence."""
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\bsrc=)")
    found = [
        f"{name}: {match.group(0)}"
        for name, text in texts()
        if "/templates/" in name and name.endswith(".html")
        if (match := inline.search(text))
    ]
    assert found == []


def test_a_style_says_what_is_checked() -> None:
    """`:checked` is a chosen option too: a list that stands in a card would mark every card."""
    bare = [name for name, text in texts() if name.endswith(".css") and ":has(:checked" in text]
    assert bare == []


def test_the_licence_is_there() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
