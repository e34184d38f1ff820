"""Who pays for a project: valued and confirmed, declined, taken back; every yuan found."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.project import funding
from yishi.acts.project.giving_back import gives
from yishi.core.method.round import Payer
from yishi.core.project.now import Form, PledgeState
from yishi.core.refusal import Refusal
from yishi.phrases.money import say_yuan
from yishi.phrases.project import say_funder, say_pledge_form
from yishi.records.models import Pledge
from yishi.records.queries.project_page import offered_to
from yishi.records.queries.project_works import answers_for
from yishi.web.gate import ask_in
from yishi.web.project.deed import Deed
from yishi.web.project.fields import (
    ProjectForm,
    fen_of,
    number,
    offer,
    paper,
    paper_in,
    pick,
    prose,
    yuan,
)
from yishi.web.project.shown import Shown


def named(pledge: Pledge) -> str:
    """A funder in one line: who, how much, what."""
    return " · ".join(
        (say_funder(pledge.name), say_yuan(pledge.amount_fen), say_pledge_form(pledge.form))
    )


def waiting(shown: Shown) -> list[Pledge]:
    """Offers that were neither confirmed nor declined."""
    return offered_to(shown.held, PledgeState.OFFERED)


def pledge_field(label: Any) -> Any:
    """Which funder; filled by `offer`."""
    return pick(label)


def others(shown: Shown, rows: list[Pledge]) -> list[Pledge]:
    """Of these those the viewer does not give, nor a body they sit in."""
    return [one for one in rows if not gives(shown.actor, one)]


def _to_confirm(shown: Shown) -> list[Pledge]:
    """What waits for the viewer: confirmed by another than who offered it or wrote it down."""
    return [one for one in others(shown, waiting(shown)) if one.by_id != shown.actor.person_id]


def _to_decline(shown: Shown) -> list[Pledge]:
    confirmed = offered_to(shown.held, PledgeState.CONFIRMED)
    return others(shown, [*waiting(shown), *confirmed])


def _offer_pledges(form: ProjectForm, rows: list[Pledge]) -> None:
    """One of them; the only one is chosen already."""
    offer(form.fields["pledge"], [(one.uid, named(one)) for one in rows])
    if len(rows) == 1:
        form.fields["pledge"].initial = rows[0].uid


class ConfirmForm(ProjectForm):
    """Which offer, what it is worth; of residents' money what it needs."""

    takes_files = True
    pledge = pledge_field(gettext_lazy("Which offer"))
    amount = yuan(
        gettext_lazy("What it is worth"),
        required=False,
        help_text=gettext_lazy(
            "Leave it empty where it is worth what was offered, as money always is. What comes in "
            "kind, or is done, is valued here."
        ),
    )
    willing = number(
        gettext_lazy("How many residents pay willingly"),
        required=False,
        help_text=gettext_lazy("Of residents' money alone. Nothing is apportioned."),
    )
    units = number(
        gettext_lazy("How many units that benefit agreed"),
        required=False,
        help_text=gettext_lazy("Of residents' money alone: entrances or houses."),
    )
    resolution = paper(
        gettext_lazy("The resolution"),
        gettext_lazy("Of residents' money alone: the paper."),
        required=False,
    )

    def prepare(self) -> None:
        rows = _to_confirm(self.shown)
        _offer_pledges(self, rows)
        if not any(_is_residents_money(one) for one in rows):
            for name in ("willing", "units", "resolution"):
                del self.fields[name]
        if all(one.form == Form.MONEY for one in rows):
            del self.fields["amount"]


def _is_residents_money(pledge: Pledge) -> bool:
    return pledge.payer == Payer.RESIDENTS and pledge.form == Form.MONEY


def _confirm(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = paper_in(request, shown, "resolution")
    if isinstance(file, Refusal):
        return file
    as_offered = {one.uid: one.amount_fen for one in _to_confirm(shown)}
    typed = given.get("amount")
    value = funding.Value(
        fen_of(typed) if typed is not None else as_offered.get(given["pledge"], 0),
        given.get("willing") or 0,
        given.get("units") or 0,
        file,
    )
    return funding.confirm_pledge(ask_in(request), shown.row.uid, given["pledge"], value)


class DeclineForm(ProjectForm):
    """Which funder, and why not."""

    pledge = pledge_field(gettext_lazy("Which offer"))
    words = prose(gettext_lazy("Why it is not taken up"))

    def prepare(self) -> None:
        _offer_pledges(self, _to_decline(self.shown))


def _decline(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return funding.decline_pledge(ask_in(request), shown.row.uid, given["pledge"], given["words"])


class WithdrawForm(ProjectForm):
    """Which of one's own offers."""

    pledge = pledge_field(gettext_lazy("Which offer"))

    def prepare(self) -> None:
        _offer_pledges(self, _mine(self.shown))


def _mine(shown: Shown) -> list[Pledge]:
    who = shown.actor
    return [
        one
        for one in waiting(shown)
        if one.by_id == who.person_id or (one.body_id and answers_for(who, one.body_id))
    ]


def _withdraw(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return funding.withdraw_pledge(ask_in(request), shown.row.uid, given["pledge"])


class FundForm(ProjectForm):
    """Nothing is typed: the sums decide."""


def _fund(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return funding.fund(ask_in(request), shown.row.uid)


def _stands(shown: Shown) -> str:
    now = shown.held.now
    return _("Its funders give %(have)s together; it costs %(cost)s.") % {
        "have": say_yuan(now.confirmed_fen),
        "cost": say_yuan(now.cost_fen or 0),
    }


def _is_found(shown: Shown) -> bool:
    now = shown.held.now
    return shown.stands_in("carry_out") and now.confirmed_fen >= (now.cost_fen or 0)


FUNDING = (
    Deed(
        "confirm",
        "project.confirm_pledge",
        lambda: _("Does this offer count?"),
        lambda: _("Value and confirm it"),
        lambda: _("Confirmed. It counts towards the cost."),
        ConfirmForm,
        _confirm,
        lead=_stands,
        ready=lambda shown: bool(_to_confirm(shown)),
    ),
    Deed(
        "fund",
        "project.fund",
        lambda: _("Is every yuan found?"),
        lambda: _("Every yuan is found"),
        lambda: _("Every yuan is found. The works may begin."),
        FundForm,
        _fund,
        lead=_stands,
        ready=_is_found,
        mark="done",
    ),
)

TURNED_DOWN = (
    Deed(
        "decline",
        "project.decline_pledge",
        lambda: _("Is this funder not taken up?"),
        lambda: _("Do not take it up"),
        lambda: _("Entered. What was set aside has gone back."),
        DeclineForm,
        _decline,
        lead=lambda shown: _("Whoever gave it reads the reason, and so does everybody."),
        ready=lambda shown: bool(_to_decline(shown)),
        mark="refuse",
        danger=True,
    ),
    Deed(
        "withdraw",
        "project.withdraw_pledge",
        lambda: _("Take your offer back?"),
        lambda: _("Take it back"),
        lambda: _("Taken back."),
        WithdrawForm,
        _withdraw,
        ready=lambda shown: bool(_mine(shown)),
        mark="back",
    ),
)
