"""The Merkle tree against the known vectors of RFC 6962 and against itself."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishi.tlog.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The eight leaves every implementation of RFC 6962 is tried with, and the roots of 0 to 8.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROOTS = [
    bytes.fromhex(root)
    for root in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]


def numbered(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots(size: int) -> None:
    assert root_of(LEAVES[:size]) == ROOTS[size]
    frontier = Frontier()
    for each in LEAVES[:size]:
        frontier.append(each)
    assert (frontier.size, frontier.root()) == (size, ROOTS[size])


def test_the_known_inclusion_proofs() -> None:
    one, five = (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        (
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    )
    assert inclusion_proof(LEAVES, 0)[0].hex() == one
    assert tuple(each.hex() for each in inclusion_proof(LEAVES, 5)) == five
    assert inclusion_proof(LEAVES[:3], 2) == [ROOTS[2]]
    assert inclusion_proof(LEAVES[:1], 0) == []


def test_the_known_consistency_proofs() -> None:
    assert consistency_proof(LEAVES[:5], 2) == [
        root_of(LEAVES[2:4]),
        LEAVES[4],
    ]
    assert [each.hex() for each in consistency_proof(LEAVES, 6)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert consistency_proof(LEAVES, 8) == []
    assert consistency_proof(LEAVES, 0) == []


def test_a_leaf_cannot_pass_as_a_node() -> None:
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)
    assert leaf_hash(b"") != sha256(b"").digest() == EMPTY_ROOT


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    hashes = numbered(size)
    root, proof = root_of(hashes), inclusion_proof(hashes, index)
    assert verify_inclusion(hashes[index], index, size, proof, root)
    assert len(proof) <= (size - 1).bit_length()

    other = data.draw(
        st.integers(0, size - 1).filter(lambda i: i != index) if size > 1 else st.just(1)
    )
    assert not verify_inclusion(hashes[index], other, size, proof, root)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, proof, root)
    assert not verify_inclusion(hashes[index], index, size, [*proof, root], root)
    if proof:
        assert not verify_inclusion(hashes[index], index, size, proof[:-1], root)
        at = data.draw(st.integers(0, len(proof) - 1))
        proof[at] = flipped(proof[at], data)
        assert not verify_inclusion(hashes[index], index, size, proof, root)


@given(st.integers(0, 70), st.integers(0, 70), st.data())
def test_every_older_tree_is_proved_and_no_other(a: int, b: int, data: st.DataObject) -> None:
    old, new = sorted((a, b))
    hashes = numbered(new)
    old_root, root = root_of(hashes[:old]), root_of(hashes)
    proof = consistency_proof(hashes, old)
    assert verify_consistency(old, old_root, new, root, proof)

    assert not verify_consistency(old, flipped(old_root, data), new, root, proof)
    if old:
        assert not verify_consistency(old, old_root, new, flipped(root, data), proof)
    assert not verify_consistency(old, old_root, new, root, [*proof, root])
    if proof:
        assert not verify_consistency(old, old_root, new, root, proof[:-1])
        at = data.draw(st.integers(0, len(proof) - 1))
        proof[at] = flipped(proof[at], data)
        assert not verify_consistency(old, old_root, new, root, proof)


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_frontier_goes_on_from_where_it_stood(first: int, more: int) -> None:
    hashes = numbered(first + more)
    before = Frontier()
    for each in hashes[:first]:
        before.append(each)
    after = Frontier(before.size, before.hashes)
    for each in hashes[first:]:
        after.append(each)
    assert after.root() == root_of(hashes)
    assert before.root() == root_of(hashes[:first])


def test_impossible_questions() -> None:
    with pytest.raises(ValueError, match="leaf 8 is not in a tree of 8"):
        inclusion_proof(LEAVES, 8)
    with pytest.raises(ValueError, match="leaf -1 is not in a tree of 8"):
        inclusion_proof(LEAVES, -1)
    with pytest.raises(ValueError, match="no tree of 9 begins a tree of 8"):
        consistency_proof(LEAVES, 9)
    with pytest.raises(ValueError, match="1 hashes do not make the edge of 3 leaves"):
        Frontier(3, [ROOTS[3]])
    assert not verify_inclusion(LEAVES[0], 0, 0, [], ROOTS[0])
    assert not verify_inclusion(LEAVES[0][:-1], 0, 1, [], LEAVES[0][:-1])
    assert not verify_consistency(2, ROOTS[2], 1, ROOTS[1], [])
    assert not verify_consistency(0, ROOTS[1], 1, ROOTS[1], [])


def flipped(value: bytes, data: st.DataObject) -> bytes:
    bit = data.draw(st.integers(0, 8 * len(value) - 1))
    return bytes(byte ^ (1 << bit % 8) if at == bit // 8 else byte for at, byte in enumerate(value))


def test_the_worked_table_of_the_documentation() -> None:
    a, b, c, x = (leaf_hash(entry) for entry in (b"A", b"B", b"C", b"X"))
    assert [each.hex()[:8] for each in (a, b, c, x)] == [
        "c00b4d3c",
        "87afe608",
        "b563a5e6",
        "40767381",
    ]
    assert node_hash(a, b).hex()[:8] == "ed692f01"
    assert root_of([a, b, c]).hex()[:8] == "961d2e2b"
    assert root_of([a, x, c]).hex()[:8] == "4c1e4b79"
    assert inclusion_proof([a, b, c], 1) == [a, c]
    assert consistency_proof([a, b, c], 2) == [c]
