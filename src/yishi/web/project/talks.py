"""A project decided on in the talks: of each body who was there and who agreed."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.project import deciding
from yishi.core.place import BodyKind
from yishi.core.project.costing import standing_against
from yishi.core.project.deciding import Talked
from yishi.core.refusal import Refusal
from yishi.phrases.place import say_kind
from yishi.phrases.project import say_opinion_on
from yishi.records.queries.project_money import opinions_of
from yishi.web.gate import ask_in
from yishi.web.project.costing import in_talks
from yishi.web.project.deed import Deed
from yishi.web.project.fields import ProjectForm, prose
from yishi.web.project.shown import Shown
from yishi.web.topic.fields import count_of


def decides(shown: Shown) -> tuple[BodyKind, ...]:
    """The bodies that decide in the stage its round stands in."""
    return shown.held.stage.decides if shown.held.stage else ()


class DecideForm(ProjectForm):
    """Body by body the numbers; then the minutes, the dissent, the answer to who is against it."""

    words = prose(
        gettext_lazy("What was said and settled"),
        help_text=gettext_lazy("By what it costs, how urgent it is and how many benefit."),
        rows=5,
    )
    dissent = prose(gettext_lazy("What was said against it"), required=False)
    answer = prose(gettext_lazy("Answer to what a body has against it"), required=False)

    def prepare(self) -> None:
        for body in decides(self.shown):
            seats = self.shown.held.seats.get(body, 0)
            self.fields[f"present_{body}"] = count_of(body, seats, _("How many were there"))
            self.fields[f"agreed_{body}"] = count_of(body, seats, _("How many of them agreed"))
        against = standing_against(opinions_of(self.shown.row))
        if not against:
            del self.fields["answer"]
        else:
            on = "、".join(say_opinion_on(one) for one in against)
            self.fields["answer"].help_text = _("A body is against it on: %(on)s.") % {"on": on}
        # What is wrong is told in the order of the page.
        self.order_fields([name for name in self.fields if name not in self.WRITTEN])

    @property
    def parts(self) -> list[dict[str, Any]]:
        told = []
        for body in decides(self.shown):
            seats = self.shown.held.seats.get(body, 0)
            legend = _("%(body)s (%(seats)s seats)") % {"body": say_kind(body), "seats": seats}
            fields = self.bound(f"present_{body}", f"agreed_{body}")
            told.append({"legend": legend, "fields": fields})
        return [*told, {"legend": "", "fields": self.bound("words", "dissent", "answer")}]


def _decide(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    bodies = decides(shown)
    talked = Talked(
        {body: given[f"present_{body}"] for body in bodies},
        {body: given[f"agreed_{body}"] for body in bodies},
        given["words"],
        given["dissent"],
        given.get("answer", ""),
    )
    return deciding.decide(ask_in(request), shown.row.uid, talked)


class ReopenForm(ProjectForm):
    """Why it is talked over again."""

    words = prose(gettext_lazy("Why it is talked over again"))


def _reopen(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return deciding.reopen(ask_in(request), shown.row.uid, given["words"])


DECIDING = (
    Deed(
        "decide",
        "project.decide",
        lambda: _("What did the talks come to?"),
        lambda: _("Enter what they came to"),
        lambda: _("Entered. The numbers say whether it is agreed on."),
        DecideForm,
        _decide,
        lead=lambda shown: _("Count each body for itself. Too few there, and nothing is decided."),
        ready=lambda shown: in_talks(shown) and shown.row.state == "costed",
        mark="talk",
    ),
)

REOPENING = (
    Deed(
        "reopen",
        "project.reopen",
        lambda: _("Talk it over again?"),
        lambda: _("Talk it over again"),
        lambda: _("It is open again, costed and not decided."),
        ReopenForm,
        _reopen,
        lead=lambda shown: _("As an upheld objection asks. Its funders stay as they are."),
        ready=in_talks,
        mark="back",
    ),
)
