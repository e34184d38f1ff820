"""What comes of topics by itself: who raised it is answered, what is late goes on, a notice ends.

Each task takes up the next time where it stopped; each act carries a key made from the row it is
about, so that a tick that was cut off is repeated without harm.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from yishi.acts.door import Ask, Done
from yishi.acts.topic import joining, leaving, staging
from yishi.core.method.language import Edge, Stage, StageKind
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState
from yishi.records.models import Topic
from yishi.records.queries.topic_cases import waiting_cases
from yishi.records.queries.topic_doors import doors_done
from yishi.records.queries.topic_paper import lying_in, stages_of

WHERE = ("method_id", "procedure", "stage")
# How many residents' matters one tick answers, however many topics ended at once.
CASES = 200
Batch = Callable[..., "list[dict[str, Any]]"]
Count = Callable[["Done | Refusal"], int]


def answer_topics(batch: Batch, done: Count, now: datetime) -> int:
    """Everybody whose matter a topic was made of is answered once it has ended; what is a duty
    goes to the dispatchers. Then the topic says that all of them were."""
    ended = Topic.objects.filter(state=TopicState.ENDED, answered_at=None)
    found = batch("answer_topics", ended, "uid", "outcome", "outcome_name", "result", "clause")
    left, count = CASES, 0
    for row in found:
        words = row["result"] or row["outcome_name"].get("zh", "") or row["outcome"]
        cases = list(waiting_cases(row["id"]).order_by("id").values_list("uid", flat=True)[:left])
        for uid in cases:
            ask = Ask(SYSTEM, now, f"tick-topic-{row['uid']}-{uid}")
            count += done(joining.answer_case(ask, uid, row["outcome"], words, row["clause"]))
        left -= len(cases)
        if left <= 0:
            break
        count += done(joining.end_cases(Ask(SYSTEM, now, f"tick-ended-{row['uid']}"), row["uid"]))
    return count


def lapse_topics(batch: Batch, done: Count, now: datetime) -> int:
    """Topics whose step is late go where the method says; most methods leave them in red."""
    late = Topic.objects.filter(state=TopicState.RUNNING, due_at__lte=now)
    found = batch("lapse_topics", late, "uid", "version", *WHERE)
    stages = stages_of(found)
    rows = [row for row in found if row["id"] in stages and Edge.LATE in stages[row["id"]].to]
    return _each(rows, done, lambda row: leaving.lapse(_ask(now, "lapse", row), row["uid"]))


def end_postings(batch: Batch, done: Count, now: datetime) -> int:
    """Notices whose period has run, with everything said in them answered."""
    posted = Topic.objects.filter(
        state=TopicState.RUNNING, stage_kind__in=[StageKind.NOTICE, StageKind.COMMENT]
    )
    found = batch("end_postings", posted, "uid", "version", "tally", *WHERE)
    run = [row for row in found if _has_run(row["tally"], now)]
    stages = stages_of(run)
    # Without its papers the desk is asked for them, not the tick every time.
    rows = [row for row in run if row["id"] in stages and _is_ready(row, stages[row["id"]])]
    return _each(rows, done, lambda row: staging.end_posting(_ask(now, "post", row), row["uid"]))


def _has_run(tally: dict[str, Any], now: datetime) -> bool:
    until = tally.get("until", "")
    return until != "" and not tally.get("open") and datetime.fromisoformat(until) <= now


def _is_ready(row: dict[str, Any], stage: Stage) -> bool:
    """Its papers lie there, and it was carried to every building where it has to be."""
    if stage.attach and not set(stage.attach) <= set(lying_in(row["id"])):
        return False
    return not stage.doors or doors_done(row["id"], row["tally"])


def _ask(now: datetime, what: str, row: dict[str, Any]) -> Ask:
    return Ask(SYSTEM, now, f"tick-{what}-{row['uid']}-{row['version']}")


def _each(
    rows: Iterable[dict[str, Any]], done: Count, act: Callable[[dict[str, Any]], Done | Refusal]
) -> int:
    return sum(done(act(row)) for row in rows)
