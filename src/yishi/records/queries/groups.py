"""For dispatchers: open cases that are likely the same, and places where many come at once.

What is like what is worked out at most once a minute, bursts every five; whoever looks sees only
their own cases of it, and every number is the length of its list.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from yishi.assist.similar import Burst, Group, Index, Matter, SimilarTerms, Weights, bursts, groups
from yishi.assist.text import says_where
from yishi.core.person import Actor
from yishi.core.place import PlaceKind
from yishi.core.similar import SimilarRules
from yishi.records.alike import OPEN, RECENT, terms_of
from yishi.records.models import Case, Place
from yishi.records.queries.case_list import ROW
from yishi.records.queries.lately import lately, remembered
from yishi.records.queries.merging import residents_here
from yishi.records.queries.paging import Listed, page_within
from yishi.records.queries.permit import visible
from yishi.records.queries.place import below, seats_for
from yishi.records.queries.rule import today_of
from yishi.records.queries.similar import similar_rules

PAGE = 20
# Seconds a burst is remembered: days make it, not minutes. Ours.
REMEMBERED = 300
GROUP_ROW = (*ROW, "building__estate__name")


@dataclass(frozen=True)
class Alike:
    """Cases that are likely one and the same, the newest first, and why."""

    rows: tuple[dict[str, Any], ...]
    words: tuple[str, ...]
    same_place: str
    same_item: bool


@dataclass(frozen=True)
class Hot:
    """热点: many of one kind in one place within days. `rows` are all of them that the reader may
    see, the newest first; `usual` is how many such days bring there otherwise."""

    rows: tuple[dict[str, Any], ...]
    days: int
    usual: float
    words: tuple[str, ...]
    where: str
    item: str


def alike_groups(
    actor: Actor, rules: SimilarRules, now: datetime, page: int, but: Iterable[Hot] = ()
) -> Listed:
    """A page of `Alike`, the one with the newest case first, `but` those that a hot spot holds
    already. Three statements, and those by which the memory catches up."""
    hot = [{row["id"] for row in spot.rows} for spot in but]
    found = [
        group
        for community, _ in _communities(actor, "case.merge")
        for group in _groups(community, rules, now)
    ]
    keys = {key for group in found for key in group.keys}
    since = now - timedelta(days=rules.group_days)
    cases = Case.objects.filter(visible(actor, "case.merge"), main=None, filed_at__gte=since)
    names = ("place__name", "building__estate__name", "building__name")
    seen = {pk: named for pk, *named in cases.filter(pk__in=keys).values_list("pk", *names)}
    mine = [(group, [key for key in group.keys if key in seen]) for group in found]
    mine = sorted(
        (
            (group, keys)
            for group, keys in mine
            if len(keys) > 1 and not _in_one(keys, hot) and not _only_near(group, keys, seen)
        ),
        key=lambda m: -max(m[1]),
    )
    page, pages = page_within(page, len(mine), PAGE)
    here = mine[(page - 1) * PAGE : page * PAGE]
    rows = _rows(key for _, keys in here for key in keys)
    shown = [
        Alike(_newest_first(rows, keys), group.words, str(group.same_place), bool(group.same_item))
        for group, keys in here
    ]
    return Listed([{"group": one} for one in shown], page, pages, len(mine))


def hot_spots(
    actor: Actor, rules: SimilarRules, now: datetime, act: str = "case.merge"
) -> list[Hot]:
    """What piles up now where `actor` may do `act`, the least usual first."""
    areas = dict.fromkeys(area for _, area in _communities(actor, act))
    found = [burst for area in areas for burst in _bursts(area, now)]
    cases = Case.objects.filter(
        visible(actor, "case.list"), pk__in=[key for burst in found for key in burst.keys]
    )
    seen = set(cases.values_list("pk", flat=True))
    rows = _rows(seen)
    hot = []
    for burst in found:
        keys = [key for key in burst.keys if key in seen]
        if len(keys) >= rules.burst_least:
            here = _newest_first(rows, keys)
            hot.append(Hot(here, burst.days, burst.usual, burst.words, *_named(burst, here)))
    return hot


def hot_bursts(now: datetime) -> dict[int, Burst]:
    """Case → the burst it is one of, wherever in the installation.

    At most one area is worked out anew each time: marking the rows of a list must not keep
    whoever reads it waiting. The others are marked as they come round.
    """

    def read() -> list[int]:
        found = Place.objects.filter(children__kind=PlaceKind.COMMUNITY).distinct()
        return list(found.order_by("code").values_list("pk", flat=True))

    day, made = today_of(now), False
    hot: dict[int, Burst] = {}
    for area in lately("areas", day, read):
        found = remembered("bursts", (area, day))
        if found is None and not made:
            found, made = _bursts(area, now), True
        for burst in reversed(found or []):
            hot |= dict.fromkeys(burst.keys, burst)
    return hot


def _only_near(group: Group, keys: Iterable[int], named: Mapping[int, Sequence[str]]) -> bool:
    """Whether they have nothing in common but where they are."""
    names = [name for key in keys for name in named[key] if name]
    return not group.same_item and says_where(group.words, names)


def _in_one(keys: Iterable[int], hot: Iterable[set[int]]) -> bool:
    return any(spot.issuperset(keys) for spot in hot)


def _communities(actor: Actor, act: str) -> list[tuple[int, int]]:
    """The communities where `actor` may do `act`, each with the place above it."""
    found = Place.objects.filter(below(seats_for(actor, act)), kind=PlaceKind.COMMUNITY)
    pairs = found.order_by("code").values_list("pk", "parent_id")
    return [(pk, parent or pk) for pk, parent in pairs]


def _groups(community: int, rules: SimilarRules, now: datetime) -> list[Group]:
    terms = terms_of(rules)
    key = (community, rules.id, rules.version, today_of(now))
    return lately("alike", key, lambda: groups(OPEN.index(community, now, terms)))


def _bursts(area: int, now: datetime) -> list[Burst]:
    """Bursts below one place, by the numbers in force there."""

    def read() -> list[Burst]:
        rules = similar_rules(Place.objects.get(pk=area), today_of(now))
        if rules is None:
            return []
        known = RECENT.catch_up(now)
        matters = [row.matter for row in list(known.values()) if row.area == area]
        terms, weights = terms_of(rules), RECENT.weights()
        busy = _busy(matters, now, terms, weights)
        found = bursts([one for one in matters if one.place[0] in busy], now, terms, weights)
        return [burst for burst in found if burst.count >= rules.burst_factor * burst.usual]

    return lately("bursts", (area, today_of(now)), read, REMEMBERED)


def _busy(
    matters: Iterable[Matter], now: datetime, terms: SimilarTerms, weights: Weights
) -> set[int | str]:
    """The communities worth counting in: where the window alone holds several of one kind."""
    since = now - timedelta(days=terms.window)
    window = [matter for matter in matters if since < matter.at <= now]
    at = {matter.key: matter.place[0] for matter in window}
    items = Counter((matter.place[0], matter.item) for matter in window if matter.item)
    busy = {place for (place, _), many in items.items() if many >= terms.least}
    for group in groups(Index(window, terms, weights)):
        if 2 * len(group.keys) >= terms.least:
            busy |= {at[key] for key in group.keys}
    return busy


def _rows(keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    found = Case.objects.filter(pk__in=list(keys)).annotate(residents=residents_here())
    return {row["id"]: row for row in found.values(*GROUP_ROW, "residents")}


def _newest_first(
    rows: dict[int, dict[str, Any]], keys: Iterable[int]
) -> tuple[dict[str, Any], ...]:
    here = [rows[key] for key in keys if key in rows]
    return tuple(sorted(here, key=lambda row: (row["filed_at"], row["id"]), reverse=True))


def _named(burst: Burst, rows: tuple[dict[str, Any], ...]) -> tuple[str, str]:
    """The place and the item of a burst by name, as its cases have them."""
    column = {"b": "building__name", "e": "building__estate__name", "c": "place__name"}
    at = column.get(str(burst.place)[:1], "")
    where = next((row[at] for row in rows if at and row[at]), "") or rows[0]["place__name"]
    titles = {row["item_title"] for row in rows if burst.item and row["item_title"]}
    return where, titles.pop() if len(titles) == 1 else ""


def merging_ones(actor: Actor, rows: Iterable[dict[str, Any]]) -> set[int]:
    """Which of these cases `actor` may merge now. One statement."""
    found = Case.objects.filter(
        visible(actor, "case.merge"), Q(main=None), pk__in=[row["id"] for row in rows]
    )
    return set(found.values_list("pk", flat=True))
