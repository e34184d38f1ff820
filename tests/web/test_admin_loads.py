"""Lists and rule files sent in by page: refused kindly, reported row by row, loaded whole."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.acts.tables import town
from tests.acts.world import World
from tests.web.test_admin_pages import sign_in
from yishi.records.models import Adoption, Appointment, Building, BundleRow, CalendarYear, Person
from yishi.records.spreadsheet import read_tables, write_xlsx
from yishi.rulebook.shipped import FOLDER


def sent(data: bytes, name: str) -> dict[str, object]:
    return {"key": f"load-{name}", "file": SimpleUploadedFile(name, data)}


def test_the_template_sent_back_filled_in_is_loaded(world: World, client: Client) -> None:
    sign_in(world, client)
    template = read_tables(client.get("/places/load/template.xlsx").content, "地方.xlsx")
    assert list(template) == ["区划", "分组", "楼栋", "单位"]
    header = list(town()["楼栋"][0])
    rows = [["XL01", "新楼1栋", "", "p2", "g0", "", "", "", ""]]
    answer = client.post("/places/load", sent(write_xlsx({"楼栋": (header, rows)}), "a.xlsx"))
    assert (answer.status_code, answer["Location"]) == (302, "/places")
    assert Building.objects.get(code="XL01").grid == world.grids["柳荫第一网格"]


def test_a_csv_of_any_name_is_taken_for_what_its_columns_say(world: World, client: Client) -> None:
    sign_in(world, client)
    text = "手机,姓名\r\n13912340001,陈秀兰\r\n".encode("gb18030")
    assert client.post("/people/load", sent(text, "导出(1).csv"))["Location"] == "/people"
    text = "手机,角色,区划编码,起始日\r\n13912340001,领导,p0,2026-03-01\r\n".encode()
    assert client.post("/appointments/load", sent(text, "x.csv"))["Location"] == "/appointments"
    person = Person.objects.with_phone("+8613912340001")
    assert Appointment.objects.filter(person=person, role="leader").count() == 1


def test_every_wrong_row_is_on_the_report_and_in_its_spreadsheet(
    world: World, client: Client
) -> None:
    sign_in(world, client)
    count = Person.objects.count()
    rows = [["13912340001", "对的"], *([str(n), f"错{n}"] for n in range(150))]
    answer = client.post(
        "/people/load", sent(write_xlsx({"人员": (["手机", "姓名"], rows)}), "a.xlsx")
    )
    assert answer.status_code == 302
    assert Person.objects.count() == count
    first = client.get(answer["Location"])
    assert first.context["total"] == 150
    assert len(first.context["table"]["rows"]) == 100
    second = client.get(answer["Location"] + "?page=2")
    assert len(second.context["table"]["rows"]) == 50
    kept = read_tables(client.get(answer["Location"] + "/xlsx").content, "a.xlsx")
    assert isinstance(kept, dict)
    (found,) = kept.values()
    assert len(found) == 150
    sign_in(world, client, "审计员")
    assert client.get(answer["Location"]).status_code == 403


def bomb(reference: str) -> bytes:
    """A workbook of one cell, far away from the first."""
    made = write_xlsx({"人员": (["手机"], [["1"]])})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'r="A2"', f'r="{reference}"'.encode()))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n\x1a\n", "photo.png"),
        (b"\x89PNG\r\n\x1a\n", "photo.xlsx"),
        (b"PK\x03\x04 broken", "a.xlsx"),
        (b"%PDF-1.7", "a.pdf"),
        (b"\x00\x01\x02", "a.csv"),
        (b"\xff\xff\xff\xff", "a.csv"),
        (b"", "a.csv"),
        (b"", "a.xlsx"),
        (write_xlsx({"人员": (["手机", "姓名"], [])}), "a.xlsx"),
        (bomb("A1048576"), "a.xlsx"),
        (bomb("XFD2"), "a.xlsx"),
        (b"a" * 10_000_001, "a.csv"),
    ],
)
def test_what_is_no_list_is_refused(world: World, client: Client, data: bytes, name: str) -> None:
    sign_in(world, client)
    count = Person.objects.count()
    answer = client.post("/people/load", sent(data, name))
    assert answer.status_code == 422
    assert answer.context["refusal"]["next"]
    assert Person.objects.count() == count


def test_no_file_at_all_is_refused(world: World, client: Client) -> None:
    assert sign_in(world, client).post("/people/load", {"key": "k"}).status_code == 422


def test_a_rule_file_shows_what_would_change_before_it_is_kept(
    world: World, client: Client
) -> None:
    sign_in(world, client)
    text = (FOLDER / "hours" / "standard.toml").read_text("utf-8")
    newer = text.replace('version = "1"', 'version = "2"')
    assert newer != text
    count = BundleRow.objects.count()
    form = {"kind": "hours", "file": SimpleUploadedFile("standard.toml", newer.encode())}
    answer = client.post("/rules/load", form)
    assert answer.status_code == 302
    preview = client.get(answer["Location"])
    assert preview.context["total"] == 1
    assert BundleRow.objects.count() == count
    early = {"key": "a", "adopt": "yes", "place": "p1", "from_on": "1999-01-01"}
    assert client.post(answer["Location"], early).status_code == 422
    assert BundleRow.objects.count() == count
    adopted = client.post(answer["Location"], {**early, "key": "b", "from_on": "2026-04-01"})
    assert adopted.status_code == 302
    row = Adoption.objects.get(place=world.places["望江街道"])
    assert (row.bundle.version, row.from_on.isoformat()) == ("2", "2026-04-01")
    later = {"key": "c", "place": "p2", "from_on": "2026-05-01"}
    assert client.post("/rules/files/hours/standard/2/adopt", later).status_code == 302
    assert Adoption.objects.filter(place=world.places["柳荫社区"]).count() == 1


@pytest.mark.parametrize("data", [b"", b"not toml [", b'kind = "hours"\nid = "x"\n', b"\xff\xfe"])
def test_a_broken_rule_file_names_its_fault(world: World, client: Client, data: bytes) -> None:
    sign_in(world, client)
    form = {"kind": "hours", "file": SimpleUploadedFile("x.toml", data)}
    answer = client.post("/rules/load", form)
    assert answer.status_code == 422
    assert answer.context["refusal"]["missing"]


YEAR = (
    '{"year": 2027, "papers": ["https://www.gov.cn/x"], "days": ['
    '{"name": "元旦", "date": "2027-01-01", "isOffDay": true},'
    '{"name": "元旦", "date": "2027-01-03", "isOffDay": false}]}'
)


def test_a_year_is_loaded_from_json_and_drawn(world: World, client: Client) -> None:
    sign_in(world, client)
    answer = client.post("/rules/calendar/load", sent(YEAR.encode(), "2027.json"))
    assert answer.status_code == 302
    row = CalendarYear.objects.get(year=2027)
    assert (list(row.off), list(row.work)) == (["2027-01-01"], ["2027-01-03"])
    page = client.get("/rules/calendar")
    year = page.context["years"][0]
    assert (year["year"], len(year["cells"])) == (2027, 365)
    assert [cell["kind"] for cell in year["cells"][:3]] == ["off", "weekend", "make-up"]


@pytest.mark.parametrize(
    "data", ['{"year": 2027, "papers": [], "days": []}', "{}", "[]", "no json", '{"year": "x"}']
)
def test_a_year_without_days_or_sense_is_refused(world: World, client: Client, data: str) -> None:
    sign_in(world, client)
    answer = client.post("/rules/calendar/load", sent(data.encode(), "2027.json"))
    assert answer.status_code == 422
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_calendar_of_our_own_kind_is_loaded(world: World, client: Client) -> None:
    sign_in(world, client)
    text = Path(FOLDER / "calendar" / "2026.toml").read_text("utf-8")
    newer = text.replace('version = "1"', 'version = "1b"').encode()
    assert client.post("/rules/calendar/load", sent(newer, "2026.toml")).status_code == 302
    assert CalendarYear.objects.filter(year=2026).count() == 2
