"""The code of an entry on a printed sheet (验真码): its number and 48 bits of its hash."""

from yishi.tlog.tree import leaf_hash


def entry_code(seq: int | None, leaf: bytes) -> str:
    """`1024-8F3A-77C0-19BE`; without the number while the entry has none yet."""
    digits = leaf_hash(leaf).hex()[:12].upper()
    number = [] if seq is None else [str(seq)]
    return "-".join([*number, digits[:4], digits[4:8], digits[8:]])


def number_in(code: str) -> int | None:
    """The number of the entry a code names; None where it names none."""
    parts = code.strip().upper().replace("－", "-").split("-")
    known = len(parts) == 4 and parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 16
    return int(parts[0]) if known else None
