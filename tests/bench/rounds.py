"""Rounds of small works: their pages and acts, at three sizes, with growth.

    python -m tests.bench.rounds [--sizes 1000,10000,100000] [--repeat 30]

A size is so many wishes in the district, a hundred in each round that ended. The round that calls
for wishes has a hundredth of them; the one at work a two-thousandth as many projects, each paid for
by two; on the roll of the one that votes stand a two-hundredth as many. CPU ms a request or an act
through the door, the median of the repeats, and SQL statements. On SQLite, or on the database of
YISHI_DATABASE_URL, which has to be empty.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable

from tests.bench.rounds_stage import LONG, Stage

UNLIKE, COUNTED = 0x5100, 5
Doing = Callable[[int], object]


def main() -> None:
    """Measures in a folder of its own and prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--repeat", type=int, default=30)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="yishi-bench-") as folder:
        os.environ |= {"YISHI_MODE": "test", "YISHI_VAR": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "yishi.site.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        measure(sizes, options.repeat)


def measure(sizes: list[int], repeat: int) -> None:
    """A row a request or an act, a column a size."""
    from django.db import connection

    from tests.bench.votes import fresh

    table: dict[str, list[tuple[float, int]]] = {}
    for size in sizes:
        stage = Stage(fresh(), size, repeat + COUNTED)
        stage.fill()
        connection.cursor().execute("ANALYZE")
        for name, prepare in ROWS.items():
            table.setdefault(name, []).append(_cost(prepare(stage), repeat))
    print(f"\nRounds, CPU ms (SQL statements), median of {repeat}, {connection.vendor}")
    print(f"{'wishes':24}" + "".join(f"{size:>18,}" for size in sizes) + f"{'growth':>10}")
    for name, row in table.items():
        cells = "".join(f"{f'{ms:.1f} ({sql})':>18}" for ms, sql in row)
        print(f"{name:24}{cells}{f'{row[-1][0] / row[0][0]:.2f}×':>10}", flush=True)


def _cost(doing: Doing, repeat: int) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for index in range(2):
        doing(index)
    took = []
    for index in range(2, repeat + 2):
        began = time.process_time()
        doing(index)
        took.append((time.process_time() - began) * 1000)
    asked = []
    # The fewest: what is held for some seconds may run out between two.
    for index in range(repeat + 2, repeat + COUNTED):
        with CaptureQueriesContext(connection) as found:
            doing(index)
        asked.append(sum(one["sql"].split()[0] not in ("BEGIN", "COMMIT") for one in found))
    return statistics.median(took), min(asked)


def _get(stage: Stage, who: str, address: str) -> Doing:
    client = stage.browser(who)

    def doing(index: int) -> object:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response

    return doing


def _wishing(stage: Stage) -> Doing:
    """Each by somebody else: one person has at most five wishes in a round."""
    clients = [stage.browser(who) for who in stage.names[-stage.times :]]
    # No sign twice, so that no other wish is like it and has to be shown first.
    signs = range(UNLIKE, UNLIKE + LONG * stage.times, LONG)
    titles = ["".join(map(chr, range(first, first + LONG))) for first in signs]

    def doing(index: int) -> object:
        form = {"title": titles[index], "kind": "works", "building": "", "key": f"wish-{index}"}
        response = clients[index].post(f"/rounds/{stage.calling}/propose", form)
        assert response.status_code == 302, response.content.decode()[-3000:]
        return response

    return doing


def _casting(stage: Stage) -> Doing:
    poll = stage.poll
    return lambda index: poll.hall.did(poll.cast(stage.names[index], ["路灯", "长椅"]))


def _paying(stage: Stage) -> Doing:
    """A yuan out of the first funder, again and again."""
    from tests.acts.hall import DESK
    from tests.acts.paid import YUAN, paper
    from yishi.acts.project.paying import pay

    project, pledge = stage.at_work[1][0]
    vouchers = [(f"付款-{no:03}", paper(f"凭证{no}")) for no in range(stage.times)]

    def doing(index: int) -> object:
        ask = stage.world.ask(DESK, stage.now)
        number, file = vouchers[index]
        return stage.hall.did(pay(ask, project, pledge, YUAN, number, file, "付惠民建设公司"))

    return doing


ROWS: dict[str, Callable[[Stage], Doing]] = {
    "rounds": lambda stage: _get(stage, "王桂英", "/rounds"),
    "wishes of a round": lambda stage: _get(stage, "王桂英", f"/rounds/{stage.calling}"),
    "put a wish forward": _wishing,
    "project page": lambda stage: _get(stage, "王桂英", f"/projects/{stage.at_work[1][0][0]}"),
    "accounts": lambda stage: _get(stage, "王桂英", f"/rounds/{stage.at_work[0]}/accounts"),
    "act: pay": _paying,
    "act: cast for projects": _casting,
}


if __name__ == "__main__":
    main()
