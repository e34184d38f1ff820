"""A small office's installation in a folder and a database of its own, worked by its commands."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from tests.needs import ROOT


@dataclass
class Office:
    """One installation: its folder, and the address of its database ("" is SQLite there)."""

    var: Path
    url: str = ""
    language: str = "zh_CN.UTF-8"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("YISHI_")}
        return kept | {
            "YISHI_MODE": "production",
            "YISHI_VAR": str(self.var),
            "YISHI_DATABASE_URL": self.url,
            "YISHI_SECRET_KEY": "a secret that only this office has, and nobody else at all",
            "YISHI_DATA_KEY": "k1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "YISHI_HOSTS": "127.0.0.1",
            "YISHI_HTTPS": "false",
            "DJANGO_SETTINGS_MODULE": "yishi.site.settings",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            "LC_ALL": self.language,
        }

    def run(self, *arguments: str | Path) -> tuple[int, str]:
        """Exit code of `yishi …`, and all it printed."""
        return self.run_module("yishi.cli", *map(str, arguments))

    def fill(self) -> None:
        """A small district, with one matter on its whole way and one just raised."""
        code, said = self.run_module("tests.cli.fill")
        assert code == 0, said

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """`yishi …` in the background, its output to be read."""
        return subprocess.Popen(
            [sys.executable, "-m", "yishi.cli", *arguments],
            env=self.environment, cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def change(self, statement: str) -> None:
        """Raw SQL, as somebody with the database's password would."""
        code, said = self.run_module("tests.cli.change", statement)
        assert code == 0, said

    def run_module(self, module: str, *arguments: str) -> tuple[int, str]:
        """Exit code of a module run in this installation, and all it printed."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=self.environment, cwd=ROOT, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return done.returncode, done.stdout


@contextmanager
def offices(folder: Path, *names: str) -> Iterator[list[Office]]:
    """Empty installations side by side, on the kind of database the tests run on."""
    made: list[str] = []
    try:
        found = []
        for name in names:
            url = ""
            if connection.vendor == "postgresql":
                database = f"{connection.settings_dict['NAME']}_{os.getpid()}_{name}"
                _on_server(f"CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8'")
                made.append(database)
                url = f"{_server()}/{database}"
            found.append(Office(folder / name, url))
        yield found
    finally:
        for database in made:
            _on_server(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def _server() -> str:
    database = connection.settings_dict
    user = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
    return f"postgresql://{user}@{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}"


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(f"{_server()}/postgres", autocommit=True) as server:
        server.execute(statement)  # type: ignore[arg-type]
