"""A topic in words: its state, where it stands and by when, whose it is, how it ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yishi.core.caserules import Text
from yishi.core.topic.now import OptionState, Outcome, TopicState
from yishi.phrases.clock import say_by
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text

# Word, mark, kind.
_STATES: dict[str, tuple[str, str, str]] = {
    TopicState.PROPOSED: (gettext_noop("Awaits its review"), "waiting", "waiting"),
    TopicState.RUNNING: (gettext_noop("Under way"), "talk", "act"),
    TopicState.ENDED: (gettext_noop("At its end"), "done", "done"),
}
_OPTIONS: dict[str, tuple[str, str, str]] = {
    OptionState.OPEN: (gettext_noop("Open to choice"), "", ""),
    OptionState.CHOSEN: (gettext_noop("Chosen to be done"), "check", "act"),
    OptionState.FAILED: (gettext_noop("Could not be done"), "refuse", "soon"),
    OptionState.DONE: (gettext_noop("Has been done"), "done", "done"),
}
# Ended without anything carried out: told in public, and no success.
_ONLY_ENDED = (gettext_noop("At its end"), "board", "")
_PASSED_OVER = (gettext_noop("Was not chosen"), "", "")


def say_topic_state(state: str, *, is_carried_out: bool = False) -> dict[str, str]:
    """A tag {word, mark, kind} for the state of a topic; the tick only where it was carried out."""
    if state == TopicState.ENDED and not is_carried_out:
        return _tag(_ONLY_ENDED)
    return _tag(_STATES[TopicState(state)])


def say_option_state(state: str, topic: str = TopicState.RUNNING) -> dict[str, str]:
    """A tag {word, mark, kind} for the state of an option of a topic in the state `topic`."""
    if state == OptionState.OPEN and topic == TopicState.ENDED:
        return _tag(_PASSED_OVER)
    return _tag(_OPTIONS[OptionState(state)])


def say_kept_text(kept: Mapping[str, str] | None) -> str:
    """A text of a method as a row keeps it, {zh, en}, in the reader's language."""
    return say_text(Text(kept["zh"], kept.get("en", ""))) if kept else ""


def say_topic_standing(
    state: str,
    stage: str,
    lead: str,
    due_at: datetime | None,
    now: datetime,
    outcome: str = "",
) -> str:
    """One sentence for everybody: where it stands, who leads, by when the next step comes.

    `stage`, `outcome`: in words; `lead`: the kind of body that leads the stage.
    """
    if state == TopicState.PROPOSED:
        return _("Waiting for the community party organisation to review it")
    if state == TopicState.ENDED:
        return _("It has ended: %(outcome)s") % {"outcome": outcome}
    said = {"stage": stage, "lead": say_kind(lead), "by": say_by(due_at, now) if due_at else ""}
    if due_at is None:
        return _("It stands at “%(stage)s”, led by: %(lead)s") % said
    if due_at <= now:
        return _("It stands at “%(stage)s”, led by: %(lead)s; it was due by %(by)s") % said
    return _("It stands at “%(stage)s”, led by: %(lead)s; by %(by)s at the latest") % said


def say_outcome(outcome: str, name: Mapping[str, str] | None) -> str:
    """How a topic ended: the end of its procedure by its name, or what its review said."""
    words: dict[str, str] = {
        Outcome.DECLINED: _("it was not taken up"),
        Outcome.HANDED_OVER: _("it is somebody's duty and was handed over"),
        Outcome.TO_OWNERS: _("it is for the owners to decide together"),
        Outcome.PRIVATE: _("it is a private matter and was helped with"),
        Outcome.WITHDRAWN: _("whoever proposed it withdrew it"),
    }
    return say_kept_text(name) or words.get(outcome, outcome)


def say_competence(competence: str) -> str:
    """Whose a matter is to decide, and what that means for a vote."""
    return {
        "residents": _("The residents' own affair: they decide it themselves"),
        "owners": _("The owners decide it together; residents' bodies do not vote on it"),
        "duty": _("A duty of a department or a unit: it is done, not voted on"),
    }.get(competence, _("Not placed yet; its review says whose it is"))


def say_raised_as(raised_as: str) -> str:
    """Who raised it, without a name."""
    return {
        "desk": _("The community desk"),
        "cases": _("From matters that residents raised"),
    }.get(raised_as, _("A resident of the community"))


def say_voice_kind(kind: str) -> str:
    """What was said on it: a comment on a plan, or an objection to a notice."""
    return _("Objection to it") if kind == "objection" else _("Comment on it")


def say_score(code: str) -> str:
    """What somebody concerned says of the result."""
    return {
        "satisfied": _("Is satisfied"),
        "basically": _("Is basically satisfied"),
        "dissatisfied": _("Is not satisfied"),
        "unreached": _("Could not be reached"),
    }.get(code, code)


def say_part_state(code: str) -> dict[str, str]:
    """How a part of carrying out stands: {word, mark, kind}."""
    word, mark, kind = {
        "called": (_("Called, not answered yet"), "send", "act"),
        "taken": (_("Has taken it on"), "unit", "act"),
        "declined": (_("Could not take it on"), "refuse", "soon"),
        "done": (_("Its part is done"), "done", "done"),
        "failed": (_("Its part could not be done"), "refuse", "soon"),
    }.get(code, (_("Broken off"), "flag", "soon"))
    return {"word": word, "mark": mark, "kind": kind}


def say_deed(act: str) -> str:
    """An act on a topic as a button asks for it; "" where no button does."""
    return {
        "topic.collect": _("Enter who was heard"),
        "topic.end_collecting": _("End the collecting"),
        "topic.end_projects": _("End the step for all projects"),
        "topic.screen": _("Enter the screening"),
        "topic.confer": _("Enter the conferring"),
        "topic.meet": _("Enter the meeting of all sides"),
        "topic.post": _("Enter that it hangs out"),
        "topic.end_posting": _("End the period"),
        "topic.comment": _("Comment on this"),
        "topic.object": _("Object to this"),
        "topic.answer_comment": _("Answer a comment"),
        "topic.take_up_comment": _("Take up a comment in the text"),
        "topic.call_at_doors": _("Enter calls at doors"),
        "topic.change_option": _("Change the text of an option"),
        "topic.rule_objection": _("Rule on an objection"),
        "topic.consent": _("Enter a consent"),
        "topic.count": _("Enter the count of hands"),
        "topic.confirm": _("Count again and confirm"),
        "topic.open_roll": _("Make the roll"),
        "topic.open_vote": _("Open the vote"),
        "topic.close_vote": _("Close the vote and count"),
        "topic.hand_vote": _("Hand it to the city's own system"),
        "topic.bring_result": _("Bring the result back"),
        "topic.assign": _("Give it to a unit"),
        "topic.report_done": _("Report that it has been done"),
        "topic.report_failed": _("Report that it cannot be done"),
        "topic.call_unit": _("Call a unit for a part"),
        "topic.answer_call": _("Answer the call"),
        "topic.report_task": _("Report our part"),
        "topic.watch": _("Write what we saw"),
        "topic.call_back": _("Enter a call back"),
        "topic.score": _("Say how satisfied you are"),
        "topic.accept": _("Enter the inspection"),
        "topic.publish": _("Publish the outcome"),
        "topic.appraise": _("Enter the scores"),
        "topic.review": _("Review this topic"),
        "topic.add_option": _("Add one more option"),
        "topic.attach": _("Attach a paper"),
        "topic.override": _("Take it to another step, with a public reason"),
        "topic.move_method": _("Move it to the newer method"),
        "topic.withdraw": _("Withdraw the topic"),
    }.get(act, "")


def _tag(row: tuple[str, str, str]) -> dict[str, Any]:
    return {"word": _(row[0]), "mark": row[1], "kind": row[2]}
