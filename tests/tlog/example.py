"""A small published log for the tests: files in a dictionary, signed with a real key."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from yishi.tlog import tiles
from yishi.tlog.checkpoint import Checkpoint, Verifier, note_verifier, sign_checkpoint
from yishi.tlog.findings import Code, Report
from yishi.tlog.history import Apart
from yishi.tlog.leaf import Actor, Leaf, Subject
from yishi.tlog.tree import Frontier, leaf_hash
from yishi.tlog.verify import verify_log

ORIGIN = "yishi.example/xinghe"
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = Verifier(ORIGIN, SECRET.public_key().public_bytes_raw())
START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def verify_ed25519(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def leaf(uid: str, subject: str, no: int, act: str = "case.note", who: str = "p1") -> bytes:
    return Leaf(
        log=ORIGIN,
        uid=uid,
        act=act,
        subject=Subject("case", subject),
        no=no,
        actor=Actor(who, "unit"),
        at=START + timedelta(minutes=no),
    ).to_bytes()


def leaves(count: int, begin: int = 0) -> list[bytes]:
    """Entries `begin` up to `count`: seven subjects, acts numbered 1, 2, 3… on each."""
    return [leaf(f"e{seq}", f"c{seq % 7}", seq // 7 + 1) for seq in range(begin, count)]


@dataclass
class Published:
    """What anyone can download: files by path, and checkpoints oldest first."""

    files: dict[str, bytes] = field(default_factory=dict)
    checkpoints: list[str] = field(default_factory=list)
    frontier: Frontier = field(default_factory=Frontier)

    def append(self, entries: Sequence[bytes]) -> None:
        """Sequence `entries` and sign a checkpoint, as the office's worker does."""
        hashes = [leaf_hash(entry) for entry in entries]
        old = self.frontier.size
        self.files.update(tiles.new_bundles(old, entries, self.files.get))
        self.files.update(tiles.new_tiles(old, hashes, self.files.get))
        for each in hashes:
            self.frontier.append(each)
        self.sign()

    def sign(self, size: int | None = None, root: bytes | None = None) -> None:
        point = Checkpoint(
            ORIGIN,
            self.frontier.size if size is None else size,
            root or self.frontier.root(),
        )
        self.checkpoints.append(sign_checkpoint(point, KEY, SECRET.sign))

    def verify(self, apart: dict[str, Apart] | None = None, outside: Sequence[str] = ()) -> Report:
        return verify_log(
            self.files.get,
            self.checkpoints,
            note_verifier([KEY], verify_ed25519),
            apart=apart,
            outside=outside,
        )


def published(*sizes: int) -> Published:
    """A log grown to each of `sizes` in turn, a checkpoint at each."""
    log = Published()
    for size in sizes:
        log.append(leaves(size, log.frontier.size))
    return log


def found(report: Report) -> list[tuple[Code, int | str]]:
    return [(finding.code, finding.where) for finding in report.findings]
