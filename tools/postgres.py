"""Finds a PostgreSQL for the tests, or starts one that is thrown away afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCAL = "postgresql://postgres@127.0.0.1:{port}/{name}"


def _name() -> str:
    return f"yishi_{os.getpid()}"


def _answers(url: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            return bool(row and row[0])
    except psycopg.Error:
        return False


def _binaries() -> Path | None:
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parent.parent.name),
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[tuple[str | None, str]]:
    """(address, how it was found), or (None, why there is none).

    In this order: the address in YISHI_TEST_POSTGRES; a server on 127.0.0.1:5432 that lets
    `postgres` in without a password; a private cluster in a temporary folder, stopped and
    removed at the end.
    """
    given = os.environ.get("YISHI_TEST_POSTGRES")
    if given:
        yield given, "the server named by YISHI_TEST_POSTGRES"
        return
    if _answers(LOCAL.format(port=5432, name="postgres")):
        yield LOCAL.format(port=5432, name=_name()), "the server on 127.0.0.1:5432"
        return
    binaries = _binaries()
    if binaries is None:
        yield None, "no PostgreSQL answers on 127.0.0.1:5432 and none is installed here"
        return
    yield from _private(binaries)


def _private(binaries: Path) -> Iterator[tuple[str | None, str]]:
    # PostgreSQL refuses to run as root; the package's own user runs it then.
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="yishi-pg-"))
    data, port = folder / "data", _free_port()
    try:
        if become:
            shutil.chown(folder, "postgres")
        initdb = [str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres"]
        control = [*become, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        steps = [
            [*become, *initdb, "-E", "UTF8", "--locale=C"],
            [*control, "-l", str(folder / "log"), "-o", options, "start"],
        ]
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False, cwd="/")
            if done.returncode:
                yield None, f"a private PostgreSQL did not start: {done.stderr.strip()[-300:]}"
                return
        try:
            yield LOCAL.format(port=port, name=_name()), f"a private server on port {port}"
        finally:
            stop = [*control, "-m", "immediate", "stop"]
            subprocess.run(stop, capture_output=True, check=False, cwd="/")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
