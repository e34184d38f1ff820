"""Fields that identify somebody are encrypted at rest, and found by a blind index.

Format of a stored value: key id, nonce, AES-256-GCM ciphertext, base64. The blind index is
HMAC-SHA256 of the value under a key of its own, so that equal phones are found without
decrypting. Keys come from the settings and are never in a backup of the database.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE = 12


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(hmac.new(key, b"yishi data", hashlib.sha256).digest())


@lru_cache(maxsize=8)
def _index_key(key: bytes) -> bytes:
    return hmac.new(key, b"yishi index", hashlib.sha256).digest()


def seal_text(text: str) -> str:
    """The stored form of `text` under the newest key; empty stays empty."""
    if not text:
        return ""
    key_id, key = next(iter(settings.YISHI_DATA_KEYS.items()))
    nonce = os.urandom(NONCE)
    sealed = _cipher(key).encrypt(nonce, text.encode(), key_id.encode())
    return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def open_text(stored: str) -> str:
    """The text behind a stored value. Raises ValueError where its key is not in the settings."""
    if not stored:
        return ""
    key_id, _, body = stored.partition(":")
    key = settings.YISHI_DATA_KEYS.get(key_id)
    raw = base64.b64decode(body)
    try:
        if key is None:
            raise InvalidTag
        opened = _cipher(key).decrypt(raw[:NONCE], raw[NONCE:], key_id.encode())
    except InvalidTag as error:
        raise ValueError(f"data key {key_id} is missing or wrong") from error
    return opened.decode()


def blind(text: str) -> str:
    """The blind index of `text`: equal for equal texts, telling nothing else.

    Made under the oldest key, so that adding a newer one does not hide anybody.
    """
    if not text:
        return ""
    oldest = list(settings.YISHI_DATA_KEYS.values())[-1]
    return hmac.new(_index_key(oldest), text.encode(), hashlib.sha256).hexdigest()


class SecretField(models.TextField):
    """Text encrypted in the database, clear in Python."""

    def get_prep_value(self, value: Any) -> Any:
        return seal_text(value or "")

    def from_db_value(self, value: Any, *args: Any) -> Any:
        return open_text(value or "")
