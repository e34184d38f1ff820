"""诉求登记表, 答复单, 回访表: the forms about one resident's words."""

from collections.abc import Sequence

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
    leaving,
    plain,
    where,
)
from yishi.phrases.rule import say_text
from yishi.records.models import Attachment
from yishi.records.queries.form_report import OfReport
from yishi.records.queries.rule import parsed

PICTURES = 4


class Registration(Head, Matter):
    """诉求登记表."""

    name: str
    phone: str
    channel: str
    filed_at: str
    filed_by: str
    first_asked: str
    kind: str
    urgent: str
    photos: str
    unit: str
    due: str


class Answer(Head):
    """答复单: goes to the resident, so it says nothing of them but their own words."""

    case_number: str
    place: str
    words: str
    filed_at: str
    unit: str
    answer: str
    answered_at: str


class CallBack(Head, Matter):
    """回访表; empty where nobody has been called yet."""

    name: str
    phone: str
    unit: str
    answer: str
    answered_at: str
    solved: str
    satisfaction: str
    speed: str
    result: str
    service: str
    quality: str
    rated_words: str
    rated_at: str
    caller: str


def registration(found: OfReport, foot: Foot) -> Registration:
    """The words of the registration form."""
    report, case = found.report, found.held.case
    entry = found.entry(report.filed_at)
    rules = parsed(case.rules)
    kind = rules.kinds.get(case.kind)
    return {
        **_head(found, foot),
        **_matter(found),
        "office": issuer(entry, case.place),
        "signed_on": say_date(report.filed_at),
        "name": _contact(found, "name"),
        "phone": _contact(found, "phone"),
        "channel": say_text(found.channel) if found.channel else report.channel,
        "filed_at": full(report.filed_at),
        "filed_by": plain(found.filed_by) or _("The resident"),
        "first_asked": plain(case.first_asked.name) if case.first_asked else "",
        "kind": say_text(kind) if kind else "",
        "urgent": _("Yes") if case.urgent else _("No"),
        "photos": _("%(n)s photos") % {"n": len(found.photos)},
        "unit": case.lead.name if case.lead else "",
        "due": full_by(found.clock.due_at) if found.clock else "",
    }


def answer(found: OfReport, foot: Foot) -> Answer:
    """The words of the answer."""
    report, case = found.report, found.held.case
    lead = case.lead.name if case.lead else ""
    return {
        **_head(found, foot),
        "office": issuer(found.entry(report.answered_at), case.place),
        "signed_on": say_date(report.answered_at) if report.answered_at else "",
        "case_number": show_number(case.number),
        "place": _place(found),
        "words": leaving(report.words),
        "filed_at": full(report.filed_at),
        "unit": lead or issuer(found.entry(report.answered_at), case.place),
        "answer": plain(report.answer),
        "answered_at": full(report.answered_at),
    }


def pictures(found: OfReport) -> tuple[Sequence[Attachment], Sequence[Attachment]]:
    """Before and after: the resident's own, and the newest proof."""
    return found.photos[:PICTURES], found.proofs[-PICTURES:]


def call_back(found: OfReport, foot: Foot) -> CallBack:
    """The words of the call-back form. Not yet called, its answers are free for a pen."""
    report, case, rating = found.report, found.held.case, found.rating
    entry = found.entry(rating.rated_at if rating else report.answered_at)
    level = parsed(case.rules).satisfaction.get(rating.satisfaction) if rating else None
    caller = entry.person.name if rating and entry and entry.person else ""
    return {
        **_head(found, foot),
        **_matter(found),
        "office": issuer(entry if rating and not rating.by_resident else None, case.place),
        "signed_on": say_date(rating.rated_at) if rating else "",
        "name": _contact(found, "name"),
        "phone": _contact(found, "phone"),
        "unit": case.lead.name if case.lead else "",
        "answer": plain(report.answer),
        "answered_at": full(report.answered_at),
        "solved": (_("Is solved") if rating.solved else _("Is not solved")) if rating else "",
        "satisfaction": say_text(level) if level else "",
        "speed": _stars(rating.speed) if rating else "",
        "result": _stars(rating.result) if rating else "",
        "service": _stars(rating.service) if rating else "",
        "quality": _stars(rating.answer) if rating else "",
        "rated_words": plain(rating.words) if rating else "",
        "rated_at": full(rating.rated_at) if rating else "",
        "caller": _("Rated by the resident") if rating and rating.by_resident else plain(caller),
    }


def _head(found: OfReport, foot: Foot) -> Head:
    return {
        "number": show_number(found.report.number),
        "check_code": foot.check_code,
        "address": foot.address,
        "office": "",
        "signed_on": "",
    }


def _matter(found: OfReport) -> Matter:
    """The matter in this resident's own words, not in those of the first who raised it."""
    case, report = found.held.case, found.report
    nature = parsed(case.rules).natures.get(report.nature)
    return {
        "case_number": show_number(case.number),
        "item": item(case),
        "nature": say_text(nature) if nature else "",
        "place": _place(found),
        "words": plain(report.words) if found.contact else leaving(report.words),
    }


def _place(found: OfReport) -> str:
    return where(found.held.case, found.report.spot)


def _contact(found: OfReport, what: str) -> str:
    if found.contact is None:
        return _("kept on the platform")
    return plain(str(getattr(found.contact, what)))


def _stars(number: int) -> str:
    """Five stars, so many of them full."""
    return "★" * number + "☆" * (5 - number)
