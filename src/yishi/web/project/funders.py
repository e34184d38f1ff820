"""Who pays for a project and what of it is paid, and by which numbers it was decided."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.core.place import BodyKind
from yishi.core.project.funding import Leverage
from yishi.core.project.now import PledgeState
from yishi.phrases.clock import say_when
from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.phrases.place import say_kind
from yishi.phrases.project import (
    say_funder,
    say_leverage,
    say_pledge_form,
    say_pledge_state,
    say_purse,
)
from yishi.records.models import Pledge
from yishi.records.queries.project_money import spent_of
from yishi.records.queries.project_page import ProjectPage
from yishi.records.queries.rule import today_of
from yishi.web.office import table
from yishi.web.project.shown import Shown

GONE = (PledgeState.DECLINED, PledgeState.WITHDRAWN)


def funders(shown: Shown, found: ProjectPage) -> dict[str, Any] | None:
    """Confirmed funders drawn by their part of the cost; all offers as a table; what is missing.
    One statement. None where nobody has offered anything."""
    cost, now = shown.row.cost_fen or 0, shown.held.now
    if not found.pledges:
        return None
    confirmed = [one for one in found.pledges if one.state == PledgeState.CONFIRMED]
    spent = spent_of(one.pk for one in confirmed)
    missing = cost - now.confirmed_fen
    rows: list[dict[str, object]] = [
        {
            "label": f"{say_funder(one.name)} · {say_pledge_form(one.form)}",
            "value": say_yuan(one.amount_fen),
            "share": 100 * one.amount_fen / cost if cost else 0,
            "kind": "done" if one.payer == "fund" else "",
        }
        for one in confirmed
    ]
    if missing > 0:
        share = 100 * missing / cost
        gap = {"label": _("Still to be found"), "value": say_yuan(missing), "share": share}
        rows.append({**gap, "kind": "soon"})
    return {
        "bar": {
            "caption": _("Who pays, of %(cost)s") % {"cost": say_yuan(cost)},
            "head": _("Who, and in what"),
            "unit": _("How much"),
            "rows": rows,
        }
        if rows
        else None,
        "table": table(
            _("Everybody who offered something"),
            [
                _("Funder"),
                _("Whose money"),
                _("What"),
                _("How much"),
                _("Spent of it"),
                _("Stands"),
            ],
            [_line(one, spent.get(one.pk, 0)) for one in found.pledges],
            (3, 4),
        ),
        "leverage": say_leverage(Leverage(now.fund_fen, now.confirmed_fen)),
        "consents": [_consent(one) for one in confirmed if one.willing],
    }


def _line(one: Pledge, spent: int) -> tuple[str, ...]:
    what = say_pledge_form(one.form)
    return (
        say_funder(one.name),
        say_purse(one.payer),
        f"{what}：{one.words}" if one.words else what,
        say_yuan(one.amount_fen),
        "—" if one.state in GONE else say_yuan(spent),
        say_pledge_state(one.state)["word"],
    )


def _consent(one: Pledge) -> str:
    return _(
        "%(funder)s: by resolution, %(willing)s pay willingly, %(units)s units that benefit agreed"
    ) % {"funder": say_funder(one.name), "willing": one.willing, "units": one.units}


def paid(shown: Shown, found: ProjectPage) -> dict[str, Any] | None:
    """What is paid and delivered so far, the newest first; None of nothing."""
    if not found.payments:
        return None
    now = shown.held.now
    rows = [
        (
            say_when(one.at, shown.now),
            one.words or _("Delivered"),
            say_funder(one.source.pledge.name if one.source.pledge else ""),
            one.voucher_no or "—",
            say_yuan(one.amount_fen),
        )
        for one in found.payments
    ]
    return {
        "sum": _("%(paid)s of %(cost)s paid or delivered")
        % {"paid": say_yuan(now.paid_fen), "cost": say_yuan(now.cost_fen or 0)},
        "table": table(
            _("Payments, the newest first"),
            [_("When"), _("To whom, for what"), _("Out of"), _("Voucher"), _("How much")],
            rows,
            (4,),
        ),
    }


def decided(shown: Shown) -> dict[str, Any] | None:
    """How the talks decided, with the arithmetic; None before them."""
    kept, at = shown.row.decided, shown.row.decided_at
    if not kept or at is None or "bodies" not in kept:
        return None
    rows = [
        (
            say_kind(BodyKind(one["body"])),
            one["seats"],
            one["present"],
            one["agreed"],
        )
        for one in kept["bodies"]
    ]
    return {
        "word": _("Agreed on") if kept.get("agreed") else _("Not agreed on"),
        "on": say_day(today_of(at)),
        "table": table(
            _("Body by body"),
            [_("Body"), _("Seats"), _("There"), _("Agreed")],
            rows,
            (1, 2, 3),
        ),
        "words": kept.get("words", ""),
        "dissent": kept.get("dissent", ""),
        "answer": kept.get("answer", ""),
    }
