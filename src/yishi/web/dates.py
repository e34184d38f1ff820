"""Days and moments as the forms take them: within years somebody can have meant.

A day at the far ends of the calendar cannot be reckoned with, and is a slip of the hand; how soon
or late a date may be is for the acts.
"""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

# Ours: no matter of an office begins before, or ends after.
FIRST_YEAR, LAST_YEAR = 2000, 2100
FAR = gettext_lazy("Choose a date between the years 2000 and 2100.")


def _near(value: date) -> None:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise forms.ValidationError(FAR, code="far")


class DayField(forms.DateField):
    """A day from 2000 to 2100."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        """The day. Refuses what is no day, and one outside those years."""
        day = super().to_python(value)
        if day is not None:
            _near(day)
        return day


class MomentField(forms.DateTimeField):
    """A moment of a day from 2000 to 2100, typed in the installation's zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        """The moment. Refuses what is no moment, and one outside those years."""
        moment = super().to_python(value)
        if moment is not None:
            _near(moment)
        return moment
