"""Kind ``methods``: a 工作法 — its procedures, catalogue, sizes and rhythm.

What a stage may say depends on its kind: any other key is refused with the allowed ones. Whether
the whole holds together is `core.method.check`'s to prove.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yishi.core.meeting.now import Form
from yishi.core.method.ballot import VERSIONS, BallotKind, Counting, CountRule
from yishi.core.method.language import (
    ANY_KIND,
    LEADS_TO,
    TEXTS,
    Choose,
    Edge,
    End,
    Entry,
    Every,
    Fallback,
    Layer,
    Method,
    Paper,
    Procedure,
    Publicity,
    Rhythm,
    Size,
    Stage,
    StageKind,
    Tie,
    Unit,
    Voting,
)
from yishi.core.method.measure import Bar, Count, Limit, Of
from yishi.core.place import BodyKind
from yishi.core.vote.now import Way
from yishi.rulebook.kinds.method_round import ROUND, round_of
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import MISSING, NOT_TABLE, TWICE, At
from yishi.rulebook.schema import (
    HEADER,
    Field,
    ListOf,
    Number,
    PlainShare,
    Sourced,
    SpanField,
    Table,
    TextField,
    Whole,
    Words,
    YesNo,
)

BODY = Words(choices=tuple(kind.value for kind in BodyKind), longest=24)
BODIES = ListOf(BODY, may_be_empty=True, optional=True, default=())
RULES = ListOf(TextField(), may_be_empty=True, optional=True, default=())
CODE = Words(longest=40)
BAR = Table(
    {
        "share": PlainShare(),
        "of": Words(choices=tuple(of.value for of in Of)),
        "more_than": YesNo(),
        "source": Words(longest=200),
    },
    optional=True,
)
LIMIT = SpanField(optional=True)
TIMES = Number(most=20, optional=True)
# Every stage may say these; what it leads to is added by its kind.
COMMON: Mapping[str, Field] = {
    "id": CODE,
    "kind": Words(choices=tuple(kind.value for kind in StageKind)),
    "name": TextField(),
    "lead": BODY,
    "carry": Words(choices=BODY.choices, optional=True),
    "parties": BODIES,
    "observers": BODIES,
    "limit": LIMIT,
    "unlimited": TextField(optional=True),
    "times": TIMES,
    "attach": ListOf(
        Words(choices=tuple(paper.value for paper in Paper)),
        may_be_empty=True,
        optional=True,
        default=(),
    ),
    "publicity": Words(
        choices=tuple(one.value for one in Publicity), optional=True, default="public"
    ),
    "rules": RULES,
}
COUNTED: Mapping[str, Field] = {"decides": BODIES, "quorum": BAR, "threshold": BAR}
COUNTING = Table(
    {
        "rule": Words(choices=tuple(rule.value for rule in CountRule)),
        "version": Words(choices=tuple(one for of in VERSIONS.values() for one in of)),
        "least": Number(most=1_000_000, optional=True),
        "source": Words(longest=200),
    },
    optional=True,
)
FORM = Words(choices=tuple(form.value for form in Form), optional=True, default="")
VOTING = Table(
    {
        "unit": Words(choices=tuple(unit.value for unit in Unit)),
        "ways": ListOf(Words(choices=tuple(way.value for way in Way))),
        "secret": YesNo(),
        "choose": Words(choices=tuple(one.value for one in Choose)),
        "period": SpanField(),
        "roll": SpanField(optional=True),
        "proxies": Number(most=10, optional=True),
        "handed": YesNo(optional=True, default=False),
        "ballot": Words(choices=tuple(one.value for one in BallotKind), optional=True),
        "most": Number(most=1_000, optional=True),
        "counting": COUNTING,
    },
    optional=True,
)
GROUNDS = ListOf(Table({"code": CODE, "name": TextField()}), unique="code")
OF_KIND: Mapping[StageKind, Mapping[str, Field]] = {
    StageKind.COLLECT: {
        "least": Number(most=100_000, optional=True),
        "period": SpanField(optional=True),
    },
    StageKind.SCREEN: {"grounds": GROUNDS},
    StageKind.CONFER: {
        **COUNTED,
        "form": FORM,
        "rules_first": YesNo(optional=True, default=False),
    },
    StageKind.MEET: {"must_come": BODIES, "decides": BODIES, "quorum": BAR, "form": FORM},
    StageKind.COMMENT: {"period": SpanField(), "doors": YesNo(optional=True, default=False)},
    StageKind.CONSENT: {"asked": ListOf(BODY)},
    StageKind.VOTE: {
        **COUNTED,
        "tie": Words(choices=tuple(tie.value for tie in Tie)),
        "voting": VOTING,
    },
    StageKind.NOTICE: {"period": SpanField(), "doors": YesNo(optional=True, default=False)},
    StageKind.CARRY_OUT: {
        "fallback": Words(choices=tuple(one.value for one in Fallback)),
        "watch": BODIES,
        "period": SpanField(optional=True),
    },
    StageKind.ACCEPT: {"least": Number(most=1_000), "calls": Number(most=1_000, optional=True)},
    StageKind.PUBLISH: {},
    StageKind.APPRAISE: {"least": Number(most=100_000), "threshold": BAR},
}


def stage_table(kind: StageKind) -> Table:
    """What a stage of this kind may say."""
    must = {edge.value: CODE for edge in sorted(LEADS_TO[kind])}
    may = {edge.value: Words(longest=40, optional=True) for edge in sorted(ANY_KIND)}
    if kind is StageKind.MEET:
        must["settled"] = Words(longest=40, optional=True)
    return Table({**COMMON, **OF_KIND[kind], **must, **may})


@dataclass(frozen=True)
class StageField(Field):
    """A stage: its kind says which other keys it may have."""

    def check(self, value: Any, at: At) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise at.error(NOT_TABLE, value)
        if "kind" not in value:
            raise at.under("kind").error(MISSING, allowed=COMMON["kind"].choices)  # type: ignore[attr-defined]
        kind = COMMON["kind"].check(value["kind"], at.under("kind"))
        return stage_table(StageKind(kind)).check(value, at)


PROCEDURE = Table(
    {
        "id": CODE,
        "name": TextField(),
        "text": Words(choices=TEXTS, optional=True, default=""),
        "round": ROUND,
        "stages": ListOf(StageField(), unique="id"),
        "ends": ListOf(
            Table({"id": CODE, "name": TextField(), "carried_out": YesNo()}), unique="id"
        ),
    }
)
FILE = Table(
    {
        **HEADER,
        "layer": Words(choices=(Layer.DISTRICT.value, Layer.COMMUNITY.value)),
        "based_on": Words(longest=120, optional=True, default=""),
        "name": TextField(),
        "about": TextField(),
        "rules": RULES,
        "catalogue": ListOf(
            Table({"code": CODE, "name": TextField(), "calls": BODIES}), unique="code"
        ),
        "sizes": ListOf(
            Table(
                {
                    "code": CODE,
                    "name": TextField(),
                    "means": TextField(),
                    "procedure": Words(longest=40, may_be_empty=True),
                }
            ),
            unique="code",
        ),
        "rhythm": ListOf(
            Table(
                {
                    "code": CODE,
                    "name": TextField(),
                    "body": BODY,
                    "every": Words(choices=tuple(every.value for every in Every)),
                    "day": Whole(1, 28),
                    "collects": YesNo(),
                    "form": FORM,
                    "calls": BODIES,
                    "source": Words(longest=200),
                }
            ),
            unique="code",
            may_be_empty=True,
            optional=True,
            default=(),
        ),
        "procedures": ListOf(PROCEDURE, unique="id"),
    }
)


def method_of(bundle: Bundle) -> Method:
    """The method of a bundle. Raises RuleFileError."""
    at = At(bundle.file)
    data = FILE.check(bundle.data, at)
    for number, procedure in enumerate(data["procedures"], 1):
        _must_differ(procedure, at.under("procedures").under(number))
    return Method(
        id=bundle.id,
        version=bundle.version,
        sha256=bundle.sha256,
        valid_from=bundle.valid_from,
        source=bundle.source,
        layer=Layer(data["layer"]),
        name=data["name"],
        about=data["about"],
        procedures=tuple(_procedure(one) for one in data["procedures"]),
        catalogue=tuple(
            Entry(one["code"], one["name"], _bodies(one["calls"])) for one in data["catalogue"]
        ),
        sizes=tuple(Size(**one) for one in data["sizes"]),
        rhythm=tuple(
            Rhythm(
                **{
                    **one,
                    "body": BodyKind(one["body"]),
                    "every": Every(one["every"]),
                    "calls": _bodies(one["calls"]),
                }
            )
            for one in data["rhythm"]
        ),
        rules=data["rules"],
        based_on=data["based_on"],
    )


def _must_differ(procedure: dict[str, Any], at: At) -> None:
    """No end is called as a stage is: where a stage leads must mean one thing."""
    stages = {stage["id"] for stage in procedure["stages"]}
    for number, end in enumerate(procedure["ends"], 1):
        if end["id"] in stages:
            raise at.under("ends").under(number).under("id").error(TWICE, end["id"])


def _procedure(data: dict[str, Any]) -> Procedure:
    terms = round_of(data["round"])
    return Procedure(
        data["id"],
        data["name"],
        tuple(_stage(stage, in_round=terms is not None) for stage in data["stages"]),
        tuple(End(**end) for end in data["ends"]),
        data["text"],
        terms,
    )


def _stage(data: dict[str, Any], *, in_round: bool) -> Stage:
    kind = StageKind(data["kind"])
    decides = _bodies(data.get("decides", ()))
    return Stage(
        id=data["id"],
        kind=kind,
        name=data["name"],
        lead=BodyKind(data["lead"]),
        to={Edge(edge): data[edge] for edge in Edge if data.get(edge)},
        # Where nobody else is named, whoever leads decides.
        decides=decides or ((BodyKind(data["lead"]),) if "decides" in data else ()),
        carry=BodyKind(data["carry"]) if data["carry"] else None,
        parties=_bodies(data["parties"]),
        observers=_bodies(data["observers"]),
        quorum=bar_of(data.get("quorum")),
        threshold=bar_of(data.get("threshold")),
        tie=Tie(data["tie"]) if "tie" in data else None,
        limit=_limit(data["limit"]),
        unlimited=data["unlimited"],
        times=_count(data["times"]),
        attach=tuple(Paper(paper) for paper in data["attach"]),
        publicity=Publicity(data["publicity"]),
        rules=data["rules"],
        least=_count(data.get("least")),
        must_come=_bodies(data.get("must_come", ())),
        asked=_bodies(data.get("asked", ())),
        period=_limit(data.get("period")),
        fallback=Fallback(data["fallback"]) if "fallback" in data else None,
        grounds={one["code"]: one["name"] for one in data.get("grounds", ())},
        voting=_voting(data.get("voting")),
        form=data.get("form", ""),
        watch=_bodies(data.get("watch", ())),
        calls=_count(data.get("calls")),
        doors=data.get("doors", False),
        rules_first=data.get("rules_first", False),
        in_round=in_round,
    )


def _voting(data: dict[str, Any] | None) -> Voting | None:
    if data is None:
        return None
    return Voting(
        unit=Unit(data["unit"]),
        ways=tuple(data["ways"]),
        secret=data["secret"],
        choose=Choose(data["choose"]),
        period=Limit(data["period"].value, data["period"].source),
        roll=_limit(data["roll"]),
        proxies=_count(data["proxies"]),
        handed=data["handed"],
        ballot=BallotKind(data["ballot"]) if data["ballot"] else None,
        most=_count(data["most"]),
        counting=_counting(data["counting"]),
    )


def _counting(data: dict[str, Any] | None) -> Counting | None:
    if data is None:
        return None
    least = _count(data["least"])
    return Counting(CountRule(data["rule"]), data["version"], data["source"], least)


def _bodies(names: tuple[str, ...]) -> tuple[BodyKind, ...]:
    return tuple(BodyKind(name) for name in names)


def bar_of(data: dict[str, Any] | None) -> Bar | None:
    """A share with what it is of and its source; None where the file says none."""
    if data is None:
        return None
    return Bar(data["share"], Of(data["of"]), data["more_than"], data["source"])


def _limit(data: Sourced | None) -> Limit | None:
    return Limit(data.value, data.source) if data else None


def _count(data: Sourced | None) -> Count | None:
    return Count(data.value, data.source) if data else None
