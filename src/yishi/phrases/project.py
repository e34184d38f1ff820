"""A project of a round in words: where it stands, who pays, in what, what bodies say of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yishi.core.ledger import Moved
from yishi.core.method.round import Payer
from yishi.core.project.funding import Leverage
from yishi.core.project.now import Form, OpinionOn, PledgeState, ProjectState
from yishi.phrases.money import say_yuan

S = ProjectState
# Word, mark, kind.
_STATES: dict[str, tuple[str, str, str]] = {
    S.SCREENED: (gettext_noop("Passed the screening"), "check", ""),
    S.COSTED: (gettext_noop("Costed, being talked over"), "talk", "act"),
    S.AGREED: (gettext_noop("Agreed on, goes to the vote"), "people", "act"),
    S.CHOSEN: (gettext_noop("Will be done, money being found"), "check", "act"),
    S.FUNDED: (gettext_noop("Every yuan found"), "check", "act"),
    S.UNDER_WAY: (gettext_noop("Being built"), "next", "act"),
    S.BUILT: (gettext_noop("Built, waits to be accepted"), "waiting", "waiting"),
    S.ACCEPTED: (gettext_noop("Accepted"), "done", "done"),
    S.SETTLED: (gettext_noop("Final account reviewed"), "ground", "done"),
    S.HANDED_OVER: (gettext_noop("Done and handed over"), "done", "done"),
    S.NOT_AGREED: (gettext_noop("Not agreed on"), "refuse", ""),
    S.NOT_CHOSEN: (gettext_noop("Not voted for"), "refuse", ""),
    S.STOPPED: (gettext_noop("Stopped"), "refuse", "soon"),
}


def say_project_state(state: str) -> dict[str, str]:
    """A tag {word, mark, kind} for the state of a project."""
    word, mark, kind = _STATES[S(state)]
    return {"word": _(word), "mark": mark, "kind": kind}


def say_pledge_form(form: str) -> str:
    """What a funder gives: money, in kind, a part it does itself."""
    return {
        Form.MONEY: _("in money"),
        Form.KIND: _("in kind"),
        Form.CLAIM: _("a part it does itself"),
    }[Form(form)]


def say_pledge_state(state: str) -> dict[str, str]:
    """A tag {word, mark, kind} for how an offer stands."""
    word, mark, kind = {
        PledgeState.OFFERED: (_("Offered"), "waiting", "waiting"),
        PledgeState.CONFIRMED: (_("Confirmed"), "check", "done"),
        PledgeState.DECLINED: (_("Not taken up"), "refuse", ""),
        PledgeState.WITHDRAWN: (_("Taken back"), "back", ""),
    }[PledgeState(state)]
    return {"word": word, "mark": mark, "kind": kind}


def say_moved(moved: str) -> str:
    """What a line of what was spent is."""
    return {
        Moved.PAID: _("Payment"),
        Moved.REVERSED: _("Payment reversed"),
        Moved.DELIVERED: _("Given in kind or done, delivered"),
    }[Moved(moved)]


def say_opinion_on(on: str) -> str:
    """What a body is asked about."""
    return {
        OpinionOn.COST: _("What it costs"),
        OpinionOn.FEASIBLE: _("Whether it can be done"),
        OpinionOn.LEGAL: _("The law"),
        OpinionOn.PLANNED: _("Whether government plans it already"),
        OpinionOn.SPLIT: _("Whether it is split to stay under the cap"),
    }[OpinionOn(on)]


def say_purse(payer: str) -> str:
    """Whose money it is, short, as a column names it."""
    return {
        Payer.FUND: _("Fund for small works"),
        Payer.GOVERNMENT: _("Other government money"),
        Payer.SOCIETY: _("Society"),
        Payer.RESIDENTS: _("Residents' own money"),
    }[Payer(payer)]


def say_funder(name: str) -> str:
    """A funder as everybody reads them; a resident who wishes no name has none."""
    return name or _("A resident who wishes no name")


def say_leverage(part: Leverage) -> str:
    """How much of the whole the fund gives, with both numbers; "" of nothing."""
    if part.share is None:
        return ""
    if not part.others_fen:
        return _("%(whole)s, all of it from the fund") % {"whole": say_yuan(part.whole_fen)}
    known = {
        "fund": say_yuan(part.fund_fen),
        "whole": say_yuan(part.whole_fen),
        "others": say_yuan(part.others_fen),
        "percent": f"{round(part.share * 1000) / 10:g}",
    }
    if part.share.numerator == 1 and 1 < part.share.denominator <= 12:
        known["denominator"] = str(part.share.denominator)
        return (
            _("%(fund)s of %(whole)s from the fund, one in %(denominator)s; %(others)s from others")
            % known
        )
    return _("%(fund)s of %(whole)s from the fund, %(percent)s%%; %(others)s from others") % known


def say_consent(what: str) -> str:
    """What residents' money needs before it counts."""
    return {
        "resolution": _("the resolution, as a paper"),
        "willing": _("how many pay willingly"),
        "units": _("how many units that benefit agreed"),
    }[what]
