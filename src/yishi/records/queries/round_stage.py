"""How far the wishes and projects of a round are in the stage it stands in."""

from dataclasses import dataclass

from django.db.models import Count, Q

from yishi.core.method.language import Stage, StageKind
from yishi.core.project.now import ENDED, ProjectState
from yishi.core.round.now import ProposalState
from yishi.core.topic.facts import Score
from yishi.records.models import Project, ProjectScore, Proposal, Topic

S = ProjectState
TO_BE_TALKED_OVER = (S.SCREENED, S.COSTED)
AGREED_ON = (S.AGREED, S.CHOSEN)
CONTENT = (Score.SATISFIED, Score.BASICALLY)


@dataclass(frozen=True, slots=True)
class Numbers:
    """So many have not been through the stage, so many go on from it, so many do not."""

    waiting: int
    going: int
    stopped: int


def numbers_of(topic: Topic, stage: Stage) -> Numbers:
    """By the kind of stage: wishes while called for and screened, projects from then on. At most
    two statements."""
    match stage.kind:
        case StageKind.COLLECT:
            return _collected(topic)
        case StageKind.SCREEN:
            return _screened(topic)
        case StageKind.CONFER:
            return _by_state(topic, TO_BE_TALKED_OVER, AGREED_ON)
        case StageKind.CARRY_OUT:
            # Whatever has not ended is still to be handed over.
            open_ = tuple(one for one in ProjectState if one not in ENDED)
            return _by_state(topic, open_, (S.HANDED_OVER,))
        case StageKind.APPRAISE:
            return _scored(topic, stage)
        case _:
            return Numbers(0, 0, 0)


def _collected(topic: Topic) -> Numbers:
    wishes = _wishes(topic)
    return Numbers(0, wishes.get(ProposalState.FILED, 0), wishes.get(ProposalState.WITHDRAWN, 0))


def _screened(topic: Topic) -> Numbers:
    wishes = _wishes(topic)
    going = Project.objects.filter(topic=topic).exclude(state__in=ENDED).count()
    return Numbers(wishes.get(ProposalState.FILED, 0), going, wishes.get(ProposalState.REFUSED, 0))


def _by_state(
    topic: Topic, waiting: tuple[ProjectState, ...], going: tuple[ProjectState, ...]
) -> Numbers:
    rows = Project.objects.filter(topic=topic).values_list("state").annotate(n=Count("id"))
    found = dict(rows)
    ways = (waiting, going, tuple(one for one in ENDED if one not in going))
    return Numbers(*(sum(found.get(state, 0) for state in states) for states in ways))


def _scored(topic: Topic, stage: Stage) -> Numbers:
    """Handed over and scored by enough of those who use it; well enough, or not."""
    least, bar = stage.least.number if stage.least else 1, stage.threshold
    scores = ProjectScore.objects.filter(project__topic=topic, project__state=S.HANDED_OVER)
    counts = scores.values("project_id").annotate(
        all=Count("id"), content=Count("id", filter=Q(score__in=CONTENT))
    )
    enough = [(row["all"], row["content"]) for row in counts if row["all"] >= least]
    handed = Project.objects.filter(topic=topic, state=S.HANDED_OVER).count()
    going = sum(bar is None or bar.is_met(content, whole) for whole, content in enough)
    return Numbers(handed - len(enough), going, len(enough) - going)


def _wishes(topic: Topic) -> dict[str, int]:
    rows = Proposal.objects.filter(topic=topic).values_list("state").annotate(n=Count("id"))
    return dict(rows)
