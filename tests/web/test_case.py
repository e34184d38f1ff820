"""A matter through every staff page, from filing to the archive; and everything that is refused."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.web.staff import Desk, at, jpeg
from yishi.acts.case import closing
from yishi.core.person import SYSTEM
from yishi.records.models import Asked, Audit, Case, Entry, Order, Report

MANHOLE = "楼下的井盖不见了，昨晚差点有人掉下去"


@pytest.fixture
def desk(world: object, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning, with a browser for each person."""
    return Desk(world, at(monkeypatch))


def test_a_manhole_cover_is_gone_through_the_pages(desk: Desk) -> None:
    case = desk.filed(MANHOLE)
    page = desk.get("分拨员老赵", f"/cases/{case.uid}/dispatch")
    assert "诉求里提到“井盖”" in page or "井盖" in page
    desk.post("分拨员老赵", case, "dispatch", duty=desk.world.duties["井盖缺失"].uid)
    desk.post("城管小孙", case, "sign")
    desk.post("水务小吴", case, "sign")
    desk.post("城管小孙", case, "contact", reached="yes", note="今天下午装好")
    desk.post("水务小吴", case, "submit", words="不是水务井盖", proofs=jpeg())
    desk.post("城管小孙", case, "submit", words="已换新井盖", proofs=jpeg())
    desk.post("网格员小陈", case, "check", passed="yes", words="已到现场")
    desk.post("城管小孙", case, "answer", words="您反映的井盖已换好。")
    desk.post("社区小周", case, "publish-draft", **desk.draft())
    desk.post("分拨员老赵", case, "publish-review")
    desk.post("街道主任", case, "publish-sign-off")
    report = Report.objects.get(links__case=case)
    desk.post("回访员小郑", case, "call-back", report=report.uid, **desk.content())
    case.refresh_from_db()
    assert (case.state, case.is_open, case.is_public) == ("called_back", False, True)
    desk.post("街道主任", case, "publish-take-down", ground="居民要求")
    closing.archive(desk.world.ask(SYSTEM, desk.now + timedelta(days=9)), case.uid)
    codes = Entry.objects.filter(subject_uid=case.uid).order_by("subject_no")
    assert [entry.code for entry in codes] == [
        "report.filed",
        "case.dispatched",
        "case.signed",
        "case.signed",
        "case.contacted",
        "case.part_done",
        "case.result_submitted",
        "case.check_passed",
        "case.answered",
        "publication.drafted",
        "publication.reviewed",
        "publication.signed_off",
        "case.called_back",
        "publication.taken_down",
        "case.archived",
    ]


def test_a_form_out_of_date_says_what_happened_and_keeps_what_was_typed(desk: Desk) -> None:
    case = desk.filed(MANHOLE)
    old = case.version
    desk.post("分拨员老赵", case, "dispatch", duty=desk.world.duties["井盖缺失"].uid)
    answer = desk.send("社区小周", case, "set-aside", version=old, why="好几户都在说这件事")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "好几户都在说这件事" in text
    assert "区城市管理局" in text


def test_a_second_click_does_nothing_twice(desk: Desk) -> None:
    case = desk.filed(MANHOLE)
    form = {"key": "one-press", "version": case.version, "why": "三个单元都缺一盏灯"}
    browser = desk.browser("社区小周")
    for _ in range(2):
        assert browser.post(f"/cases/{case.uid}/set-aside", form).status_code == 302
    assert Asked.objects.filter(key="one-press").count() == 1
    assert Entry.objects.filter(subject_uid=case.uid).count() == 2


def test_someone_elses_case_is_not_there(desk: Desk) -> None:
    case = desk.filed(MANHOLE)
    assert desk.browser("城管小孙").get(f"/cases/{case.uid}").status_code == 404
    assert desk.browser("网格员小陈").get("/cases/nothing").status_code == 404
    assert desk.browser("王桂英").get(f"/cases/{case.uid}").status_code == 403


def test_who_handled_it_may_not_check_it(desk: Desk) -> None:
    case = desk.filed("楼道堆了纸箱")
    desk.post("分拨员老赵", case, "dispatch", duty=desk.world.duties["楼道堆物"].uid)
    desk.post("社区小周", case, "sign")
    desk.post("社区小周", case, "contact", reached="no", note="没有接")
    desk.post("社区小周", case, "submit", words="已搬走", proofs=jpeg())
    assert "/check" not in desk.get("社区小周", f"/cases/{case.uid}")
    answer = desk.send("社区小周", case, "check", passed="yes")
    assert answer.status_code == 422
    assert "换一个人" in answer.content.decode() or "Somebody else" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == "checking"


def test_a_result_without_proof_keeps_the_words(desk: Desk) -> None:
    case = desk.dispatched(MANHOLE)
    desk.post("城管小孙", case, "sign")
    desk.post("城管小孙", case, "contact", reached="yes", note="说好了")
    answer = desk.send("城管小孙", case, "submit", words="已换新井盖")
    assert answer.status_code == 422
    assert "已换新井盖" in answer.content.decode()


def test_a_photo_survives_a_refusal(desk: Desk) -> None:
    case = desk.dispatched(MANHOLE)
    desk.post("城管小孙", case, "sign")
    desk.post("城管小孙", case, "contact", reached="yes", note="说好了")
    answer = desk.send("城管小孙", case, "submit", words="已换新井盖", proofs=jpeg())
    assert answer.status_code == 422, "the co-handler is still at work"
    token = answer.content.decode().split('name="kept_proofs" value="')[1].split('"')[0]
    desk.post(
        "城管小孙", case, "submit", words="已换新井盖", kept_proofs=token, why_open="水务已确认无关"
    )
    case.refresh_from_db()
    assert case.state == "checking"


def test_each_of_the_ways_out_shows_its_words(desk: Desk) -> None:
    case = desk.filed("着火了")
    page = desk.get("分拨员老赵", f"/cases/{case.uid}/refuse")
    assert page.count("?reason=") == 6
    page = desk.get("分拨员老赵", f"/cases/{case.uid}/refuse?reason=emergency")
    assert "110" in page
    desk.post("分拨员老赵", case, "refuse", reason="emergency", words="请马上拨打 119。")
    assert Report.objects.get(links__case=case).answer == "请马上拨打 119。"


def test_the_reporter_is_shown_on_request_and_noted(desk: Desk) -> None:
    case = desk.filed(MANHOLE)
    assert "13800000001" not in desk.get("分拨员老赵", f"/cases/{case.uid}")
    answer = desk.browser("分拨员老赵").post(f"/cases/{case.uid}/reporter")
    assert "13800000001" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert desk.browser("街道主任").post(f"/cases/{case.uid}/reporter").status_code == 403
    noted = Audit.objects.filter(what="report.read_contact").values_list("subject", "success")
    assert list(noted) == [(case.uid, True)]


def test_orders_are_issued_and_answered(desk: Desk) -> None:
    case = desk.dispatched(MANHOLE)
    desk.post("督查员老冯", case, "order", words="今天之内装好，并说明原因")
    page = desk.get("城管小孙", f"/cases/{case.uid}")
    assert "今天之内装好" in page
    desk.post("城管小孙", case, "order-answer", words="仓库无货，已调货")
    assert Order.objects.get(case=case).answer == "仓库无货，已调货"


def test_a_lead_left_open_by_the_list_is_chosen(desk: Desk) -> None:
    case = desk.filed(MANHOLE)
    duty = desk.world.duties["不明井盖"].uid
    answer = desk.send("分拨员老赵", case, "dispatch", duty=duty)
    assert answer.status_code == 422
    lead = desk.world.bodies["区水务公司"].uid
    desk.post("分拨员老赵", case, "dispatch", duty=duty, lead=lead)
    case.refresh_from_db()
    assert case.lead is not None
    assert case.lead.name == "区水务公司"


def test_a_matter_is_filed_first_and_dispatched_later(desk: Desk) -> None:
    case = desk.filed(MANHOLE)
    duty = desk.world.duties["井盖缺失"].uid
    desk.post("分拨员老赵", case, "accept", duty=duty)
    case.refresh_from_db()
    assert (case.state, case.item_title) == ("filed", "井盖缺失")
    desk.post("分拨员老赵", case, "dispatch", duty=duty)


def test_clocks_are_worked_out_line_by_line(desk: Desk) -> None:
    case = desk.filed("楼道堆了纸箱")
    desk.post("分拨员老赵", case, "dispatch", duty=desk.world.duties["楼道堆物"].uid)
    page = desk.get("社区小周", f"/cases/{case.uid}/clocks")
    for words in ("2026-03-12", "2026-03-14", "楼道堆物", "2026年工作日历第1版"):
        assert words in page, words


def test_a_case_page_asks_little_of_the_database(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    case = desk.dispatched(MANHOLE)
    browser = desk.browser("城管小孙")
    browser.get(f"/cases/{case.uid}")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert browser.get(f"/cases/{case.uid}").status_code == 200


def test_an_answered_case_page_asks_no_more(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    case = desk.answered(MANHOLE)
    browser = desk.browser("回访员小郑")
    browser.get(f"/cases/{case.uid}")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert browser.get(f"/cases/{case.uid}").status_code == 200


def test_a_visitor_is_led_to_sign_in(desk: Desk) -> None:
    case = desk.filed(MANHOLE)
    answer = Client().get(f"/cases/{case.uid}")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in")


def test_another_round_brings_an_order(desk: Desk) -> None:
    case = desk.answered(MANHOLE)
    report = Report.objects.get(links__case=case)
    unhappy = {**desk.content(), "solved": "no", "satisfaction": "dissatisfied"}
    desk.post("回访员小郑", case, "call-back", report=report.uid, **unhappy)
    case.refresh_from_db()
    assert (case.state, case.dissatisfied) == ("redo", 1)
    page = desk.get("城管小孙", f"/cases/{case.uid}")
    assert f"/cases/{case.uid}/submit" in page
    assert Case.objects.get().dissatisfied == 1


def test_a_case_opened_from_a_list_has_it_beside(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    case, other = desk.dispatched(MANHOLE), desk.dispatched("路口的井盖松动")
    page = desk.get("分拨员老赵", "/cases?open=yes")
    assert f"/cases/{case.uid}?beside=open%3Dyes" in page
    browser = desk.browser("分拨员老赵")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = browser.get(f"/cases/{case.uid}?beside=open%3Dyes").content.decode()
    assert "路口的井盖松动" in page
    assert f"/cases/{other.uid}?beside=open%3Dyes" in page
    answer = desk.send("城管小孙", case, "sign", beside="queue=to_sign")
    assert answer["Location"] == f"/cases/{case.uid}?beside=queue%3Dto_sign"


@pytest.mark.parametrize(
    "beside", ["queue=to_call", "nonsense", "page=-1", "stage=%00", "a" * 2000]
)
def test_any_list_beside_is_harmless(desk: Desk, beside: str) -> None:
    case = desk.filed(MANHOLE)
    answer = desk.browser("分拨员老赵").get(f"/cases/{case.uid}", {"beside": beside})
    assert answer.status_code == 200
