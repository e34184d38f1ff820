"""One process of a race: waits for the word on standard input, does one act, prints the answer."""

import json
import os
import sys
from dataclasses import asdict, replace
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yishi.site.settings")

import django

django.setup()

from tests.acts.world import NOW  # noqa: E402
from yishi.acts import instant, report  # noqa: E402
from yishi.acts.case import (  # noqa: E402
    closing,
    handling,
    intake,
    joining,
    merging,
    returning,
    stretching,
)
from yishi.acts.door import Ask, Done  # noqa: E402
from yishi.acts.outside.receiving import receive  # noqa: E402
from yishi.acts.report import Words, thread  # noqa: E402
from yishi.core.case.closing import Rating  # noqa: E402
from yishi.core.outside import Order  # noqa: E402
from yishi.core.refusal import Refusal  # noqa: E402
from yishi.records.files import store  # noqa: E402
from yishi.records.models import Person  # noqa: E402
from yishi.records.queries.actor import actor_of  # noqa: E402

ORDER = Order("", "井盖不见了", "complaint", NOW + timedelta(days=2), community="柳荫社区")
STARS = {"speed": 5, "result": 5, "service": 5, "answer": 5}


def do(order: dict[str, str], ask: Ask) -> Done | Refusal:
    """The act an order names."""
    uid = order.get("case", "")
    match order["act"]:
        case "file":
            words = order.get("words", "井盖不见了")
            return report.file(ask, Words(words, building=order["building"]))
        case "join":
            return report.join(ask, Words("我家门口也是", building=order["building"]), uid)
        case "dispatch":
            return intake.dispatch(ask, uid, order["duty"])
        case "refuse":
            return intake.refuse(ask, uid, "emergency")
        case "sign":
            return handling.sign(ask, uid)
        case "rate":
            return report.rate(ask, order["report"], uid, True, "satisfied", STARS, "")
        case "call_back":
            rating = Rating(order["report"], True, "satisfied", STARS)
            return closing.call_back(ask, uid, rating)
        case "answer":
            return closing.answer(ask, uid, "已处理好")
        case "submit":
            return handling.submit_result(ask, uid, "已换", [store(b"p", "image/jpeg")])
        case "merge":
            return merging.merge(ask, order["main"], [uid], "同一件事")[0]
        case "unmerge":
            return merging.unmerge(ask, uid, "不是一件事")
        case "decide_return":
            return returning.decide_return(ask, uid, order["request"], "accepted")
        case "contest":
            return returning.contest_return(ask, uid, "清单写明不是我们的")
        case "decide_extension":
            return stretching.decide_extension(ask, uid, order["request"], True)
        case "claim":
            return joining.claim(ask, uid, order["call"])
        case "approve":
            return instant.approve(ask, order["text"])
        case "still_unsolved":
            return thread.still_unsolved(ask, order["report"], uid)
        case "receive":
            theirs = replace(ORDER, number=order["number"])
            answer = receive(ask, order["system"], [theirs])
            return answer if isinstance(answer, Refusal) else answer[0].answer
        case "withdraw":
            return thread.withdraw(ask, order["report"], uid)
    raise ValueError(order["act"])


def main() -> None:
    """Reads the order from the arguments, waits for a line, answers in JSON."""
    order = json.loads(sys.argv[1])
    person = Person.objects.get(login=order["who"])
    version = int(order["version"]) if order.get("version") else None
    ask = Ask(actor_of(person, NOW.date()), NOW, order["key"], version)
    print("ready", flush=True)
    sys.stdin.readline()
    answer = do(order, ask)
    print(json.dumps({"kind": type(answer).__name__, **asdict(answer)}, default=str), flush=True)


main()
