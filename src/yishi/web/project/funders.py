"""Who pays for a project and what of it is paid, and by which numbers it was decided."""

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.ledger import AccountKind, Moved, given, together
from yishi.core.method.round import Payer
from yishi.core.place import BodyKind
from yishi.core.project.funding import PLEDGING
from yishi.core.project.now import PledgeState
from yishi.phrases.clock import say_when
from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.phrases.place import say_kind
from yishi.phrases.project import (
    say_funder,
    say_leverage,
    say_moved,
    say_pledge_form,
    say_pledge_state,
    say_purse,
)
from yishi.records.models import Pledge, Project, Transfer
from yishi.records.queries.accounts import project_line
from yishi.records.queries.project_money import moved_of
from yishi.records.queries.project_page import ProjectPage
from yishi.records.queries.rule import today_of
from yishi.web.office import Cell, table
from yishi.web.project.paying import mistakes
from yishi.web.project.shown import Shown

GONE = (PledgeState.DECLINED, PledgeState.WITHDRAWN)


def funders(shown: Shown, found: ProjectPage) -> dict[str, Any] | None:
    """The greatest confirmed funders drawn by their part of the cost, the rest in one line, what is
    missing and what waits to be confirmed. None where nobody has offered anything."""
    cost, now = shown.row.cost_fen or 0, shown.held.now
    if not found.offers:
        return None
    line, moved = project_line(shown.row), moved_of(shown.row)
    gave = {one.pk: given(moved.get(one.pk, {})) for one in found.pledges}
    rows: list[dict[str, object]] = [
        {
            "label": f"{say_funder(one.name)} · {say_pledge_form(one.form)}",
            **_part(gave[one.pk], cost, "done" if one.payer == Payer.FUND else ""),
        }
        for one in found.pledges
        if gave[one.pk]
    ]
    number, _amount = found.offers.get(PledgeState.CONFIRMED, (0, 0))
    others = sum(line.given.values()) - sum(gave.values())
    if others:
        label = _("%(n)s other funders") % {"n": f"{number - len(found.pledges):,}"}
        rows.append({"label": label, **_part(others, cost)})
    if now.state in PLEDGING and cost > now.confirmed_fen:
        missing = _part(cost - now.confirmed_fen, cost, "soon")
        rows.append({"label": _("Still to be found"), **missing})
    waiting, offered = found.offers.get(PledgeState.OFFERED, (0, 0))
    told = {"n": f"{waiting:,}", "amount": say_yuan(offered)}
    spent = {"paid": say_yuan(now.paid_fen), "cost": say_yuan(cost)}
    return {
        "bar": {
            "caption": _("Who pays, of %(cost)s") % {"cost": say_yuan(cost)},
            "head": _("Who, and in what"),
            "unit": _("How much"),
            "rows": rows,
        }
        if rows
        else None,
        "leverage": say_leverage(line.leverage),
        "waiting": _("%(n)s offers wait to be confirmed, %(amount)s") % told if waiting else "",
        "paid": _("%(paid)s of %(cost)s paid or delivered") % spent if now.paid_fen else "",
    }


def _part(fen: int, cost: int, kind: str = "") -> dict[str, object]:
    return {"value": say_yuan(fen), "share": 100 * fen / cost if cost else 0, "kind": kind}


def offers(project: Project, pledges: list[Pledge]) -> dict[str, Any] | None:
    """Everybody who offered something, what of it is spent and what went back. One statement."""
    if not pledges:
        return None
    moved = moved_of(project)
    heads = [_("Funder"), _("Whose money"), _("What"), _("How much"), _("Spent of it")]
    return table(
        _("Everybody who offered something"),
        [*heads, _("Given back of it"), _("Stands")],
        [_line(one, moved.get(one.pk, {})) for one in pledges],
        (3, 4, 5),
    )


def consents(pledges: list[Pledge]) -> list[str]:
    """How those who live there agreed to pay, of each confirmed part of theirs."""
    return [_consent(one) for one in pledges if one.willing and one.state == PledgeState.CONFIRMED]


def _line(one: Pledge, moved: Mapping[str, int]) -> tuple[str, ...]:
    what = say_pledge_form(one.form)
    spent = together(AccountKind.SPENT, moved)
    back = moved.get(Moved.RELEASED, 0) + moved.get(Moved.RETURNED, 0)
    return (
        say_funder(one.name),
        say_purse(one.payer),
        f"{what}：{one.words}" if one.words else what,
        say_yuan(one.amount_fen),
        "—" if one.state in GONE else say_yuan(spent),
        say_yuan(back) if back else "—",
        say_pledge_state(one.state)["word"],
    )


def _consent(one: Pledge) -> str:
    return _(
        "%(funder)s: by resolution, %(willing)s pay willingly, %(units)s units that benefit agreed"
    ) % {"funder": say_funder(one.name), "willing": one.willing, "units": one.units}


def paid(shown: Shown, payments: list[Transfer]) -> dict[str, Any] | None:
    """What is paid and delivered so far, the newest first; None of nothing."""
    if not payments:
        return None
    now = shown.held.now
    may = {one.pk for one in mistakes(shown)}
    heads = [_("When"), _("To whom, for what"), _("Out of"), _("Voucher"), _("How much")]
    rows = [(*_payment(one, shown), *_mistake(one, shown, may)) for one in payments]
    return {
        "sum": _("%(paid)s of %(cost)s paid or delivered")
        % {"paid": say_yuan(now.paid_fen), "cost": say_yuan(now.cost_fen or 0)},
        "table": table(
            _("Payments, the newest first"),
            [*heads, _("A mistake?")] if may else heads,
            rows,
            (4,),
        ),
    }


def _payment(one: Transfer, shown: Shown) -> tuple[Cell, ...]:
    """A line of what was paid; of what was reversed there are two, and both say so."""
    pledge, undone = one.source.pledge or one.target.pledge, one.reverses
    words = one.words or say_moved(one.moved)
    if undone:
        words = _("Reversed: %(why)s") % {"why": one.words}
    elif hasattr(one, "reversed_by"):
        words = _("%(words)s (reversed)") % {"words": words}
    return (
        say_when(one.at, shown.now),
        words,
        say_funder(pledge.name if pledge else ""),
        (undone or one).voucher_no or "—",
        say_yuan(-one.amount_fen if undone else one.amount_fen),
    )


def _mistake(one: Transfer, shown: Shown, may: Collection[int]) -> tuple[Cell, ...]:
    """Where the viewer reverses it; no cell where they may reverse none."""
    if one.pk not in may:
        return ("—",) if may else ()
    href = reverse("project_reverse_payment", args=[shown.row.uid])
    return ((_("Reverse"), f"{href}?payment={one.uid}"),)


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
