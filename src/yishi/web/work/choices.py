"""What a form that registers for somebody offers, and what it proposes first."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.phrases.rule import say_text
from yishi.records.queries.filing import Filing, filing_of, frequent_items
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now

SLOT = "filing_where"


def filing_for(actor: Actor, act: str) -> Filing:
    """Places, rules and channels for `act`. Raises RulesMissing."""
    held = reach(actor, act)
    seats = tuple(dict.fromkeys((grant.scope, seat) for grant, seat in held if seat is not None))
    return filing_of(seats, today_of(now()))


def natures_of(filing: Filing) -> list[dict[str, Any]]:
    """Natures as options: {value, word}."""
    natures = filing.rules.natures.items()
    return [{"value": code, "word": say_text(name)} for code, name in natures]


def channels_of(filing: Filing) -> list[dict[str, Any]]:
    """Channels one may enter a matter by, as options."""
    return [{"value": one.code, "word": say_text(one.name)} for one in filing.channels]


def chips(actor: Actor) -> list[dict[str, str]]:
    """What is settled on the spot most, each with its two sentences, to be changed at will."""
    seats = [seat for _grant, seat in reach(actor, "report.settle_on_spot") if seat is not None]
    return [
        {
            "title": title,
            "words": _("Found on my round: %(item)s") % {"item": title},
            "answer": _("%(item)s: dealt with on the spot") % {"item": title},
        }
        for title in frequent_items(seats, today_of(now()))
    ]


def usual_place(request: HttpRequest, filing: Filing) -> str:
    """Where it probably is: the address asked for (a poster), the last one of today, the only one.

    A value of `where`, or "".
    """
    known = [f"building:{uid}" for uid, _name in filing.buildings]
    known += [f"place:{uid}" for uid, _name in filing.places]
    kept = request.session.get(SLOT)
    last = kept[0] if kept and kept[1] == today_of(now()).isoformat() else ""
    for where in (request.GET.get("where", ""), last):
        if where in known:
            return where
    return known[0] if len(known) == 1 else ""


def keep_place(request: HttpRequest, where: str) -> None:
    """The place of a matter is proposed again for the rest of the day."""
    kept = [where[:60], today_of(now()).isoformat()]
    if where and request.session.get(SLOT) != kept:
        request.session[SLOT] = kept
