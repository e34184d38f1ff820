"""What is sent by a script from a device: whose it is, once, and shells that are nobody's."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from yishi.acts.case import intake
from yishi.core.case.state import CaseKind
from yishi.records.models import Case, Report
from yishi.records.queries.duty import USED_DAYS
from yishi.records.queries.filing import frequent_items
from yishi.records.queries.rule import today_of

WHO, OTHER = "网格员小陈", "分拨员老赵"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, at(monkeypatch))


def asked(desk: Desk, who: str = WHO) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(desk.get(who, "/outbox"))
    return found


def form(desk: Desk, **changes: Any) -> dict[str, Any]:
    building = desk.world.buildings["柳荫1栋"].uid
    return {
        "key": "draft-1",
        "words": "二楼灯坏了",
        "where": f"building:{building}",
        "nature": "help",
        "channel": "grid",
        "consent": "yes",
    } | changes


def sent(desk: Desk, owner: str, who: str = WHO, to: str = "/work/file", **changes: Any) -> Any:
    return desk.browser(who).post(to, form(desk, **changes), headers={"X-Yishi-Draft": owner})


def test_a_draft_is_sent_and_a_repeat_brings_the_first_number(desk: Desk) -> None:
    owner = asked(desk)["who"]
    first = sent(desk, owner).json()
    again = sent(desk, owner, words="二楼灯坏了，改过").json()
    case = Case.objects.get()
    assert (first["state"], first["again"], again["again"]) == ("sent", False, True)
    assert first["number"] == again["number"]
    assert first["href"] == again["href"] == f"/cases/{case.uid}"
    assert Report.objects.get().words == "二楼灯坏了"


def test_settled_on_the_spot_the_same_way(desk: Desk) -> None:
    owner = asked(desk)["who"]
    for _ in range(2):
        told = sent(desk, owner, to="/work/on-spot", answer="换了灯泡", proofs=jpeg()).json()
        assert told["state"] == "sent"
    assert Case.objects.get().kind == CaseKind.ON_SPOT


def test_another_persons_session_sends_nothing(desk: Desk) -> None:
    owner = asked(desk)["who"]
    answer = sent(desk, owner, OTHER)
    assert (answer.status_code, answer.json()) == (409, {"state": "other"})
    assert Case.objects.count() == 0
    assert asked(desk, OTHER)["who"] != owner


def test_the_mark_of_a_person_is_not_their_uid_and_stays_the_same(desk: Desk) -> None:
    owner = asked(desk)["who"]
    assert desk.world.people[WHO].uid not in owner
    assert owner == asked(desk)["who"]
    assert f'data-outbox="{owner}"' in desk.get(WHO, "/work")


def test_a_refused_draft_is_told_why(desk: Desk) -> None:
    answer = sent(desk, asked(desk)["who"], phone="1380")
    told = answer.json()
    assert (answer.status_code, told["state"]) == (422, "refused")
    assert told["said"]
    assert 'class="refusal' in told["html"]
    assert Case.objects.count() == 0


def test_a_sign_in_that_ran_out_sends_nothing(desk: Desk) -> None:
    owner = asked(desk)["who"]
    visitor = Client()
    assert visitor.get("/outbox").status_code == 302
    answer = visitor.post("/work/file", form(desk), headers={"X-Yishi-Draft": owner})
    assert (answer.status_code, answer["Location"][:8]) == (302, "/sign-in")
    assert Case.objects.count() == 0


def test_the_token_it_is_given_opens_the_door_and_no_other(desk: Desk) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(desk.world.people[WHO], backend="django.contrib.auth.backends.ModelBackend")
    told = browser.get("/outbox").json()
    head = {"X-Yishi-Draft": told["who"]}
    assert browser.post("/work/file", form(desk), headers=head).status_code == 403
    typed = form(desk, csrfmiddlewaretoken=told["csrf"])
    assert browser.post("/work/file", typed, headers=head).status_code == 200
    assert Case.objects.count() == 1


def test_what_a_device_may_keep_is_places_and_rules_only(desk: Desk) -> None:
    desk.filed("三单元的王桂英电话13900000001")
    answer = desk.browser(WHO).get("/outbox")
    found = answer.json()
    assert answer["Cache-Control"] == "no-store"
    assert set(found) == {"who", "csrf", "where", "nature", "channel", "chosen", "items"}
    building = desk.world.buildings["柳荫1栋"].uid
    assert [f"building:{building}", "柳荫1栋"] in found["where"]
    assert "王桂英" not in answer.content.decode()
    assert desk.browser("王桂英").get("/outbox").status_code == 403


@pytest.mark.parametrize("kind", ["list", "file", "on-spot"])
def test_a_shell_is_nobodys(desk: Desk, kind: str) -> None:
    visitor = Client().get(f"/offline/{kind}").content.decode()
    staff = desk.get(WHO, f"/offline/{kind}")
    assert staff == visitor
    for never in (WHO, "csrfmiddlewaretoken", "data-outbox=", "柳荫1栋"):
        assert never not in staff
    assert "data-elder" in desk.get(WHO, f"/offline/{kind}?elder=on")
    assert '<html lang="en"' in desk.get(WHO, f"/offline/{kind}?lang=en")


def test_there_is_no_other_shell(desk: Desk) -> None:
    assert desk.browser(WHO).get("/offline/cases").status_code == 404


def test_the_worker_comes_from_the_root_under_the_policy(desk: Desk) -> None:
    answer = desk.browser(WHO).get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_what_one_found_oneself_needs_no_consent_as_long_as_nobody_is_named(desk: Desk) -> None:
    owner = asked(desk)["who"]
    spot = {"to": "/work/on-spot", "answer": "搬走了", "consent": "self"}
    named = sent(desk, owner, proofs=jpeg(), name="老张", **spot)
    assert named.status_code == 422
    assert named.json()["said"] == "替别人登记，要先问本人。"
    assert sent(desk, owner, consent="self").status_code == 422, "only what is settled on the spot"
    assert sent(desk, owner, proofs=jpeg(), **spot).status_code == 200
    report = Report.objects.get()
    assert (report.name, report.phone) == ("", "")


def test_the_place_of_the_last_matter_is_proposed_for_the_rest_of_the_day(desk: Desk) -> None:
    chosen = asked(desk)["chosen"]["where"]
    building = f"building:{desk.world.buildings['柳荫1栋'].uid}"
    sent(desk, asked(desk)["who"])
    assert asked(desk)["chosen"]["where"] == building
    session = desk.browser(WHO).session
    assert session["filing_where"] == [building, "2026-03-11"]
    session["filing_where"] = [building, "2026-03-10"]
    session.save()
    assert asked(desk)["chosen"]["where"] == chosen


def test_a_poster_opens_the_form_of_whoever_is_at_work_there(desk: Desk) -> None:
    building = desk.world.buildings["柳荫1栋"]
    answer = desk.browser(WHO).get(f"/b/{building.code}")
    assert answer["Location"] == f"/work/file?where=building:{building.uid}"
    page = desk.get(WHO, answer["Location"])
    assert f'value="building:{building.uid}"' in page
    elsewhere = desk.world.buildings["柳荫2栋"]
    assert desk.browser(WHO).get(f"/b/{elsewhere.code}").status_code == 200, "not their grid"
    assert desk.browser("王桂英").get(f"/b/{building.code}").status_code == 200


def test_items_a_grid_worker_meets_most_come_first(desk: Desk) -> None:
    seats = desk.world.actor(WHO).seats
    day = today_of(desk.now)
    assert frequent_items(seats, day)[:1] == ["楼道堆物"], "the community's own row"
    case = desk.filed("楼道里有纸箱")
    duty = desk.world.duties["楼道堆物"].uid
    intake.dispatch(desk.world.ask(OTHER, desk.now), case.uid, duty)
    desk.dispatched("井盖不见了")
    assert frequent_items(seats, day)[0] == "楼道堆物"
    assert "井盖缺失" not in frequent_items(seats, day), "a unit above the community leads it"
    Case.objects.filter(pk=case.pk).update(item_title="独有的事项")
    assert frequent_items(seats, day)[0] == "独有的事项"
    late = day + timedelta(days=USED_DAYS + 1)
    assert "独有的事项" not in frequent_items(seats, late)
    assert frequent_items((), day) == []


def test_the_first_screen_offers_the_camera_to_whom_may_settle(desk: Desk) -> None:
    assert 'data-camera="/work/on-spot"' in desk.get(WHO, "/work")
    page = desk.get(OTHER, "/work")
    assert "data-camera" not in page
    assert "data-outbox-list" in page
