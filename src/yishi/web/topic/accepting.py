"""accept 验收 and appraise 评议: others look at what was done; those concerned score it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import staging
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Appraised, Inspected
from yishi.core.topic.kinds.base import number_in
from yishi.phrases.method import say_bar
from yishi.records.queries.topic_result import tries
from yishi.web.topic.ahead import ahead, say_ahead
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, in_a_row, number, prose, yes_no
from yishi.web.topic.running import After
from yishi.web.topic.shown import Shown

SCORES = ("satisfied", "basically", "dissatisfied")
PERCENT = 100


class AcceptForm(StageForm):
    """How many looked, as decided or not, what they saw."""

    inspectors = number(gettext_lazy("How many people went and looked"), least=1)
    fit = yes_no(
        gettext_lazy("Is it as it was decided?"),
        gettext_lazy("Yes, as decided"),
        gettext_lazy("Not yet"),
    )
    words = prose(
        gettext_lazy("What was looked at, and what was seen"),
        help_text=gettext_lazy("Where it is not as decided: what is missing. Anybody may read it."),
        rows=5,
    )

    def prepare(self) -> None:
        least = self.shown.stage.least
        assert least is not None
        self.fields["inspectors"].help_text = _(
            "%(n)s or more, none of them from who carried it out."
        ) % {"n": least.number}
        where = {
            name: say_ahead(self.shown, ahead(self.shown, "topic.accept", _looked(self.shown, fit)))
            for name, fit in (("fit", True), ("unfit", False))
        }
        self.fields["fit"].help_text = (
            _("Yes leads to %(fit)s; not yet leads to %(unfit)s.") % where
        )


def _looked(shown: Shown, fit: bool) -> Inspected:
    assert shown.stage.least is not None
    return Inspected(inspectors=shown.stage.least.number, fit=fit, words=".")


class AppraiseForm(StageForm):
    """How many said which of the three."""

    satisfied = number(gettext_lazy("Scored satisfied"))
    basically = number(gettext_lazy("Scored basically satisfied"))
    dissatisfied = number(gettext_lazy("Scored not satisfied"))

    def prepare(self) -> None:
        for name in SCORES:
            field = self.fields[name]
            assert isinstance(field, forms.IntegerField)
            in_a_row(field, field.label)

    @property
    def parts(self) -> list[dict[str, Any]]:
        return [{"legend": _("How many people scored it"), "fields": self.bound(*SCORES)}]


def _done_by(shown: Shown) -> str:
    """Who carried it out, and so does not accept it."""
    done = [one for one in tries(shown.topic) if one["state"] == "done"]
    if not done:
        return _("Whoever carried it out does not accept it.")
    return _("%(unit)s carried it out; none of theirs accepts it.") % {"unit": done[-1]["unit"]}


def _accept(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return staging.accept(
        ask,
        shown.topic.uid,
        given["inspectors"],
        given["words"],
        fit=given["fit"] == "yes",
    )


def _accepted(shown: Shown, given: Mapping[str, Any], done: Done) -> After:
    fit = given["fit"] == "yes"
    where = {"where": say_ahead(shown, ahead(shown, "topic.accept", _looked(shown, fit)))}
    said = (
        _("Entered: as decided. Now %(where)s.")
        if fit
        else _("Entered: not as decided yet. Back to %(where)s.")
    )
    return After(said % where, warns=not fit)


def _appraise(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return staging.appraise(ask, shown.topic.uid, *(given[name] for name in SCORES))


def _appraised(shown: Shown, given: Mapping[str, Any], done: Done) -> After:
    """The share, worked out, and what it took."""
    tally = shown.held.now.tally
    every = {name: given[name] + number_in(tally, name) for name in SCORES}
    whole = sum(every.values())
    content = every["satisfied"] + every["basically"]
    bar = shown.stage.threshold
    known = {"content": content, "whole": whole, "percent": content * PERCENT // whole}
    said = (
        _("%(content)s of %(whole)s are at least basically satisfied, %(percent)s in a hundred.")
        % known
    )
    good = bar is None or bar.is_met(content, whole)
    if bar is not None:
        took = {"share": said, "need": bar.need(whole), "bar": say_bar(bar)}
        said = _("%(share)s It takes %(need)s (%(bar)s).") % took
    facts = Appraised(**{name: given[name] for name in SCORES})
    where = say_ahead(shown, ahead(shown, "topic.appraise", facts))
    return After(_("%(said)s Now %(where)s.") % {"said": said, "where": where}, warns=not good)


def _sheets(shown: Shown) -> str:
    """Whose scores are typed here: those of people without an account."""
    said = _("Those concerned score it, not those who did it. Every sheet counts.")
    have = sum(number_in(shown.held.now.tally, name) for name in SCORES)
    if not have:
        return said
    own = _("%(n)s have scored it on their phone: enter here only the sheets of the others.")
    return f"{said} {own % {'n': have}}"


ACCEPT = (
    Deed(
        "accept",
        "topic.accept",
        lambda: _("Is it as it was decided, seen on the spot?"),
        lambda: _("Enter what was seen"),
        lambda: _("Entered."),
        AcceptForm,
        _accept,
        lead=_done_by,
        after=_accepted,
        mark="search",
    ),
)
APPRAISE = (
    Deed(
        "appraise",
        "topic.appraise",
        lambda: _("How did people score it?"),
        lambda: _("Enter the scores"),
        lambda: _("Entered."),
        AppraiseForm,
        _appraise,
        lead=_sheets,
        after=_appraised,
        mark="people",
        template="yishi/topic/appraise.html",
    ),
)
