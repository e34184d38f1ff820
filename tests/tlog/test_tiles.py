"""The published files: their names, their contents, and questions answered from them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yishi.tlog import tiles, tree
from yishi.tlog.tiles import MissingTile, Tile, TileReader


def numbered(begin: int, end: int) -> list[bytes]:
    return [number.to_bytes(32, "big") for number in range(begin, end)]


def grown(*sizes: int) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    old = 0
    for size in sizes:
        files.update(tiles.new_tiles(old, numbered(old, size), files.get))
        old = size
    return files


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (tiles.tile_path(0, 0), "tile/0/000"),
        (tiles.tile_path(0, 0, 1), "tile/0/000.p/1"),
        (tiles.tile_path(1, 999, 255), "tile/1/999.p/255"),
        (tiles.tile_path(0, 1000), "tile/0/x001/000"),
        (tiles.tile_path(2, 1234067, 256), "tile/2/x001/x234/067"),
        (tiles.tile_path(63, 1234067, 112), "tile/63/x001/x234/067.p/112"),
        (tiles.entries_path(0), "tile/entries/000"),
        (tiles.entries_path(1234067, 8), "tile/entries/x001/x234/067.p/8"),
    ],
)
def test_paths(path: str, expected: str) -> None:
    assert path == expected


@pytest.mark.parametrize(
    ("level", "index", "width"), [(64, 0, 1), (-1, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)]
)
def test_places_that_are_none(level: int, index: int, width: int) -> None:
    with pytest.raises(ValueError):
        tiles.tile_path(level, index, width)


@pytest.mark.parametrize(
    ("size", "paths"),
    [
        (0, []),
        (1, ["tile/0/000.p/1"]),
        (255, ["tile/0/000.p/255"]),
        (256, ["tile/0/000", "tile/1/000.p/1"]),
        (257, ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]),
    ],
)
def test_the_tiles_of_a_tree(size: int, paths: list[str]) -> None:
    assert [tile.path for tile in tiles.tiles_of(size)] == paths
    assert sorted(grown(size)) == sorted(paths)


def test_the_tiles_of_70_000_leaves_are_those_of_the_specification() -> None:
    widths: dict[int, list[int]] = {}
    for tile in tiles.tiles_of(70_000):
        widths.setdefault(tile.level, []).append(tile.width)
    assert widths == {0: [256] * 273 + [112], 1: [256, 17], 2: [1]}


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 65_793])
def test_step_by_step_is_the_same_as_from_scratch(size: int) -> None:
    steps = [at for at in (0, 1, 100, 255, 256, 257, 600, 65_535, 65_536) if at < size]
    at_once, bit_by_bit = grown(size), grown(*steps, size)
    assert {path: bit_by_bit[path] for path in at_once} == at_once
    assert sorted(at_once) == sorted(tile.path for tile in tiles.tiles_of(size))

    reader = TileReader(size, at_once.get)
    hashes = numbered(0, size)
    assert reader.root() == tree.root_of(hashes)
    frontier = reader.frontier()
    frontier.append(bytes(32))
    assert frontier.root() == tree.root_of([*hashes, bytes(32)])


def test_a_full_tile_is_written_once_and_little_is_read() -> None:
    files = grown(65_000)
    reads: list[str] = []

    def read(path: str) -> bytes | None:
        reads.append(path)
        return files.get(path)

    written = [path for path, _ in tiles.new_tiles(65_000, numbered(65_000, 66_000), read)]
    assert reads == ["tile/0/253.p/232", "tile/1/000.p/253"]
    assert written == [
        "tile/0/253",
        "tile/0/254",
        "tile/0/255",
        "tile/0/256",
        "tile/0/257.p/208",
        "tile/1/000",
        "tile/1/001.p/1",
        "tile/2/000.p/1",
    ]


@settings(max_examples=40)
@given(st.integers(1, 1500), st.data())
def test_proofs_from_tiles_are_those_from_memory(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    reader, hashes = TileReader(size, grown(size).get), numbered(0, size)
    assert reader.leaf_hash(index) == hashes[index]
    assert reader.inclusion_proof(index) == tree.inclusion_proof(hashes, index)
    assert reader.consistency_proof(old) == tree.consistency_proof(hashes, old)


def test_an_older_size_is_read_from_full_tiles_once_its_partial_ones_are_gone() -> None:
    files = {path: data for path, data in grown(100, 600).items() if path != "tile/0/000.p/100"}
    assert TileReader(100, files.get).root() == tree.root_of(numbered(0, 100))


def test_a_missing_or_short_tile_is_named() -> None:
    nothing: dict[str, bytes] = {}
    with pytest.raises(MissingTile, match=r"^tile/0/000\.p/3$"):
        TileReader(3, nothing.get).root()
    with pytest.raises(ValueError, match=r"tile/0/000\.p/3: 64 bytes, not 3 hashes"):
        TileReader(3, {"tile/0/000.p/3": bytes(64)}.get).root()
    with pytest.raises(MissingTile, match=r"^tile/0/000\.p/3$"):
        list(tiles.new_tiles(3, numbered(3, 4), nothing.get))
    with pytest.raises(ValueError, match="not in a tree of 3"):
        TileReader(3, nothing.get).entry(3)


def test_a_bundle_holds_entries_of_every_allowed_length() -> None:
    entries = [b"", b"a", b"b" * 65_535]
    data = tiles.pack_entries(entries)
    assert data[:5] == b"\x00\x00\x00\x01a"
    assert data[5:7] == b"\xff\xff"
    assert tiles.unpack_entries(data) == entries
    assert tiles.unpack_entries(b"") == []


def test_what_no_bundle_holds() -> None:
    with pytest.raises(ValueError, match="entry 1 is 65536 bytes; at most 65535"):
        tiles.pack_entries([b"", bytes(65_536)])
    with pytest.raises(ValueError, match="257 entries in one bundle"):
        tiles.pack_entries([b""] * 257)
    with pytest.raises(ValueError, match="257 entries in one bundle"):
        tiles.unpack_entries(bytes(2 * 257))
    for broken in (b"\x00", b"\x00\x02a", b"\x00\x01a\x00"):
        with pytest.raises(ValueError, match="breaks off"):
            tiles.unpack_entries(broken)


@pytest.mark.parametrize("sizes", [(0,), (1,), (255, 256), (256, 257), (3, 700, 701)])
def test_bundles_grow_like_tiles(sizes: tuple[int, ...]) -> None:
    files: dict[str, bytes] = {}
    old = 0
    for size in sizes:
        entries = [str(number).encode() for number in range(old, size)]
        files.update(tiles.new_bundles(old, entries, files.get))
        files.update(tiles.new_tiles(old, numbered(old, size), files.get))
        old = size
    bundles = {
        tiles.entries_path(tile.index, tile.width) for tile in tiles.tiles_of(old) if not tile.level
    }
    assert bundles <= files.keys()
    reader = TileReader(old, files.get)
    assert [reader.entry(at) for at in range(old)] == [str(at).encode() for at in range(old)]


def test_a_bundle_of_the_wrong_count_is_named() -> None:
    files = {"tile/entries/000.p/3": tiles.pack_entries([b"a", b"b"])}
    with pytest.raises(ValueError, match=r"tile/entries/000\.p/3: 2 entries, not 3"):
        tiles.read_entries(files.get, 0, 3)


def test_a_tile_knows_its_path() -> None:
    assert Tile(0, 273, 112).path == "tile/0/273.p/112"
