"""A topic ends as somebody's duty: what was raised goes to be dispatched like any other matter."""

from datetime import datetime

from yishi.core.case.intake import notices
from yishi.core.case.now import CaseNow, Terms
from yishi.core.case.state import CaseState, allowed
from yishi.core.clock import ClockKind
from yishi.core.outcome import Advanced, Event
from yishi.core.refusal import Refusal


def hand_back(case: CaseNow, words: str, terms: Terms, now: datetime) -> Advanced | Refusal:
    """From the topic to the dispatcher's queue, with the published reason.

    The answer clock of the topic runs on until a unit has it: the time used is not given back.
    Whoever raised it is told. Refuses: `words_missing`. Source: norms.md §2, Competence first, a
    duty is never voted on; norms.md §1, Clocks.
    """
    row = allowed("case.hand_back", case.state)
    if isinstance(row, Refusal):
        return row
    if not words.strip():
        return Refusal("words_missing", source="norms.md §2 Competence first")
    return Advanced(
        state=CaseState.FILED,
        part=row.part,
        event=Event("case.handed_back", {"why": words}),
        starts=(terms.start(ClockKind.INTAKE, now),),
        notices=notices(case, "case.handed_back", {"words": words}),
    )
