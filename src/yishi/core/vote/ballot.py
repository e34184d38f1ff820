"""A ballot as it is kept: one letter for each option, in the order they stand on the paper.

So all ballots of a vote have one length, and what they come to is a count of equal texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yishi.core.method.language import Choose
from yishi.core.refusal import Refusal
from yishi.core.vote.now import Choice

SOURCE = "norms.md §2"
LETTERS: Mapping[Choice, str] = {Choice.FOR: "f", Choice.AGAINST: "a", Choice.ABSTAIN: "x"}
# Where one is chosen, the options that were not are neither for nor against.
NOT_CHOSEN = "-"
# So many ballots have to say the same before their area is told.
ALIKE = 3
_PLACE = {"f": 0, "a": 1, "x": 2}


def write_ballot(
    choose: Choose, options: Sequence[str], choices: Mapping[str, Choice]
) -> str | Refusal:
    """The letters of a ballot. `each`: an option without a choice is abstained from; `one`: the
    option that is FOR, or none of them, which is to abstain.

    Refused: `option_unknown`, `choose_one` (more than one is chosen, or one is voted against).
    """
    unknown = [uid for uid in choices if uid not in options]
    if unknown:
        numbers = tuple(range(1, len(options) + 1))
        return Refusal("option_unknown", numbers, unknown[0], "option", SOURCE)
    if choose is Choose.EACH:
        return "".join(LETTERS[choices.get(uid, Choice.ABSTAIN)] for uid in options)
    chosen = [uid for uid in options if choices.get(uid) is Choice.FOR]
    if len(chosen) > 1 or Choice.AGAINST in choices.values():
        return Refusal("choose_one", 1, len(chosen), "option", SOURCE)
    if not chosen:
        return LETTERS[Choice.ABSTAIN] * len(options)
    return "".join(LETTERS[Choice.FOR] if uid == chosen[0] else NOT_CHOSEN for uid in options)


def count_ballots(
    options: Sequence[str], ballots: Mapping[str, int]
) -> dict[str, tuple[int, int, int]]:
    """Letters → how many (or how much area) into option → for, against, abstained."""
    found = {uid: [0, 0, 0] for uid in options}
    for letters, number in ballots.items():
        for uid, letter in zip(options, letters, strict=True):
            if letter != NOT_CHOSEN:
                found[uid][_PLACE[letter]] += number
    return {uid: (votes[0], votes[1], votes[2]) for uid, votes in found.items()}


def areas_told(counted: Sequence[tuple[str, int, int]]) -> dict[str, int]:
    """Of (letters, ballots, area) the areas that may be published beside their letters: letters →
    area. The roll that was on view has each owner's area, so one that stands for fewer than ALIKE
    ballots would name its owner, and so would what is left when the others are taken off a sum:
    what is kept back is always ALIKE ballots or more, or nothing. Source: decision 0030."""
    told = sorted(counted, key=lambda one: (-one[1], one[0]))
    kept_back = 0
    while told and (told[-1][1] < ALIKE or 0 < kept_back < ALIKE):
        kept_back += told.pop()[1]
    return {letters: area for letters, _, area in told}


def add_votes(
    one: Mapping[str, tuple[int, int, int]], other: Mapping[str, tuple[int, int, int]]
) -> dict[str, tuple[int, int, int]]:
    """Both together, option by option."""
    nothing = (0, 0, 0)
    return {
        uid: (
            one.get(uid, nothing)[0] + other.get(uid, nothing)[0],
            one.get(uid, nothing)[1] + other.get(uid, nothing)[1],
            one.get(uid, nothing)[2] + other.get(uid, nothing)[2],
        )
        for uid in dict.fromkeys((*one, *other))
    }
