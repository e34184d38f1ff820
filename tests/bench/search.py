"""CPU ms of a search over many cases, on the database of YISHI_DATABASE_URL (else SQLite).

    python -m tests.bench.search [--size 100000] [--repeat 15]

CPU time is this process's and, on PostgreSQL, also that of the server's process behind the
connection. The texts are the published messages and replies where they are (YISHI_TEST_DATA),
else sentences of this file. The database must be empty.
"""

import argparse
import csv
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.acts.world import World

AIM_MS = 50
SOUGHT = {
    "a common word": "停车",
    "a very common word": "我们",
    "a common sign": "一",
    "another common sign": "的",
    "a rare sign": "嚣",
    "a street": "人民路",
    "a number": "0601",
    "a phrase": "请有关部门",
    "two common words": "物业 业主",
    "three words": "小区 停车 收费",
    "a phrase nobody wrote": "停车场里的月亮",
    "a sentence": "督促施工单出具该信号基站的辐射安全证明、报批手续、施工许可证及施工安全等文件",
}
PEOPLE = {"dispatcher of a district": "分拨员老赵", "unit handler": "城管小孙"}
OURS = [
    "楼下的停车位被占，物业不管，请有关部门处理",
    "夜里施工太吵，一直到两点，我们睡不着",
    "人民路的井盖不见了，老人走路危险",
    "小区停车收费没有公示，业主不知道标准",
]


def main() -> None:
    """Builds the cases in a folder of its own, then measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yishi-bench-") as folder:
        os.environ |= {"YISHI_MODE": "test", "YISHI_VAR": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "yishi.site.settings"
        import django

        django.setup()
        world = build(options.size)
        measure(world, options.repeat)


def build(size: int) -> "World":
    """A district with `size` cases in it, written and indexed."""
    from django.core.management import call_command
    from django.db import connection

    from tests.acts.world import make_world
    from tests.bench.seed import bring_to
    from yishi.records.index import index_cases, stale
    from yishi.records.models import Report
    from yishi.records.wallclock import now

    call_command("migrate", verbosity=0)
    world = make_world()
    bring_to(world, size, now())
    chance, texts = random.Random(1), _texts()
    keys = list(Report.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), 2_000):
        rows = [
            Report(pk=pk, words=chance.choice(texts[0]), answer=chance.choice(texts[1]))
            for pk in keys[start : start + 2_000]
        ]
        Report.objects.bulk_update(rows, ["words", "answer"], batch_size=500)
    cpu = _clock()
    began = cpu()
    index_cases(list(stale()), now())
    print(f"reindex, {size:,} cases: {(cpu() - began) / 1000:.0f} CPU s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


def measure(world: "World", repeat: int) -> None:
    """A line for each person and search: how many were found, CPU ms, SQL statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from yishi.core.search import Sought, read_sought
    from yishi.records.index import index_case
    from yishi.records.models import Case
    from yishi.records.queries.actor import actor_of
    from yishi.records.queries.rule import today_of
    from yishi.records.queries.search import Narrowed, find_cases
    from yishi.records.wallclock import now

    cpu = _clock()
    print(f"{connection.vendor}: CPU ms, median of {repeat} (aim ≤ {AIM_MS}), SQL statements")
    for title, who in PEOPLE.items():
        actor = actor_of(world.people[who], today_of(now()))
        for kind, typed in SOUGHT.items():
            sought = read_sought(typed)
            assert isinstance(sought, Sought)
            found = find_cases(actor, sought, Narrowed())
            times = []
            for _ in range(repeat):
                began = cpu()
                find_cases(actor, sought, Narrowed())
                times.append(cpu() - began)
            with CaptureQueriesContext(connection) as asked:
                find_cases(actor, sought, Narrowed())
            total = f"{found.total}{'+' if found.capped else ''}"
            ms = f"{statistics.median(times):.1f}"
            print(f"{title:26}{kind:24}{total:>7}{ms:>8}{len(asked):>4}")
    case = Case.objects.select_related("place").order_by("-pk")[0]
    times = []
    for _ in range(repeat):
        began = cpu()
        index_case(case, now())
        times.append(cpu() - began)
    print(f"writing the documents of one case: {statistics.median(times):.2f} ms")


def _clock() -> Callable[[], float]:
    """CPU milliseconds spent so far: ours, and the server's where it is a process of its own."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return lambda: time.process_time() * 1000
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        spent = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: time.process_time() * 1000 + int(spent.read_text("ascii").split()[0]) / 1e6


def _texts() -> tuple[list[str], list[str]]:
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("YISHI_TEST_DATA", root.parent / "shared" / "data"))
    messages = folder / "appeals_tipdm2020c"
    if not messages.exists():
        print("texts: sentences of this file (the published messages are not here)")
        return OURS, OURS
    return [*_column(messages / "labelled.csv", "detail")], [
        *_column(messages / "replies.csv", "reply")
    ]


def _column(path: Path, name: str) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        yield from (row[name].strip()[:2_000] for row in csv.DictReader(source))


if __name__ == "__main__":
    main()
