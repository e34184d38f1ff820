"""One process of a race: a fork that waits for the word, does one act, and tells its answer."""

import json
import os
import sys
import traceback
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import IO, Any

from tests.acts.world import NOW
from yishi.acts import instant, report
from yishi.acts.case import (
    closing,
    handling,
    intake,
    joining,
    merging,
    returning,
    stretching,
)
from yishi.acts.door import Ask, Done
from yishi.acts.meeting import agenda, calling, sitting
from yishi.acts.outside.receiving import receive
from yishi.acts.project import accepting, funding, paying, scoring, settling, watching
from yishi.acts.report import Words, thread
from yishi.acts.round import proposing, screening
from yishi.acts.topic import adding, reviewing, staging
from yishi.acts.topic import joining as topics_joining
from yishi.acts.vote import casting, opening, paper, roll
from yishi.acts.vote import closing as voting
from yishi.core.case.closing import Rating
from yishi.core.outside import Order
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.round.screening import Made
from yishi.core.topic.review import Reviewed, Verdict
from yishi.core.vote.now import Choice, Way
from yishi.records.files import PDF, PDF_TYPE, store
from yishi.records.models import Person
from yishi.records.queries.actor import actor_of

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
    if "meeting" in order or "item" in order:
        return on_meeting(order, ask)
    if "wish" in order:
        return on_wish(order, ask)
    if "works" in order:
        return on_works(order, ask)
    if "pledge" in order:
        return on_money(order, ask)
    if "vote" in order:
        return on_vote(order, ask)
    return on_topic(order, ask)


def on_wish(order: dict[str, str], ask: Ask) -> Done | Refusal:
    """The act on a wish of a round an order names; `at`: the moment of it."""
    ask, uid = replace(ask, now=datetime.fromisoformat(order["at"])), order["wish"]
    match order["act"]:
        case "propose":
            said = proposing.Proposed("门口装一盏路灯", "晚上黑", "works")
            return proposing.file(ask, order["round"], said)
        case "pass_wish":
            made = Made("门口装一盏路灯", "装一盏", "works", False, "问过街道")
            return screening.pass_(ask, uid, made)
        case "refuse_wish":
            return screening.refuse(ask, uid, "private", "自家的事")
    raise ValueError(order["act"])


def on_works(order: dict[str, str], ask: Ask) -> Done | Refusal:
    """The act on the works of a project an order names; `at`: the moment of it."""
    ask = replace(ask, now=datetime.fromisoformat(order["at"]))
    uid, body, fen = order["works"], order.get("body", ""), int(order.get("fen", "0"))
    paper = store(PDF + order["key"].encode(), PDF_TYPE)
    match order["act"]:
        case "accept_works":
            return accepting.accept(ask, uid, [body], [], "与议定的一致", fit=True)
        case "settle":
            return settling.settle(ask, uid, fen, body, paper)
        case "pay_works":
            number = order["voucher"]
            return paying.pay(ask, uid, order["pledge"], fen, number, paper, "付工程款")
        case "stop":
            return settling.stop(ask, uid, "不做了")
        case "watch_works":
            return watching.watch(ask, uid, "在看")
        case "score_works":
            return scoring.score(ask, uid, "satisfied")
    raise ValueError(order["act"])


def on_vote(order: dict[str, str], ask: Ask) -> Done | Refusal:
    """The act on a vote by roll that an order names; `at`: hours after the first."""
    ask = replace(ask, now=NOW + timedelta(hours=int(order.get("at", "0"))))
    vote, choices = order["vote"], {order.get("option", ""): Choice(order.get("choice", "for"))}
    match order["act"]:
        case "cast":
            return casting.cast(ask, vote, choices)
        case "choose":
            return casting.cast(ask, vote, [(order["option"], 1)])
        case "take_paper":
            return paper.take_paper(ask, vote, order["voter"], Way.PAPER, why="本人到场投票")
        case "enter_paper":
            return paper.enter_paper(ask, vote, int(order["serial"]), choices)
        case "open_vote":
            return opening.open_vote(ask, order["topic"])
        case "open_roll":
            return roll.open_roll(ask, order["topic"])
        case "close_vote":
            return voting.close_vote(ask, order["topic"])
        case "void":
            return voting.void(ask, vote, "重来")
    raise ValueError(order["act"])


def on_money(order: dict[str, str], ask: Ask) -> Done | Refusal:
    """The act on a project's money that an order names; `now`: the moment it is done."""
    ask = replace(ask, now=datetime.fromisoformat(order["now"]))
    project, pledge = order["project"], order["pledge"]
    amount = int(order.get("amount", "0"))
    paper_sent = store(order.get("voucher", "").encode(), "application/pdf")
    match order["act"]:
        case "pay":
            to = "付惠民建设公司"
            return paying.pay(ask, project, pledge, amount, order["voucher"], paper_sent, to)
        case "reverse_payment":
            return paying.reverse_payment(ask, project, order["payment"], "录错了")
        case "confirm_pledge":
            return funding.confirm_pledge(ask, project, pledge, funding.Value(amount))
        case "decline_pledge":
            return funding.decline_pledge(ask, project, pledge, "不做了")
        case "fund":
            return funding.fund(ask, project)
    raise ValueError(order["act"])


def on_meeting(order: dict[str, str], ask: Ask) -> Done | Refusal:
    """The act on a meeting or on an item of one that an order names."""
    uid, item = order.get("meeting", ""), order.get("item", "")
    match order["act"]:
        case "sign_in":
            return sitting.sign_in(ask, uid, order["code"])
        case "sign_in_for":
            return sitting.sign_in_for(ask, uid, person_uid=order["person"])
        case "settle_item":
            return agenda.settle_item(ask, item, "当场换好")
        case "list_item":
            return agenda.list_item(ask, item, order["unit"], date(2026, 4, 1), "月底换好")
        case "call_again":
            return calling.call_again(ask, uid, NOW + timedelta(days=9))
    raise ValueError(order["act"])


def on_topic(order: dict[str, str], ask: Ask) -> Done | Refusal:
    """The act on a topic an order names."""
    topic = order.get("topic", "")
    present = {BodyKind.REPRESENTATIVES: int(order.get("present", "0"))}
    votes = {order.get("option", ""): (int(order.get("favour", "0")), 0, 0)}
    match order["act"]:
        case "review":
            said = Reviewed(Verdict.TAKEN_UP, size="major", entry=order["entry"], words="同意")
            return reviewing.review_topic(ask, topic, "c4321", said)
        case "count":
            return staging.count(ask, topic, present, votes)
        case "confirm":
            return staging.confirm(ask, topic, present, votes)
        case "join_cases":
            return topics_joining.join_cases(ask, topic, [order["case"]])
        case "add_option":
            return adding.add_option(ask, topic, order["title"], "")
    raise ValueError(order["act"])


@dataclass(frozen=True)
class Runner:
    """A process that is ready: how to let it go, and where it answers."""

    pid: int
    go: IO[str]
    says: IO[str]

    def answer(self) -> Any:
        """What it answered, once it has ended well."""
        said = self.says.read()
        self.says.close()
        _, status = os.waitpid(self.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0, said
        return json.loads(said)


def runner(order: dict[str, str]) -> Runner:
    """Forks a process for an order. Nobody may hold a connection to the database then."""
    waits, go = os.pipe()
    hears, says = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(go)
            os.close(hears)
            run(order, os.fdopen(waits), os.fdopen(says, "w"))
        except BaseException:
            print(traceback.format_exc(), file=sys.__stderr__, flush=True)
            os._exit(1)
        os._exit(0)
    os.close(waits)
    os.close(says)
    return Runner(pid, os.fdopen(go, "w"), os.fdopen(hears))


def run(order: dict[str, str], word: IO[str], out: IO[str]) -> None:
    """Says that it is ready, waits for a line, answers in JSON."""
    person = Person.objects.get(login=order["who"])
    version = int(order["version"]) if order.get("version") else None
    ask = Ask(actor_of(person, NOW.date()), NOW, order["key"], version)
    print("ready", file=out, flush=True)
    word.readline()
    answer = do(order, ask)
    said = {"kind": type(answer).__name__, **asdict(answer)}
    print(json.dumps(said, default=str), file=out, flush=True)
