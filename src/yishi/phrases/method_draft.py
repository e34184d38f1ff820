"""A method being written, in words: where it stands, what is open in it, whose word is needed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.drafting import DraftState, Part
from yishi.core.method.language import Edge, Layer, StageKind
from yishi.phrases.method import say_edge
from yishi.phrases.method_room import say_key
from yishi.rulebook.problem import (
    MISSING,
    NOT_ALLOWED,
    NOT_LIST,
    NOT_NUMBER,
    NOT_SHARE,
    NOT_WORDS,
    TOO_LONG,
    TWICE,
    UNKNOWN_KEY,
    RuleFileError,
)


def say_draft_state(state: str) -> str:
    """Where a draft stands."""
    words: dict[str, str] = {
        DraftState.DRAFTING: _("Being written"),
        DraftState.SENT: _("Sent, waiting for the four words"),
        DraftState.PUBLISHED: _("Published as a method"),
        DraftState.WITHDRAWN: _("Given up"),
    }
    return words.get(state, state)


def say_part(part: str) -> str:
    """Whose word it is."""
    words: dict[str, str] = {
        Part.PARTY_COMMITTEE: _("The community party committee"),
        Part.RESIDENTS_COMMITTEE: _("The residents' committee"),
        Part.LEGAL: _("The legal adviser"),
        Part.FILING: _("The sub-district"),
    }
    return words.get(part, part)


def say_part_does(part: Part) -> str:
    """What the word is."""
    return {
        Part.PARTY_COMMITTEE: _("approves it"),
        Part.RESIDENTS_COMMITTEE: _("approves it"),
        Part.LEGAL: _("reviews it"),
        Part.FILING: _("files it"),
    }[part]


def say_required(layer: Layer) -> str:
    """Who requires that no method goes below something."""
    return {
        Layer.LAW: _("Required by law"),
        Layer.DISTRICT: _("Required by the district"),
        Layer.COMMUNITY: _("Required by the community"),
    }[layer]


def say_field(key: str, kind: str = "") -> str:
    """A field of a method as its form calls it; where a stage leads, by why it leads there."""
    if kind in set(StageKind) and key in set(Edge):
        return _("Where to: %(why)s") % {"why": say_edge(kind, key)}
    if key == "zh":
        return ""
    if kind == StageKind.ACCEPT and key == "calls":
        return _("At least so many are called back")
    if kind == StageKind.CARRY_OUT and key == "period":
        return _("On trial at least for")
    return (
        {
            "about": _("In a few sentences"),
            "asked": _("Who has to consent"),
            "attach": _("What has to be attached"),
            "body": _("Whose meeting it is"),
            "calls": _("Who is called to it"),
            "cap_yuan": _("At most so many yuan of the fund each"),
            "carried_out": _("It has been done"),
            "carry": _("Who organises it"),
            "catalogue": _("Catalogue of topics"),
            "code": _("Its code"),
            "collects": _("Topics are collected there"),
            "day": _("Held on this day"),
            "decides": _("Whose seats decide"),
            "doors": _("Carried to every door"),
            "ends": _("How it may end"),
            "every": _("How often"),
            "fallback": _("Where it cannot be done"),
            "form": _("Held as"),
            "funds": _("Where the money comes from"),
            "grounds": _("Grounds for not taking it on"),
            "id": _("Its code"),
            "kind": _("Kind"),
            "kinds": _("Kinds of projects and their caps"),
            "lead": _("Who leads this stage"),
            "least": _("At least so many people"),
            "length": _("How long"),
            "limit": _("To be done within"),
            "means": _("What is meant by it"),
            "more_than": _("More than that, or as much"),
            "must_come": _("Who has to come"),
            "name": _("What to call it"),
            "negative": _("What is not allowed (negative list)"),
            "number": _("How many of them"),
            "observers": _("Who observes and may speak"),
            "of": _("Counted of"),
            "parties": _("Who takes part"),
            "payer": _("Whose money it is"),
            "period": _("Open for"),
            "positive": _("What is wanted (positive list)"),
            "procedure": _("Which procedure it takes"),
            "procedures": _("Procedures"),
            "publicity": _("Who may read it here"),
            "quorum": _("How many have to be there"),
            "quotes": _("Quotations compared, at least"),
            "wishes_each": _("Wishes of one person in a round, at most"),
            "looks_a_day": _("Looks at the works by one person a day, at most"),
            "milestones": _("Steps of the works of one project, at most"),
            "quotes_from_yuan": _("Compared from so many yuan on"),
            "rhythm": _("Meetings that come round"),
            "round": _("Terms of the round"),
            "rules": _("Working rules of it"),
            "rules_first": _("Only rules are agreed, options come after"),
            "self_built_yuan": _("Residents may build it themselves up to so many yuan"),
            "share": _("Which share"),
            "sizes": _("Large and small matters"),
            "source": _("Where the number comes from"),
            "stages": _("Stages"),
            "sweep_month": _("Month of the year after, at whose end the rest goes back"),
            "text": _("Which text it settles"),
            "threshold": _("How many have to be in favour"),
            "tie": _("Where votes are equal"),
            "times": _("Entered at most so often"),
            "unlimited": _("No limit, because"),
            "voting": _("By roll or by a show of hands"),
            "watch": _("Who looks on"),
        }.get(key, "")
        or say_key(f"voting.{key}")
        or key
    )


def say_wrong(error: RuleFileError, data: Mapping[str, Any]) -> str:
    """What is not filled in, where: “Stage 3 Discussing”, time limit: is missing."""
    where, fields = _where(error.key, data)
    kind = where[-1][1] if where else ""
    named = [said for one in fields if (said := say_field(one, kind))]
    place = " · ".join([*(said for said, _kind in where), *named])
    return _("%(where)s: %(problem)s") % {"where": place or "—", "problem": _problem(error)}


def stage_of(error: RuleFileError, data: Mapping[str, Any]) -> tuple[str, str]:
    """The procedure and the stage a problem is in, by their ids; "" where it is in none."""
    parts = error.key.split(".")
    if parts[0] != "procedures" or len(parts) < 2:
        return "", ""
    procedure = _entry(data.get("procedures"), parts[1])
    if len(parts) < 4 or parts[2] != "stages":
        return str(procedure.get("id", "")), ""
    stage = _entry(procedure.get("stages"), parts[3])
    return str(procedure.get("id", "")), str(stage.get("id", ""))


def _where(key: str, data: Mapping[str, Any]) -> tuple[list[tuple[str, str]], list[str]]:
    """The named parts on the way to a key, each with the kind of stage it is, and the rest."""
    here: Any = data
    where: list[tuple[str, str]] = []
    left: list[str] = []
    for part in key.split("."):
        if part.isdigit() and isinstance(here, list):
            here = _entry(here, part)
            name = here.get("name") if isinstance(here, Mapping) else None
            words = name.get("zh", "") if isinstance(name, Mapping) else ""
            of_list = say_field(left.pop()) if left else ""
            said = f"{of_list} {part}" + (f"“{words}”" if words.strip() else "")
            where.append((said, str(here.get("kind", "")) if isinstance(here, Mapping) else ""))
            left = []
        else:
            here = here.get(part) if isinstance(here, Mapping) else None
            left.append(part)
    return where, left


def _entry(entries: Any, number: str) -> Mapping[str, Any]:
    if isinstance(entries, list) and number.isdigit() and 0 < int(number) <= len(entries):
        found = entries[int(number) - 1]
        return found if isinstance(found, Mapping) else {}
    return {}


def _problem(error: RuleFileError) -> str:
    return {
        MISSING: _("not filled in yet"),
        NOT_WORDS: _("not filled in yet"),
        NOT_ALLOWED: _("nothing is chosen"),
        NOT_LIST: _("at least one is needed"),
        NOT_NUMBER: _("a whole number is needed, greater than nothing"),
        NOT_SHARE: _("a share such as 1/2 or 2/3 is needed"),
        TOO_LONG: _("too many characters"),
        TWICE: _("there are two of it"),
        UNKNOWN_KEY: _("is not said in a stage of this kind"),
    }.get(error.problem, error.problem)
