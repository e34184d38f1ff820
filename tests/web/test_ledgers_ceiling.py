"""The lists of supervision ask the database as often for hundreds of rows as for a few."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.acts.world import NOW, World, appoint_overseer
from tests.bench.seed import bring_to
from tests.web.staff import BACKEND, at
from tests.web.test_ceilings import LIST_MOST, statements
from yishi.records.models import Case, Finding, Inspection, InstantAnswer, Listed, Opinion, Order

HE, FENG = "监督委员老何", "督查员老冯"
LISTS = [
    (HE, "/work"),
    (HE, "/oversight"),
    (HE, "/oversight?show=looked"),
    (HE, "/oversight?show=objections"),
    (HE, "/opinions"),
    (FENG, "/work"),
    (FENG, "/orders"),
    (FENG, "/orders?state=overdue&page=2"),
    (FENG, "/findings"),
    (FENG, "/listed"),
    ("城管小孙", "/work"),
    ("城管小孙", "/listed"),
    ("社区小周", "/work"),
    ("社区小周", "/listed?state=late"),
    ("王桂英", "/board/listed"),
    ("分拨员老赵", "/instant"),
    ("街道主任", "/instant?state=draft"),
]


def fill(world: World, start: int, end: int) -> None:
    """One row of each kind for every case from `start` to `end`."""
    body, place = world.bodies["区城市管理局"], world.places["柳荫社区"]
    person = world.people[HE]
    own = {"case": None, "place": place}
    for at_row, case in enumerate(Case.objects.order_by("id")[start:end], start):
        own = {"case": case, "place": place}
        Inspection.objects.create(
            uid=world.uid(), **own, drawn_by=person, drawn_at=NOW,
            looked_at=NOW if at_row % 2 else None, way="phone", found="as_said",
        )  # fmt: skip
        Opinion.objects.create(uid=world.uid(), **own, body=body, words="请", written_at=NOW)
        Listed.objects.create(
            uid=world.uid(), **own, body=body, number=f"{at_row:011}", title="整改",
            due_at=NOW - timedelta(days=1), opened_at=NOW, done_at=NOW if at_row % 2 else None,
        )  # fmt: skip
        Finding.objects.create(
            uid=world.uid(), case=case, body=body, breach="late", words="超时", found_at=NOW
        )
        text = InstantAnswer.objects.create(
            uid=world.uid(), place=place, title="停水通知", words=["停水"], answer="今晚恢复",
            until_at=NOW + timedelta(days=9), state="draft" if at_row % 2 else "approved",
            drafted_at=NOW, decided_at=NOW,
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(instant=text)
        Order.objects.create(
            uid=world.uid(), case=case, unit=body, cause="officer", words="办", issued_at=NOW
        )
    Case.objects.filter(place=place).update(dissatisfied=1)


@pytest.mark.slow
def test_lists_ask_as_often_for_many_as_for_a_few(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch)
    appoint_overseer(world)

    def counted() -> dict[str, int]:
        found = {}
        for who, address in LISTS:
            client = Client()
            client.force_login(world.people[who], backend=BACKEND)
            found[f"{who} {address}"] = statements(client, address)
        return found

    bring_to(world, 160, NOW, open_share=1.0)
    fill(world, 0, 60)
    few = counted()
    fill(world, 60, 160)
    many = counted()
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    assert {name: asked for name, asked in many.items() if asked > LIST_MOST} == {}
