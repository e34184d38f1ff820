"""How far the wishes and projects of a round are in the stage it stands in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from yishi.core.method.language import Procedure, Stage, StageKind
from yishi.core.project.now import ENDED, ProjectState
from yishi.core.round.now import ProposalState
from yishi.core.topic.facts import Score
from yishi.core.vote.now import VoteState
from yishi.records.models import Project, ProjectScore, Proposal, Topic
from yishi.records.queries.vote_round import money_for

S = ProjectState
TO_BE_TALKED_OVER = (S.SCREENED, S.COSTED)
AGREED_ON = (S.AGREED, S.CHOSEN)
VOTED_ON = (VoteState.OPEN, VoteState.HANDED)
CONTENT = (Score.SATISFIED, Score.BASICALLY)


@dataclass(frozen=True, slots=True)
class Numbers:
    """So many have not been through the stage, so many go on from it, so many do not; so many were
    scored by too few to be either."""

    waiting: int
    going: int
    stopped: int
    few: int = 0


def numbers_of(topic: Topic, stage: Stage) -> Numbers:
    """By the kind of stage: wishes while called for and screened, projects from then on. At most
    two statements, four more before a vote."""
    match stage.kind:
        case StageKind.COLLECT:
            return _collected(topic)
        case StageKind.SCREEN:
            return _screened(topic)
        case StageKind.CONFER:
            return _by_state(topic, TO_BE_TALKED_OVER, AGREED_ON)
        case StageKind.VOTE:
            return _to_vote_on(topic)
        case StageKind.CARRY_OUT:
            # Whatever has not ended is still to be handed over.
            open_ = tuple(one for one in ProjectState if one not in ENDED)
            return _by_state(topic, open_, (S.HANDED_OVER,))
        case StageKind.APPRAISE:
            return _scored(topic, stage)
        case _:
            return Numbers(0, 0, 0)


def left_open(topic: Topic) -> int:
    """How many projects of a round are neither done nor given up. One statement."""
    return Project.objects.filter(topic=topic).exclude(state__in=ENDED).count()


def scored_in(procedure: Procedure, topic: Topic) -> Stage | None:
    """The stage in which those who use the projects score them; None before the round was in it,
    and where its method has none."""
    stages = [one for one in procedure.stages if one.kind is StageKind.APPRAISE]
    return next((one for one in stages if topic.visits.get(one.id)), None)


def fewest(stage: Stage) -> int:
    """How many have to score a project there."""
    return stage.least.number if stage.least else 1


def too_few(uids: Iterable[str], stage: Stage) -> dict[str, int]:
    """The projects of these that were handed over and scored by too few, each with how many did.
    One statement."""
    rows = Project.objects.filter(uid__in=list(uids), state=S.HANDED_OVER)
    counted = rows.annotate(n=Count("scores")).order_by().values_list("uid", "n")
    return {uid: n for uid, n in counted if n < fewest(stage)}


def _collected(topic: Topic) -> Numbers:
    wishes = _wishes(topic)
    return Numbers(0, wishes.get(ProposalState.FILED, 0), wishes.get(ProposalState.WITHDRAWN, 0))


def _screened(topic: Topic) -> Numbers:
    wishes = _wishes(topic)
    going = left_open(topic)
    return Numbers(wishes.get(ProposalState.FILED, 0), going, wishes.get(ProposalState.REFUSED, 0))


def _by_state(
    topic: Topic, waiting: tuple[ProjectState, ...], going: tuple[ProjectState, ...]
) -> Numbers:
    rows = Project.objects.filter(topic=topic).values_list("state").annotate(n=Count("id"))
    found = dict(rows)
    ways = (waiting, going, tuple(one for one in ENDED if one not in going))
    return Numbers(*(sum(found.get(state, 0) for state in states) for states in ways))


def _to_vote_on(topic: Topic) -> Numbers:
    """What is agreed on waits for the vote; where the funds have nothing left it is not chosen,
    unless it is voted on already."""
    found = _by_state(topic, (S.AGREED,), (S.CHOSEN,))
    if not found.waiting or topic.tally.get("state") in VOTED_ON or money_for(topic):
        return found
    return Numbers(0, found.going, found.stopped + found.waiting)


def _scored(topic: Topic, stage: Stage) -> Numbers:
    """Handed over and scored by enough of those who use it, well enough or not; or by too few."""
    least, bar = fewest(stage), stage.threshold
    scores = ProjectScore.objects.filter(project__topic=topic, project__state=S.HANDED_OVER)
    counts = scores.values("project_id").annotate(
        all=Count("id"), content=Count("id", filter=Q(score__in=CONTENT))
    )
    enough = [(row["all"], row["content"]) for row in counts if row["all"] >= least]
    handed = Project.objects.filter(topic=topic, state=S.HANDED_OVER).count()
    going = sum(bar is None or bar.is_met(content, whole) for whole, content in enough)
    return Numbers(0, going, len(enough) - going, few=handed - len(enough))


def _wishes(topic: Topic) -> dict[str, int]:
    rows = Proposal.objects.filter(topic=topic).values_list("state").annotate(n=Count("id"))
    return dict(rows)
