"""`yishi method`: proves a method, shows it in words, compares two."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yishi.core.method.floors import Floors
    from yishi.core.method.language import Method
    from yishi.rulebook.load import Bundle

NAME = "method"
HELP = "check, show or compare rule files that say how topics are deliberated"
INDENT = "    "


def arguments(parser: ArgumentParser) -> None:
    """`check FILE…`, `show FILE`, `diff OLD NEW`."""
    verbs = parser.add_subparsers(metavar="VERB", dest="verb", required=True)
    check = verbs.add_parser("check", help="what keeps a method from being published; 1 if any")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a TOML rule file")
    check.add_argument(
        "--floors", action="append", default=[], type=Path, metavar="FILE",
        help="law or floors to hold against it; may be repeated (what is shipped)",
    )  # fmt: skip
    show = verbs.add_parser("show", help="a method in words")
    show.add_argument("file", type=Path, metavar="FILE", help="a TOML rule file")
    diff = verbs.add_parser("diff", help="how the second method differs from the first")
    diff.add_argument("old", type=Path, metavar="OLD", help="a TOML rule file")
    diff.add_argument("new", type=Path, metavar="NEW", help="a TOML rule file")


def run(options: Namespace) -> int:
    """0; 1 where `check` found a fault or a file cannot be read as a method."""
    if options.verb == "check":
        layers = _layers(options.floors)
        return 1 if [path for path in options.files if not _is_sound(path, layers)] else 0
    if options.verb == "show":
        return _show(options.file)
    return _diff(options.old, options.new)


def _is_sound(path: Path, layers: "tuple[Floors, ...]") -> bool:
    from django.utils.translation import gettext as _

    from yishi.cli import Fault, say
    from yishi.core.method.check import check
    from yishi.core.method.keeping import keeps
    from yishi.phrases.method_case import say_parting
    from yishi.phrases.method_fault import say_fault
    from yishi.phrases.rule import say_text
    from yishi.rulebook.played import parting

    try:
        bundle, method = _read(path)
    except Fault as broken:  # the other files are still looked at
        say(broken, error=True)
        return False
    faults = [say_fault(fault, method) for fault in (*check(method), *keeps(method, layers))]
    faults += [say_parting(*pair) for pair in parting(bundle, method, layers)] if not faults else []
    name = {"file": path, "name": say_text(method.name), "faults": len(faults)}
    if not faults:
        say(_("%(file)s: %(name)s is sound") % name)
        return True
    say(_("%(file)s: %(name)s has %(faults)s faults") % name)
    say(*(f"- {fault}" for fault in faults))
    return False


def _show(path: Path) -> int:
    from yishi.cli import say
    from yishi.phrases.method_text import say_method

    _bundle, method = _read(path)
    say(*say_method(method))
    return 0


def _diff(old_path: Path, new_path: Path) -> int:
    from django.utils.translation import gettext as _

    from yishi.cli import say
    from yishi.core.method.compare import compare
    from yishi.phrases.method_difference import say_difference, say_fields

    (_old, old), (_new, new) = _read(old_path), _read(new_path)
    differences = compare(old, new)
    if not differences:
        say(_("The two methods say the same."))
    for difference in differences:
        say(say_difference(difference, old, new))
        say(*(INDENT + line for line in say_fields(difference, old, new)))
    return 0


def _layers(paths: list[Path]) -> "tuple[Floors, ...]":
    """What the files require, or what is shipped. Raises Fault where one is no such file."""
    from yishi.cli import Fault
    from yishi.rulebook.kinds import floors_of
    from yishi.rulebook.load import load_bundle
    from yishi.rulebook.problem import WRONG_KIND, RuleFileError
    from yishi.rulebook.shipped import shipped

    kinds = ("law", "floors")
    try:
        # Law comes first.
        bundles = [load_bundle(path) for path in paths] or [
            bundle for bundle in reversed(shipped()) if bundle.kind in kinds
        ]
        for bundle in bundles:
            if bundle.kind not in kinds:
                raise RuleFileError(bundle.file, "kind", WRONG_KIND, kinds, bundle.kind)
        return tuple(floors_of(bundle) for bundle in bundles)
    except RuleFileError as broken:
        raise Fault(str(broken)) from broken


def _read(path: Path) -> "tuple[Bundle, Method]":
    """The method in a file, and its files. Raises Fault where it is none or its cases cannot be
    read, OSError where a file cannot."""
    from yishi.cli import Fault
    from yishi.rulebook.cases import cases_of
    from yishi.rulebook.kinds import method_of
    from yishi.rulebook.load import load_bundle
    from yishi.rulebook.problem import WRONG_KIND, RuleFileError

    try:
        bundle = load_bundle(path)
        if bundle.kind != "methods":
            raise RuleFileError(bundle.file, "kind", WRONG_KIND, ("methods",), bundle.kind)
        cases_of(bundle)
        return bundle, method_of(bundle)
    except RuleFileError as broken:
        raise Fault(str(broken)) from broken
