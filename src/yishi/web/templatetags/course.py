"""A row of values over time as a drawing, with the values of a year before beside them.

The width is in percent and the height in pixels, so that words keep their size on a phone. No
inline style or script: colours are classes of `figures.css`, and a line of the past is broken,
never told by its colour alone. The table beside it says the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

HEIGHT, TOP, BOTTOM = 220, 26, 30
LEFT, RIGHT = 2.0, 98.0
MARKS = 4
FEW = 40  # up to so many points each has its dot


@register.simple_tag
def course(points: Sequence[Mapping[str, Any]], words: str) -> SafeString:
    """The drawing of `points`: {mark, value, earlier}, oldest first. `words` say what it shows."""
    if not points:
        return SafeString("")
    now = [point["value"] for point in points]
    past = [point["earlier"] for point in points]
    top = round_top(max([*now, *past, 1]))
    step = (RIGHT - LEFT) / max(len(points) - 1, 1)
    across = [LEFT + step * place for place in range(len(points))]
    if len(points) == 1:
        across = [50.0]
    return format_html(
        '<svg class="course" height="{}" role="img" aria-label="{}" focusable="false">'
        "{}{}{}{}{}</svg>",
        HEIGHT,
        words,
        _grid(top),
        _line("past", across, past, top) if any(past) else "",
        _line("now", across, now, top),
        _dots(across, now, top) if len(points) <= FEW else "",
        _marks(across, [point["mark"] for point in points]),
    )


def round_top(value: int) -> int:
    """The top of the drawing: the least of 1, 2, 4, 6, 10, 20, 40 … that is not less."""
    unit = 1
    while True:
        for step in (1, 2, 4, 6):
            if step * unit >= value:
                return step * unit
        unit *= 10


def _y(value: float, top: int) -> str:
    return f"{HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top:.1f}"


def _grid(top: int) -> SafeString:
    values = (0, top / 2, top) if top > 1 else (0, top)
    return format_html_join(
        "",
        '<line class="rule" x1="0" x2="100%" y1="{0}" y2="{0}"/><text x="0" y="{0}" dy="-5">{1}'
        "</text>",
        ((_y(value, top), f"{value:g}" if value else "") for value in values),
    )


def _line(name: str, across: Sequence[float], values: Sequence[int], top: int) -> SafeString:
    ends = zip(across, across[1:], values, values[1:], strict=False)
    return format_html_join(
        "",
        '<line class="{}" x1="{}%" x2="{}%" y1="{}" y2="{}"/>',
        ((name, f"{a:.2f}", f"{b:.2f}", _y(v, top), _y(w, top)) for a, b, v, w in ends),
    )


def _dots(across: Iterable[float], values: Iterable[int], top: int) -> SafeString:
    return format_html_join(
        "",
        '<circle class="dot" cx="{}%" cy="{}" r="3.5"/>',
        ((f"{x:.2f}", _y(value, top)) for x, value in zip(across, values, strict=True)),
    )


def _marks(across: Sequence[float], words: Sequence[str]) -> SafeString:
    """Some of the periods by name, the last one always; those at the ends are not cut."""
    every = -(-len(words) // MARKS)
    last = len(words) - 1
    chosen = [place for place in range(len(words)) if (last - place) % every == 0]
    return format_html_join(
        "",
        '<text class="{}" x="{}%" y="{}">{}</text>',
        (
            (_anchor(place, last), f"{across[place]:.2f}", HEIGHT - 6, words[place])
            for place in chosen
        ),
    )


def _anchor(place: int, last: int) -> str:
    if last == 0:
        return "mid"
    return {0: "first", last: "last"}.get(place, "mid")
