"""Makes the search index anew where it is missing or of another version, bit by bit."""

from collections.abc import Callable
from datetime import datetime
from itertools import islice

from yishi.records.index import (
    BATCH,
    count_stale,
    index_cases,
    index_topics,
    stale,
    stale_topics,
    tidy,
)


def reindex(now: datetime, told: Callable[[int], None] = lambda done: None) -> int:
    """Writes the documents of every case and topic without one of this version; how many there
    were.

    `told` hears how many are done. Stopped halfway it goes on from there the next time.
    """
    done, waiting = 0, stale()
    while some := list(islice(waiting, BATCH)):
        index_cases(some, now)
        done += len(some)
        told(done)
    topics = stale_topics()
    for start in range(0, len(topics), BATCH):
        some = topics[start : start + BATCH]
        index_topics(some, now)
        done += len(some)
        told(done)
    if done:
        tidy()
    return done


def waiting() -> int:
    """How many cases and topics a search does not know, or knows by another version."""
    return count_stale()
