"""What bodies say of a project, what others would do it for, what it is to cost."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.project import costing
from yishi.core.project.costing import BIDDER_MAX
from yishi.core.project.now import OpinionOn
from yishi.core.refusal import Refusal
from yishi.phrases.money import say_yuan
from yishi.phrases.project import say_opinion_on
from yishi.records.queries.project_money import quotations_of
from yishi.records.queries.project_page import bodies_on_line
from yishi.records.queries.project_works import changes, speaks_for
from yishi.web.gate import ask_in
from yishi.web.project.deed import Deed
from yishi.web.project.fields import (
    ProjectForm,
    fen_of,
    number,
    offer,
    paper,
    paper_in,
    pick,
    prose,
    yes_no,
    yuan,
)
from yishi.web.project.shown import Shown


def bodies_for(shown: Shown) -> list[tuple[str, str]]:
    """The bodies the viewer may speak for, or write down for: (uid, name). Of several none is
    chosen beforehand: the first of a list would be sent by mistake."""
    if shown.at_desk:
        rows = bodies_on_line(shown.held.topic.place)
    else:
        rows = [one for one in shown.own_bodies if speaks_for(shown.actor, one.pk)]
    found = [(one.uid, one.name) for one in rows]
    return found if len(found) == 1 else [("", _("Please choose")), *found]


def body_field(label: Any) -> forms.ChoiceField:
    """Which body; filled by `offer`."""
    return forms.ChoiceField(
        label=label, error_messages={"required": gettext_lazy("Choose one of them.")}
    )


class OpinionForm(ProjectForm):
    """Who says it, on what, for or against, of a cost how much."""

    takes_files = True
    body = body_field(gettext_lazy("Whose opinion it is"))
    on = pick(gettext_lazy("On what"))
    favourable = yes_no(
        gettext_lazy("What it comes to"),
        gettext_lazy("Nothing against it"),
        gettext_lazy("Against it"),
    )
    amount = yuan(
        gettext_lazy("What it costs"),
        required=False,
        help_text=gettext_lazy("Only of an opinion on the cost; in yuan, to the fen."),
    )
    words = prose(gettext_lazy("The opinion in words"))
    paper = paper(
        gettext_lazy("The body's own paper"),
        gettext_lazy("Needed where you write down what another body says."),
        required=False,
    )

    def prepare(self) -> None:
        offer(self.fields["body"], bodies_for(self.shown))
        offer(self.fields["on"], [(one.value, say_opinion_on(one)) for one in OpinionOn])


def _add_opinion(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = paper_in(request, shown, "paper")
    if isinstance(file, Refusal):
        return file
    said = costing.Said(
        OpinionOn(given["on"]),
        given["favourable"] == "yes",
        given["words"],
        fen_of(given["amount"]) if given["amount"] is not None else None,
        file,
    )
    return costing.add_opinion(ask_in(request), shown.row.uid, given["body"], said)


class QuotationForm(ProjectForm):
    """Who would do it for how much, and the paper that says so."""

    takes_files = True
    bidder = forms.CharField(label=gettext_lazy("Which firm"), max_length=BIDDER_MAX)
    amount = yuan(gettext_lazy("What it asks for"))
    paper = paper(gettext_lazy("The quotation as the firm signed it"))


def _add_quotation(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    file = paper_in(request, shown, "paper")
    if isinstance(file, Refusal):
        return file
    amount = fen_of(given["amount"])
    return costing.add_quotation(ask_in(request), shown.row.uid, given["bidder"], amount, file)


class CostForm(ProjectForm):
    """By which body, how much, how urgent, for how many."""

    body = body_field(gettext_lazy("Which body worked it out"))
    amount = yuan(gettext_lazy("What it is to cost"))
    urgency = pick(
        gettext_lazy("How urgent it is"),
        [
            ("1", gettext_lazy("It can wait")),
            ("2", gettext_lazy("Soon")),
            ("3", gettext_lazy("Urgent")),
        ],
    )
    households = number(gettext_lazy("How many households benefit"), least=1)

    def prepare(self) -> None:
        offer(self.fields["body"], bodies_for(self.shown))


def _cost(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return costing.cost(
        ask_in(request),
        shown.row.uid,
        given["body"],
        fen_of(given["amount"]),
        int(given["urgency"]),
        given["households"],
    )


class TakeForm(ProjectForm):
    """Which quotation, and why where another asked for less."""

    quotation = pick(gettext_lazy("Which quotation is taken"))
    why = prose(
        gettext_lazy("Why this one"),
        required=False,
        help_text=gettext_lazy("Needed where another asked for less."),
    )

    def prepare(self) -> None:
        rows = sorted(quotations_of(self.shown.row), key=lambda one: one.amount_fen)
        offer(
            self.fields["quotation"],
            [(one.uid, f"{one.bidder} · {say_yuan(one.amount_fen)}") for one in rows],
        )


def _take(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return costing.take_quotation(ask_in(request), shown.row.uid, given["quotation"], given["why"])


def in_talks(shown: Shown) -> bool:
    """Whether its round stands in the talks."""
    return shown.stands_in("confer")


def _compared(shown: Shown) -> bool:
    """Whether quotations are compared now: in the talks, or for a cost that changes."""
    return in_talks(shown) or (shown.stands_in("carry_out") and changes(shown.row))


COSTING = (
    Deed(
        "opinion",
        "project.add_opinion",
        lambda: _("What does a body say of it?"),
        lambda: _("Enter the opinion"),
        lambda: _("The opinion is entered; everybody reads it."),
        OpinionForm,
        _add_opinion,
        ready=in_talks,
        mark="talk",
    ),
    Deed(
        "quotation",
        "project.add_quotation",
        lambda: _("What would a firm do it for?"),
        lambda: _("Enter the quotation"),
        lambda: _("The quotation is entered beside the others."),
        QuotationForm,
        _add_quotation,
        ready=_compared,
        mark="ground",
    ),
    Deed(
        "cost",
        "project.cost",
        lambda: _("What is it to cost?"),
        lambda: _("Enter the cost"),
        lambda: _("It is costed. It can be decided on in the talks now."),
        CostForm,
        _cost,
        lead=lambda shown: (
            _(
                "As a named body worked it out: enter its opinion on the cost first. From "
                "%(amount)s on, %(n)s quotations are compared."
            )
            % {"amount": say_yuan(shown.held.terms.quotes_from_fen), "n": shown.held.terms.quotes}
        ),
        ready=in_talks,
        mark="ground",
    ),
    Deed(
        "take",
        "project.take_quotation",
        lambda: _("Which quotation is taken?"),
        lambda: _("Take it"),
        lambda: _("Taken. Everybody sees which, and why."),
        TakeForm,
        _take,
        ready=lambda shown: _compared(shown) and bool(quotations_of(shown.row)),
    ),
)
