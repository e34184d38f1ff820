"""What is signed, and whether it was: Ed25519 over a few lines that name the whole message.

A request signs its method, address, moment, nonce and body; our answer signs its status, the
nonce it answers, its moment and body. Described in docs/api.md.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest

from yishi.core.outside import read_key
from yishi.records.log import verify_ed25519
from yishi.records.models import OutsideSystem

SCHEME = "yishi-1"
SKEW = timedelta(minutes=5)
DATE, NONCE, SIGNATURE = "Signature-Date", "Signature-Nonce", "Signature"
# Checked where there is no such system, so that it takes as long as where there is.
NOBODY = bytes(32)

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class Signed:
    """The three headers of a request; "" for one that is missing or ill-formed."""

    date: str
    nonce: str
    signature: str


def signed_in(request: HttpRequest) -> Signed:
    """What the headers of a request say."""
    date, nonce = request.headers.get(DATE, ""), request.headers.get(NONCE, "")
    return Signed(
        date if _DATE.fullmatch(date) else "",
        nonce if _NONCE.fullmatch(nonce) else "",
        request.headers.get(SIGNATURE, "")[:100],
    )


def is_signed_by(
    system: OutsideSystem | None, request: HttpRequest, said: Signed, now: datetime
) -> bool:
    """Whether `system` signed this very request, at most five minutes from `now`."""
    key = read_key(system.public_key) if system is not None and system.is_active else None
    query = request.META.get("QUERY_STRING", "")
    address = f"{request.path}?{query}" if query else request.path
    message = lines(request.method or "", address, said.date, said.nonce, digest(request.body))
    try:
        signature = base64.b64decode(said.signature, validate=True)
    except ValueError:
        signature = b""
    fits = verify_ed25519(key or NOBODY, message, signature)
    return bool(fits and key and said.nonce and _is_near(said.date, now))


def lines(*parts: str) -> bytes:
    """The bytes that are signed: the scheme and each part on a line of its own."""
    return "\n".join((SCHEME, *parts)).encode()


def digest(body: bytes) -> str:
    """SHA-256 of a body, in hex."""
    return hashlib.sha256(body).hexdigest()


def as_date(moment: datetime) -> str:
    """A moment as the headers have it: `2026-03-11T01:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_near(date: str, now: datetime) -> bool:
    try:
        return abs(datetime.fromisoformat(date) - now) <= SKEW
    except ValueError:
        return False
