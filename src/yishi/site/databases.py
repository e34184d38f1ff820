"""The database, by one setting."""

from pathlib import Path
from typing import Any

from environ import Env

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-16000;"
    "PRAGMA journal_size_limit=67108864;"
)
"""With IMMEDIATE transactions and a ten-second wait these kept four writers from ever meeting
"database is locked"; Django's defaults locked half of them out."""


def database(url: str, var: Path) -> dict[str, Any]:
    """Django's settings for `url`, or for SQLite in `var` when it is empty.

    Never ATOMIC_REQUESTS: the door opens the transactions. Raises ValueError, without showing
    the address, for a database that is neither PostgreSQL nor SQLite.
    """
    if not url:
        return _sqlite(str(var / "yishi.sqlite3"))
    scheme = url.partition(":")[0]
    parts = dict(Env.db_url_config(url))
    if scheme in ("postgresql", "postgres"):
        options = dict(parts.get("OPTIONS") or {})
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
        # A pool hands out live connections, so a request must not keep one of its own.
        return {
            **parts,
            "ENGINE": "django.db.backends.postgresql",
            "OPTIONS": options,
            "CONN_MAX_AGE": 0,
        }
    if scheme == "sqlite":
        return _sqlite(str(parts["NAME"]))
    raise ValueError(
        f"YISHI_DATABASE_URL begins with {scheme}: — only postgresql:// and sqlite:// are known."
    )


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
        },
    }
