"""Commands of an operator: parse, call one act or one query, print.

Each file or package beside this one with a `NAME` is a command: `NAME`, `HELP`,
`arguments(parser)` and `run(options) -> int`; `before(options)` may set the environment the
settings are read from. Only the file of the command that is asked for is imported.
"""

import argparse
import ast
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

SETTINGS = "yishi.site.settings"
# These explain what is wrong with the settings, or need none: they run whatever is wrong.
ALWAYS = frozenset({"settings", "doctor", "method", "count"})
FAULT, USAGE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code. What an operator may meet is a sentence, no traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    verbs = commands()
    parser = argparse.ArgumentParser("yishi", description="Yishi 议事, operated.")
    listed = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    asked = next((word for word in given if not word.startswith("-")), "")
    module: ModuleType | None = None
    for name, (file, help_text) in sorted(verbs.items()):
        sub = listed.add_parser(name, help=help_text, description=help_text)
        if name == asked:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
            module = import_module(f"yishi.cli.{file}")
            module.arguments(sub)
    options = parser.parse_args(given)
    if module is None:
        parser.print_help()
        return USAGE
    return _guarded(module, options)


def commands() -> dict[str, tuple[str, str]]:
    """name → (file, help) of every command, read from the files without importing them."""
    found = {}
    here = Path(__file__).parent
    for path in [*here.glob("[a-z]*.py"), *here.glob("[a-z]*/__init__.py")]:
        constants = {
            target.id: ast.literal_eval(node.value)
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        if "NAME" in constants:
            file = path.parent.name if path.stem == "__init__" else path.stem
            found[constants["NAME"]] = (file, constants.get("HELP", ""))
    return found


def say(*sentences: object, error: bool = False) -> None:
    """Prints sentences, each on a line of its own, to the screen or as errors."""
    for sentence in sentences:
        print(sentence, file=sys.stderr if error else sys.stdout, flush=True)


def language() -> str:
    """The operator's language by LC_ALL, LC_MESSAGES, LANG; Chinese unless they ask for English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "zh_CN")
    return "en" if locale.startswith("en") else "zh-hans"


class Fault(Exception):
    """Something an operator can mend; the message is the sentence to print."""


def _guarded(module: ModuleType, options: argparse.Namespace) -> int:
    try:
        if hasattr(module, "before"):
            module.before(options)
        found = _start(module.NAME)
        if found:
            say_faults(found, error=True)
            return FAULT
        return int(module.run(options))
    except Fault as fault:
        say(fault, error=True)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None or os.environ.get("YISHI_DEBUG"):
            raise
        say(sentence, error=True)
    return FAULT


def say_faults(found: Sequence[str], *, error: bool = False) -> None:
    """Prints what keeps Yishi from starting."""
    from django.utils.translation import gettext as _

    say(_("Yishi does not start:"), *(f"- {line}" for line in found), error=error)


def faults() -> list[str]:
    """What keeps Yishi from starting with the settings in force, a sentence each."""
    from django.core.checks.registry import registry

    # Ours alone: Django's own would load every page before a command says a word.
    checks = [check for check in registry.get_checks() if check.__module__.startswith("yishi.")]
    return [found.msg for check in checks for found in check(app_configs=None, databases=None)]


def _start(name: str) -> list[str]:
    """Sets Django up in the operator's language; the reasons not to go on."""
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language())
    return [] if name in ALWAYS else faults()


def _sentence(error: Exception) -> str | None:
    """Faults of the machine in plain words; None for what is a fault of ours."""
    from django.core.management import CommandError
    from django.db import DatabaseError
    from django.utils.translation import gettext as _

    if isinstance(error, DatabaseError):
        return _("The database did not answer: %(error)s") % {"error": str(error).strip()}
    if isinstance(error, OSError):
        name = error.filename or ""
        return f"{name}: {error.strerror or error}".removeprefix(": ")
    return str(error) if isinstance(error, CommandError) else None
