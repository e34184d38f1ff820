"""The key by which this installation signs what it says to a higher system.

An Ed25519 key of its own, beside the key of the log: whoever reads our answers need not trust the
log, and changing one leaves the other. Made the first time it is needed.
"""

import base64
import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

KEY_FILE = "outside.key"


class OutsideKeyBroken(Exception):
    """The key file does not hold an Ed25519 key."""


def sign_outside(message: bytes) -> bytes:
    """The signature, 64 bytes. Raises OutsideKeyBroken."""
    return _own().sign(message)


def public_key() -> str:
    """The public half in base64, for whoever checks our answers. Raises OutsideKeyBroken."""
    return base64.b64encode(_own().public_key().public_bytes_raw()).decode()


def _own() -> Ed25519PrivateKey:
    path = Path(settings.YISHI_KEYS_DIR) / KEY_FILE
    if not path.exists():
        _make(path)
    try:
        raw = base64.b64decode(path.read_text("ascii").strip(), validate=True)
        return Ed25519PrivateKey.from_private_bytes(raw)
    except (OSError, ValueError) as error:
        raise OutsideKeyBroken(f"{path}: {error}") from error


def _make(path: Path) -> None:
    """Written aside and linked into place: two that make it at once agree on the first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as out:
        out.write(base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        Path(aside).unlink()
