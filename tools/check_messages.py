"""Is every sentence of the interface translated? `python -m tools.check_messages`

Reads the messages out of Python files and templates without the gettext programs, and compares
them with the Chinese translation file. Sentences in the database or in rule files are not
gettext's and are not looked for.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from tools import po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "yishi"
CHINESE = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

Found = tuple[str, str]
"""(key under which gettext looks the message up, file:line)."""

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def _of_call(name: str, arguments: list[str | None]) -> str | None:
    if name.startswith(("pgettext", "npgettext")):
        if len(arguments) < 2 or arguments[0] is None or arguments[1] is None:
            return None
        return arguments[0] + po.CONTEXT_END + arguments[1]
    return arguments[0] if arguments else None


def in_python(text: str, where: str) -> Iterator[Found]:
    """Messages that Python source gives literally to gettext, whatever it is imported as."""
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            name = names.get(called, called if "gettext" in called else "")
            literals = [_literal(argument) for argument in node.args]
            key = _of_call(name, literals) if name else None
            if key is not None:
                yield key, f"{where}:{node.lineno}"


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


_TEMPLATE_CALL = re.compile(
    r"""(?<![A-Za-z])(_|gettext|pgettext|ngettext|npgettext)\(\s*
        ((?:u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')\s*,?\s*)+)""",
    re.VERBOSE | re.DOTALL,
)
_STRING = re.compile(r"""u?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", re.DOTALL)


def in_template(text: str, where: str) -> Iterator[Found]:
    """Messages of one template: translate, blocktranslate and _("…") in tags."""
    source = templatize(text, origin=where)
    for call in _TEMPLATE_CALL.finditer(source):
        arguments = [
            ast.literal_eval(found.group(1).replace("\n", "\\n"))
            for found in _STRING.finditer(call.group(2))
        ]
        key = _of_call(call.group(1), arguments)
        if key is not None:
            yield key, f"{where}:{source.count(chr(10), 0, call.start()) + 1}"


def used(package: Path = PACKAGE) -> Iterator[Found]:
    """Every message used in the package."""
    for path in sorted(package.rglob("*")):
        where = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
        if path.suffix == ".py":
            yield from in_python(path.read_text("utf-8"), where)
        elif "templates" in path.parts and path.suffix in (".html", ".txt"):
            yield from in_template(path.read_text("utf-8"), where)


def faults(messages: list[Found], entries: list[po.Entry]) -> list[str]:
    """One line for each message missing, empty, fuzzy, given twice or with other placeholders."""
    found = []
    by_key: dict[str, po.Entry] = {}
    for entry in entries:
        if not entry.msgid:
            continue
        if entry.key in by_key:
            found.append(f"given twice: {entry.msgid!r} (line {entry.line})")
        by_key[entry.key] = entry
        if entry.fuzzy:
            found.append(f"fuzzy: {entry.msgid!r} (line {entry.line})")
        if not entry.translated:
            found.append(f"empty: {entry.msgid!r} (line {entry.line})")
        wanted = set(_PLACEHOLDER.findall(entry.msgid))
        for text in entry.texts.values():
            if text and set(_PLACEHOLDER.findall(text)) != wanted and entry.plural is None:
                found.append(f"other placeholders: {entry.msgid!r} (line {entry.line})")
    seen = set()
    for key, where in messages:
        if key and key not in by_key and key not in seen:
            seen.add(key)
            found.append(f"missing: {key!r} ({where})")
    return found


def main() -> int:
    """Print the faults; 0 when there are none."""
    messages = list(used())
    entries = po.read(CHINESE) if CHINESE.exists() else []
    found = faults(messages, entries)
    for line in found:
        print(line)
    print(f"{len({key for key, _ in messages})} messages used, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
