"""Meetings in words: their forms and states, who is called, how somebody signed in."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from yishi.core.meeting.items import Side
from yishi.core.meeting.now import ItemState, MeetingState
from yishi.core.meeting.sitting import Comes, Count, Part, Told
from yishi.core.method.measure import Limit
from yishi.phrases.method import say_span, say_with_source
from yishi.phrases.place import say_kind
from yishi.phrases.rule_file import say_source


def say_meeting_state(state: str) -> dict[str, str]:
    """The tag of a meeting: {word, mark, kind}."""
    return {
        MeetingState.CALLED.value: {"word": _("Notice is out"), "mark": "clock", "kind": "act"},
        MeetingState.SITTING.value: {"word": _("In session now"), "mark": "people", "kind": "act"},
        MeetingState.FAILED.value: {"word": _("Too few came"), "mark": "soon", "kind": "soon"},
        MeetingState.CLOSED.value: {
            "word": _("To be signed off"),
            "mark": "soon",
            "kind": "soon",
        },
        MeetingState.SIGNED.value: {"word": _("Signed off"), "mark": "done", "kind": "done"},
        MeetingState.CANCELLED.value: {"word": _("Called off"), "mark": "refuse", "kind": ""},
    }.get(state, {"word": state, "mark": "", "kind": ""})


def say_item_state(state: str) -> dict[str, str]:
    """What came of an item, as a tag: {word, mark, kind}."""
    return {
        ItemState.OPEN.value: {"word": _("Still to be taken"), "mark": "waiting", "kind": ""},
        ItemState.SETTLED.value: {
            "word": _("Settled at the meeting"),
            "mark": "done",
            "kind": "done",
        },
        ItemState.LISTED.value: {"word": _("On the dated list"), "mark": "clock", "kind": "soon"},
        ItemState.CARRIED.value: {"word": _("On in its procedure"), "mark": "next", "kind": "act"},
        ItemState.PUT_OFF.value: {"word": _("Put off"), "mark": "soon", "kind": "soon"},
    }.get(state, {"word": state, "mark": "", "kind": ""})


def say_part(part: str) -> str:
    """As what somebody is called, or sits there."""
    return {
        Part.DECIDES.value: _("Decides"),
        Part.PARTY.value: _("Takes part"),
        Part.OBSERVER.value: _("Sits in"),
        Part.GUEST.value: _("Guest"),
    }.get(part, part)


def say_told(how: str) -> str:
    """How somebody was told of a meeting, "" for not yet."""
    return {
        Told.MESSAGE.value: _("message"),
        Told.PHONE.value: _("phone"),
        Told.DOOR.value: _("at the door"),
        Told.PAPER.value: _("on paper"),
    }.get(how, how)


def say_coming(answer: str) -> dict[str, str]:
    """What an invitee answered, as a tag: {word, mark, kind}."""
    return {
        Comes.COMES.value: {"word": _("Says they come"), "mark": "check", "kind": "done"},
        Comes.AWAY.value: {"word": _("Cannot come"), "mark": "refuse", "kind": "soon"},
        "": {"word": _("No answer yet"), "mark": "waiting", "kind": ""},
    }.get(answer, {"word": answer, "mark": "", "kind": ""})


def say_came() -> dict[str, str]:
    """That a body called was there, as a tag."""
    return {"word": _("Was there"), "mark": "check", "kind": "done"}


def say_way(way: str) -> str:
    """How somebody signed in."""
    return {"code": _("by the code"), "desk": _("at the desk")}.get(way, way)


def say_side(side: str) -> str:
    """What a statement is."""
    return {
        Side.FOR.value: _("For it"),
        Side.AGAINST.value: _("Against it"),
        Side.ADVICE.value: _("Advice in writing"),
        Side.SAID.value: _("Said"),
    }.get(side, side)


def say_limit(limit: Limit) -> str:
    """A length of time with where it comes from."""
    return say_with_source(say_span(limit), limit.source)


def say_counts(counts: Sequence[Count]) -> list[dict[str, str]]:
    """The quorum as `pieces/lines.html`, body by body: how many came of how many, how many it
    takes, by which rule."""
    lines = []
    for one in counts:
        known = {"body": say_kind(one.body), "seats": one.seats, "n": one.present, "need": one.need}
        lines += [
            {
                "text": _("%(body)s: %(seats)s seats, it takes") % known,
                "value": _("%(need)s people") % known,
                "source": say_source(one.source) if one.source else "",
            },
            {"text": _("Of these signed in"), "value": _("%(n)s people") % known, "source": ""},
        ]
    return lines


def say_quorate(counts: Sequence[Count]) -> dict[str, str]:
    """Whether enough are there, in one sentence: {words, kind}."""
    short = [one for one in counts if not one.met]
    if not counts:
        return {"words": _("This form of meeting asks for no quorum."), "kind": ""}
    if not short:
        return {"words": _("Enough are there; the meeting counts."), "kind": "done"}
    missing = [
        _("%(body)s, %(n)s more") % {"body": say_kind(one.body), "n": one.need - one.present}
        for one in short
    ]
    return {"words": _("Still missing: %(who)s") % {"who": _(", ").join(missing)}, "kind": "soon"}


def say_scores(scores: Mapping[str, int]) -> str:
    """What an item was scored with by those who were there; "" where it was not."""
    if not scores:
        return ""
    said = _(
        "%(n)s scored it: %(satisfied)s satisfied, %(basically)s basically satisfied, "
        "%(dissatisfied)s dissatisfied"
    )
    return said % {**scores, "n": sum(scores.values())}
