"""What the rooms of a procedure are: how a vote is held, of which form a meeting is, who looks on,
who is called back, what is carried to the doors."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import Choose, Rhythm, Stage, Unit, Voting
from yishi.phrases.ballot import say_ballot, say_counting, say_most
from yishi.phrases.meeting_form import say_form
from yishi.phrases.method import say_span
from yishi.phrases.place import say_kind
from yishi.phrases.vote import say_choose, say_unit, say_ways

DOT = " · "


def say_vote_note(stage: Stage) -> str:
    """How a vote is held, in a word or two for a drawing: one vote a household, secret."""
    voting = stage.voting
    if voting is None:
        return ""
    unit = {
        Unit.PERSON: _("one vote a person"),
        Unit.HOUSEHOLD: _("one vote a household"),
        Unit.DELEGATE: _("one vote a seat"),
        Unit.OWNER: _("heads and area"),
    }[voting.unit]
    more = [_("secret")] if voting.secret else []
    more += [_("one is chosen")] if voting.choose is Choose.ONE else []
    more += [say_ballot(voting.ballot)] if voting.ballot else []
    return DOT.join([unit, *more])


def say_room(stage: Stage) -> str:
    """Everything of a room that is not said elsewhere, in a row; "" for nothing."""
    said = [say_form(stage.form)] if stage.form else []
    if stage.rules_first:
        said.append(_("rules first, options after"))
    if stage.voting:
        said.append(say_voting(stage.voting))
    if stage.doors:
        said.append(_("carried to every door"))
    if stage.watch:
        bodies = _(", ").join(say_kind(body.value) for body in stage.watch)
        said.append(_("%(bodies)s looks on") % {"bodies": bodies})
    if stage.calls:
        said.append(_("%(n)s called back") % {"n": stage.calls.number})
    return _("; ").join(said)


def say_voting(voting: Voting) -> str:
    """How a vote by roll is held, in a row."""
    said = [say_unit(voting.unit), say_is_secret(voting.secret)]
    said += _say_projects(voting) if voting.ballot else [say_choose(voting.choose)]
    said.append(say_ways(voting.ways))
    if voting.roll:
        said.append(_("its roll is on view for %(span)s") % {"span": say_span(voting.roll)})
    said.append(_("open for %(period)s") % {"period": say_span(voting.period)})
    if voting.proxies:
        said.append(_("for %(n)s others at most, in writing") % {"n": voting.proxies.number})
    if voting.handed:
        said.append(_("may be held in the city's own system"))
    return _("; ").join(said)


def _say_projects(voting: Voting) -> list[str]:
    """How a ballot of projects is filled in, and by which rule they win."""
    assert voting.ballot is not None
    said = [say_ballot(voting.ballot)]
    if voting.most:
        said.append(say_most(voting.ballot, voting.most.number).rstrip("。."))
    if voting.counting:
        said.append(_("counted by: %(rule)s") % {"rule": say_counting(voting.counting)})
    return said


def say_is_secret(secret: bool) -> str:
    """Whether a vote is secret, in a word."""
    return _("secret") if secret else _("by name")


def say_meeting(one: Rhythm) -> str:
    """Of which form a meeting that comes round is, and who is called to it; "" for neither."""
    said = [say_form(one.form)] if one.form else []
    if one.calls:
        bodies = _(", ").join(say_kind(body.value) for body in one.calls)
        said.append(_("called: %(bodies)s") % {"bodies": bodies})
    return _("; ").join(said)


def say_text_of(text: str) -> str:
    """Which text of the community's own a procedure settles."""
    return {"charter": _("the residents' charter"), "covenant": _("the residents' covenant")}.get(
        text, text
    )


def say_key(name: str) -> str:
    """A part of how a vote is held, as `voting.unit`, by its name; "" for another."""
    return {
        "voting.unit": _("who has one vote"),
        "voting.ways": _("ways to vote"),
        "voting.secret": _("secret or by name"),
        "voting.choose": _("how options are voted on"),
        "voting.period": _("how long the vote is open"),
        "voting.roll": _("how long the roll is on view"),
        "voting.proxies": _("for how many others one may vote"),
        "voting.handed": _("held in the city's own system"),
        "voting.ballot": _("how a ballot of projects is filled in"),
        "voting.most": _("how many projects, or how many points"),
        "voting.counting": _("by which rule projects win"),
    }.get(name, "")


# How the value of a field is said, where it is not said as any other.
SAID: Mapping[str, Callable[[Any], str]] = {
    "form": say_form,
    "text": say_text_of,
    "voting": say_voting,
    "voting.unit": say_unit,
    "voting.ways": say_ways,
    "voting.secret": say_is_secret,
    "voting.choose": say_choose,
    "voting.ballot": lambda kind: say_ballot(kind) if kind else "",
    "voting.counting": lambda counting: say_counting(counting) if counting else "",
}
