"""A backup: database, files, log and checkpoints as they stand, while people go on working.

The log is copied first and the database after it, so that the copy of the database has every
entry the copied checkpoint counts; files last, so that every file a row names is there. Keys
are never in it. Source: architecture, decision 22.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from yishi.jobs.sequence import alone
from yishi.records.log import published

FORMAT = "yishi-backup/1"
MANIFEST = "manifest.json"
SQLITE, POSTGRES = "database.sqlite3", "database.pgdump"


class BackupFailed(Exception):
    """The copy is not whole; the message says why."""


def backup(target: Path, now: datetime) -> dict[str, Any]:
    """Writes a backup into the new folder `target`; its manifest.

    Raises BackupFailed, FileExistsError where `target` is not empty, OSError.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(17, "the folder is not empty", str(target))
    with alone(60) as mine:
        if not mine:
            raise BackupFailed("the sequencer did not pause within a minute")
        _copy(published().folder, target / "log")
    name = _database(target)
    _copy(Path(settings.YISHI_FILES_DIR), target / "files")
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(timespec="seconds"),
        "origin": settings.YISHI_LOG_ORIGIN,
        "database": name,
        "files": {path: [size, digest] for path, size, digest in contents(target)},
    }
    # Written last: a folder without it is a backup that broke off.
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    with (target / MANIFEST).open("x", encoding="utf-8") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
    return manifest


def keys(target: Path) -> None:
    """The keys of the installation in an archive of their own, for its owner alone."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, tarfile.open(fileobj=out, mode="w") as archive:
        archive.add(settings.YISHI_KEYS_DIR, "keys")
        if os.environ.get("YISHI_SETTINGS_FILE"):
            archive.add(os.environ["YISHI_SETTINGS_FILE"], "settings.env")


def contents(folder: Path) -> Iterator[tuple[str, int, str]]:
    """(path, bytes, sha256) of every file of a backup but the manifest."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            yield str(path.relative_to(folder)), path.stat().st_size, digest


def _database(target: Path) -> str:
    if connection.vendor == "postgresql":
        run_postgres("pg_dump", "--format=custom", f"--file={target / POSTGRES}")
        return POSTGRES
    connection.ensure_connection()
    copy = sqlite3.connect(target / SQLITE)
    try:
        # In one step: readers and writers of a write-ahead log do not wait for it.
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        copy.close()
    if found != "ok":
        raise BackupFailed(f"the copy of the database is damaged: {found}")
    return SQLITE


def run_postgres(program: str, *arguments: str) -> None:
    """Runs pg_dump or pg_restore on the database of the settings. Raises BackupFailed."""
    database = connection.settings_dict
    if shutil.which(program) is None:
        raise BackupFailed(f"{program} is not installed (package postgresql-client)")
    environment = os.environ | {
        name: str(value)
        for name, value in (
            ("PGHOST", database["HOST"]),
            ("PGPORT", database["PORT"]),
            ("PGUSER", database["USER"]),
            ("PGPASSWORD", database["PASSWORD"]),
            ("PGDATABASE", database["NAME"]),
        )
        if value
    }
    done = subprocess.run(
        [program, "--no-owner", "--no-privileges", *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BackupFailed(f"{program}: {done.stderr.strip()[-500:]}")


def _copy(source: Path, target: Path) -> None:
    """Copies a folder whose files are only ever added; a file being written aside is left out."""
    target.mkdir(mode=0o700)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".new-*"))
