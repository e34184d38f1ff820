"""What a vote by roll comes to: quorum and threshold for each denominator, in whole numbers.

Owners are counted twice, by heads and by area, and both have to be reached. A share of area is
met by square centimetres, a share of heads by lines of the roll; nothing is ever divided.
Source: norms.md §2; 民法典 278.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from yishi.core.method.language import Stage, Unit
from yishi.core.method.measure import Bar, Of
from yishi.core.vote.facts import Polled


class By(StrEnum):
    """What is counted: lines of the roll, or the area they own."""

    HEADS = "heads"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough took part, by one denominator. `need` of `whole`; `have` took part."""

    by: By
    whole: int
    have: int
    need: int
    is_met: bool
    source: str


@dataclass(frozen=True, slots=True)
class Support:
    """What one option has by one denominator; `need` of `whole` have to be for it."""

    option: str
    by: By
    votes: tuple[int, int, int]
    whole: int
    need: int
    is_met: bool
    source: str


@dataclass(frozen=True, slots=True)
class Result:
    """The arithmetic of a vote. `passing`: options that reach every threshold, where every quorum
    is reached; otherwise none, whatever their votes."""

    quorums: tuple[Quorum, ...]
    supports: tuple[Support, ...]

    @property
    def is_quorate(self) -> bool:
        """Enough took part, by every denominator."""
        return all(one.is_met for one in self.quorums)

    @property
    def passing(self) -> tuple[str, ...]:
        """Uids of the options that pass, in the order of the paper."""
        if not self.is_quorate:
            return ()
        uids = dict.fromkeys(one.option for one in self.supports)
        short = {one.option for one in self.supports if not one.is_met}
        return tuple(uid for uid in uids if uid not in short)

    @property
    def strength(self) -> dict[str, tuple[int, ...]]:
        """Option → votes for it, by heads and then by area: what options are ranked by."""
        found: dict[str, tuple[int, ...]] = {}
        for one in self.supports:
            found[one.option] = (*found.get(one.option, ()), one.votes[0])
        return found

    @property
    def missed(self) -> tuple[Quorum | Support, ...]:
        """Everything that was not reached; below quorum the quorums alone."""
        short = tuple(one for one in self.quorums if not one.is_met)
        return short or tuple(one for one in self.supports if not one.is_met)


def result_of(stage: Stage, polled: Polled, order: tuple[str, ...]) -> Result:
    """The result by the bars of `stage`; `order`: options as they stand on the paper. Without a
    threshold the quorums alone: which projects win is counted by another rule."""
    assert stage.voting is not None
    sides = [(By.HEADS, polled.voters, polled.heads, polled.votes)]
    if stage.voting.unit is Unit.OWNER:
        sides.append((By.AREA, polled.area_cm2, polled.heads_cm2, polled.areas))
    quorums, supports = [], []
    for by, whole, part, votes in sides:
        quorums.append(_quorum(by, stage.quorum, whole, part))
        if stage.threshold is not None:
            bar = stage.threshold
            supports += [_support(uid, by, bar, whole, part, votes) for uid in order]
    supports.sort(key=lambda one: order.index(one.option))
    return Result(tuple(quorums), tuple(supports))


def plain(result: Result) -> dict[str, object]:
    """The result as it is kept with the vote and shown: per denominator, need and have.

    {quorums: [{by, whole, have, need, met, source}], options: [{option, by, for, against,
    abstained, whole, need, met, source}], passing: [uid], missed: [{of, by, option, need, have,
    source}]}
    """
    return {
        "quorums": [
            {"by": q.by.value, "whole": q.whole, "have": q.have, "need": q.need, "met": q.is_met,
             "source": q.source}
            for q in result.quorums
        ],
        "options": [
            {"option": s.option, "by": s.by.value, "for": s.votes[0], "against": s.votes[1],
             "abstained": s.votes[2], "whole": s.whole, "need": s.need, "met": s.is_met,
             "source": s.source}
            for s in result.supports
        ],
        "passing": list(result.passing),
        "missed": [_missed(one) for one in result.missed],
    }  # fmt: skip


def _missed(one: Quorum | Support) -> dict[str, object]:
    said = {"by": one.by.value, "need": one.need, "source": one.source}
    if isinstance(one, Quorum):
        return {**said, "of": "quorum", "option": "", "have": one.have}
    return {**said, "of": "threshold", "option": one.option, "have": one.votes[0]}


def _quorum(by: By, bar: Bar | None, whole: int, part: int) -> Quorum:
    """Without a bar somebody has to take part; of nobody nothing is reached."""
    need = bar.need(whole) if bar and whole else 1
    met = bar.is_met(part, whole) if bar else part > 0
    return Quorum(by, whole, part, need, met, bar.source if bar else "")


def _support(
    uid: str, by: By, bar: Bar, whole: int, part: int, votes: Mapping[str, tuple[int, int, int]]
) -> Support:
    mine = votes.get(uid, (0, 0, 0))
    of = whole if bar.of is Of.SEATS else part
    return Support(uid, by, mine, of, bar.need(of), bar.is_met(mine[0], of), bar.source)
