"""The form of an instant answer (秒回), as it is typed."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishi.core.instant import NOT, PARTS, TITLE_MAX, Drafted
from yishi.web.case.forms import prose
from yishi.web.dates import MomentField
from yishi.web.office import in_line

BETWEEN = re.compile(r"[\s、，,；;]+")


class DraftForm(forms.Form):
    """A text, its topic, its area and when it expires."""

    use_required_attribute = False
    place = forms.ChoiceField(
        label=_("Area"), help_text=_("It answers matters in this place and in all below it.")
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_MAX,
        help_text=_("Staff find it by this, and the story of a matter names it."),
    )
    words = prose(
        _("Words of the topic"),
        help_text=_(
            "What residents would write, one word a line; any of them is enough. Parts that must "
            "all be said are joined by +."
        ),
    )
    unless = prose(
        _("Not where it says"),
        required=False,
        rows=2,
        help_text=_("A matter that says one of these goes to a person."),
    )
    answer = prose(_("The answer"), rows=5, help_text=_("The resident reads this at once."))
    until_at = MomentField(label=_("It expires"))
    item = forms.CharField(
        label=_("Item of the responsibility list"),
        required=False,
        max_length=20,
        help_text=_("Its code; a matter it answers is counted under this item."),
    )

    def __init__(self, places: Iterable[Mapping[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row["uid"], in_line(row)) for row in places]

    def drafted(self) -> Drafted:
        """What was typed, once it is valid."""
        given = self.cleaned_data
        words = [*split(given["words"]), *(f"{NOT}{word}" for word in split(given["unless"]))]
        return Drafted(given["title"], given["answer"], tuple(words), given["until_at"])


def split(typed: str) -> list[str]:
    """The words of a topic as typed, on lines or between commas; ＋ is +. A mark in front that
    would turn a word into its opposite is taken off."""
    words = BETWEEN.split(typed.replace("＋", PARTS))
    return [word for each in words if (word := each.lstrip("-－"))]
