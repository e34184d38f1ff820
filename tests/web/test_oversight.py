"""The committee at its pages: a lot, a look, an opinion; what it reads and what it cannot do."""

from datetime import timedelta

import pytest

from tests.acts.world import World, appoint_overseer
from tests.web.staff import Desk, at
from tests.web.town import done
from yishi.acts import oversight
from yishi.records.models import Audit, Case, Inspection, Opinion

HE = "监督委员老何"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world an hour after a Wednesday morning's start, with its committee."""
    appoint_overseer(world)
    moment = at(monkeypatch)
    return Desk(world, at(monkeypatch, moment + timedelta(hours=1)))


def post(desk: Desk, who: str, address: str, **fields: str) -> str:
    """Sends a form; where it leads, which must be somewhere."""
    desk.keys += 1
    answer = desk.browser(who).post(address, {"key": f"form-{desk.keys}", **fields})
    assert answer.status_code == 302, (answer.status_code, answer.content.decode()[-3000:])
    return str(answer["Location"])


def draw(desk: Desk) -> None:
    place = desk.world.places["柳荫社区"].uid
    assert post(desk, HE, "/oversight/sample", place=place) == "/oversight"


def test_the_first_screen_leads_to_what_was_drawn(desk: Desk) -> None:
    case = desk.answered("井盖不见了")
    assert "1 件办完的事还没有看过" in desk.get(HE, "/oversight")
    draw(desk)
    first = desk.get(HE, "/work")
    assert "抽中待查" in first
    assert f"/cases/{case.uid}" in first
    assert case.number[:4] in desk.get(HE, "/oversight")
    assert "0 件办完的事还没有看过" in desk.get(HE, "/oversight")


def test_a_look_is_written_down_and_listed(desk: Desk) -> None:
    case = desk.answered("井盖不见了")
    draw(desk)
    page = desk.get(HE, f"/cases/{case.uid}/inspect")
    assert "不指挥任何单位" in page
    empty = desk.browser(HE).post(
        f"/cases/{case.uid}/inspect", {"key": "k", "way": "phone", "found": "not", "words": ""}
    )
    assert empty.status_code == 422
    assert "没有写看到了什么" in empty.content.decode()
    to = post(desk, HE, f"/cases/{case.uid}/inspect", way="phone", found="partly", words="盖子会响")
    assert to == "/oversight"
    assert Inspection.objects.get().words == "盖子会响"
    assert "盖子会响" in desk.get("街道主任", "/oversight?show=looked&found=partly")
    assert "盖子会响" not in desk.get("街道主任", "/oversight?show=looked&found=not")


def test_a_matter_that_is_not_finished_is_not_looked_at(desk: Desk) -> None:
    case = desk.dispatched("井盖不见了")
    assert f"/cases/{case.uid}/inspect" not in desk.get(HE, f"/cases/{case.uid}")
    assert desk.browser(HE).get(f"/cases/{case.uid}/inspect").status_code == 422


def test_who_raised_it_is_read_for_a_draw_and_every_read_is_noted(desk: Desk) -> None:
    case = desk.answered("井盖不见了")
    address = f"/cases/{case.uid}/reporter"
    phone = desk.world.people["王桂英"].phone
    assert desk.browser(HE).post(address).status_code == 422
    draw(desk)
    assert phone not in desk.get(HE, f"/cases/{case.uid}")
    assert phone in desk.browser(HE).post(address).content.decode()
    noted = Audit.objects.filter(what="report.read_contact").order_by("id")
    assert [(row.person.name, row.success) for row in noted if row.person] == [
        (HE, False),
        (HE, True),
    ]
    done(oversight.inspect(desk.world.ask(HE, desk.now), case.uid, "phone", "as_said"))
    assert desk.browser(HE).post(address).status_code == 422


def test_an_opinion_goes_to_a_body_that_replies(desk: Desk) -> None:
    case = desk.answered("井盖不见了")
    body = desk.world.bodies["区城市管理局"].uid
    to = post(desk, HE, f"/cases/{case.uid}/opinion", body=body, words="请普查同类井盖")
    opinion = Opinion.objects.get()
    assert to == f"/opinions/{opinion.uid}"
    assert "不指挥任何单位" in desk.get(HE, to)
    assert "请普查同类井盖" in desk.get("城管小孙", "/opinions")
    assert "要回复的监督意见" in desk.get("城管小孙", "/work")
    assert desk.browser("水务小吴").get(to).status_code == 404
    assert desk.browser("水务小吴").post(f"{to}/reply", {"words": "好"}).status_code == 404
    assert "<form" in desk.get("城管小孙", to).split("<main")[1]
    assert post(desk, "城管小孙", f"{to}/reply", words="已普查 40 处") == to
    assert "已普查 40 处" in desk.get("社区小周", to)
    assert "要回复的监督意见" not in desk.get("城管小孙", "/work")


def test_an_opinion_in_general_names_its_place(desk: Desk) -> None:
    body = desk.world.bodies["柳荫社区居委会"].uid
    assert "柳荫社区" in desk.get(HE, "/opinions/new")
    post(desk, HE, "/opinions/new", body=body, words="请按时公开账目")
    assert Opinion.objects.get().case is None
    again = desk.browser(HE).post("/opinions/new", {"key": "x", "body": body, "words": " "})
    assert again.status_code == 422


def test_the_committee_orders_nobody(desk: Desk) -> None:
    case = desk.dispatched("井盖不见了")
    page = desk.get(HE, f"/cases/{case.uid}")
    for verb in ("order", "dispatch", "finding", "check", "put-on-list"):
        assert f"/cases/{case.uid}/{verb}" not in page
        assert desk.browser(HE).post(f"/cases/{case.uid}/{verb}").status_code == 403


@pytest.mark.parametrize("who", ["王桂英", "网格员小陈", "城管小孙", "回访员小郑", "管理员"])
def test_the_looks_are_not_everybodys(desk: Desk, who: str) -> None:
    assert desk.browser(who).get("/oversight").status_code == 403


def test_contested_answers_are_listed(desk: Desk) -> None:
    case = desk.answered("井盖不见了")
    Case.objects.filter(pk=case.pk).update(dissatisfied=2)
    assert case.number[:4] in desk.get(HE, "/oversight?show=objections")
    assert "居民有异议" in desk.get(HE, "/work")
