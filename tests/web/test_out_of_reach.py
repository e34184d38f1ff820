"""Whoever posts a form to what is not theirs gets 403 or 404, and nothing is changed."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from tests.web.town import answered, filed, published
from yishi.acts import publication
from yishi.acts.door import Done
from yishi.core.case.state import CaseState as S
from yishi.core.permit import grants
from yishi.core.place import BodyKind, PlaceKind
from yishi.records.models import Appointment, Attachment, Case, Report

ABROAD = "东山社区"
ABROAD_BODIES = ("东山区城市管理局", "东山区水务局")
EVERYBODY = (
    "王桂英",
    "李建国",
    "网格员小陈",
    "社区小周",
    "分拨员老赵",
    "城管小孙",
    "水务小吴",
    "回访员小郑",
    "督查员老冯",
    "街道主任",
    "管理员",
    "审计员",
)
# Those whose seat ends at 柳荫社区, or who have no seat over matters at all.
NEAR = ("王桂英", "李建国", "网格员小陈", "社区小周", "城管小孙", "水务小吴", "管理员", "审计员")
# Who asks again after a refusal may be written down; nothing else may.
PRIVATE = frozenset({"Audit", "Session", "UserSession", "AccessAttempt", "AccessLog"})
FORM: dict[str, Any] = {
    "reached": "yes",
    "note": "说好了",
    "words": "办好了",
    "passed": "yes",
    "why": "涉及多户",
    "reason": "emergency",
    "solved": "yes",
    "satisfaction": "satisfied",
    "category": "ordinary",
    "title": "井盖",
    "text": "井盖",
    "answer": "已换",
    "ground": "有误",
}


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world on a Wednesday morning, and a second district where nobody of it serves."""
    world.place("东山区", PlaceKind.DISTRICT)
    world.place("东山街道", PlaceKind.SUBDISTRICT, "东山区")
    world.place(ABROAD, PlaceKind.COMMUNITY, "东山街道")
    for body in ABROAD_BODIES:
        world.body(body, BodyKind.DEPARTMENT, "东山区")
    return Desk(world, at(monkeypatch))


def routes() -> dict[str, str]:
    """Every address of one case, with its uid left open, and the act behind it."""
    found: dict[str, str] = {}

    def walk(patterns: list[Any], before: str) -> None:
        for each in patterns:
            route = before + str(each.pattern)
            if not isinstance(each, URLPattern):
                walk(each.url_patterns, route)
            elif route.startswith("cases/<str:uid>"):
                found[route] = each.callback.act  # type: ignore[attr-defined]

    walk(get_resolver().url_patterns, "")
    return found


def ready_for(act: str) -> S:
    """A state in which `act` may be done, so that nothing but the reach refuses it."""
    return min((state for row in grants(act) for state in row.states), default=S.ANSWERED)


def everything() -> dict[str, list[Any]]:
    """Every row of every table that is not private to its keeper."""
    models = [model for model in apps.get_models() if model.__name__ not in PRIVATE]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def moved(desk: Desk, place: str) -> Case:
    """A dispatched matter of somebody else, in another place with another body."""
    case = desk.dispatched("井盖不见了")
    Case.objects.filter(pk=case.pk).update(place=desk.world.places[place], grid=None, building=None)
    for work, body in zip(case.assignments.order_by("id"), ABROAD_BODIES, strict=True):
        case.assignments.filter(pk=work.pk).update(unit=desk.world.bodies[body])
    Report.objects.update(person=desk.world.person("外人", "13800000077"))
    return case


def test_addresses_of_a_case_are_found() -> None:
    assert len(routes()) >= 18
    assert routes()["cases/<str:uid>/dispatch"] == "case.dispatch"


@pytest.mark.parametrize(("place", "people"), [(ABROAD, EVERYBODY), ("石桥社区", NEAR)])
def test_forms_of_a_matter_out_of_reach(desk: Desk, place: str, people: tuple[str, ...]) -> None:
    case = moved(desk, place)
    browsers = {who: desk.browser(who) for who in people}
    form = {**FORM, "version": "2", "duty": desk.world.duties["井盖缺失"].uid}
    form |= {f"axis_{axis}": "1" for axis in ("speed", "result", "service", "answer")}
    for route, act in routes().items():
        Case.objects.filter(pk=case.pk).update(state=ready_for(act))
        before = everything()
        address = "/" + re.sub("<[^>]+>", case.uid, route)
        for who in people:
            answer = browsers[who].post(address, {**form, "key": f"{who}-{route}"})
            assert answer.status_code in (403, 404, 405), (who, route, answer.status_code)
            assert "井盖不见了" not in answer.content.decode(), (who, route)
        answer = Client().post(address, {**form, "key": f"visitor-{route}"})
        assert answer.status_code == 405 or answer["Location"].startswith("/sign-in?"), route
        assert everything() == before, route


def test_what_belongs_to_another_resident(world: World) -> None:
    own = answered(world)
    photo = Attachment.objects.filter(report=own).first()
    assert photo is not None
    case = Case.objects.get(number=own.number)
    drafted = publication.draft(world.ask("社区小周"), case.uid, "", "井盖", "井盖", "已换")
    assert isinstance(drafted, Done)
    other = Client()
    other.force_login(world.people["李建国"], backend="yishi.web.account.door.ResidentDoor")
    before = {name: rows for name, rows in everything().items() if name != "Message"}
    for address in (
        f"/reports/{own.uid}",
        f"/reports/{own.uid}/filed",
        f"/photo/{photo.uid}",
        f"/photo/{photo.uid}/small",
        f"/board/{case.publication.uid}",
        f"/number?number={own.number}",
        f"/reports/{own.uid}/rate",
    ):
        assert other.get(address).status_code in (404, 405), address
    form = {"key": "k-1", "solved": "no", "satisfaction": "dissatisfied", "words": "不好"}
    assert other.post(f"/reports/{own.uid}/rate", form).status_code == 404
    after = {name: rows for name, rows in everything().items() if name != "Message"}
    assert after == before


def test_photo_kept_for_somebody_else_is_not_taken(world: World) -> None:
    building = world.buildings["柳荫1栋"].uid
    wang, li = Client(), Client()
    wang.force_login(world.people["王桂英"], backend="yishi.web.account.door.ResidentDoor")
    li.force_login(world.people["李建国"], backend="yishi.web.account.door.ResidentDoor")
    again = wang.post("/report/new", {"key": "k-1", "text": "", "photos": jpeg()})
    token = re.search(r'name="kept_photos" value="([^"]+)"', again.content.decode())
    assert token is not None
    form = {"text": "井盖", "nature": "complaint", "building": building}
    at_community = f"/report/new?at={world.places['柳荫社区'].uid}"
    li.post(at_community, {**form, "key": "k-2", "kept_photos": token[1]})
    assert Report.objects.get().attachments.count() == 0
    wang.post(at_community, {**form, "key": "k-3", "kept_photos": token[1]})
    assert Attachment.objects.count() == 1


def test_an_appointment_that_ended_opens_nothing_from_that_moment(desk: Desk) -> None:
    case = desk.filed("井盖不见了")
    browser = desk.browser("分拨员老赵")
    assert browser.get(f"/cases/{case.uid}").status_code == 200
    Appointment.objects.filter(person=desk.world.people["分拨员老赵"]).update(
        until_on=desk.now.date()
    )
    assert browser.get(f"/cases/{case.uid}").status_code == 403
    answer = desk.send("分拨员老赵", case, "dispatch", duty=desk.world.duties["井盖缺失"].uid)
    assert answer.status_code == 403
    case.refresh_from_db()
    assert case.state == S.SUBMITTED


def test_somebody_closed_is_out_from_that_moment(desk: Desk) -> None:
    case = desk.filed("井盖不见了")
    browser, person = desk.browser("分拨员老赵"), desk.world.people["分拨员老赵"]
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert browser.get(f"/cases/{case.uid}")["Location"].startswith("/sign-in?")


def test_a_phone_alone_opens_no_appointment(desk: Desk) -> None:
    case = desk.filed("井盖不见了")
    browser = Client()
    browser.force_login(
        desk.world.people["分拨员老赵"], backend="yishi.web.account.door.ResidentDoor"
    )
    for address in (f"/cases/{case.uid}", "/cases", "/figures", "/people", "/audit"):
        assert browser.get(address).status_code == 403, address


def test_public_pages_name_nobody(world: World) -> None:
    own = filed(world)
    own = answered(world, "李建国")
    uid = published(world, own)
    names = [person.name for person in world.people.values()]
    phones = [person.phone for person in world.people.values()]
    for address in (f"/board/{uid}", "/board", "/record", "/", f"/number?number={own.number}"):
        text = Client().get(address, follow=True).content.decode()
        assert [name for name in (*names, *phones) if name in text] == [], address
