"""Checkpoints: the size and root of the log at a moment, signed so they can be kept elsewhere.

Keys and signatures are the caller's: this module formats, reads and compares.
Source: C2SP tlog-checkpoint and signed-note (c2sp.org).
"""

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from yishi.tlog.tree import HASH_BYTES

ED25519 = b"\x01"
KEY_ID_BYTES = 4
PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64
MAX_NOTE_CHARS = 100_000

Sign = Callable[[bytes], bytes]
"""Ed25519 signature (64 bytes) of a message."""

VerifyKey = Callable[[bytes, bytes, bytes], bool]
"""Whether public key, message and signature belong together; returns, never raises."""

VerifySignature = Callable[[str, bytes, bytes, bytes], bool | None]
"""Verdict on key name, key id, message, signature; None when that key is not known."""

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_DASH = "\u2014 "


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: `origin` names it, `size` counts entries, `root` is 32 bytes."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or _has_control(self.origin):
            raise ValueError("a log's origin is one line of text")
        if self.size < 0 or len(self.root) != HASH_BYTES:
            raise ValueError("a checkpoint has a size from 0 and a root of 32 bytes")

    def body(self) -> str:
        """The text that is signed: origin, size, root in base64, a line each."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


@dataclass(frozen=True)
class Signature:
    """One signature line of a note: key name, 4-byte key id, signature bytes."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class Note:
    """A signed note as read, nothing verified yet. `text` is what was signed."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class Verifier:
    """A key to check a log's signatures with: its name and 32-byte Ed25519 public key."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        _refuse_name(self.name)
        if len(self.public_key) != PUBLIC_KEY_BYTES:
            raise ValueError(f"an Ed25519 public key is {PUBLIC_KEY_BYTES} bytes")

    @property
    def key_id(self) -> bytes:
        """First 4 bytes of SHA-256 over name, newline, 0x01 and the public key."""
        return key_id(self.name, self.public_key)

    def encode(self) -> str:
        """The verifier string to publish: `name+keyid in hex+base64 of 0x01 and the key`."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(ED25519 + self.public_key)}"

    @classmethod
    def decode(cls, text: str) -> "Verifier":
        """Read a verifier string. Raises ValueError when malformed or its key id is wrong."""
        name, stated, encoded = [*text.split("+", 2), "", ""][:3]
        raw = _unbase64(encoded)
        if raw[:1] != ED25519:
            raise ValueError("not the verifier string of an Ed25519 key")
        verifier = cls(name, raw[1:])
        if verifier.key_id.hex() != stated:
            raise ValueError("the verifier string's key id does not belong to its key")
        return verifier


def key_id(name: str, public_key: bytes) -> bytes:
    """Key id of an Ed25519 key under `name`, 4 bytes. Source: C2SP signed-note."""
    return sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:KEY_ID_BYTES]


def sign_checkpoint(checkpoint: Checkpoint, key: Verifier, sign: Sign) -> str:
    """The signed note of `checkpoint`; `sign` holds the private key that belongs to `key`.

    Raises ValueError when `sign` returns anything but 64 bytes.
    """
    body = checkpoint.body()
    signature = sign(body.encode())
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError(f"an Ed25519 signature is {SIGNATURE_BYTES} bytes")
    return f"{body}\n{_DASH}{key.name} {_base64(key.key_id + signature)}\n"


def parse_note(note: str) -> Note:
    """Split a signed note into its text and signatures. Raises ValueError when malformed."""
    if len(note) > MAX_NOTE_CHARS:
        raise ValueError("the note is longer than any checkpoint")
    text, gap, tail = note.rpartition("\n\n")
    if not gap or not tail.endswith("\n") or _has_control(note.replace("\n", "")):
        raise ValueError("not a signed note: text, blank line, signature lines")
    return Note(text + "\n", tuple(_parse_signature(line) for line in tail[:-1].split("\n")))


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text (the part that was signed).

    Raises ValueError when malformed, and for extension lines: this log writes none, and a
    line nobody checks has no place under a signature.
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise ValueError("a checkpoint is three lines: origin, size, root")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size):
        raise ValueError("the tree size is not a plain decimal number")
    return Checkpoint(origin, int(size), _unbase64(root))


def split_notes(text: str) -> list[str]:
    """The notes of a file that checkpoints were appended to, oldest first.

    A last note that was cut off in writing comes out as it stands; `parse_note` refuses it, and
    whoever appends next cuts it off first.
    """
    notes: list[list[str]] = []
    signatures = True
    for line in _LINE.findall(text):
        if signatures and not (notes and line.startswith(_DASH[0])):
            notes.append([])
            signatures = False
        notes[-1].append(line)
        signatures = signatures or line == "\n"
    return ["".join(lines) for lines in notes]


def note_verifier(keys: Sequence[Verifier], verify: VerifyKey) -> VerifySignature:
    """A verdict on signatures from the `keys` that are trusted; `verify` does the arithmetic."""
    known = {(key.name, key.key_id): key.public_key for key in keys}

    def verdict(name: str, identity: bytes, message: bytes, signature: bytes) -> bool | None:
        public_key = known.get((name, identity))
        if public_key is None:
            return None
        return len(signature) == SIGNATURE_BYTES and verify(public_key, message, signature)

    return verdict


def _parse_signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise ValueError("a signature line is a dash, a key name and base64")
    _refuse_name(name)
    raw = _unbase64(encoded)
    if len(raw) <= KEY_ID_BYTES:
        raise ValueError("a signature line without a signature")
    return Signature(name, raw[:KEY_ID_BYTES], raw[KEY_ID_BYTES:])


def _refuse_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() for c in name) or _has_control(name):
        raise ValueError("a key name is not empty and has no space and no plus sign")


def _has_control(text: str) -> bool:
    return any(c < " " for c in text)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _unbase64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    # Two spellings of the same bytes would be two notes for one checkpoint.
    if not data or _base64(data) != text:
        raise ValueError("not in standard base64")
    return data
