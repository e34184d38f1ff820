"""验收, 结算审核, 移交管养 on their pages."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.project import accepting, settling
from yishi.core.project.accepting import MUST_LOOK
from yishi.core.project.now import WorksPaper
from yishi.core.refusal import Refusal
from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.records.models import ProjectPaper
from yishi.records.queries.project_works import bodies_near
from yishi.web.dates import DayField
from yishi.web.gate import ask_in
from yishi.web.project.deed import Deed
from yishi.web.project.fields import (
    ProjectForm,
    fen_of,
    fold,
    paper,
    paper_in,
    photo,
    photo_in,
    prose,
    yes_no,
    yuan,
)
from yishi.web.project.shown import Shown
from yishi.web.project.works import bodies, body_field, in_works


class AcceptForm(ProjectForm):
    """Who inspected it, what they found, fit or not."""

    takes_files = True
    bodies = forms.MultipleChoiceField(
        label=gettext_lazy("Bodies that were there"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The supervisory committee is always one of them."),
        error_messages={"required": gettext_lazy("Choose at least one of them.")},
    )
    people = forms.CharField(
        label=gettext_lazy("People who were there, by name"),
        required=False,
        help_text=gettext_lazy("One a line. They agreed to be named on the sheet."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    fit = yes_no(
        gettext_lazy("Is it as was agreed?"),
        gettext_lazy("As agreed: it is accepted"),
        gettext_lazy("Not yet: the works go on"),
    )
    words = prose(
        gettext_lazy("What the inspection found"), help_text=gettext_lazy("Everybody reads it.")
    )
    photo = photo(gettext_lazy("A photo of the inspection"), required=False)

    def prepare(self) -> None:
        builder = self.shown.row.builder_id
        rows = [one for one in bodies_near(self.shown.row) if one.pk != builder]
        # Who looks on in the stage comes first, and those without whom nothing is accepted.
        stage = self.shown.held.stage
        first = (MUST_LOOK, *(stage.watch if stage else ()))
        near = sorted(
            (one for one in rows if one.kind in first), key=lambda one: first.index(one.kind)
        )
        self.fields["bodies"].initial = [one.uid for one in near if one.kind == MUST_LOOK]
        others = [one for one in rows if one.kind not in first]
        fold(self, "bodies", *([(one.uid, one.name) for one in part] for part in (near, others)))


def _accept(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = photo_in(request, shown, "photo")
    if isinstance(file, Refusal):
        return file
    return accepting.accept(
        ask_in(request),
        shown.row.uid,
        given["bodies"],
        given["people"].splitlines(),
        given["words"],
        file,
        fit=given["fit"] == "yes",
    )


class SettleForm(ProjectForm):
    """The final sum, who reviewed it, and the paper."""

    takes_files = True
    amount = yuan(gettext_lazy("The final sum"))
    reviewer = body_field(gettext_lazy("Which body reviewed it"))
    words = prose(gettext_lazy("What the review found"), required=False)
    review = paper(gettext_lazy("The review"))

    def prepare(self) -> None:
        bodies(self, "reviewer")


def _settle(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = paper_in(request, shown, "review")
    if isinstance(file, Refusal):
        return file
    fen = fen_of(given["amount"])
    return settling.settle(
        ask_in(request), shown.row.uid, fen, given["reviewer"], file, given["words"]
    )


class HandForm(ProjectForm):
    """Who looks after it, until when the builder answers for it, and the paper."""

    takes_files = True
    keeper = body_field(gettext_lazy("Who looks after it"))
    liable_until = DayField(
        label=gettext_lazy("The builder answers for it until"),
        required=False,
        help_text=gettext_lazy("As the contract says; none where nobody does."),
    )
    words = prose(
        gettext_lazy("What goes along with it"),
        help_text=gettext_lazy("The words of the contract, keys, papers; or why nobody answers."),
    )
    record = paper(gettext_lazy("The record of handing over"))

    def prepare(self) -> None:
        bodies(self, "keeper")


def _hand(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = paper_in(request, shown, "record")
    if isinstance(file, Refusal):
        return file
    return settling.hand_over(
        ask_in(request),
        shown.row.uid,
        given["keeper"],
        given["liable_until"],
        given["words"],
        file,
    )


class TakeOverForm(ProjectForm):
    """Nothing is asked: yes is enough."""


def _take_over(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return settling.take_over(ask_in(request), shown.row.uid)


def _goes_along(shown: Shown) -> str:
    """What the keeper says yes to: the words of handing over, and who answers for it how long."""
    paper = ProjectPaper.objects.filter(project=shown.row, kind=WorksPaper.HANDING).last()
    words = paper.words if paper else ""
    until = shown.row.liable_until
    if until is None:
        return _("What goes along with it: “%(words)s”") % {"words": words}
    return _("The builder answers for it until %(day)s. What goes along with it: “%(words)s”") % {
        "day": say_day(until),
        "words": words,
    }


ENDING = (
    Deed(
        "accept",
        "project.accept",
        lambda: _("Is it as was agreed?"),
        lambda: _("Enter the inspection"),
        lambda: _("Entered. Those whose wish it was and who pay for it are told."),
        AcceptForm,
        _accept,
        lead=lambda shown: _(
            "Inspected on the spot by others than who built it. What was given in kind counts as "
            "delivered once it is accepted."
        ),
        ready=in_works,
        mark="check",
    ),
    Deed(
        "settle",
        "project.settle",
        lambda: _("What did it cost in the end?"),
        lambda: _("Enter the review"),
        lambda: _("Settled. What was over went back to whoever gave it."),
        SettleForm,
        _settle,
        lead=lambda shown: (
            _(
                "Paid and delivered so far: %(paid)s, of a cost of %(cost)s. The final sum is what "
                "was paid; what is over goes back to whoever gave it, and no payment is put right "
                "afterwards."
            )
            % {
                "paid": say_yuan(shown.held.now.paid_fen),
                "cost": say_yuan(shown.row.cost_fen or 0),
            }
        ),
        ready=in_works,
        mark="ground",
    ),
    Deed(
        "take-over",
        "project.take_over",
        lambda: _("Do you look after it from now on?"),
        lambda: _("We look after it"),
        lambda: _("Taken over. Everybody concerned is told who looks after it."),
        TakeOverForm,
        _take_over,
        lead=_goes_along,
        ready=in_works,
        mark="done",
    ),
    Deed(
        "hand-over",
        "project.hand_over",
        lambda: _("Who looks after it?"),
        lambda: _("Offer it to them"),
        lambda: _("Offered. Somebody of theirs takes it over."),
        HandForm,
        _hand,
        ready=in_works,
        mark="send",
    ),
)
