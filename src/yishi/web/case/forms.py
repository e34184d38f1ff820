"""The forms on a case page, one for each act. What is allowed is decided by the acts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishi.core.case.now import ReportNow
from yishi.core.number import show_number
from yishi.phrases.rule import say_text
from yishi.web.case.shown import Shown

WORDS_MAX = 2000
FILES = {"accept": "image/*", "capture": "environment"}


def prose(
    label: Any, *, required: bool = True, help_text: Any = "", rows: int = 3
) -> forms.CharField:
    """A text field of a few lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"maxlength": WORDS_MAX, "rows": rows}),
    )


def offer(field: forms.Field, choices: Sequence[tuple[str, str]]) -> None:
    """Puts what a case and its rules offer into a field of choices."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class MultiFileInput(forms.ClearableFileInput):
    """Several photos at once."""

    allow_multiple_selected = True


class PhotoField(forms.FileField):
    """Photos are read by `web.photos`; the form only shows the input."""

    widget = MultiFileInput

    def clean(self, data: Any, initial: Any = None) -> None:
        return None


class CaseForm(forms.Form):
    """A form about one case. `prefix_id` keeps ids apart where a page has several forms."""

    def __init__(self, shown: Shown, *args: Any, **kwargs: Any) -> None:
        self.shown = shown
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Choices and fields that depend on the case."""


class NoForm(CaseForm):
    """An act that needs nothing but a press."""


class SetAsideForm(CaseForm):
    """Why it concerns many."""

    why = prose(_("Why it needs agreement"), help_text=_("The resident reads this."))


class UnsolvedForm(CaseForm):
    """What the resident said on the phone."""

    words = prose(
        _("What the resident said"), required=False, help_text=_("The resident reads this.")
    )


class ContactForm(CaseForm):
    """Whether the resident was reached."""

    reached = forms.ChoiceField(
        label=_("Did you reach the resident?"),
        choices=[("yes", _("Yes, we spoke")), ("no", _("Tried, not reached"))],
        widget=forms.RadioSelect,
    )
    note = prose(_("What was said"), help_text=_("Only staff read this."))


class ResultForm(CaseForm):
    """What was done, with proof."""

    words = prose(_("What was done"), help_text=_("Plain words; the resident will read them."))
    proofs = PhotoField(
        label=_("Photos as proof"), required=False, widget=MultiFileInput(attrs=FILES)
    )
    why_open = prose(_("Why it can be settled all the same"), required=False)

    def prepare(self) -> None:
        work, co = self.shown.work, self.shown.open_co
        if work is not None and work.is_lead:
            self._gather()
        if work is None or not work.is_lead or not co:
            del self.fields["why_open"]
            return
        self.fields["why_open"].help_text = _("Still at work: %(units)s") % {"units": "、".join(co)}

    def _gather(self) -> None:
        """What the parts have done, as a draft of the lead's own words."""
        done = [
            f"{row.title or row.unit.name}：{row.result}"
            for row in self.shown.held.assignments
            if row.result and not row.is_lead
        ]
        if done:
            self.fields["words"].initial = "\n".join(done)
            self.fields["words"].help_text = _(
                "The parts' results stand here as a draft. Make one answer of them."
            )


class CheckForm(CaseForm):
    """Seen on the spot: done or not."""

    passed = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[("yes", _("It is done")), ("no", _("Not done; back to the unit"))],
        widget=forms.RadioSelect,
    )
    words = prose(
        _("What you saw"), required=False, help_text=_("Needed when it goes back to the unit.")
    )


class AnswerForm(CaseForm):
    """The answer every resident on the case gets."""

    words = prose(_("The answer"), help_text=_("The resident gets exactly these words."), rows=5)

    def prepare(self) -> None:
        lead = next((row for row in self.shown.held.assignments if row.is_lead), None)
        if lead is not None:
            self.fields["words"].initial = lead.result


class CallBackForm(CaseForm):
    """What the resident said on the phone, or that nobody answered."""

    reached = forms.ChoiceField(
        label=_("Did somebody answer?"),
        choices=[("yes", _("Yes")), ("no", _("Nobody answered"))],
        initial="yes",
        widget=forms.RadioSelect,
    )
    report = forms.ChoiceField(label=_("Whom you called"))
    solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=[("yes", _("Solved")), ("no", _("Not solved"))],
        widget=forms.RadioSelect,
        required=False,
    )
    satisfaction = forms.ChoiceField(
        label=_("How satisfied"), widget=forms.RadioSelect, required=False
    )
    words = prose(_("What they said"), required=False)

    def prepare(self) -> None:
        most = self.shown.rules.call_back_attempts
        waiting = self.shown.held.now.to_call(most)
        choices = [(report.uid, _called(report, most)) for report in waiting]
        field = self.fields["report"]
        offer(field, choices)
        left = {"left": len(choices), "all": len(self.shown.held.now.reports)}
        field.help_text = gettext("Still to be asked: %(left)s of %(all)s.") % left
        if len(choices) < 2:
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0] if choices else ""
        offer(
            self.fields["satisfaction"],
            [(code, say_text(name)) for code, name in self.shown.rules.satisfaction.items()],
        )

    def axes(self) -> list[dict[str, Any]]:
        """The contexts of `pieces/steps.html`, one for each axis of the rules."""
        worded = ((1, _("very bad")), (2, _("bad")), (3, _("fair")), (4, _("good")))
        return [
            {
                "name": f"axis_{code}",
                "label": say_text(name),
                "options": [
                    {
                        "value": value,
                        "word": word,
                        "checked": self.data.get(f"axis_{code}") == str(value),
                    }
                    for value, word in (*worded, (5, _("very good")))
                ],
            }
            for code, name in self.shown.rules.axes.items()
        ]

    def stars(self) -> dict[str, int]:
        """Axis → stars as typed; an axis without a number is left out, and the act says so."""
        found = {}
        for code in self.shown.rules.axes:
            typed = str(self.data.get(f"axis_{code}", ""))
            if typed.isascii() and typed.isdigit() and len(typed) < 3:
                found[code] = int(typed)
        return found


def _called(report: ReportNow, most: int) -> str:
    """A number to call, and how often nobody answered there."""
    number = show_number(report.number)
    if not report.attempts:
        return number
    tried = {"number": number, "tries": report.attempts, "most": most}
    return gettext("%(number)s, not reached %(tries)s of %(most)s times") % tried


class OrderForm(CaseForm):
    """What the unit is asked to answer for."""

    words = prose(_("What the unit has to do"), help_text=_("The lead unit answers in time."))


class OrderAnswerForm(CaseForm):
    """The unit's answer to a supervisory order."""

    words = prose(_("Answer to the order"))


class TakeDownForm(CaseForm):
    """Why something public is taken down."""

    ground = prose(_("On what ground"), help_text=_("A marker with this ground stays public."))
