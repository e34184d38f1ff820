"""All of it, in one snapshot of the database, beside people who go on working."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from django.db import connection

from yishi.jobs.sequence import alone
from yishi.jobs.verify.ballots import check_ballots
from yishi.jobs.verify.digests import digests
from yishi.jobs.verify.entries import check_entries
from yishi.jobs.verify.files import check_files
from yishi.jobs.verify.log import check_log
from yishi.jobs.verify.rows import check_cases, check_rows
from yishi.jobs.verify.wrong import Looked, Wrong
from yishi.records.log import key_path, own_verifier, published
from yishi.tlog.checkpoint import Verifier

LOCK_WAIT_SECONDS = 60


def verify(
    looked: Looked, outside: Sequence[str] = (), keys: Sequence[Verifier] = ()
) -> Iterator[Wrong]:
    """Whatever does not hold in this installation, one by one; `looked` counts along.

    The keys trusted are `keys`, else that of the key file, else the one published beside the
    log. The sequencer waits while the log is read; nobody else does.
    """
    log = published()
    trusted = list(keys) or own_verifier() or [v for v in [log.verifier()] if v]
    if not keys and key_path().exists() and trusted and log.verifier() not in (None, *trusted):
        yield Wrong("key_differs")
    with ExitStack() as held:
        index = held.enter_context(digests())
        lock = held.enter_context(ExitStack())
        if not lock.enter_context(alone(LOCK_WAIT_SECONDS)):
            yield Wrong("sequencer_busy")
            return
        # After the lock, so that the moment seen has everything the log counts.
        held.enter_context(snapshot())
        yield from check_log(log, trusted, outside, looked)
        yield from check_entries(log, looked.size, index, looked)
        lock.close()
        yield from check_rows(index, looked)
        yield from check_cases(index, looked)
        yield from check_ballots()
        yield from check_files(looked)


@contextmanager
def snapshot() -> Iterator[None]:
    """Reads that see one moment, and keep no writer waiting."""
    if connection.in_atomic_block:
        yield
        return
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if postgres else "BEGIN")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
