"""A real browser at a real demo: one server and one browser for all journeys.

YISHI_TEST_DEMO names the address of a demo that runs already, so that writing a journey does not
wait for a new one each time.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import needs

TODAY = "2026-11-20"
START_SECONDS = 240


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
    port = free_port()
    log = folder / "server.txt"
    ours = ("YISHI_", "DJANGO_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    environment["YISHI_VAR"] = str(folder / "var")
    command = [sys.executable, "-m", "yishi.cli", "demo", "--port", str(port), "--today", TODAY]
    with log.open("wb") as out:
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=needs.ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, server, log)
        yield Demo(address, folder)
    finally:
        server.terminate()
        server.wait(timeout=20)


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
