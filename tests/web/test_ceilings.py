"""Every list page asks the database as often for 1,000 cases as for a few, at most 12 times."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.acts.world import NOW, World
from tests.bench.seed import bring_to
from tests.web.staff import at
from yishi.records.models import Case

BACKEND = "django.contrib.auth.backends.ModelBackend"
LIST_MOST, CASE_MOST = 12, 10
LISTS = [
    ("王桂英", "report_list", ""),
    ("王桂英", "home", ""),
    ("王桂英", "messages", ""),
    ("王桂英", "board", ""),
    ("网格员小陈", "work", ""),
    ("社区小周", "work", ""),
    ("分拨员老赵", "work", ""),
    ("城管小孙", "work", ""),
    ("回访员小郑", "work", ""),
    ("督查员老冯", "work", ""),
    ("街道主任", "work", ""),
    ("管理员", "work", ""),
    ("审计员", "work", ""),
    ("分拨员老赵", "case_list", ""),
    ("分拨员老赵", "case_list", "?open=all"),
    ("分拨员老赵", "case_list", "?open=all&page=2"),
    ("城管小孙", "case_list", ""),
    ("街道主任", "figures", ""),
    ("街道主任", "figures_list", "?figure=received"),
    ("管理员", "people", ""),
    ("管理员", "places", ""),
    ("管理员", "appointments", ""),
    ("管理员", "rule_duties", ""),
    ("审计员", "audit", ""),
    ("王桂英", "record", ""),
]


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are remembered for a minute: a page is warm only within the same one."""
    at(monkeypatch)


def statements(client: Client, address: str) -> int:
    """How often a page asks, once its caches are warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code in (200, 302), (address, response.status_code)
    return len(asked)


def test_lists_ask_as_often_for_a_thousand_as_for_a_few(world: World) -> None:
    def counted() -> dict[str, int]:
        found = {}
        for who, name, query in LISTS:
            client = Client()
            client.force_login(world.people[who], backend=BACKEND)
            found[f"{who} {name}{query}"] = statements(client, reverse(name) + query)
        return found

    # Enough that no queue is empty: an empty one is not asked for its rows.
    bring_to(world, 250, NOW, open_share=1.0)
    few = counted()
    bring_to(world, 1_000, NOW)
    many = counted()
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    assert {name: asked for name, asked in many.items() if asked > LIST_MOST} == {}


@pytest.mark.parametrize("state", ["submitted", "dispatched", "handling", "answered", "archived"])
def test_a_case_page_asks_at_most_ten_times(world: World, state: str) -> None:
    bring_to(world, 600, NOW)
    case = Case.objects.filter(state=state).order_by("id").first()
    assert case is not None
    client = Client()
    client.force_login(world.people["分拨员老赵"], backend=BACKEND)
    assert statements(client, reverse("case", args=[case.uid])) <= CASE_MOST
