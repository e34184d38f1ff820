"""认领书: who gives what to a project, for signing; on the one base of everything printed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.core.project.funding import Leverage
from yishi.core.project.now import PledgeState
from yishi.phrases.clock import say_date
from yishi.phrases.money import say_yuan
from yishi.phrases.project import say_funder, say_leverage, say_pledge_form, say_purse
from yishi.records.models import Pledge
from yishi.records.queries.meeting_shown import entry_of
from yishi.records.queries.project_page import offered_to
from yishi.web.gate import missing, page
from yishi.web.meeting.drafted import CHINESE
from yishi.web.project.shown import read
from yishi.web.sheet import foot_of, sheet


@page("project.view")
def claims(request: HttpRequest, uid: str) -> HttpResponse:
    """The confirmed funders of a project, each with a line to sign."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    now, row = shown.held.now, shown.row
    with translation.override(CHINESE):
        number = show_number(row.number)
        rows = offered_to(shown.held, PledgeState.CONFIRMED)
        context = {
            "name": f"{_('Letter of who gives what')} {number}",
            "title": row.option.title,
            "round": row.topic,
            "cost": say_yuan(row.cost_fen or 0),
            "sum": say_yuan(now.confirmed_fen),
            "leverage": say_leverage(Leverage(now.fund_fen, now.confirmed_fen)),
            "rows": [_line(one) for one in rows],
            "on": say_date(shown.now),
            "seals": [_("Supervisory committee"), _("Residents committee")],
            "sheet": sheet(
                shown.href,
                foot=foot_of(request, entry_of(uid, "project.pledge_confirmed")),
                code=number,
            ),
        }
        return render(request, "yishi/project/sheet_claims.html", context)


def _line(one: Pledge) -> dict[str, Any]:
    return {
        "name": say_funder(one.name),
        "purse": say_purse(one.payer),
        "form": say_pledge_form(one.form),
        "words": one.words,
        "amount": say_yuan(one.amount_fen),
    }


urls: list[URLPattern] = [path("projects/<str:uid>/claims", claims, name="project_claims")]
