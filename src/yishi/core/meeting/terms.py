"""What one meeting is held by: fixed when it is called, kept with it, and read back.

A rule that changes later changes nothing about a meeting that was called under the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yishi.core.calendar import Span, SpanKind
from yishi.core.meeting.now import Form
from yishi.core.meeting.rule import MeetingRules, Record
from yishi.core.method.language import Stage
from yishi.core.method.measure import Bar, Limit, Of
from yishi.core.person import Role
from yishi.core.place import BodyKind


@dataclass(frozen=True)
class Terms:
    """The rule of one meeting. `decides`: the bodies whose seats are counted when it opens, with
    the `quorum`; none where the form decides nothing. `urgent`: why it was called at shorter
    notice, "" for in time. `is_fixed`: the notice is the body's own by law, and nothing urgent
    shortens it."""

    rules: str
    version: str
    form: Form
    notice: Limit
    again: Limit
    early: Span
    minutes: Limit
    report: Limit
    decides: tuple[BodyKind, ...] = ()
    quorum: Bar | None = None
    must_come: tuple[BodyKind, ...] = ()
    is_decision: bool = False
    items: bool = False
    announced_only: bool = False
    both_sides: bool = False
    advice: bool = False
    scored: bool = False
    is_fixed: bool = False
    record: tuple[Record, ...] = ()
    signs: tuple[Role, ...] = ()
    urgent: str = ""

    @property
    def source(self) -> str:
        """The rule file as a refusal names it."""
        return f"meetings {self.version}"


def terms_for(
    rules: MeetingRules, form: Form, body: BodyKind, stage: Stage | None = None
) -> Terms | None:
    """The rule of a meeting of `body` in that form; for a `stage` of one topic its bodies, quorum
    and who must come. None where the rules do not know the form.

    The longer notice counts, of the form's and the body's own, also where it is called again.
    """
    rule = rules.forms.get(form)
    if rule is None:
        return None
    own = rules.bodies.get(body)
    decides: tuple[BodyKind, ...] = ()
    quorum: Bar | None = None
    if stage is not None and stage.decides:
        decides, quorum = stage.decides, stage.quorum
    elif rule.decides and own is not None and own.quorum is not None:
        decides, quorum = (body,), own.quorum
    notice, again = rule.notice, rule.again
    fixed = own is not None and own.notice is not None
    if own is not None and own.notice is not None:
        notice = own.notice if _longer(own.notice.span, notice.span) else notice
        again = own.notice if _longer(own.notice.span, again.span) else again
    return Terms(
        rules.id,
        rules.version,
        form,
        notice,
        again,
        rules.early,
        rule.minutes,
        rule.report,
        decides,
        quorum,
        stage.must_come if stage else (),
        rule.decides,
        rule.items,
        rule.announced_only,
        rule.both_sides,
        rule.advice,
        rule.scored,
        fixed,
        rule.record,
        rule.signs,
    )


_HOURS: Mapping[SpanKind, int] = {
    SpanKind.HOUR: 1,
    SpanKind.WORKING_HOUR: 3,
    SpanKind.DAY: 24,
    SpanKind.WORKING_DAY: 34,
}


def _longer(one: Span, other: Span) -> bool:
    """Of two notices the longer, a working day taken as seven fifths of a day."""
    return one.length * _HOURS[one.kind] > other.length * _HOURS[other.kind]


def keep_terms(terms: Terms) -> dict[str, Any]:
    """The terms as JSON keeps them."""
    return {
        "rules": terms.rules,
        "version": terms.version,
        "form": terms.form.value,
        **{name: _limit(getattr(terms, name)) for name in ("notice", "again", "minutes", "report")},
        "early": [terms.early.length, terms.early.kind.value],
        "decides": [one.value for one in terms.decides],
        "quorum": _bar(terms.quorum),
        "must_come": [one.value for one in terms.must_come],
        **{name: getattr(terms, name) for name in _FLAGS},
        "record": [one.value for one in terms.record],
        "signs": [one.value for one in terms.signs],
        "urgent": terms.urgent,
    }


def read_terms(kept: Mapping[str, Any]) -> Terms:
    """The terms a meeting was called under."""
    early = kept["early"]
    return Terms(
        rules=kept["rules"],
        version=kept["version"],
        form=Form(kept["form"]),
        notice=_read_limit(kept["notice"]),
        again=_read_limit(kept["again"]),
        early=Span(early[0], SpanKind(early[1])),
        minutes=_read_limit(kept["minutes"]),
        report=_read_limit(kept["report"]),
        decides=tuple(BodyKind(one) for one in kept["decides"]),
        quorum=_read_bar(kept["quorum"]),
        must_come=tuple(BodyKind(one) for one in kept["must_come"]),
        is_decision=kept["is_decision"],
        items=kept["items"],
        announced_only=kept["announced_only"],
        both_sides=kept["both_sides"],
        advice=kept["advice"],
        scored=kept["scored"],
        is_fixed=kept["is_fixed"],
        record=tuple(Record(one) for one in kept["record"]),
        signs=tuple(Role(one) for one in kept["signs"]),
        urgent=kept["urgent"],
    )


_FLAGS = ("is_decision", "items", "announced_only", "both_sides", "advice", "scored", "is_fixed")


def _limit(limit: Limit) -> dict[str, Any]:
    return {"length": limit.span.length, "kind": limit.span.kind.value, "source": limit.source}


def _read_limit(kept: Mapping[str, Any]) -> Limit:
    return Limit(Span(kept["length"], SpanKind(kept["kind"])), kept["source"])


def _bar(bar: Bar | None) -> dict[str, Any] | None:
    if bar is None:
        return None
    return {
        "share": str(bar.share),
        "of": bar.of.value,
        "more_than": bar.more_than,
        "source": bar.source,
    }


def _read_bar(kept: Mapping[str, Any] | None) -> Bar | None:
    if kept is None:
        return None
    return Bar(Fraction(kept["share"]), Of(kept["of"]), kept["more_than"], kept["source"])
