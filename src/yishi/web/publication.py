"""Publishing a case: the draft, hidden by rule before anybody reads it, and the steps after it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts import publication
from yishi.core.number import show_number
from yishi.core.redaction import Redaction, redact
from yishi.core.refusal import Refusal
from yishi.phrases.rule import say_text
from yishi.records.models import Person
from yishi.records.queries.rule import RulesMissing, adopted, parsed, today_of
from yishi.web.case.act import addresses
from yishi.web.case.deeds import PUBLICATION
from yishi.web.case.forms import CaseForm, offer, prose
from yishi.web.case.page import say_with_last
from yishi.web.case.shown import Shown, read
from yishi.web.gate import UNPROCESSABLE, answered, ask_in, missing, new_key, page, refuse

ORDINARY = "ordinary"
TITLE_MAX = 80


class DraftForm(CaseForm):
    """What may be shown of a case."""

    category = forms.ChoiceField(
        label=gettext_lazy("What kind of matter it is"), widget=forms.RadioSelect
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE_MAX)
    text = prose(gettext_lazy("What was raised"), rows=5)
    answer = prose(gettext_lazy("What was answered"), rows=5, required=False)

    def prepare(self) -> None:
        never = [
            (code, _("%(kind)s (never published)") % {"kind": say_text(name)})
            for code, name in self.shown.rules.never_public_names.items()
        ]
        offer(self.fields["category"], [(ORDINARY, _("An ordinary matter")), *never])


@page("publication.draft", methods=("GET", "HEAD", "POST"))
def draft(request: HttpRequest, uid: str) -> HttpResponse:
    """A draft, with what identifies people hidden by the redaction rules in force there.

    The people named are those of the reports; a name nobody gave is left to the reviewer.
    """
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    if request.method != "POST":
        try:
            rules = adopted(shown.case.place, today_of(shown.now), "redaction")["redaction"]
        except RulesMissing as lacking:
            return refuse(request, lacking.refusal)
        initial, hidden = prefill(shown, parsed(rules))
        return _show(request, shown, DraftForm(shown, initial=initial), None, hidden)
    form = DraftForm(shown, request.POST)
    refusal = None
    if form.is_valid():
        typed = form.cleaned_data
        answer = publication.draft(
            ask_in(request), uid, typed["category"], typed["title"], typed["text"], typed["answer"]
        )
        if not isinstance(answer, Refusal):
            said = _("Drafted. Somebody else reviews it.")
            return answered(request, answer, reverse("case", args=[uid]), said)
        refusal = answer
    fresh = read(request, uid)
    return missing(request) if fresh is None else _show(request, fresh, form, refusal, None)


def prefill(shown: Shown, rules: Redaction) -> tuple[dict[str, str], int]:
    """The words of the reports and the answer, redacted; and how many places were hidden."""
    reports = shown.held.reports
    people = Person.objects.filter(pk__in=[r.person_id for r in reports if r.person_id is not None])
    names = [person.name for person in people] + [report.name for report in reports]
    named = [name for name in names if name]
    drafts = {
        "title": shown.case.line,
        "text": "\n".join(report.words for report in reports),
        "answer": next((report.answer for report in reports if report.answer), ""),
    }
    hidden, initial = 0, {"category": ORDINARY}
    for field, text in drafts.items():
        initial[field], marks = redact(text, rules, named)
        hidden += len(marks)
    initial["title"] = initial["title"][:TITLE_MAX]
    return initial, hidden


def _show(
    request: HttpRequest, shown: Shown, form: DraftForm, refusal: Refusal | None, hidden: int | None
) -> HttpResponse:
    found = {
        "case": shown.case,
        "number": show_number(shown.case.number),
        "form": form,
        "hidden": hidden,
        "key": new_key(),
        "refusal": say_with_last(shown, refusal) if refusal else None,
    }
    wrong = refusal is not None or form.is_bound
    return render(
        request, "yishi/publication/draft.html", found, status=UNPROCESSABLE if wrong else 200
    )


urls: list[URLPattern] = [
    path("cases/<str:uid>/publish-draft", draft, name="case_publish_draft"),
    *addresses(PUBLICATION),
]
