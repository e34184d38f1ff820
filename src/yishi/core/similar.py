"""同类诉求: which open matters a resident may be shown and may join, and what makes a hot spot.

Source: norms.md §1, Similar matters, Not for publication by default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from yishi.core.refusal import Refusal


@dataclass(frozen=True)
class SimilarRules:
    """The numbers by which similar matters are offered, grouped and counted.

    `offer_most` matters of the last `offer_days` days, each at least `offer_likely` likely, once
    `letters` letters are written; a word both say is told to a resident only where `said_by`
    matters say it. Groups hold what is `group_likely` likely. A burst is `burst_least` matters
    within `burst_window` days, at least `burst_factor` times what `burst_history` days before it
    make usual, which chance alone brings less often than `burst_chance`. `private`: code → words
    that tell a matter no other resident may see.
    """

    id: str
    version: str
    offer_most: int
    offer_days: int
    offer_likely: Fraction
    letters: int
    said_by: int
    group_days: int
    group_likely: Fraction
    burst_window: int
    burst_history: int
    burst_least: int
    burst_factor: int
    burst_chance: Fraction
    private: Mapping[str, tuple[str, ...]]

    def is_private(self, *texts: str) -> bool:
        """Whether any text tells a dispute, a petition, a denunciation or a family matter."""
        tells = [word for words in self.private.values() for word in words]
        return any(word in text for text in texts for word in tells)


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """A matter as joining looks at it. `texts`: its residents' words and its item.

    `raised_by`: the persons whose reports are on it; `movable`: it may take others in.
    """

    community: int
    filed_on: date
    movable: bool
    texts: tuple[str, ...]
    raised_by: frozenset[int] = frozenset()


def check_joining(
    matter: OpenMatter, community: int, person: int | None, today: date, rules: SimilarRules
) -> Refusal | None:
    """Why a resident who raises something in `community` may not join `matter`; None if they may.

    One answer, `join_closed`, for a matter that is not open, not there, not of that community,
    too old or private: whoever tries learns nothing about it. `join_own`: it is theirs already.
    """
    source = f"{rules.id} {rules.version}"
    if person is not None and person in matter.raised_by:
        return Refusal("join_own", source=source)
    fits = matter.movable and matter.community == community
    old = (today - matter.filed_on).days > rules.offer_days
    if not fits or old or rules.is_private(*matter.texts):
        return Refusal("join_closed", source=source)
    return None
