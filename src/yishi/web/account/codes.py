"""One-time codes: six digits, five minutes, five tries, kept in the session as a digest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from yishi.records.channels import CodeChannel, channel
from yishi.records.entropy import SYSTEM_ENTROPY
from yishi.records.secret import open_text, seal_text

DIGITS = 6
MINUTES = 5
TRIES = 5


class Tried(StrEnum):
    """What became of a code somebody typed."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"  # too many tries: this code is dead
    LATE = "late"
    NONE = "none"  # no code was sent in this session


@dataclass(frozen=True)
class Sent:
    """A code that is on its way. `shown` is the code itself in the demo, else empty."""

    sent: bool
    shown: str = ""


def send_code(
    request: HttpRequest, slot: str, phone: str, now: datetime, over: CodeChannel | None = None
) -> Sent:
    """A fresh code for `phone`, sent by the channel and remembered under `slot`.

    `over`: another channel, and then `phone` is its address.

    An earlier code in the slot is void. In the demo the code is shown on the page instead of
    anybody having to read the operator's file.
    """
    code = f"{SYSTEM_ENTROPY.below(10**DIGITS):0{DIGITS}}"
    text = _("Your Yishi code is %(code)s. It is good for %(minutes)s minutes. Tell it to nobody.")
    taken = (over or channel()).send(phone, text % {"code": code, "minutes": MINUTES})
    demo = code if settings.YISHI_DEMO else ""
    request.session[slot] = {
        "digest": _digest(slot, phone, code),
        "phone": seal_text(phone),
        "until": (now + timedelta(minutes=MINUTES)).timestamp(),
        "tries": 0,
        "shown": seal_text(demo),
    }
    return Sent(taken, demo)


def code_phone(request: HttpRequest, slot: str) -> str:
    """The phone the code in `slot` went to; empty when there is none."""
    kept = request.session.get(slot)
    return open_text(kept["phone"]) if kept else ""


def shown_code(request: HttpRequest, slot: str) -> str:
    """The code itself, in the demo only."""
    kept = request.session.get(slot)
    return open_text(kept["shown"]) if kept and settings.YISHI_DEMO else ""


def tries_left(request: HttpRequest, slot: str) -> int:
    """How often the code in `slot` may still be typed."""
    kept = request.session.get(slot)
    return TRIES - int(kept["tries"]) if kept else 0


def try_code(request: HttpRequest, slot: str, typed: str, now: datetime) -> Tried:
    """Judges what was typed. A right code, the last wrong one and a late one empty the slot."""
    kept: dict[str, Any] | None = request.session.get(slot)
    if not kept:
        return Tried.NONE
    if now.timestamp() >= kept["until"]:
        del request.session[slot]
        return Tried.LATE
    if constant_time_compare(_digest(slot, open_text(kept["phone"]), plain(typed)), kept["digest"]):
        del request.session[slot]
        return Tried.RIGHT
    if kept["tries"] + 1 >= TRIES:
        del request.session[slot]
        return Tried.OVER
    request.session[slot] = {**kept, "tries": kept["tries"] + 1}
    return Tried.WRONG


def plain(typed: str) -> str:
    """What was typed, without spaces and dashes, full-width digits made narrow."""
    return "".join(
        str(int(char)) if char.isdecimal() else char for char in typed if char not in " -\u3000"
    )[:40]


def _digest(slot: str, phone: str, code: str) -> str:
    return salted_hmac(f"yishi code {slot} {phone}", code, algorithm="sha256").hexdigest()
