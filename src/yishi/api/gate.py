"""The gate of the signed interface: size, signature, pace and nonce, before anything is read.

Whoever is not on the line, signs wrongly, comes too late or sends the same again gets one and the
same answer. Every answer is signed, a refusal too.
"""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import structlog
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from yishi.api.signature import (
    DATE,
    NONCE,
    SIGNATURE,
    Signed,
    as_date,
    digest,
    is_signed_by,
    lines,
    signed_in,
)
from yishi.core.refusal import Refusal
from yishi.phrases.outside import say_both
from yishi.records.audit import note
from yishi.records.models import OutsideCall, OutsideSystem
from yishi.records.outside_key import sign_outside
from yishi.records.wallclock import now as read_clock

BODY_MAX = 1_000_000
A_MINUTE = 60
MINUTE = timedelta(seconds=A_MINUTE)
logger = structlog.get_logger(__name__)

Said = tuple[int, Mapping[str, Any]]
View = Callable[[HttpRequest, OutsideSystem, datetime], Said]


def signed(act: str, method: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Marks a view as the act `act` of a system that signed the request.

    The view gets the request, the system and the moment, and says a status and what to answer.
    Refused before it: 405, 413 `body_too_large`, 401 `signature_refused`, 429 `too_often`.
    """

    def mark(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def gated(request: HttpRequest, code: str) -> HttpResponse:
            now, said = read_clock(), signed_in(request)
            try:
                status, payload = _pass(request, code, said, now, method, act, view)
            except Exception:
                logger.exception("api_failed", act=act)
                status, payload = refused(500, Refusal("api_failed"))
            return _answer(status, payload, said, now)

        gated.act = act  # type: ignore[attr-defined]
        # Nobody's browser signs: there is no session to forge, and no cookie is read.
        gated.csrf_exempt = True  # type: ignore[attr-defined]
        return gated

    return mark


def refused(status: int, refusal: Refusal) -> Said:
    """A refusal as an answer: its code and its sentence, Chinese and English."""
    return status, {"error": say_both(refusal)}


def body_of(request: HttpRequest) -> Mapping[str, Any] | Refusal:
    """The JSON object in a request. Refuses with `body_unreadable`."""
    try:
        found = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError):
        return Refusal("body_unreadable")
    return found if isinstance(found, dict) else Refusal("body_unreadable")


def _pass(
    request: HttpRequest,
    code: str,
    said: Signed,
    now: datetime,
    method: str,
    act: str,
    view: View,
) -> Said:
    if request.method != method:
        return refused(405, Refusal("method_wrong", need=method))
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_MAX:
        return refused(413, Refusal("body_too_large", need=1, unit="MB"))
    system = OutsideSystem.objects.filter(code=code).select_related("place").first()
    address = request.META.get("REMOTE_ADDR", "")
    if not is_signed_by(system, request, said, now):
        return _unsigned(address, now)
    assert system is not None
    recent = OutsideCall.objects.filter(system=system, at__gt=now - MINUTE).count()
    if recent >= A_MINUTE:
        return refused(429, Refusal("too_often", A_MINUTE, recent, "calls"))
    try:
        with transaction.atomic():
            OutsideCall.objects.create(system=system, nonce=said.nonce, at=now)
    except IntegrityError:
        return _unsigned(address, now)
    status, payload = view(request, system, now)
    good = status == 200
    note(now, None, f"{act}.signed", system.uid, good, address, system.code)
    return status, payload


def _unsigned(address: str, now: datetime) -> Said:
    """One answer for all of them; noted once a minute for each address they come from."""
    if cache.add(f"api-unsigned-{digest(address.encode())[:20]}", 1, A_MINUTE):
        note(now, None, "outside.unsigned", success=False, address=address)
    return refused(401, Refusal("signature_refused"))


def _answer(status: int, payload: Mapping[str, Any], said: Signed, now: datetime) -> HttpResponse:
    # Half a pair of signs, told back as it came, is no UTF-8 but has an escape in JSON.
    body = json.dumps(payload, ensure_ascii=False).encode(errors="backslashreplace")
    date = as_date(now)
    signature = sign_outside(lines(str(status), said.nonce, date, digest(body)))
    answer = HttpResponse(body, status=status, content_type="application/json; charset=utf-8")
    answer[DATE], answer[NONCE] = date, said.nonce
    answer[SIGNATURE] = base64.b64encode(signature).decode()
    answer["Cache-Control"] = "no-store"
    if status == 429:
        answer["Retry-After"] = str(A_MINUTE)
    return answer
