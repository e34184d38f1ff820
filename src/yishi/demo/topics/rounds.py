"""What is done in a round of small works besides what any topic does: wishes, projects, money."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from yishi.acts.door import Ask, Done
from yishi.acts.project import (
    accepting,
    building,
    costing,
    deciding,
    funding,
    paying,
    settling,
    watching,
)
from yishi.acts.round import announcing, ending, proposing, screening
from yishi.core.method.round import Payer
from yishi.core.project.deciding import Talked
from yishi.core.project.now import Form, OpinionOn
from yishi.core.refusal import Refusal
from yishi.core.round.screening import Made
from yishi.demo.topics.talk import Answer, Asking, Given, Talk, bodies
from yishi.records.files import PDF, PDF_TYPE, NewFile, store
from yishi.records.models import Body, Fund, Pledge, Project, Proposal, Quotation

Answers = list[Answer]
YUAN = 100


def _paper(words: str) -> NewFile:
    return store(PDF + words.encode(), PDF_TYPE)


def _body(code: str) -> str:
    return Body.objects.get(code=code).uid


def _project(talk: Talk, given: Given) -> Project:
    """The project of that number in the order they passed."""
    return Project.objects.filter(topic__uid=talk.uid).order_by("id")[given["project"] - 1]


def _wish(talk: Talk, given: Given) -> str:
    return Proposal.objects.get(topic__uid=talk.uid, title=given["wish"]).uid


def _pledge(project: Project, name: str) -> Pledge:
    return Pledge.objects.get(project=project, name=name)


def _day(ask: Ask, days: int) -> date:
    return (ask.now + timedelta(days=days)).date()


def _photo(talk: Talk, scene: str, *, mended: bool) -> NewFile:
    return talk.told.album.photo(scene, mended, talk.tint)


def _fund(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    body = _body(given["body"]) if "body" in given else ""
    amount = given["yuan"] * YUAN
    return announcing.announce_fund(ask(), talk.uid, given["code"], given["name"], amount, body)


def _propose(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    photos = [_photo(talk, given["photo"], mended=False)] if "photo" in given else []
    said = proposing.Proposed(
        given["title"], given["words"], given.get("kind", "works"), given.get("listed", ""),
        spot=given.get("spot", ""), photos=photos, name=given.get("name", ""),
    )  # fmt: skip
    return proposing.file(ask(), talk.uid, said)


def _pass(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    uid = _wish(talk, given)
    row = Proposal.objects.get(uid=uid)
    made = Made(
        given.get("title", row.title), given.get("words", row.words), row.kind, False,
        given["checked"], given.get("answer", ""),
    )  # fmt: skip
    return screening.pass_(ask(), uid, made)


def _join(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    return screening.join(ask(), _wish(talk, given), _project(talk, given).uid, given["words"])


def _opinion(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    amount = given["yuan"] * YUAN if "yuan" in given else None
    said = costing.Said(
        OpinionOn(given["on"]), given.get("yes", True), given["words"], amount,
        _paper(given["words"]),
    )  # fmt: skip
    return costing.add_opinion(ask(), _project(talk, given).uid, _body(given["body"]), said)


def _quote(talk: Talk, ask: Asking, given: Given) -> Answers:
    uid = _project(talk, given).uid
    return [
        costing.add_quotation(ask(), uid, bidder, yuan * YUAN, _paper(bidder))
        for bidder, yuan in given["bids"].items()
    ]


def _cost(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    uid, body = _project(talk, given).uid, _body(given["body"])
    amount = given["yuan"] * YUAN
    return costing.cost(ask(), uid, body, amount, given["urgency"], given["households"])


def _take(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    project = _project(talk, given)
    row = Quotation.objects.get(project=project, bidder=given["bidder"])
    return costing.take_quotation(ask(), project.uid, row.uid, given.get("why", ""))


def _decide(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    talked = Talked(
        bodies(given, "present"), bodies(given, "agreed"), given["words"],
        given.get("dissent", ""), given.get("answer", ""),
    )  # fmt: skip
    return deciding.decide(ask(), _project(talk, given).uid, talked)


def _offer(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    fund = ""
    if given["payer"] == Payer.FUND:
        fund = Fund.objects.get(topic__uid=talk.uid, name=given["name"]).uid
    made = funding.Offer(
        Payer(given["payer"]), Form(given.get("form", "money")), given["yuan"] * YUAN,
        given.get("words", ""), "" if fund else given["name"], fund,
    )  # fmt: skip
    return funding.offer(ask(), _project(talk, given).uid, made)


def _confirm(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    project = _project(talk, given)
    row = _pledge(project, given["name"])
    resolution = _paper(given["resolution"]) if "resolution" in given else None
    value = funding.Value(
        row.amount_fen, given.get("willing", 0), given.get("units", 0), resolution
    )
    return funding.confirm_pledge(ask(), project.uid, row.uid, value)


def _contract(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    asked = ask()
    entered = building.Contract(
        given["contractor"], given["yuan"] * YUAN, _day(asked, 1), _day(asked, given["days"]),
        _paper(given["contractor"]), why=given.get("why", ""),
    )  # fmt: skip
    return building.contract(asked, _project(talk, given).uid, entered)


def _plan(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    asked = ask()
    steps = [(name, _day(asked, days)) for name, days in given["steps"].items()]
    return building.plan_milestones(asked, _project(talk, given).uid, steps)


def _reach(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    photo = _photo(talk, given["photo"], mended=True)
    uid = _project(talk, given).uid
    return building.reach_milestone(ask(), uid, given["no"], given.get("words", ""), photo)


def _watch(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    body = _body(given["body"]) if "body" in given else ""
    return watching.watch(ask(), _project(talk, given).uid, given["words"], None, body)


def _built(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    photo = _photo(talk, given["photo"], mended=True)
    return building.report_built(ask(), _project(talk, given).uid, given["words"], photo)


def _accept(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    bodies = [_body(code) for code in given["bodies"]]
    photo = _photo(talk, given["photo"], mended=True)
    uid, words = _project(talk, given).uid, given["words"]
    return accepting.accept(ask(), uid, bodies, given["people"], words, photo, fit=True)


def _pay(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    project, no = _project(talk, given), given["voucher"]
    row = _pledge(project, given["name"])
    amount = given["yuan"] * YUAN
    return paying.pay(ask(), project.uid, row.uid, amount, no, _paper(no), given["words"])


def _settle(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    uid, body = _project(talk, given).uid, _body(given["body"])
    return settling.settle(ask(), uid, given["yuan"] * YUAN, body, _paper("结算审核"))


def _hand_over(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    asked = ask()
    until = _day(asked, given["days"])
    uid, body = _project(talk, given).uid, _body(given["body"])
    return settling.hand_over(asked, uid, body, until, given["words"], _paper("移交清单"))


# What a step calls it → the act.
ACTS: Mapping[str, Callable[[Talk, Asking, Given], Any]] = {
    "fund": _fund,
    "propose": _propose,
    "end": lambda t, ask, g: ending.end_projects(ask(), t.uid),
    "pass": _pass,
    "join_wish": _join,
    "refuse_wish": lambda t, ask, g: screening.refuse(ask(), _wish(t, g), g["ground"], g["words"]),
    "opinion": _opinion,
    "quote": _quote,
    "cost": _cost,
    "take": _take,
    "decide": _decide,
    "offer": _offer,
    "confirm_pledge": _confirm,
    "funded": lambda t, ask, g: funding.fund(ask(), _project(t, g).uid),
    "contract": _contract,
    "plan": _plan,
    "reach": _reach,
    "watch": _watch,
    "built": _built,
    "accept_project": _accept,
    "pay": _pay,
    "settle": _settle,
    "hand_over": _hand_over,
    "take_over": lambda t, ask, g: settling.take_over(ask(), _project(t, g).uid),
}
