"""Salted digests: what stands in the public log in the place of a text or a person's data."""

import hashlib
import hmac
from collections.abc import Mapping

from yishi.tlog.canonical import canonical

SALT_BYTES = 32


def digest(salt: bytes, value: str | bytes | Mapping[str, object]) -> str:
    """HMAC-SHA256 of `value` under `salt`, as 64 lower-case hex digits.

    A text or a mapping enters in its canonical JSON form; bytes (a file) enter as they are.
    The salt is 32 fresh random bytes, one per field and person, kept beside the clear text:
    deleting both leaves a digest nobody can test a guess against. Raises ValueError when the
    salt is not 32 bytes, and what `canonical` raises.
    Source: RFC 2104; architecture decision 7.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"salt of {len(salt)} bytes; {SALT_BYTES} are needed")
    match value:
        case bytes():
            message = value
        case str():
            message = canonical(value)
        case _:
            message = canonical(dict(value))
    return hmac.new(salt, message, hashlib.sha256).hexdigest()
