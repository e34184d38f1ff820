"""Supervisory orders at the case page: who may, what is missing, who answers."""

import pytest

from tests.acts.world import World
from tests.web.staff import Desk, at
from yishi.records.models import Order


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning."""
    return Desk(world, at(monkeypatch))


def test_only_the_officer_issues(desk: Desk) -> None:
    case = desk.dispatched("井盖不见了")
    for who in ("分拨员老赵", "城管小孙", "街道主任"):
        assert desk.send(who, case, "order", words="快办").status_code == 403
    desk.post("督查员老冯", case, "order", words="快办")
    case.refresh_from_db()
    assert case.state == "dispatched", "an order changes no state"


def test_an_order_needs_words_and_a_unit(desk: Desk) -> None:
    case = desk.dispatched("井盖不见了")
    assert desk.send("督查员老冯", case, "order", words="").status_code == 422
    unsent = desk.filed("还没派的")
    assert f"/cases/{unsent.uid}/order" not in desk.get("督查员老冯", f"/cases/{unsent.uid}")
    assert desk.send("督查员老冯", unsent, "order", words="快办").status_code == 422
    assert Order.objects.count() == 0


def test_the_lead_answers_and_nobody_else(desk: Desk) -> None:
    case = desk.dispatched("井盖不见了")
    desk.post("督查员老冯", case, "order", words="快办")
    assert "order-answer" not in desk.get("水务小吴", f"/cases/{case.uid}")
    assert desk.send("水务小吴", case, "order-answer", words="是我们").status_code == 422
    desk.post("城管小孙", case, "order-answer", words="已派人")
    assert "order-answer" not in desk.get("城管小孙", f"/cases/{case.uid}")
