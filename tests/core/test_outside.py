"""The line to a higher system: what an order must hold, when an answer is late, which place."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.core.course import TERMS
from yishi.core import outside
from yishi.core.case.intake import Filing
from yishi.core.clock import ClockKind
from yishi.core.outcome import Advanced
from yishi.core.outside import Order, read_order, read_row_of_orders
from yishi.core.outside_answer import Answer, Outcome
from yishi.core.place import PlaceKind
from yishi.core.placename import Named, find_place
from yishi.core.refusal import Refusal
from yishi.rulebook.kinds import column_map
from yishi.rulebook.shipped import shipped_bundle

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
COLUMNS = column_map(shipped_bundle("mapping", "orders_12345"))
WHOLE = {
    "number": "2026031100017",
    "words": "柳荫苑门口井盖不见了，晚上看不清。",
    "nature": "complaint",
    "due_at": "2026-03-13 17:00",
    "street": "望江街道",
    "community": "柳荫社区",
    "address": "柳荫路12号门口",
    "name": "周女士",
    "phone": "138 0000 0001",
}
ROW = {
    "工单编号": 2026031100017.0,
    "诉求内容": "柳荫苑门口井盖不见了，晚上看不清。",
    "诉求类型": "投诉",
    "所属街道": "望江街道",
    "所属社区": "柳荫社区",
    "诉求地址": "柳荫路12号门口",
    "办结时限": datetime(2026, 3, 13, 17, 0),  # noqa: DTZ001 - as a spreadsheet hands it over
    "诉求人": "周女士",
    "联系电话": 13800000001.0,
}


def order(**cells: object) -> Order:
    read = read_order(WHOLE | cells, SHANGHAI)
    assert isinstance(read, Order), read
    return read


def test_an_order_is_read_with_their_words_and_our_codes() -> None:
    assert order() == Order(
        number="2026031100017",
        words="柳荫苑门口井盖不见了，晚上看不清。",
        nature="complaint",
        due_at=datetime(2026, 3, 13, 9, 0, tzinfo=UTC),
        street="望江街道",
        community="柳荫社区",
        address="柳荫路12号门口",
        name="周女士",
        phone="+8613800000001",
    )


def test_the_same_order_is_the_same_by_sheet_and_by_interface() -> None:
    by_sheet = read_row_of_orders(ROW, COLUMNS, SHANGHAI)
    assert isinstance(by_sheet, Order)
    assert by_sheet.digest() == order().digest()
    assert by_sheet.digest() != order(words="别的事").digest()


@pytest.mark.parametrize(
    ("written", "due_at"),
    [
        ("2026-03-13 17:00", "2026-03-13T09:00:00+00:00"),
        ("2026-03-13T17:00:00+08:00", "2026-03-13T09:00:00+00:00"),
        ("2026-03-13T09:00:00Z", "2026-03-13T09:00:00+00:00"),
        # A day alone ends with that day.
        ("2026-03-13", "2026-03-13T16:00:00+00:00"),
    ],
)
def test_a_deadline_is_read_as_it_is_written(written: str, due_at: str) -> None:
    assert order(due_at=written).due_at.isoformat() == due_at


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("138-0000-0001", "+8613800000001"),
        ("", ""),
        # With stars nobody can ring it.
        ("138****0001", ""),
        ("023-6545 1234", "023-6545 1234"),
    ],
)
def test_a_phone_is_kept_as_it_can_be_rung(written: str, phone: str) -> None:
    assert order(phone=written).phone == phone


@pytest.mark.parametrize(
    ("cells", "code", "unit"),
    [
        ({"number": ""}, "cell_required", ""),
        ({"words": "   "}, "cell_required", ""),
        ({"nature": None}, "cell_required", ""),
        ({"due_at": ""}, "cell_required", ""),
        ({"due_at": "尽快"}, "cell_not_time", "due_at"),
        ({"due_at": "0001-01-01"}, "cell_not_time", "due_at"),
        ({"due_at": "9999-12-31"}, "cell_not_time", "due_at"),
        ({"number": "1" * 61}, "cell_too_long", "number"),
        ({"words": "长" * 2001}, "cell_too_long", "words"),
        ({"address": "长" * 121}, "cell_too_long", "address"),
        ({"phone": "问他本人"}, "phone_unreadable", "phone"),
        ({"words": ["一", "二"]}, "field_not_text", "words"),
        ({"words": True}, "field_not_text", "words"),
        ({"words": "\ud800"}, "field_not_text", "words"),
        ({"deadline": "2026-03-13"}, "field_unknown", "deadline"),
    ],
)
def test_what_cannot_be_read_is_refused_by_the_name_of_its_field(
    cells: dict[str, object], code: str, unit: str
) -> None:
    read = read_order(WHOLE | cells, SHANGHAI)
    assert isinstance(read, Refusal)
    assert (read.code, read.unit) == (code, unit)


def test_an_order_needs_no_person() -> None:
    assert order(name="", phone="").phone == ""


def test_a_number_stands_in_one_line() -> None:
    assert order(number=" 2026\n0311\t17 ").number == "2026 0311 17"
    assert order(words="第一行\r\n第二行").words == "第一行\n第二行"


def test_signs_nobody_types_count_as_absent() -> None:
    assert order(words="井盖\x00不见\u202e了").words == "井盖不见了"


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        (
            {"诉求类型": "其它"},
            Refusal(
                "cell_unknown_value",
                tuple(COLUMNS.values["nature"]),
                "其它",
                "诉求类型",
                "orders_12345",
            ),
        ),
        ({"工单编号": ""}, Refusal("cell_required", need="工单编号", source="orders_12345")),
        (
            {"办结时限": "明天"},
            Refusal("cell_not_time", "2026-03-20 17:00:00", "明天", "办结时限"),
        ),
    ],
)
def test_a_row_is_refused_by_the_name_of_their_column(
    cells: dict[str, object], refusal: Refusal
) -> None:
    assert read_row_of_orders(ROW | cells, COLUMNS, SHANGHAI) == refusal


def test_a_sheet_may_lack_what_an_order_can_do_without() -> None:
    assert outside.columns_lacking(ROW, COLUMNS) is None
    assert (
        outside.columns_lacking(["工单编号", "诉求内容", "诉求类型", "办结时限"], COLUMNS) is None
    )
    assert outside.columns_lacking(["工单编号", "诉求内容"], COLUMNS) == Refusal(
        "columns_missing", ("诉求类型", "办结时限"), ("工单编号", "诉求内容")
    )


def received(one: Order) -> Advanced | Refusal:
    filing = Filing(one.words, one.nature, "hotline_12345", has_place=True)
    return outside.receive(one, filing, "区12345平台", TERMS, NOW, {"hotline_12345": None})


def test_a_received_order_runs_to_intake_and_to_their_deadline() -> None:
    advanced = received(order())
    assert isinstance(advanced, Advanced)
    assert [start.clock.kind for start in advanced.starts] == [ClockKind.INTAKE, ClockKind.OUTSIDE]
    theirs = advanced.starts[1].clock
    assert (theirs.started_at, theirs.due_at) == (NOW, datetime(2026, 3, 13, 9, 0, tzinfo=UTC))


def test_a_deadline_that_is_past_is_late_from_the_first_moment() -> None:
    advanced = received(order(due_at="2026-03-01 17:00"))
    assert isinstance(advanced, Advanced)
    theirs = advanced.starts[1].clock
    assert (theirs.due_at, theirs.amber_at) == (datetime(2026, 3, 1, 9, 0, tzinfo=UTC),) * 2


def test_a_nature_the_rules_do_not_know_is_refused() -> None:
    refused = received(order(nature="joke"))
    assert isinstance(refused, Refusal)
    assert refused.code == "nature_unknown"


@pytest.mark.parametrize(
    ("first", "late"), [(-timedelta(seconds=1), False), (timedelta(), True), (timedelta(1), True)]
)
def test_the_first_answer_is_held_against_their_deadline(first: timedelta, late: bool) -> None:
    answer = Answer("1", "2", Outcome.ANSWERED, "好了", "", NOW + timedelta(9), NOW + first, NOW)
    assert answer.late is late


DISTRICT, STREET, TOWN = "1.", "1.2.", "1.3."
PLACES = (
    Named(1, PlaceKind.DISTRICT, "清河区", DISTRICT),
    Named(2, PlaceKind.SUBDISTRICT, "望江街道", STREET),
    Named(3, PlaceKind.SUBDISTRICT, "渡口镇", TOWN),
    Named(4, PlaceKind.COMMUNITY, "柳荫社区", "1.2.4."),
    Named(5, PlaceKind.COMMUNITY, "石桥社区", "1.2.5."),
    Named(6, PlaceKind.COMMUNITY, "大石桥社区", "1.2.6."),
    Named(7, PlaceKind.COMMUNITY, "东街社区", "1.2.7."),
    Named(8, PlaceKind.COMMUNITY, "东街社区", "1.3.8."),
    Named(9, PlaceKind.COMMUNITY, "河口村", "1.3.9."),
)


@pytest.mark.parametrize(
    ("street", "community", "address", "key"),
    [
        ("望江街道", "柳荫社区", "", 4),
        ("", "柳荫社区", "", 4),
        ("望江街道", "", "", 2),
        ("望江街道办事处", "柳荫社区居委会", "", 4),
        ("清河区望江街道", "望江街道石桥社区", "", 5),
        ("渡口镇人民政府", "河口村村民委员会", "", 9),
        ("渡口镇", "东街社区", "", 8),
        ("", "", "清河区望江街道柳荫社区柳荫苑1栋", 4),
        ("", "", "大石桥社区门口", 6),
        ("", "", "渡口镇东街社区12号", 8),
        ("", "", "渡口镇政府门口", 3),
    ],
)
def test_a_place_is_found_as_they_call_it(
    street: str, community: str, address: str, key: int
) -> None:
    assert find_place(street, community, address, PLACES) == key


@pytest.mark.parametrize(
    ("street", "community", "address", "refusal"),
    [
        ("滨江街道", "", "", Refusal("place_unknown", have="滨江街道")),
        ("望江街道", "河口村", "", Refusal("place_unknown", have="河口村")),
        ("", "东街社区", "", Refusal("place_twice", 2, "东街社区", "places")),
        ("", "", "东街社区12号", Refusal("place_twice", 2, "东街社区12号", "places")),
        ("", "", "不清楚", Refusal("place_missing", have="不清楚")),
        ("", "", "", Refusal("place_missing")),
    ],
)
def test_a_place_is_never_guessed(
    street: str, community: str, address: str, refusal: Refusal
) -> None:
    assert find_place(street, community, address, PLACES) == refusal


@pytest.mark.parametrize(
    ("code", "name", "key", "refused"),
    [
        ("12345", "区12345平台", "", ""),
        ("12345", "区12345平台", "A" * 43 + "=", ""),
        ("热线", "区12345平台", "", "system_code_wrong"),
        ("12345", " ", "", "system_name_missing"),
        ("12345", "平" * 81, "", "title_too_long"),
        ("12345", "区12345平台", "not a key", "public_key_wrong"),
        ("12345", "区12345平台", "AAAA", "public_key_wrong"),
    ],
)
def test_a_system_is_added_with_a_code_a_name_and_a_key(
    code: str, name: str, key: str, refused: str
) -> None:
    wrong = outside.check_system(code, name, key)
    assert (wrong.code if wrong else "") == refused
