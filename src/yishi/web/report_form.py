"""The form by which a resident raises a matter: photo, one sentence, kind, place."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yishi.core.case.intake import SPOT_MAX
from yishi.core.caserules import CaseRules

BUILDINGS_MOST = 1000
# Refusals of the act that belong to one field of the form.
FIELD_OF = {
    "words_missing": "text",
    "words_too_long": "text",
    "place_missing": "place",
    "place_unknown": "place",
    "too_many_photos": "photos",
    "nature_unknown": "nature",
    "spot_too_long": "spot",
}


class PhotoInput(forms.FileInput):
    """A file input for several pictures; a phone offers its camera first."""

    allow_multiple_selected = True


class WordsField(forms.CharField):
    """Text as it was typed: browsers send two characters for the end of a line."""

    def to_python(self, value: Any) -> str:
        typed = value.replace("\r\n", "\n") if isinstance(value, str) else value
        return super().to_python(typed) or ""


class ReportForm(forms.Form):
    """`buildings` are offered where the community is known, else `communities`; neither at a
    building's own address. Limits come from the rules in force there. `typed`: words kept from
    before."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        rules: CaseRules,
        buildings: Iterable[Mapping[str, Any]] | None = None,
        communities: Iterable[Mapping[str, Any]] | None = None,
        elsewhere: str = "",
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(typed or {}))
        language = get_language() or ""
        self.fields["photos"] = forms.Field(
            label=_("A photo"),
            required=False,
            widget=PhotoInput(attrs={"accept": "image/*", "multiple": True}),
        )
        self.fields["text"] = WordsField(
            label=_("What it is, in one sentence"),
            max_length=rules.words_max,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={
                "required": _("Please write at least one sentence, so that we know what it is"),
                "max_length": _(
                    "At most %(limit_value)d characters; this has %(show_value)d. "
                    "Please make it shorter"
                ),
            },
        )
        natures = [(code, text.in_language(language)) for code, text in rules.natures.items()]
        self.fields["nature"] = forms.ChoiceField(
            label=_("What kind of matter"),
            choices=natures,
            widget=forms.RadioSelect,
            initial=natures[0][0],
            error_messages=_choose(_("Please choose what kind of matter it is")),
        )
        if communities is not None:
            self.fields["place"] = forms.ChoiceField(
                label=_("Which community"),
                choices=[("", _("Please choose")), *_grouped(communities, "parent__name")],
                error_messages=_choose(_("Please choose the community where it is")),
            )
        if buildings is not None:
            self.fields["building"] = forms.ChoiceField(
                label=_("Which building"),
                required=False,
                choices=[("", elsewhere), *_grouped(buildings, "estate__name")],
                error_messages=_choose(_("We do not know this building. Please choose again")),
            )
        self.fields["spot"] = forms.CharField(
            label=_("Where exactly"),
            required=False,
            max_length=SPOT_MAX,
            help_text=_("Such as: by the east gate, third floor corridor"),
        )

    def put(self, code: str, sentence: str) -> bool:
        """Says a refusal at its field; False where it belongs to none."""
        name = "photos" if code.startswith("photo_") else FIELD_OF.get(code, "")
        if name == "place" and name not in self.fields:
            name = "building" if "building" in self.fields else ""
        if name:
            self.add_error(name, sentence)
        return bool(name)


def _choose(sentence: str) -> dict[str, str]:
    return {"required": sentence, "invalid_choice": sentence}


def _grouped(rows: Iterable[Mapping[str, Any]], by: str) -> list[tuple[str, Any]]:
    """Options in the order of `rows`, under the name of what they belong to where they do."""
    found: list[tuple[str, Any]] = []
    for name, members in groupby(rows, key=lambda row: row[by]):
        options = [(row["uid"], row["name"]) for row in members]
        found.extend([(name, options)] if name else options)
    return found
