"""Supervision from a case page: a finding, and the way to a look, an opinion, the dated list."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts import finding
from yishi.acts.door import Ask, Done
from yishi.core.clock import ClockKind
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_clock
from yishi.phrases.rule import say_text
from yishi.web.case.deed import Deed
from yishi.web.case.forms import CaseForm, offer, prose
from yishi.web.case.shown import Shown
from yishi.web.photos import Photos


class FindingForm(CaseForm):
    """Against which unit, which breach, and what was found."""

    body = forms.ChoiceField(label=gettext_lazy("Unit"), widget=forms.RadioSelect)
    breach = forms.ChoiceField(label=gettext_lazy("Breach"), widget=forms.RadioSelect)
    words = prose(
        gettext_lazy("What was found"),
        help_text=gettext_lazy("The unit and the offices read it. Name no person."),
    )

    def prepare(self) -> None:
        held, course = self.shown.held, self.shown.rules.course
        units = {row.unit.uid: row.unit.name for row in (*held.assignments, *held.ended)}
        offer(self.fields["body"], list(units.items()))
        breaches = course.breaches if course else {}
        offer(self.fields["breach"], [(code, say_text(name)) for code, name in breaches.items()])


def _record(ask: Ask, shown: Shown, form: Any, photos: Photos) -> Done | Refusal:
    data = form.cleaned_data
    return finding.record(ask, shown.case.uid, data["body"], data["breach"], data["words"])


def order_clock(shown: Shown, issued_at: datetime) -> dict[str, Any] | None:
    """The clock an unanswered order runs against; it was started when the order was issued."""
    own = [c for c in shown.held.clocks if c.kind == ClockKind.ORDER and c.started_at == issued_at]
    if not own:
        return None
    return say_clock(own[0].due_at, own[0].amber_at, shown.now, "", issued_at)


def _given(shown: Shown) -> bool:
    return shown.rules.course is not None and bool(shown.held.assignments or shown.held.ended)


FINDING: tuple[Deed, ...] = (
    Deed(
        "finding",
        "finding.record",
        lambda: _("Record a finding"),
        lambda: _("The finding is recorded with the matter, the unit and the row of the list."),
        FindingForm,
        _record,
        _given,
        lambda: _("Only what the record shows can be found: a clock that ran out, a failed check."),
        "danger",
        "ground",
    ),
)

ASIDE: tuple[Deed, ...] = (
    Deed(
        "inspect",
        "oversight.inspect",
        lambda: _("Record a look"),
        lambda: _("The look is recorded."),
        mark="search",
        natural=True,
    ),
    Deed(
        "opinion",
        "opinion.write",
        lambda: _("Write an opinion"),
        lambda: _("The opinion is written."),
        mark="talk",
    ),
    Deed(
        "exclusion",
        "exclusion.ask",
        lambda: _("Ask to leave a rating out"),
        lambda: _("It is asked. Somebody else decides."),
        ready=lambda shown: any(r.rounds for r in shown.held.now.reports),
        mark="ground",
    ),
    Deed(
        "put-on-list",
        "listed.open",
        lambda: _("Put it on the dated list"),
        lambda: _("It is on the dated list."),
        mark="clock",
    ),
)

OVERSEEING: tuple[Deed, ...] = (*FINDING, *ASIDE)
