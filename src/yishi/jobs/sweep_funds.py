"""What a fund of a round has left when its last day is over is swept by itself."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from yishi.acts.door import Ask, Done
from yishi.acts.round import sweeping
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.records.queries.accounts import funds_to_sweep
from yishi.records.queries.rule import today_of

Batch = Callable[..., "list[dict[str, Any]]"]
Count = Callable[["Done | Refusal"], int]


def sweep_funds(batch: Batch, done: Count, now: datetime) -> int:
    """Rounds with a fund whose day is over; how many."""
    today = today_of(now)
    rows = batch("sweep_funds", funds_to_sweep(today), "topic__uid", "topic__version")
    rounds = {row["topic__uid"]: row["topic__version"] for row in rows}
    return sum(
        done(sweeping.sweep(Ask(SYSTEM, now, f"tick-sweep-{uid}-{version}"), uid))
        for uid, version in rounds.items()
    )
