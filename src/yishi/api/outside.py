"""Orders in, answers out, answers acknowledged: what a higher system does by itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import URLPattern, path

from yishi.acts.door import Ask, Done
from yishi.acts.outside.receiving import receive
from yishi.acts.outside.sending import acknowledge
from yishi.api.gate import Said, body_of, refused, signed
from yishi.core.number import show_number
from yishi.core.outside import NUMBER_MAX, Order, cell_words, read_order
from yishi.core.outside_answer import Answer
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.phrases.outside import say_both
from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
from yishi.records.models import OutsideSystem
from yishi.records.queries.outside import answered_since, answers_of
from yishi.records.queries.rule import zone

MOST = 100


@signed("outside.receive", "POST")
def orders(request: HttpRequest, system: OutsideSystem, now: datetime) -> Said:
    """Up to 100 orders, each answered by itself: entered, again, or why not."""
    sent = _list(request, "orders")
    if isinstance(sent, Refusal):
        return refused(400, sent)
    read = [
        read_order(one, zone()) if isinstance(one, dict) else Refusal("order_not_object")
        for one in sent
    ]
    good = [one for one in read if isinstance(one, Order)]
    received = receive(_ask(system, now), system.uid, good)
    if isinstance(received, Refusal):
        return refused(403, received)
    answers = iter(received)
    return 200, {
        "orders": [
            _entered(raw, next(answers).answer if isinstance(one, Order) else one)
            for raw, one in zip(sent, read, strict=True)
        ]
    }


@signed("outside.send_back", "GET")
def answers(request: HttpRequest, system: OutsideSystem, now: datetime) -> Said:
    """Answers not acknowledged yet; with `since`, all given from then on. At most 100."""
    since = request.GET.get("since", "")
    moment = _moment(since) if since else None
    if since and moment is None:
        return refused(400, Refusal("since_unreadable", have=since[:40]))
    rows = answered_since(system, moment, request.GET.get("after", "")[:NUMBER_MAX])
    found = answers_of(rows, MOST + 1)
    shown, more = found[:MOST], len(found) > MOST
    following = ""
    if more and since:
        last = {"since": shown[-1].answered_at.isoformat(), "after": shown[-1].number}
        following = f"{request.path}?{urlencode(last)}"
    return 200, {
        "answers": [_told(one) for one in shown],
        "more": more,
        "next": following,
    }


@signed("outside.send_back", "POST")
def answers_received(request: HttpRequest, system: OutsideSystem, now: datetime) -> Said:
    """What they hold now: their number, and when the answer they hold was given."""
    sent = _list(request, "received")
    if isinstance(sent, Refusal):
        return refused(400, sent)
    read: list[tuple[str, datetime]] = []
    for one in sent:
        told = one.get("number") if isinstance(one, dict) else None
        # Read as an order's number is, so that what was received is found again.
        number = cell_words(told) if isinstance(told, str) else None
        at = _moment(str(one.get("answered_at", ""))) if isinstance(one, dict) else None
        if number is None or at is None:
            return refused(400, Refusal("receipt_unreadable"))
        read.append((number, at))
    results = acknowledge(_ask(system, now), system, read)
    if isinstance(results, Refusal):
        return refused(403, results)
    return 200, {"received": [{"number": n, "result": results[n]} for n, _at in read]}


def _ask(system: OutsideSystem, now: datetime) -> Ask:
    return Ask(Actor(system=True, name=system.name), now, new_uid(SYSTEM_ENTROPY))


def _list(request: HttpRequest, name: str) -> list[Any] | Refusal:
    body = body_of(request)
    if isinstance(body, Refusal):
        return body
    found = body.get(name)
    if not isinstance(found, list):
        return Refusal("list_missing", need=name)
    if len(found) > MOST:
        return Refusal("list_too_long", MOST, len(found), "orders")
    return found


def _entered(raw: object, answer: Done | Refusal) -> Mapping[str, Any]:
    number = raw.get("number") if isinstance(raw, dict) else ""
    told: dict[str, Any] = {"number": number if isinstance(number, str | int) else ""}
    if isinstance(answer, Refusal):
        return told | {"result": "refused", "error": say_both(answer)}
    result = "again" if answer.again else "entered"
    return told | {"result": result, "our_number": show_number(answer.number)}


def _told(answer: Answer) -> Mapping[str, Any]:
    return {
        "number": answer.number,
        "our_number": answer.our_number,
        "outcome": answer.outcome,
        "words": answer.words,
        "unit": answer.unit,
        "answered_at": answer.answered_at.isoformat(),
        "due_at": answer.due_at.isoformat() if answer.due_at else "",
        "late": answer.late,
    }


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not 2000 <= moment.year < 2100:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone())


urls: list[URLPattern] = [
    path("api/outside/<slug:code>/orders", orders, name="api_orders"),
    path("api/outside/<slug:code>/answers", answers, name="api_answers"),
    path("api/outside/<slug:code>/answers/received", answers_received, name="api_received"),
]
