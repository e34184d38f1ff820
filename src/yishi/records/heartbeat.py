"""The worker's sign of life, in the cache that every process sees."""

from datetime import datetime, timedelta

from django.core.cache import cache

HEARTBEAT = "worker_heartbeat"
LATE_AFTER = timedelta(minutes=5)


def beat(now: datetime) -> None:
    """Says that a worker is alive."""
    cache.set(HEARTBEAT, now.isoformat(), timeout=None)


def last_beat() -> datetime | None:
    """When a worker last said so; None where none ever did."""
    text = cache.get(HEARTBEAT)
    return datetime.fromisoformat(text) if text else None


def is_alive(now: datetime) -> bool:
    """Whether a worker was heard of in the five minutes around `now`."""
    last = last_beat()
    return last is not None and abs(now - last) < LATE_AFTER
