"""拆分 on the desk: parts with words, rows and units, added without scripts, gathered by one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.acts.world import NOW, World
from tests.web.many import done, raised
from tests.web.staff import Desk, at, jpeg
from yishi.acts.case import handling, intake
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.records.files import store
from yishi.records.models import Assignment, Case

ZHAO, ZHOU, SUN, WU = "分拨员老赵", "社区小周", "城管小孙", "水务小吴"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    world.duty("管网渗漏", "区水务公司", limit_length=1)
    return Desk(world, at(monkeypatch, NOW + timedelta(minutes=30)))


def parts(desk: Desk, *rows: tuple[str, str], **more: object) -> dict[str, Any]:
    form: dict[str, Any] = {"do": "split", "parts": len(rows), **more}
    for at_, (title, duty) in enumerate(rows):
        form |= {f"title_{at_}": title, f"duty_{at_}": desk.world.duties[duty].uid if duty else ""}
    return form


PIPE = ("漏水的管子", "管网渗漏")
RUBBISH = ("楼道里的杂物", "楼道堆物")


def test_two_parts_are_offered_and_one_more_is_a_press_away(desk: Desk) -> None:
    case = raised(desk.world, "住户1", "楼道堆物挡住了漏水的管网")
    page = desk.get(ZHAO, reverse("case_split", args=[case.uid]))
    assert re.findall(r'name="(title_\d)"', page) == ["title_0", "title_1"]
    answer = desk.send(ZHAO, case, "split", **parts(desk, PIPE, ("", ""), do="more"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r'name="(title_\d)"', page) == ["title_0", "title_1", "title_2"]
    assert 'value="漏水的管子"' in page
    assert not Assignment.objects.exists()


def test_a_row_is_looked_up_for_one_part_and_its_limit_is_shown(desk: Desk) -> None:
    case = raised(desk.world, "住户1", "三楼有味道")
    form = parts(desk, ("管子", ""), ("", ""), do="find", q_0="渗漏")
    page = desk.send(ZHAO, case, "split", **form).content.decode()
    assert f'name="duty_0" value="{desk.world.duties["管网渗漏"].uid}"' in page
    assert f'name="duty_1" value="{desk.world.duties["管网渗漏"].uid}"' not in page
    assert "1 个工作日" in page


def test_each_part_gets_its_unit_and_clock_and_the_first_leads(desk: Desk) -> None:
    case = raised(desk.world, "住户1", "楼道堆物挡住了漏水的管网")
    desk.post(ZHAO, case, "split", **parts(desk, RUBBISH, PIPE, ("", "")))
    case.refresh_from_db()
    works = list(Assignment.objects.order_by("id").values_list("title", "unit__name", "is_lead"))
    assert case.state == "dispatched"
    assert works == [
        ("楼道里的杂物", "柳荫社区居委会", True),
        ("漏水的管子", "区水务公司", False),
    ]
    page = desk.get(ZHAO, f"/cases/{case.uid}")
    assert "漏水的管子" in page
    assert case.clocks.filter(kind="handle").values("due_at").distinct().count() == 2


@pytest.mark.parametrize(
    "rows",
    [
        [RUBBISH],
        [RUBBISH, ("", "管网渗漏")],
        [RUBBISH, ("又一处杂物", "楼道堆物")],
        [RUBBISH, ("没有事项", "")],
    ],
)
def test_what_is_no_split_is_said_and_nothing_typed_is_lost(
    desk: Desk, rows: list[tuple[str, str]]
) -> None:
    case = raised(desk.world, "住户1", "楼道堆物挡住了漏水的管网")
    answer = desk.send(ZHAO, case, "split", **parts(desk, *rows))
    assert answer.status_code == 422
    assert 'value="楼道里的杂物"' in answer.content.decode()
    assert not Assignment.objects.exists()


def test_a_part_is_added_beside_the_lead_while_it_is_handled(desk: Desk) -> None:
    case = raised(desk.world, "住户1", "楼道堆物挡住了漏水的管网")
    duty = desk.world.duties["楼道堆物"].uid
    done(intake.dispatch(desk.world.ask(ZHAO, desk.now), case.uid, duty))
    page = desk.get(ZHAO, reverse("case_split", args=[case.uid]))
    assert re.findall(r'name="(title_\d)"', page) == ["title_0"]
    assert "柳荫社区居委会" in page
    desk.post(ZHAO, case, "split", **parts(desk, PIPE))
    assert Assignment.objects.get(is_lead=True).unit.name == "柳荫社区居委会"


def test_the_leads_form_gathers_the_parts_results(desk: Desk) -> None:
    case = raised(desk.world, "住户1", "楼道堆物挡住了漏水的管网")
    desk.post(ZHAO, case, "split", **parts(desk, RUBBISH, PIPE))
    world, now = desk.world, desk.now
    for chief in (ZHOU, WU):
        done(handling.sign(world.ask(chief, now), case.uid))
    proof = [store(b"a picture", "image/jpeg", 1, 1)]
    done(handling.submit_result(world.ask(WU, now), case.uid, "换了接头，不漏了", proof))
    done(handling.contact(world.ask(ZHOU, now), case.uid, True, "说好了"))
    page = desk.get(ZHOU, f"/cases/{case.uid}")
    assert "漏水的管子：换了接头，不漏了</textarea>" in page
    desk.post(ZHOU, case, "submit", words="杂物清走，管子换好", proofs=jpeg())
    case.refresh_from_db()
    assert case.state == "checking"


def test_twice_stale_and_from_elsewhere(desk: Desk) -> None:
    world = desk.world
    world.body("石桥社区居委会", BodyKind.RESIDENTS_COMMITTEE, "石桥社区")
    world.appoint("分拨员老钱", Role.DISPATCHER, "石桥社区")
    case = raised(world, "住户1", "楼道堆物挡住了漏水的管网")
    form = {"key": "split-1", "version": case.version, **parts(desk, RUBBISH, PIPE)}
    address = reverse("case_split", args=[case.uid])
    assert desk.browser("分拨员老钱").post(address, form).status_code == 404
    assert desk.browser(SUN).post(address, form).status_code == 403
    stale = {**form, "version": case.version - 1}
    assert desk.browser(ZHAO).post(address, stale).status_code == 422
    for _press in (1, 2):
        assert desk.browser(ZHAO).post(address, form).status_code == 302
    assert Assignment.objects.count() == 2
    assert Case.objects.get().state == "dispatched"
