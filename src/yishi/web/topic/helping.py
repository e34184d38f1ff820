"""呼叫响应: a unit is called for a part, takes it on or says why not, and reports it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import carrying
from yishi.core.refusal import Refusal
from yishi.core.topic.kinds.parts import Part, parts_of
from yishi.phrases.clock import say_by
from yishi.records.models import TopicTask
from yishi.records.queries.body import choose_body
from yishi.records.queries.topic_task import mine_open
from yishi.web.dates import DayField
from yishi.web.gate import ask_in
from yishi.web.topic.beside import Beside, BesideForm
from yishi.web.topic.fields import offer, pick, prose, yes_no
from yishi.web.topic.photo import photo_field, photo_in
from yishi.web.topic.shown import Shown


class CallForm(BesideForm):
    """Which unit, for what, until when."""

    unit = forms.ChoiceField(
        label=gettext_lazy("Which unit is called"),
        help_text=gettext_lazy("Departments, companies, the property firm and local units here."),
        error_messages={"required": gettext_lazy("Choose the unit.")},
    )
    words = prose(
        gettext_lazy("What it is asked to do"),
        help_text=gettext_lazy("Anybody may read it. Name no resident, no phone and no flat."),
    )
    by = DayField(
        label=gettext_lazy("By which day, where it is sooner than the whole"), required=False
    )

    def prepare(self) -> None:
        attempt, known = self.shown.held.attempt, parts_of(self.shown.held.now)
        lead = attempt.unit.uid if attempt else ""
        rows = choose_body(self.shown.topic.place)
        free = [(r["uid"], r["name"]) for r in rows if r["uid"] != lead and r["uid"] not in known]
        offer(self.fields["unit"], [("", _("Choose a unit")), *free])
        due = self.shown.topic.due_at
        if due is not None:
            self.fields["by"].help_text = _("The whole is due by %(due)s.") % {
                "due": say_by(due, self.shown.now)
            }


class _OfPart(BesideForm):
    """A form about one of the parts that are the viewer's to answer for."""

    state = Part.CALLED

    def offer_parts(self) -> None:
        """One part is taken as meant; of several one is chosen."""
        self.parts = mine_open(self.shown.actor, self.shown.held, self.state)
        if len(self.parts) == 1:
            del self.fields["part"]
            return
        named = [(r["uid"], f"{r['body_name']}：{r['words']}") for r in self.parts]
        offer(self.fields["part"], named)
        self.fields["part"].required = True
        self.fields["part"].error_messages["required"] = _("Choose which call it is about.")

    def clean(self) -> dict[str, Any]:
        """The part that is meant stands in `part`, chosen or not."""
        if len(self.parts) == 1:
            self.cleaned_data["part"] = self.parts[0]["uid"]
        return self.cleaned_data


class AnswerForm(_OfPart):
    """Taken on, or why not."""

    part = pick(gettext_lazy("Which call"))
    yes = yes_no(
        gettext_lazy("Does the unit take it on?"),
        gettext_lazy("Yes, we take it on"),
        gettext_lazy("No, we cannot"),
    )
    words = prose(
        gettext_lazy("How and when, or why not"),
        required=False,
        help_text=gettext_lazy("Needed where it is no. Anybody may read it."),
    )

    def prepare(self) -> None:
        self.offer_parts()


class PartForm(_OfPart):
    """Done with a photo, or not and why."""

    state = Part.TAKEN
    takes_files = True
    part = pick(gettext_lazy("Which part"))
    done = yes_no(
        gettext_lazy("Is the part done?"),
        gettext_lazy("Yes, it is done"),
        gettext_lazy("No, it cannot be done"),
    )
    words = prose(
        gettext_lazy("What was done, or why it cannot be"),
        help_text=gettext_lazy("Anybody may read it. Name no resident."),
    )
    photo = photo_field(
        gettext_lazy("A photo of what was done"), gettext_lazy("Needed where it is done.")
    )

    def prepare(self) -> None:
        self.offer_parts()


def apart(request: HttpRequest) -> Ask:
    """An ask that does not mind what others do to the topic meanwhile: it concerns one row."""
    return replace(ask_in(request), version=None)


def _call(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return carrying.call_unit(
        apart(request), shown.topic.uid, given["unit"], given["words"], given["by"]
    )


def _answer(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    yes = given["yes"] == "yes"
    return carrying.answer_call(
        apart(request), shown.topic.uid, given["part"], given["words"], yes=yes
    )


def _report(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    photo = photo_in(request, shown)
    if isinstance(photo, Refusal):
        return photo
    done = given["done"] == "yes"
    return carrying.report_task(
        apart(request), shown.topic.uid, given["part"], given["words"], photo, done=done
    )


def _asked_of(shown: Shown, form: Any) -> dict[str, Any]:
    """What the unit was asked, and by when: {asked}."""
    return {
        "asked": [
            {
                "unit": row["body_name"],
                "words": row["words"],
                "due": say_by(row["due_at"], shown.now) if row["due_at"] else "",
                "until": say_by(row["until_at"], shown.now) if row["until_at"] else "",
            }
            for row in form.parts
        ]
    }


def _none_open(act: str, state: Part, shown: Shown) -> Refusal | None:
    off = shown.off_course(act)
    if off is not None or mine_open(shown.actor, shown.held, state):
        return off
    known = TopicTask.objects.filter(attempt=shown.held.attempt).exists()
    return Refusal("call_answered" if known else "part_unknown", source=shown.stage.id)


def _not_given(shown: Shown) -> Refusal | None:
    off = shown.off_course("topic.call_unit")
    if off is None and shown.held.attempt is None:
        return Refusal("not_assigned", 1, 0, "unit", shown.stage.id)
    return off


def may_call(shown: Shown) -> bool:
    """Whether a unit may be called for now."""
    return shown.held.attempt is not None


DEEDS = (
    Beside(
        "call",
        "topic.call_unit",
        lambda shown: _("Which other unit has to help?"),
        lambda: _("Call it"),
        lambda: _("Called. It answers within the time the rules give."),
        CallForm,
        _call,
        before=lambda shown: [
            _("The unit is told at once, and takes its part on or says why not."),
            _("Until every part is done, who leads reports the whole only with a reason."),
        ],
        closed=_not_given,
        mark="send",
    ),
    Beside(
        "answer-call",
        "topic.answer_call",
        lambda shown: _("Does our unit take this on?"),
        lambda: _("Answer"),
        lambda: _("Answered. Who called is told."),
        AnswerForm,
        _answer,
        more=_asked_of,
        closed=partial(_none_open, "topic.answer_call", Part.CALLED),
        mark="check",
    ),
    Beside(
        "part",
        "topic.report_task",
        lambda shown: _("What came of our part?"),
        lambda: _("Report it"),
        lambda: _("Reported. Who leads is told."),
        PartForm,
        _report,
        more=_asked_of,
        closed=partial(_none_open, "topic.report_task", Part.TAKEN),
        mark="done",
    ),
)
