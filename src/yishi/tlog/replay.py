"""Read a log's files through once, in order, and hold them against each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from yishi.tlog import tiles
from yishi.tlog.findings import Code, Finding
from yishi.tlog.tiles import TILE_WIDTH, MissingTile, Read, Tile
from yishi.tlog.tree import EMPTY_ROOT, Frontier, leaf_hash, root_of


class Line:
    """One reading of the leaves: its roots at the sizes asked for, its full blocks' roots."""

    def __init__(self, sizes: frozenset[int]) -> None:
        self.frontier = Frontier()
        self.roots = {0: EMPTY_ROOT}
        self.blocks: list[bytes] = []
        self._sizes = sizes

    def add(self, hashes: Sequence[bytes]) -> None:
        for leaf in hashes:
            self.frontier.append(leaf)
            if self.frontier.size in self._sizes:
                self.roots[self.frontier.size] = self.frontier.root()
        if len(hashes) == TILE_WIDTH:
            self.blocks.append(root_of(hashes))

    def agrees(self, signed: Mapping[int, set[bytes]]) -> int:
        """How many of the signed sizes this reading gives a signed root for."""
        return sum(self.roots.get(size) in roots for size, roots in signed.items())

    def copy(self) -> "Line":
        twin = Line(self._sizes)
        twin.frontier = self.frontier.copy()
        twin.roots = dict(self.roots)
        twin.blocks = list(self.blocks)
        return twin


class Replay:
    """Replays `size` leaves: from the entries, and beside it from the tiles once they differ.

    The signed roots then decide which of the two was changed. Read `entries` to the end, then
    call `settle`; `findings` grows with both.
    """

    def __init__(self, read: Read, size: int, sizes: Iterable[int]) -> None:
        self.findings: list[Finding] = []
        self._read = read
        self._size = size
        self._sizes = frozenset(sizes)
        self._by_entries = Line(self._sizes)
        self._by_tiles: Line | None = None
        self._broken_off = False
        self._differing: list[tuple[int, str]] = []
        self._older: dict[int, list[int]] = defaultdict(list)
        for older in self._sizes:
            if older % TILE_WIDTH and older != size:
                self._older[older // TILE_WIDTH].append(older % TILE_WIDTH)

    def entries(self) -> Iterator[tuple[int, bytes | None]]:
        """Each entry with its number; None once for a bundle that could not be read.

        Stops where neither bundle nor tile can be read: what follows hangs in the air.
        """
        for index, begin in enumerate(range(0, self._size, TILE_WIDTH)):
            width = min(TILE_WIDTH, self._size - begin)
            entries, stored = self._bundle(index, width), self._tile(Tile(0, index, width))
            if entries is None and stored is None:
                self._broken_off = True
                width, entries, stored = self._older_end(index)
            hashes = stored if entries is None else [leaf_hash(entry) for entry in entries]
            if hashes is None:
                yield begin, None
                return
            self._compare(begin, Tile(0, index, width).path, hashes, stored or hashes)
            self._compare_older(index, entries, hashes, stored or hashes)
            if entries is None:
                yield begin, None
            else:
                yield from enumerate(entries, begin)
            if self._broken_off:
                return

    def settle(self, signed: Mapping[int, set[bytes]]) -> dict[int, bytes]:
        """The roots by size, and the blame: `signed` holds the signed roots of each size."""
        tiles_line = self._by_tiles or self._by_entries
        lead = self._by_entries.agrees(signed) - tiles_line.agrees(signed)
        if lead > 0:
            for path in dict.fromkeys(path for _, path in self._differing):
                self._find(Code.TILE_DIFFERS, path, "the tile is not that of its entries")
        else:
            verdict = "is not what was signed" if lead < 0 else "and its tile differ"
            for seq, path in self._differing:
                self._find(Code.ENTRY_DIFFERS, seq, f"the entry {verdict} ({path})")
        if not self._broken_off:
            self._upper_tiles((tiles_line if lead < 0 else self._by_entries).blocks)
        return self._by_entries.roots

    def _compare(
        self, begin: int, path: str, hashes: Sequence[bytes], stored: Sequence[bytes]
    ) -> None:
        differing = [
            (seq, path)
            for seq, (ours, theirs) in enumerate(zip(hashes, stored, strict=True), begin)
            if ours != theirs
        ]
        if differing and self._by_tiles is None:
            self._by_tiles = self._by_entries.copy()
        self._differing += differing
        self._by_entries.add(hashes)
        if self._by_tiles is not None:
            self._by_tiles.add(stored)

    def _compare_older(
        self,
        index: int,
        entries: Sequence[bytes] | None,
        hashes: Sequence[bytes],
        stored: Sequence[bytes],
    ) -> None:
        """Partial files of earlier checkpoints may be gone, but must not tell another story."""
        for width in sorted(self._older[index]):
            path = tiles.tile_path(0, index, width)
            data = self._read(path)
            if data not in (None, b"".join(hashes[:width]), b"".join(stored[:width])):
                self._find(Code.TILE_DIFFERS, path, "an older partial tile differs")
            path = tiles.entries_path(index, width)
            data = self._read(path)
            if entries and data not in (None, tiles.pack_entries(entries[:width])):
                self._find(Code.TILE_DIFFERS, path, "an older partial bundle differs")

    def _older_end(self, index: int) -> tuple[int, list[bytes] | None, list[bytes] | None]:
        """What an earlier checkpoint left of a block: a log cut back still has its old end."""
        before = len(self.findings)
        for width in sorted(self._older[index], reverse=True):
            entries, stored = self._bundle(index, width), self._tile(Tile(0, index, width))
            del self.findings[before:]  # these files are allowed to be gone
            if entries is not None or stored is not None:
                return width, entries, stored
        return 0, None, None

    def _upper_tiles(self, row: Sequence[bytes]) -> None:
        sizes = {size >> 8 for size in self._sizes}
        level = 1
        while row:
            for begin in range(0, len(row), TILE_WIDTH):
                hashes = list(row[begin : begin + TILE_WIDTH])
                tile = Tile(level, begin // TILE_WIDTH, len(hashes))
                stored = self._tile(tile)
                if stored is not None and stored != hashes:
                    self._find(Code.TILE_DIFFERS, tile.path, "not the hashes of the tiles below")
            for older in sorted(sizes):
                index, width = divmod(older, TILE_WIDTH)
                if width and older < len(row):
                    path = tiles.tile_path(level, index, width)
                    ours = b"".join(row[index * TILE_WIDTH : older])
                    if self._read(path) not in (None, ours):
                        self._find(Code.TILE_DIFFERS, path, "an older partial tile differs")
            row = [
                root_of(row[begin : begin + TILE_WIDTH])
                for begin in range(0, len(row) - TILE_WIDTH + 1, TILE_WIDTH)
            ]
            sizes = {size >> 8 for size in sizes}
            level += 1

    def _bundle(self, index: int, width: int) -> list[bytes] | None:
        try:
            return tiles.read_entries(self._read, index, width)
        except (MissingTile, ValueError) as error:
            self._unreadable(tiles.entries_path(index, width), error)
            return None

    def _tile(self, tile: Tile) -> list[bytes] | None:
        try:
            return tiles.read_hashes(self._read, tile)
        except (MissingTile, ValueError) as error:
            self._unreadable(tile.path, error)
            return None

    def _unreadable(self, path: str, error: Exception) -> None:
        if isinstance(error, MissingTile):
            self._find(Code.FILE_MISSING, path, "the file is not there")
        else:
            self._find(Code.FILE_MALFORMED, path, str(error))

    def _find(self, code: Code, where: int | str, detail: str) -> None:
        self.findings.append(Finding(code, where, detail))
