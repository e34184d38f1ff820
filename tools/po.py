"""Reads translation files and writes what gettext reads at run time.

Forty lines of our own instead of the gettext programs, so that `make demo` needs Python alone.
"""

import ast
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CONTEXT_END = "\x04"
PLURAL_END = "\x00"


@dataclass
class Entry:
    """One message: its id, its translations by plural form, and whether it is to be trusted."""

    msgid: str = ""
    context: str | None = None
    plural: str | None = None
    texts: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False
    line: int = 0

    @property
    def key(self) -> str:
        """The id under which gettext looks the message up."""
        head = "" if self.context is None else self.context + CONTEXT_END
        return head + self.msgid

    @property
    def translated(self) -> bool:
        """Every form has words in it."""
        return bool(self.texts) and all(self.texts.values())


_LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+(".*")$')


def read(path: Path) -> list[Entry]:
    """Every live entry of a .po file, the header (empty id) among them.

    Raises ValueError naming file and line for a line that is none of the format's.
    """
    entries: list[Entry] = []
    current = Entry()
    target: tuple[str, int] = ("", 0)

    def put(kind: str, form: int, text: str) -> None:
        if kind == "msgctxt":
            current.context = (current.context or "") + text
        elif kind == "msgid":
            current.msgid += text
        elif kind == "msgid_plural":
            current.plural = (current.plural or "") + text
        else:
            current.texts[form] = current.texts.get(form, "") + text

    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#~"):
            continue
        begins = line.startswith(("#", "msgctxt", "msgid "))
        if begins and current.texts:
            entries.append(current)
            current = Entry()
        if line.startswith("#"):
            current.fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        if found := _LINE.match(line):
            kind, form, text = found.groups()
            target = (kind, int(form or 0))
            current.line = current.line or number
        elif line.startswith('"'):
            text = line
        else:
            raise ValueError(f"{path}:{number}: not a line of a translation file")
        put(*target, ast.literal_eval(text))
    if current.texts:
        entries.append(current)
    return entries


def compiled(entries: list[Entry]) -> bytes:
    """The .mo file of the translated, unquestioned entries.

    Source: the GNU gettext manual, "The Format of GNU MO Files" (little-endian, no hash table).
    """
    pairs = sorted(_pairs(entries))
    count = len(pairs)
    ids_at = 28
    texts_at = ids_at + 8 * count
    position = texts_at + 8 * count
    tables: list[bytes] = []
    data = b""
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), position + len(data)))
            data += pair[column] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, count, ids_at, texts_at, 0, position)
    return header + b"".join(tables) + data


def _pairs(entries: list[Entry]) -> Iterator[tuple[bytes, bytes]]:
    for entry in entries:
        if entry.translated and (not entry.fuzzy or not entry.msgid):
            key = entry.key if entry.plural is None else entry.key + PLURAL_END + entry.plural
            text = PLURAL_END.join(entry.texts[form] for form in sorted(entry.texts))
            yield key.encode(), text.encode()
