"""One's own messages: each opens no more than the page it leads to, also from a text outside."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.acts.world import NOW, World
from tests.web.staff import at
from tests.web.town import answered, done, filed, page_of, signed_in
from yishi.acts.case import intake
from yishi.jobs.deliver import deliver
from yishi.jobs.morning import tell_morning
from yishi.records.models import Appointment, Case, Message, Report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch)


def urgent(world: World) -> Case:
    own = filed(world)
    case = Case.objects.get(number=own.number)
    duty = world.duties["井盖缺失"].uid
    done(intake.dispatch(world.ask("分拨员老赵"), case.uid, duty, urgent=True))
    deliver(NOW, 100)
    return case


def test_a_visitor_signs_in_first_and_is_then_led_on(world: World, client: Client) -> None:
    own = answered(world)
    page = client.get(f"/m/{own.number}")
    assert (page.status_code, page["Location"]) == (302, f"/sign-in?next=%2Fm%2F{own.number}")
    page = signed_in(world, "王桂英").get(f"/m/{own.number}")
    assert (page.status_code, page["Location"]) == (302, page_of(own))


@pytest.mark.parametrize("who", ["李建国", "水务小吴", "管理员"])
def test_anothers_message_is_as_missing_as_anothers_page(world: World, who: str) -> None:
    own = answered(world)
    browser = signed_in(world, who)
    here, nobody = browser.get(f"/m/{own.number}"), browser.get("/m/26038765432")
    assert here.status_code == nobody.status_code == browser.get(page_of(own)).status_code == 404
    assert here.context["refusal"] == nobody.context["refusal"]


def test_what_is_no_longer_mine_is_not_told_here_either(world: World) -> None:
    own = answered(world)
    deliver(NOW, 100)
    browser = signed_in(world, "王桂英")
    assert "井盖已经换好，请放心。" in browser.get("/messages").content.decode()
    Report.objects.update(person=world.people["李建国"])
    inbox = browser.get("/messages").content.decode()
    assert "井盖已经换好" not in inbox
    assert own.number[:4] + "-" not in inbox
    assert "您现在不能打开了" in inbox
    assert browser.get(f"/m/{own.number}").status_code == 404
    assert browser.get(page_of(own)).status_code == 404


def test_staff_are_told_of_what_is_urgent_and_led_to_the_case(world: World) -> None:
    case = urgent(world)
    browser = signed_in(world, "城管小孙")
    assert "条新消息" in browser.get("/work").content.decode()
    inbox = browser.get("/messages").content.decode()
    assert "急件" in inbox
    assert f"/m/{case.number}" in inbox
    page = browser.get(f"/m/{case.number}")
    assert (page.status_code, page["Location"]) == (302, f"/cases/{case.uid}")
    assert "tag soon" not in browser.get("/messages").content.decode()
    assert "条新消息" not in browser.get("/work").content.decode()


def test_a_matter_that_is_not_urgent_waits_for_the_morning(world: World) -> None:
    own = filed(world)
    case = Case.objects.get(number=own.number)
    done(intake.dispatch(world.ask("分拨员老赵"), case.uid, world.duties["井盖缺失"].uid))
    assert not Message.objects.filter(template__startswith="staff.").exists()


def test_who_left_the_post_opens_neither_the_case_nor_its_message(world: World) -> None:
    case = urgent(world)
    Appointment.objects.filter(person=world.people["城管小孙"]).update(until_on="2026-03-11")
    browser = signed_in(world, "城管小孙")
    inbox = browser.get("/messages").content.decode()
    assert "急件" not in inbox
    assert "您现在不能打开了" in inbox
    assert browser.get(f"/m/{case.number}").status_code == 404
    assert browser.get(f"/cases/{case.uid}").status_code in (403, 404)
    assert browser.get("/m/today").status_code == 404


def test_the_message_of_the_morning_leads_to_what_is_mine_to_do(world: World) -> None:
    urgent(world)
    assert tell_morning(NOW, 0, 100).count > 0
    browser = signed_in(world, "城管小孙")
    deliver(NOW, 100)
    inbox = browser.get("/messages").content.decode()
    assert "今天有1件等您办：超期0件，今天到期1件。" in inbox
    assert browser.get("/m/today")["Location"] == "/work"
    own = Message.objects.filter(recipient=world.people["城管小孙"])
    assert own.get(template="staff.morning").read_at is not None
    assert own.get(template="staff.urgent").read_at is None
    assert signed_in(world, "王桂英").get("/m/today").status_code == 404


def test_all_are_marked_read_at_once_and_only_ones_own(world: World) -> None:
    answered(world)
    urgent(world)
    browser = signed_in(world, "王桂英")
    assert "全部标为已读" in browser.get("/messages").content.decode()
    assert browser.get("/messages/read").status_code == 405
    assert browser.post("/messages/read")["Location"] == "/messages"
    assert "全部标为已读" not in browser.get("/messages").content.decode()
    left = Message.objects.filter(read_at=None).values_list("recipient__login", flat=True)
    assert set(left) == {"城管小孙", "水务小吴"}


@pytest.mark.parametrize("typed", ["1", "26114821354", "x" * 300, "today/", "%00"])
def test_a_short_address_that_leads_nowhere(world: World, typed: str) -> None:
    assert signed_in(world, "王桂英").get(f"/m/{typed}").status_code == 404


def test_a_message_to_come_is_not_there_yet(world: World) -> None:
    answered(world)
    Message.objects.update(not_before=NOW + timedelta(days=1))
    assert Message.objects.filter(read_at=None).exists()
    signed_in(world, "王桂英").post("/messages/read")
    assert not Message.objects.exclude(read_at=None).exists()


def test_a_handler_who_raised_it_is_told_once_as_each(world: World) -> None:
    sun = world.people["城管小孙"]
    own = filed(world, "城管小孙")
    case = Case.objects.get(number=own.number)
    duty = world.duties["井盖缺失"].uid
    done(intake.dispatch(world.ask("分拨员老赵"), case.uid, duty, urgent=True))
    templates = Message.objects.filter(recipient=sun).values_list("template", flat=True)
    assert sorted(templates) == ["case.dispatched", "staff.urgent"]
