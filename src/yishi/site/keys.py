"""Keys that encrypt personal data, as the operator writes them."""

import base64
import binascii

KEY_BYTES = 32


class BadKey(ValueError):
    """A data key that is not `id:base64 of 32 bytes`; the message is for the operator."""


def parse_data_keys(text: str) -> dict[str, bytes]:
    """Keys by id from `id:base64,id:base64`; the first encrypts, all decrypt.

    Empty text gives no keys. Raises BadKey, never showing the key itself.
    """
    keys: dict[str, bytes] = {}
    for number, part in enumerate(filter(None, (piece.strip() for piece in text.split(","))), 1):
        key_id, colon, encoded = part.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not colon or not key_id.isalnum() or len(key) != KEY_BYTES:
            raise BadKey(
                f"YISHI_DATA_KEY: part {number} is not an id, a colon and "
                f"{KEY_BYTES} bytes in base64."
            )
        if key_id in keys:
            raise BadKey(f"YISHI_DATA_KEY names the key id {key_id} twice.")
        keys[key_id] = key
    return keys
