"""A view of the figures as the pieces of the page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.channel import Channel
from yishi.core.figures import BY_ID, NONE, Dimension, Figure, Slice, Tally, share
from yishi.phrases.figures import (
    say_by,
    say_column,
    say_dimension,
    say_figure,
    say_hours,
    say_month,
    say_out_of,
    say_tenths,
    say_without,
)
from yishi.phrases.rule import say_text
from yishi.records.queries.figures import Counts, View, by_place_below, unit_names

KINDS = {"overdue": "late", "on_time": "done", "asserted_overdue": "late"}
# The columns of a comparison: our own clocks first, then what sources assert.
OWN = ("received", "settled", "open", "on_time", "overdue")
ASSERTED = ("asserted_on_time", "asserted_overdue")
SPARK = 24


@dataclass(frozen=True)
class Group:
    """One line of a comparison: `key` narrows the slice to it ("" cannot)."""

    key: str
    label: str
    tally: Tally


@dataclass(frozen=True)
class Page:
    """What the pieces are made from. `asked` is the query the page was asked with."""

    asked: Mapping[str, str]
    part: Slice
    view: View
    counts: Counts
    channels: Mapping[str, Channel]

    def narrowed(self, **more: str) -> str:
        """The query of this page with something changed; "" takes it out."""
        merged = {**self.asked, **more}
        return urlencode({name: value for name, value in merged.items() if value})

    def list_href(self, figure: str, part: str = "counts", **more: str) -> str:
        """The list behind a figure, or behind what it is counted out of."""
        whole = "of" if part == "of" else ""
        return f"{reverse('figures_list')}?{self.narrowed(figure=figure, part=whole, **more)}"


def aside(page: Page) -> list[str]:
    """The figures that say how many of those received went another way, where there are any."""
    total = page.counts.total
    return [id for id in ("merged", "withdrawn") if total.count(BY_ID[id].counts)]


def headline(page: Page, figures: Sequence[str], period: str) -> list[dict[str, Any]]:
    """The contexts of `pieces/figure.html`."""
    months = [group.tally for group in groups(page, Dimension.MONTH)][-SPARK:]
    return [_figure(page, BY_ID[id], months, period) for id in figures]


def _figure(page: Page, figure: Figure, months: Sequence[Tally], period: str) -> dict[str, Any]:
    total = page.counts.total
    value, unit = str(total.count(figure.counts)), _("matters")
    drawing = [month.count(figure.counts) for month in months] if len(months) > 1 else []
    out_of = ""
    if figure.is_mean:
        value, unit = say_hours(total.mean_hours())
        drawing = [int(month.mean_hours() or 0) for month in months] if drawing else []
        out_of = _("over %(count)s matters handled") % {"count": total.count(figure.counts)}
    elif figure.of:
        whole = total.count(figure.of)
        words = {"whole": whole, "words": say_out_of(figure.id)}
        out_of = _("of %(whole)s %(words)s") % words
        if whole:
            words["share"] = say_tenths(share(total.count(figure.counts), whole))
            out_of = _("%(share)s of %(whole)s %(words)s") % words
    return {
        "label": say_figure(figure.id),
        "value": value,
        "unit": unit,
        "denominator": out_of,
        "period": period,
        "href": page.list_href(figure.id) if total.count(figure.counts) else "",
        "drawing": drawing if any(drawing) else [],
        "kind": KINDS.get(figure.id, "") if total.count(figure.counts) else "",
    }


def groups(page: Page, dimension: Dimension) -> list[Group]:
    """The lines of a comparison: months in order, everything else most first."""
    made = _GROUPS[dimension](page)
    if dimension is Dimension.MONTH:
        return sorted(made, key=lambda group: group.key)
    return sorted(made, key=lambda group: (-group.tally.received, group.label))


def _places(page: Page) -> list[Group]:
    found = []
    for pk, tally in by_place_below(page.counts, page.view).items():
        spot = page.view.places[pk]
        own = any(spot.id == root.id for root in page.view.roots) and len(page.view.roots) == 1
        below = any(other.parent_id == pk for other in page.view.places.values())
        label = _("%(place)s itself") % {"place": spot.name} if own and below else spot.name
        found.append(Group("" if own else spot.uid, label, tally))
    return found


def _units(page: Page) -> list[Group]:
    tallies = page.counts.groups[Dimension.UNIT]
    names = unit_names([int(key) for key in tallies if key])
    found = []
    for key, tally in tallies.items():
        uid, name = names[int(key)] if key else (NONE, say_without(Dimension.UNIT))
        found.append(Group(uid, name, tally))
    return found


def _items(page: Page) -> list[Group]:
    return [
        Group(
            key or NONE,
            (page.counts.titles.get(key) or key) if key else say_without(Dimension.ITEM),
            tally,
        )
        for key, tally in page.counts.groups[Dimension.ITEM].items()
    ]


def _months(page: Page) -> list[Group]:
    return [
        Group(key, say_month(key), tally)
        for key, tally in page.counts.groups[Dimension.MONTH].items()
    ]


def _channels(page: Page) -> list[Group]:
    return [
        Group(key or NONE, say_channel(key, page.channels), tally)
        for key, tally in page.counts.groups[Dimension.CHANNEL].items()
    ]


def say_channel(code: str, channels: Mapping[str, Channel]) -> str:
    """A channel's name by the rules in force; its code where they no longer know it."""
    if code in channels:
        return say_text(channels[code].name)
    return code if code not in ("", "unknown") else say_without(Dimension.CHANNEL)


_GROUPS: dict[Dimension, Callable[[Page], list[Group]]] = {
    Dimension.PLACE: _places,
    Dimension.UNIT: _units,
    Dimension.ITEM: _items,
    Dimension.MONTH: _months,
    Dimension.CHANNEL: _channels,
}


def bar(page: Page, dimension: Dimension, shown: Sequence[Group]) -> dict[str, Any]:
    """The context of `pieces/bar.html`: received, each line leading deeper."""
    top = max((group.tally.received for group in shown), default=0)
    return {
        "caption": say_by(dimension),
        "head": say_dimension(dimension),
        "unit": say_column("received"),
        "rows": [
            {
                "label": group.label,
                "value": group.tally.received,
                "share": group.tally.received * 100 // top if top else 0,
                "href": _deeper(page, dimension, group),
            }
            for group in shown
        ],
    }


def _deeper(page: Page, dimension: Dimension, group: Group) -> str:
    now = getattr(page.part, dimension.value)
    if not group.key or group.key == now:
        return ""
    return f"{reverse('figures')}?{page.narrowed(**{dimension.value: group.key})}"


def table(page: Page, dimension: Dimension, shown: Sequence[Group]) -> dict[str, Any]:
    """The context of `pieces/table.html`: every figure of each line, leading to its list."""
    columns = [*OWN, *(ASSERTED if page.counts.total.imported else ())]
    labels = {id: say_column(id) for id in columns}
    return {
        "caption": _("%(by)s, every figure") % {"by": say_by(dimension)},
        "columns": [
            {"label": say_dimension(dimension)},
            *({"label": labels[id], "nums": True} for id in columns),
        ],
        "rows": [
            [
                {"text": group.label},
                *(_cell(page, dimension, group, BY_ID[id], labels[id]) for id in columns),
            ]
            for group in shown
        ],
    }


def _cell(
    page: Page, dimension: Dimension, group: Group, figure: Figure, label: str
) -> dict[str, Any]:
    number = group.tally.count(figure.counts)
    whole = group.tally.count(figure.of) if figure.of else 0
    text = str(number)
    if figure.id not in ("received", "open") and whole:
        text = f"{number}/{whole} · {say_tenths(share(number, whole))}"
    href = ""
    if number and group.key:
        href = page.list_href(figure.id, **{dimension.value: group.key})
    return {"text": text, "href": href, "label": label, "nums": True}


def titles(page: Page) -> dict[Dimension, str]:
    """What the slice is narrowed to, in words."""
    part, view = page.part, page.view
    found: dict[Dimension, str] = {}
    if part.place:
        found[Dimension.PLACE] = view.roots[0].name
    if part.unit:
        found[Dimension.UNIT] = view.unit or say_without(Dimension.UNIT)
    if part.item:
        title = page.counts.titles.get(part.item, "")
        found[Dimension.ITEM] = (
            say_without(Dimension.ITEM) if part.item == NONE else title or part.item
        )
    if part.month:
        found[Dimension.MONTH] = say_month(part.month)
    if part.channel:
        code = "" if part.channel == NONE else part.channel
        found[Dimension.CHANNEL] = say_channel(code, page.channels)
    return found
