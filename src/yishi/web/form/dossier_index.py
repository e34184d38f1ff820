"""The first sheet of a dossier: everything of the matter in words, on one page of HTML."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from yishi.core.form import Form
from yishi.core.number import show_number
from yishi.phrases.clock import say_full
from yishi.phrases.form.common import item, leaving, where
from yishi.phrases.form.work import say_verdict
from yishi.phrases.rule import say_text
from yishi.phrases.state import say_state
from yishi.phrases.story import say_story
from yishi.records.models import Case
from yishi.records.queries.dossier import Bundle, ratings_of, report_pages
from yishi.records.queries.form import OfRequest, OfWork
from yishi.records.queries.form_report import OfReport
from yishi.web.case.clocks import explained
from yishi.web.case.shown import Shown
from yishi.web.form.dossier_supervised import Facts, said, supervised

STYLE = "样式.css"


def style() -> bytes:
    """The style sheet that lies beside the page."""
    found = finders.find("yishi/dossier.css")
    return Path(str(found)).read_bytes()


def index(shown: Shown, found: Bundle, photos: Mapping[str, str]) -> bytes:
    """The page. `photos`: digest → name of the file in the dossier."""
    case = shown.case
    context = {
        "number": show_number(case.number),
        "line": leaving(case.line or case.item_title) or _("Without words"),
        "style": STYLE,
        "facts": _facts(shown),
        "ground": _ground(case),
        "reports": [each for page in report_pages(found.held) for each in _reports(shown, page)],
        "works": _works(found),
        "requests": _requests(found),
        "more": supervised(found),
        "clocks": explained(shown),
        "stories": [
            {
                "title": show_number(each.number),
                "lines": _story(shown, found, each),
            }
            for each in (case, *found.merged)
        ],
        "photos": [{"name": name, "sha256": digest} for digest, name in photos.items()],
    }
    return render_to_string("yishi/form/dossier.html", context).encode()


def _facts(shown: Shown) -> Facts:
    case, rules = shown.case, shown.rules
    nature, kind = rules.natures.get(case.nature), rules.kinds.get(case.kind)
    main = show_number(case.main.number) if case.main else ""
    return said(
        (_("State"), say_state(case.state)["word"]),
        (_("Merged into"), main),
        (_("Place"), where(case)),
        (_("Grid"), case.grid.name if case.grid else ""),
        (_("Item"), item(case)),
        (_("Nature"), say_text(nature) if nature else ""),
        (_("Kind"), say_text(kind) if kind else ""),
        (_("Urgent"), _("Yes") if case.urgent else ""),
        (_("Lead"), case.lead.name if case.lead else ""),
        (_("First asked"), case.first_asked.name if case.first_asked else ""),
        (_("Raised"), say_full(case.filed_at)),
        (_("Dispatched"), say_full(case.dispatched_at) if case.dispatched_at else ""),
        (_("Settled"), say_full(case.settled_at) if case.settled_at else ""),
        (_("Answered"), say_full(case.answered_at) if case.answered_at else ""),
        (_("Closed"), say_full(case.closed_at) if case.closed_at else ""),
        (_("By which rules"), f"{case.rules.name} {case.rules.version}"),
    )


def _ground(case: Case) -> Facts:
    duty = case.duty
    if duty is None:
        return []
    return said(
        (_("Time limit"), duty.limit_words),
        (_("Legal basis"), duty.basis),
        (_("Settled when"), duty.standard),
        (_("Promise to the public"), duty.promise),
    )


def _reports(shown: Shown, page: list[OfReport]) -> list[dict[str, Any]]:
    ratings = ratings_of([each.report for each in page])
    return [
        {
            "number": show_number(each.report.number),
            "at": say_full(each.report.filed_at),
            "words": leaving(each.report.words),
            "answer": leaving(each.report.answer) if each.report.answered_at else "",
            "answered": say_full(each.report.answered_at) if each.report.answered_at else "",
            "ratings": [
                {
                    "at": say_full(rating.rated_at),
                    "solved": _("Is solved") if rating.solved else _("Is not solved"),
                    "level": _level(shown, rating.satisfaction),
                    "stars": " ".join(
                        f"{say_text(name)} {getattr(rating, axis, '')}"
                        for axis, name in shown.rules.axes.items()
                    ),
                    "words": leaving(rating.words),
                }
                for rating in ratings.get(each.report.pk, [])
            ],
        }
        for each in page
    ]


def _level(shown: Shown, code: str) -> str:
    level = shown.rules.satisfaction.get(code)
    return say_text(level) if level else code


def _works(found: Bundle) -> list[dict[str, Any]]:
    works = [about.work for _form, about in found.forms if isinstance(about, OfWork)]
    return [
        {
            "unit": work.unit.name,
            "facts": said(
                (_("Part in it"), _("Lead") if work.is_lead else _("Co-handler")),
                (_("Its part"), work.title),
                (_("Dispatched"), say_full(work.dispatched_at)),
                (_("Signed for"), say_full(work.signed_at) if work.signed_at else ""),
                (_("Contacted"), say_full(work.contacted_at) if work.contacted_at else ""),
                (_("Result"), leaving(work.result)),
                (_("Handed in"), say_full(work.result_at) if work.result_at else ""),
                (_("Taken away"), say_full(work.ended_at) if work.ended_at else ""),
            ),
        }
        for work in works
    ]


def _requests(found: Bundle) -> list[dict[str, Any]]:
    kinds = {Form.RETURN: _("Return asked for"), Form.EXTENSION: _("More time asked for")}
    return [
        {"title": kinds[form], "facts": _request(about)}
        for form, about in found.forms
        if form in kinds and isinstance(about, OfRequest)
    ]


def _request(about: OfRequest) -> Facts:
    row = about.request
    return said(
        (_("Unit"), row.assignment.unit.name),
        (_("Asked"), say_full(row.asked_at)),
        (_("Reason"), leaving(row.reason)),
        (_("Clause"), leaving(row.clause)),
        (_("Outcome"), say_verdict(row.state) or _("Not decided yet")),
        (_("Words on it"), leaving(row.words)),
        (_("Decided"), say_full(row.decided_at) if row.decided_at else ""),
    )


def _story(shown: Shown, found: Bundle, case: Case) -> list[dict[str, Any]]:
    entries = found.entries_of(case)
    # One by one: each has its own number in the record.
    told = [line for entry in entries for line in say_story([entry], shown.now, "staff")]
    seqs = {entry.uid: entry.seq for entry in entries}
    return [
        {
            **line,
            "text": leaving(line["text"]),
            "ground": leaving(line["ground"]),
            "seq": seqs.get(line["uid"]),
        }
        for line in told
    ]
