"""呼叫响应: a community calls, units of the place read what is needed and nothing of anybody."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.acts.world import NOW, World
from tests.web.many import asked, done, raised
from tests.web.staff import Desk, at
from yishi.acts.case import intake, joining
from yishi.core.number import show_number
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.records.models import Assignment, Call, Case

ZHAO, ZHOU, SUN, WU = "分拨员老赵", "社区小周", "城管小孙", "水务小吴"
CALLS = "/calls"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    world.body("柳荫超市", BodyKind.LOCAL_UNIT, "柳荫社区")
    world.appoint("超市老马", Role.UNIT_HANDLER, "柳荫社区", "柳荫超市")
    world.body("石桥物业", BodyKind.PROPERTY_FIRM, "石桥社区")
    world.appoint("物业老石", Role.UNIT_HANDLER, "石桥社区", "石桥物业")
    return Desk(world, at(monkeypatch, NOW + timedelta(hours=1)))


def given(desk: Desk) -> Case:
    """A resident's matter with the community."""
    case = raised(desk.world, "住户1", "我家3单元502停水，孩子发烧", phone="13800001234")
    duty = desk.world.duties["楼道堆物"].uid
    done(intake.dispatch(desk.world.ask(ZHAO, desk.now), case.uid, duty))
    return case


def called(desk: Desk) -> tuple[Case, Call]:
    case = given(desk)
    desk.post(ZHOU, case, "call", words="今晚需要两台送水车")
    return case, Call.objects.get()


def claim(desk: Desk, who: str, case: Case, call: Call, key: str = "claim-1") -> int:
    address = reverse("case_claim", args=[case.uid, call.uid])
    return int(desk.browser(who).post(address, {"key": key}).status_code)


def test_the_caller_is_warned_to_name_nobody(desk: Desk) -> None:
    case = given(desk)
    assert "请勿写居民姓名、电话和门牌" in desk.get(ZHOU, f"/cases/{case.uid}")
    answer = desk.send(ZHOU, case, "call", words=" ")
    assert answer.status_code == 422


def test_units_of_the_place_read_what_is_needed_and_nothing_of_the_resident(desk: Desk) -> None:
    case, _call = called(desk)
    page = desk.get("超市老马", CALLS)
    assert "今晚需要两台送水车" in page
    for secret in ("502", "发烧", "柳荫1栋", "住户1", show_number(case.number), case.number):
        assert secret not in page
    assert desk.browser("超市老马").get(f"/cases/{case.uid}").status_code == 404


def test_units_elsewhere_and_units_that_work_on_it_do_not_see_it(desk: Desk) -> None:
    _case, _call = called(desk)
    assert "送水车" not in desk.get("物业老石", CALLS)
    assert "送水车" not in desk.get(ZHOU, CALLS)
    assert desk.browser(ZHAO).get(CALLS).status_code == 403
    assert desk.browser("王桂英").get(CALLS).status_code == 403


def test_whoever_claims_it_is_a_co_handler_with_a_clock(desk: Desk) -> None:
    case, call = called(desk)
    for _press in (1, 2):
        assert claim(desk, "超市老马", case, call) == 302
    work = Assignment.objects.get(unit__name="柳荫超市")
    assert (work.is_lead, work.title, work.clocks.get().kind) == (
        False,
        "今晚需要两台送水车",
        "handle",
    )
    page = desk.get(ZHAO, f"/cases/{case.uid}")
    assert "柳荫超市已认领" in page
    assert desk.get("超市老马", f"/cases/{case.uid}")
    assert "送水车" not in desk.get(WU, CALLS)


def test_a_call_is_claimed_once(desk: Desk) -> None:
    case, call = called(desk)
    assert claim(desk, "超市老马", case, call) == 302
    # The second body is too late: nothing is called for any more.
    assert claim(desk, WU, case, call, "claim-2") == 422
    assert claim(desk, "物业老石", case, call, "claim-3") == 404
    assert Assignment.objects.filter(case=case).count() == 2


@pytest.mark.parametrize(("who", "status"), [("物业老石", 404), ("王桂英", 403), (ZHAO, 403)])
def test_nobody_else_claims_it(desk: Desk, who: str, status: int) -> None:
    case, call = called(desk)
    assert claim(desk, who, case, call) == status
    assert not Assignment.objects.filter(case=case, is_lead=False).exists()


def test_a_call_is_ended_by_those_who_may_call(desk: Desk) -> None:
    case, call = called(desk)
    end = reverse("case_end_call", args=[case.uid, call.uid])
    assert f'action="{end}"' in desk.get(ZHOU, f"/cases/{case.uid}")
    case.refresh_from_db()
    stale = {"key": "end-0", "version": case.version - 1}
    assert desk.browser(ZHOU).post(end, stale).status_code == 422
    for _press in (1, 2):
        form = {"key": "end-1", "version": case.version}
        assert desk.browser(ZHOU).post(end, form).status_code == 302
    assert desk.browser("超市老马").post(end, {"key": "end-2"}).status_code == 404
    assert "送水车" not in desk.get("超市老马", CALLS)


def test_a_list_of_calls_is_paged(desk: Desk) -> None:
    case = given(desk)
    for n in range(25):
        done(joining.call(desk.world.ask(ZHOU, desk.now), case.uid, f"需要第{n}样东西"))
    found = [
        re.findall(r"需要第(\d+)样东西</p>", desk.get("超市老马", f"{CALLS}?page={page}"))
        for page in (1, 2)
    ]
    assert [len(rows) for rows in found] == [20, 5]
    assert sorted(int(n) for rows in found for n in rows) == list(range(25))


def test_the_list_asks_as_often_for_many_as_for_one(desk: Desk) -> None:
    case, _call = called(desk)
    one = asked(desk, "超市老马", CALLS)
    for n in range(18):
        done(joining.call(desk.world.ask(ZHOU, desk.now), case.uid, f"需要第{n}样东西"))
    assert asked(desk, "超市老马", CALLS) == one <= 12
