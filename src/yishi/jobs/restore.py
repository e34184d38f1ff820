"""Puts a backup into an empty installation, checked before anything is written."""

import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from yishi.jobs.backup import FORMAT, MANIFEST, SQLITE, contents, run_postgres
from yishi.records.log import published


class NotRestored(Exception):
    """Why nothing was restored: a code of `phrases.operate` and what it names."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def restore(source: Path, keys: Path | None = None) -> dict[str, Any]:
    """Database, files and log of the backup `source`, and keys from their archive; its manifest.

    Raises NotRestored: `no_backup`, `backup_damaged`, `backup_database`, `backup_origin`,
    `not_empty`, `keys_damaged`. Then the installation is untouched.
    """
    manifest = read_manifest(source)
    if manifest["database"] != _kind():
        raise NotRestored("backup_database", have=manifest["database"], need=_kind())
    if manifest["origin"] != settings.YISHI_LOG_ORIGIN:
        raise NotRestored("backup_origin", have=manifest["origin"], need=settings.YISHI_LOG_ORIGIN)
    for folder in (settings.YISHI_FILES_DIR, published().folder):
        _must_be_empty(Path(folder))
    _database(source)
    shutil.copytree(source / "files", settings.YISHI_FILES_DIR, dirs_exist_ok=True)
    shutil.copytree(source / "log", published().folder, dirs_exist_ok=True)
    if keys:
        put_keys(keys)
    cache.clear()  # what the old installation's worker and sign-ins remembered
    return manifest


def read_manifest(source: Path) -> dict[str, Any]:
    """The manifest of a backup whose files are all there, byte for byte. Raises NotRestored."""
    try:
        manifest = json.loads((source / MANIFEST).read_text("utf-8"))
        promised = {path: tuple(said) for path, said in manifest["files"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise NotRestored("no_backup", folder=source) from error
    if manifest.get("format") != FORMAT:
        raise NotRestored("no_backup", folder=source)
    there = {path: (size, digest) for path, size, digest in contents(source)}
    wrong = sorted(path for path in promised if there.get(path) != promised[path])
    if wrong:
        raise NotRestored("backup_damaged", file=wrong[0], count=len(wrong))
    return dict(manifest)


def put_keys(archive: Path) -> None:
    """Keys from the archive `yishi backup --keys` made. Raises NotRestored."""
    folder = Path(settings.YISHI_KEYS_DIR)
    _must_be_empty(folder)
    try:
        with tarfile.open(archive) as source:
            for member in source.getmembers():
                path = Path(member.name)
                if not member.isfile() or path.parent != Path("keys"):
                    continue
                data = source.extractfile(member)
                assert data is not None
                target = folder / path.name
                target.touch(mode=0o600, exist_ok=False)
                target.write_bytes(data.read())
    except (OSError, tarfile.TarError) as error:
        raise NotRestored("keys_damaged", file=archive) from error


def _kind() -> str:
    return "database.pgdump" if connection.vendor == "postgresql" else SQLITE


def _must_be_empty(folder: Path) -> None:
    found = next((path for path in folder.rglob("*") if path.is_file()), None)
    if found is not None:
        raise NotRestored("not_empty", what=found)


def _database(source: Path) -> None:
    if connection.vendor == "postgresql":
        if connection.introspection.table_names():
            raise NotRestored("not_empty", what=connection.settings_dict["NAME"])
        run_postgres(
            "pg_restore", "--single-transaction", "--exit-on-error",
            f"--dbname={connection.settings_dict['NAME']}", str(source / "database.pgdump"),
        )  # fmt: skip
        connection.close()
        return
    target = Path(connection.settings_dict["NAME"])
    if target.exists() and connection.introspection.table_names():
        raise NotRestored("not_empty", what=target)
    connection.close()
    for leftover in ("", "-wal", "-shm"):
        Path(f"{target}{leftover}").unlink(missing_ok=True)
    shutil.copyfile(source / SQLITE, target)
