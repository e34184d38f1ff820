"""The pages of the line to a higher system: systems, sheets in, rows left out, answers out."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.acts.test_outside import ORDER, answer, one, sent, system
from tests.acts.world import NOW, World
from tests.web.staff import Desk, at
from yishi.core.number import show_number
from yishi.core.outside import Order
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.records.models import Audit, Case, OutsideOrder, OutsideSystem, Report
from yishi.records.spreadsheet import write_xlsx

pytestmark = pytest.mark.django_db

HEADER = [
    "工单编号",
    "诉求内容",
    "诉求类型",
    "所属街道",
    "所属社区",
    "诉求地址",
    "办结时限",
    "诉求人",
    "联系电话",
]
ROW = [
    "2026031100017",
    "柳荫苑门口井盖不见了，晚上看不清。",
    "投诉",
    "望江街道",
    "柳荫社区",
    "柳荫路12号门口",
    "2026-03-13 17:00:00",
    "周女士",
    "13800000009",
]
DISPATCHER, ADMINISTRATOR = "分拨员老赵", "管理员"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, at(monkeypatch))


def changed(**cells: str) -> list[str]:
    return [cells.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True)]


def workbook(*rows: list[Any], header: list[str] = HEADER) -> SimpleUploadedFile:
    return SimpleUploadedFile("工单.xlsx", write_xlsx({"工单": (header, rows)}))


def hand_in(desk: Desk, line: OutsideSystem, file: SimpleUploadedFile, key: str = "k") -> Any:
    form = {"key": key, "file": file}
    return desk.browser(DISPATCHER).post(f"/outside/{line.uid}/orders", form)


def read_sheet(data: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python()


def result(desk: Desk, response: Any) -> str:
    """The page that says what became of a sheet."""
    assert response.status_code == 302, response.content.decode()[-2000:]
    return desk.get(DISPATCHER, response["Location"])


def test_a_sheet_comes_in_and_its_rows_are_matters(desk: Desk) -> None:
    line = system(desk.world)
    page = result(desk, hand_in(desk, line, workbook(ROW, changed(工单编号="2"))))
    assert "收下 2 件，已有 0 件，未收 0 件。" in page
    assert Report.objects.filter(words=ROW[1], channel="hotline_12345").count() == 2
    listed = desk.get(DISPATCHER, f"/outside/{line.uid}")
    assert ROW[0] in listed
    assert "已收 2" in listed
    assert Audit.objects.filter(what="outside.receive.sheet", detail="12345").count() == 1


def test_the_same_sheet_again_takes_nothing_twice(desk: Desk) -> None:
    line = system(desk.world)
    hand_in(desk, line, workbook(ROW))
    page = result(desk, hand_in(desk, line, workbook(ROW), key="k2"))
    assert "收下 0 件，已有 1 件，未收 0 件。" in page
    assert Case.objects.count() == 1


def test_another_sheet_by_the_same_form_is_not_taken_for_the_first(desk: Desk) -> None:
    line = system(desk.world)
    hand_in(desk, line, workbook(ROW))
    page = result(desk, hand_in(desk, line, workbook(changed(工单编号="2"), ROW)))
    assert "收下 1 件，已有 1 件，未收 0 件。" in page
    assert Case.objects.count() == 2


def test_good_rows_enter_and_bad_ones_come_back_with_why(desk: Desk) -> None:
    line = system(desk.world)
    hand_in(desk, line, workbook(ROW))
    known = show_number(Case.objects.get().number)
    rows = (
        changed(诉求内容="是两个井盖"),
        changed(工单编号="2"),
        changed(工单编号="3", 诉求类型="闲聊"),
        changed(工单编号="4", 所属社区="滨江社区"),
        changed(工单编号="", 诉求内容="没有编号"),
        changed(工单编号="6", 办结时限="尽快"),
    )
    response = hand_in(desk, line, workbook(*rows), key="k2")
    page = result(desk, response)
    assert "收下 1 件，已有 0 件，未收 5 件。" in page
    back = read_sheet(desk.browser(DISPATCHER).get(f"{response['Location']}/xlsx").content)
    assert back[0] == [*HEADER, "行", "未导入的原因"]
    assert [(row[0], row[-2], row[-1]) for row in back[1:]] == [
        (
            ROW[0],
            2,
            f"这个工单编号已收过，就是 {known}，但内容不一样；已收的不改动",
        ),
        (
            "3",
            4,
            "“诉求类型”写的是“闲聊”，只认：求助、投诉、举报、咨询、建议、意见建议、表扬、感谢、其他",
        ),
        ("4", 5, "这里没有叫“滨江社区”的地方"),
        ("", 6, "“工单编号”是空的"),
        ("6", 7, "“办结时限”写的是“尽快”，不是 2026-03-20 17:00:00 格式的时间"),
    ]


def test_rows_mended_in_the_sheet_that_came_back_enter(desk: Desk) -> None:
    line = system(desk.world)
    response = hand_in(desk, line, workbook(changed(所属社区="滨江社区")))
    back = read_sheet(desk.browser(DISPATCHER).get(f"{response['Location']}/xlsx").content)
    header, row = back[0], back[1]
    row[header.index("所属社区")] = "柳荫社区居委会"
    page = result(desk, hand_in(desk, line, workbook(row, header=header), key="k2"))
    assert "收下 1 件，已有 0 件，未收 0 件。" in page


def test_a_cell_that_looks_like_a_formula_is_text_all_the_way(desk: Desk) -> None:
    line = system(desk.world)
    evil = '=HYPERLINK("http://example.invalid","点这里")'
    rows = (
        changed(诉求内容=evil),
        changed(工单编号="+2", 诉求内容="@SUM(A1)", 所属社区="滨江社区"),
    )
    response = hand_in(desk, line, workbook(*rows))
    assert Report.objects.get().words == evil
    raw = desk.browser(DISPATCHER).get(f"{response['Location']}/xlsx").content
    assert read_sheet(raw)[1][:2] == ["+2", "@SUM(A1)"]
    answer(desk.world, Case.objects.get(), minutes=0, words="=1+1 已办")
    data = desk.browser(DISPATCHER).post(f"/outside/{line.uid}/answers", {"key": "a"}).content
    assert formulas(data) == 0
    assert read_sheet(data)[1][3] == "=1+1 已办"


def formulas(data: bytes) -> int:
    """How many cells of a workbook hold a formula."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read("xl/worksheets/sheet1.xml").count(b"<f>")


def test_a_csv_of_the_office_comes_in(desk: Desk) -> None:
    line = system(desk.world)
    text = "\r\n".join(",".join(row) for row in (HEADER, ROW))
    page = result(desk, hand_in(desk, line, SimpleUploadedFile("a.csv", text.encode("gb18030"))))
    assert "收下 1 件，已有 0 件，未收 0 件。" in page


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("a.xlsx", b"PK no workbook"), "not_spreadsheet"),
        (SimpleUploadedFile("a.docx", b"PK"), "not_spreadsheet"),
        (workbook(["1", "2"], header=["工单编号", "诉求内容"]), "columns_missing"),
        (workbook(), "table_empty"),
        (workbook(*[ROW] * 501), "table_too_long"),
    ],
)
def test_a_file_that_is_no_sheet_of_orders_is_refused_whole(
    desk: Desk, file: SimpleUploadedFile, said: str
) -> None:
    file.seek(0)
    line = system(desk.world)
    response = hand_in(desk, line, file)
    assert response.status_code == 422
    page = response.content.decode()
    assert say_refusal(Refusal(said))["title"] in page
    assert f'class="back" href="/outside/{line.uid}"' in page
    assert Case.objects.count() == 0


def test_the_template_has_the_columns_that_are_read(desk: Desk) -> None:
    line = system(desk.world)
    data = desk.browser(DISPATCHER).get(f"/outside/{line.uid}/template.xlsx").content
    assert set(read_sheet(data)[0]) == set(HEADER)


def test_answers_go_back_in_their_columns_once_and_again(desk: Desk) -> None:
    line, browser = system(desk.world), desk.browser(DISPATCHER)
    case = one(desk.world, line)
    late = one(desk.world, line, replaced(number="2", due_at=NOW - timedelta(days=1)))
    for each in (case, late):
        answer(desk.world, each, minutes=0)
    assert "待交回 2" in desk.get(DISPATCHER, f"/outside/{line.uid}?show=waits")
    taken = browser.post(f"/outside/{line.uid}/answers", {"key": "a"})
    sheet = read_sheet(taken.content)
    assert sheet[0] == [
        "工单编号",
        "承办编号",
        "办理结果",
        "答复内容",
        "承办单位",
        "答复时间",
        "办结时限",
        "是否超期",
    ]
    assert sheet[1][0] == ORDER.number
    assert sheet[1][2:] == [
        "已办结",
        "井盖已换好。",
        "柳荫社区居委会",
        "2026-03-11 09:00:00",
        "2026-03-13 17:00:00",
        "否",
    ]
    assert sheet[2][-1] == "是"
    # The same click again, and the list of what went back, hand out the same sheet.
    assert read_sheet(browser.post(f"/outside/{line.uid}/answers", {"key": "a"}).content) == sheet
    went = desk.get(DISPATCHER, f"/outside/{line.uid}?show=sent")
    assert DISPATCHER in went
    moment = OutsideOrder.objects.values_list("sent_back_at", flat=True)[0]
    assert isinstance(moment, datetime)
    again = browser.get(f"/outside/{line.uid}/answers.xlsx", {"at": moment.isoformat()})
    assert read_sheet(again.content) == sheet
    for wrong in ("x", "2026-03-11", "0001-01-01T00:00:00+14:00"):
        answered = browser.get(f"/outside/{line.uid}/answers.xlsx", {"at": wrong})
        assert answered.status_code == 404
    nothing = browser.post(f"/outside/{line.uid}/answers", {"key": "b"})
    assert nothing.status_code == 422


def replaced(**more: Any) -> Order:
    return replace(ORDER, **more)


def test_the_matter_shows_their_number_and_is_found_by_it(desk: Desk) -> None:
    line = system(desk.world)
    case = one(desk.world, line)
    page = desk.get(DISPATCHER, f"/cases/{case.uid}")
    assert "区12345平台" in page
    assert ORDER.number in page
    clocks = desk.get(DISPATCHER, f"/cases/{case.uid}/clocks")
    assert "上级平台时限" in clocks
    assert f"区12345平台 {ORDER.number}" in clocks
    found = desk.browser(DISPATCHER).get("/search", {"q": ORDER.number})
    assert (found.status_code, found["Location"]) == (302, f"/cases/{case.uid}")
    assert case.uid in desk.get(DISPATCHER, f"/cases?q={ORDER.number}")
    # The unit that gets it sees the number too.
    answer(desk.world, case, minutes=0)
    assert ORDER.number in desk.get("社区小周", f"/cases/{case.uid}")


def test_the_resident_finds_their_matter_by_the_number_of_the_hotline(desk: Desk) -> None:
    case = one(desk.world, system(desk.world))
    report = Report.objects.get()
    address = f"/number?number={ORDER.number}"
    assert desk.browser("王桂英").get(address).status_code == 422
    Report.objects.update(person=desk.world.people["王桂英"])
    found = desk.browser("王桂英").get(address)
    assert (found.status_code, found["Location"]) == (302, f"/reports/{report.uid}")
    assert case.number == report.number


def test_the_administrator_puts_a_system_on_the_line_and_takes_it_off(desk: Desk) -> None:
    browser = desk.browser(ADMINISTRATOR)
    page = desk.get(ADMINISTRATOR, "/outside")
    place = desk.world.places["清河区"].code
    form = {
        "key": "a",
        "code": "12345",
        "name": "区12345平台",
        "place": place,
        "channel": "hotline_12345",
        "mapping": "orders_12345",
        "public_key": "",
    }
    assert "我方公钥" in page
    wrong = browser.post("/outside/add", form | {"public_key": "abc"})
    assert wrong.status_code == 422
    assert "这不是公钥" in wrong.content.decode()
    assert browser.post("/outside/add", form).status_code == 302
    row = OutsideSystem.objects.get()
    shown = desk.get(ADMINISTRATOR, f"/outside/{row.uid}")
    assert "区12345平台" in shown
    # Names and numbers of matters are not the administrator's.
    assert "已收 0" not in shown
    assert browser.post(f"/outside/{row.uid}/end", {"key": "b"}).status_code == 302
    row.refresh_from_db()
    assert row.is_active is False


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("王桂英", "/outside", 403),
        ("社区小周", "/outside", 403),
        (ADMINISTRATOR, "/outside/{uid}/template.xlsx", 403),
        (ADMINISTRATOR, "/outside/{uid}/answers.xlsx", 403),
        (DISPATCHER, "/outside/nobody", 404),
        (DISPATCHER, "/outside/{uid}/read/nothing", 404),
        (DISPATCHER, "/outside/{uid}/answers.xlsx?at=yesterday", 404),
        (DISPATCHER, "/outside/{uid}/answers.xlsx?at=2026-03-11", 404),
    ],
)
def test_who_is_not_on_the_line_sees_nothing_of_it(
    desk: Desk, who: str, address: str, status: int
) -> None:
    line = system(desk.world)
    assert desk.browser(who).get(address.format(uid=line.uid)).status_code == status


def test_a_dispatcher_of_another_place_sees_no_line(desk: Desk) -> None:
    world = desk.world
    line = system(world)
    world.appoint("分拨员小马", Role.DISPATCHER, "石桥社区")
    assert desk.browser("分拨员小马").get(f"/outside/{line.uid}").status_code == 404
    answer_of = desk.browser("分拨员小马").post(f"/outside/{line.uid}/answers", {"key": "x"})
    assert answer_of.status_code == 404
    assert line.name not in desk.get("分拨员小马", "/outside")


def test_many_orders_come_in_pages(desk: Desk) -> None:
    line = system(desk.world)
    sent(desk.world, line, *(replaced(number=f"n{n:03}") for n in range(60)))
    first = desk.get(DISPATCHER, f"/outside/{line.uid}")
    second = desk.get(DISPATCHER, f"/outside/{line.uid}?page=2")
    assert "n059" in first and "n009" not in first
    assert "n009" in second


def test_a_page_asks_as_often_for_many_orders_as_for_a_few(desk: Desk) -> None:
    line, browser = system(desk.world), desk.browser(DISPATCHER)
    addresses = [
        "/outside",
        *(f"/outside/{line.uid}?show={part}" for part in ("came", "waits", "sent")),
    ]

    def asked() -> list[int]:
        found = []
        for address in addresses:
            browser.get(address)
            with CaptureQueriesContext(connection) as statements:
                assert browser.get(address).status_code == 200
            found.append(len(statements))
        return found

    sent(desk.world, line, *(replaced(number=f"n{n}") for n in range(3)))
    few = asked()
    sent(desk.world, line, *(replaced(number=f"m{n}") for n in range(50)))
    Report.objects.filter(id__gt=10).update(answer="好了", answered_at=NOW)
    browser.post(f"/outside/{line.uid}/answers", {"key": "a"})
    Report.objects.filter(id__lte=10).update(answer="好了", answered_at=NOW)
    assert asked() == few
    assert max(few) <= 12, few
