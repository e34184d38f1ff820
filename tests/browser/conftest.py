"""A real browser at a real demo: one server and one browser for all tests of a process.

YISHI_TEST_DEMO names the address of a demo that runs already, YISHI_TEST_DEMO_VAR its folder, so
that writing a journey does not wait for a new one each time.
"""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import needs

TODAY = "2026-11-20"
START_SECONDS = 600


@dataclass(frozen=True)
class Demo:
    """A running demo: where it is, and where its files are."""

    address: str
    folder: Path


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when the page answers; fails with the server's words when it ends or is too slow."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    server.kill()
    pytest.fail(f"the demo did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo as `make demo` starts it, on a folder and a port of its own."""
    needs.chromium()
    folder = tmp_path_factory.mktemp("demo")
    if running := os.environ.get("YISHI_TEST_DEMO"):
        yield Demo(running, folder)
        return
    address, server = start(folder, folder / "var", free_port(), TODAY)
    try:
        yield Demo(address, folder)
    finally:
        server.terminate()
        server.wait(timeout=20)


def start(
    folder: Path, var: Path, port: int, today: str, every: float = 15
) -> tuple[str, subprocess.Popen[bytes]]:
    """A demo server on `var` as of `today`; its address, once it answers."""
    log = folder / "server.txt"
    ours = ("YISHI_", "DJANGO_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    environment["YISHI_VAR"] = str(var)
    command = [sys.executable, "-m", "yishi.cli", "demo", "--port", str(port)]
    command += ["--today", today, "--every", str(every)]
    with log.open("ab") as out:
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=needs.ROOT)
    address = f"http://127.0.0.1:{port}"
    wait_until_ready(address, server, log)
    return address, server


class Later:
    """A demo of one's own in which days pass: the server stops and goes on so much later."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.today, self.port = folder, date.fromisoformat(TODAY), free_port()
        self.address, self.server = self._start()

    def pass_days(self, days: int) -> None:
        """So many days later; everybody has to sign in again."""
        self.stop()
        self.today += timedelta(days=days)
        self.address, self.server = self._start()

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(timeout=20)

    def _start(self) -> tuple[str, subprocess.Popen[bytes]]:
        return start(self.folder, self.folder / "var", self.port, self.today.isoformat(), every=2)


@pytest.fixture(scope="session")
def later(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Later]:
    """A copy of the demo as it stands, to be taken on in time without disturbing the others."""
    yield from copied(demo, tmp_path_factory)


@pytest.fixture
def later_apart(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Later]:
    """The same for one test alone, whose days are counted from `TODAY`."""
    yield from copied(demo, tmp_path_factory)


def copied(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Later]:
    """A server going on from a copy of the demo's folder, stopped when it is done with."""
    var = Path(os.environ.get("YISHI_TEST_DEMO_VAR", demo.folder / "var"))
    folder = tmp_path_factory.mktemp("later")
    name = "yishi.sqlite3"
    shutil.copytree(var, folder / "var", ignore=shutil.ignore_patterns(f"{name}*", "log"))
    source, copy = sqlite3.connect(var / name), sqlite3.connect(folder / "var" / name)
    source.backup(copy)
    source.close()
    copy.close()
    going = Later(folder)
    try:
        yield going
    finally:
        going.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, quiet and headless."""
    path = needs.chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=list(needs.CHROMIUM_ARGUMENTS)
        )
        yield chromium
        chromium.close()
