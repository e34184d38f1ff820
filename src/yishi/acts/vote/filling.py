"""What a voter says, as the text of a ballot: option by option, or the marks of projects."""

from collections.abc import Mapping, Sequence

from yishi.core.method.language import Choose
from yishi.core.refusal import Refusal
from yishi.core.vote.ballot import write_ballot
from yishi.core.vote.marks import write_marks
from yishi.core.vote.now import Choice
from yishi.records.models import Vote
from yishi.records.queries.vote import option_uids
from yishi.records.queries.vote_round import paper_of

# Option uid → choice; or, of projects, each with its mark, as somebody named them.
Says = Mapping[str, Choice] | Sequence[tuple[str, int]]


def fill_in(vote: Vote, says: Says) -> str | Refusal:
    """The text of the ballot. Refused: as `write_ballot` or `write_marks`, and `voted_otherwise`
    (marks where options are voted on, or the other way round)."""
    paper = paper_of(vote)
    if isinstance(says, Mapping):
        if paper is not None:
            return Refusal("voted_otherwise", paper.kind, "", "ballot")
        return write_ballot(Choose(vote.choose), option_uids(vote), says)
    if paper is None:
        return Refusal("voted_otherwise", vote.choose, "", "ballot")
    return write_marks(paper, says)
