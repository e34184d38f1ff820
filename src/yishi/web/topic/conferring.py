"""confer 商议: of each body that decides who was there, who agreed, and the dissent."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import staging
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.phrases.place import say_kind
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, count_of, offer, options_open, pick, prose
from yishi.web.topic.shown import Shown


class ConferForm(StageForm):
    """Body by body the numbers; then the minutes, the dissent, the option agreed on."""

    words = prose(
        gettext_lazy("What was said and settled"),
        help_text=gettext_lazy("The main points of the minutes, in a few sentences."),
        rows=5,
    )
    dissent = prose(gettext_lazy("What was said against it"), required=False)
    option = pick(
        gettext_lazy("Which option they agreed on"),
        gettext_lazy("Only where they agreed on one; otherwise all of them go on."),
    )

    def prepare(self) -> None:
        stage = self.shown.stage
        for body in stage.decides:
            add_present(self, body)
            seats = self.shown.seats.get(body, 0)
            self.fields[f"agreed_{body}"] = count_of(body, seats, _("How many of them agreed"))
        self.fields["dissent"].help_text = (
            _("Required where not all who were there agree.")
            if stage.threshold is None
            else _("It stays in the record, whatever is decided.")
        )
        offer(self.fields["option"], [("", _("None in particular")), *options_open(self.shown)])
        if stage.rules_first or not self.shown.options:
            del self.fields["option"]

    @property
    def parts(self) -> list[dict[str, Any]]:
        told = [
            body_part(self, body, f"present_{body}", f"agreed_{body}")
            for body in self.shown.stage.decides
        ]
        return [*told, {"legend": "", "fields": self.bound("words", "dissent", "option")}]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for body in self.shown.stage.decides:
            here, yes = given.get(f"present_{body}"), given.get(f"agreed_{body}")
            if here is not None and yes is not None and yes > here:
                known = {"body": say_kind(body), "here": here, "yes": yes}
                self.add_error(
                    f"agreed_{body}",
                    _("%(body)s: %(here)s were there, so %(yes)s cannot have agreed.") % known,
                )
        return given


def add_present(form: StageForm, body: BodyKind) -> None:
    """A field for how many of a body were there, with what it needs."""
    stage, seats = form.shown.stage, form.shown.seats.get(body, 0)
    told = ""
    if stage.quorum is not None and seats:
        told = _("From %(n)s on the meeting counts.") % {"n": stage.quorum.need(seats)}
    form.fields[f"present_{body}"] = count_of(body, seats, _("How many were there"), told)


def body_part(form: StageForm, body: BodyKind, *names: str) -> dict[str, Any]:
    """The fields about one body under its name and its seats."""
    seats = form.shown.seats.get(body, 0)
    legend = _("%(body)s (%(seats)s seats)") % {"body": say_kind(body), "seats": seats}
    return {"legend": legend, "fields": form.bound(*names)}


def numbers(shown: Shown, given: Mapping[str, Any], name: str) -> dict[BodyKind, int]:
    """Body → the number typed under `name`."""
    return {body: given[f"{name}_{body}"] for body in shown.stage.decides}


def _confer(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return staging.confer(
        ask,
        shown.topic.uid,
        numbers(shown, given, "present"),
        numbers(shown, given, "agreed"),
        given["words"],
        given["dissent"],
        given.get("option", ""),
    )


CONFER = (
    Deed(
        "confer",
        "topic.confer",
        lambda: _("What came of the talk?"),
        lambda: _("Enter what came of it"),
        lambda: _("Entered. The topic has gone on to where the procedure leads."),
        ConferForm,
        _confer,
        lead=lambda shown: _(
            "Count each body for itself. Too few there, and it is no meeting: nothing is decided."
        ),
        mark="talk",
    ),
)
