"""Figures, dimensions and periods in words."""

from django.utils.translation import gettext as _

from yishi.core.figures import Dimension, Period


def say_figure(id: str) -> str:
    """What a figure is called."""
    return {
        "received": _("Matters received"),
        "settled": _("Matters settled"),
        "open": _("Open now"),
        "merged": _("Handled within another matter"),
        "withdrawn": _("Withdrawn"),
        "on_time": _("On time by our clocks"),
        "overdue": _("Overdue by our clocks"),
        "handling_time": _("Average handling time"),
        "asserted_on_time": _("On time (source)"),
        "asserted_overdue": _("Overdue (source)"),
        "asserted_unknown": _("The source does not say"),
    }[id]


def say_column(id: str) -> str:
    """A figure at the head of a column, where the heading above says the rest."""
    short = {"received": _("Received"), "on_time": _("On time"), "overdue": _("Overdue")}
    return short.get(id) or say_figure(id)


def say_out_of(id: str) -> str:
    """What the whole is that a figure is counted out of."""
    return {
        "received": "",
        "settled": _("received"),
        "open": _("received"),
        "merged": _("received"),
        "withdrawn": _("received"),
        "on_time": _("matters whose clock was met or ran out"),
        "overdue": _("matters whose clock was met or ran out"),
        "handling_time": _("received"),
        "asserted_on_time": _("taken over from another system"),
        "asserted_overdue": _("taken over from another system"),
        "asserted_unknown": _("taken over from another system"),
    }[id]


def say_dimension(dimension: Dimension) -> str:
    """By what figures are compared."""
    return {
        Dimension.PLACE: _("Place"),
        Dimension.UNIT: _("Unit"),
        Dimension.ITEM: _("Kind of matter"),
        Dimension.MONTH: _("Month"),
        Dimension.CHANNEL: _("Channel"),
    }[dimension]


def say_by(dimension: Dimension) -> str:
    """The heading above a comparison."""
    return {
        Dimension.PLACE: _("By place"),
        Dimension.UNIT: _("By unit"),
        Dimension.ITEM: _("By kind of matter"),
        Dimension.MONTH: _("By month"),
        Dimension.CHANNEL: _("By channel"),
    }[dimension]


def say_without(dimension: Dimension) -> str:
    """The key of cases that have none."""
    return {
        Dimension.PLACE: _("No place"),
        Dimension.UNIT: _("No unit yet"),
        Dimension.ITEM: _("Not sorted yet"),
        Dimension.MONTH: "",
        Dimension.CHANNEL: _("Unknown channel"),
    }[dimension]


def say_period(period: Period) -> str:
    """A period seen from today."""
    return {
        Period.ALL: _("All time"),
        Period.THIS_MONTH: _("This month"),
        Period.LAST_MONTH: _("Last month"),
        Period.THIS_YEAR: _("This year"),
        Period.LAST_YEAR: _("Last year"),
    }[period]


def say_month(month: str) -> str:
    """`2026-03` as people say it: 2026年3月."""
    year, _dash, number = month.partition("-")
    return _("%(year)s-%(month)s") % {"year": year, "month": int(number)}


def say_tenths(tenths: int) -> str:
    """Tenths of a percent: 89.7%."""
    return f"{tenths // 10}.{tenths % 10}%"


def say_hours(hours: float | None) -> tuple[str, str]:
    """An average as value and unit: 30.5 hours, from three days on in days."""
    if hours is None:
        return "—", ""
    if hours >= 72:
        return f"{hours / 24:.1f}", _("days")
    return f"{hours:.1f}", _("hours")
