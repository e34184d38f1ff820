"""Items of the list a matter may be, by its words and by earlier dispatches; who led such cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count

from yishi.assist.routing import Heard, Item, Suggested, Where
from yishi.core.match import shared
from yishi.core.person import Actor
from yishi.records.dispatched import marks_of, where_of
from yishi.records.models import Body, Case, Entry
from yishi.records.queries.lately import lately
from yishi.records.queries.permit import visible
from yishi.records.suggest import Learned, learned

SUGGESTED = 5
# Some of them may be for other areas only.
LOOKED_AT = 15
WORDS = ("title", "major", "minor", "grade")
HIT_DAYS = 90
HIT_SECONDS = 600
# A unit is named beside the list's where it led at least so many such cases here. Ours.
LED_LEAST = 2


@dataclass(frozen=True)
class Earlier:
    """What earlier dispatches say of a row: `times` of `of` cases of its item here went to `lead`,
    mostly with `co`."""

    lead: str
    times: int
    of: int
    co: tuple[str, ...] = ()


@dataclass(frozen=True)
class Routed:
    """A row suggested for a matter at `rank` 1–5: why, with how much confidence, and earlier
    cases like it which the reader may see, (uid, number)."""

    row: dict[str, Any]
    rank: int
    found: Suggested
    like: tuple[tuple[str, str], ...]
    earlier: Earlier | None


@dataclass(frozen=True)
class HitRate:
    """Of `of` matters dispatched with suggestions shown, `hits` went by one of them, `first` by
    the first."""

    first: int
    hits: int
    of: int
    days: int = HIT_DAYS


def route(
    case: Case, rows: Sequence[dict[str, Any]], text: str, actor: Actor, day: date
) -> list[Routed]:
    """At most five rows, likeliest first: of each item suggested the row whose grade fits best.

    At most four statements: what was dispatched since and its words, earlier cases, units.
    """
    here = [row for row in rows if _is_here(row, case)]
    if not here:
        return []
    index = learned(items_of(rows), day)
    codes = {row["code"] for row in here}
    heard = Heard(text, marks_of(case.place_id, case.place.parent_id, case.channel))
    with index.lock:
        near = index.items.suggest(heard, LOOKED_AT)
        found = [one for one in near if one.code in codes][:SUGGESTED]
        best = [_best(one.code, here, text) for one in found]
        earlier = [_earlier(index, case, row) for row in best]
    numbers = _numbers({key for one in found for key in one.like} - {case.pk}, actor)
    names = _names({uid for one in earlier if one for uid in (one.lead, *one.co)})
    return [
        Routed(
            row,
            rank,
            one,
            tuple(numbers[key] for key in one.like if key in numbers),
            _named(before, names),
        )
        for rank, (one, row, before) in enumerate(zip(found, best, earlier, strict=True), 1)
    ]


def items_of(rows: Sequence[dict[str, Any]]) -> list[Item]:
    """Rows of a list as an index takes them, in one order."""
    said = {(row["code"], " ".join(row[name] for name in WORDS)) for row in rows}
    return [Item(code, words) for code, words in sorted(said)]


def hit_rate(now: datetime) -> HitRate:
    """How often dispatchers took what was suggested; at most ten minutes old. One statement."""

    def read() -> HitRate:
        since = now - timedelta(days=HIT_DAYS)
        dispatched = Entry.objects.filter(code="case.dispatched", at__gte=since)
        counted = dispatched.values_list("params__suggested").annotate(times=Count("pk"))
        times = {rank: n for rank, n in counted if rank is not None}
        hits = sum(n for rank, n in times.items() if rank)
        return HitRate(times.get(1, 0), hits, sum(times.values()))

    return lately("suggested", "", read, HIT_SECONDS)


def _is_here(row: dict[str, Any], case: Case) -> bool:
    """A row for another area is not for this matter."""
    here = {case.place.name, case.place.parent.name if case.place.parent else ""}
    return not row["area"] or row["area"] in here


def _best(code: str, rows: Sequence[dict[str, Any]], text: str) -> dict[str, Any]:
    of_item = [row for row in rows if row["code"] == code]
    return max(of_item, key=lambda row: (len(shared(row["grade"], text)), bool(row["area"])))


def _earlier(index: Learned, case: Case, row: dict[str, Any]) -> Earlier | None:
    where: Where = where_of(
        row["code"], row["grade"], row["major"], case.place_id, case.place.parent_id
    )
    leads = index.units.suggest(where, 1)
    if not leads or leads[0].times < LED_LEAST:
        return None
    co = tuple(uid for uid in index.units.co_handlers(where) if uid != leads[0].unit)
    return Earlier(leads[0].unit, leads[0].times, leads[0].of, co)


def _numbers(keys: set[int], actor: Actor) -> dict[int, tuple[str, str]]:
    if not keys:
        return {}
    seen = Case.objects.filter(visible(actor, "case.list", each=True), pk__in=keys)
    return {pk: (uid, number) for pk, uid, number in seen.values_list("pk", "uid", "number")}


def _names(uids: set[str]) -> dict[str, str]:
    if not uids:
        return {}
    return dict(Body.objects.filter(uid__in=uids).values_list("uid", "name"))


def _named(earlier: Earlier | None, names: dict[str, str]) -> Earlier | None:
    if earlier is None or earlier.lead not in names:
        return None
    co = tuple(names[uid] for uid in earlier.co if uid in names)
    return Earlier(names[earlier.lead], earlier.times, earlier.of, co)
