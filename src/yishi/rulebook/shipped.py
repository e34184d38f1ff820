"""The rule files that come with the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from yishi.rulebook.load import Bundle, load_bundle

FOLDER = Path(__file__).parent.parent / "rules"
# A place works by these from the first day; mappings are chosen at each import.
ADOPTED = (
    "casework",
    "channels",
    "hours",
    "instant",
    "messages",
    "rates",
    "redaction",
    "sheets",
    "similar",
)


@cache
def shipped() -> tuple[Bundle, ...]:
    """Every shipped bundle, by kind and id. Raises RuleFileError where one is broken.

    A file's folder names its kind; it is checked against the kind the file states.
    """
    bundles = tuple(load_bundle(path) for path in sorted(FOLDER.glob("*/*.toml")))
    for bundle, path in zip(bundles, sorted(FOLDER.glob("*/*.toml")), strict=True):
        assert (bundle.kind, bundle.id) == (path.parent.name, path.stem), path
    return bundles


def shipped_bundle(kind: str, id: str) -> Bundle:
    """One shipped bundle. Raises KeyError where there is none of that name."""
    for bundle in shipped():
        if (bundle.kind, bundle.id) == (kind, id):
            return bundle
    raise KeyError(f"{kind}/{id}")
