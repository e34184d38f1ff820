"""Pages and acts as requests: through the whole of Django, by its own test client."""

import statistics
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.acts.world import World, appoint_overseer, make_world
from tests.bench.acts import ACTS
from tests.bench.figures import FIGURES
from tests.bench.seed import bring_to
from yishi.acts.case import handling, intake
from yishi.acts.door import Ask, Done
from yishi.records.files import store
from yishi.records.models import Case, Person
from yishi.records.queries.actor import actor_of
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now

BACKEND = "django.contrib.auth.backends.ModelBackend"
AIMS = {"case list": 15, "case page": 10, "filing": 6, "settling": 6, "figures": 50}


def measure(sizes: list[int], repeat: int) -> None:
    """A row a request, a column a size: CPU ms (SQL statements), and growth first to last."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    world = make_world()
    appoint_overseer(world)
    table: dict[str, list[tuple[float, int]]] = {}
    for size in sizes:
        bring_to(world, size, now())
        connection.cursor().execute("ANALYZE")
        for name, prepare in (REQUESTS | ACTS).items():
            table.setdefault(name, []).append(_cost(prepare(world), repeat))
    print(f"\nCPU ms a request (SQL statements), median of {repeat}, {connection.vendor}")
    print(f"{'':24}" + "".join(f"{size:>18,}" for size in sizes) + f"{'growth':>10}{'aim ms':>8}")
    for name, row in table.items():
        cells = "".join(f"{f'{ms:.1f} ({sql})':>18}" for ms, sql in row)
        growth = f"{row[-1][0] / row[0][0]:.2f}×"
        print(f"{name:24}{cells}{growth:>10}{AIMS.get(name, ''):>8}")


def _cost(request: Callable[[int], object], repeat: int) -> tuple[float, int]:
    """Median CPU ms of a request, and its statements; the first two are warm-up."""
    for index in range(2):
        request(-1 - index)
    times = []
    for index in range(repeat):
        began = time.process_time()
        request(index)
        times.append((time.process_time() - began) * 1000)
    with CaptureQueriesContext(connection) as statements:
        request(repeat)
    return statistics.median(times), len(statements)


def _client(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who], backend=BACKEND)
    return client


def _get(world: World, who: str, address: str) -> Callable[[int], object]:
    client = _client(world, who)

    def request(index: int) -> object:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response

    return request


def _case_page(world: World, part: str = "") -> Callable[[int], object]:
    uid = Case.objects.filter(state="handling", place=world.places["柳荫社区"]).first().uid
    return _get(world, "分拨员老赵", f"/cases/{uid}{part}")


def _filing(world: World) -> Callable[[int], object]:
    client, code = _client(world, "王桂英"), world.buildings["柳荫1栋"].code
    run = time.monotonic_ns()

    def request(index: int) -> object:
        form = {"text": "楼下的井盖不见了", "nature": "complaint"}
        response = client.post(f"/b/{code}", {**form, "key": f"bench-{run}-{index}"})
        assert response.status_code == 302, response.content[:2000]
        return response

    return request


def _ask(who: Person, key: str) -> Ask:
    return Ask(actor_of(who, today_of(now())), now(), key)


def _settling(world: World) -> Callable[[int], object]:
    """Checks passed, each on a case of its own that was brought there before the clock starts."""
    client, run = _client(world, "网格员小陈"), time.monotonic_ns()
    ready = iter([_to_check(world, f"{run}-{n}") for n in range(100)])

    def request(index: int) -> object:
        uid = next(ready)
        form = {"passed": "yes", "words": "", "key": f"settle-{uid}"}
        response = client.post(f"/cases/{uid}/check", form)
        assert response.status_code == 302, response.content[:2000]
        return response

    return request


def _to_check(world: World, name: str) -> str:
    from yishi.acts import report
    from yishi.acts.report import Words

    words = Words("楼道堆物", building=world.buildings["柳荫1栋"].uid)
    filed = report.file(_ask(world.people["王桂英"], f"f{name}"), words)
    assert isinstance(filed, Done), filed
    uid, desk = filed.uid, world.people["社区小周"]
    duty = world.duties["楼道堆物"].uid
    for done in (
        intake.dispatch(_ask(world.people["分拨员老赵"], f"d{name}"), uid, duty),
        handling.sign(_ask(desk, f"s{name}"), uid),
        handling.contact(_ask(desk, f"c{name}"), uid, True, "已联系"),
        handling.submit_result(_ask(desk, f"r{name}"), uid, "已清", [store(b"p", "image/jpeg")]),
    ):
        assert isinstance(done, Done), done
    return uid


REQUESTS: dict[str, Callable[[World], Callable[[int], object]]] = {
    "case list": lambda world: _get(world, "分拨员老赵", "/cases"),
    "case list, all": lambda world: _get(world, "分拨员老赵", "/cases?open=all"),
    "case list, page 2": lambda world: _get(world, "分拨员老赵", "/cases?open=all&page=2"),
    "case page": _case_page,
    "clock page": lambda world: _case_page(world, "/clocks"),
    "first screen, dispatcher": lambda world: _get(world, "分拨员老赵", "/work"),
    "first screen, unit": lambda world: _get(world, "城管小孙", "/work"),
    "my matters": lambda world: _get(world, "王桂英", "/reports"),
    "figures": lambda world: _get(world, "街道主任", "/figures"),
    **FIGURES,
    "public board": lambda world: _get(world, "王桂英", "/board"),
    **{
        name: lambda world, who=who, address=address: _get(world, who, address)
        for name, who, address in (
            ("queue beside its first case", "分拨员老赵", "/cases?queue=to_dispatch"),
            ("requests", "分拨员老赵", "/requests"),
            ("stopped push-downs", "街道主任", "/burden"),
            ("calls", "城管小孙", "/calls"),
            ("orders", "督查员老冯", "/orders"),
            ("findings", "督查员老冯", "/findings"),
            ("oversight", "监督委员老何", "/oversight"),
            ("dated list", "社区小周", "/listed"),
        )
    },
    "forms of a case": lambda world: _case_page(world, "/forms"),
    "dossier of a case": lambda world: _case_page(world, "/dossier.zip"),
    "filing": _filing,
    "settling": _settling,
}
