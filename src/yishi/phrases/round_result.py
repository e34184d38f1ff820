"""A project in the result of a round as it hangs out: done or not, why, at what cost and whose.
Source: practice G10."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.round import Payer
from yishi.core.place import BodyKind
from yishi.core.project.now import Form, PledgeState, ProjectState
from yishi.counting.budget.counted import Way
from yishi.phrases.budget import say_way
from yishi.phrases.money import say_yuan
from yishi.phrases.place import say_kind
from yishi.phrases.project import say_funder, say_pledge_form, say_project_state, say_purse

# So many funders are named, the greatest first; the others are one sum.
NAMED = 6


def say_result(
    project: Mapping[str, Any],
    payers: Sequence[Mapping[str, Any]],
    votes: int | None = None,
    way: str = "",
) -> list[dict[str, str]]:
    """{label, value} of a project and its payers as `records.queries.round_result` has them.
    `votes`: how many it had, None where it was not voted on; `way`: how the vote chose it."""
    lines = [(_("Done or not"), say_project_state(project["state"])["word"])]
    lines += _why(project, votes, way)
    cost = project["cost_fen"]
    if cost is not None:
        lines.append((_("It costs"), say_yuan(cost)))
    if project["state"] not in (
        ProjectState.NOT_AGREED,
        ProjectState.NOT_CHOSEN,
        ProjectState.STOPPED,
    ):
        lines += _paid(cost or 0, payers)
    return [{"label": label, "value": value} for label, value in lines if value]


def _why(project: Mapping[str, Any], votes: int | None, way: str) -> Iterator[tuple[str, str]]:
    kept = project["decided"]
    if project["state"] == ProjectState.STOPPED:
        yield _("Why"), project["why"]
        return
    said = [
        _("%(body)s: %(present)s were there, %(agreed)s agreed")
        % {**one, "body": say_kind(BodyKind(one["body"]))}
        for one in kept.get("bodies", ())
    ]
    if said:
        yield _("In the talks"), _("; ").join(said)
    yield _("Why"), kept.get("words", "") or project["why"]
    if votes is not None:
        known = {"votes": votes, "way": say_way(Way(way)) if way else ""}
        if way:
            yield _("By vote"), _("%(votes)s votes; chosen: %(way)s") % known
        else:
            yield _("By vote"), _("%(votes)s votes; not chosen") % known


def _paid(cost: int, payers: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Who pays, who has offered to, and what nobody has offered yet."""
    by = {state: [one for one in payers if one["state"] == state] for state in PledgeState}
    confirmed, offered = by[PledgeState.CONFIRMED], by[PledgeState.OFFERED]
    missing = cost - sum(one["fen"] for one in confirmed)
    return [
        (_("Who pays"), _names(confirmed)),
        (_("Offered, to be confirmed"), _names(offered)),
        (_("Still to be found"), say_yuan(missing) if missing > 0 else ""),
    ]


def _names(payers: Sequence[Mapping[str, Any]]) -> str:
    said = [
        _("%(who)s %(amount)s, %(form)s")
        % {"who": _who(one), "amount": say_yuan(one["fen"]), "form": say_pledge_form(one["form"])}
        if one["form"] != Form.MONEY
        else _("%(who)s %(amount)s") % {"who": _who(one), "amount": say_yuan(one["fen"])}
        for one in payers[:NAMED]
    ]
    if others := payers[NAMED:]:
        amount = say_yuan(sum(one["fen"] for one in others))
        who = _("%(n)s other funders") % {"n": len(others)}
        said.append(_("%(who)s %(amount)s") % {"who": who, "amount": amount})
    return _("; ").join(said)


def _who(payer: Mapping[str, Any]) -> str:
    if payer["payer"] == Payer.RESIDENTS:
        return say_purse(Payer.RESIDENTS)
    return say_funder(payer["who"])
