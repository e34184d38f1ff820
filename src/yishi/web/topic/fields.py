"""What the forms of the stages are made of: numbers of people, words, options."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.core.place import BodyKind
from yishi.core.topic.now import OptionState
from yishi.phrases.place import say_kind
from yishi.web.case.forms import offer, prose
from yishi.web.topic.shown import Shown

__all__ = ["StageForm", "count_of", "in_a_row", "number", "offer", "pick", "prose", "yes_no"]

# More than live in any one community; only so that a slip of the keyboard is seen.
MOST_PEOPLE = 99_999


class StageForm(forms.Form):
    """A form about the stage a topic stands in. `prepare` makes what depends on the stage."""

    def __init__(self, shown: Shown, data: Mapping[str, Any] | None = None) -> None:
        self.shown = shown
        super().__init__(data, auto_id="do_%s")
        self.prepare()

    def prepare(self) -> None:
        """Fields and choices that depend on the stage."""

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The fields as the page sets them: {legend, fields}; one part without a legend."""
        return [{"legend": "", "fields": list(self)}]

    def bound(self, *names: str) -> list[BoundField]:
        """The fields of those names that this form has."""
        return [self[name] for name in names if name in self.fields]


def number(
    label: Any,
    most: int | None = None,
    least: int = 0,
    *,
    required: bool = True,
    help_text: Any = "",
    too_many: Any = "",
) -> forms.IntegerField:
    """A whole number from `least` to `most`, on a keyboard of digits. `too_many`: the sentence
    where it is more than `most`."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=MOST_PEOPLE if most is None else most,
        required=required,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("A number is missing here."),
            "invalid": gettext_lazy("Write a whole number."),
            "max_value": too_many or gettext_lazy("At most %(limit_value)s."),
            "min_value": gettext_lazy("At least %(limit_value)s."),
        },
    )


def in_a_row(field: forms.IntegerField, word: Any) -> forms.IntegerField:
    """The number beside two others, under one short word (`yishi/topic/three.html`)."""
    field.short = word  # type: ignore[attr-defined]
    return field


def count_of(body: BodyKind, seats: int, label: Any, help_text: Any = "") -> forms.IntegerField:
    """How many of a body with so many seats. What is wrong names the body: the page asks the same
    of several."""
    known = {"body": say_kind(body), "seats": seats}
    too_many = _("%(body)s: there are %(seats)s seats, so no more than %(seats)s people.")
    field = number(label, seats, help_text=help_text, too_many=too_many % known)
    field.error_messages |= {
        "required": _("The number for %(body)s is missing.") % known,
        "invalid": _("For %(body)s, write a whole number.") % known,
        "min_value": _("For %(body)s, the number cannot be below zero.") % known,
    }
    return field


def yes_no(label: Any, yes: Any, no: Any, help_text: Any = "") -> forms.ChoiceField:
    """One of two, as large radios: `yes` and `no`."""
    return forms.ChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        widget=forms.RadioSelect,
        help_text=help_text,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )


def pick(label: Any, help_text: Any = "") -> forms.ChoiceField:
    """One of what is offered, as radios; filled by `offer`."""
    return forms.ChoiceField(
        label=label, widget=forms.RadioSelect, help_text=help_text, required=False
    )


def options_open(shown: Shown) -> Sequence[tuple[str, str]]:
    """The options that may still be agreed on: (uid, "1 title"); what is done is not among them."""
    return [
        (one.uid, f"{one.no} {one.title}") for one in shown.options if one.state != OptionState.DONE
    ]
