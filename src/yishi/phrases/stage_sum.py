"""The sum of a stage, worked out for the seats of today: who must be there, who must agree."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import Stage, StageKind
from yishi.core.method.measure import Bar, Of
from yishi.core.place import BodyKind
from yishi.phrases.clock import say_by, say_exact_by
from yishi.phrases.method import say_bar, say_span
from yishi.phrases.method_text import say_bodies
from yishi.phrases.place import say_kind
from yishi.phrases.rule_file import say_source

Line = dict[str, str]


def say_sum(
    stage: Stage, seats: Mapping[BodyKind, int], tally: Mapping[str, Any], now: datetime
) -> list[list[Line]]:
    """Sums for `pieces/lines.html`, one for each body that meets for itself: each number a stage
    asks for, with its source. Empty where it asks for none."""
    told = {
        StageKind.COLLECT: lambda: [_called(stage) if stage.by_project else _heard(stage, tally)],
        StageKind.ACCEPT: lambda: [_least(stage, _("Go and look"))],
        StageKind.APPRAISE: lambda: [_scored(stage)],
        StageKind.COMMENT: lambda: [_posted(stage, tally, now)],
        StageKind.NOTICE: lambda: [_posted(stage, tally, now)],
        StageKind.CONSENT: lambda: [_consent(stage, tally)],
        StageKind.VOTE: lambda: [_together(stage, seats)] if stage.voting is None else [],
    }.get(stage.kind, lambda: _each(stage, seats))()
    if stage.must_come:
        told.insert(0, [_line(_("Has to come"), say_bodies(stage.must_come))])
    return [lines for lines in told if lines]


def _line(text: str, value: str = "", source: str = "") -> Line:
    return {"text": text, "value": value, "source": say_source(source) if source else ""}


def _people(number: int) -> str:
    return _("%(n)s people") % {"n": number}


def _heard(stage: Stage, tally: Mapping[str, Any]) -> list[Line]:
    assert stage.least is not None
    heard = int(tally.get("people", 0))
    left = max(0, stage.least.number - heard)
    return [
        _line(_("Must be heard, at least"), _people(stage.least.number), stage.least.source),
        _line(_("Heard so far"), _people(heard)),
        _line(_("Still missing"), _people(left)) if left else _line(_("Enough were heard")),
    ]


def _called(stage: Stage) -> list[Line]:
    assert stage.period is not None
    return [_line(_("Proposals are taken for"), say_span(stage.period), stage.period.source)]


def _least(stage: Stage, text: str) -> list[Line]:
    assert stage.least is not None
    value = _("at least %(n)s people") % {"n": stage.least.number}
    return [_line(text, value, stage.least.source)]


def _scored(stage: Stage) -> list[Line]:
    assert stage.least is not None
    told = _least(stage, _("Score it"))
    if stage.threshold is not None:
        least = stage.least.number
        text = _("At least basically satisfied: %(bar)s") % {"bar": say_bar(stage.threshold)}
        value = _("of %(here)s scores %(need)s") % {
            "here": least,
            "need": stage.threshold.need(least),
        }
        told.append(_line(text, value, stage.threshold.source))
    if stage.by_project:
        told.append(_line(_("Scored by fewer until its time is over, it counts as neither")))
    return told


def _posted(stage: Stage, tally: Mapping[str, Any], now: datetime) -> list[Line]:
    assert stage.period is not None
    told = [_line(_("Hangs out for"), say_span(stage.period), stage.period.source)]
    if "until" not in tally:
        return [*told, _line(_("Not hung out yet"))]
    until = datetime.fromisoformat(str(tally["until"]))
    runs = _("Runs until") if now < until else _("Has run, until")
    return [
        *told,
        _line(runs, say_by(until, now)) | {"exact": say_exact_by(until)},
        _line(_("Said so far"), str(tally.get("voices", 0))),
        _line(_("Waiting for an answer"), str(tally.get("open", 0))),
    ]


def _consent(stage: Stage, tally: Mapping[str, Any]) -> list[Line]:
    yes = {str(one) for one in tally.get("yes", ())}
    return [
        _line(say_kind(body), _("has agreed") if body in yes else _("not asked yet"))
        for body in stage.asked
    ]


def _each(stage: Stage, seats: Mapping[BodyKind, int]) -> list[list[Line]]:
    """Each body for itself: its seats, its quorum, its majority."""
    return [
        [_seats(body, whole), *_quorum(stage, whole), *_agree(stage, whole)]
        for body in stage.decides
        if (whole := seats.get(body, 0)) or stage.quorum or stage.threshold
    ]


def _together(stage: Stage, seats: Mapping[BodyKind, int]) -> list[Line]:
    """Each body its quorum; the majority of all together."""
    told = []
    for body in stage.decides:
        told.append(_seats(body, seats.get(body, 0)))
        told += _quorum(stage, seats.get(body, 0))
    return [*told, *_agree(stage, sum(seats.get(body, 0) for body in stage.decides))]


def _seats(body: BodyKind, whole: int) -> Line:
    value = _people(whole) if whole else _("nobody has a seat today")
    return _line(_("%(body)s, all seats") % {"body": say_kind(body)}, value)


def _quorum(stage: Stage, whole: int) -> list[Line]:
    if stage.quorum is None or not whole:
        return []
    text = _("Must be there: %(bar)s") % {"bar": say_bar(stage.quorum)}
    value = _("at least %(n)s people") % {"n": stage.quorum.need(whole)}
    return [_line(text, value, stage.quorum.source)]


def _agree(stage: Stage, whole: int) -> list[Line]:
    bar = stage.threshold
    if bar is None:
        if stage.kind is not StageKind.CONFER:
            return []
        agreed = _("All who are there agree; what anybody holds against it is written down.")
        return [_line(agreed)]
    if not whole:
        return []
    text = _("Must agree: %(bar)s") % {"bar": say_bar(bar)}
    if bar.of is Of.SEATS:
        value = _("at least %(n)s people") % {"n": bar.need(whole)}
        return [_line(text, value, bar.source)]
    # Of those present: what it takes when just enough come, and when all do.
    fewest = stage.quorum.need(whole) if stage.quorum else 1
    line = _line(text, _of(bar, fewest), bar.source)
    if fewest < whole:
        line["source"] = _("%(all)s. %(source)s") % {
            "all": _of(bar, whole),
            "source": line["source"],
        }
    return [line]


def _of(bar: Bar, here: int) -> str:
    return _("of %(here)s %(need)s people") % {"here": here, "need": bar.need(here)}
