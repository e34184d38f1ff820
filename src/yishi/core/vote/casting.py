"""Casting: who may, by which way, and which of two ways holds. Says nothing of the choice.

Paper overrides on-line and never the other way round; nobody counts twice; nothing after the end.
Source: norms.md §2.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from yishi.core.method.language import Voting
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.vote.now import VoteState, Way

SOURCE = "norms.md §2"
MARKED = (Way.PAPER, Way.DOOR, Way.HANDS)


def must_be_open(state: VoteState, until_at: datetime | None, now: datetime) -> Refusal | None:
    """The vote takes ballots. Refused: `vote_not_open`, `vote_over` (it ended then)."""
    if state is not VoteState.OPEN or until_at is None:
        return Refusal("vote_not_open", VoteState.OPEN, state, "vote", SOURCE)
    if now >= until_at:
        return Refusal("vote_over", until_at.isoformat(), now.isoformat(), "moment", SOURCE)
    return None


def must_be_way(ways: Collection[str], way: Way) -> Refusal | None:
    """The rule lets a vote come in so. Refused: `way_not_allowed`."""
    if way not in ways:
        return Refusal("way_not_allowed", tuple(ways), way, "way", SOURCE)
    return None


def cast(
    ways: Collection[str], way_before: str, *, on_roll: bool, may: bool, again: bool
) -> Event | Refusal:
    """A vote cast on-line, the first or in place of an earlier one.

    `on_roll`: the line stands on the roll; `may`: it is the actor's, or given to them by proxy.
    Refused: `way_not_allowed`, `not_on_roll`, `proxy_missing`, `voted_on_paper`.
    """
    wrong = must_be_way(ways, Way.ONLINE)
    if wrong:
        return wrong
    if not on_roll:
        return Refusal("not_on_roll", 1, 0, "voter", SOURCE)
    if not may:
        return Refusal("proxy_missing", 1, 0, "proxy", SOURCE)
    if way_before in MARKED:
        return Refusal("voted_on_paper", Way.ONLINE, way_before, "way", SOURCE)
    code = "vote.cast_again" if again else "vote.cast"
    return Event(code, {"way": Way.ONLINE.value}, {"way": Way.ONLINE.value})


def take_paper(
    ways: Collection[str],
    way: Way,
    way_before: str,
    why: str = "",
    *,
    on_roll: bool,
    collectors: int,
) -> Event | Refusal:
    """A line has voted on paper, at its door, or by hand: marked on the roll.

    `collectors`: how many different people collected it; `why`: why one alone takes a vote that
    was cast on-line away. Refused: `way_not_allowed`, `not_on_roll`, `voted_on_paper` (marked
    already), `collectors_missing` (a door needs two), `voted_on_line` (it has, and no reason).
    """
    if way is Way.ONLINE:
        return Refusal("way_not_allowed", tuple(MARKED), way, "way", SOURCE)
    wrong = must_be_way(ways, way)
    if wrong:
        return wrong
    if not on_roll:
        return Refusal("not_on_roll", 1, 0, "voter", SOURCE)
    if way_before in MARKED:
        return Refusal("voted_on_paper", way, way_before, "way", SOURCE)
    if way is Way.DOOR and collectors < 2:
        return Refusal("collectors_missing", 2, collectors, "collector", SOURCE)
    if way_before == Way.ONLINE and collectors < 2 and not why.strip():
        return Refusal("voted_on_line", 1, 0, "words", SOURCE)
    facts = {"way": way.value, "instead": way_before or ""}
    return Event("vote.paper_taken", {**facts, "why": why.strip()}, facts)


def unmark(
    state: VoteState,
    way: str,
    why: str,
    *,
    mine: bool,
    is_entered: bool,
    papers: int,
    entered: int,
) -> Event | Refusal:
    """A mark made by mistake is taken back before the vote is closed: the line has not taken part.

    `way`: how the line took part; `mine`: the actor may cast it; `is_entered`: its paper by name
    was entered; `papers` are marked in the whole vote and `entered` so many. Refused:
    `vote_not_open`, `not_marked`, `not_independent`, `why_missing`, `paper_named`,
    `papers_counted` (each paper that is marked was entered: it is there).
    """
    if state is not VoteState.OPEN:
        return Refusal("vote_not_open", VoteState.OPEN, state, "vote", SOURCE)
    if way not in MARKED:
        return Refusal("not_marked", tuple(MARKED), way or None, "way", SOURCE)
    if mine:
        source = "norms.md §1 Independence"
        return Refusal("not_independent", "vote.unmark", "voter", source=source)
    if not why.strip():
        return Refusal("why_missing", 1, 0, "words", SOURCE)
    if is_entered:
        return Refusal("paper_named", 0, 1, "paper_ballot", SOURCE)
    if way != Way.HANDS and entered >= papers:
        return Refusal("papers_counted", papers - 1, entered, "paper_ballot", SOURCE)
    return Event("vote.unmarked", {"way": way, "why": why.strip()}, {"way": way})


def file_proxy(
    voting: Voting, state: VoteState, held: int, chain: Mapping[str, bool]
) -> Event | Refusal:
    """委托, in writing, before the vote opens. `held`: proxies the holder has already.

    `chain`: what bars it, where true: `same` (one line), `given` (the giver has given it already),
    `giver_holds` (the giver votes for others), `holder_gave` (the holder has given their own),
    `candidate` (the holder is voted on). Refused: `proxies_none`, `roll_closed`, `proxy_many`,
    `proxy_barred` (by which of these).
    """
    if voting.proxies is None:
        return Refusal("proxies_none", 1, 0, "proxy", SOURCE)
    if state is not VoteState.ROLL:
        return Refusal("roll_closed", VoteState.ROLL, state, "vote", SOURCE)
    barred = next((why for why, is_so in chain.items() if is_so), "")
    if barred:
        return Refusal("proxy_barred", "", barred, "bar", voting.proxies.source)
    if held >= voting.proxies.number:
        most, source = voting.proxies.number, voting.proxies.source
        return Refusal("proxy_many", most, held + 1, "proxy", source)
    return Event("vote.proxy_filed", {"held": held + 1}, {"held": held + 1})
