"""The key of an open secret vote: a file of its own, in no backup, destroyed when the vote closes.

While the vote is open it makes a voter's ballot findable, so that it can be replaced, and keeps
its choice sealed. Once it is gone nothing in the database, its free pages, its log or a copy of
them tells who chose what. Source: architecture, decision 12; docs/decisions/0030.
"""

import base64
import contextlib
import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FOLDER = "vote-keys"
LENGTH, NONCE = 32, 12


class VoteKeyLost(Exception):
    """The key of this vote is not on this machine: its ballots cannot be read any more."""


@dataclass(frozen=True)
class VoteKey:
    """A vote's key, read. Made by :func:`make_key` and :func:`read_key` alone."""

    vote: str
    find: bytes
    seal: AESGCM

    def ballot_key(self, voter: str) -> str:
        """By which a voter's ballot is found while the vote is open: HMAC-SHA256, 64 hex digits."""
        return hmac.new(self.find, voter.encode(), hashlib.sha256).hexdigest()

    def close(self, letters: str, about: str) -> str:
        """A ballot sealed for the row `about`; all ballots of a vote come out equally long."""
        nonce = os.urandom(NONCE)
        sealed = self.seal.encrypt(nonce, letters.encode(), about.encode())
        return base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str, about: str) -> str:
        """The ballot again. Raises VoteKeyLost where it was sealed under another key."""
        raw = base64.b64decode(sealed)
        try:
            return self.seal.decrypt(raw[:NONCE], raw[NONCE:], about.encode()).decode()
        except InvalidTag as error:
            raise VoteKeyLost(self.vote) from error


def folder() -> Path:
    """Where the keys of open votes lie: beside the keys of the installation, never among them."""
    return Path(settings.YISHI_VAR) / FOLDER


def make_key(vote: str) -> VoteKey:
    """A new key for a vote that opens, on the disk before anybody casts. Raises OSError."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    # An opening that was rolled back may have left one, under which nothing was sealed.
    destroy_key(vote)
    handle = os.open(_path(vote), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(base64.b64encode(os.urandom(LENGTH)) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    _sync(folder())
    return read_key(vote)


def read_key(vote: str) -> VoteKey:
    """The key of an open vote. Raises VoteKeyLost."""
    try:
        raw = base64.b64decode(_path(vote).read_bytes().strip(), validate=True)
    except (OSError, ValueError) as error:
        raise VoteKeyLost(vote) from error
    if len(raw) != LENGTH:
        raise VoteKeyLost(vote)
    return VoteKey(vote, _derived(raw, b"find"), AESGCM(_derived(raw, b"seal")))


def has_key(vote: str) -> bool:
    """Whether the key of this vote can be read."""
    with contextlib.suppress(VoteKeyLost):
        return bool(read_key(vote).vote)
    return False


def destroy_key(vote: str) -> None:
    """Overwrites and removes the key; nothing where it is gone already."""
    path = _path(vote)
    try:
        with path.open("r+b") as file:
            file.write(os.urandom(max(path.stat().st_size, LENGTH)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync(folder())
    except FileNotFoundError:
        return


def kept_keys() -> list[str]:
    """The votes whose key lies there."""
    return sorted(path.stem for path in folder().glob("*.key")) if folder().is_dir() else []


def _path(vote: str) -> Path:
    if not vote.isalnum():
        raise VoteKeyLost(vote)
    return folder() / f"{vote}.key"


def _derived(key: bytes, use: bytes) -> bytes:
    return hmac.new(key, b"yishi vote " + use, hashlib.sha256).digest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
