"""The words of a vote by roll: its states, the ways a vote comes in, what bars a proxy."""

from django.utils.translation import gettext as _


def say_vote_state(state: str) -> str:
    """Where a vote stands."""
    return {
        "roll": _("Roll on view"),
        "open": _("Open for votes"),
        "counting": _("Being counted"),
        "decided": _("Counted"),
        "handed": _("In the city's own system"),
        "void": _("Counts for nothing"),
    }.get(state, state)


def say_way(way: str) -> str:
    """How a vote came in."""
    return {
        "online": _("on-line"),
        "paper": _("on paper"),
        "door": _("collected at the door"),
        "hands": _("by show of hands"),
    }.get(way, way)


def say_proxy_bar(bar: str) -> str:
    """What keeps a line from voting for another."""
    return {
        "same": _("nobody is their own proxy"),
        "given": _("this vote has been entrusted already"),
        "giver_holds": _("who votes for others does not pass their own vote on"),
        "holder_gave": _("who has entrusted their own vote votes for nobody else"),
        "candidate": _("who is voted on votes for nobody else"),
    }.get(bar, bar)


def say_roll_wrong(kind: str) -> str:
    """What an objection says is wrong with a roll."""
    return {
        "missing": _("Somebody is missing"),
        "not_entitled": _("Somebody should not stand on it"),
        "area": _("An area is wrong"),
    }.get(kind, kind)
