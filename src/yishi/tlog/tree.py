"""The Merkle tree: hashing, roots, and proofs that an entry or an older tree is inside.

Hashes are 32 bytes. Leaves are numbered from 0; sizes count leaves.
Source: RFC 6962 section 2.1; verification as in RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

Subtree = Callable[[int, int], bytes]
"""Root of the leaves from `begin` up to but not including `end`."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of one entry; the 0x00 in front keeps a leaf from passing as a node."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two neighbouring subtrees."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """Root of the tree over `leaf_hashes`; of none, the SHA-256 of nothing."""
    if not leaf_hashes:
        return EMPTY_ROOT
    row = list(leaf_hashes)
    while len(row) > 1:
        # An odd one at the end moves up unhashed: the same tree RFC 6962 splits from the top.
        above = [node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        row = above + row[len(row) & ~1 :]
    return row[0]


class Frontier:
    """The right edge of a growing tree: enough to append and to give the root.

    Holds one hash per set bit of `size`, largest subtree first, so a log of a million entries
    goes on from twenty hashes.
    """

    __slots__ = ("_hashes", "size")

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        """A frontier to go on from. Raises ValueError when `hashes` do not fit `size`."""
        if size < 0 or len(hashes) != size.bit_count():
            raise ValueError(f"{len(hashes)} hashes do not make the edge of {size} leaves")
        self.size = size
        self._hashes = list(hashes)

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """Roots of the complete subtrees, left to right."""
        return tuple(self._hashes)

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        merged, size = leaf, self.size
        while size & 1:
            merged = node_hash(self._hashes.pop(), merged)
            size >>= 1
        self._hashes.append(merged)
        self.size += 1

    def root(self) -> bytes:
        """Root of the tree so far."""
        if not self._hashes:
            return EMPTY_ROOT
        return join(self._hashes)

    def copy(self) -> "Frontier":
        """A second frontier that grows on its own."""
        return Frontier(self.size, self._hashes)


def join(subtrees: Sequence[bytes]) -> bytes:
    """Root over complete subtrees of falling size, left to right. At least one."""
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = node_hash(left, root)
    return root


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The neighbours from leaf `index` up to the root of `size` leaves, lowest first.

    Raises ValueError unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(begin, middle))
            begin = middle
    return path[::-1]


def consistency_path(old_size: int, new_size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that show the tree of `old_size` to be the beginning of that of `new_size`.

    Empty when the sizes are equal or the old tree has no leaf. Raises ValueError unless
    0 <= old_size <= new_size.
    """
    if not 0 <= old_size <= new_size:
        raise ValueError(f"no tree of {old_size} begins a tree of {new_size}")
    if old_size in (0, new_size):
        return []
    path: list[bytes] = []
    begin, end, known = 0, new_size, True
    while end != old_size:
        middle = begin + _split(end - begin)
        if old_size <= middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(begin, middle))
            begin, known = middle, False
    if not known:
        path.append(subtree(begin, end))
    return path[::-1]


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """`inclusion_path` over leaf hashes held in memory."""
    return inclusion_path(index, len(leaf_hashes), _of(leaf_hashes))


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """`consistency_path` from the first `old_size` of `leaf_hashes` to all of them."""
    return consistency_path(old_size, len(leaf_hashes), _of(leaf_hashes))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether `proof` shows `leaf` (a leaf hash) at `index` in the tree `size`, `root`."""
    if not 0 <= index < size or not _are_hashes((leaf, root, *proof)):
        return False
    at, last, computed = index, size - 1, leaf
    for neighbour in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            computed = node_hash(neighbour, computed)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            computed = node_hash(computed, neighbour)
        at, last = at >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows the old tree to be the beginning of the new one."""
    if not 0 <= old_size <= new_size or not _are_hashes((old_root, new_root, *proof)):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    if not proof:
        return False
    whole = old_size & (old_size - 1) == 0
    first, *rest = [old_root, *proof] if whole else proof
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old, new = first, first
    for neighbour in rest:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(neighbour, old), node_hash(neighbour, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, neighbour)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _split(count: int) -> int:
    """Largest power of two below `count`; `count` at least 2."""
    return 1 << ((count - 1).bit_length() - 1)


def _of(leaf_hashes: Sequence[bytes]) -> Subtree:
    return lambda begin, end: root_of(leaf_hashes[begin:end])


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
