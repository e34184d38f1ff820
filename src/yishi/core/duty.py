"""The responsibility list (职责清单): which body answers for a matter, and in what time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from yishi.core.calendar import Span
from yishi.core.refusal import Refusal


class CommunityMay(StrEnum):
    """What a community may be asked to do for an item. Source: 北京 art. 17, 上海 art. 27."""

    LEAD = "lead"
    ASSIST = "assist"
    NONE = "none"


@dataclass(frozen=True)
class DutyRow:
    """One row: an item, in one grade, in one area.

    ``code`` is the item's and is shared by its grades; ``category`` 部件 or 事件; ``grade`` the
    words under which it is filed (立案条件); ``area`` "" holds anywhere; ``limit_words`` the
    limit as written; ``standard`` when it is settled (结案条件); ``promise`` what is promised
    to the public (服务承诺).
    """

    code: str
    category: str
    major: str
    minor: str
    title: str
    grade: str
    area: str
    lead: str
    co: tuple[str, ...]
    supervising: str
    limit: Span
    limit_words: str
    basis: str
    standard: str
    promise: str
    community_may: CommunityMay


_BETWEEN_BODIES = re.compile(r"[、，,；;\n]+")


def split_bodies(cell: str) -> tuple[str, tuple[str, ...]]:
    """The lead and the co-handlers of a cell such as ``A、B``: the first named leads.

    Spaces inside a name are slips of the typist and go; a body named twice counts once; an
    empty cell gives ``("", ())``.
    """
    names = (re.sub(r"\s+", "", name) for name in _BETWEEN_BODIES.split(cell))
    bodies = tuple(dict.fromkeys(name for name in names if name))
    return (bodies[0], bodies[1:]) if bodies else ("", ())


def must_be_for_community(
    may: CommunityMay, *, leads: bool, named: bool, unit: str, item: str
) -> Refusal | None:
    """A community gets only what the list gives it, and leads only what it may lead.

    ``named``: the row itself names the community for this part. A row that says ``assist`` lets
    nobody make it lead, not even a list that contradicts itself. Refused:
    ``duty_not_for_community``. Source: 北京市接诉即办工作条例 art. 17, 上海 art. 27.
    """
    if leads:
        allowed = may is CommunityMay.LEAD or (named and may is not CommunityMay.ASSIST)
    else:
        allowed = may is not CommunityMay.NONE or named
    if allowed:
        return None
    need = CommunityMay.LEAD if leads else CommunityMay.ASSIST
    return Refusal(
        "duty_not_for_community",
        need=need.value,
        have=(unit, item, may.value),
        source="北京市接诉即办工作条例 第十七条",
    )
