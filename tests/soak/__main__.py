"""Two soaks: random lives of cases on the pure core; people's acts killed in the middle.

    python -m tests.soak --sequences 20000 --seed 1
    python -m tests.soak --kills 200 --seed 1

A sequence is at least 30 acts; after each every promise is looked at (see `held.py`), and every
act and every refusal of the casework core has to be met. With kills, every act acknowledged with
a number must exist once: rows, journal entry, message and file. Kills run on SQLite in a folder
of their own, or on the database of YISHI_DATABASE_URL (emptied first).
"""

import argparse
import json
import os
import random
import select
import signal
import sys
import tempfile
import time

from tests.soak.sequences import run

SECONDS_LEAST, SECONDS_MOST = 0.03, 0.6
ACTS = (
    "report.file",
    "case.dispatch",
    "case.sign",
    "case.contact",
    "case.submit_result",
    "case.check",
    "case.answer",
    "report.rate",
)


def main() -> int:
    """0 when no promise was broken, nothing acknowledged was lost and nothing is there twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sequences", type=int, default=0)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    options = parser.parse_args()
    broken = run(options.sequences, options.seed) if options.sequences else 0
    if not options.kills:
        return broken
    with tempfile.TemporaryDirectory(prefix="yishi-soak-") as folder:
        os.environ |= {"YISHI_MODE": "test", "YISHI_VAR": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "yishi.site.settings"
        return soak(options.kills, options.seed) or broken


def soak(kills: int, seed: int) -> int:
    """Runs the kills and counts. Prints the seed, a line a table, and what is wrong."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from tests.acts.world import make_world
    from tests.soak.count import faults

    call_command("migrate", verbosity=0)
    if os.environ.get("YISHI_DATABASE_URL"):
        call_command("flush", interactive=False, verbosity=0)
    world = make_world()
    connections.close_all()
    chance = random.Random(seed)
    acknowledged: list[dict[str, object]] = []
    for kill in range(kills):
        start = int(str(acknowledged[-1]["round"])) if acknowledged else 0
        acknowledged += one_life(world, start, chance.uniform(SECONDS_LEAST, SECONDS_MOST))
        if sys.stderr.isatty() or kill % 20 == 19:
            print(f"{kill + 1} kills, {len(acknowledged)} acts acknowledged", flush=True)
    wrong = faults(acknowledged)
    done = {act: sum(a["act"] == act for a in acknowledged) for act in ACTS}
    print(f"seed {seed}; acknowledged: {done}")
    for fault in wrong:
        print(f"FAULT {fault}")
    passed = not wrong and acknowledged
    print(f"{int(bool(passed))} passed, {int(not passed)} failed")
    return 0 if passed else 1


def one_life(world: object, start: int, seconds: float) -> list[dict[str, object]]:
    """Forks a process that lives `seconds` and is killed; returns what it acknowledged."""
    from tests.soak.people import live

    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            live(world, start, writer)  # type: ignore[arg-type]
        except BaseException as error:
            print(f"child: {error!r}", file=sys.stderr, flush=True)
        finally:
            os._exit(1)
    os.close(writer)
    heard, until = b"", time.monotonic() + seconds
    # A life begins when its first act is acknowledged, so that slow machines kill acts too.
    while time.monotonic() < until:
        ready, _, _ = select.select([reader], [], [], max(0.0, until - time.monotonic()))
        if ready:
            chunk = os.read(reader, 65536)
            if not chunk:
                break
            heard += chunk
    os.kill(child, signal.SIGKILL)
    while chunk := os.read(reader, 65536):
        heard += chunk
    os.close(reader)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit("a child ended by itself: see above")
    return [json.loads(line) for line in heard.split(b"\n") if line.endswith(b"}")]


if __name__ == "__main__":
    sys.exit(main())
