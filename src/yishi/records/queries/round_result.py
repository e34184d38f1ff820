"""What a round came to, as it hangs out: each project, who pays for it, how it was voted on."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Sum, Value, When

from yishi.core.method.language import Procedure, Stage, StageKind
from yishi.core.method.round import Payer
from yishi.core.project.now import PledgeState
from yishi.records.models import Pledge, Project, Topic, Vote
from yishi.records.queries.paging import plain


@dataclass(frozen=True)
class Result:
    """`projects` by the key of their option; `payers` of each, the greatest first; `votes` and
    `ways` by the uid of an option on the paper: empty where there was no vote."""

    projects: dict[int, dict[str, Any]]
    payers: dict[int, list[dict[str, Any]]]
    votes: dict[str, int]
    ways: dict[str, str]


def is_result(procedure: Procedure | None, stage: Stage | None) -> bool:
    """Whether what hangs out in the stage is the result of a round, and not its terms."""
    if procedure is None or procedure.round is None or stage is None:
        return False
    return stage.kind is StageKind.NOTICE and _is_decided(procedure, stage)


def _is_decided(procedure: Procedure, stage: Stage) -> bool:
    """Some stage before it decides on the projects."""
    before = procedure.stages[: procedure.stages.index(stage)]
    return any(one.kind in (StageKind.CONFER, StageKind.VOTE) for one in before)


def result_of(topic: Topic) -> Result:
    """Three statements, however many projects there are and whoever pays. Residents' money is one
    sum: who of them gave stands with the project."""
    columns = ("option_id", "uid", "option__uid", "state", "cost_fen", "decided", "why")
    projects = {
        row["option_id"]: row for row in Project.objects.filter(topic=topic).values(*columns)
    }
    who = Case(When(payer=Payer.RESIDENTS, then=Value("")), default=F("name"))
    standing = Pledge.objects.filter(
        project__topic=topic, state__in=(PledgeState.CONFIRMED, PledgeState.OFFERED)
    )
    sums = standing.values("project__option_id", "payer", "form", "state", who=who)
    payers: dict[int, list[dict[str, Any]]] = {}
    for row in plain(sums.annotate(fen=Sum("amount_fen")).order_by("-fen", "who")):
        payers.setdefault(row["project__option_id"], []).append(row)
    vote = Vote.objects.filter(topic=topic, closed_at__isnull=False).order_by("-id").first()
    kept = vote.result.get("projects") if vote else None
    if vote is None or not kept:
        return Result(projects, payers, {}, {})
    uids = [one[0] for one in vote.options]
    return Result(
        projects,
        payers,
        dict(zip(uids, kept["votes"], strict=True)),
        {uids[project]: way for project, way, *_rest in kept["won"]},
    )
