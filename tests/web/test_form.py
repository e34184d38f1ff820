"""Forms: what stands on them is what stands in the record, and who may take which."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import get_type_hints

import pytest
from django.utils import translation
from docx import Document

from tests.acts.world import NOW, STARS, World
from tests.web.staff import Desk, at
from tests.web.town import done, filed, stored
from yishi.acts import order
from yishi.acts.case import closing, handling, intake, returning, stretching
from yishi.core.form import TAGS, Form
from yishi.core.form_layout import LAYOUTS
from yishi.core.number import show_number
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.phrases.form import oversight as said_oversight
from yishi.phrases.form import report as said_report
from yishi.phrases.form import work as said_work
from yishi.records.models import Assignment as Work
from yishi.records.models import Audit, Case, Listed, Opinion, Order, Report, Request

LATER = NOW + timedelta(minutes=30)
CALLER = "回访员小郑"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning."""
    return Desk(world, at(monkeypatch))


def carried(desk: Desk, words: str = "楼下井盖不见了，打我电话13800000001") -> Case:
    """A matter with a photo, given to two units, its limit stretched, done, checked, answered,
    watched over and called back."""
    world, ask = desk.world, desk.world.ask
    own = filed(world, words=words)
    case = Case.objects.get(number=own.number)
    done(intake.dispatch(ask("分拨员老赵"), case.uid, world.duties["井盖缺失"].uid))
    done(handling.sign(ask("城管小孙", LATER), case.uid))
    done(stretching.ask_extension(ask("城管小孙", LATER), case.uid, 1, "配件要从外地调来"))
    asked = Request.objects.get(kind="extension")
    done(stretching.decide_extension(ask("分拨员老赵", LATER), case.uid, asked.uid, True, "同意"))
    done(order.issue(ask("督查员老冯", LATER), case.uid, "请于今日恢复通行"))
    proof = [stored("blue")]
    done(handling.contact(ask("城管小孙", LATER), case.uid, True, "说好了"))
    done(handling.submit_result(ask("城管小孙", LATER), case.uid, "已装新盖", proof, "无关"))
    done(closing.check(ask("网格员小陈", LATER), case.uid, True))
    done(closing.answer(ask("城管小孙", LATER), case.uid, "井盖已经换好。\n请放心。"))
    return case


def called_back(desk: Desk, case: Case) -> None:
    """Rung up, and content."""
    own = Report.objects.get(number=case.number).uid
    rating = closing.Rating(own, True, "satisfied", STARS, "谢谢")
    done(closing.call_back(desk.world.ask(CALLER, LATER), case.uid, rating))


def overseen(desk: Desk, case: Case) -> tuple[Opinion, Listed]:
    """An opinion of the committee and an entry of the dated list, both about the case."""
    world = desk.world
    body, person = world.bodies["区城市管理局"], world.people["社区小周"]
    opinion = Opinion.objects.create(
        uid=world.uid(), place=case.place, case=case, body=body, words="建议加装防坠网",
        written_by=person, written_at=NOW,
    )  # fmt: skip
    listed = Listed.objects.create(
        uid=world.uid(), number="L1", place=case.place, case=case, body=body, title="井盖缺失",
        words="逐一排查", due_at=datetime(2026, 3, 20, 16, tzinfo=UTC), opened_by=person,
        opened_at=NOW,
    )  # fmt: skip
    return opinion, listed


def uid_of(form: Form, case: Case) -> str:
    """The row each form is about."""
    report_uid = Report.objects.get(number=case.number).uid
    return {
        Form.REGISTRATION: lambda: report_uid,
        Form.ANSWER: lambda: report_uid,
        Form.CALL_BACK: lambda: report_uid,
        Form.HANDING_OVER: lambda: Work.objects.get(case=case, is_lead=True).uid,
        Form.EXTENSION: lambda: Request.objects.get(kind="extension").uid,
        Form.RETURN: lambda: Request.objects.get(kind="return").uid,
        Form.ORDER: lambda: Order.objects.get().uid,
        Form.OPINION: lambda: Opinion.objects.get().uid,
        Form.DATED_LIST: lambda: case.uid,
    }[form]()


def words_of(data: bytes) -> str:
    """Every word of a Word file, its tables and its foot."""
    document = Document(io.BytesIO(data))
    parts = [document.element.body, document.sections[0].footer._element]
    return "\n".join("".join(part.xpath(".//w:t/text()")) for part in parts)


def test_the_keys_of_a_form_are_those_of_its_tags() -> None:
    typed = {
        Form.REGISTRATION: said_report.Registration,
        Form.ANSWER: said_report.Answer,
        Form.CALL_BACK: said_report.CallBack,
        Form.HANDING_OVER: said_work.HandingOver,
        Form.RETURN: said_work.Returned,
        Form.EXTENSION: said_work.Extension,
        Form.ORDER: said_oversight.Order,
        Form.DATED_LIST: said_oversight.DatedList,
        Form.OPINION: said_oversight.Opinion,
    }
    for form, keys in typed.items():
        known = set(TAGS[form].words) | ({"rows"} if TAGS[form].rows else set())
        assert set(get_type_hints(keys)) == known, form
    assert set(get_type_hints(said_oversight.Row)) == set(TAGS[Form.DATED_LIST].rows)
    for form, layout in LAYOUTS.items():
        placed = {key for line in layout.lines for key in line.keys}
        assert placed <= set(TAGS[form].words), form


HELD = {
    Form.HANDING_OVER: [
        "区城市管理局", "井盖缺失", "柳荫社区 柳荫1栋", "区水务公司", "2026年3月11日09:00",
        "2 小时",
    ],
    Form.EXTENSION: ["配件要从外地调来", "1 小时", "同意", "分拨员老赵", "2026年3月11日12:00"],
    Form.ORDER: ["请于今日恢复通行", "督查员老冯", "区城市管理局"],
    Form.ANSWER: ["井盖已经换好。", "请放心。", "区城市管理局", "柳荫社区 柳荫1栋"],
    Form.OPINION: ["建议加装防坠网", "区城市管理局", "柳荫社区居务监督委员会"],
    Form.DATED_LIST: ["L1", "井盖缺失", "逐一排查", "2026年3月20日24:00", "共1项"],
}  # fmt: skip


@pytest.mark.parametrize("form", list(HELD))
def test_sheet_and_word_file_say_what_the_record_says(desk: Desk, form: Form) -> None:
    case = carried(desk)
    overseen(desk, case)
    uid = uid_of(form, case)
    sheet = desk.get("分拨员老赵", f"/forms/{form}/{uid}")
    answer = desk.browser("分拨员老赵").get(f"/forms/{form}/{uid}/word")
    words = words_of(answer.content)
    for said in HELD[form]:
        assert said in sheet, (form, said)
        assert said in words, (form, said)
    for phone in ("13800000001", "138 0000 0001"):
        assert phone not in sheet
        assert phone not in words
    assert "{{" not in words
    assert LAYOUTS[form].title in words


def test_a_returned_matter_has_its_sheet(desk: Desk) -> None:
    world, case = desk.world, desk.dispatched("井盖不见了")
    done(handling.sign(world.ask("城管小孙"), case.uid))
    owner = world.bodies["区水务公司"].uid
    done(returning.ask_return(world.ask("城管小孙"), case.uid, "产权不在我局", "第三条", owner))
    uid = Request.objects.get().uid
    sheet = desk.get("城管小孙", f"/forms/return/{uid}")
    for said in ("产权不在我局", "第三条", "区水务公司", "区城市管理局", "城管小孙"):
        assert said in sheet
    assert "裁定意见" not in sheet, "nothing was ruled"


def test_registration_and_call_back_hold_name_and_phone_and_are_noted(desk: Desk) -> None:
    own = filed(desk.world)
    case = Case.objects.get(number=own.number)
    page = desk.get("分拨员老赵", f"/forms/registration/{own.uid}")
    assert "王桂英" in page
    assert "13800000001" in page
    assert desk.browser("城管小孙").get(f"/forms/registration/{own.uid}").status_code == 404
    noted = Audit.objects.filter(what="form.print_registration").values_list("subject", "success")
    assert list(noted.order_by("id")) == [(case.uid, True), (own.uid, False)]


def test_the_call_back_form_is_free_for_a_pen_before_and_filled_after(desk: Desk) -> None:
    case = carried(desk)
    uid = uid_of(Form.CALL_BACK, case)
    before = desk.get(CALLER, f"/forms/call_back/{uid}")
    assert "13800000001" in before
    assert "★" not in before
    called_back(desk, case)
    after = desk.get(CALLER, f"/forms/call_back/{uid}")
    for said in ("已解决", "满意", "★★★★★", "谢谢", CALLER):
        assert said in after


STAFF = (
    "网格员小陈", "社区小周", "分拨员老赵", "城管小孙", CALLER, "裁定组老钱", "督查员老冯",
    "监委会老何", "街道主任",
)  # fmt: skip
ANYBODY = frozenset(STAFF)
MAY: dict[Form, frozenset[str]] = {
    Form.REGISTRATION: frozenset(),  # the case is answered: its contacts are the caller's now
    Form.HANDING_OVER: ANYBODY,
    Form.EXTENSION: ANYBODY,
    Form.ORDER: ANYBODY,
    Form.ANSWER: ANYBODY,
    Form.CALL_BACK: frozenset({CALLER}),
    Form.DATED_LIST: ANYBODY,
    Form.OPINION: ANYBODY - {"网格员小陈"},  # the opinion belongs to the place, not to a grid
}


def test_who_may_take_which_form(desk: Desk) -> None:
    world = desk.world
    world.appoint("裁定组老钱", Role.ARBITRATOR, "清河区")
    world.appoint("监委会老何", Role.OVERSEER, "柳荫社区")
    world.body("区园林局", BodyKind.DEPARTMENT, "清河区")
    world.appoint("园林小林", Role.UNIT_HANDLER, "清河区", "区园林局")
    world.appoint("石桥小赵", Role.COMMUNITY_DESK, "石桥社区")
    case = carried(desk)
    overseen(desk, case)
    others = ("王桂英", "管理员", "审计员", "园林小林", "石桥小赵")
    for form, allowed in MAY.items():
        uid = uid_of(form, case)
        for who in (*STAFF, *others):
            for address in (f"/forms/{form}/{uid}", f"/forms/{form}/{uid}/word"):
                got = desk.browser(who).get(address).status_code
                assert (got == 200) == (who in allowed), (form, who, got)


def test_a_resident_prints_the_answer_to_their_own_matter_and_nobody_elses(desk: Desk) -> None:
    case = carried(desk)
    uid = Report.objects.get(number=case.number).uid
    sheet = desk.get("王桂英", f"/reports/{uid}/answer-sheet")
    assert "井盖已经换好。" in sheet
    assert f"/reports/{uid}/answer-sheet" in desk.get("王桂英", f"/reports/{uid}")
    word = desk.browser("王桂英").get(f"/reports/{uid}/answer-sheet/word")
    assert "井盖已经换好。" in words_of(word.content)
    pictures = [
        name for name in zipfile.ZipFile(io.BytesIO(word.content)).namelist() if "media/" in name
    ]
    assert len(pictures) == 3, "before, after, and the code"
    assert desk.browser("李建国").get(f"/reports/{uid}/answer-sheet").status_code == 404
    assert desk.browser("李建国").get(f"/reports/{uid}/answer-sheet/word").status_code == 404


def test_there_is_no_answer_sheet_before_the_answer(desk: Desk) -> None:
    own = filed(desk.world)
    assert desk.browser("王桂英").get(f"/reports/{own.uid}/answer-sheet").status_code == 404


def test_a_form_or_a_row_there_is_not_is_not_found(desk: Desk) -> None:
    own = filed(desk.world)
    for address in ("/forms/passport/x", f"/forms/order/{own.uid}", "/forms/dated_list/none"):
        assert desk.browser("分拨员老赵").get(address).status_code == 404


def test_pasted_words_stay_words(desk: Desk) -> None:
    nasty = "<b>粗</b> {{ 7*7 }} {%p if x %}\f\a\x0b ＆ &amp; " + "W" * 300
    case = carried(desk, nasty)
    uid = uid_of(Form.HANDING_OVER, case)
    sheet = desk.get("分拨员老赵", f"/forms/handing_over/{uid}")
    words = words_of(desk.browser("分拨员老赵").get(f"/forms/handing_over/{uid}/word").content)
    assert "&lt;b&gt;粗&lt;/b&gt; {{ 7*7 }} {%p if x %} ＆ &amp;amp; WWW" in sheet
    assert "<b>粗</b> {{ 7*7 }} {%p if x %} ＆ &amp; WWW" in words
    assert "<b>粗" not in sheet


def test_the_foot_leads_to_the_entry_the_form_rests_on(desk: Desk) -> None:
    from yishi.jobs.sequence import sequence
    from yishi.records.models import Entry

    case = desk.dispatched("井盖不见了")
    sequence()
    uid = uid_of(Form.HANDING_OVER, case)
    entry = Entry.objects.get(subject_uid=case.uid, code="case.dispatched")
    sheet = desk.get("分拨员老赵", f"/forms/handing_over/{uid}")
    assert f"/record/entries/{entry.seq}" in sheet
    code = sheet.split(f"<b>{entry.seq}-")[1][:14]
    page = desk.get("分拨员老赵", f"/record/entries/{entry.seq}")
    assert f"{entry.seq}-{code}" in page, "the record shows the same code"


def test_the_page_of_a_cases_forms_lists_what_there_is(desk: Desk) -> None:
    case = carried(desk)
    page = desk.get("分拨员老赵", f"/cases/{case.uid}/forms")
    for form in (Form.HANDING_OVER, Form.EXTENSION, Form.ORDER, Form.ANSWER):
        assert f"/forms/{form}/{uid_of(form, case)}" in page
    for form in ("return", "opinion", "dated_list", "registration", "call_back"):
        assert f"/forms/{form}/" not in page
    assert f"/cases/{case.uid}/dossier.zip" in page
    assert f"/cases/{case.uid}/forms" in desk.get("分拨员老赵", f"/cases/{case.uid}")


def test_forms_are_chinese_documents_in_either_language(desk: Desk) -> None:
    case = desk.dispatched("井盖不见了")
    uid = uid_of(Form.HANDING_OVER, case)
    answer = desk.browser("分拨员老赵").get(
        f"/forms/handing_over/{uid}", headers={"accept-language": "en"}
    )
    with translation.override("zh-hans"):
        assert "主办" in answer.content.decode()
    assert show_number(case.number) in answer.content.decode()
