"""Rule files as bundles: one TOML, its long texts in Markdown beside it, one digest over all.

``rules/casework/standard.toml`` and everything under ``rules/casework/standard/`` are one
bundle. Nothing else is read, so nothing outside the digest can change what a rule says.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from yishi.core.refusal import Refusal
from yishi.rulebook.problem import (
    NOT_PART,
    NOT_TOML,
    NOT_WORDS,
    TOO_LARGE,
    WRONG_KIND,
    WRONG_ORDER,
    At,
    RuleFileError,
)
from yishi.rulebook.schema import HEADER, Table

LARGEST = 4_000_000


@dataclass(frozen=True)
class Bundle:
    """A rule file, read and identified, its contents not yet judged by its kind.

    ``files``: paths relative to the kind's folder, and bytes. ``data``: the TOML as read.
    ``repealed_on``: from this day on the source no longer holds.
    """

    kind: str
    id: str
    version: str
    valid_from: date
    repealed_on: date | None
    source: str
    sha256: str
    files: Mapping[str, bytes]
    data: Mapping[str, Any]

    @property
    def file(self) -> str:
        """The TOML's path, for messages."""
        toml = next(path for path in self.files if path.endswith(".toml"))
        return f"{self.kind}/{toml}"


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256, in hex, over the sorted paths and their bytes, each preceded by its length.

    The lengths (8 bytes, big-endian) keep a byte from moving between a path and its file
    without being seen.
    """
    total = hashlib.sha256()
    for path in sorted(files):
        for part in (path.encode(), files[path]):
            total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def load_bundle(path: Path) -> Bundle:
    """The bundle of the TOML at ``path`` and the Markdown in the folder of the same stem.

    Its kind is the one it states. Raises RuleFileError, and OSError where it cannot be read.
    """
    files = {path.name: path.read_bytes()}
    folder = path.with_suffix("")
    for text in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = text.relative_to(path.parent).as_posix()
        if text.is_symlink() or not (text.is_dir() or text.suffix == ".md"):
            raise RuleFileError(name, "", NOT_PART, (f"{folder.name}/*.md",))
        if text.is_file():
            files[name] = text.read_bytes()
    return _read(None, files)


def read_bundle(kind: str, files: Mapping[str, bytes]) -> Bundle:
    """The bundle of ``files``, as stored or uploaded: one TOML, and Markdown under its stem.

    Raises RuleFileError, also where the TOML states another kind.
    """
    return _read(kind, files)


def usable_on(bundle: Bundle, day: date) -> Refusal | None:
    """Whether a rule file may be used on ``day``; answers the refusal where it may not.

    Refused: ``rule_not_yet`` before it is valid; ``rule_repealed`` from the day its source
    is repealed, until the file is re-based. Source: norms.md.
    """
    if day < bundle.valid_from:
        return Refusal("rule_not_yet", bundle.valid_from, day, "day", bundle.source)
    if bundle.repealed_on is not None and day >= bundle.repealed_on:
        return Refusal("rule_repealed", bundle.repealed_on, day, "day", bundle.source)
    return None


def _read(kind: str | None, files: Mapping[str, bytes]) -> Bundle:
    tomls = [path for path in files if path.endswith(".toml") and "/" not in path]
    if len(tomls) != 1:
        raise RuleFileError(", ".join(sorted(files)), "", NOT_PART, ("<id>.toml", "<id>/*.md"))
    toml = tomls[0]
    stem = PurePosixPath(toml).stem
    for path in files:
        parts = PurePosixPath(path).parts
        beside = len(parts) > 1 and parts[0] == stem and path.endswith(".md") and ".." not in parts
        if path != toml and not beside:
            raise RuleFileError(path, "", NOT_PART, (toml, f"{stem}/*.md"))
    if sum(len(content) for content in files.values()) > LARGEST:
        raise RuleFileError(toml, "", TOO_LARGE, (f"{LARGEST} bytes",))
    data = _toml(toml, files[toml])
    head = Table(HEADER).check({key: data[key] for key in HEADER if key in data}, At(toml))
    if kind is not None and head["kind"] != kind:
        raise RuleFileError(toml, "kind", WRONG_KIND, (kind,), head["kind"])
    repealed = head["repealed_on"]
    if repealed is not None and repealed <= head["valid_from"]:
        raise RuleFileError(toml, "repealed_on", WRONG_ORDER, have=str(repealed))
    return Bundle(**head, sha256=digest(files), files=dict(files), data=data)


def _toml(file: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as broken:
        raise RuleFileError(file, "", NOT_WORDS, ("UTF-8",), f"byte {broken.start}") from broken
    except (ValueError, RecursionError) as broken:  # also numbers and nesting beyond reason
        raise RuleFileError(file, "", NOT_TOML, have=str(broken)) from broken
