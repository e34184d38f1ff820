"""Rows of the responsibility list to choose from, those that fit a matter first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from yishi.core.match import shared
from yishi.core.person import Actor
from yishi.core.place import GENERIC_BODIES, HANDLES
from yishi.records.models import Body, Case, DutyRow
from yishi.records.queries.lately import lately
from yishi.records.queries.routing import Routed, route
from yishi.records.queries.rule import start_of

SUGGESTED = 5
FOUND = 30
# How far back "used here" looks: a season, so that a list follows what comes up now. Ours.
USED_DAYS = 90
# Words that many rows share say little about one of them.
COMMON = frozenset({"问题", "管理", "设施", "破损", "缺失", "其他", "损坏", "不明", "公共"})
FIELDS = (
    "uid",
    "code",
    "title",
    "major",
    "minor",
    "grade",
    "area",
    "lead",
    "lead_body__name",
    "co",
    "limit_words",
    "limit_length",
    "limit_kind",
    "basis",
)


@dataclass(frozen=True)
class Choice:
    """A row that may be chosen. `why`: the words it shares with the matter; `used`: how often
    it was used in this community in the last USED_DAYS. `lead_open`: the list names nobody in
    particular."""

    row: dict[str, Any]
    why: str = ""
    used: int = 0
    lead_open: bool = False
    routed: Routed | None = None


@dataclass(frozen=True)
class Choices:
    """Rows to offer: suggested ones, or those found by `words`; `more` were left out. `offered`:
    the uids of the suggested ones in their order, whether or not they are shown."""

    rows: tuple[Choice, ...]
    more: int = 0
    total: int = 0
    offered: tuple[str, ...] = ()


def standing_on(day: date) -> Q:
    """The rows of a list that hold on `day`."""
    return Q(valid_from__lte=day) & (Q(replaced_on__isnull=True) | Q(replaced_on__gt=day))


@dataclass(frozen=True)
class Rows:
    """The list in force where a case is: its rows, the bodies it leaves open, what was used.

    `used` goes by code and grade: a new version of the list has new rows for the same items.
    """

    rows: list[dict[str, Any]]
    known: set[str]
    used: dict[tuple[str, str], int]


def duty_choices(
    case: Case, text: str, words: str, day: date, actor: Actor, chosen: str = ""
) -> Choices:
    """Rows in force where the case is, as :func:`choose` offers them, those first that the words
    and earlier dispatches speak for. Seven statements at most."""
    listed = duty_rows(case, day)
    return choose(listed, text, words, chosen, routed=route(case, listed.rows, text, actor, day))


def duty_rows(case: Case, day: date) -> Rows:
    """The list in force where the case is. Three statements; what was used here may be a minute
    old."""
    rows = list(
        DutyRow.objects.filter(standing_on(day), place_id__in=case.place.ids)
        .order_by("position")
        .values(*FIELDS)
    )
    named = {row["lead"] for row in rows if row["lead_body__name"] is None}
    known = set(
        Body.objects.filter(kind__in=HANDLES, name__in=named).values_list("name", flat=True)
    )
    used = lately("used_here", (case.place_id, day), lambda: used_here(case.place_id, day))
    return Rows(rows, known, used)


def used_here(place_id: int, day: date) -> dict[tuple[str, str], int]:
    """How often each item and grade was used in a community of late. One statement."""
    counted = (
        Case.objects.filter(
            place_id=place_id,
            duty__isnull=False,
            filed_at__gte=start_of(day - timedelta(days=USED_DAYS)),
        )
        .values_list("duty__code", "duty__grade")
        .annotate(times=Count("pk"))
        .order_by("-times")[:200]
    )
    return {(code, grade): times for code, grade, times in counted}


def row_of(case: Case, day: date) -> str:
    """The uid of the row the case goes by, as the list has it on `day`; "" where it has none.

    A new version has a row of its own for the same item, grade and area. One statement where the
    case's own row was replaced, none else.
    """
    duty = case.duty
    if duty is None or duty.replaced_on is None or duty.replaced_on > day:
        return duty.uid if duty else ""
    same = DutyRow.objects.filter(standing_on(day), place_id=duty.place_id)
    same = same.filter(code=duty.code, grade=duty.grade, area=duty.area).order_by("position")
    return same.values_list("uid", flat=True).first() or ""


def choose(
    listed: Rows,
    text: str,
    words: str,
    chosen: str = "",
    suggested: int = SUGGESTED,
    routed: Sequence[Routed] = (),
) -> Choices:
    """Rows to offer. Without `words`: those `routed`, then those that share words with `text`, then
    those most used in this community. With them: every row whose item, class or grade holds all
    of them. `chosen` is always there.
    """
    by_uid = {one.row["uid"]: one for one in routed}
    every = [
        Choice(
            row,
            shared_words(row, text),
            listed.used.get((row["code"], row["grade"]), 0),
            row["lead_body__name"] is None
            and row["lead"] not in listed.known
            and row["lead"] not in GENERIC_BODIES,
            by_uid.get(row["uid"]),
        )
        for row in listed.rows
    ]
    if words:
        wanted = words.lower().split()
        found = [choice for choice in every if _holds(choice.row, wanted)]
        limit = FOUND
    else:
        found = [choice for choice in every if choice.routed or choice.why or choice.used]
        limit = suggested
    found.sort(key=_order)
    offered = found[:limit]
    if chosen and chosen not in {choice.row["uid"] for choice in offered}:
        offered = [choice for choice in every if choice.row["uid"] == chosen] + offered
    return Choices(tuple(offered), max(0, len(found) - limit), len(listed.rows), (*by_uid,))


def _order(choice: Choice) -> tuple[int, int, int]:
    return (choice.routed.rank if choice.routed else 99, -len(choice.why), -choice.used)


def titles_of(codes: Iterable[str]) -> dict[str, str]:
    """Code → title of items, as their latest row has it. One statement."""
    wanted = {code for code in codes if code}
    rows = DutyRow.objects.filter(code__in=wanted).order_by("valid_from", "id")
    return dict(rows.values_list("code", "title"))


def handling_bodies(case: Case) -> list[dict[str, str]]:
    """Bodies that can be given work on this case: those above it and in its community."""
    above = Q(place_id__in=case.place.ids)
    found = Body.objects.filter(above, kind__in=HANDLES).order_by("name").values_list("uid", "name")
    return [{"uid": uid, "name": name} for uid, name in found]


def shared_words(row: dict[str, Any], text: str) -> str:
    """The longest words of the row's item, else of its class, that stand in `text`."""
    for phrase in (row["title"], row["major"]):
        found = shared(phrase, text)
        if found and found not in COMMON:
            return found
    return ""


def _holds(row: dict[str, Any], wanted: list[str]) -> bool:
    text = f"{row['title']} {row['major']} {row['grade']} {row['lead']} {row['code']}".lower()
    return all(word in text for word in wanted)
