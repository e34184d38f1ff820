"""What comes of votes by themselves: one whose time has run out and whose paper is in is counted,
and no key of a vote that is over stays on the disk."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from yishi.acts.door import Ask, Done
from yishi.acts.vote import closing
from yishi.core.method.language import Paper, Stage
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.core.vote.now import VoteState, Way
from yishi.core.vote.paper import HANDS_SERIAL
from yishi.records.models import PaperBallot, Part, Vote
from yishi.records.queries.topic_paper import lying_in, stages_of
from yishi.records.vote_key import destroy_key, has_key, kept_keys

Batch = Callable[..., "list[dict[str, Any]]"]
Count = Callable[["Done | Refusal"], int]
WHERE = ("topic__uid", "topic__method_id", "topic__procedure", "topic__stage", "topic_id")
ON_PAPER = (Way.PAPER, Way.DOOR)
OVER = (VoteState.DECIDED, VoteState.VOID)


def close_votes(batch: Batch, done: Count, now: datetime) -> int:
    """Votes whose time has run out, where nothing came on paper, or all of it was entered alike
    by two: for the rest somebody counts first. A secret vote whose key is lost waits for its
    leading body."""
    ready = Vote.objects.filter(state=VoteState.OPEN, until_at__lte=now)
    found = batch("close_votes", ready, "uid", "is_secret", *WHERE)
    count = 0
    topics = [
        {"id": row["topic_id"], **{n.removeprefix("topic__"): row[n] for n in WHERE}}
        for row in found
    ]
    stages = stages_of(topics)
    for row in found:
        stage = stages.get(row["topic_id"])
        if stage is None or not _may_close(row, stage):
            continue
        ask = Ask(SYSTEM, now, f"tick-vote-{row['uid']}")
        count += done(closing.close_vote(ask, row["topic__uid"]))
    return count


def _may_close(row: dict[str, Any], stage: Stage) -> bool:
    """Every paper and hand was entered alike by two, what the stage wants attached lies with it
    (the count is the vote's own), and a secret vote has its key."""
    wanted = set(stage.attach) - {Paper.COUNT}
    if wanted and not wanted <= set(lying_in(row["topic_id"])):
        return False
    if row["is_secret"] and not has_key(row["uid"]):
        return False
    marked = Part.objects.filter(vote_id=row["id"], voter__isnull=False)
    entered = PaperBallot.objects.filter(vote_id=row["id"])
    alike = entered.filter(is_agreed=True)
    papers, hands = marked.filter(way__in=ON_PAPER).count(), marked.filter(way=Way.HANDS).exists()
    return (
        not entered.exclude(is_agreed=True).exists()
        and alike.filter(serial__gt=HANDS_SERIAL).count() == papers
        and alike.filter(serial=HANDS_SERIAL).exists() == hands
    )


def destroy_keys() -> int:
    """Keys of votes that are over: a crash between the end and the file may have left one."""
    kept = kept_keys()
    if not kept:
        return 0
    over = Vote.objects.filter(uid__in=kept, state__in=OVER).values_list("uid", flat=True)
    for uid in over:
        destroy_key(uid)
    return len(over)
