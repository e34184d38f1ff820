"""What came of a topic, as a text somebody may correct: decided how, tried how often, what end.

Only what anybody may read goes into it: numbers, and the words of tries and stages that are public.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import Edge, StageKind
from yishi.phrases.clock import say_date
from yishi.phrases.topic import say_kept_text
from yishi.phrases.topic_passage import GOING, say_left
from yishi.phrases.vote_left import is_by_roll, say_taking_part, say_votes

Rows = Sequence[Mapping[str, Any]]
DONE = "done"
# Stages whose outcome belongs into what is told.
_DECIDED = (StageKind.VOTE, StageKind.ACCEPT, StageKind.APPRAISE)
_TALKED = (StageKind.MEET, StageKind.CONFER)


def propose_result(
    passages: Rows, tries: Rows, options: Mapping[str, tuple[int, str]], end: str, *, carried: bool
) -> str:
    """The text, a line for each decision and each try in the order they came, then the end.

    `passages`: visits that were left; `options`: uid → number and title; `end`: the end in words,
    "" where it goes on; `carried`: that end says it was carried out.
    """
    # What was only talked over is told where nothing was voted on.
    voted = any(row["kind"] == StageKind.VOTE for row in passages)
    kinds = _DECIDED if voted else (*_TALKED, *_DECIDED)
    lines = [(row["ended_at"], _tried(row)) for row in tries if row["ended_at"]]
    lines += [(row["left_at"], said) for row in passages for said in _decided(row, options, kinds)]
    told = [said for _at, said in sorted(lines, key=lambda line: line[0])]
    if not carried and passages and (stopped := _stopped(passages[-1])):
        told.append(stopped)
    if end:
        told.append(_("What came of it: %(end)s.") % {"end": end})
    return "\n".join(told)


def _decided(
    row: Mapping[str, Any], options: Mapping[str, tuple[int, str]], kinds: Sequence[StageKind]
) -> Iterator[str]:
    kind, facts = StageKind(row["kind"]), row["facts"]
    if kind not in kinds or not row["edge"] or not facts:
        return
    known = {"day": say_date(row["left_at"]), "stage": say_kept_text(row["name"])}
    say = {
        StageKind.VOTE: _vote,
        StageKind.ACCEPT: _looked,
        StageKind.APPRAISE: _scored,
    }.get(kind)
    said = say(row, options) if say and GOING not in facts else _left(row)
    yield _("%(day)s, %(stage)s: %(said)s.") % {**known, "said": said}


def _left(row: Mapping[str, Any]) -> str:
    return say_left(row["kind"], row["edge"], row.get("facts"))


def _vote(row: Mapping[str, Any], options: Mapping[str, tuple[int, str]]) -> str:
    facts = row["facts"]
    votes = facts.get("votes", {})
    if is_by_roll(facts):
        return _by_roll(row, options)
    if "seats" not in facts or not votes:
        return say_left(row["kind"], row["edge"])
    came = _("%(here)s of %(seats)s came, %(need)s had to be for it") % {
        "here": sum(facts["present"].values()),
        "seats": facts["seats"],
        "need": facts["need"],
    }
    each = [
        _("option %(no)s “%(title)s” had %(yes)s")
        % {"no": options[uid][0], "title": options[uid][1], "yes": counted[0]}
        for uid, counted in votes.items()
        if uid in options
    ]
    if row["edge"] == Edge.PASS:
        came = _("%(came)s, option %(no)s passed") % {"came": came, "no": facts.get("option", "")}
    else:
        came = _("%(came)s, nothing passed") % {"came": came}
    return _("; ").join([came, *each])


def _by_roll(row: Mapping[str, Any], options: Mapping[str, tuple[int, str]]) -> str:
    """Taking part by each denominator, what each option had, what passed."""
    facts = row["facts"]
    numbers = {uid: no for uid, (no, _title) in options.items()}
    passed = _("nothing passed")
    if row["edge"] == Edge.PASS:
        passed = _("option %(no)s passed") % {"no": facts.get("option", "")}
    return _("; ").join([*say_taking_part(facts), *say_votes(facts, numbers), passed])


def _looked(row: Mapping[str, Any], options: Mapping[str, tuple[int, str]]) -> str:
    known = {"n": row["facts"].get("inspectors", 0)}
    if row["edge"] == Edge.PASS:
        return _("%(n)s people looked at it on the spot, as decided") % known
    return _("%(n)s people looked at it on the spot, not as decided yet") % known


def _scored(row: Mapping[str, Any], options: Mapping[str, tuple[int, str]]) -> str:
    return _(
        "%(satisfied)s satisfied, %(basically)s basically satisfied, %(dissatisfied)s not satisfied"
    ) % {name: row["facts"].get(name, 0) for name in ("satisfied", "basically", "dissatisfied")}


def _tried(row: Mapping[str, Any]) -> str:
    known = {
        "day": say_date(row["ended_at"]),
        "no": row["no"],
        "option": row["option"],
        "title": row["title"],
        "unit": row["unit"],
    }
    if row["state"] == DONE:
        said = _("%(day)s, try %(no)s, by %(unit)s: option %(option)s “%(title)s” was done") % known
    else:
        said = (
            _("%(day)s, try %(no)s, by %(unit)s: option %(option)s “%(title)s” could not be done")
            % known
        )
    words = row["words"].strip().rstrip("。.") if row["public"] else ""
    return (
        _("%(said)s: %(words)s.") % {"said": said, "words": words}
        if words
        else _("%(said)s.") % {"said": said}
    )


def _stopped(row: Mapping[str, Any]) -> str:
    """At which step it stopped, and why."""
    if not row["edge"]:
        return ""
    known = {"stage": say_kept_text(row["name"]), "why": _left(row)}
    said = _("It stopped at “%(stage)s”: %(why)s.") % known
    words = row["words"].strip() if row["is_public"] else ""
    return _("%(said)s %(words)s") % {"said": said, "words": words} if words else said
