"""The published log as files: tiles, entry bundles, checkpoints, and the key that signs them.

All under `YISHI_LOG_DIR/public`, outside the database: whoever copies that folder can verify it.
`checkpoint` is the newest signed note, `checkpoints` every one ever signed, only appended to;
`key` is the verifier string. A file is written whole or not at all, and is on disk before a
checkpoint counts it. Source: C2SP tlog-tiles; architecture, decision 6.
"""

import base64
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings

from yishi.tlog import tiles
from yishi.tlog.checkpoint import (
    Checkpoint,
    Verifier,
    parse_checkpoint,
    parse_note,
    sign_checkpoint,
    split_notes,
)

CHECKPOINT = "checkpoint"
CHECKPOINTS = "checkpoints"
KEY = "key"
KEY_FILE = "log-signing.key"
TAIL = 16_384
"""Bytes at the end of `checkpoints` that surely hold the last whole note."""

TILE = re.compile(r"tile/(?:entries|[0-9]|[1-5][0-9]|6[0-3])(?:/x\d{3})*/\d{3}(?:\.p/\d{1,3})?")


class LogKeyMissing(Exception):
    """Checkpoints were signed here, but the key that signed them is gone."""


class LogKeyBroken(Exception):
    """The key file does not hold an Ed25519 key, or not that of this log."""


@dataclass(frozen=True)
class PublishedLog:
    """The files in `folder`; reading needs no settings and no database."""

    folder: Path

    def read(self, path: str) -> bytes | None:
        """The bytes of `tile/…`, None where there is none.

        A narrower partial tile or bundle that was cleared away is cut from the wider one.
        """
        if not TILE.fullmatch(path):
            return None
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def read_cut(self, path: str) -> bytes | None:
        """As `read`, but an old partial file comes out of the one that followed it."""
        data = self.read(path)
        full, partial, width = path.partition(".p/")
        if data is not None or not partial or not TILE.fullmatch(path):
            return data
        want, found = int(width), self._wider(full, int(width))
        if found is None or not 0 < want < tiles.TILE_WIDTH:
            return None
        if path.startswith("tile/entries/"):
            return tiles.pack_entries(tiles.unpack_entries(found)[:want])
        return found[: want * 32]

    def write(self, path: str, data: bytes) -> None:
        """Puts one file in its place, safely on disk when this returns."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(aside).chmod(0o644)
        Path(aside).replace(target)
        _sync_folder(target.parent)

    def notes(self) -> list[str]:
        """Every signed note ever appended, oldest first; one cut off in writing is left out."""
        return [note for note in split_notes(self._text(CHECKPOINTS)) if _is_whole(note)]

    def latest(self) -> tuple[Checkpoint, str] | None:
        """The newest checkpoint and its note, None before the first. Reads the file's end."""
        whole = [note for note in split_notes(self._text(CHECKPOINTS, TAIL)) if _is_whole(note)]
        return (parse_checkpoint(parse_note(whole[-1]).text), whole[-1]) if whole else None

    def append(self, note: str) -> None:
        """Appends a note for ever, and shows it as the newest. A torn end is cut off first."""
        path = self.folder / CHECKPOINTS
        path.parent.mkdir(parents=True, exist_ok=True)
        last = split_notes(self._text(CHECKPOINTS, TAIL))[-1:]
        torn = len(_bytes(last[0])) if last and not _is_whole(last[0]) else 0
        with path.open("r+b" if path.exists() else "w+b") as out:
            out.truncate(out.seek(0, os.SEEK_END) - torn)
            out.seek(0, os.SEEK_END)
            out.write(note.encode())
            out.flush()
            os.fsync(out.fileno())
        path.chmod(0o644)
        _sync_folder(path.parent)
        self.show(note)

    def show(self, note: str) -> None:
        """Makes `note` the checkpoint that readers see."""
        if self._text(CHECKPOINT) != note:
            self.write(CHECKPOINT, note.encode())

    def verifier(self) -> Verifier | None:
        """The public key beside the files. Trust it only as far as you trust the folder."""
        text = self._text(KEY).strip()
        return Verifier.decode(text) if text else None

    def clear_partials(self, old_size: int, size: int) -> None:
        """Removes the partial files of `old_size` that those of `size`, signed by now, replace."""
        for level in range(8):
            old, width = divmod(old_size >> 8 * level, tiles.TILE_WIDTH)
            new, kept = divmod(size >> 8 * level, tiles.TILE_WIDTH)
            if width or kept:
                self._clear(tiles.tile_path(level, old), kept if old == new else 0)
                if level == 0:
                    self._clear(tiles.entries_path(old), kept if old == new else 0)

    def files(self) -> Iterator[Path]:
        """Every published file, for a copy."""
        return (path for path in sorted(self.folder.rglob("*")) if path.is_file())

    def _clear(self, full: str, kept: int) -> None:
        folder = self.folder / f"{full}.p"
        if not folder.is_dir():
            return
        for path in folder.iterdir():
            if path.name != str(kept):
                path.unlink(missing_ok=True)
        if not kept:
            folder.rmdir()

    def _wider(self, full: str, width: int) -> bytes | None:
        data = self.read(full)
        if data is not None:
            return data
        folder = self.folder / f"{full}.p"
        widths = [int(p.name) for p in folder.glob("*") if p.name.isdigit()]
        wider = min((w for w in widths if w > width), default=None)
        return None if wider is None else self.read(f"{full}.p/{wider}")

    def _text(self, name: str, tail: int = 0) -> str:
        try:
            with (self.folder / name).open("rb") as file:
                if tail and file.seek(0, os.SEEK_END) > tail:
                    file.seek(-tail, os.SEEK_END)
                else:
                    file.seek(0)
                return file.read().decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return ""


def published() -> PublishedLog:
    """The log of this installation."""
    return PublishedLog(Path(settings.YISHI_LOG_DIR) / "public")


@dataclass(frozen=True)
class Signer:
    """The key of this log."""

    key: Ed25519PrivateKey
    verifier: Verifier

    def note(self, checkpoint: Checkpoint) -> str:
        """The signed note of a checkpoint."""
        return sign_checkpoint(checkpoint, self.verifier, self.key.sign)


def signer(log: PublishedLog) -> Signer:
    """The signing key, made now where nothing was ever signed.

    Raises LogKeyMissing where checkpoints exist and the key does not, LogKeyBroken where the
    file is not a key or not the one published.
    """
    if not key_path().exists():
        if log.notes():
            raise LogKeyMissing(str(key_path()))
        _make_key(key_path())
    own, shown = _own_signer(), log.verifier()
    if shown is not None and shown != own.verifier:
        raise LogKeyBroken(f"{key_path()} is not the key published in {log.folder / KEY}")
    if shown is None:
        log.write(KEY, f"{own.verifier.encode()}\n".encode())
    return own


def own_verifier() -> list[Verifier]:
    """The public half of the key file; none where there is no key. Raises LogKeyBroken."""
    return [_own_signer().verifier] if key_path().exists() else []


def _own_signer() -> Signer:
    path = key_path()
    try:
        raw = base64.b64decode(path.read_text("ascii").strip(), validate=True)
        key = Ed25519PrivateKey.from_private_bytes(raw)
        return Signer(key, Verifier(settings.YISHI_LOG_ORIGIN, key.public_key().public_bytes_raw()))
    except (OSError, ValueError) as error:
        raise LogKeyBroken(f"{path}: {error}") from error


def key_path() -> Path:
    """Where the signing key lies; only its owner may read it."""
    return Path(settings.YISHI_KEYS_DIR) / KEY_FILE


def verify_ed25519(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether key, message and signature belong together."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _make_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    raw = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw())
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(raw + b"\n")
        out.flush()
        os.fsync(out.fileno())
    _sync_folder(path.parent)


def _is_whole(note: str) -> bool:
    try:
        parse_checkpoint(parse_note(note).text)
    except ValueError:
        return False
    return True


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
