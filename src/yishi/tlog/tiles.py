"""The log as files: hash tiles and entry bundles of up to 256, each written once it is known.

`read` and `write` are the caller's: a path relative to the log's root gives bytes, or None.
Source: C2SP tlog-tiles (c2sp.org/tlog-tiles).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from yishi.tlog import tree
from yishi.tlog.tree import HASH_BYTES, Frontier

TILE_WIDTH = 256
MAX_ENTRY_BYTES = 65_535
LENGTH_BYTES = 2

Read = Callable[[str], bytes | None]


class MissingTile(LookupError):
    """A file the tree size promises is not there; the message is its path."""


@dataclass(frozen=True)
class Tile:
    """Place of a tile: `level` from the leaves up, `index` within it, `width` 1 to 256."""

    level: int
    index: int
    width: int

    @property
    def path(self) -> str:
        return tile_path(self.level, self.index, self.width)


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """Path of a hash tile, `tile/0/x001/x234/067` or `tile/0/000.p/7`.

    Raises ValueError for a level outside 0 to 63, a negative index, a width outside 1 to 256.
    """
    if not 0 <= level <= 63:
        raise ValueError(f"tile level {level} is not between 0 and 63")
    return f"tile/{level}/{_numbered(index, width)}"


def entries_path(index: int, width: int = TILE_WIDTH) -> str:
    """Path of an entry bundle, `tile/entries/000` or `tile/entries/000.p/7`."""
    return f"tile/entries/{_numbered(index, width)}"


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of a tree of `size` leaves, level by level, full ones before the partial one."""
    level = 0
    while size:
        full, partial = divmod(size, TILE_WIDTH)
        for index in range(full):
            yield Tile(level, index, TILE_WIDTH)
        if partial:
            yield Tile(level, full, partial)
        level, size = level + 1, full


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """A bundle: each entry after its length in two bytes, big end first.

    Raises ValueError for more than 256 entries or one above 65,535 bytes.
    """
    if len(entries) > TILE_WIDTH:
        raise ValueError(f"{len(entries)} entries in one bundle; at most {TILE_WIDTH}")
    for at, entry in enumerate(entries):
        if len(entry) > MAX_ENTRY_BYTES:
            raise ValueError(f"entry {at} is {len(entry)} bytes; at most {MAX_ENTRY_BYTES}")
    return b"".join(len(entry).to_bytes(LENGTH_BYTES, "big") + entry for entry in entries)


def unpack_entries(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError when it breaks off or holds more than 256."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        begin = at + LENGTH_BYTES
        at = begin + int.from_bytes(data[at:begin], "big")
        if begin > len(data) or at > len(data):
            raise ValueError(f"bundle breaks off in entry {len(entries)}")
        entries.append(data[begin:at])
    if len(entries) > TILE_WIDTH:
        raise ValueError(f"{len(entries)} entries in one bundle; at most {TILE_WIDTH}")
    return entries


def new_tiles(
    old_size: int, leaf_hashes: Sequence[bytes], read: Read
) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each tile to write when `leaf_hashes` follow `old_size` leaves.

    Every full tile comes once, and one partial tile at most for each level. Reads at most one
    old partial tile for each level, and raises MissingTile or ValueError when it is absent or
    of the wrong length. Writing the same tiles twice does no harm.
    """
    level, count, fresh = 0, old_size, list(leaf_hashes)
    while fresh:
        index, width = divmod(count, TILE_WIDTH)
        row = read_hashes(read, Tile(level, index, width)) + fresh if width else fresh
        fresh = []
        for begin in range(0, len(row), TILE_WIDTH):
            hashes = row[begin : begin + TILE_WIDTH]
            yield tile_path(level, index, len(hashes)), b"".join(hashes)
            if len(hashes) == TILE_WIDTH:
                fresh.append(tree.root_of(hashes))
            index += 1
        level, count = level + 1, count // TILE_WIDTH


def new_bundles(old_size: int, entries: Sequence[bytes], read: Read) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each entry bundle to write when `entries` follow `old_size` others.

    Reads at most the last partial bundle; raises as `new_tiles` does.
    """
    index, width = divmod(old_size, TILE_WIDTH)
    row = read_entries(read, index, width) if width and entries else []
    row.extend(entries)
    for begin in range(0, len(row), TILE_WIDTH):
        bundle = row[begin : begin + TILE_WIDTH]
        yield entries_path(index, len(bundle)), pack_entries(bundle)
        index += 1


def read_hashes(read: Read, tile: Tile) -> list[bytes]:
    """The hashes of a tile, from its full form where the partial one was cleared away.

    Raises MissingTile when neither is there, ValueError when its length is wrong.
    """
    data, width = _partial_or_full(read, tile.path, tile_path(tile.level, tile.index), tile.width)
    if len(data) != width * HASH_BYTES:
        raise ValueError(f"{tile.path}: {len(data)} bytes, not {width} hashes")
    return [data[at : at + HASH_BYTES] for at in range(0, tile.width * HASH_BYTES, HASH_BYTES)]


def read_entries(read: Read, index: int, width: int = TILE_WIDTH) -> list[bytes]:
    """The first `width` entries of bundle `index`; falls back and raises as `read_hashes`."""
    path = entries_path(index, width)
    data, stored = _partial_or_full(read, path, entries_path(index), width)
    entries = unpack_entries(data)
    if len(entries) != stored:
        raise ValueError(f"{path}: {len(entries)} entries, not {stored}")
    return entries[:width]


class TileReader:
    """Answers any question about a published tree of `size` leaves from a few tiles."""

    def __init__(self, size: int, read: Read) -> None:
        self.size = size
        self._read = read
        self._known: dict[tuple[int, int], list[bytes]] = {}

    def subtree(self, begin: int, end: int) -> bytes:
        """Root of leaves `begin` up to `end`; what a proof asks for, so `begin` is aligned."""
        if not 0 <= begin <= end <= self.size:
            raise ValueError(f"leaves {begin} to {end} are not in a tree of {self.size}")
        return tree.join(self._complete(begin, end)) if begin < end else tree.EMPTY_ROOT

    def root(self) -> bytes:
        """Root the tiles give, to be compared with a signed one."""
        return self.subtree(0, self.size)

    def frontier(self) -> Frontier:
        """The right edge, to go on sequencing from."""
        return Frontier(self.size, self._complete(0, self.size))

    def leaf_hash(self, index: int) -> bytes:
        return self.subtree(index, index + 1)

    def entry(self, index: int) -> bytes:
        """The bytes of entry `index`. Raises ValueError when there is none."""
        if not 0 <= index < self.size:
            raise ValueError(f"entry {index} is not in a tree of {self.size}")
        bundle, at = divmod(index, TILE_WIDTH)
        width = min(TILE_WIDTH, self.size - bundle * TILE_WIDTH)
        return read_entries(self._read, bundle, width)[at]

    def inclusion_proof(self, index: int) -> list[bytes]:
        """Proof that leaf `index` is in this tree, for `tree.verify_inclusion`."""
        return tree.inclusion_path(index, self.size, self.subtree)

    def consistency_proof(self, old_size: int) -> list[bytes]:
        """Proof that the tree of `old_size` begins this one, for `tree.verify_consistency`."""
        return tree.consistency_path(old_size, self.size, self.subtree)

    def _complete(self, begin: int, end: int) -> list[bytes]:
        """Roots of the complete subtrees that make up the range, left to right."""
        roots: list[bytes] = []
        while begin < end:
            height = (end - begin).bit_length() - 1
            if begin:
                height = min(height, (begin & -begin).bit_length() - 1)
            roots.append(self._node(height, begin >> height))
            begin += 1 << height
        return roots

    def _node(self, height: int, index: int) -> bytes:
        """Root of the complete subtree over leaves index·2^height up to (index+1)·2^height."""
        level, above = divmod(height, 8)
        tile, at = divmod(index << above, TILE_WIDTH)
        hashes = self._hashes(level, tile)
        return tree.root_of(hashes[at : at + (1 << above)])

    def _hashes(self, level: int, index: int) -> list[bytes]:
        key = (level, index)
        if key not in self._known:
            width = min(TILE_WIDTH, (self.size >> 8 * level) - index * TILE_WIDTH)
            self._known[key] = read_hashes(self._read, Tile(level, index, width))
        return self._known[key]


def _numbered(index: int, width: int) -> str:
    if index < 0:
        raise ValueError(f"tile index {index} is negative")
    if not 1 <= width <= TILE_WIDTH:
        raise ValueError(f"tile width {width} is not between 1 and {TILE_WIDTH}")
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03d}")
    suffix = "" if width == TILE_WIDTH else f".p/{width}"
    return "/".join(reversed(groups)) + suffix


def _partial_or_full(read: Read, path: str, full: str, width: int) -> tuple[bytes, int]:
    data = read(path)
    if data is not None:
        return data, width
    data = read(full) if full != path else None
    if data is None:
        raise MissingTile(path)
    return data, TILE_WIDTH
