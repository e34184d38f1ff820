"""The forms about one wish: pass, join, refuse, part; what takes nothing but a yes. The acts decide
what may be."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from yishi.core.refusal import Refusal
from yishi.core.round.proposing import TITLE_MAX
from yishi.phrases.method_round import say_entry
from yishi.phrases.refusal import say_refusal
from yishi.phrases.round import say_project_kind
from yishi.records.queries.proposal import projects_to_join
from yishi.web.case.forms import prose
from yishi.web.round.shown import Shown

YES, NO = "yes", "no"
FIELD_OF = {
    "proposal_title_missing": "title",
    "title_too_long": "title",
    "words_missing": "words",
    "words_too_long": "words",
    "project_kind_unknown": "kind",
    "planned_unsaid": "planned",
    "planned_already": "planned",
    "checked_missing": "checked",
    "negative_unknown": "ground",
    "project_over": "project",
}


class WishDeed(forms.Form):
    """A form about one wish. `prepare` makes what depends on it; `name` keeps ids apart where a
    page has several."""

    use_required_attribute = False
    name = "do"

    def __init__(self, shown: Shown, data: Any = None) -> None:
        self.shown = shown
        super().__init__(data, auto_id=f"{self.name}_%s")
        self.prepare()

    def prepare(self) -> None:
        """Fields and choices that depend on the wish."""

    def put(self, refusal: Refusal) -> bool:
        """Says a refusal at its field; False where it belongs to none."""
        said_of = str(refusal.have) if refusal.code == "words_personal" else ""
        name = said_of or FIELD_OF.get(refusal.code, "")
        if name not in self.fields:
            return False
        said = say_refusal(refusal)
        self.add_error(name, f"{said['title']}{_('. ')}{said['next']}")
        return True


class PassForm(WishDeed):
    """A project of its own: its title and text, its kind, whether it is planned already."""

    name = "pass"

    def prepare(self) -> None:
        """Begins with what the author wrote, as everybody reads it."""
        row, terms = self.shown.row, self.shown.round.terms
        # A project's text is public, so it begins with what the public reads of the wish.
        public = Shown(self.shown.held, self.shown.actor, self.shown.now)
        public.is_named = False
        self.fields["planned"] = forms.ChoiceField(
            label=_("Does government plan it already, or build it?"),
            choices=[(NO, _("No, it does not")), (YES, _("Yes, it does"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("Look it up or ask, then answer yes or no.")},
        )
        self.fields["checked"] = prose(
            _("Who was asked, or where it was looked up"),
            rows=2,
            help_text=_(
                "Such as: the sub-district's list of works of this year. Anybody reads it."
            ),
        )
        self.fields["title"] = forms.CharField(
            label=_("What the project is called"),
            max_length=TITLE_MAX,
            initial=public.read(row.title),
        )
        self.fields["words"] = prose(
            _("What is to be done"),
            help_text=_("The text that is talked over and decided. No names, no phone numbers."),
        )
        self.fields["words"].initial = public.read(row.words)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What kind of project"),
            choices=[(one.code, say_project_kind(one)) for one in terms.kinds],
            widget=forms.RadioSelect,
            initial=row.kind,
        )
        self.fields["answer"] = prose(
            _("What its author is told besides"),
            required=False,
            rows=2,
            help_text=_("Anybody reads it."),
        )


class JoinForm(WishDeed):
    """Which project it goes on with, and why it is the same."""

    name = "join"

    def prepare(self) -> None:
        """The projects of the round so far."""
        found = projects_to_join(self.shown.row.topic)
        self.fields["project"] = forms.ChoiceField(
            label=_("The same as which project"),
            choices=[("", _("Please choose"))]
            + [(row["uid"], f"{row['option__no']}. {row['option__title']}") for row in found],
        )
        self.fields["words"] = prose(
            _("Why it is the same"),
            rows=2,
            help_text=_(
                "Its author is told, and anybody reads it; their name, words and number stay."
            ),
        )


class RefuseForm(WishDeed):
    """Which entry of the list bars it, and why."""

    name = "refuse"

    def prepare(self) -> None:
        """The negative list as it was posted."""
        entries = self.shown.round.terms.negative
        self.fields["ground"] = forms.ChoiceField(
            label=_("Which entry of the list says so"),
            choices=[(one.code, say_entry(one)) for one in entries],
            widget=forms.RadioSelect,
        )
        self.fields["words"] = prose(
            _("Why it falls under it, and where it belongs"),
            rows=2,
            help_text=_("Its author is told. Anybody reads it."),
        )


class PartForm(WishDeed):
    """Why it is not the same after all."""

    def prepare(self) -> None:
        """A few words."""
        self.fields["words"] = prose(
            _("Why it is not the same after all"),
            rows=2,
            help_text=_("Its author is told. Anybody reads it."),
        )


class NothingForm(WishDeed):
    """Nothing to fill in."""
