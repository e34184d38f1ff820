"""Checks every shipped rule file: `python -m yishi.rulebook.check` says what is wrong and where."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from yishi.rulebook.kinds import parse
from yishi.rulebook.load import load_bundle
from yishi.rulebook.problem import RuleFileError
from yishi.rulebook.shipped import FOLDER


def check(paths: Iterable[Path], say: Callable[[str], object]) -> int:
    """Reads and parses each file, says a line about it, and returns how many are wrong."""
    wrong = 0
    for path in paths:
        try:
            bundle = load_bundle(path)
            parse(bundle)
        except (RuleFileError, OSError) as error:
            wrong += 1
            say(f"wrong  {error}")
            continue
        if (bundle.kind, bundle.id) != (path.parent.name, path.stem):
            wrong += 1
            say(f"wrong  {bundle.file}: it calls itself {bundle.kind}/{bundle.id}")
            continue
        say(f"ok     {bundle.kind}/{bundle.id} {bundle.version} sha256 {bundle.sha256[:12]}")
    return wrong


def main() -> int:
    """0 where every shipped file is right, else 1."""
    paths = sorted(FOLDER.glob("*/*.toml"))
    wrong = check(paths, lambda line: sys.stdout.write(f"{line}\n"))
    sys.stdout.write(f"{len(paths)} rule files, {wrong} wrong\n")
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
