"""The worker: ticks until it is told to stop, and shows that it is alive."""

import os
import signal
import threading

import structlog
from django.db import close_old_connections

from yishi.jobs.tick import Ticker
from yishi.records.heartbeat import beat
from yishi.records.wallclock import now

EVERY_SECONDS = 15

logger = structlog.get_logger(__name__)


def run(every: float = EVERY_SECONDS, parent: int | None = None) -> None:
    """Ticks every `every` seconds until SIGTERM or SIGINT; a tick under way is finished.

    Ends by itself when the process `parent` that started it is gone.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    ticker = Ticker()
    while not stop.is_set():
        try:
            moment = now()
            beat(moment)
            ticker.tick(moment, stopped=stop.is_set)
        except Exception:
            # A database that is away for a minute must not end the worker.
            logger.exception("tick_failed")
        close_old_connections()
        if parent is not None and os.getppid() != parent:
            return
        stop.wait(every)
