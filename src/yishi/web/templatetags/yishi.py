"""The few template tags of the house: our line marks and small drawings.

All of them answer ready, escaped SVG without inline style or script, so the strict
content policy holds. Drawings are decoration for the eye (aria-hidden): the number, the
words or the table beside them carry the meaning.
"""

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@lru_cache(maxsize=1)
def _sprite() -> str:
    """Address of the sprite; it cannot change while a process runs."""
    return static("yishi/marks.svg")


@register.simple_tag
def mark(name: str, size: str = "") -> SafeString:
    """One line mark of `static/yishi/marks.svg`; `size` is "", "small" or "big".

    An empty name answers nothing, so that pieces may pass what they were given.
    """
    return _drawn(name, size) if name else SafeString("")


@lru_cache(maxsize=256)
def _drawn(name: str, size: str) -> SafeString:
    """The mark; a list of thirty rows shows the same few a hundred times."""
    return format_html(
        '<svg class="mark{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        f" {size}" if size else "",
        _sprite(),
        name,
    )


@register.simple_tag
def track(share: float | int | None, name: str = "track") -> SafeString:
    """A bar filled to `share` percent, 0 to 100; what lies outside is drawn at the edge."""
    filled = min(100.0, max(0.0, float(share or 0)))
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false">'
        '<rect width="{}%" height="100%"/></svg>',
        name,
        f"{filled:g}",
    )


@register.simple_tag
def spark(values: Sequence[float]) -> SafeString:
    """Upright bars for a row of values of one kind, oldest first; nothing for none.

    The highest bar fills the drawing. The last one is the present period.
    """
    if not values:
        return SafeString("")
    top = max([*values, 1])
    wide = 0.72  # of a step is bar, the rest is space; the last bar ends at the edge
    step = 100 / (len(values) - 1 + wide)
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"{}/>',
        (
            (
                f"{place * step:.2f}",
                f"{40 - height:.2f}",
                f"{step * wide:.2f}",
                f"{height:.2f}",
                "" if place == len(values) - 1 else SafeString(' opacity=".45"'),
            )
            for place, height in enumerate(max(1.0, 40 * value / top) for value in values)
        ),
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 100 40" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false">{}</svg>',
        bars,
    )
