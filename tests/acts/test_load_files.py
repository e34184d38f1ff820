"""The commands that read tables and notices: what they print, refuse and leave behind."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from types import ModuleType

import pytest

from tests.acts.test_import import cells
from tests.acts.world import World
from tests.needs import shared_data
from yishi.cli import import_cases, load_calendar, load_duties
from yishi.cli.rows import read_rows
from yishi.core.refusal import Refusal
from yishi.records.models import BundleRow, CalendarYear, Case, DutyRow

DUTY_HEAD = (
    "类别,大类代码,大类名称,小类代码,小类名称,处置单位,主管部门,立案条件,结案条件,"
    "处置时限,时限数值,时限单位\n"
)
GOOD = "部件,01,公用设施,01,上水井盖,区水务公司、各产权单位,城管局,缺失,恢复,2紧急工作时,,\n"
NO_LIMIT = "部件,01,公用设施,02,污水井盖,区水务公司,区城市管理局,缺失,恢复,尽快,,\n"


def run(command: ModuleType, *words: object) -> int:
    parser = ArgumentParser()
    command.arguments(parser)
    status = command.run(parser.parse_args([str(word) for word in words]))
    assert isinstance(status, int)
    return status


def cases_file(folder: Path, *rows: dict[str, str], encoding: str = "utf-8") -> Path:
    path = folder / "cases.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, cells().keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_rows_left_out_are_written_with_their_reason(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = cases_file(tmp_path, cells("1"), cells("=2", nature="举报"), encoding="gb18030")
    left = tmp_path / "left.csv"
    words = (table, "--map", "pingshan", "--place", "p0", "--errors", left)
    assert run(import_cases, *words) == 1
    assert Case.objects.count() == 1
    rows = list(csv.reader(left.open(encoding="utf-8-sig", newline="")))
    assert [row[:2] for row in rows[1:]] == [["3", "'=2"]]
    assert "举报" in rows[1][2]
    shown = capsys.readouterr()
    assert "2/2" in shown.err
    assert [int(word) for word in shown.out.split() if word.isdigit()][:3] == [1, 0, 1]


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("none.csv", {}, "none.csv"),
        ("cases.csv", {"--map": "nobody"}, "nobody"),
        ("cases.csv", {"--map": "yuncheng"}, "duties"),
        ("cases.csv", {"--place": "nowhere"}, "nowhere"),
        ("short.csv", {}, "rec_id"),
        ("empty.csv", {}, "empty.csv"),
        ("photo.csv", {}, "photo.csv"),
        ("book.xlsx", {}, "book.xlsx"),
    ],
)
def test_what_cannot_be_imported_at_all_is_said(
    world: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    more: dict[str, str],
    said: str,
) -> None:
    cases_file(tmp_path, cells("1"))
    (tmp_path / "short.csv").write_text("created,type\n1,2\n", "utf-8")
    (tmp_path / "empty.csv").write_text("\n\n", "utf-8")
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04 no book")
    options = {"--map": "pingshan", "--place": "p0"} | more
    words = [word for pair in options.items() for word in pair]
    assert run(import_cases, tmp_path / name, *words) == 2
    assert said in capsys.readouterr().err
    assert Case.objects.count() == 0


def test_a_list_with_one_wrong_row_is_not_loaded_and_every_wrong_row_is_named(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "list.csv"
    table.write_text(DUTY_HEAD + GOOD + NO_LIMIT + GOOD, "utf-8")
    assert run(load_duties, table, "--map", "yuncheng", "--place", "p0") == 2
    said = capsys.readouterr().err.splitlines()
    assert [line[:2] for line in said[:2]] == ["3:", "4:"]
    assert "尽快" in said[0]
    assert not BundleRow.objects.filter(kind="duties").exists()


def test_a_list_is_loaded_and_its_unknown_bodies_named(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "list.csv"
    rows = GOOD + GOOD.replace("区水务公司、各产权单位", "各产权单位").replace("缺失", "松动")
    table.write_text(DUTY_HEAD + rows, "utf-8")
    more = ("--name", "qinghe", "--version", "3", "--valid-from", "2026-02-01")
    assert run(load_duties, table, "--map", "yuncheng", "--place", "p0", *more) == 0
    assert "各产权单位 (1)" in capsys.readouterr().out
    bundle = BundleRow.objects.get(kind="duties")
    assert (bundle.name, bundle.version, str(bundle.valid_from)) == ("qinghe", "3", "2026-02-01")
    assert DutyRow.objects.filter(bundle=bundle).count() == 2


def test_a_list_of_ours_is_loaded_from_its_rule_file(world: World, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(
        'kind = "duties"\nid = "ours"\nversion = "1"\nvalid_from = 2026-01-01\nsource = "ours"\n'
        '[[rows]]\ncode = "D1"\ntitle = "井盖"\nlead = "区水务公司"\n'
        'limit = { length = 2, kind = "hour", source = "ours" }\n',
        "utf-8",
    )
    assert run(load_duties, file, "--place", "p0") == 0
    assert DutyRow.objects.get(bundle__name="ours").lead_body == world.bodies["区水务公司"]
    file.write_text('kind = "duties"\nid = "ours"\n', "utf-8")
    assert run(load_duties, file, "--place", "p0") == 2


def test_a_year_nobody_has_published_is_refused_and_the_others_are_loaded(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "2030.json").write_text('{"year": 2030, "papers": [], "days": []}', "utf-8")
    day = '{"name": "元旦", "date": "2029-01-01", "isOffDay": true}'
    (tmp_path / "2029.json").write_text(f'{{"year": 2029, "papers": [], "days": [{day}]}}', "utf-8")
    (tmp_path / "bad.json").write_text("{", "utf-8")
    files = [tmp_path / name for name in ("2030.json", "bad.json", "none.toml", "2029.json")]
    assert run(load_calendar, *files) == 1
    said = capsys.readouterr()
    assert "2030" in said.err
    assert "bad.json" in said.err
    assert "2029" in said.out
    years = CalendarYear.objects.values_list("year", flat=True)
    assert 2029 in years
    assert 2030 not in years


def test_the_shared_notices(world: World) -> None:
    folder = shared_data("cn_workdays")
    assert run(load_calendar, *sorted(folder.glob("20[12]?.json"))) in (0, 1)
    assert CalendarYear.objects.filter(year=2018).get().off["2018-02-16"] == "春节"
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_workbook_is_read_like_a_table(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("rec_id", "type"))
    sheet.write_row(2, 0, (9148, " 市政设施 "))
    book.close()
    assert read_rows(path) == (
        ["rec_id", "type"],
        [(3, {"rec_id": "9148", "type": "市政设施"})],
    )
    assert read_rows(tmp_path / "none.xlsx") == Refusal(
        "file_missing", have=str(tmp_path / "none.xlsx")
    )
