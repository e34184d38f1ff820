"""Figures, dimensions and comparisons in words."""

from fractions import Fraction

from django.utils.translation import gettext as _

from yishi.core.figures import BY_ID, Dimension, Which, share


def say_figure(id: str) -> str:
    """What a figure is called."""
    return {
        "received": _("Matters received"),
        "settled": _("Matters settled"),
        "open": _("Open now"),
        "merged": _("Handled within another matter"),
        "withdrawn": _("Withdrawn"),
        "repeats": _("Raised again"),
        "instant": _("Answered at once"),
        "instant_unsolved": _("Answered at once, still unsolved"),
        "on_time": _("On time by our clocks"),
        "overdue": _("Overdue by our clocks"),
        "handling_time": _("Average handling time"),
        "return_asked": _("Asked to be returned"),
        "return_accepted": _("Returns accepted"),
        "community_led": _("Led by communities"),
        "community_overdue": _("Overdue at communities"),
        "community_asserted_overdue": _("Overdue at communities (source)"),
        "pushed": _("Kept from being pushed down"),
        "response": _("Response rate"),
        "solved": _("Solved rate"),
        "satisfied": _("Satisfied residents"),
        "basically": _("Basically satisfied residents"),
        "excluded": _("Left out of every rate"),
        "excluded_satisfaction": _("Left out of satisfaction"),
        "asserted_on_time": _("On time (source)"),
        "asserted_overdue": _("Overdue (source)"),
        "asserted_unknown": _("The source does not say"),
    }[id]


def say_column(id: str) -> str:
    """A figure at the head of a column, where the heading above says the rest."""
    short = {
        "received": _("Received"),
        "settled": _("Settled"),
        "on_time": _("On time"),
        "overdue": _("Overdue"),
        "handling_time": _("Average time"),
        "response": _("Contacted by the unit"),
        "solved": _("Solved"),
    }
    return short.get(id) or say_figure(id)


def say_out_of(id: str) -> str:
    """What the whole is that a figure is counted out of."""
    figure = BY_ID[id]
    if figure.of is None:
        return ""
    return {
        Which.RECEIVED: _("received"),
        Which.TIMED: _("matters whose clock was met or ran out"),
        Which.INSTANT: _("answered at once"),
        Which.RETURN_ASKED: _("asked to be returned"),
        Which.LED: _("given to a unit"),
        Which.COMMUNITY_TIMED: _("led by communities whose clock was met or ran out"),
        Which.COMMUNITY_ASSERTED: _("led by communities of which the source says it"),
        Which.RATED: _("rated"),
        Which.VALID: _("valid call-backs"),
        Which.VALID_SATISFACTION: _("call-backs that count for satisfaction"),
        Which.IMPORTED: _("taken over from another system"),
    }[figure.of]


def say_section(id: str) -> str:
    """The heading above figures that belong together."""
    return {
        "came": _("What came in"),
        "fast": _("How fast"),
        "well": _("How well, as residents say"),
        "carries": _("Who carries it"),
        "asserted": _("What other systems say"),
    }[id]


def say_dimension(dimension: Dimension) -> str:
    """By what figures are compared."""
    return {
        Dimension.PLACE: _("Place"),
        Dimension.UNIT: _("Unit"),
        Dimension.ITEM: _("Kind of matter"),
        Dimension.CHANNEL: _("Channel"),
        Dimension.DAY: _("Day"),
        Dimension.WEEK: _("Week"),
        Dimension.MONTH: _("Month"),
        Dimension.QUARTER: _("Quarter"),
        Dimension.YEAR: _("Year"),
    }[dimension]


def say_by(dimension: Dimension) -> str:
    """The heading above a comparison."""
    return {
        Dimension.PLACE: _("By place"),
        Dimension.UNIT: _("By unit"),
        Dimension.ITEM: _("By kind of matter"),
        Dimension.CHANNEL: _("By channel"),
        Dimension.DAY: _("By day"),
        Dimension.WEEK: _("By week"),
        Dimension.MONTH: _("By month"),
        Dimension.QUARTER: _("By quarter"),
        Dimension.YEAR: _("By year"),
    }[dimension]


def say_without(dimension: Dimension) -> str:
    """The key of cases that have none."""
    return {
        Dimension.UNIT: _("No unit yet"),
        Dimension.ITEM: _("Not sorted yet"),
        Dimension.CHANNEL: _("Unknown channel"),
    }.get(dimension, "")


def say_tenths(tenths: int) -> str:
    """Tenths of a percent: 89.7%."""
    return f"{tenths // 10}.{tenths % 10}%"


def say_share(value: Fraction) -> str:
    """A share as a percentage with one decimal: 89.7%."""
    return say_tenths(share(value.numerator, value.denominator))


def say_number(value: Fraction) -> str:
    """A weight as people write it: 0.1, 1, 1/3."""
    text = f"{float(value):.4g}"
    return text if Fraction(text) == value else str(value)


def say_hours(hours: float | None) -> tuple[str, str]:
    """A time as value and unit: 30.5 hours, from three days on in days."""
    if hours is None:
        return "—", ""
    if hours >= 72:
        return f"{hours / 24:.1f}", _("days")
    return f"{hours:.1f}", _("hours")


def say_time_taken(hours: float) -> str:
    """The same in one: 30.5小时."""
    value, unit = say_hours(hours)
    return _("%(value)s %(unit)s") % {"value": value, "unit": unit}


def say_more(difference: int, tenths: int | None) -> str:
    """How many more than earlier: +12（+8.3%）; without the share where there was nothing."""
    more = f"{_sign(difference)}{abs(difference)}"
    if tenths is None:
        return more
    return _("%(more)s (%(percent)s)") % {"more": more, "percent": _signed(tenths)}


def say_points(tenths: int) -> str:
    """By how many percentage points a share is higher: +1.2个百分点."""
    return _("%(points)s percentage points") % {"points": _signed(tenths).removesuffix("%")}


def _signed(tenths: int) -> str:
    return f"{_sign(tenths)}{say_tenths(abs(tenths))}"


def _sign(number: int) -> str:
    return "+" if number > 0 else "−" if number < 0 else "±"
