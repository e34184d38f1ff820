"""Signed checkpoints, byte for byte as C2SP writes them."""

import pytest

from tests.tlog.example import KEY, ORIGIN, SECRET, verify_ed25519
from yishi.tlog.checkpoint import (
    Checkpoint,
    Verifier,
    note_verifier,
    parse_checkpoint,
    parse_note,
    sign_checkpoint,
    split_notes,
)

ROOT = bytes(range(32))
POINT = Checkpoint(ORIGIN, 257, ROOT)
ROOT_LINE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

# The key and note in the documentation of Go's sumdb/note package, and the key of Go's log.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdn"
    "gotpRZb6KE6RyyBwJnAM=\n"
)
GO_SUM = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"


def test_the_body_is_three_lines() -> None:
    assert POINT.body() == f"yishi.example/xinghe\n257\n{ROOT_LINE}\n"
    assert parse_checkpoint(POINT.body()) == POINT


def test_a_signed_checkpoint_reads_back_and_verifies() -> None:
    text = sign_checkpoint(POINT, KEY, SECRET.sign)
    body, line = text.split("\n\n")
    assert body + "\n" == POINT.body()
    assert line.startswith("\u2014 yishi.example/xinghe ")

    note = parse_note(text)
    (signature,) = note.signatures
    verdict = note_verifier([KEY], verify_ed25519)
    message = note.text.encode()
    assert parse_checkpoint(note.text) == POINT
    assert (signature.name, signature.key_id) == (ORIGIN, KEY.key_id)
    assert verdict(signature.name, signature.key_id, message, signature.signature) is True
    assert verdict(signature.name, signature.key_id, b"x", signature.signature) is False
    assert verdict(signature.name, signature.key_id, message, signature.signature[1:]) is False
    assert verdict("another", signature.key_id, message, signature.signature) is None
    assert verdict(signature.name, b"1234", message, signature.signature) is None


@pytest.mark.parametrize("text", [NEUMANN, GO_SUM, KEY.encode()])
def test_verifier_strings_are_those_of_other_implementations(text: str) -> None:
    assert Verifier.decode(text).encode() == text


def test_a_note_signed_elsewhere_verifies() -> None:
    key, note = Verifier.decode(NEUMANN), parse_note(NEUMANN_NOTE)
    (signature,) = note.signatures
    verdict = note_verifier([key], verify_ed25519)
    message = note.text.encode()
    assert verdict("PeterNeumann", signature.key_id, message, signature.signature) is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+c74f20a3",
        NEUMANN.replace("c74f20a3", "c74f20a4"),
        NEUMANN.replace("+ARpc", "+BBpc"),
        NEUMANN.replace("PeterNeumann", "Peter Neumann"),
        NEUMANN.replace("PeterNeumann", ""),
        NEUMANN[:-4],
        NEUMANN + "\n",
    ],
)
def test_a_malformed_verifier_string_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Verifier.decode(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{ORIGIN}\n257\n{ROOT_LINE}",
        f"{ORIGIN}\n257\n",
        f"\n257\n{ROOT_LINE}\n",
        f"{ORIGIN}\n0257\n{ROOT_LINE}\n",
        f"{ORIGIN}\n-1\n{ROOT_LINE}\n",
        f"{ORIGIN}\n+1\n{ROOT_LINE}\n",
        f"{ORIGIN}\n１\n{ROOT_LINE}\n",
        f"{ORIGIN}\n{'9' * 30}\n{ROOT_LINE}\n",
        f"{ORIGIN}\n257\n{ROOT_LINE[:-1]}\n",
        f"{ORIGIN}\n257\n{ROOT_LINE[:-2]}9=\n",
        f"{ORIGIN}\n257\nAAEC\n",
        f"{ORIGIN}\n257\n{ROOT_LINE}\nextension\n",
    ],
)
def test_a_malformed_body_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name AAAAAAA=",
        "text\n\nname AAAAAAA=\n",
        "text\n\n— name\n",
        "text\n\n— name AAAA\n",
        "text\n\n— na+me AAAAAAA=\n",
        "text\n\n—  AAAAAAA=\n",
        "te\x00xt\n\n— name AAAAAAA=\n",
        "text\r\n\n— name AAAAAAA=\n",
        "x" * 100_001,
    ],
)
def test_a_malformed_note_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_note(text)


def test_a_text_may_hold_blank_lines_and_several_signatures() -> None:
    note = parse_note("a\n\nb\n\n— one AAAAAAA=\n— two AAAAAQA=\n")
    assert note.text == "a\n\nb\n"
    assert [each.name for each in note.signatures] == ["one", "two"]


def test_impossible_checkpoints_are_not_made() -> None:
    for origin, size, root in (("", 1, ROOT), ("a\nb", 1, ROOT), ("a", -1, ROOT), ("a", 1, b"")):
        with pytest.raises(ValueError):
            Checkpoint(origin, size, root)
    with pytest.raises(ValueError, match="64 bytes"):
        sign_checkpoint(POINT, KEY, lambda message: b"short")


def test_a_file_of_appended_notes_comes_apart_again() -> None:
    first = sign_checkpoint(Checkpoint(ORIGIN, 0, ROOT), KEY, SECRET.sign)
    second = sign_checkpoint(POINT, KEY, SECRET.sign) + "— witness AAAAAAA=\n"
    assert split_notes("") == []
    assert split_notes(first) == [first]
    assert split_notes(first + second + first) == [first, second, first]


def test_a_note_cut_off_in_writing_comes_out_last_and_is_refused() -> None:
    whole = sign_checkpoint(POINT, KEY, SECRET.sign)
    for length in range(1, len(whole)):
        *notes, torn = split_notes(whole + whole[:length])
        assert notes == [whole]
        with pytest.raises(ValueError):
            parse_note(torn)
