"""Checks every shipped rule file: `python -m yishi.rulebook.check` says what is wrong and where."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from yishi.core.method.check import check as faults_of
from yishi.core.method.fault import Fault
from yishi.core.method.floors import Floors
from yishi.core.method.keeping import keeps
from yishi.core.method.language import Method
from yishi.rulebook.kinds import parse
from yishi.rulebook.load import Bundle, load_bundle
from yishi.rulebook.played import parting
from yishi.rulebook.problem import RuleFileError
from yishi.rulebook.shipped import FOLDER, is_named


def check(paths: Iterable[Path], say: Callable[[str], object]) -> int:
    """Reads and parses each file, says a line about it, and returns how many are wrong.

    A method is wrong too where it has a fault, asks less than the law and floors among them, or
    has a case that does not come out as it says.
    """
    paths = tuple(paths)
    layers = tuple(_floors(paths))
    wrong = 0
    for path in paths:
        try:
            bundle = load_bundle(path)
            value = parse(bundle)
        except (RuleFileError, OSError) as error:
            wrong += 1
            say(f"wrong  {error}")
            continue
        if not is_named(bundle, path):
            wrong += 1
            say(f"wrong  {bundle.file}: it calls itself {bundle.kind}/{bundle.id}")
            continue
        try:
            faults = tuple(_faults(bundle, value, layers)) if isinstance(value, Method) else ()
        except RuleFileError as error:
            faults = (str(error),)
        if faults:
            wrong += 1
            for fault in faults:
                say(f"wrong  {bundle.file}: {fault}")
            continue
        say(f"ok     {bundle.kind}/{bundle.id} {bundle.version} sha256 {bundle.sha256[:12]}")
    return wrong


def _faults(bundle: Bundle, method: Method, layers: tuple[Floors, ...]) -> Iterator[str]:
    """What is wrong with a method; its cases are played only where nothing else is."""
    found = (*faults_of(method), *keeps(method, layers))
    yield from map(_words, found)
    if not found:
        for case, wrong in parting(bundle, method, layers):
            yield f"case {case.title!r}, line {wrong.line}: {wrong.said!r}, found {wrong.found!r}"


def _floors(paths: Iterable[Path]) -> Iterator[Floors]:
    """What the law and the floors among the files require; a broken file is told of elsewhere."""
    for path in paths:
        if path.parent.name in ("law", "floors"):
            try:
                yield parse(load_bundle(path))
            except (RuleFileError, OSError):
                continue


def _words(fault: Fault) -> str:
    path = " → ".join(fault.path)
    found = "" if fault.have is None else f" (found {fault.have!r})"
    allowed = ", ".join(map(str, fault.allowed))
    return f"{fault.procedure}.{fault.stage} {fault.code} by {path}{found}; allowed: {allowed}"


def main() -> int:
    """0 where every shipped file is right, else 1."""
    paths = sorted(FOLDER.glob("*/*.toml"))
    wrong = check(paths, lambda line: sys.stdout.write(f"{line}\n"))
    sys.stdout.write(f"{len(paths)} rule files, {wrong} wrong\n")
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
