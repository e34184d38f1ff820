"""What a form says of a field that is filled in wrongly, in our words instead of Django's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CHOOSE, DAY = _("Choose one here."), _("Write the day as 2026-11-24.")
UNKNOWN = _("Choose one of the options.")
SAID: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill it in.")},
    forms.CharField: {
        "max_length": _("At most %(limit_value)d characters; this is %(show_value)d."),
        "min_length": _("At least %(limit_value)d characters; this is %(show_value)d."),
    },
    forms.ChoiceField: {"required": CHOOSE, "invalid_choice": UNKNOWN},
    forms.MultipleChoiceField: {
        "required": CHOOSE,
        "invalid_choice": UNKNOWN,
        "invalid_list": UNKNOWN,
    },
    forms.DateField: {"invalid": DAY},
    forms.DateTimeField: {"invalid": _("Write day and time as 2026-11-24 14:30.")},
    forms.TimeField: {"invalid": _("Choose a time, such as 14:30.")},
    forms.IntegerField: {
        "invalid": _("Write a whole number."),
        "max_value": _("At most %(limit_value)s."),
        "min_value": _("At least %(limit_value)s."),
    },
}


def speak() -> None:
    """Gives every field of every form these sentences, where its own form says nothing better.
    Called once at the start, before a form is made."""
    for kind, said in SAID.items():
        kind.default_error_messages = {**kind.default_error_messages, **said}
