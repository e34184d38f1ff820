"""The drawing of rounds: what each takes of the budget, where the one before it ended.

The number beside it says the same; no inline style or script, colours are classes of `budget.css`.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

LEAST = 0.4  # a small project is still seen


@register.simple_tag
def stretch(start: float, share: float) -> SafeString:
    """A bar from `start` percent on, `share` percent long; what lies outside is cut at the edge."""
    begin = min(100.0, max(0.0, float(start)))
    wide = min(100.0 - begin, max(0.0, float(share)))
    if share > 0 and wide < LEAST:
        begin, wide = min(begin, 100.0 - LEAST), LEAST
    return format_html(
        '<svg aria-hidden="true" focusable="false"><rect x="{}%" width="{}%" height="100%"/></svg>',
        f"{begin:.2f}",
        f"{wide:.2f}",
    )
