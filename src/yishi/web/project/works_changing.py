"""变更, and stopping, on their pages."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.project import changing, settling
from yishi.core.project.now import ChangeState, PledgeState
from yishi.core.refusal import Refusal
from yishi.phrases.money import say_yuan
from yishi.records.models import Change
from yishi.records.queries.project_page import offered_to
from yishi.web.gate import ask_in
from yishi.web.project.deed import Deed
from yishi.web.project.fields import ProjectForm, fen_of, offer, pick, prose, yes_no, yuan
from yishi.web.project.funding import named, others
from yishi.web.project.shown import Shown
from yishi.web.project.works import in_works


def _asked(shown: Shown) -> Change | None:
    return Change.objects.filter(project=shown.row, state=ChangeState.ASKED).first()


class AskForm(ProjectForm):
    """What it is to cost instead, and why."""

    amount = yuan(gettext_lazy("What it is to cost now"))
    why = prose(gettext_lazy("Why"), help_text=gettext_lazy("Everybody reads it."))


def _ask(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    to = fen_of(given["amount"])
    return changing.ask_change(ask_in(request), shown.row.uid, to, given["why"])


class DecideForm(ProjectForm):
    """Approved or refused, and why."""

    yes = yes_no(
        gettext_lazy("Is the change approved?"),
        gettext_lazy("Approved: the money is found or given back first"),
        gettext_lazy("Refused: the cost stays"),
    )
    words = prose(
        gettext_lazy("In words"),
        required=False,
        help_text=gettext_lazy("A refusal says why; everybody reads it."),
    )


def _decide(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    change = _asked(shown)
    if change is None:
        return Refusal("change_decided")
    yes = given["yes"] == "yes"
    return changing.decide_change(
        ask_in(request), shown.row.uid, change.no, given["words"], yes=yes
    )


def _what(shown: Shown) -> str:
    change = _asked(shown)
    if change is None:
        return ""
    known = {
        "from": say_yuan(change.from_fen),
        "to": say_yuan(change.to_fen),
        "why": change.why,
    }
    return _("From %(from)s to %(to)s: “%(why)s”") % known


class LowerForm(ProjectForm):
    """Which funder gives less, and how much it gives then."""

    pledge = pick(gettext_lazy("Which funder gives less"))
    amount = yuan(gettext_lazy("What it gives then"))

    def prepare(self) -> None:
        rows = others(self.shown, offered_to(self.shown.held, PledgeState.CONFIRMED))
        offer(self.fields["pledge"], [(one.uid, named(one)) for one in rows])


def _lower(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    to = fen_of(given["amount"])
    return changing.lower_pledge(ask_in(request), shown.row.uid, given["pledge"], to)


def _over(shown: Shown) -> int:
    return shown.held.now.confirmed_fen - (shown.row.cost_fen or 0)


class StopForm(ProjectForm):
    """Why it is not done, or no further."""

    why = prose(gettext_lazy("Why it stops"), help_text=gettext_lazy("Everybody reads it."))


def _stop(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return settling.stop(ask_in(request), shown.row.uid, given["why"])


CHANGING = (
    Deed(
        "decide-change",
        "project.decide_change",
        lambda: _("Is the change approved?"),
        lambda: _("Decide it"),
        lambda: _("Decided; whoever asked is told."),
        DecideForm,
        _decide,
        lead=_what,
        ready=lambda shown: in_works(shown) and _asked(shown) is not None,
        mark="check",
    ),
    Deed(
        "ask-change",
        "project.ask_change",
        lambda: _("Does it come to cost something else?"),
        lambda: _("Ask for the change"),
        lambda: _("Asked. Somebody else decides it."),
        AskForm,
        _ask,
        lead=lambda shown: (
            _("It costs %(cost)s now.") % {"cost": say_yuan(shown.row.cost_fen or 0)}
        ),
        ready=lambda shown: in_works(shown) and _asked(shown) is None,
        mark="flag",
    ),
    Deed(
        "lower",
        "project.lower_pledge",
        lambda: _("Who gives less?"),
        lambda: _("Give it back"),
        lambda: _("Lowered; the rest went back."),
        LowerForm,
        _lower,
        lead=lambda shown: (
            _("Together they give %(over)s more than it costs.") % {"over": say_yuan(_over(shown))}
        ),
        ready=lambda shown: in_works(shown) and _over(shown) > 0,
        mark="back",
    ),
    Deed(
        "stop",
        "project.stop",
        lambda: _("Does it stop here?"),
        lambda: _("Stop it"),
        lambda: _("Stopped. What was not spent went back, and everybody concerned is told."),
        StopForm,
        _stop,
        lead=lambda shown: _(
            "What was set aside and not spent goes back to whoever gave it; what was paid stays "
            "paid. This is not undone."
        ),
        mark="refuse",
        danger=True,
    ),
)
