"""What the address of a figures page asks for, and the chips that ask for something else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.channel import Channel
from yishi.core.figures import NONE, Dimension, Slice
from yishi.core.period import Period, Span, period_span
from yishi.core.refusal import Refusal
from yishi.phrases.figures import say_by, say_without
from yishi.phrases.period import say_period, say_time
from yishi.phrases.rule import say_text
from yishi.records.queries.figures import Counts, counted
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.web.gate import actor_in

NARROWINGS = ("place", "unit", "item", "channel", "time")
DAYS = ("since", "until")


@dataclass(frozen=True)
class Page:
    """A slice and the query it was asked with."""

    asked: Mapping[str, str]
    counts: Counts

    def narrowed(self, **more: str) -> str:
        """The query of this page with something changed; "" takes it out."""
        merged = {**self.asked, **more}
        return urlencode({name: value for name, value in merged.items() if value})

    def list_href(self, figure: str, part: str = "counts", **more: str) -> str:
        """The list behind a figure, or behind what it is counted out of."""
        whole = "of" if part == "of" else ""
        return f"{self._list}?{self.narrowed(figure=figure, part=whole, **more)}"

    @cached_property
    def _list(self) -> str:
        """A page has hundreds of these: its address is looked up once."""
        return reverse("figures_list")


def look(request: HttpRequest) -> Page | Refusal:
    """The figures the address asks for. Refuses as `records.queries.figures.counted`, and with
    `day_unreadable`, `period_backwards`."""
    asked = {name: request.GET.get(name, "")[:40] for name in (*NARROWINGS, *DAYS)}
    period = _period(request.GET.get("period", ""))
    today = today_of(now())
    span = _own(asked) if period is Period.OWN else period_span(period, today)
    if isinstance(span, Refusal):
        return span
    part = Slice(span, **{name: asked[name] for name in NARROWINGS})
    found = counted(actor_in(request), part, now())
    if isinstance(found, Refusal):
        return found
    if period is not Period.OWN:
        asked |= dict.fromkeys(DAYS, "")
    kept = {name: value for name, value in asked.items() if value}
    return Page({**kept, "period": period.value}, found)


def chips(page: Page) -> dict[str, Any]:
    """The context of `pieces/chips.html`: the period, and whatever the page is narrowed to with
    the way out of it."""
    own = page.asked.get("period") == Period.OWN
    options = [
        {
            "value": period.value,
            "word": say_period(period),
            "checked": period.value == page.asked.get("period", ""),
        }
        for period in Period
    ]
    made = [{"name": "period", "label": _("Period"), "options": options}]
    for name, label, title in titles(page):
        value = page.asked[name]
        made.append(
            {
                "name": name,
                "label": label,
                "options": [
                    {"value": "", "word": _("All"), "checked": False},
                    {"value": value, "word": title, "checked": True},
                ],
            }
        )
    days = [
        {"name": "since", "label": _("From which day"), "value": page.asked.get("since", "")},
        {"name": "until", "label": _("Until and including"), "value": page.asked.get("until", "")},
    ]
    return {"action": reverse("figures"), "groups": made, "days": days if own else []}


def titles(page: Page) -> list[tuple[str, str, str]]:
    """What the slice is narrowed to: parameter, heading, words."""
    part, counts = page.counts.part, page.counts
    found = []
    if part.place:
        found.append(("place", say_by(Dimension.PLACE), counts.view.roots[0].name))
    if part.unit:
        name = counts.view.unit or say_without(Dimension.UNIT)
        found.append(("unit", say_by(Dimension.UNIT), name))
    if part.item:
        found.append(("item", say_by(Dimension.ITEM), say_item(part.item, counts)))
    if part.channel:
        name = say_channel("" if part.channel == NONE else part.channel, counts.view.channels)
        found.append(("channel", say_by(Dimension.CHANNEL), name))
    if part.time:
        found.append(("time", _("Within it"), say_time(part.time)))
    return found


def say_item(code: str, counts: Counts) -> str:
    """What an item is called; its code where nothing is known of it."""
    if code in ("", NONE):
        return say_without(Dimension.ITEM)
    return counts.words.titles.get(code) or code


def say_channel(code: str, channels: Mapping[str, Channel]) -> str:
    """A channel's name by the rules in force; its code where they no longer know it."""
    if code in channels:
        return say_text(channels[code].name)
    return code if code not in ("", "unknown") else say_without(Dimension.CHANNEL)


def _period(asked: str) -> Period:
    return Period(asked) if asked in list(Period) else Period.ALL


def _own(asked: Mapping[str, str]) -> Span | Refusal | None:
    """From the first day asked for to the last, both counted; None until both are there."""
    if not (asked["since"] and asked["until"]):
        return None
    try:
        first, last = (date.fromisoformat(asked[name]) for name in DAYS)
        until = last + timedelta(days=1)
    except (ValueError, OverflowError):
        return Refusal("day_unreadable")
    if last < first:
        return Refusal("period_backwards", first, last, "day")
    if first.year < 2000 or last.year > 2200:
        return Refusal("day_unreadable")
    return Span(first, until)
