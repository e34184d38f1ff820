"""Runs web and worker together as two children, and ends both when one of them ends."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from django.utils.translation import gettext as _

from yishi.cli import Fault, say

START_SECONDS = 180
STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1


def need_free(host: str, port: int) -> None:
    """Raises Fault where something else listens there, or the port may not be used."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise Fault(
            _("%(host)s:%(port)s cannot be used (%(error)s). Take another port with --port.")
            % {"host": host, "port": port, "error": error.strerror or error}
        ) from error
    except OverflowError as error:
        raise Fault(_("A port is a number from 1 to 65535.")) from error


def serve(
    host: str, port: int, workers: int, every: float, ready: Callable[[], None] | None = None
) -> int:
    """Web and worker until Ctrl-C or SIGTERM; `ready` is called once pages are answered.

    0 after a stop that was asked for, 1 where one of the two ended by itself.
    """
    need_free(host, port)
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    address = [f"--host={host}", f"--port={port}", f"--workers={workers}"]
    children = {
        "web": _child("up", "--only=web", *address),
        "worker": _child("up", "--only=worker", f"--every={every}"),
    }
    waiting, deadline = ready, time.monotonic() + START_SECONDS
    try:
        while not stopping:
            ended = [name for name, child in children.items() if child.poll() is not None]
            if ended:
                code = children[ended[0]].returncode
                say(_("%(name)s ended (%(code)s).") % {"name": ended[0], "code": code}, error=True)
                return 1
            if waiting and _answers(host, port):
                waiting()
                waiting = None
            if waiting and time.monotonic() > deadline:
                raise Fault(_("The pages did not answer within three minutes."))
            time.sleep(0.1 if waiting else 0.5)
    finally:
        _end(children)
    return 0


def serve_web(host: str, port: int, workers: int) -> int:
    """The pages alone, by granian; ends on SIGTERM or SIGINT."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "yishi.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # Never more than the database pool of a process has connections.
        blocking_threads=8,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS // 2,
        websockets=False,
        log_enabled=False,
    ).serve()
    return 0


def _child(*arguments: str) -> "subprocess.Popen[bytes]":
    # A group of its own: Ctrl-C reaches us alone, and we end the children in order.
    return subprocess.Popen(
        [sys.executable, "-m", "yishi.cli", *arguments],
        preexec_fn=_end_with_parent,
        start_new_session=True,
    )


def _end_with_parent() -> None:
    """Linux ends this child with SIGTERM when its parent is killed; elsewhere it stays."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((_reachable(host), port), timeout=1):
            return True
    except OSError:
        return False


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def _end(children: "dict[str, subprocess.Popen[bytes]]") -> None:
    for child in children.values():
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
