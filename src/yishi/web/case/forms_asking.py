"""The forms of what a unit asks for and of the word on it: return, more time, suspension."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishi.core.case import returning, stretching
from yishi.core.case.request import RequestKind
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_by
from yishi.phrases.rule import say_text
from yishi.phrases.span import say_limit
from yishi.records.queries.duty import handling_bodies
from yishi.records.queries.lately import lately
from yishi.records.queries.rule import start_of, today_of, zone
from yishi.web.case.forms import FILES, CaseForm, MultiFileInput, PhotoField, offer, prose
from yishi.web.case.requests import request_facts
from yishi.web.dates import DayField

MOMENT = timedelta(microseconds=1)
OTHER = "other"


class ReturnForm(CaseForm):
    """Why it is not the unit's, which clause says so, and whose it may be."""

    ground = forms.ChoiceField(label=_("Which clause says so"), widget=forms.RadioSelect)
    clause = forms.CharField(
        label=_("The clause, in words"),
        help_text=_("The article, document or row. Needed where none of the above says it."),
        required=False,
        max_length=300,
    )
    reason = prose(_("Why it is not yours"), help_text=_("Whoever decides reads this."))
    suggested = forms.ChoiceField(
        label=_("Whose it may be"), required=False, help_text=_("Where you know it.")
    )

    def prepare(self) -> None:
        offer(self.fields["ground"], [*self._clauses().items(), (OTHER, str(_("Another clause")))])
        case = self.shown.case
        found = lately("handling_bodies", case.place_id, lambda: handling_bodies(case))
        bodies = [(body["uid"], body["name"]) for body in found]
        offer(self.fields["suggested"], [("", str(_("I do not know"))), *bodies])
        work = self.shown.work
        closes = returning.return_closes(work, self.shown.terms) if work else None
        if closes is not None:
            until = {"by": say_by(closes, self.shown.now)}
            self.fields["reason"].help_text = (
                _("Whoever decides reads this. It can be asked until %(by)s.") % until
            )

    def clause_given(self) -> str:
        """The clause chosen from the row, with what was typed to it."""
        data = self.cleaned_data
        chosen = self._clauses().get(data["ground"], "")
        return "：".join(part for part in (chosen, data["clause"].strip()) if part)

    def _clauses(self) -> dict[str, str]:
        """What the row this case was given by says that might exclude the unit."""
        duty, work = self.shown.case.duty, self.shown.work
        found: dict[str, str] = {}
        if duty is not None:
            item = {"item": " · ".join(part for part in (duty.title, duty.grade) if part)}
            if duty.basis:
                found["basis"] = _("Legal basis: %(basis)s") % {"basis": duty.basis}
            found["item"] = _("Not this item of the list: %(item)s") % item
            if duty.standard:
                standard = {"standard": duty.standard}
                found["standard"] = _("Settled when: %(standard)s") % standard
        if work is not None:
            found["scope"] = _("Not within the duties of %(unit)s") % {"unit": work.unit}
        return {code: str(words) for code, words in found.items()}


class ContestForm(CaseForm):
    """Why the refusal is not accepted."""

    words = prose(
        _("Why you do not agree"),
        help_text=_("The arbitration group reads this. Its ruling is final for this matter."),
    )


class ExtensionForm(CaseForm):
    """How much longer, in the units of the limit."""

    length = forms.IntegerField(label=_("How much longer"), min_value=1)
    reason = prose(_("Why it takes longer"), help_text=_("Whoever decides reads this."))

    def prepare(self) -> None:
        work = self.shown.work
        if work is None:
            return
        now = self.shown.held.now
        most = stretching.may_extend(now, work, self.shown.terms, self.shown.now)
        if isinstance(most, Refusal):
            return
        field = self.fields["length"]
        field.widget.attrs |= {"max": most.length, "inputmode": "numeric"}
        field.initial = 1
        field.help_text = _("At most %(limit)s, no longer than the original limit.") % {
            "limit": say_limit(most.length, most.kind)
        }


class SuspensionForm(CaseForm):
    """On which ground the clock is to stand still, and until when."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    until = DayField(label=_("Until which day"))
    reason = prose(_("What it waits for"), help_text=_("Whoever decides reads this."))

    def prepare(self) -> None:
        course = self.shown.terms.rules.course
        reasons = course.suspend_reasons if course else {}
        offer(self.fields["ground"], [(code, say_text(name)) for code, name in reasons.items()])
        work = self.shown.work
        if work is None:
            return
        now = self.shown.held.now
        farthest = stretching.may_suspend(now, work, self.shown.terms, self.shown.now)
        if isinstance(farthest, Refusal):
            return
        field = self.fields["until"]
        last = (farthest - MOMENT).astimezone(zone()).date()
        field.widget.attrs |= {"min": today_of(self.shown.now).isoformat(), "max": last.isoformat()}
        field.help_text = _("To the end of that day, at the latest %(day)s.") % {
            "day": last.isoformat()
        }

    def until_at(self) -> datetime:
        """The first moment after the chosen day; of the last day there is, the day itself."""
        day: date = self.cleaned_data["until"]
        return start_of(min(day, date.max - timedelta(days=1)) + timedelta(days=1))


class ResumeForm(CaseForm):
    """It goes on."""

    words = prose(_("Why it goes on"), required=False, help_text=_("The resident reads this."))


class InterimForm(CaseForm):
    """What was done first."""

    words = prose(_("What was done at once"), help_text=_("The resident reads this."))
    proofs = PhotoField(
        label=_("Photos as proof"), required=False, widget=MultiFileInput(attrs=FILES)
    )


class DecideForm(CaseForm):
    """A word on a request: what was asked stands above it."""

    kind = RequestKind.RETURN
    request = forms.ChoiceField(label=_("Whose request"), widget=forms.RadioSelect)

    @property
    def about(self) -> list[list[dict[str, Any]]]:
        """What was asked, for `pieces/facts.html`, one list for each request."""
        named = self.kind is RequestKind.SUSPENSION
        rules = self.shown.terms.rules if named else None
        return [request_facts(row, self.shown.now, rules) for row in self._asked()]

    def prepare(self) -> None:
        asked = [(row.uid, row.assignment.unit.name) for row in self._asked()]
        field = self.fields["request"]
        offer(field, asked)
        if len(asked) < 2:
            field.widget = forms.HiddenInput()
            field.initial = asked[0][0] if asked else ""

    def _asked(self) -> list[Any]:
        return self.shown.asked(self.kind)


class DecideReturnForm(DecideForm):
    """Agree, refuse, or hand it to the arbitration group."""

    verdict = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    words = prose(
        _("Why"), required=False, help_text=_("Needed unless you agree. The unit reads this.")
    )

    def prepare(self) -> None:
        super().prepare()
        choices = [
            ("accepted", _("Agree: it goes back to be dispatched, its clock stands still")),
            ("refused", _("Refuse: the unit goes on with it")),
        ]
        if any(row.assignment.is_lead for row in self._asked()):
            choices.append(("disputed", _("Hand it to the arbitration group")))
        offer(self.fields["verdict"], [(code, str(word)) for code, word in choices])


class DecideTimeForm(DecideForm):
    """Yes or no to more time or a suspension."""

    accepted = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Agree")), ("no", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    words = prose(
        _("Why"),
        required=False,
        help_text=_("Needed when you refuse. When you agree, the resident reads it."),
    )


class DecideExtensionForm(DecideTimeForm):
    """More time."""

    kind = RequestKind.EXTENSION


class DecideSuspensionForm(DecideTimeForm):
    """The clock stands still."""

    kind = RequestKind.SUSPENSION
