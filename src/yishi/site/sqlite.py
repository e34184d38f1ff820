"""The SQLite that Yishi runs on: the bundled one, put in place of the system's.

Debian 12 ships SQLite 3.40.1, whose write-ahead log can be reset under a reader and lose
committed rows (mended in 3.51.3). `pysqlite3` carries a newer one.
"""

import sys
from types import ModuleType

OLDEST = (3, 51, 3)
"""The first SQLite without the write-ahead-log fault."""


def use_bundled() -> ModuleType:
    """Make `import sqlite3` mean the bundled SQLite, and return the module now in place.

    Must run before anything opens a database; running it twice changes nothing. Where the
    bundled module is not installed the system's stays, and `too_old` judges it.
    """
    try:
        import pysqlite3
        from pysqlite3 import dbapi2
    except ImportError:
        import sqlite3

        return sqlite3
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2
    return pysqlite3


def too_old(version: tuple[int, int, int]) -> str | None:
    """The sentence that refuses `version`, or None when it is new enough."""
    if version >= OLDEST:
        return None
    have = ".".join(str(part) for part in version)
    need = ".".join(str(part) for part in OLDEST)
    return (
        f"SQLite {have} can lose committed rows; Yishi needs {need} or newer "
        "(install the pysqlite3 package pinned in requirements/run.txt, or use PostgreSQL)."
    )
