"""A published log is verified from its files; whatever was changed is named."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tlog.example import (
    KEY,
    ORIGIN,
    SECRET,
    Published,
    found,
    leaf,
    leaves,
    published,
    verify_ed25519,
)
from yishi.tlog import tiles
from yishi.tlog.checkpoint import Checkpoint, Verifier, note_verifier, sign_checkpoint
from yishi.tlog.findings import Code
from yishi.tlog.history import Apart
from yishi.tlog.tree import leaf_hash
from yishi.tlog.verify import verify_log


@pytest.mark.parametrize("sizes", [(0,), (1,), (255,), (256,), (257,), (0, 3, 3, 300, 600)])
def test_an_untouched_log_holds(sizes: tuple[int, ...]) -> None:
    report = published(*sizes).verify()
    assert found(report) == []
    assert report.holds
    assert (report.origin, report.size, report.entries) == (ORIGIN, sizes[-1], sizes[-1])
    assert (report.checkpoints, report.outside) == (len(sizes), 0)


def test_partial_tiles_of_older_checkpoints_may_be_cleared_away() -> None:
    log = published(3, 300, 600)
    for path in [path for path in log.files if path.endswith((".p/3", ".p/44"))]:
        del log.files[path]
    assert len(log.files) == 8
    assert found(log.verify()) == []


def changed(log: Published, seq: int) -> None:
    """Rewrite entry `seq` in the newest bundle and nowhere else."""
    index, at = divmod(seq, 256)
    width = min(256, log.frontier.size - index * 256)
    entries = tiles.read_entries(log.files.get, index, width)
    entries[at] = entries[at].replace(b"case.note", b"case.sign")
    log.files[tiles.entries_path(index, width)] = tiles.pack_entries(entries)


def test_each_changed_entry_is_named() -> None:
    log = published(600)
    for seq in (5, 255, 256, 599):
        changed(log, seq)
    assert found(log.verify()) == [
        (Code.ENTRY_DIFFERS, 5),
        (Code.ENTRY_DIFFERS, 255),
        (Code.ENTRY_DIFFERS, 256),
        (Code.ENTRY_DIFFERS, 599),
        (Code.ROOT_DIFFERS, "checkpoints[0]"),
    ]


def test_a_changed_tile_is_told_from_a_changed_entry() -> None:
    log = published(600)
    log.files["tile/0/001"] = bytes(32) + log.files["tile/0/001"][32:]
    assert found(log.verify()) == [(Code.TILE_DIFFERS, "tile/0/001")]

    log = published(600)
    log.files["tile/1/000.p/2"] = log.files["tile/1/000.p/2"][32:] + bytes(32)
    assert found(log.verify()) == [(Code.TILE_DIFFERS, "tile/1/000.p/2")]


def test_the_blame_holds_beside_a_checkpoint_out_of_reach() -> None:
    kept = published(900).checkpoints[0]
    log = published(600)
    log.files["tile/0/001"] = bytes(32) + log.files["tile/0/001"][32:]
    assert (Code.TILE_DIFFERS, "tile/0/001") in found(log.verify(outside=[kept]))

    log = published(600)
    changed(log, 300)
    assert (Code.ENTRY_DIFFERS, 300) in found(log.verify(outside=[kept]))


def test_older_partial_files_must_not_tell_another_story() -> None:
    log = published(300, 600)
    log.files["tile/0/001.p/44"] = bytes(44 * 32)
    log.files["tile/1/000.p/1"] = bytes(32)
    log.files["tile/entries/001.p/44"] = tiles.pack_entries(leaves(44))
    assert found(log.verify()) == [
        (Code.TILE_DIFFERS, "tile/0/001.p/44"),
        (Code.TILE_DIFFERS, "tile/entries/001.p/44"),
        (Code.TILE_DIFFERS, "tile/1/000.p/1"),
    ]


def test_a_rewrite_of_entries_and_tiles_is_narrowed_by_the_checkpoints_that_hold() -> None:
    log, forged = published(300, 400, 600), leaves(600)
    forged[350] = leaf("e350", "c0", 51, act="case.archive")
    rewritten = Published()
    rewritten.append(forged[:400])
    rewritten.append(forged[400:])
    rewritten.checkpoints = log.checkpoints
    report = rewritten.verify()
    assert found(report) == [
        (Code.ROOT_DIFFERS, "checkpoints[1]"),
        (Code.ROOT_DIFFERS, "checkpoints[2]"),
    ]
    assert report.findings[0].detail == "entries 300 to 399 are not those that were signed"
    assert report.checkpoints == 1


def test_a_wholesale_rewrite_is_seen_only_with_a_checkpoint_kept_outside() -> None:
    kept = published(300).checkpoints[0]
    forged = leaves(600)
    forged[7] = leaf("e7", "c0", 2, act="case.archive")
    log = Published()
    log.append(forged)

    alone = log.verify()
    assert (alone.holds, alone.outside) == (True, 0)
    report = log.verify(outside=[kept])
    assert found(report) == [(Code.ROOT_DIFFERS, "outside[0]")]
    assert report.outside == 0
    assert published(600).verify(outside=[kept]).outside == 1


def test_a_log_rolled_back_behind_a_kept_checkpoint_is_found() -> None:
    kept = published(600).checkpoints[0]
    report = published(300).verify(outside=[kept])
    assert found(report) == [
        (Code.FILE_MISSING, "tile/entries/001"),
        (Code.FILE_MISSING, "tile/0/001"),
        (Code.ROOT_UNREACHED, "outside[0]"),
    ]
    assert (report.entries, report.checkpoints) == (300, 1)


def test_two_roots_signed_for_one_size() -> None:
    log = published(10)
    log.sign(10, bytes(32))
    report = log.verify()
    assert found(report) == [(Code.ROOT_DIFFERS, "checkpoints[1]")]
    assert report.findings[0].detail == "another root was signed for 10 entries"


def test_missing_files() -> None:
    log = published(600)
    del log.files["tile/entries/001"]
    report = log.verify()
    assert found(report) == [(Code.FILE_MISSING, "tile/entries/001")]
    assert (report.entries, report.checkpoints) == (344, 1)

    log = published(600)
    del log.files["tile/0/001"], log.files["tile/1/000.p/2"]
    assert found(log.verify()) == [
        (Code.FILE_MISSING, "tile/0/001"),
        (Code.FILE_MISSING, "tile/1/000.p/2"),
    ]

    log = published(600)
    del log.files["tile/entries/001"], log.files["tile/0/001"]
    assert found(log.verify()) == [
        (Code.FILE_MISSING, "tile/entries/001"),
        (Code.FILE_MISSING, "tile/0/001"),
        (Code.ROOT_UNREACHED, "checkpoints[0]"),
    ]


def test_checkpoints_that_prove_nothing() -> None:
    assert found(Published().verify()) == [(Code.CHECKPOINT_NONE, "checkpoints")]

    stranger = Verifier("stranger.example", KEY.public_key)
    point = Checkpoint(ORIGIN, 3, bytes(32))
    log = published(3)
    log.checkpoints += [
        "not a note",
        sign_checkpoint(point, stranger, SECRET.sign),
        sign_checkpoint(point, KEY, lambda message: bytes(64)),
        sign_checkpoint(Checkpoint("other", 1, bytes(32)), KEY, SECRET.sign),
    ]
    log.sign(0, leaf_hash(b""))
    log.sign(2, bytes(32))
    report = log.verify()
    assert found(report) == [
        (Code.CHECKPOINT_MALFORMED, "checkpoints[1]"),
        (Code.CHECKPOINT_UNSIGNED, "checkpoints[2]"),
        (Code.SIGNATURE_WRONG, "checkpoints[3]"),
        (Code.SIZE_SHRINKS, "checkpoints[4]"),
        (Code.SIZE_SHRINKS, "checkpoints[5]"),
        (Code.SIZE_SHRINKS, "checkpoints[6]"),
        (Code.ORIGIN_DIFFERS, "checkpoints[4]"),
        (Code.ROOT_DIFFERS, "checkpoints[5]"),
        (Code.ROOT_DIFFERS, "checkpoints[6]"),
    ]
    assert report.checkpoints == 1


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([leaf("a", "c1", 1), leaf("b", "c1", 2), leaf("c", "c2", 1)], []),
        ([leaf("a", "c1", 1), leaf("b", "c1", 3)], [(Code.NUMBER_BROKEN, 1)]),
        ([leaf("a", "c1", 1), leaf("b", "c1", 1)], [(Code.NUMBER_BROKEN, 1)]),
        ([leaf("a", "c1", 2), leaf("b", "c1", 3)], [(Code.NUMBER_BROKEN, 0)]),
        (
            [leaf("a", "c1", 2), leaf("b", "c1", 1)],
            [(Code.NUMBER_BROKEN, 0), (Code.NUMBER_BROKEN, 1)],
        ),
        ([leaf("a", "c1", 1), leaf("a", "c1", 2)], [(Code.UID_REPEATED, 1)]),
        ([b"{}", leaf("a", "c1", 1)], [(Code.LEAF_MALFORMED, 0)]),
        ([b"", b"\xff", b"[" * 60_000, b"null"], [(Code.LEAF_MALFORMED, n) for n in range(4)]),
        (
            [leaf("a", "c1", 1).replace(ORIGIN.encode(), b"elsewhere.example")],
            [(Code.LEAF_FOREIGN, 0)],
        ),
    ],
)
def test_what_entries_must_be_among_themselves(
    entries: list[bytes], expected: list[tuple[Code, int]]
) -> None:
    log = Published()
    log.append(entries)
    assert found(log.verify()) == expected


APART = {"case.check": Apart(acts=frozenset({"case.result"}), facts=frozenset({"handlers"}))}


@pytest.mark.parametrize(
    ("checker", "expected"),
    [("p3", []), ("p1", [(Code.SAME_PERSON, 3)]), ("p2", [(Code.SAME_PERSON, 3)])],
)
def test_who_checks_is_never_who_handled(checker: str, expected: list[tuple[Code, int]]) -> None:
    log = Published()
    log.append(
        [
            leaf("a", "c1", 1, "case.result", "p1"),
            leaf("b", "c1", 2, "case.result", "p2"),
            leaf("c", "c2", 1, "case.result", "p3"),
            leaf("d", "c1", 3, "case.check", checker),
        ]
    )
    assert found(log.verify(APART)) == expected
    assert found(log.verify()) == []


def test_a_fact_may_name_the_handlers() -> None:
    check = leaf("a", "c1", 1, "case.check", "p1")
    log = Published()
    log.append([check.replace(b'"facts":{}', b'"facts":{"handlers":["p2","p1"]}')])
    assert found(log.verify(APART)) == [(Code.SAME_PERSON, 0)]


SMALL = published(3, 258)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_flipped_bit_of_any_file_is_found(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(SMALL.files)))
    content = bytearray(SMALL.files[path])
    bit = data.draw(st.integers(0, 8 * len(content) - 1))
    content[bit // 8] ^= 1 << bit % 8
    report = Published({**SMALL.files, path: bytes(content)}, SMALL.checkpoints).verify()
    assert not report.holds


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_changed_character_of_a_checkpoint_is_found(data: st.DataObject) -> None:
    log = published(3)
    text = log.checkpoints[0]
    at = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.characters().filter(lambda c: c != text[at]))
    log.checkpoints = [text[:at] + character + text[at + 1 :]]
    assert not log.verify().holds


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(SMALL.files)), st.binary(max_size=9000), max_size=4),
    st.lists(st.text(max_size=200), max_size=2),
)
def test_nothing_makes_it_raise(garbage: dict[str, bytes], notes: list[str]) -> None:
    log = Published({**SMALL.files, **garbage}, [*SMALL.checkpoints, *notes])
    assert log.verify().size == 258


def test_a_signed_size_beyond_all_files_ends_at_once() -> None:
    log = published(3)
    log.sign(10**18, bytes(32))
    # To walk that far would take centuries: this ends, or nobody is there to see it fail.
    assert (Code.ROOT_UNREACHED, "checkpoints[1]") in found(log.verify())


def test_a_log_of_many_tiles_verifies() -> None:
    log = published(65_000, 66_000)
    report = verify_log(log.files.get, log.checkpoints, note_verifier([KEY], verify_ed25519))
    assert (found(report), report.entries) == ([], 66_000)
    assert sorted(path for path in log.files if path.startswith("tile/2")) == ["tile/2/000.p/1"]
