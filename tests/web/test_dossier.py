"""One matter, one file: what is in it, that it can be checked, and that it stays bounded."""

import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.test_form import called_back, carried, overseen, words_of
from yishi.core.number import show_number
from yishi.jobs.sequence import sequence
from yishi.records import log
from yishi.records.log import own_verifier, verify_ed25519
from yishi.records.models import Attachment, Audit, Case, Link, Report
from yishi.tlog.checkpoint import note_verifier
from yishi.tlog.excerpt import verify_excerpt

WHO = "分拨员老赵"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning."""
    return Desk(world, at(monkeypatch))


def taken(desk: Desk, case: Case, who: str = WHO) -> bytes:
    answer = desk.browser(who).get(f"/cases/{case.uid}/dossier.zip")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        return {info.filename: packed.read(info) for info in packed.infolist()}


def test_everything_of_the_matter_is_in_it(desk: Desk) -> None:
    case = carried(desk)
    called_back(desk, case)
    overseen(desk, case)
    sequence()
    found = parts(taken(desk, case))
    number = show_number(case.number)
    assert list(found)[:2] == ["目录.html", "样式.css"]
    assert list(found)[-1] == "record.json"
    assert [name for name in found if name.startswith("表单/")] == [
        f"表单/001 诉求登记表 {number}.docx",
        f"表单/002 交办单 {number}.docx",
        f"表单/003 交办单 {number}.docx",
        f"表单/004 延期审批表 {number}.docx",
        f"表单/005 督办单 {number}.docx",
        f"表单/006 限期整改清单 {number}.docx",
        f"表单/007 监督意见书 {number}.docx",
        f"表单/008 答复单 {number}.docx",
        f"表单/009 回访表 {number}.docx",
    ]
    assert sum(name.startswith("照片/") for name in found) == 2
    index = found["目录.html"].decode()
    for said in (
        "楼下井盖不见了", "区城市管理局", "区水务公司", "配件要从外地调来", "请于今日恢复通行",
        "已装新盖", "井盖已经换好。", "谢谢", "建议加装防坠网", "L1", "2026年3月11日",
        "职责清单", "办理",
    ):  # fmt: skip
        assert said in index, said
    assert not any(name.startswith("/") or ".." in name for name in found)


def test_no_name_and_no_phone_of_a_resident_leaves_with_it(desk: Desk) -> None:
    case = carried(desk)
    called_back(desk, case)
    found = parts(taken(desk, case))
    for name, body in found.items():
        text = words_of(body) if name.endswith(".docx") else body.decode("utf-8", "ignore")
        assert "13800000001" not in text, name
        assert "王桂英" not in text, name
    assert "见平台登记" in words_of(next(b for n, b in found.items() if "登记表" in n))


def test_its_record_can_be_checked_without_us(desk: Desk) -> None:
    case = carried(desk)
    sequence()
    data = parts(taken(desk, case))["record.json"]
    verdict = note_verifier(own_verifier(), verify_ed25519)
    report = verify_excerpt(data, verdict)
    assert report.holds, report.findings
    assert report.entries == case.__class__.objects.get(pk=case.pk).version
    value = json.loads(data)
    value["entries"][0]["leaf"] = value["entries"][1]["leaf"]
    changed = verify_excerpt(json.dumps(value).encode(), verdict)
    assert [finding.code for finding in changed.findings] == ["entry_differs"]
    other = note_verifier([], verify_ed25519)
    assert [f.code for f in verify_excerpt(data, other).findings] == ["checkpoint_unsigned"]
    for broken in (b"", b"[]", b"{}", b'{"format": "yishi-excerpt-1"}'):
        assert not verify_excerpt(broken, verdict).holds
    assert "王桂英" not in data.decode()


def test_before_the_first_checkpoint_the_leaves_wait_in_it(desk: Desk) -> None:
    case = desk.dispatched("井盖不见了")
    assert log.published().latest() is None
    value = json.loads(parts(taken(desk, case))["record.json"])
    assert value["entries"] == []
    assert len(value["pending"]) == 2


def test_the_same_record_gives_the_same_bytes(desk: Desk) -> None:
    case = carried(desk)
    sequence()
    assert taken(desk, case) == taken(desk, case)


def test_whoever_takes_it_is_noted_and_others_find_nothing(desk: Desk) -> None:
    case = desk.dispatched("井盖不见了")
    for who, status in (("王桂英", 403), ("管理员", 403), ("审计员", 403)):
        answer = desk.browser(who).get(f"/cases/{case.uid}/dossier.zip")
        assert answer.status_code == status, who
    taken(desk, case, "水务小吴")
    noted = Audit.objects.filter(what="form.dossier").values_list("subject", "detail")
    assert list(noted) == [(case.uid, case.number)]


def with_reports(desk: Desk, number: int) -> Case:
    """An answered case of that many residents, each with a photo."""
    case = carried(desk)
    first = Report.objects.get(number=case.number)
    photo = Attachment.objects.get(report=first)
    for at_ in range(number - 1):
        fields = {f.attname: getattr(first, f.attname) for f in Report._meta.fields}
        fields |= {"id": None, "uid": f"r{at_:018}", "number": f"{at_:011}"}
        fields["words"] = f"第{at_}位居民的话"
        row = Report(**fields)
        row.save(force_insert=True)
        Link.objects.create(report=row, case=case, from_at=case.filed_at)
        Attachment.objects.create(
            uid=f"p{at_:018}", file=photo.file, case=case, report=row, part="photo",
            added_at=photo.added_at,
        )  # fmt: skip
    return case


def asked(desk: Desk, case: Case, address: str) -> int:
    browser = desk.browser(WHO)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(address.format(uid=case.uid))
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert answer.status_code == 200
    return len(queries)


def test_fifty_five_merged_reports_fit_and_the_statements_stay_bounded(desk: Desk) -> None:
    case = with_reports(desk, 55)
    found = parts(taken(desk, case))
    index = found["目录.html"].decode()
    assert "第53位居民的话" in index
    assert sum("答复单" in name for name in found) == 55
    assert sum("登记表" in name for name in found) == 55
    assert sum(name.startswith("照片/") for name in found) == 2, "the same picture is in it once"
    assert asked(desk, case, "/cases/{uid}/dossier.zip") <= 110


def test_a_sheet_and_the_list_of_forms_ask_as_often_for_many_as_for_one(desk: Desk) -> None:
    few = with_reports(desk, 2)
    uid = Report.objects.get(number=few.number).uid
    pages = ("/cases/{uid}/forms", f"/forms/answer/{uid}", f"/forms/answer/{uid}/word")
    counted = [asked(desk, few, each) for each in pages]
    many = with_reports_more(desk, few, 60)
    assert [asked(desk, many, each) for each in pages] == counted
    assert max(counted) <= 26


def with_reports_more(desk: Desk, case: Case, number: int) -> Case:
    """The same case with as many more residents."""
    first = Report.objects.get(number=case.number)
    for at_ in range(number):
        fields = {f.attname: getattr(first, f.attname) for f in Report._meta.fields}
        row = Report(**{**fields, "id": None, "uid": f"m{at_:018}", "number": f"9{at_:010}"})
        row.save(force_insert=True)
        Link.objects.create(report=row, case=case, from_at=case.filed_at)
    return case
