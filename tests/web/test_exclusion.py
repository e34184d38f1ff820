"""Ratings left out: asked from the page of the matter, decided on a page of its own, listed."""

import pytest
from django.test import Client

from tests.acts.test_exclusion import rated
from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.town import done
from yishi.acts import exclusion
from yishi.records.models import Exclusion

FENG = "督查员老冯"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, at(monkeypatch))


def test_from_the_matter_to_the_decision(desk: Desk) -> None:
    rating = rated(desk.world)
    case = rating.case
    assert f"/cases/{case.uid}/exclusion" in desk.get("社区小周", f"/cases/{case.uid}")
    unit = desk.browser("社区小周")
    form = {"key": "k1", "rating": rating.uid, "reason": "mediation", "words": "两家没有谈成"}
    answer = unit.post(f"/cases/{case.uid}/exclusion", form)
    assert answer.status_code == 302
    row = Exclusion.objects.get()
    page = desk.get("社区小周", f"/exclusions/{row.uid}")
    assert "两家没有谈成" in page
    assert "待审批" in page
    assert 'name="approved"' not in page, "who asked does not decide"
    assert 'name="approved"' in desk.get(FENG, f"/exclusions/{row.uid}")
    decided = {"key": "k2", "approved": "yes", "words": "有调解笔录"}
    assert desk.browser(FENG).post(f"/exclusions/{row.uid}", decided).status_code == 302
    row.refresh_from_db()
    assert row.state == "approved"
    assert "已剔除" in desk.get(FENG, "/exclusions?state=approved")
    assert row.uid not in desk.get(FENG, "/exclusions?state=asked")
    assert desk.browser(FENG).get("/exclusions.xlsx").status_code == 200


def test_somebody_elses_is_not_found(desk: Desk) -> None:
    rating = rated(desk.world)
    unit = desk.browser("社区小周")
    form = {"key": "k1", "rating": rating.uid, "reason": "mediation", "words": "没有谈成"}
    unit.post(f"/cases/{rating.case.uid}/exclusion", form)
    row = Exclusion.objects.get()
    assert desk.browser("城管小孙").get(f"/exclusions/{row.uid}").status_code == 404
    assert desk.browser("城管小孙").post(f"/exclusions/{row.uid}", form).status_code == 404
    assert desk.browser("王桂英").get("/exclusions").status_code == 403
    assert row.uid not in desk.get("城管小孙", "/exclusions")


def test_what_is_missing_is_said_and_nothing_is_lost(desk: Desk) -> None:
    rating = rated(desk.world)
    form = {"key": "k1", "rating": rating.uid, "reason": "", "words": "两家没有谈成"}
    answer = desk.browser("社区小周").post(f"/cases/{rating.case.uid}/exclusion", form)
    assert answer.status_code == 422
    assert "两家没有谈成" in answer.content.decode()
    assert Exclusion.objects.count() == 0


def test_anybody_reads_how_many_were_left_out_and_nothing_else(desk: Desk) -> None:
    rating = rated(desk.world)
    ask = desk.world.ask("社区小周")
    asked = done(exclusion.ask_exclusion(ask, rating.uid, "mediation", "张三与李四没有谈成"))
    page = Client().get("/board/exclusions").content.decode()
    assert "没有剔除的评价" in page
    done(exclusion.decide_exclusion(desk.world.ask(FENG), asked.uid, True, "有调解笔录"))
    page = Client().get("/board/exclusions").content.decode()
    assert "望江街道" in page
    assert "调解类" in page
    for hidden in ("张三", "调解笔录", rating.case.number, rating.case.uid):
        assert hidden not in page
