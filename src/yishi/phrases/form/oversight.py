"""督办单, 限期整改清单, 监督意见书: the forms of those who watch over the handling."""

from typing import TypedDict

from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.clock import say_date
from yishi.phrases.form.common import (
    Foot,
    Head,
    Matter,
    full,
    full_by,
    issuer,
    item,
    matter,
    plain,
)
from yishi.phrases.state import say_state
from yishi.records.models import Listed
from yishi.records.queries.form import OfList, OfOpinion, OfOrder


class Order(Head, Matter):
    """督办单."""

    unit: str
    cause: str
    standing: str
    dispatched_at: str
    order_words: str
    issued_by: str
    issued_at: str
    answer_by: str
    answer: str
    answered_at: str


class Row(TypedDict):
    """One entry of the dated list."""

    number: str
    title: str
    words: str
    unit: str
    due: str
    opened_on: str
    done: str
    closed: str


class DatedList(Head):
    """限期整改清单."""

    count: str
    open: str
    late: str
    rows: list[Row]


class Opinion(Head):
    """监督意见书: it orders nobody."""

    case_number: str
    item: str
    unit: str
    opinion: str
    written_by: str
    written_at: str
    reply: str
    replied_by: str
    replied_at: str


def order(found: OfOrder, foot: Foot) -> Order:
    """The words of a supervisory order and of its answer."""
    row, held = found.order, found.held
    twice = row.cause == "twice"
    return {
        **matter(held),
        "number": show_number(held.case.number),
        "check_code": foot.check_code,
        "address": foot.address,
        "office": issuer(found.entry if not twice else None, held.case.place),
        "signed_on": say_date(row.issued_at),
        "unit": row.unit.name,
        "cause": _("The resident was dissatisfied twice")
        if twice
        else _("The supervisory officer asks for it"),
        "standing": say_state(held.case.state)["word"],
        "dispatched_at": full(held.case.dispatched_at),
        "order_words": _asked(row.words, twice=twice),
        "issued_by": plain(row.issued_by.name) if row.issued_by else "",
        "issued_at": full(row.issued_at),
        "answer_by": full_by(found.clock.due_at) if found.clock else "",
        "answer": plain(row.answer),
        "answered_at": full(row.answered_at),
    }


def _asked(words: str, *, twice: bool) -> str:
    """What the order says; one that came of itself says what it asks for."""
    if plain(words) or not twice:
        return plain(words)
    return _("Find out why the resident is not satisfied, handle it again, and answer in time.")


def dated_list(found: OfList, foot: Foot) -> DatedList:
    """The words of the dated list, open entries first."""
    place, case = found.place, found.case
    return {
        "number": show_number(case.number) if case else place.name,
        "check_code": foot.check_code,
        "address": foot.address,
        "office": place.name,
        "signed_on": say_date(found.at),
        "count": str(found.total),
        "open": str(found.open),
        "late": str(found.late),
        "rows": [_row(row) for row in found.rows],
    }


def opinion(found: OfOpinion, foot: Foot) -> Opinion:
    """The words of the committee's opinion and of the reply to it."""
    row = found.opinion
    return {
        "number": show_number(row.case.number) if row.case else row.uid[:8].upper(),
        "check_code": foot.check_code,
        "address": foot.address,
        "office": _("Affairs supervisory committee of %(place)s") % {"place": row.place.name},
        "signed_on": say_date(row.written_at),
        "case_number": show_number(row.case.number) if row.case else "",
        "item": (item(row.case) or plain(row.case.line)) if row.case else "",
        "unit": row.body.name,
        "opinion": plain(row.words),
        "written_by": plain(row.written_by.name) if row.written_by else "",
        "written_at": full(row.written_at),
        "reply": plain(row.reply),
        "replied_by": plain(row.replied_by.name) if row.replied_by else "",
        "replied_at": full(row.replied_at),
    }


def _row(row: Listed) -> Row:
    return {
        "number": row.number,
        "title": plain(row.title),
        "words": plain(row.words),
        "unit": row.body.name,
        "due": full_by(row.due_at),
        "opened_on": say_date(row.opened_at),
        "done": _said(plain(row.done_words), say_date(row.done_at) if row.done_at else ""),
        "closed": _said(plain(row.closed_words), say_date(row.closed_at) if row.closed_at else ""),
    }


def _said(words: str, day: str) -> str:
    return " ".join(part for part in (day, words) if part)
