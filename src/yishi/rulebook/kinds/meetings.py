"""Kind ``meetings``: what each form of meeting needs before, at and after it."""

from __future__ import annotations

from typing import Any

from yishi.core.meeting.now import Form
from yishi.core.meeting.rule import BodyRule, FormRule, MeetingRules, Record
from yishi.core.method.measure import Limit
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.rulebook.kinds.methods import BAR, BODIES, BODY, bar_of
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import MISSING, At
from yishi.rulebook.schema import (
    HEADER,
    ListOf,
    Sourced,
    SpanField,
    Table,
    TextField,
    Words,
    YesNo,
)

SIGNS = (Role.CONVENER, Role.SECRETARY)
FORM = Table(
    {
        "form": Words(choices=tuple(form.value for form in Form)),
        "name": TextField(),
        "about": TextField(),
        "notice": SpanField(),
        "again": SpanField(),
        "decides": YesNo(),
        "items": YesNo(),
        "announced_only": YesNo(),
        "both_sides": YesNo(optional=True, default=False),
        "advice": YesNo(optional=True, default=False),
        "scored": YesNo(optional=True, default=False),
        "record": ListOf(Words(choices=tuple(one.value for one in Record))),
        "signs": ListOf(Words(choices=tuple(role.value for role in SIGNS))),
        "minutes": SpanField(),
        "report": SpanField(),
        "calls": BODIES,
    }
)
FILE = Table(
    {
        **HEADER,
        "early": SpanField(),
        "forms": ListOf(FORM, unique="form"),
        "bodies": ListOf(
            Table({"body": BODY, "notice": SpanField(optional=True), "quorum": BAR}),
            unique="body",
            may_be_empty=True,
            optional=True,
            default=(),
        ),
    }
)


def meeting_rules(bundle: Bundle) -> MeetingRules:
    """The rules of a bundle; every form has its own. Raises RuleFileError."""
    at = At(bundle.file)
    data: dict[str, Any] = FILE.check(bundle.data, at)
    forms = {Form(one["form"]): _form(one) for one in data["forms"]}
    for form in Form:
        if form not in forms:
            raise at.under("forms").error(MISSING, form.value, tuple(Form))
    return MeetingRules(
        bundle.id,
        bundle.version,
        data["early"].value,
        forms,
        {
            BodyKind(one["body"]): BodyRule(
                BodyKind(one["body"]),
                _limit(one["notice"]) if one["notice"] else None,
                bar_of(one["quorum"]),
            )
            for one in data["bodies"]
        },
    )


def _form(data: dict[str, Any]) -> FormRule:
    return FormRule(
        form=Form(data["form"]),
        name=data["name"],
        about=data["about"],
        notice=_limit(data["notice"]),
        again=_limit(data["again"]),
        decides=data["decides"],
        items=data["items"],
        announced_only=data["announced_only"],
        both_sides=data["both_sides"],
        advice=data["advice"],
        scored=data["scored"],
        record=tuple(Record(one) for one in data["record"]),
        signs=tuple(Role(one) for one in data["signs"]),
        minutes=_limit(data["minutes"]),
        report=_limit(data["report"]),
        calls=tuple(BodyKind(one) for one in data["calls"]),
    )


def _limit(value: Sourced) -> Limit:
    return Limit(value.value, value.source)
