"""Fields for a number, a time and where they come from."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.calendar import SpanKind
from yishi.phrases.method_draft import say_field
from yishi.phrases.rule_file import OURS
from yishi.web.method_draft import fields
from yishi.web.method_draft.stage_said import NUMBER_MAX


def span_kinds() -> list[tuple[str, str]]:
    """Kinds of time as options."""
    return [
        (SpanKind.DAY.value, _("days, one after the other")),
        (SpanKind.WORKING_DAY.value, _("working days")),
        (SpanKind.HOUR.value, _("hours, one after the other")),
        (SpanKind.WORKING_HOUR.value, _("working hours")),
    ]


def yes_or_no() -> list[tuple[str, str]]:
    """No and yes as options."""
    return [("no", _("No")), ("yes", _("Yes"))]


def span_fields(key: str, said: Mapping[str, Any], label: str = "") -> list[fields.Field]:
    """How long, in which kind of time, and where that comes from; `label`: of what, where several
    stand together."""
    kind = said.get("kind", SpanKind.DAY.value)
    counted = _of(label, _("Counted in"))
    unit = fields.select(f"{key}.kind", counted, span_kinds(), kind)
    return [number_field(key, said, "length", label), unit, source_field(key, said, label)]


def number_field(key: str, said: Mapping[str, Any], number: str, label: str = "") -> fields.Field:
    """A whole number, under its own label or the one of its key."""
    return fields.line(
        f"{key}.{number}",
        label or say_field(number),
        said.get(number, ""),
        most=NUMBER_MAX,
        help=_("Empty for none."),
        numeric=True,
    )


def source_field(key: str, said: Mapping[str, Any], label: str = "") -> fields.Field:
    """Where a number comes from."""
    help = _("A law or a notice by its name; “ours” for what you chose yourselves.")
    name = _of(label, say_field("source"))
    return fields.line(f"{key}.source", name, said.get("source", OURS), help=help)


def _of(label: str, word: str) -> str:
    return _("%(what)s: %(word)s") % {"what": label, "word": word} if label else word
