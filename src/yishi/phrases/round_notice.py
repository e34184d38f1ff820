"""The terms of a round as they hang out before it begins: who may take part, what may be wished
for, whose money there is, how it is decided. Source: practice G10; norms.md §3."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import Procedure, Stage, StageKind
from yishi.phrases.method import say_bar, say_span, say_with_source
from yishi.phrases.method_round import NUMBERS, say_entry, say_list, say_payer, say_term_of
from yishi.phrases.method_text import say_bodies
from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text
from yishi.phrases.vote import say_rule

LISTS = ("kinds", "positive", "negative")


def say_notice(
    procedure: Procedure, funds: Iterable[Mapping[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """Every part of the terms: {title, lines}. `funds`: those announced, as
    `records.queries.round.funds_of` has them."""
    terms = procedure.round
    assert terms is not None
    parts = [
        (_("Who may take part"), say_who(procedure)),
        *((say_list(name), [say_entry(one) for one in getattr(terms, name)]) for name in LISTS),
        (say_list("funds"), _money(funds)),
        (_("How it is decided"), say_deciding(procedure, now)),
        (_("Other terms"), [_line(say_list(one), say_term_of(terms, one)) for one in NUMBERS]),
    ]
    found = [{"title": title, "lines": list(lines)} for title, lines in parts]
    return [one for one in found if one["lines"]]


def say_who(procedure: Procedure) -> Iterator[str]:
    """Who puts wishes forward and for how long, who talks them over, who votes."""
    terms = procedure.round
    assert terms is not None
    yield say_with_source(
        _("Anybody who lives here puts up to %(n)s wishes forward") % {"n": terms.wishes_each},
        terms.source("wishes_each"),
    )
    yield _("Bodies put their own forward; wishes from meetings and matters are entered alike")
    for stage in procedure.stages:
        if stage.kind is StageKind.COLLECT and stage.period is not None:
            said = _("Proposals are taken for %(span)s") % {"span": say_span(stage.period)}
            yield say_with_source(said, stage.period.source)
        if stage.kind is StageKind.CONFER and stage.parties:
            known = {"step": say_text(stage.name), "bodies": say_bodies(stage.parties)}
            yield _("“%(step)s”: also asked to come are %(bodies)s") % known


def say_deciding(procedure: Procedure, now: datetime) -> Iterator[str]:
    """By whom and by which bars, step by step; of a vote its ballot, its counting rule with the
    version, and the order in which ties are decided."""
    for stage in procedure.stages:
        if stage.kind is StageKind.SCREEN:
            known = {"step": say_text(stage.name), "lead": say_kind(stage.lead)}
            yield _("“%(step)s”: %(lead)s holds each wish against the lists and says why") % known
        elif stage.kind is StageKind.CONFER and stage.decides:
            yield from _talks(stage)
        elif stage.kind is StageKind.VOTE and stage.voting is not None:
            for one in say_rule(stage, stage.voting, 0, 0, None, now):
                said = _line(one["text"], one["value"])
                known = {"words": said, "source": one["source"]}
                yield _("%(words)s (%(source)s)") % known if one["source"] else said
    if all(stage.kind is not StageKind.VOTE for stage in procedure.stages):
        yield _("What is agreed on there is done; there is no vote")


def _talks(stage: Stage) -> Iterator[str]:
    known = {"step": say_text(stage.name), "bodies": say_bodies(stage.decides)}
    yield _("“%(step)s”: decided by %(bodies)s") % known
    for words, bar in (
        (_("Counts if there come: %(bar)s"), stage.quorum),
        (_("Passes if there agree: %(bar)s"), stage.threshold),
    ):
        if bar is not None:
            yield say_with_source(words % {"bar": say_bar(bar)}, bar.source)


def _money(funds: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    rows = list(funds)
    for row in rows:
        known = {
            "name": row["name"],
            "payer": say_payer(row["payer"]),
            "amount": say_yuan(row["amount_fen"]),
            "until": say_day(row["sweeps_on"]),
        }
        yield _("%(name)s, money of: %(payer)s; %(amount)s, to be spent by %(until)s") % known
    if len(rows) > 1:
        whole = say_yuan(sum(row["amount_fen"] for row in rows))
        yield _line(_("All sums together"), whole)


def _line(what: str, word: str) -> str:
    return _("%(what)s: %(word)s") % {"what": what, "word": word}
