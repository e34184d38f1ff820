"""An item that is a topic in a stage people meet in: one act moves the topic by its procedure and
ends the item, with those counted who signed in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.meeting import topics
from yishi.acts.meeting.made import moves, stage_of
from yishi.core.method.language import Edge, Stage, StageKind
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.phrases.place import say_kind
from yishi.records.models import AgendaItem
from yishi.records.queries.meeting_call import open_options
from yishi.web.case.forms import offer, prose
from yishi.web.meeting.deed import About, Deed
from yishi.web.meeting.forms import MeetingForm
from yishi.web.topic.fields import count_of


def meets(item: AgendaItem) -> Stage | None:
    """The stage its topic stands in where people meet in it; None for any other item."""
    stage = stage_of(item.topic)
    return stage if moves(stage) else None


class MeetForm(MeetingForm):
    """What came of sitting down over a topic."""

    result = forms.ChoiceField(label=gettext_lazy("What came of it"), widget=forms.RadioSelect)
    option = forms.ChoiceField(label=gettext_lazy("Which option they agreed on"), required=False)
    words = prose(
        gettext_lazy("What was agreed, who does it, by when"),
        help_text=gettext_lazy("Written down while everybody is there."),
        rows=3,
    )

    def prepare(self) -> None:
        stage: Stage = self.offered["stage"]
        results = [("agreed", _("They agreed; it goes on")), ("no", _("They did not agree"))]
        if Edge.SETTLED in stage.to:
            results.insert(0, ("settled", _("Settled on the spot; nothing more is to be done")))
        offer(self.fields["result"], results)
        _options(self)


class ConferForm(MeetingForm):
    """How many of each body agreed, of those who signed in."""

    option = forms.ChoiceField(label=gettext_lazy("Which option they agreed on"), required=False)
    words = prose(gettext_lazy("What was said and settled"), rows=3)
    dissent = prose(gettext_lazy("What was said against it"), required=False, rows=2)

    def prepare(self) -> None:
        present: Mapping[BodyKind, int] = self.offered["present"]
        stage: Stage = self.offered["stage"]
        for body in stage.decides:
            here = present.get(body, 0)
            label = _("%(body)s: how many of the %(n)s signed in agreed")
            known = {"body": say_kind(body), "n": here}
            self.fields[f"agreed_{body}"] = count_of(body, here, label % known)
        self.order_fields([f"agreed_{body}" for body in stage.decides])
        _options(self)


def _options(form: MeetingForm) -> None:
    found = form.offered["options"]
    if found:
        offer(form.fields["option"], [("", _("None in particular")), *found])
    else:
        del form.fields["option"]


def _offered(about: About) -> dict[str, Any]:
    assert about.item is not None
    topic, stage = about.item.topic, meets(about.item)
    rules_only = stage is not None and stage.rules_first
    return {
        "stage": stage,
        "present": about.shown.held.present,
        "options": open_options(topic.pk) if topic and not rules_only else [],
    }


def _meet(ask: Ask, about: About, given: Mapping[str, Any]) -> Done | Refusal:
    assert about.item is not None
    return topics.meet_item(
        ask,
        about.item.uid,
        given["words"],
        agreed=given["result"] != "no",
        settled=given["result"] == "settled",
        option=given.get("option", ""),
    )


def _confer(ask: Ask, about: About, given: Mapping[str, Any]) -> Done | Refusal:
    assert about.item is not None
    stage = meets(about.item)
    agreed = {body: given[f"agreed_{body}"] for body in stage.decides} if stage else {}
    words, dissent = given["words"], given["dissent"]
    return topics.confer_item(ask, about.item.uid, agreed, words, dissent, given.get("option", ""))


MEET = Deed(
    "meet",
    "meeting.settle_item",
    lambda: _("What came of it?"),
    lambda: _("What came of it"),
    lambda: _("Enter what came of it"),
    lambda done: _("Entered. The topic has gone on to where the procedure leads."),
    MeetForm,
    _meet,
    offered=_offered,
    of_item=True,
    mark="check",
)
CONFER = Deed(
    "confer",
    "meeting.settle_item",
    lambda: _("How many agreed?"),
    lambda: _("What came of the talk"),
    lambda: _("Enter what came of it"),
    lambda done: _("Entered. The topic has gone on to where the procedure leads."),
    ConferForm,
    _confer,
    offered=_offered,
    of_item=True,
    mark="check",
)
ON_TOPIC = (MEET, CONFER)


def deed_for(item: AgendaItem) -> Deed | None:
    """The one deed by which such an item ends."""
    stage = meets(item)
    if stage is None:
        return None
    return CONFER if stage.kind is StageKind.CONFER else MEET
