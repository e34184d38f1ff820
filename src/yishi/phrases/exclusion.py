"""A rating left out of the rates, in words."""

from django.utils.translation import gettext as _

from yishi.core.exclusion import ExclusionState
from yishi.core.rates import Reach
from yishi.phrases.clock import say_exact
from yishi.records.models import Rating


def say_exclusion() -> dict[str, str]:
    """How it stands → word."""
    return {
        ExclusionState.ASKED: _("Waits for a decision"),
        ExclusionState.APPROVED: _("Left out"),
        ExclusionState.REFUSED: _("Not left out"),
    }


def say_reach(reach: str) -> str:
    """Which rates it is left out of."""
    return _("satisfaction alone") if reach == Reach.SATISFACTION else _("every rate")


def say_satisfaction(code: str) -> str:
    """The three levels of the shipped rules; a place's own reads as its code."""
    return {
        "satisfied": _("satisfied"),
        "basically": _("basically satisfied"),
        "dissatisfied": _("not satisfied"),
    }.get(code, code)


def say_ground(code: str) -> str:
    """The grounds of the shipped rules; a place's own ground reads as its code."""
    return {
        "enforcement": _("Law enforcement"),
        "mediation": _("Mediation"),
        "other_matter": _("About another matter"),
        "unlawful_demand": _("Unlawful demand"),
        "mistaken": _("Rated by mistake"),
    }.get(code, code)


def say_rated(rating: Rating) -> str:
    """One rating in a line: when, solved or not, how satisfied."""
    solved = _("solved") if rating.solved else _("not solved")
    when = say_exact(rating.rated_at)[:16]
    return f"{when} · {solved} · {say_satisfaction(rating.satisfaction)}"
