"""Brings an installation's folder and database to what this version needs."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

GATHERED = "static.sha256"


def prepare() -> None:
    """Migrate the tables, make the cache table, gather styles and scripts; safe to repeat.

    Raises Django's CommandError or a database error, as `migrate` does, and then nothing runs.
    """
    if not is_migrated():
        call_command("migrate", interactive=False, verbosity=0)
    furnish()


def furnish() -> None:
    """What `prepare` does besides the tables of the records: cache table, styles, scripts."""
    call_command("createcachetable", verbosity=0)
    mark, state = Path(settings.STATIC_ROOT).parent / GATHERED, _static_state()
    if mark.exists() and mark.read_text("ascii") == state and Path(settings.STATIC_ROOT).is_dir():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(state, "ascii")


def is_migrated() -> bool:
    """Whether the tables are those this version expects."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def is_empty() -> bool:
    """Whether there is no table at all: an installation that was never set up."""
    return not connection.introspection.table_names()


def _static_state() -> str:
    """Changes when a style or script does: gathering and compressing them takes a second."""
    seen = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            file = Path(storage.path(path)).stat()
            seen.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    return seen.hexdigest()
