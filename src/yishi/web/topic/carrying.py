"""carry_out 实施: given to a unit, done with proof, or not to be done and why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import staging
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Assigned, CarriedOut
from yishi.core.topic.kinds.base import must_be_open
from yishi.core.topic.kinds.parts import parts_open
from yishi.records.models import Option
from yishi.records.queries.body import choose_body, name_of
from yishi.web.topic.ahead import ahead, foreseen, is_spent, say_ahead, say_locked
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, offer, pick, prose
from yishi.web.topic.shown import Shown

TEMPLATE = "yishi/topic/carry.html"


class AssignForm(StageForm):
    """Who does it; and which option, where nobody has chosen one yet."""

    option = pick(gettext_lazy("Which option is carried out"))
    unit = forms.ChoiceField(
        label=gettext_lazy("Who carries it out"),
        widget=forms.Select,
        help_text=gettext_lazy(
            "One that handles matters here. Whoever does it does not accept it."
        ),
        error_messages={"required": gettext_lazy("Choose who carries it out.")},
    )

    def prepare(self) -> None:
        shown = self.shown
        units = [(row["uid"], row["name"]) for row in choose_body(shown.topic.place)]
        offer(self.fields["unit"], [("", _("Choose a unit")), *units])
        if shown.topic.chosen_id:
            del self.fields["option"]
            return
        offer(self.fields["option"], [(one.uid, f"{one.no} {one.title}") for one in _free(shown)])
        self.fields["option"].required = True
        self.fields["option"].error_messages["required"] = _("Choose the option.")


def _free(shown: Shown) -> list[Option]:
    """The options that may be carried out here."""
    return [one for one in shown.options if must_be_open(shown.held.now, one.uid) is None]


class DoneForm(StageForm):
    """What was done."""

    words = prose(
        gettext_lazy("What was done, when, and what it cost"),
        help_text=gettext_lazy("Anybody may read it. Those who accept it compare it with this."),
        rows=5,
    )

    why = prose(
        gettext_lazy("Why a part that others took on is not done"),
        help_text=gettext_lazy("Its unit, and why the whole is done without it."),
        required=False,
    )

    def prepare(self) -> None:
        if not parts_open(self.shown.held.now):
            del self.fields["why"]


class FailedForm(StageForm):
    """Why it cannot be done."""

    words = prose(
        gettext_lazy("Why it cannot be done"),
        help_text=gettext_lazy("Who said no, or what is missing. It stays in the record for good."),
        rows=5,
    )


def chosen(shown: Shown) -> Option | None:
    """The option that is carried out."""
    return next((one for one in shown.options if one.pk == shown.topic.chosen_id), None)


def unit_name(shown: Shown) -> str:
    """Who has it now, "" for nobody."""
    attempt = shown.held.attempt
    return name_of(attempt.unit_id) if attempt else ""


def _is_given(shown: Shown) -> bool:
    return bool(shown.tally.get("unit"))


def _given(shown: Shown) -> Refusal | None:
    one = chosen(shown)
    facts = Assigned(unit="", option=one.uid if one else "")
    return foreseen(shown, "topic.assign", facts, ("already_assigned",))


def _not_given(shown: Shown) -> Refusal | None:
    facts = CarriedOut(done=False, words="")
    codes = ("not_assigned", "nothing_chosen")
    return foreseen(shown, "topic.report_failed", facts, codes)


def _not_yet_done(shown: Shown) -> Refusal | None:
    """Nobody has it, or it still runs on trial."""
    facts = CarriedOut(done=True, words=".")
    codes = ("not_assigned", "nothing_chosen", "trial_runs")
    return foreseen(shown, "topic.report_done", facts, codes)


def _option_shown(shown: Shown) -> dict[str, Any]:
    """The option, who has it, and for the choice of one what is not theirs to choose."""
    found: dict[str, Any] = {"option": chosen(shown), "unit": unit_name(shown)}
    if found["option"] is None:
        found["locked"] = say_locked(shown)
    return found


def _after_failing(shown: Shown) -> str:
    """Said before: back to whoever decided, on to the next that passed, or to its end."""
    after = ahead(shown, "topic.report_failed", CarriedOut(done=False, words="."))
    if after is not None and after.event.code == "topic.fell_back":
        following = next(one for one in shown.options if one.uid == after.topic.chosen)
        known = {"no": following.no, "title": following.title}
        return _("Then option %(no)s “%(title)s”, which passed too, is tried.") % known
    if is_spent(after):
        return _("It was tried as often as allowed. Then %(where)s.") % {
            "where": say_ahead(shown, after)
        }
    return _("Then it goes back to %(where)s, to choose again.") % {
        "where": say_ahead(shown, after)
    }


def _assign(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return staging.assign(ask, shown.topic.uid, given["unit"], given.get("option", ""))


CARRY_OUT = (
    Deed(
        "assign",
        "topic.assign",
        lambda: _("Who carries it out?"),
        lambda: _("Give it to them"),
        lambda: _("Given. They report when it is done, or why it cannot be."),
        AssignForm,
        _assign,
        ready=lambda shown: not _is_given(shown),
        barred=_given,
        more=_option_shown,
        mark="unit",
        papers=False,
        template=TEMPLATE,
    ),
    Deed(
        "done",
        "topic.report_done",
        lambda: _("What was done?"),
        lambda: _("Report it as done"),
        lambda: _("Reported as done. The topic has gone on."),
        DoneForm,
        lambda ask, shown, given: staging.report_done(
            ask, shown.topic.uid, given["words"], given.get("why", "")
        ),
        lead=lambda shown: _("Then others look at it: whoever did it does not accept it."),
        ready=lambda shown: _not_yet_done(shown) is None,
        barred=_not_yet_done,
        more=_option_shown,
        mark="done",
        template=TEMPLATE,
    ),
    Deed(
        "failed",
        "topic.report_failed",
        lambda: _("Why can it not be done?"),
        lambda: _("It cannot be done"),
        lambda: _("Reported, with the reason. It stays in the record."),
        FailedForm,
        lambda ask, shown, given: staging.report_failed(ask, shown.topic.uid, given["words"]),
        lead=_after_failing,
        ready=_is_given,
        barred=_not_given,
        more=_option_shown,
        mark="back",
        papers=False,
        template=TEMPLATE,
    ),
)
