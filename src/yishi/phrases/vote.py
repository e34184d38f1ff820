"""A vote by roll in words: how it stands, who has a vote, by which ways, choices and areas."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import Choose, Stage, Unit, Voting
from yishi.core.method.measure import Bar, Of
from yishi.core.vote.now import Choice, VoteState, Way
from yishi.core.vote.view import Wrong
from yishi.phrases.ballot import say_counting, say_most
from yishi.phrases.clock import say_by, say_exact_by
from yishi.phrases.method import say_span, say_tie
from yishi.phrases.rule_file import say_source

M2 = 10_000  # square centimetres of a square metre
DOOR_MARKS = {
    "delivered": ("check", "act"),
    "absent": ("waiting", "soon"),
    "refused": ("flag", ""),
    "collected": ("back", "soon"),
}
Line = dict[str, str]


def say_vote_state(state: str, outcome: str = "") -> dict[str, str]:
    """How a vote stands, as a tag: {word, mark, kind}."""
    if state == VoteState.DECIDED:
        return _tag(*_outcomes().get(outcome, (_("Decided by vote"), "done", "done")))
    return _tag(
        *{
            VoteState.ROLL: (_("The roll is on view"), "people", "act"),
            VoteState.OPEN: (_("Voting is open"), "check", "act"),
            VoteState.COUNTING: (_("Being counted"), "waiting", "soon"),
            VoteState.HANDED: (_("Held in the city's system"), "out", "soon"),
            VoteState.VOID: (_("Counts for nothing"), "refuse", "soon"),
        }[VoteState(state)]
    )


def _outcomes() -> dict[str, tuple[str, str, str]]:
    return {
        "passed": (_("Passed"), "done", "done"),
        "failed": (_("Not passed"), "refuse", "soon"),
        "tied": (_("As many votes: nothing passed"), "refuse", "soon"),
    }


def say_outcome(outcome: str) -> str:
    """What a vote came to, within a sentence."""
    words: dict[str, str] = {
        "passed": _("passed"),
        "failed": _("not passed"),
        "tied": _("as many votes for two options, so none passed"),
        "void": _("too few took part, so it counts for nothing"),
    }
    return words.get(outcome, outcome)


def _tag(word: str, mark: str, kind: str) -> dict[str, str]:
    return {"word": word, "mark": mark, "kind": kind}


def say_choice(choice: str) -> str:
    """What a voter says of an option."""
    return {
        Choice.FOR: _("For it"),
        Choice.AGAINST: _("Against it"),
        Choice.ABSTAIN: _("Abstained"),
    }[Choice(choice)]


def say_way(way: str) -> str:
    """How a vote came in."""
    if way == "":
        return _("in the city's system")
    words: dict[str, str] = {
        Way.ONLINE: _("on-line"),
        Way.PAPER: _("on paper, into the box"),
        Way.DOOR: _("on paper, collected at the door by two"),
        Way.HANDS: _("by a show of hands"),
    }
    return words.get(way, way)


def say_ways(ways: Iterable[str]) -> str:
    """The ways a vote may come in."""
    return _("; ").join(say_way(way) for way in ways)


def say_unit(unit: str) -> str:
    """Who has one vote."""
    return {
        Unit.PERSON: _("Each resident has one vote"),
        Unit.HOUSEHOLD: _("Each household has one vote"),
        Unit.DELEGATE: _("Each who has a seat has one vote"),
        Unit.OWNER: _("Owners, counted by heads and by the area they own"),
    }[Unit(unit)]


def say_lines(unit: str, number: int) -> str:
    """So many lines of a roll, as what they are."""
    words = {
        Unit.PERSON: _("%(n)s residents"),
        Unit.HOUSEHOLD: _("%(n)s households"),
        Unit.DELEGATE: _("%(n)s with a seat"),
        Unit.OWNER: _("%(n)s owners"),
    }[Unit(unit)]
    return words % {"n": number}


def say_roll_name(unit: str) -> str:
    """What the roll is called on paper."""
    return _("Roll of owners") if unit == Unit.OWNER else _("Roll of voters")


def say_secret(*, secret: bool) -> str:
    """Whether anybody sees who chose what."""
    return (
        _("A secret ballot: it is kept that you voted, not what you chose")
        if secret
        else _("By name: whoever counts sees who chose what")
    )


def say_choose(choose: str) -> str:
    """How the options are voted on."""
    return {
        Choose.EACH: _("Each option is voted on by itself"),
        Choose.ONE: _("One of the options is chosen"),
    }[Choose(choose)]


def say_area(cm2: int) -> str:
    """An area in square metres, to the last square centimetre that counts: 1,234.56 m²."""
    whole, rest = divmod(cm2, M2)
    decimals = f"{rest:04}".rstrip("0")
    return _("%(area)s m²") % {"area": f"{whole:,}" + (f".{decimals}" if decimals else "")}


def say_bar_of(bar: Bar, by: str) -> str:
    """A share of the roll, or of those who take part, by heads or by area."""
    words = {
        (Of.SEATS, "heads", True): _("more than %(share)s of all on the roll"),
        (Of.SEATS, "heads", False): _("at least %(share)s of all on the roll"),
        (Of.SEATS, "area", True): _("more than %(share)s of the whole area"),
        (Of.SEATS, "area", False): _("at least %(share)s of the whole area"),
        (Of.PRESENT, "heads", True): _("more than %(share)s of those who take part"),
        (Of.PRESENT, "heads", False): _("at least %(share)s of those who take part"),
        (Of.PRESENT, "area", True): _("more than %(share)s of the area that takes part"),
        (Of.PRESENT, "area", False): _("at least %(share)s of the area that takes part"),
    }[bar.of, by, bar.more_than]
    return words % {"share": bar.share}


def sides_of(unit: str) -> tuple[str, ...]:
    """By what is counted: heads, and of owners area."""
    return ("heads", "area") if unit == Unit.OWNER else ("heads",)


def say_side(by: str) -> str:
    """By what is counted."""
    return _("By area") if by == "area" else _("By heads")


def say_amount(by: str, number: int, unit: str) -> str:
    """A number of lines, or an area."""
    return say_area(number) if by == "area" else say_lines(unit, number)


def _projects(voting: Voting) -> list[Line]:
    """How a ballot is filled in and, of a round, by which rule its projects win."""
    if voting.ballot is None:
        return [_line(_("How it is chosen"), say_choose(voting.choose))]
    most, counting = voting.most, voting.counting
    how = say_most(voting.ballot, most.number if most else 0)
    told = [_line(_("How it is chosen"), how, most.source if most else "")]
    if counting is not None:
        told.append(_line(_("Counted by"), say_counting(counting), counting.source))
    return told


def say_rule(
    stage: Stage,
    voting: Voting,
    voters: int,
    area_cm2: int,
    until: datetime | None,
    now: datetime,
) -> list[Line]:
    """The rule of a vote line by line, each number with its source, for `pieces/lines.html`.
    `voters`, `area_cm2`: what the roll comes to, 0 before there is one."""
    unit = voting.unit
    told = [_line(_("Who has a vote"), say_unit(unit))]
    wholes = {"heads": voters, "area": area_cm2}
    for by in sides_of(unit):
        if stage.quorum is not None:
            told.append(
                _line(
                    _("Has to take part, %(by)s") % {"by": say_side(by).lower()},
                    _needs(stage.quorum, by, wholes[by], unit),
                    stage.quorum.source,
                )
            )
    for by in sides_of(unit):
        if stage.threshold is not None:
            told.append(
                _line(
                    _("Has to be for it, %(by)s") % {"by": say_side(by).lower()},
                    say_bar_of(stage.threshold, by),
                    stage.threshold.source,
                )
            )
    told += _projects(voting)
    if voting.ballot is not None:
        lot = _("the lowest cost, then the most votes, then a lot drawn as the vote opens")
        told.append(_line(_("A tie"), lot))
    elif stage.tie is not None:
        told.append(_line(_("A tie"), say_tie(stage.tie)))
    told.append(_line(_("Secret or by name"), say_secret(secret=voting.secret)))
    told.append(_line(_("Ways to vote"), say_ways(voting.ways)))
    if voting.roll is not None:
        told.append(_line(_("The roll is on view for"), say_span(voting.roll), voting.roll.source))
    told.append(_line(_("Voting lasts"), say_span(voting.period), voting.period.source))
    if voting.proxies is not None:
        told.append(
            _line(
                _("One may vote for others"),
                _("for %(n)s at most, in writing") % {"n": voting.proxies.number},
                voting.proxies.source,
            )
        )
    else:
        told.append(_line(_("One may vote for others"), _("no")))
    if until is not None:
        runs = _("Open until") if now < until else _("Was open until")
        told.append(_line(runs, say_by(until, now)) | {"exact": say_exact_by(until)})
    return told


def _needs(bar: Bar, by: str, whole: int, unit: str) -> str:
    said = say_bar_of(bar, by)
    if not whole:
        return said
    known = {
        "bar": said,
        "need": say_amount(by, bar.need(whole), unit),
        "whole": say_amount(by, whole, unit),
    }
    return _("%(bar)s: %(need)s of %(whole)s") % known


def _line(text: str, value: str, source: str = "") -> Line:
    return {"text": text, "value": value, "source": say_source(source) if source else ""}


def say_wrong(kind: str) -> str:
    """What is wrong with a roll."""
    words: dict[str, str] = {
        Wrong.MISSING: _("Somebody is missing on it"),
        Wrong.NOT_ENTITLED: _("Somebody stands on it who has no vote"),
        Wrong.AREA: _("An area is wrong"),
    }
    return words.get(kind, kind)


def say_proxy_bar(bar: str) -> str:
    """What keeps a line from voting for another."""
    return {
        "same": _("nobody is their own proxy"),
        "given": _("this vote has been entrusted already"),
        "giver_holds": _("who votes for others does not pass their own vote on"),
        "holder_gave": _("who has entrusted their own vote votes for nobody else"),
        "candidate": _("who is voted on votes for nobody else"),
    }.get(bar, bar)


def say_found(found: str) -> dict[str, Any]:
    """What was found at a door, as a tag."""
    word = {
        "delivered": _("Delivered"),
        "absent": _("Nobody in"),
        "refused": _("Did not take it"),
        # Shown of a line that is not in: what was collected there is marked, unless withdrawn.
        "collected": _("Mark withdrawn"),
    }.get(found, "")
    mark, kind = DOOR_MARKS.get(found, ("", ""))
    return {"word": word, "mark": mark, "kind": kind}
