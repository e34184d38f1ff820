"""A step of a procedure: pure, through the act with its journal, and by two other engines.

    python -m tests.bench.methods [--repeat 50]

The six steps are those that take a topic through the first six stages of the four deliberations.
CPU ms a step, the median over steps and repeats; statements of the dearest step.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.acts.hall import Hall
    from yishi.acts.door import Ask

STEP_AIM, PURE_AIM = 2.5, 0.1
RIVALS = {"SpiffWorkflow (serialised)": ("SpiffWorkflow", "spiff"),
          "django-viewflow": ("viewflow", "viewflow_steps")}  # fmt: skip
Act = Callable[[], object]


def main() -> None:
    """Measures in a folder of its own and prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeat", type=int, default=50)
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory(prefix="yishi-bench-") as folder:
        os.environ |= {"YISHI_MODE": "test", "YISHI_VAR": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "yishi.site.settings"
        import django

        django.setup()
        acts, statements = _acts(repeat)
        print(f"\nOne step of a procedure, CPU ms, median of 6 × {repeat}")
        print(f"{'pure':32}{_pure(repeat):>8.3f}   (aim ≤ {PURE_AIM})")
        print(f"{'through the act, journaled':32}{acts:>8.3f}   (aim ≤ {STEP_AIM}), "
              f"{statements} statements at most")  # fmt: skip
    for name, (package, module) in RIVALS.items():
        if find_spec(package) is None:
            print(f"{name:32} not installed: `make bench` installs it")
            continue
        command = [sys.executable, "-m", f"tests.bench.rivals.{module}", "--repeat", str(repeat)]
        said = subprocess.run(command, check=True, capture_output=True, text=True)
        print(f"{name:32}{float(said.stdout.split()[-1]):>8.3f}")


def _pure(repeat: int) -> float:
    from tests.core.explore import NOW, explore
    from yishi.core.topic.step import step
    from yishi.rulebook.kinds import parse
    from yishi.rulebook.shipped import shipped_bundle

    four = parse(shipped_bundle("methods", "siyi")).procedure("four")
    done = explore(four).given[: 6 * repeat]
    took = []
    for topic, act, facts in done:
        began = time.perf_counter_ns()
        step(four, topic, act, facts, NOW)
        took.append((time.perf_counter_ns() - began) / 1e6)
    return statistics.median(took)


def _acts(repeat: int) -> tuple[float, int]:
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.acts.hall import make_hall
    from tests.acts.world import make_world

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    hall = make_hall(make_world(), "siyi")
    took, most = [], 0
    for index in range(repeat + 1):
        for act in _six(hall):
            began = time.process_time_ns()
            if index < repeat:
                hall.did(act())
                took.append((time.process_time_ns() - began) / 1e6)
                continue
            with CaptureQueriesContext(connection) as statements:
                hall.did(act())
            most = max(most, len(statements))
    return statistics.median(took), most


def _six(hall: "Hall") -> Iterator[Act]:
    """The acts that leave each of the first six stages; what comes before each is done first."""
    from tests.acts.hall import DESK, OVERSEER
    from yishi.acts.topic import staging
    from yishi.core.place import BodyKind as B

    uid = hall.raise_()
    hall.take_up(uid, "siyi")
    option = hall.option(uid, "请人大修")

    def ask(who: str) -> "Ask":
        return hall.world.ask(who, hall.now)

    hall.did(staging.collect(ask(DESK), uid, 10, "走访"))
    hall.attach(uid)
    key = ask(DESK)
    yield partial(staging.end_collecting, key, uid)
    both = {B.PARTY_COMMITTEE: 5, B.RESIDENTS_COMMITTEE: 5}
    members = {B.PARTY_MEMBERS: 20}
    for present in (both, members):
        hall.attach(uid)
        key = ask(DESK)
        yield partial(staging.confer, key, uid, present, present, "同意")
    hall.attach(uid)
    here, votes = {B.RESIDENTS_ASSEMBLY: 30}, {option: (30, 0, 0)}
    hall.did(staging.count(ask(DESK), uid, here, votes))
    second = ask(OVERSEER)
    yield partial(staging.confirm, second, uid, here, votes)
    hall.attach(uid)
    hall.did(staging.post(ask(DESK), uid, "各楼道口"))
    hall.now += timedelta(days=10)
    third = ask(DESK)
    yield partial(staging.end_posting, third, uid)
    hall.attach(uid)
    unit = hall.world.bodies["区水务公司"].uid
    hall.did(staging.assign(ask(DESK), uid, unit))
    fourth = ask("水务小吴")
    yield partial(staging.report_done, fourth, uid, "修好了")


main()
