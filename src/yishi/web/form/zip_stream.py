"""A zip sent while it is made: part after part, none of it kept in memory as a whole."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from yishi.records.word import zip_info

NAME_MAX = 60
UNSAFE = frozenset('\\/:*?"<>|')


class _Pipe(io.RawIOBase):
    """What is written is taken out again; it cannot be gone back in."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        found, self.parts = b"".join(self.parts), []
        return found


def stream(parts: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The zip of `parts` in their order, always the same bytes for the same parts."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts:
            packed.writestr(zip_info(name), body)
            yield pipe.take()
    yield pipe.take()


def safe_name(words: str) -> str:
    """Words as a file's name on any machine: no folder, no sign a system forbids, not long."""
    kept = "".join(" " if sign in UNSAFE or ord(sign) < 0x20 else sign for sign in words)
    return " ".join(kept.split())[:NAME_MAX].strip(" .") or "_"
