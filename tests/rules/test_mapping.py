"""Reading other people's tables: column maps, and the two real tables they were made for."""

import csv
from collections import Counter
from datetime import date

import pytest

from tests.needs import shared_data
from tests.rules.files import bundle
from yishi.core.calendar import Span, SpanKind
from yishi.core.columns import must_have_columns, read_duty, read_limit, read_row
from yishi.core.duty import CommunityMay, DutyRow
from yishi.core.refusal import Refusal
from yishi.rulebook.kinds import column_map, duty_rows
from yishi.rulebook.kinds.duties import bundle_of_rows
from yishi.rulebook.problem import RuleFileError
from yishi.rulebook.shipped import shipped_bundle

CASES = column_map(shipped_bundle("mapping", "pingshan"))
DUTIES = column_map(shipped_bundle("mapping", "yuncheng"))
OURS = "ours：GB/T 30428 的读法"


def table(*path: str) -> list[dict[str, str]]:
    with shared_data(*path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def case(**cells: str) -> dict[str, str]:
    columns = dict.fromkeys(CASES.columns.values(), "-")
    columns |= {"rec_id": "7", "created": "2018-02-08 15:34:40", "type": "市政设施"}
    return columns | cells


def duty(**cells: str) -> dict[str, str]:
    words = ("部件", "01", "设施", "02", "污水井盖", "排水、产权单位", "城管局、水务局")
    words += ("破损", "修复", "4小时", "4", "小时")
    return dict(zip(DUTIES.columns.values(), words, strict=True)) | cells


def test_a_case_row_under_our_names() -> None:
    read = read_row(
        case(unit="城管办（坑梓街道办事处）", unit_id="1772", nature="投诉", closed_in_time="1"),
        CASES,
    )
    assert isinstance(read, dict)
    assert (read["unit"], read["unit_within"], read["unit_code"]) == (
        "城管办",
        "坑梓街道办事处",
        "1772",
    )
    assert (read["nature"], read["on_time"], read["overdue"]) == ("complaint", "yes", "")
    assert (read["street"], read["community"]) == ("", "")


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ({"rec_id": ""}, Refusal("cell_required", need="rec_id", source="pingshan")),
        ({"type": "-"}, Refusal("cell_required", need="type", source="pingshan")),
        (
            {"closed_in_time": "2"},
            Refusal("cell_unknown_value", ("1", "0"), "2", "closed_in_time", "pingshan"),
        ),
    ],
)
def test_a_case_row_that_cannot_be_read(cells: dict[str, str], refusal: Refusal) -> None:
    assert read_row(case(**cells), CASES) == refusal


def test_missing_columns_are_named() -> None:
    header = [*CASES.columns.values()]
    assert must_have_columns(["\ufeff" + header[0], *header[1:]], CASES) is None
    refused = must_have_columns(header[2:], CASES)
    assert refused is not None
    assert (refused.code, refused.need) == ("columns_missing", ("rec_id", "created"))


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("1天", Span(1, SpanKind.WORKING_DAY)),
        ("4小时", Span(4, SpanKind.WORKING_HOUR)),
        ("2紧急工作时", Span(2, SpanKind.HOUR)),
        ("1紧急工作日", Span(1, SpanKind.DAY)),
        ("1紧急工作时制止", Span(1, SpanKind.HOUR)),
        (" 15 天 ", Span(15, SpanKind.WORKING_DAY)),
        ("0天", Refusal("limit_unreadable", tuple(DUTIES.limits), "0天", source=OURS)),
        ("两天", Refusal("limit_unreadable", tuple(DUTIES.limits), "两天", source=OURS)),
        ("3周", Refusal("limit_unreadable", tuple(DUTIES.limits), "3周", source=OURS)),
        ("", Refusal("limit_unreadable", tuple(DUTIES.limits), "", source=OURS)),
    ],
)
def test_limits_as_written(words: str, limit: Span | Refusal) -> None:
    assert read_limit(words, DUTIES) == limit


def test_a_duty_row() -> None:
    assert read_duty(duty(), DUTIES) == DutyRow(
        code="部件-01-02",
        category="部件",
        major="设施",
        minor="污水井盖",
        title="污水井盖",
        grade="破损",
        area="",
        lead="排水",
        co=("产权单位",),
        supervising="城管局、水务局",
        limit=Span(4, SpanKind.WORKING_HOUR),
        limit_words="4小时",
        basis="",
        standard="修复",
        promise="",
        community_may=CommunityMay.NONE,
    )
    refused = read_duty(duty(处置单位=""), DUTIES)
    assert refused == Refusal("cell_required", need="处置单位", source="yuncheng")


def test_duty_rows_are_published_as_a_rule_file_and_read_back() -> None:
    row = read_duty(duty(立案条件='井盖"响"、\n松动'), DUTIES)
    assert isinstance(row, DutyRow)
    made = bundle_of_rows([row], id="t", version="1", valid_from=date(2026, 1, 1), source="城管局")
    assert duty_rows(made) == (row,)
    with pytest.raises(RuleFileError, match="is there twice"):
        bundle_of_rows([row, row], id="t", version="1", valid_from=date(2026, 1, 1), source="x")


def test_the_real_responsibility_list() -> None:
    rows = [read_duty(row, DUTIES) for row in table("duty_yuncheng", "standards.csv")]
    good = [row for row in rows if isinstance(row, DutyRow)]
    assert (len(rows), len(good)) == (519, 519)
    assert Counter(row.limit.kind for row in good) == {
        SpanKind.WORKING_DAY: 412,
        SpanKind.WORKING_HOUR: 61,
        SpanKind.HOUR: 42,
        SpanKind.DAY: 4,
    }
    assert Counter(row.category for row in good) == {"部件": 375, "事件": 144}
    # 473 cells join their bodies by 、 and four more by a line break.
    assert sum(bool(row.co) for row in good) == 477
    assert len({(row.code, row.grade) for row in good}) == 519
    made = bundle_of_rows(good, id="t", version="1", valid_from=date(2026, 1, 1), source="运城")
    assert duty_rows(made) == tuple(good)


def test_the_real_cases() -> None:
    rows = [read_row(row, CASES) for row in table("appeals_pingshan2018", "cases.csv")]
    good = [row for row in rows if isinstance(row, dict)]
    assert (len(rows), len(good)) == (6952, 6952)
    assert Counter(row["on_time"] for row in good) == {"yes": 6236, "no": 714, "": 2}
    assert Counter(row["overdue"] for row in good) == {"no": 6236, "yes": 714, "": 2}
    assert sum(not row["unit"] for row in good) == 14


MAP = """
reads = "cases"
unknown_units = "report"
required = ["source_id"]
[columns]
source_id = "id"
"""


@pytest.mark.parametrize(
    ("was", "becomes", "key", "problem"),
    [
        ('source_id = "id"', 'number = "id"', "columns.number", "is not one of the allowed"),
        ('["source_id"]', '["nature"]', "required.nature", "is not one of the allowed"),
        ('"report"', '"guess"', "unknown_units", "is not one of the allowed"),
        ('reads = "cases"', 'reads = "duties"', "columns.source_id", "is not one of the allowed"),
        ('id = "id"\n', 'id = "id"\n[limits]\nsource = "x"\n', "limits.units", "is missing"),
    ],
)
def test_a_map_that_is_wrong(was: str, becomes: str, key: str, problem: str) -> None:
    assert column_map(bundle("mapping", MAP)).required == ("source_id",)
    with pytest.raises(RuleFileError) as refused:
        column_map(bundle("mapping", MAP.replace(was, becomes, 1)))
    assert refused.value.key == key
    assert refused.value.problem.startswith(problem)
