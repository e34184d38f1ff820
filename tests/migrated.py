"""The tables, migrated once in a run; whoever wants a database in it begins with a copy.

The migrations take a quarter of a minute of a core, and say the same each time.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

# The folder that all processes of a run share: see tests/settings.py. An installation that a test
# makes has keys of its own and knows nothing of it.
FOLDER = Path(os.environ["YISHI_TEST_VAR"]) if "YISHI_TEST_VAR" in os.environ else None


def begin_with_a_copy() -> None:
    """The test database, not made yet, will be a copy of the migrated one."""
    test = connection.settings_dict["TEST"]
    own = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        copy_to(Path(own))
    else:
        with alone("migrated"):
            test["TEMPLATE"] = _made(f"{connection.settings_dict['NAME']}_migrated")


def copy_to(path: Path) -> bool:
    """Puts the migrated tables into a new SQLite file; False on another kind of database."""
    if connection.vendor != "sqlite":
        return False
    with alone("migrated"):
        shutil.copyfile(_made(str(_folder() / "migrated.sqlite3")), path)
    return True


def forget() -> None:
    """Drops what was made on a server, which outlives the run."""
    mark = _folder() / "migrated.postgresql"
    if not mark.exists():
        return
    import psycopg

    given = connection.settings_dict
    server = psycopg.connect(
        host=given["HOST"], port=given["PORT"] or 5432, dbname="postgres",
        user=given["USER"], password=given["PASSWORD"], autocommit=True,
    )  # fmt: skip
    with server:
        server.execute(f'DROP DATABASE IF EXISTS "{mark.read_text()}"'.encode())
    mark.unlink()


def _made(name: str) -> str:
    """`name`, once a database of that name has been through every migration."""
    mark = _folder() / f"migrated.{connection.vendor}"
    if mark.exists():
        return mark.read_text()
    given = connection.settings_dict
    before, own = given["NAME"], given["TEST"]["NAME"]
    given["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    # Only closes it, and goes back to the name it had.
    connection.creation.destroy_test_db(before, verbosity=0, keepdb=True)
    if connection.vendor == "postgresql":
        # Nothing that is being used can be copied.
        connection.close_pool()
    given["TEST"]["NAME"] = own
    mark.write_text(name)
    return name


def _folder() -> Path:
    assert FOLDER is not None, "outside a run of the tests"
    return FOLDER


@contextmanager
def alone(what: str) -> Iterator[None]:
    """One process of the run at a time."""
    with (_folder() / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
