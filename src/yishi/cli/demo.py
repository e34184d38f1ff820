"""`yishi demo`: a believable district on this machine, with one sign-in for each role."""

import argparse
import os
import shutil
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

NAME = "demo"
HELP = "a demo district on this machine; keeps what you did"
VAR = "var/demo"
MARKER = "demo"
# What an installation writes into its folder; nothing else is ever deleted.
OURS = (
    "yishi.sqlite3", "yishi.sqlite3-wal", "yishi.sqlite3-shm",
    "files", "keys", "log", "static", "static.sha256",
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `demo`."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="processes that answer pages")
    parser.add_argument("--every", type=float, default=15, help="seconds from tick to tick")
    parser.add_argument("--reset", action="store_true", help="start over with a fresh district")
    parser.add_argument("--today", type=date.fromisoformat, help="play on this day, 2026-03-11")


def before(options: argparse.Namespace) -> None:
    """Sets demo mode before the settings are read; here and in the children."""
    from yishi.cli import Fault
    from yishi.records.wallclock import machine_now

    if os.environ.get("YISHI_MODE", "demo") != "demo":
        raise Fault("YISHI_MODE is not demo: a demo is not made out of an office's installation.")
    os.environ["YISHI_MODE"] = "demo"
    os.environ.setdefault("YISHI_VAR", VAR)
    os.environ.setdefault("YISHI_ADDRESS", f"http://127.0.0.1:{options.port}")
    if options.today:
        os.environ["YISHI_CLOCK_OFFSET_SECONDS"] = str(offset(options.today, machine_now()))
    var = Path(os.environ["YISHI_VAR"])
    if (var / "yishi.sqlite3").exists() and not (var / MARKER).exists():
        raise Fault(f"{var.absolute()} holds an installation that is no demo; it is left alone.")
    if options.reset:
        clear(var)


def offset(today: date, now: datetime, zone: str = "Asia/Shanghai") -> int:
    """Seconds to move the clock by, so that it is `today` at the present time of day."""
    here = now.astimezone(ZoneInfo(os.environ.get("YISHI_TIME_ZONE", zone))).date()
    moved = datetime.combine(today, time()) - datetime.combine(here, time())
    return int(moved.total_seconds())


def clear(var: Path) -> None:
    """Removes what a demo wrote into `var`, the mark last; nothing where there is no mark."""
    if not (var / MARKER).exists():
        return
    for name in OURS:
        path = var / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    (var / MARKER).unlink()


def run(options: argparse.Namespace) -> int:
    """Prepares, seeds once, serves; Ctrl-C ends it."""
    from django.conf import settings
    from django.utils.translation import gettext as _

    from yishi.cli import say, together
    from yishi.jobs.prepare import prepare

    together.need_free(options.host, options.port)
    marker = settings.YISHI_VAR / MARKER
    made = is_made(marker)
    if not made:
        say(_("Making the demo district, once …"))
        _begin_again(marker)
    prepare()
    guests = _guests() if made else _seed(marker)
    address = f"http://{options.host}:{options.port}"

    def ready() -> None:
        say(_("Yishi is at %(address)s") % {"address": address}, "", *table(guests), "")
        say(_("Or choose a role at %(address)s/demo/roles") % {"address": address})
        say(_("Ctrl-C ends it; what you did is kept."))

    return together.serve(options.host, options.port, options.workers, options.every, ready)


def is_made(marker: Path) -> bool:
    """Whether a district was made here to the end; the mark is filled in last."""
    return marker.exists() and marker.stat().st_size > 0


def table(rows: Iterable[Iterable[str]]) -> list[str]:
    """Rows in columns; a Chinese character is two wide."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*texts, strict=True)]
    return [
        "  "
        + "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in texts
    ]


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _begin_again(marker: Path) -> None:
    """A district that was half made when the machine went off is made anew."""
    from django.db import connection

    connection.close()
    if marker.exists() and connection.vendor == "sqlite":
        for name in OURS[:3]:
            (marker.parent / name).unlink(missing_ok=True)
        for name in ("files", "log"):
            shutil.rmtree(marker.parent / name, ignore_errors=True)
            (marker.parent / name).mkdir(mode=0o700)
    marker.touch()


def _guests() -> list[list[str]]:
    from yishi.demo.seed import guests

    return [list(guest) for guest in guests()]


def _seed(marker: Path) -> list[list[str]]:
    from yishi.demo.seed import seed
    from yishi.records.wallclock import now

    moment = now()
    guests = [list(guest) for guest in seed(moment)]
    marker.write_text(f"{moment.isoformat()}\n", "ascii")
    return guests
