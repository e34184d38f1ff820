"""Why two matters are likely the same, and what makes a hot spot, in a few words."""

from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext as _


class Alike(Protocol):
    """What is alike: words both say, the nearest place both lie in, same item, days between."""

    @property
    def words(self) -> Sequence[str]: ...

    @property
    def same_place(self) -> str: ...

    @property
    def same_item(self) -> bool: ...

    @property
    def days(self) -> int: ...


def say_why(like: Alike) -> str:
    """Such as 同一小区 · 2 天前 · 都说到“停车”. Places are told by their first letter: community,
    estate, building."""
    parts = [
        say_place(like.same_place),
        _("the same item") if like.same_item else "",
        say_days_ago(like.days),
        say_words(like.words),
    ]
    return " · ".join(part for part in parts if part)


def say_place(nearest: str) -> str:
    """The nearest place both lie in."""
    return {
        "b": _("the same building"),
        "e": _("the same estate"),
        "c": _("the same community"),
    }.get(nearest[:1], "")


def say_days_ago(days: int) -> str:
    """How long before this one."""
    if days == 0:
        return _("within a day")
    return _("1 day ago") if days == 1 else _("%(days)s days ago") % {"days": days}


def say_words(words: Sequence[str]) -> str:
    """What both say."""
    if not words:
        return ""
    quoted = _(", ").join(_("“%(word)s”") % {"word": word} for word in words)
    return _("both say %(words)s") % {"words": quoted}


def say_burst(count: int, days: int, usual: float) -> str:
    """Such as 5 天内 9 件，平时约 1 件."""
    often = round(usual)
    told = {"count": count, "days": days, "usual": often}
    if often < 1:
        return _("%(count)s matters in %(days)s days, usually none") % told
    return _("%(count)s matters in %(days)s days, usually about %(usual)s") % told
