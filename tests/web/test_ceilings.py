"""Every list page asks the database as often for 1,000 cases as for a few, at most 12 times."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.acts.world import NOW, World
from tests.bench.seed import bring_to
from tests.web.staff import at
from yishi.records.models import Amendment, Assignment, Case, Pushed, Request, Ruling

BACKEND = "django.contrib.auth.backends.ModelBackend"
LIST_MOST, CASE_MOST = 12, 10
LISTS = [
    ("王桂英", "report_list", ""),
    ("王桂英", "home", ""),
    ("王桂英", "messages", ""),
    ("王桂英", "told", ""),
    ("城管小孙", "messages", ""),
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
    ("分拨员老赵", "groups", ""),
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
    ("王桂英", "meetings", ""),
    ("社区小周", "meetings", "?place=p2"),
    ("裁定组老钱", "work", ""),
    ("分拨员老赵", "requests", ""),
    ("城管小孙", "requests", ""),
    ("社区小周", "burden", ""),
    ("管理员", "rule_amendments", ""),
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


def ask_for_all(world: World) -> None:
    """A return, a ruling and a stopped push-down on every case a unit has."""
    works = list(Assignment.objects.filter(is_lead=True, requests=None).select_related("case"))
    told = {"asked_at": NOW, "reason": "不是我们的", "clause": "无标记", "state_before": "signed"}
    kinds = (("return", "asked"), ("extension", "asked"), ("return", "ruled"))
    requests = Request.objects.bulk_create(
        Request(
            uid=world.uid(),
            case=work.case,
            assignment=work,
            kind=kind,
            state=state,
            length=1,
            **told,
        )
        for work in works
        for kind, state in kinds
    )
    lead = world.bodies["区水务公司"]
    duty = world.duties["井盖缺失"]
    rulings = Ruling.objects.bulk_create(
        Ruling(uid=world.uid(), case=row.case, request=row, lead=lead, words="归水务", ruled_at=NOW)
        for row in requests
        if row.state == "ruled"
    )
    proposed = {
        "code": "D0",
        "title": "井盖缺失",
        "lead": lead.name,
        "why": "",
        "state": "proposed",
    }
    Amendment.objects.bulk_create(
        Amendment(uid=world.uid(), ruling=row, duty=duty, proposed_at=NOW, **proposed)
        for row in rulings
    )
    community, sender = world.bodies["柳荫社区居委会"], world.bodies["望江街道办事处"]
    Pushed.objects.bulk_create(
        Pushed(
            uid=world.uid(),
            case=work.case,
            community=community,
            sender_body=sender,
            duty=duty,
            code=duty.code,
            at=NOW,
        )
        for work in works
    )


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
    ask_for_all(world)
    few = counted()
    bring_to(world, 1_000, NOW)
    ask_for_all(world)
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


@pytest.mark.parametrize("who", ["分拨员老赵", "裁定组老钱", "城管小孙"])
def test_a_case_something_was_asked_of_asks_once_more(world: World, who: str) -> None:
    bring_to(world, 250, NOW, open_share=1.0)
    ask_for_all(world)
    unit = world.bodies["区城市管理局"]
    case = Case.objects.filter(state="handling", lead=unit).order_by("id").first()
    assert case is not None
    client = Client()
    client.force_login(world.people[who], backend=BACKEND)
    # The requests with their rulings.
    assert statements(client, reverse("case", args=[case.uid])) <= CASE_MOST + 1
