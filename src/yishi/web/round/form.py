"""The form about a wish: a photo, one sentence, the place; everything else has a default."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from yishi.core.caserules import CaseRules
from yishi.core.method.round import Round
from yishi.core.refusal import Refusal
from yishi.core.round.proposing import SPOT_MAX, TITLE_MAX
from yishi.phrases.refusal import say_at_field
from yishi.phrases.rule import say_text
from yishi.web.report_form import PhotoInput, WordsField

FIELD_OF = {
    "proposal_title_missing": "title",
    "title_too_long": "title",
    "words_missing": "words",
    "words_too_long": "words",
    "project_kind_unknown": "kind",
    "listed_unknown": "listed",
    "spot_too_long": "spot",
    "place_unknown": "building",
    "too_many_photos": "photos",
}


class WishForm(forms.Form):
    """`extra`: what only some may say, each with its choices: `body`, `meeting`; `name`: the desk
    writes down whose it is."""

    use_required_attribute = False

    def __init__(
        self,
        terms: Round,
        rules: CaseRules,
        data: Any = None,
        *,
        buildings: Sequence[Mapping[str, Any]] = (),
        elsewhere: str = "",
        extra: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        desk: bool = False,
        typed: Mapping[str, Any] | None = None,
        photos: bool = True,
    ) -> None:
        super().__init__(data, initial=dict(typed or {}))
        if photos:
            self.fields["photos"] = forms.Field(
                label=_("A photo"),
                required=False,
                widget=PhotoInput(attrs={"accept": "image/*", "multiple": True}),
            )
        self.fields["title"] = forms.CharField(
            label=_("What you wish for, in one sentence"),
            max_length=TITLE_MAX,
            help_text=_("Such as: level the path inside the gate, a lamp at the entrance"),
            error_messages={"required": _("Please write one sentence")},
        )
        here = [(one["uid"], one["name"]) for one in buildings]
        self.fields["building"] = forms.ChoiceField(
            label=_("Which building"), required=False, choices=[("", elsewhere), *here]
        )
        kinds = [(one.code, say_text(one.name)) for one in terms.kinds]
        self.fields["kind"] = forms.ChoiceField(
            label=_("What kind of project"),
            choices=kinds,
            widget=forms.RadioSelect,
            initial=(typed or {}).get("kind") or kinds[0][0],
        )
        self.fields["words"] = WordsField(
            label=_("Why, and for whom"),
            required=False,
            max_length=rules.words_max,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("If one sentence is not enough. Anybody reads it."),
        )
        self.fields["spot"] = forms.CharField(
            label=_("Where exactly"),
            required=False,
            max_length=SPOT_MAX,
            help_text=_("Such as: by the east gate, third floor corridor"),
        )
        if terms.positive:
            wanted = [(one.code, say_text(one.name)) for one in terms.positive]
            self.fields["listed"] = forms.ChoiceField(
                label=_("What of the list of what is wanted it is"),
                required=False,
                choices=[("", _("None of these, or I do not know")), *wanted],
            )
        self._beside(dict(extra or {}), desk=desk)
        if photos:
            self.fields["shows_name"] = forms.BooleanField(
                label=_("Put my name to it"),
                required=False,
                help_text=_("Else it stands there as 王某. You may change it at any time."),
            )

    def _beside(self, extra: dict[str, Sequence[tuple[str, str]]], *, desk: bool) -> None:
        labels = {"body": _("On behalf of"), "meeting": _("Asked for at a meeting")}
        none = {"body": _("Myself"), "meeting": _("No meeting")}
        for name, choices in extra.items():
            self.fields[name] = forms.ChoiceField(
                label=labels[name], required=False, choices=[("", none[name]), *choices]
            )
        if desk:
            self.fields["name"] = forms.CharField(
                label=_("Whose wish you write down"),
                required=False,
                max_length=TITLE_MAX,
                help_text=_("Only staff read the name. Leave it empty where it is your own."),
            )

    @property
    def more(self) -> list[Any]:
        """What is folded away: it has a default."""
        names = ("words", "spot", "listed", "body", "meeting", "name")
        return [self[name] for name in names if name in self.fields]

    @property
    def more_word(self) -> str:
        """What is folded away, in a line."""
        if "body" in self.fields or "name" in self.fields:
            return _("More words, where exactly, on whose behalf")
        return _("More words, where exactly")

    @property
    def is_more_said(self) -> bool:
        """Whether something of that was typed, or is wrong."""
        return any(field.value() or field.errors for field in self.more)

    def put(self, refusal: Refusal) -> bool:
        """Says a refusal at its field; False where it belongs to none."""
        name = "photos" if refusal.code.startswith("photo_") else FIELD_OF.get(refusal.code, "")
        if refusal.code == "words_personal":
            name = str(refusal.have)
        if name not in self.fields:
            return False
        self.add_error(name, say_at_field(refusal))
        return True
