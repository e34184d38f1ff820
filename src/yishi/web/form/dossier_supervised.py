"""The part of a dossier's first sheet on rulings, orders, looks, opinions and findings."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.phrases.clock import say_full
from yishi.phrases.form.common import leaving
from yishi.records.queries.dossier import Bundle
from yishi.records.queries.form import OfList, OfOpinion, OfOrder

Facts = list[dict[str, str]]


def supervised(found: Bundle) -> list[dict[str, Any]]:
    """{title, facts} of each, in the order of the trade."""
    return [*_rulings(found), *_orders(found), *_oversight(found)]


def said(*pairs: tuple[str, str]) -> Facts:
    """The facts that have a value."""
    return [{"label": label, "value": value} for label, value in pairs if value]


def _rulings(found: Bundle) -> list[dict[str, Any]]:
    return [
        {
            "title": _("Dispute ruled on"),
            "facts": said(
                (_("Lead"), row.lead.name),
                (_("Ground"), leaving(row.words)),
                (_("When"), say_full(row.ruled_at)),
            ),
        }
        for row in found.rulings
    ] + [
        {
            "title": _("Help called for"),
            "facts": said(
                (_("When"), say_full(row.called_at)), (_("What it says"), leaving(row.words))
            ),
        }
        for row in found.calls
    ]


def _orders(found: Bundle) -> list[dict[str, Any]]:
    orders = [about.order for _form, about in found.forms if isinstance(about, OfOrder)]
    return [
        {
            "title": _("Supervisory order sheet"),
            "facts": said(
                (_("Unit"), row.unit.name),
                (_("When"), say_full(row.issued_at)),
                (_("What it says"), leaving(row.words)),
                (_("Answer"), leaving(row.answer)),
                (_("Answered"), say_full(row.answered_at) if row.answered_at else ""),
            ),
        }
        for row in orders
    ]


def _oversight(found: Bundle) -> list[dict[str, Any]]:
    opinions = [about.opinion for _form, about in found.forms if isinstance(about, OfOpinion)]
    lists = [about.rows for _form, about in found.forms if isinstance(about, OfList)]
    looked = [row for row in found.inspections if row.looked_at]
    return (
        [
            {
                "title": _("Opinion of the supervisory committee"),
                "facts": said(
                    (_("Unit"), row.body.name),
                    (_("When"), say_full(row.written_at)),
                    (_("What it says"), leaving(row.words)),
                    (_("Answer"), leaving(row.reply)),
                ),
            }
            for row in opinions
        ]
        + [
            {
                "title": _("Looked at by the supervisory committee"),
                "facts": said(
                    (_("When"), say_full(row.looked_at) if row.looked_at else ""),
                    (_("What it says"), leaving(row.words)),
                ),
            }
            for row in looked
        ]
        + [
            {
                "title": _("Dated list for putting right"),
                "facts": said(
                    (_("Number"), row.number),
                    (_("Item"), row.title),
                    (_("Unit"), row.body.name),
                    (_("Done"), leaving(row.done_words)),
                    (_("Closed"), say_full(row.closed_at) if row.closed_at else ""),
                ),
            }
            for rows in lists
            for row in rows
        ]
        + [
            {
                "title": _("Finding after a breach"),
                "facts": said(
                    (_("Unit"), row.body.name),
                    (_("When"), say_full(row.found_at)),
                    (_("What it says"), leaving(row.words)),
                ),
            }
            for row in found.findings
        ]
    )
