"""An excerpt of the log that goes along with a dossier: leaves, proofs, and one signed checkpoint.

Whoever holds the excerpt and the key can check it alone: each leaf lies in the tree that was
signed. It cannot show that a leaf is missing; only the whole log shows that.
"""

import json
from collections.abc import Iterable
from typing import Any

from yishi.tlog.checkpoint import VerifySignature, parse_checkpoint, parse_note
from yishi.tlog.findings import Code, Finding, Report
from yishi.tlog.leaf import Leaf
from yishi.tlog.tree import leaf_hash, verify_inclusion

FORMAT = "yishi-excerpt-1"


def pack(
    note: str,
    key: str,
    entries: Iterable[tuple[int, bytes, list[bytes]]],
    pending: Iterable[bytes] = (),
) -> bytes:
    """The excerpt as JSON: `entries` are (number, leaf, proof) under the checkpoint `note`,
    `pending` leaves that no checkpoint counts yet. `key` is the verifier string of the log."""
    found = {
        "format": FORMAT,
        "checkpoint": note,
        "key": key,
        "entries": [
            {
                "seq": seq,
                "leaf": leaf.decode(),
                "hash": leaf_hash(leaf).hex(),
                "proof": [each.hex() for each in proof],
            }
            for seq, leaf, proof in entries
        ],
        "pending": [leaf.decode() for leaf in pending],
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def verify_excerpt(data: bytes, verify_signature: VerifySignature) -> Report:
    """Everything in an excerpt that does not hold. Never raises on bad data.

    `where` of a finding is the entry's number. Pending leaves are only read.
    """
    try:
        value = json.loads(data)
        if value["format"] != FORMAT:
            raise ValueError(f"the format is not {FORMAT}")
        note = parse_note(value["checkpoint"])
        point = parse_checkpoint(note.text)
        entries = [_entry(each) for each in value["entries"]]
        pending = [str(leaf).encode() for leaf in value["pending"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        finding = Finding(Code.CHECKPOINT_MALFORMED, "excerpt", str(error))
        return Report("", 0, 0, 0, 0, (finding,))
    findings: list[Finding] = []
    verdicts = [
        verify_signature(each.name, each.key_id, note.text.encode(), each.signature)
        for each in note.signatures
    ]
    if False in verdicts:
        detail = "the signature of a known key is wrong"
        findings.append(Finding(Code.SIGNATURE_WRONG, "excerpt", detail))
    elif True not in verdicts:
        detail = "no signature of a known key"
        findings.append(Finding(Code.CHECKPOINT_UNSIGNED, "excerpt", detail))
    for seq, leaf, proof in entries:
        if not verify_inclusion(leaf_hash(leaf), seq, point.size, proof, point.root):
            findings.append(Finding(Code.ENTRY_DIFFERS, seq, "the leaf is not in the signed tree"))
        findings += _read(seq, leaf, point.origin)
    for leaf in pending:
        findings += _read("pending", leaf, point.origin)
    signed = 0 if findings else 1
    return Report(point.origin, point.size, len(entries), signed, 0, tuple(findings))


def key_in(data: bytes) -> str:
    """The key an excerpt brings along; empty where it brings none. Compare it before trusting."""
    try:
        return str(json.loads(data)["key"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _entry(value: Any) -> tuple[int, bytes, list[bytes]]:
    seq = value["seq"]
    if isinstance(seq, bool) or not isinstance(seq, int) or seq < 0:
        raise ValueError("an entry has no number")
    return seq, value["leaf"].encode(), [bytes.fromhex(each) for each in value["proof"]]


def _read(where: int | str, data: bytes, origin: str) -> list[Finding]:
    try:
        leaf = Leaf.from_bytes(data)
    except ValueError as error:
        return [Finding(Code.LEAF_MALFORMED, where, str(error))]
    if leaf.log != origin:
        return [Finding(Code.LEAF_FOREIGN, where, f"the leaf is of {leaf.log}")]
    return []
