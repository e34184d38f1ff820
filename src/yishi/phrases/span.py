"""Limits as they stand in a rule: 3 working days, 2 hours."""

from django.utils.translation import gettext as _

from yishi.core.calendar import SpanKind


def say_limit(length: int | None, kind: str) -> str:
    """A limit in words; empty where there is none."""
    if not length or not kind:
        return ""
    words = {
        SpanKind.HOUR: _("%(n)s hours"),
        SpanKind.WORKING_HOUR: _("%(n)s working hours"),
        SpanKind.DAY: _("%(n)s days"),
        SpanKind.WORKING_DAY: _("%(n)s working days"),
    }[SpanKind(kind)]
    return words % {"n": length}
