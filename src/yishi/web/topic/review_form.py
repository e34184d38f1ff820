"""What a review says, as it is typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.core.method.language import Competence, Method
from yishi.core.topic.review import ENDS, Reviewed, Verdict
from yishi.web.case.forms import offer, prose

BETWEEN = ":"


class ReviewForm(forms.Form):
    """Verdict, whose it is, size and entry of one of the methods, what is published, the clause.

    A size and an entry are typed as `method:code`, so that one choice names the method too.
    """

    use_required_attribute = False
    verdict = forms.ChoiceField(
        label=gettext_lazy("What the review says"),
        choices=[
            (Verdict.TAKEN_UP, gettext_lazy("Taken up: it is deliberated")),
            (Verdict.DECLINED, gettext_lazy("Not taken up, for the reason below")),
            (
                Verdict.DUTY,
                gettext_lazy("A duty of a department or unit: handed over, not voted on"),
            ),
            (Verdict.OWNERS, gettext_lazy("For the owners to decide together")),
        ],
        widget=forms.RadioSelect,
    )
    competence = forms.ChoiceField(
        label=gettext_lazy("Whose it is to decide"),
        choices=[
            (Competence.RESIDENTS, gettext_lazy("The residents' own affair")),
            (Competence.OWNERS, gettext_lazy("The owners' common decision")),
        ],
        widget=forms.RadioSelect,
        required=False,
        help_text=gettext_lazy("Only where it is taken up. First whose it is, then how."),
    )
    size = forms.ChoiceField(label=gettext_lazy("How large and how urgent it is"), required=False)
    entry = forms.ChoiceField(
        label=gettext_lazy("What it is about, and so who is called"), required=False
    )
    words = prose(
        gettext_lazy("What is published of the review"),
        required=False,
        help_text=gettext_lazy(
            "Anybody may read it. Required where it is not taken up or only helped with."
        ),
    )
    clause = prose(
        gettext_lazy("The clause it rests on"),
        required=False,
        rows=2,
        help_text=gettext_lazy(
            "Required where it is not taken up: law, rule or responsibility list."
        ),
    )

    def __init__(
        self,
        methods: Sequence[Method],
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="review_%s")
        self.methods = methods
        offer(
            self.fields["size"],
            [(f"{m.id}{BETWEEN}{one.code}", one.code) for m in methods for one in m.sizes],
        )
        offer(
            self.fields["entry"],
            [(f"{m.id}{BETWEEN}{one.code}", one.code) for m in methods for one in m.catalogue],
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        verdict = given.get("verdict")
        if verdict in ENDS:
            if not given.get("words", "").strip():
                self.add_error("words", _("Write the reason: whoever raised it reads it."))
            if not given.get("clause", "").strip():
                self.add_error("clause", _("Name the law, rule or row of the list it rests on."))
        if verdict != Verdict.TAKEN_UP:
            return given
        size, entry = given.get("size", ""), given.get("entry", "")
        if not size and "size" not in self.errors:
            self.add_error("size", _("Choose how large it is: that chooses its course."))
        if not entry and "entry" not in self.errors:
            self.add_error("entry", _("Choose what it is about: that chooses who is called."))
        if size and entry and size.split(BETWEEN)[0] != entry.split(BETWEEN)[0]:
            self.add_error("entry", _("Size and subject have to be of the same method."))
        return given

    def reviewed(self) -> tuple[str, Reviewed]:
        """The name of the method, and what the review says; once it is valid."""
        given = self.cleaned_data
        method, _between, size = given["size"].partition(BETWEEN)
        entry = given["entry"].partition(BETWEEN)[2]
        first = self.methods[0].id if self.methods else ""
        verdict = Verdict(given["verdict"])
        taken = verdict is Verdict.TAKEN_UP
        return method or first, Reviewed(
            verdict,
            Competence(given["competence"] or Competence.RESIDENTS),
            size if taken else "",
            entry if taken else "",
            given["words"],
            given["clause"],
        )
