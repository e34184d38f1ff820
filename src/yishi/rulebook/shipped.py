"""The rule files that come with the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from yishi.rulebook.load import Bundle, load_bundle

FOLDER = Path(__file__).parent.parent / "rules"
# A place works by these from the first day; mappings are chosen at each import, and a method is
# a community's own to adopt.
ADOPTED = (
    "casework",
    "channels",
    "floors",
    "hours",
    "instant",
    "law",
    "meetings",
    "messages",
    "rates",
    "redaction",
    "sheets",
    "similar",
    "voices",
)


def is_named(bundle: Bundle, path: Path) -> bool:
    """Whether a file stands where its kind, id and version say."""
    stems = (bundle.id, f"{bundle.id}-{bundle.version}")
    return bundle.kind == path.parent.name and path.stem in stems


@cache
def shipped() -> tuple[Bundle, ...]:
    """Every shipped bundle, by kind and id. Raises RuleFileError where one is broken.

    A file's folder names its kind; it is checked against the kind the file states. A published
    version never changes: the next one stands beside it, as `<id>-<version>.toml`.
    """
    paths = sorted(FOLDER.glob("*/*.toml"), key=lambda path: (path.parent.name, path.stem))
    bundles = tuple(load_bundle(path) for path in paths)
    for bundle, path in zip(bundles, paths, strict=True):
        assert is_named(bundle, path), path
    return bundles


def shipped_bundle(kind: str, id: str, version: str = "") -> Bundle:
    """One shipped bundle; of several versions the first, unless one is named. Raises KeyError
    where there is none of that name."""
    for bundle in shipped():
        if (bundle.kind, bundle.id) == (kind, id) and version in ("", bundle.version):
            return bundle
    raise KeyError(f"{kind}/{id} {version}".strip())
